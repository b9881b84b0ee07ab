"""The head of an employee's form: who, where, when."""

from __future__ import annotations

from xladdin.domain.people import Employee, Period
from xladdin.formula.evaluate import Value
from xladdin.layout.cells import Block, Content, Fixed, Slot
from xladdin.layout.styles import CENTER, LABEL, Style

from . import parts

TITLE = "head.title"
EMPLOYEE_ID, NAME = "head.employee_id", "head.name"
POST, TIME = "head.post", "head.time"


def block(label_widths: tuple[int, int, int, int], widths: tuple[int, int, int, int]) -> Block:
    """工号, 姓名, 部门/岗位, 考核时间 in one row; widths in columns."""
    labels = ("工号", "姓名", "部门/岗位", "考核时间")
    slots = (EMPLOYEE_ID, NAME, POST, TIME)
    row: list[tuple[Content, Style, int]] = []
    for label, slot, label_width, width in zip(labels, slots, label_widths, widths, strict=True):
        row += [(Fixed(label), LABEL, label_width), (Slot(slot), CENTER, width)]
    return parts.spread(row, 24)


def values(employee: Employee, period: Period, title: str) -> dict[str, Value]:
    """The head's slots."""
    first = f"{period}-01"
    return {
        TITLE: title,
        EMPLOYEE_ID: employee.id,
        NAME: employee.name,
        POST: f"{employee.department} / {employee.position}",
        TIME: f"{first} 至 {period.last_day.isoformat()}",
    }
