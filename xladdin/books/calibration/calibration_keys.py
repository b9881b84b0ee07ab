"""Names of the cells of a 校准表, and of the groups that its formulas count by."""

from __future__ import annotations

from xladdin.company.calibrating import Board
from xladdin.company.month_results import PersonResult

WHO, BUDGET, PAID, LEFT = "cal.who", "cal.budget", "cal.paid", "cal.left"
ALL_FIT = "都符合，或没有要求"


def table(i: int) -> str:
    """The table of the n-th scheme (from 1)."""
    return f"cal_{i}"


def after(i: int, g: int) -> str:
    """How many of this workbook have a grade of a scheme now."""
    return f"cal.{i}.{g}.after"


def before(i: int, g: int) -> str:
    """How many had it by their scores."""
    return f"cal.{i}.{g}.before"


def grade_name(i: int, g: int) -> str:
    """What the grade is called."""
    return f"cal.{i}.{g}.name"


def line(i: int) -> str:
    """How many have each grade, in words."""
    return f"cal.{i}.line"


def asked(i: int) -> str:
    """What of the guidelines is missed, in words."""
    return f"cal.{i}.asked"


def open_rows(i: int) -> str:
    """In how many rows something is to be done."""
    return f"cal.{i}.open"


def todo(i: int) -> str:
    """The same in words."""
    return f"cal.{i}.todo"


def budget(i: int) -> str:
    """The budget once more, on the sheet of a further scheme."""
    return f"cal.{i}.budget"


def team_due(t: int) -> str:
    """The bonuses of the t-th department (from 1) that has a budget."""
    return f"cal.team.{t}.due"


def team_budget(t: int) -> str:
    """Its budget."""
    return f"cal.team.{t}.budget"


def team_left(t: int) -> str:
    """What of it is left."""
    return f"cal.team.{t}.left"


def team_factor(t: int) -> str:
    """By what its bonuses would be scaled."""
    return f"cal.team.{t}.factor"


def of_group(i: int, t: int, g: int) -> str:
    """Beginning of the keys about a grade in the t-th group (from 1) of a scheme."""
    return f"cal.{i}.{t}.{g}."


def people(i: int, t: int) -> str:
    """How many people the group has."""
    return f"cal.{i}.{t}.people"


def off(i: int, t: int) -> str:
    """What of the guidelines the group misses, in words."""
    return f"cal.{i}.{t}.off"


def team_name(t: int) -> str:
    """How rows say to which group of their scheme they belong."""
    return f"g{t}"


def part_name(d: int) -> str:
    """How rows say to which department they belong: letter case is nothing to spreadsheets."""
    return f"d{d}"


def team_of(board: Board, one: PersonResult) -> str:
    """The group in which somebody is counted."""
    return team_name(board.group_numbers[one.employee.id])


def part_of(board: Board, one: PersonResult) -> str:
    """The department of somebody."""
    return part_name(board.departments[one.employee.department])
