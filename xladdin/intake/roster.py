"""The roster: who is appraised, by whom, in which position."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Sequence

from pydantic import ValidationError

from xladdin.domain.base import Loc
from xladdin.domain.people import STATE_LABELS, STATE_WORDS, Employee, State
from xladdin.problems import Place, Problem, errors, warning
from xladdin.schemes.faults import translate

from .doubtful_texts import ERROR_VALUE, error_told, text_problem
from .exports.mapping import Mapping
from .handed_in import FileOrPath
from .headers import Wanted
from .near_names import hint
from .noted_heads import heads_not_there, noted_heads
from .superiors import NOBODY, Superiors
from .tables import SUMMARY_ROWS, Row, read_table
from .text import is_error_value, name_key, narrow, shown, written_text
from .times import read_day

ROSTER: Wanted = {
    "id": (
        "工号",
        "员工编号",
        "员工工号",
        "员工号",
        "员工ID",
        "人员编号",
        "职工编号",
        "职工号",
        "工作证号",
        "编号",
        "id",
        "EmpID",
        "Emp_ID",
        "employee id",
        "Employee_ID",
        "EmployeeNumber",
        "Employee_No",
        "Staff_ID",
    ),
    "name": (
        "姓名",
        "员工姓名",
        "名字",
        "员工",
        "真实姓名",
        "name",
        "Employee_Name",
        "Emp_Name",
        "Full_Name",
    ),
    "nickname": ("昵称", "花名", "旺旺昵称", "客服昵称", "旺旺号", "客服账号", "nickname"),
    "department": (
        "部门",
        "所属部门",
        "所在部门",
        "部门名称",
        "归属部门",
        "一级部门",
        "二级部门",
        "三级部门",
        "department",
        "Dept",
        "DepartmentName",
    ),
    "position": (
        "岗位",
        "职位",
        "岗位名称",
        "职位名称",
        "任职岗位",
        "所在岗位",
        "现任岗位",
        "职务",
        "position",
        "Job_Title",
        "JobRole",
        "Title",
    ),
    "superior": (
        "直接上级",
        "上级",
        "直属上级",
        "直接主管",
        "直属主管",
        "直属领导",
        "直接领导",
        "汇报对象",
        "汇报上级",
        "主管",
        "主管领导",
        "考核人",
        "superior",
        "Manager",
        "ManagerName",
        "Reports_To",
        "Supervisor",
    ),
    "scheme": ("考核方案", "方案", "方案编号", "绩效方案", "方案名称", "scheme"),
    "joined": (
        "入职日期",
        "入职时间",
        "入司日期",
        "入司时间",
        "入职日",
        "到岗日期",
        "DateofHire",
        "Hire_Date",
        "Join_Date",
    ),
    "left": (
        "离职日期",
        "离职时间",
        "离职日",
        "最后工作日",
        "离岗日期",
        "DateofTermination",
        "Termination_Date",
        "Leave_Date",
    ),
    "state": (
        "状态",
        "员工状态",
        "在职状态",
        "人员状态",
        "用工状态",
        "EmploymentStatus",
        "Employment_Status",
        "Status",
    ),
}
REQUIRED = ("id", "name", "department", "position")
TEXTS = ("name", "nickname", "department", "position", "superior", "scheme")
DATES = ("joined", "left")
NO_DAY = frozenset([*NOBODY, "至今", "未离职", "在职"])
"""What stands where there is no day of leaving."""
LONGEST = 60
"""Characters of a name, as the models have it."""


def read_roster(
    path: FileOrPath, mappings: Sequence[Mapping] = (), posts: Collection[str] | None = None
) -> tuple[list[Employee], list[Problem]]:
    """Every employee that can be read, and every line or cell that cannot.

    ``mappings``: heads that the company has noted in its master workbook; ``posts``: names of positions
    that a superior may be named by; without them it is not asked whether anybody knows a superior.
    """
    noted = noted_heads(mappings, ROSTER)
    table, problems = read_table(
        path, wanted=ROSTER, required=REQUIRED, summary=SUMMARY_ROWS, noted=noted
    )
    problems += heads_not_there(mappings, ROSTER, table)
    if not (table.rows or errors(problems)):
        problems = [*problems, Problem("no_employees", "表头下面没有员工", Place(table.file))]
    read, found = _read(table.rows)
    employees = [employee for _, employee in read]
    found += [] if posts is None else _unknown_superiors(read, employees, posts)
    return employees, [*problems, *found]


def _read(rows: Iterable[Row]) -> tuple[list[tuple[Row, Employee]], list[Problem]]:
    seen: dict[str, Place] = {}
    read: list[tuple[Row, Employee]] = []
    problems: list[Problem] = []
    for row in rows:
        employee, found = _employee(row)
        found += _repeated(row, seen)
        problems += found
        if employee and not errors(found):
            read.append((row, employee))
    employees = [employee for _, employee in read]
    return read, [*problems, *_superiors(read, employees)]


def _unknown_superiors(
    read: Sequence[tuple[Row, Employee]], employees: Sequence[Employee], posts: Collection[str]
) -> list[Problem]:
    """Superiors who are nobody of the roster and no post: each name once, where it stands first."""
    known = Superiors(employees)
    names = {*posts, *(employee.position for employee in employees)}
    keys = frozenset(map(name_key, names))
    lines: dict[str, list[tuple[Row, str]]] = {}
    for row, employee in read:
        superior = known.of(employee)
        if superior.name and not superior.employee and name_key(superior.name) not in keys:
            lines.setdefault(name_key(superior.name), []).append((row, superior.name))
    near = [*names, *(employee.name for employee in employees)]
    return [
        _unknown_superior(found[0][0], found[0][1], len(found), near) for found in lines.values()
    ]


def _unknown_superior(row: Row, name: str, count: int, known: Collection[str]) -> Problem:
    more = f"（{count} 行写的都是这个）" if count > 1 else ""
    message = f"名册里没有叫「{name}」的人，也没有这个岗位{more}{hint(name, known)}"
    return warning("unknown_superior", message, row.where("superior"))


def _superiors(
    read: Sequence[tuple[Row, Employee]], employees: Sequence[Employee]
) -> Iterator[Problem]:
    """Superiors that cannot be: only when everybody is known it can be said who is meant."""
    known = Superiors(employees)
    for row, employee in read:
        superior = known.of(employee)
        if superior.code:
            yield warning(superior.code, superior.why, row.where("superior"))


def _employee(row: Row) -> tuple[Employee | None, list[Problem]]:
    found = [*_missing(row), *_too_long(row), *_formulas(row), *_not_as_typed(row)]
    if any(problem.is_error for problem in found):
        return None, found
    try:
        texts = {name: row.text(name) for name in TEXTS}
        dates = {name: _date(row, name, found) for name in DATES}
        state = _state(row, found)
        employee = Employee(id=row.key("id"), **texts, **dates, state=state)
        return employee, [*found, *_undated(row, employee)]
    except ValidationError as error:

        def locate(loc: Loc) -> Place:
            return row.where(str(loc[0])) if loc else row.place

        return None, [*found, *translate(error, locate)]


def _date(row: Row, name: str, found: list[Problem]) -> dt.date | None:
    raw, place = row.cell(name)
    if narrow(written_text(raw)).upper() in NO_DAY:
        return None
    day = read_day(raw, date1904=row.grid.date1904)
    if day is None:
        message = f"{shown(raw)}不是日期，请写成 2026-11-10 的样子"
        found.append(Problem("date", message, place))
    return day


def _state(row: Row, found: list[Problem]) -> State:
    word = row.key("state").casefold()
    if word.upper() in NOBODY:
        return State.ACTIVE
    if is_error_value(word):
        found.append(Problem(ERROR_VALUE, error_told(row.raw("state")), row.where("state")))
    elif word not in STATE_WORDS:
        known = "、".join(STATE_LABELS.values())
        message = f"状态「{word[:20]}」认不出，按在职读；请写：{known}"
        found.append(warning("unknown_state", message, row.where("state")))
    return STATE_WORDS.get(word, State.ACTIVE)


def _undated(row: Row, employee: Employee) -> list[Problem]:
    if employee.state is not State.LEFT or employee.left:
        return []
    message = "已离职，但没有填离职日期：哪个月都不出表；离职前的月份要出表，请填上离职日期"
    return [warning("left_without_date", message, row.where("state"))]


def _missing(row: Row) -> list[Problem]:
    return [
        Problem("missing_value", f"没有填{ROSTER[name][0]}", row.where(name))
        for name in REQUIRED
        if not row.key(name)
    ]


def _too_long(row: Row) -> list[Problem]:
    """Of the columns that may be blank, whose heads say better than the models what they are."""
    texts = {name: row.text(name) for name in TEXTS if name not in REQUIRED}
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
    cells = (row.cell(name) for name in ("id", *TEXTS))
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
