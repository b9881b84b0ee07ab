"""部门奖金 in a 校准表: what each department's bonuses come to while grades change, beside its budget.

It stands under 部门对比 where 设置 has a budget of one of these departments; the steps are those of the
summary's 部门奖金.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from xladdin.books import parts
from xladdin.books.summary import summary_parts as sp
from xladdin.company.calibrating import Board
from xladdin.company.team_budgets import team_key
from xladdin.formula.nodes import (
    Blank,
    Compare,
    Expr,
    If,
    IsNumber,
    Range,
    Rel,
    Related,
    Round,
    Same,
    SumWhere,
    Text,
    Var,
    number,
    sub,
    total,
)
from xladdin.formula.questions import NEVER
from xladdin.formula.walk import substitute
from xladdin.layout.cell_rules import Highlight
from xladdin.layout.cells import Block, Cell, Content, Fixed, Result
from xladdin.layout.styles import ALERT, CENTER, PLAIN, SECTION, Style
from xladdin.scoring.model import Model

from . import calibration_keys as ck

TITLE = "部门奖金与预算"
HEADS = ("部门", "校准后奖金", "预算", "结余", "系数")
TOLD = "预算写在总表“设置”里。汇总的时候这样缩放："


class Team(NamedTuple):
    """People who share a budget."""

    name: str
    parts: tuple[int, ...]
    """The numbers of their departments: letter case and blanks tell none apart."""


def teams(board: Board) -> Iterator[Team]:
    """The departments of the workbook that have a budget."""
    found: dict[str, list[str]] = {}
    for name in board.departments:
        if board.results.teams.of(name) is not None:
            found.setdefault(team_key(name), []).append(name)
    for names in found.values():
        yield Team(names[0], tuple(board.departments[name] for name in names))


def block(board: Board, width: int) -> Block | None:
    """A row per department; None where no budget is known."""
    rows = [_row(board, team, t) for t, team in enumerate(teams(board), start=1)]
    if not rows:
        return None
    told = parts.note(f"{TOLD}{board.results.teams.rule.told}", width, PLAIN)
    return parts.joined((parts.heading(TITLE, width), told, parts.head_row(HEADS), *rows))


def _row(board: Board, team: Team, t: int) -> Block:
    left = Var(ck.team_left(t))
    over = If(IsNumber(left), Compare(Rel.LT, left, number(0)), NEVER)
    contents: list[tuple[Content, Style]] = [
        (Fixed(team.name), SECTION),
        (Result(ck.team_due(t)), sp.MONEY_BOLD),
        (Fixed(board.results.teams.of(team.name), ck.team_budget(t)), sp.MONEY),
        (Result(ck.team_left(t)), sp.MONEY),
        (Result(ck.team_factor(t)), CENTER.shown_as("0.000000")),
    ]
    cells = [Cell(0, col, what, look) for col, (what, look) in enumerate(contents)]
    cells[3] = parts.highlighted(cells[3], Highlight(over, ALERT))
    return Block(tuple(cells), 1, {0: 22.0})


def model(board: Board) -> Model:
    """What is due, what is left, and by what it would be scaled."""
    tables = [ck.table(i) for i, _ in enumerate(board.schemes, start=1)]
    found: Model = {}
    for t, team in enumerate(teams(board), start=1):
        due, budget = Var(ck.team_due(t)), Var(ck.team_budget(t))
        sums = tuple(_due(table, d) for table in tables for d in team.parts)
        found[ck.team_due(t)] = Round(total(sums), 2)
        found[ck.team_left(t)] = If(IsNumber(budget), Round(sub(budget, due), 2), Blank())
        factor = board.results.teams.rule.factor
        found[ck.team_factor(t)] = substitute(factor, {"sum": due, "budget": budget})
    return found


def _due(table: str, d: int) -> Expr:
    """A department's bonuses; amounts of 0 and below are never scaled, and free nothing."""
    of = Range(f"{table}.bonus")
    mine = Same(Range(f"{table}.part"), Text(ck.part_name(d)))
    return SumWhere(of, (mine, Related(of, Rel.GT, number(0))))
