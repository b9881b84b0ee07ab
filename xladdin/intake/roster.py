"""The roster: who is appraised, by whom, in which position."""

from __future__ import annotations

from collections.abc import Iterable

from pydantic import ValidationError

from xladdin.domain.base import Loc
from xladdin.domain.people import Employee
from xladdin.problems import Place, Problem, errors, warning
from xladdin.schemes.faults import translate

from .doubtful_texts import text_problem
from .handed_in import FileOrPath
from .headers import Wanted
from .tables import SUMMARY_ROWS, Row, read_table

ROSTER: Wanted = {
    "id": ("工号", "员工编号", "员工工号", "编号", "人员编号", "id", "employee id"),
    "name": ("姓名", "员工姓名", "名字", "name"),
    "nickname": ("昵称", "花名", "旺旺昵称", "客服昵称", "nickname"),
    "department": ("部门", "所属部门", "部门名称", "department"),
    "position": ("岗位", "职位", "岗位名称", "职务", "position"),
    "superior": ("直接上级", "上级", "直属上级", "主管", "考核人", "superior"),
    "scheme": ("考核方案", "方案", "方案编号", "绩效方案", "scheme"),
}
REQUIRED = ("id", "name", "department", "position")
LONGEST = 60
"""Characters of a name, as the models have it."""


def read_roster(path: FileOrPath) -> tuple[list[Employee], list[Problem]]:
    """Every employee that can be read, and every line or cell that cannot."""
    table, problems = read_table(path, wanted=ROSTER, required=REQUIRED, summary=SUMMARY_ROWS)
    if not (table.rows or errors(problems)):
        problems = [*problems, Problem("no_employees", "表头下面没有员工", Place(table.file))]
    employees, found = employees_of(table.rows)
    return employees, [*problems, *found]


def employees_of(rows: Iterable[Row]) -> tuple[list[Employee], list[Problem]]:
    """The employees in the rows of a table with the fields of ``ROSTER``."""
    seen: dict[str, Place] = {}
    employees: list[Employee] = []
    problems: list[Problem] = []
    for row in rows:
        employee, found = _employee(row)
        found += _repeated(row, seen)
        problems += found
        if employee and not any(problem.is_error for problem in found):
            employees.append(employee)
    return employees, problems


def _employee(row: Row) -> tuple[Employee | None, list[Problem]]:
    found = [*_missing(row), *_too_long(row), *_formulas(row), *_not_as_typed(row)]
    if any(problem.is_error for problem in found):
        return None, found
    try:
        texts = {name: row.text(name) for name in ROSTER if name != "id"}
        return Employee(id=row.key("id"), **texts), found
    except ValidationError as error:

        def locate(loc: Loc) -> Place:
            return row.where(str(loc[0])) if loc else row.place

        return None, [*found, *translate(error, locate)]


def _missing(row: Row) -> list[Problem]:
    return [
        Problem("missing_value", f"没有填{ROSTER[name][0]}", row.where(name))
        for name in REQUIRED
        if not row.key(name)
    ]


def _too_long(row: Row) -> list[Problem]:
    """Of the columns that may be blank, whose heads say better than the models what they are."""
    texts = {name: row.text(name) for name in ROSTER if name not in REQUIRED}
    return [
        Problem(
            "text_too_long",
            f"{ROSTER[name][0]}最多{LONGEST}个字，现有{len(text)}个字",
            row.where(name),
        )
        for name, text in texts.items()
        if len(text) > LONGEST
    ]


def _formulas(row: Row) -> list[Problem]:
    """Text that Excel would take for a formula: kept as text, but hardly what was meant."""
    return [
        warning(
            "looks_like_formula", f"「{row.text(name)[:30]}」像公式，按文字保留", row.where(name)
        )
        for name in ROSTER
        if row.text(name).startswith("=")
    ]


def _not_as_typed(row: Row) -> list[Problem]:
    """1-2 that has become the 2nd of January, ids of more digits than Excel keeps."""
    cells = (row.cell(name) for name in ROSTER)
    return [found for raw, place in cells if (found := text_problem(raw, place))]


def _repeated(row: Row, seen: dict[str, Place]) -> list[Problem]:
    # Without regard to case: the id goes into file names, which Windows does not tell apart.
    key, place = row.key("id").casefold(), row.where("id")
    if not key:
        return []
    first = seen.setdefault(key, place)
    if first is place:
        return []
    message = f"工号「{row.key('id')}」重复，前面已有：{first}"
    return [Problem("duplicate_employee", message, place)]
