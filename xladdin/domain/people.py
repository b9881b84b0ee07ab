"""Employees, periods, and what each of them achieved."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any

from pydantic import AfterValidator, Field, GetCoreSchemaHandler, ValidationInfo
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from .base import Label, LabelOrNone, Model, Number
from .bonus_rules import Money
from .sizes import SENTENCE

# An employee id becomes part of file names and of hidden identity: letters, digits, Chinese,
# hyphen and underscore; no path separators, dots or blanks.
EMPLOYEE_ID = re.compile(r"[0-9A-Za-z\u4e00-\u9fff][0-9A-Za-z\u4e00-\u9fff_-]{0,31}")


_PERIOD = re.compile(r"\s*(20\d\d)\s*(?:[-/.年]\s*(?=\d)|(?=\d\d))(\d{1,2})\s*+月?\s*+", re.ASCII)
_LOST_ZERO = re.compile(r"\d{4}\s*\.\s*1", re.ASCII)


def _employee_id(value: str) -> str:
    if EMPLOYEE_ID.fullmatch(value):
        return value
    raise PydanticCustomError(
        "employee_id",
        "工号「{value}」含有不能用的字符：只能用字母、数字、汉字、- 和 _，最多32个",
        {"value": value[:40]},
    )


EmployeeId = Annotated[str, AfterValidator(_employee_id)]


class State(StrEnum):
    """How somebody stands to the company."""

    ACTIVE = "active"
    PROBATION = "probation"
    SUSPENDED = "suspended"
    """Long leave without pay: nothing to appraise."""
    LEFT = "left"


STATE_LABELS = {
    State.ACTIVE: "在职",
    State.PROBATION: "试用",
    State.SUSPENDED: "停薪",
    State.LEFT: "离职",
}
STATE_WORDS = {
    **{label: state for state, label in STATE_LABELS.items()},
    **dict.fromkeys(("在岗", "正式", "正式员工", "转正", "已转正", "全职", "兼职"), State.ACTIVE),
    **dict.fromkeys(("正常", "在册", "是", "active", "employed"), State.ACTIVE),
    **dict.fromkeys(("试用期", "试用期员工", "实习", "实习期", "见习"), State.PROBATION),
    **dict.fromkeys(("停薪留职", "停职", "长假", "产假", "长病假", "休假"), State.SUSPENDED),
    **dict.fromkeys(("leave of absence", "suspended"), State.SUSPENDED),
    **dict.fromkeys(("已离职", "离岗", "辞职", "已辞职", "自离", "辞退", "开除"), State.LEFT),
    **dict.fromkeys(("退休", "已退休", "否", "left", "terminated", "resigned"), State.LEFT),
    **dict.fromkeys(("voluntarily terminated", "terminated for cause"), State.LEFT),
}
"""What rosters write in the column 状态, in lower case."""


def _after_joining(left: dt.date | None, info: ValidationInfo) -> dt.date | None:
    joined = info.data.get("joined")
    if left and joined and left < joined:
        days = {"left": left.isoformat(), "joined": joined.isoformat()}
        raise PydanticCustomError(
            "left_before_joining", "离职日期 {left} 早于入职日期 {joined}", days
        )
    return left


class Employee(Model):
    """One line of the roster."""

    id: EmployeeId
    name: Label
    department: Label
    position: Label
    superior: LabelOrNone = ""
    """直接上级: who appraises."""
    nickname: LabelOrNone = ""
    """The name in chat and shop systems."""
    scheme: LabelOrNone = ""
    """Scheme id or name; empty: the scheme of the position."""
    joined: dt.date | None = None
    """入职日期: the first day of work."""
    left: Annotated[dt.date | None, AfterValidator(_after_joining)] = None
    """离职日期: the last day of work; may lie ahead."""
    state: State = State.ACTIVE
    bonus_base: Money | None = None
    """奖金基数, yuan a month; without it that of the scheme."""


class Period(str):
    """A month, ``2026-11``."""

    @classmethod
    def __get_pydantic_core_schema__(cls, _: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_after_validator_function(cls.parse, handler(str))

    @classmethod
    def parse(cls, text: str) -> Period:
        """Read ``2026-11``, ``2026/11``, ``202611`` or ``2026年11月``; ValueError otherwise.

        ``2026.1`` is none: in a cell for numbers it is what has become of 2026.10.
        """
        found = _PERIOD.fullmatch(text)
        if found and _LOST_ZERO.fullmatch(text.strip()):
            raise PydanticCustomError(
                "period",
                "「{value}」看不出是1月还是10月（数字 2026.10 会变成 2026.1），"
                "请写成 {year}-01 或 {year}-10",
                {"value": text[:20], "year": found[1]},
            )
        if not found or not 1 <= int(found[2]) <= 12:
            raise PydanticCustomError(
                "period", "「{value}」不是月份，请写成 2026-11 的样子", {"value": text[:20]}
            )
        return cls(f"{found[1]}-{int(found[2]):02d}")

    @property
    def year(self) -> int:
        return int(self[:4])

    @property
    def month(self) -> int:
        return int(self[5:])

    @property
    def label(self) -> str:
        """``2026年11月``."""
        return f"{self.year}年{self.month}月"

    @property
    def first_day(self) -> dt.date:
        return dt.date(self.year, self.month, 1)

    @property
    def last_day(self) -> dt.date:
        following = dt.date(self.year + self.month // 12, self.month % 12 + 1, 1)
        return following - dt.timedelta(days=1)


REFUSED = "（有误）"
"""What stands behind a refused entry: so that no spreadsheet takes it for a number."""
LONGEST_REFUSED = 40


class Actual(Model):
    """What one employee was to reach and did reach on one indicator in one month."""

    period: Period
    employee: EmployeeId
    indicator: Label
    """Indicator or adjustment, by id or name."""
    target: Number | None = None
    actual: Number | None = None
    self_rating: Number | None = None
    """自评, on a judged indicator whose scheme asks for it; the actual is the superior's rating."""
    remark: Annotated[str, Field(max_length=SENTENCE)] = ""
    refused: str = ""
    """What was entered and cannot be used: then there are no figures, but it is not nothing."""

    @classmethod
    def unusable(cls, period: str, employee: str, indicator: str, entered: str) -> Actual:
        """An entry that was refused: whatever counts it is incomplete."""
        said = f"{entered.strip()[:LONGEST_REFUSED]}{REFUSED}"
        return cls(period=Period(period), employee=employee, indicator=indicator, refused=said)


def day_number(day: dt.date) -> Decimal:
    """A date as the day number that spreadsheets use (1900 system, right from 1900-03-01 on)."""
    return Decimal((day - dt.date(1899, 12, 30)).days)
