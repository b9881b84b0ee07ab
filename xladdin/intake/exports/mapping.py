"""What the columns of exports stand for, as a company notes it down."""

from __future__ import annotations

from dataclasses import dataclass

from xladdin.domain.quantities import Unit

PERSON = ("工号", "姓名", "昵称")
MONTH, UNUSED = "月份", "不导入"
"""What a column of an export may stand for beside an indicator."""


@dataclass(frozen=True, slots=True)
class Mapping:
    """Which indicator a column of an export stands for (or 工号, 姓名, 昵称)."""

    column: str
    target: str
    unit: Unit | None = None
    remark: str = ""
