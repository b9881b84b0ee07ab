"""The head of an employee's form: who, where, when."""

from __future__ import annotations

from collections.abc import Sequence

from xladdin.books import parts
from xladdin.domain.people import Employee, Period
from xladdin.domain.presence import presence
from xladdin.formula.evaluate import Value
from xladdin.layout.cells import Block, Content, Fixed, Given
from xladdin.layout.styles import CENTER, LABEL, Style

TITLE = "head.title"
EMPLOYEE_ID, NAME = "head.employee_id", "head.name"
POST, TIME = "head.post", "head.time"


PROVISIONAL_MARK = "（数据暂定）"
"""Behind the month where figures may still change; it comes and goes with them."""
LABELS = {EMPLOYEE_ID: "工号", NAME: "姓名", POST: "部门/岗位", TIME: "考核时间"}


def row(fields: Sequence[tuple[str, int]], label_cols: int = 1) -> Block:
    """Labelled fields in one row: each with the columns that its value takes."""
    cells: list[tuple[Content, Style, int]] = []
    for field, cols in fields:
        cells += [(Fixed(LABELS[field]), LABEL, label_cols), (Given(field), CENTER, cols)]
    return parts.spread(cells, 20)


def values(
    employee: Employee, period: Period, title: str, *, provisional: bool = False
) -> dict[str, Value]:
    """The head's slots; a month that somebody was there only in part says so, and figures that may
    still change do.
    """
    whole = f"{period.first_day.isoformat()} 至 {period.last_day.isoformat()}"
    part = presence(employee, period).part
    told = f"{period.label}，{part}" if part else whole
    if provisional:
        # Without the days of a whole month: there is no room for them beside the mark.
        told = f"{told if part else period.label}{PROVISIONAL_MARK}"
    return {
        TITLE: title,
        EMPLOYEE_ID: employee.id,
        NAME: employee.name,
        POST: f"{employee.department} / {employee.position}",
        TIME: told,
    }
