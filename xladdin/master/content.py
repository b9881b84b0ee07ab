"""What a master workbook holds, as domain objects."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import NamedTuple

from xladdin.domain.competency import Assignment
from xladdin.domain.people import Actual, Employee, Period
from xladdin.domain.quantities import Unit
from xladdin.domain.schemes import Scheme
from xladdin.intake.actuals import read_actuals
from xladdin.intake.exports.mapping import Mapping
from xladdin.intake.months import month_in
from xladdin.intake.raters import read_raters
from xladdin.intake.roster import read_roster
from xladdin.paths import templates_dir
from xladdin.problems import Problem, ProblemsFound, errors
from xladdin.schemes.library import Library

from .choosing import Schemes
from .setting_sheets import COMPANY_NAME, FOLDER_SETTING, MONTH_SETTING

_EXAMPLE = "example_company"


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of targets and actuals, and what the sheet says about it besides."""

    actual: Actual
    state: str = ""
    """``暂定``, ``最终``, or nothing."""
    origin: str = ""
    """Which file it was taken from."""


class Setting(NamedTuple):
    """One line of the settings."""

    name: str
    value: str = ""
    remark: str = ""


@dataclass(frozen=True)
class Content:
    """Everything that a company keeps in its master workbook."""

    employees: tuple[Employee, ...] = ()
    library: Library = field(default_factory=Library)
    raters: tuple[Assignment, ...] = ()
    figures: tuple[Figure, ...] = ()
    settings: tuple[Setting, ...] = ()
    mappings: tuple[Mapping, ...] = ()

    @classmethod
    def shipped(cls) -> Content:
        """The shipped templates, and nobody yet."""
        return cls(library=Library.shipped(), settings=_settings(), mappings=MAPPINGS)

    @classmethod
    def example(cls) -> Content:
        """The shipped example company."""
        return _example()

    def setting(self, name: str) -> str:
        """A setting's value; empty where there is none."""
        return next((item.value for item in self.settings if item.name == name), "")

    @property
    def month(self) -> Period | None:
        """The month that the settings name, if they name one."""
        return month_in(self.setting(MONTH_SETTING))

    def scheme_of(self, employee: Employee) -> Scheme | None:
        """The scheme that the roster names, else the position's, else one meant for everybody."""
        return self._schemes.of(employee)

    @cached_property
    def _schemes(self) -> Schemes:
        return Schemes(self.library.schemes)


def _settings(company: str = "") -> tuple[Setting, ...]:
    return (
        Setting(COMPANY_NAME, company, "印在表头上，可以不填"),
        # Short, so that the sheet stays on one page.
        Setting(MONTH_SETTING, "", "如 2026-11；不填按最近有数据的月份"),
        Setting(FOLDER_SETTING, "", "不填就放在总表所在的文件夹"),
    )


MAPPINGS = (
    Mapping("工号", "工号", None, "用来认人：工号、姓名、昵称有一个就行"),
    Mapping("姓名", "姓名"),
    Mapping("旺旺昵称", "昵称"),
    Mapping("客服昵称", "昵称"),
    Mapping("询单转化率", "日常询盘转换率", Unit.PERCENT, "取最终付款口径，月末后4天才能定数"),
    Mapping("客服销售额", "销售目标达成", Unit.YUAN),
    Mapping("平均响应时长（秒）", "平均响应时间", Unit.SECOND),
    Mapping("客服销售客单价", "客单价", Unit.YUAN),
    Mapping("中差评率", "客服中差评率", Unit.PERCENT),
    Mapping("首次响应时长（秒）", "首次响应时间", Unit.SECOND),
    Mapping("客户满意率", "客户满意度", Unit.PERCENT),
)
"""Columns that exports of shop systems are known to have, for the shipped schemes."""


@cache
def _example() -> Content:
    folder = templates_dir() / _EXAMPLE
    library, problems = _example_library(folder)
    employees, faults = read_roster(folder / "roster.csv")
    problems += faults
    content = Content(tuple(employees), library, settings=_settings("晴川数码旗舰店"))
    actuals, faults = read_actuals(folder / "actuals.csv", employees, content.scheme_of)
    problems += faults
    raters, faults = read_raters(folder / "raters.csv", employees)
    problems += faults
    if errors(problems):
        raise ProblemsFound(problems)
    figures = tuple(Figure(actual, "最终", "actuals.csv") for actual in actuals)
    return Content(content.employees, library, tuple(raters), figures, content.settings, MAPPINGS)


def _example_library(folder: Path) -> tuple[Library, list[Problem]]:
    """The shipped templates and the example company's own job analyses."""
    shipped = Library.shipped()
    own, problems = Library.from_dir(folder)
    positions = (*own.positions, *shipped.positions)
    return Library(shipped.schemes, positions, shipped.competencies), problems
