"""A clerk's hour: from an empty file to the forms of two months, with cells and the ribbon alone.

The company is invented (``clerks_hour.yaml``): twelve people with a form, a post and a scheme of their
own; in the second month one has left, one has come, one has changed to another post.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import xlwings as xw
import yaml

from xladdin.domain.people import Period
from xladdin.domain.quantities import Unit
from xladdin.master.read_master import read_master
from xladdin.problems import errors
from xladdin.ribbon import renaming_buttons, windows_excel

from .desks import FIGURES, FIRST, ROSTER, Workplace

pytestmark = pytest.mark.xdist_group("calc")
STORY: Mapping[str, Any] = yaml.safe_load(
    Path(__file__).with_name("clerks_hour.yaml").read_text("utf-8")
)
ACTUALS = {Unit.PERCENT: 0.96, Unit.POINT: 4, Unit.DAY: 0, Unit.TIMES: 0}
"""What is typed as the actual figure, by unit; 1 for the others."""
NOVEMBER, DECEMBER = Period("2026-11"), Period("2026-12")


class Clerk:
    """Types into cells and clicks buttons; nothing else."""

    def __init__(self, work: Workplace, says: Callable[..., None]) -> None:
        self.work, self.says = work, says

    def types(self, sheet: str, row: int, **cells: object) -> None:
        """Texts and numbers into a row, by the heads of their columns."""
        heads = self.heads(sheet)
        for head, value in cells.items():
            self.work.book.sheets[sheet].range((row, heads[head])).value = value

    def heads(self, sheet: str) -> dict[str, int]:
        names = self.work.book.sheets[sheet].range((FIRST - 1, 1), (FIRST - 1, 40)).value
        return {str(name): number for number, name in enumerate(names, start=1) if name}

    def row(self, sheet: str, head: str, value: str, **more: str) -> int:
        """The first row that says so."""
        heads = self.heads(sheet)
        page = self.work.book.sheets[sheet]
        for row in range(FIRST, 400):
            said = {name: page.range((row, heads[name])).value for name in (head, *more)}
            if said == {head: value, **more}:
                return row
        raise AssertionError((sheet, head, value))

    def saves(self) -> None:
        self.work.book.save()
        self.work.book.api.Saved = True

    def opens_month(self, period: Period) -> str:
        self.types("设置", self.row("设置", "设置项", "考核月份"), 内容=f"'{period}")
        self.saves()
        self.says(str(period))
        told = self.work.click("open_month", "ok")
        self.work = Workplace(self.work.calc, self.work.calc.books.active, self.work.folder)
        return told

    def fills(self, period: Period) -> None:
        """Every figure of a month that stands empty."""
        company, _ = self.read()
        units = {
            item.name: item.unit for scheme in company.library.schemes for item in scheme.indicators
        }
        heads, page = self.heads(FIGURES), self.work.book.sheets[FIGURES]
        for row in range(FIRST, 400):
            month = page.range((row, heads["考核月份"])).value
            if month is None:
                break
            if month == str(period):
                unit = units[str(page.range((row, heads["指标"])).value)]
                page.range((row, heads["实际值"])).value = ACTUALS.get(unit, 1)

    def read(self) -> Any:
        """The master as it stands on the screen."""
        copy = self.work.folder.parent / "看一眼.xlsx"
        self.work.book.api.SaveCopyAs(str(copy))
        return read_master(copy)


@pytest.fixture
def clerk(work: Workplace, monkeypatch: pytest.MonkeyPatch) -> Clerk:
    said: list[str] = []
    monkeypatch.setattr(windows_excel, "typed_text", lambda *_: said.pop(0))
    # Calc has no tables that could be made longer; what stands below one is read all the same.
    copied = renaming_buttons.copied_cells
    monkeypatch.setattr(
        renaming_buttons, "copied_cells", lambda *asked: replace(copied(*asked), grown=[])
    )
    work.book.close()
    said.append(STORY["kind"])
    work.click("create", "no")
    book: xw.Book = work.calc.books.active
    folder = Path(book.fullname).parent
    return Clerk(Workplace(work.calc, book, folder), lambda *texts: said.extend(texts))


def employs(clerk: Clerk, row: int, name: str, id_: str, *rest: str) -> None:
    department, position, superior = rest
    clerk.types(ROSTER, row, 姓名=name, 工号=id_, 部门=department, 岗位=position, 直接上级=superior)


def forms(clerk: Clerk, period: Period) -> dict[str, str]:
    """Id -> the file of somebody's form."""
    found = clerk.work.files(f"考核表/{period}/**/*.xlsx")
    return {name.split("/")[-1].split("_")[1]: name for name in found}


def own_scheme(clerk: Clerk) -> None:
    """A post and a scheme of the company's own: the shipped one, with other weights."""
    clerk.types("岗位", 7, 岗位名称=STORY["post"], 所在部门="云栖一期", 上级岗位="物业客服主管")
    clerk.types(
        "职责",
        clerk_free(clerk, "职责"),
        岗位=STORY["post"],
        重要性=1,
        具体工作="楼栋巡查和入户走访，每月不少于20户",
        占用时间=1,
    )
    clerk.says(STORY["copied_from"], STORY["scheme"])
    assert "写进了总表" in clerk.work.click("copy_scheme")
    row = clerk.row("考核方案", "方案名称", STORY["scheme"])
    clerk.types("考核方案", row, 适用岗位=STORY["post"])
    for name, weight in STORY["weights"].items():
        row = clerk.row("指标", "指标名称", name, 考核方案=STORY["scheme"])
        clerk.types("指标", row, 权重=weight)


def clerk_free(clerk: Clerk, sheet: str) -> int:
    """The first empty row of a sheet."""
    page = clerk.work.book.sheets[sheet]
    return next(row for row in range(FIRST, 400) if page.range((row, 1)).value in (None, ""))


def test_from_an_empty_file_to_the_forms_of_two_months(clerk: Clerk) -> None:
    clerk.types("设置", clerk.row("设置", "设置项", "公司名称"), 内容=STORY["company"])
    own_scheme(clerk)
    for row, person in enumerate(STORY["people"], start=FIRST):
        employs(clerk, row, *person)
    assert [str(one) for one in errors(clerk.read()[1])] == []
    assert "加了" in clerk.opens_month(NOVEMBER)
    clerk.fills(NOVEMBER)
    company, problems = clerk.read()
    assert [str(one) for one in errors(problems)] == []
    appraised = {one[1] for one in STORY["people"]} - {"W01"}
    clerk.work.select(ROSTER, "A1")
    told = clerk.work.click("batch", "ok")
    assert "共 12 份" in told
    assert forms(clerk, NOVEMBER).keys() == appraised

    leaver, joiner, transfer = STORY["leaver"], STORY["joiner"], STORY["transfer"]
    row = clerk.row(ROSTER, "工号", leaver["id"])
    clerk.types(ROSTER, row, 离职日期=dt.datetime.combine(leaver["last_day"], dt.time()))
    *person, came = joiner
    employs(clerk, clerk_free(clerk, ROSTER), *person)
    row = clerk.row(ROSTER, "工号", person[1])
    clerk.types(ROSTER, row, 入职日期=dt.datetime.combine(came, dt.time()))
    clerk.types(ROSTER, clerk.row(ROSTER, "工号", transfer["id"]), 岗位=transfer["to"])
    told = clerk.opens_month(DECEMBER)
    assert "加了" in told
    assert joiner[0] in told, "not there for the whole month"
    clerk.fills(DECEMBER)
    company, problems = clerk.read()
    assert [str(one) for one in errors(problems)] == []
    clerk.work.select(ROSTER, "A1")
    assert "共 12 份" in clerk.work.click("batch", "ok")
    there = forms(clerk, DECEMBER)
    assert there.keys() == appraised - {leaver["id"]} | {joiner[1]}
    scheme = company.scheme_of(next(one for one in company.employees if one.id == transfer["id"]))
    assert scheme is not None
    assert scheme.name == STORY["scheme"]
    assert {item.name: float(item.weight) for item in scheme.indicators}.items() >= {
        name: 100 * weight for name, weight in STORY["weights"].items()
    }.items()
    assert "W10" in there[transfer["id"]]
