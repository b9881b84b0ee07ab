"""The user's own schemes in the worksheet functions: those of the open master workbook."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest import mock

import pytest
from xladdin_udfs import open_workbooks

from tests.master.books import Percent, book_of, write
from tests.udfs.stubs import PACKAGE, excel
from xladdin import functions
from xladdin.calling_cell import noting
from xladdin.company.company import Company
from xladdin.domain.competency import CompetencyScheme
from xladdin.domain.methods.signed import Signed
from xladdin.domain.schemes import Scheme
from xladdin.functions import known_schemes
from xladdin.functions.known_schemes import FRESH, MASTERS, SETTING, Opened, use_master
from xladdin.schemes.library import Library

SHIPPED = Library.shipped()
SHOP, SALES = SHIPPED.scheme("online_shop_monthly"), SHIPPED.scheme("sales_service")
RATED = SHIPPED.competencies[0]
assert SHOP is not None
assert SALES is not None


def own(scheme: Scheme, id_: str = "own", name: str = "我司考核", best: int = 97) -> Scheme:
    """A scheme whose best grade begins elsewhere."""
    first, *others = scheme.grades
    grades = (first.model_copy(update={"lower": Decimal(best), "name": "卓越"}), *others)
    changes = {"id": id_, "name": name, "positions": (), "grades": grades}
    return scheme.model_copy(update=changes)


def own_rating(id_: str = "rated") -> CompetencyScheme:
    changes = {"id": id_, "name": "我司能力考核", "positions": ("客服",)}
    return RATED.model_copy(update=changes)


def master(path: Path, *schemes: Scheme | CompetencyScheme, faulty: bool = False) -> Path:
    """A master workbook with these schemes; faulty: one weight is another."""
    kpi = tuple(each for each in schemes if isinstance(each, Scheme))
    rated = tuple(each for each in schemes if isinstance(each, CompetencyScheme))
    book = book_of(Company(library=Library(kpi, (), rated)))
    if faulty:
        sheet = next(each for each in book if each.name == "指标")
        sheet.cells[1][sheet.cells[0].index("权重")] = Percent(Decimal("0.03"))
    return write(path, book)


Open = Callable[..., None]


@pytest.fixture
def opened() -> Iterator[Open]:
    """Opens workbooks, the first in front, as Excel would tell."""

    def these(*paths: Path, active: Path | None = None) -> None:
        MASTERS.ask(lambda: Opened(active, paths))

    yield these
    MASTERS.use(None)
    MASTERS.ask(open_workbooks.opened)


def test_a_self_rating_that_counts_is_no_matter_of_one_figure(tmp_path: Path, opened: Open) -> None:
    by_two = own(SHOP).model_copy(update={"self_weight": Decimal(30)})
    shown = own(SHOP, "shown", "只显示").model_copy(update={"self_weight": Decimal(0)})
    opened(master(tmp_path / "总表.xlsx", by_two, shown))
    refused = "#指标：工作主动性的自评占30%，只有一个评分算不出，请看考核表"
    assert functions.kpi_item("own", "工作主动性", 4.5) == refused
    assert functions.kpi_item("own", "回复质量", 1) == 8
    assert functions.kpi_item("shown", "工作主动性", 4.5) == 4.5
    assert functions.kpi_total([[10] * 9], 3, None, "own") == 93


def test_schemes_of_the_open_master_are_known(tmp_path: Path, opened: Open) -> None:
    opened(master(tmp_path / "总表.xlsx", own(SHOP), own_rating()))
    assert functions.kpi_grade([[97], [96.99]], "own") == [["卓越"], ["良好"]]
    assert functions.kpi_grade(97, "我司考核") == "卓越"
    assert functions.kpi_coefficient(97, "own") == 1.2
    assert functions.kpi_item("own", "工作主动性", 4.5) == 4.5
    assert functions.kpi_total([[10] * 9], 3, None, "own") == 93
    assert functions.competency_score(None, 4, scheme="rated") == 4
    assert functions.kpi_distribution([[98], [50]], "20/20/20/20/20", "own")[1][3] == 1  # type: ignore[index]
    # The shipped ones are there besides.
    assert functions.kpi_grade(95, "sales_service") == functions.kpi_grade(95, SALES.name)


def test_points_that_a_scheme_does_not_know_are_told(tmp_path: Path, opened: Open) -> None:
    bonus, deduction = SHOP.adjustments
    plain = own(SHOP).model_copy(update={"adjustments": ()})
    twice = (deduction, deduction.model_copy(update={"id": "other", "name": "另一项"}))
    several = own(SHOP, "several", "几项").model_copy(update={"adjustments": (bonus, *twice)})
    parts = {"id": "mixed", "name": "加减分", "criteria": "", "source": bonus.source}
    mixed = Signed(**parts, cap=Decimal(5), most_off=Decimal(10))
    signed = own(SHOP, "signed", "正负").model_copy(update={"adjustments": (mixed,)})
    opened(master(tmp_path / "总表.xlsx", plain, several, signed))

    def total(scheme: str, *points: float | None) -> object:
        return functions.kpi_total([[10] * 9], *points, scheme)

    assert total("own", None, None) == total("own", 0, 0) == 90
    assert total("own", 2, None) == "#加分：我司考核没有加分项"
    assert total("own", None, 2) == "#减分：我司考核没有减分项"
    assert total("several", 2, None) == 92
    assert total("several", None, 2) == "#减分：几项有2个减分项，分不清算哪一个"
    assert [total("signed", *points) for points in ((3, None), (None, 4), (3, 4))] == [93, 86, 89]


def test_a_shipped_scheme_that_the_master_has_changed_is_the_masters(
    tmp_path: Path, opened: Open
) -> None:
    assert functions.kpi_grade(95) == "优秀"
    opened(master(tmp_path / "总表.xlsx", own(SHOP, SHOP.id, SHOP.name)))
    assert functions.kpi_grade(95) == functions.kpi_grade(95, SHOP.name) == "良好"
    assert functions.kpi_grade(97) == "卓越"


def test_an_unknown_scheme_is_told_with_those_that_are_known(tmp_path: Path, opened: Open) -> None:
    opened(master(tmp_path / "总表.xlsx", own(SHOP)))
    known = "、".join(["own", *(scheme.id for scheme in SHIPPED.schemes)])
    assert functions.kpi_grade(95, "mine") == f"#方案：没有「mine」，可写：{known}"
    rated = "、".join(scheme.id for scheme in SHIPPED.competencies)
    told = f"#方案：没有「own」，可写：{rated}"
    assert functions.competency_score(None, 4, scheme="own") == told


def test_a_scheme_with_faults_is_not_replaced_by_a_shipped_one(
    tmp_path: Path, opened: Open
) -> None:
    opened(master(tmp_path / "总表.xlsx", own(SHOP, SHOP.id, "我司考核"), faulty=True))
    why = "里的方案「{}」有错误，请先检查总表"
    for key in (SHOP.id, "我司考核"):
        assert functions.kpi_grade(95, key) == f"#方案：总表「总表.xlsx」{why.format(key)}"
    assert functions.kpi_grade(95) == f"#方案：总表「总表.xlsx」{why.format(SHOP.id)}"


def test_the_master_in_front_counts_and_of_several_others_only_what_they_agree_on(
    tmp_path: Path, opened: Open
) -> None:
    first = master(tmp_path / "a.xlsx", own(SHOP), own(SHOP, "same", "同"))
    second = master(tmp_path / "b.xlsx", own(SHOP, best=99), own(SHOP, "same", "同"))
    plain = tmp_path / "c.xlsx"
    write(plain, [])
    opened(first, second, plain, active=second)
    assert functions.kpi_grade(97, "own") == "良好"
    opened(first, second, plain, active=plain)
    assert functions.kpi_grade(97, "same") == "卓越"
    told = "#方案：打开的总表里有不同的「own」：a.xlsx、b.xlsx，请只打开一个"
    assert functions.kpi_grade(97, "own") == told


def test_a_master_is_read_once_and_again_when_it_was_saved(
    tmp_path: Path, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = master(tmp_path / "总表.xlsx", own(SHOP))
    read = mock.Mock(side_effect=known_schemes.read_master)
    monkeypatch.setattr(known_schemes, "read_master", read)
    now = [0.0]
    found = known_schemes.Masters(clock=lambda: now[0])
    found.ask(lambda: Opened(path, (path,)))
    before = found.known()
    now[0] += FRESH
    assert found.known() is before
    assert read.call_count == 1
    master(path, own(SHOP, "other", "别的"))
    os.utime(path, ns=(1, 1))
    assert found.known() is before  # Excel is not asked for every cell
    now[0] += FRESH
    assert found.known().scheme("other").name == "别的"
    assert read.call_count == 2


def test_a_setting_names_the_master(
    tmp_path: Path, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = master(tmp_path / "总表.xlsx", own(SHOP))
    opened(master(tmp_path / "b.xlsx", own(SHOP, best=99)))
    monkeypatch.setenv(SETTING, str(path))
    assert functions.kpi_grade(97, "own") == "卓越"
    use_master(tmp_path / "b.xlsx")
    assert functions.kpi_grade(97, "own") == "良好"
    use_master(tmp_path / "没有.xlsx")
    assert functions.kpi_grade(97) == "#方案：读不出总表「没有.xlsx」"
    use_master(None)
    assert functions.kpi_grade(97, "own") == "卓越"


def open_in_excel(*books: tuple[str, str], front: int = 0) -> Any:
    """A cell as Excel's, with its Application and workbooks (folder, name); stand-ins for its objects."""
    found = [SimpleNamespace(Path=folder, Name=name) for folder, name in books]
    active = found[front] if found else None
    return SimpleNamespace(Application=SimpleNamespace(Workbooks=found, ActiveWorkbook=active))


def test_what_is_open_in_excel(tmp_path: Path) -> None:
    """One workbook on this computer, one never saved; none; and where nobody calls."""
    cell = open_in_excel((str(tmp_path), "总表.xlsx"), ("", "工作簿1"), front=1)
    found = noting(lambda *_: open_workbooks.opened())
    assert found("", "", (), None, cell) == Opened(None, (tmp_path / "总表.xlsx",))
    assert found("", "", (), None, open_in_excel()) == Opened()
    for nobody in (None, -2146826265, SimpleNamespace()):
        assert found("", "", (), None, nobody) == Opened()
    assert open_workbooks.opened() == Opened()


@pytest.mark.usefixtures("opened")
def test_an_own_scheme_is_known_in_a_cell_of_excel(tmp_path: Path) -> None:
    """As the add-in calls: without a workbook, with the calling cell."""
    path = master(tmp_path / "总表.xlsx", own(SHOP))
    cell = open_in_excel((str(tmp_path), path.name))
    with excel() as called:
        ask = noting(called.imported.udfs.call_udf)
        assert ask(PACKAGE, "KPI_GRADE", (97.0, "own"), None, cell) == [["卓越"]]
        rows = ask(PACKAGE, "KPI_HELP", ("方案",), None, cell)
        assert ["own", "我司考核", "总表.xlsx"] in rows
        MASTERS.ask(open_workbooks.opened)
        closed = ask(PACKAGE, "KPI_GRADE", (97.0, "own"), None, open_in_excel())
        assert closed[0][0].startswith("#方案：没有「own」")
