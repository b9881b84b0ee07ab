"""One writing is one month, or one problem, at every door: see months.yaml."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Callable, Iterable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.patch.masters import EMPLOYEES, ROWS, SALES, SMALL, write_master
from xladdin.company.column_mappings import default_mappings
from xladdin.domain.people import Period
from xladdin.intake.actuals import read_actuals
from xladdin.intake.exports.export_reader import read_export
from xladdin.intake.months import (
    Fault,
    fault_against,
    month_in,
    month_of,
    plausible_years,
    said_by,
    within,
)
from xladdin.intake.text import written_text
from xladdin.master.people_sheets import FIGURES
from xladdin.master.read_master import read_master
from xladdin.master.row_owners import finder
from xladdin.patch.sheet import SheetPatch
from xladdin.patch.workbook_opening import workbook_of
from xladdin.problems import Problem
from xladdin.schemes.library import Library

from .appraising import scheme_of

TODAY = dt.date(2027, 2, 1)
DATA = Path(__file__).with_name("months.yaml")
SHIPPED = Library.shipped()
CODES = {"period", "period_unclear", "period_span", "other_period"}


class Loader(yaml.SafeLoader):
    """Leaves dates as text: a case says of itself what is a date cell."""


def _text(loader: Loader, node: yaml.ScalarNode) -> str:
    return str(node.value)


Loader.add_constructor("tag:yaml.org,2002:timestamp", _text)
CASES: list[dict[str, Any]] = yaml.load(DATA.read_text("utf-8"), Loader)  # noqa: S506 - a SafeLoader
IDS = [
    " ".join(f"{key} {c[key]}" for key in c if key not in ("export", "alone", "part"))
    for c in CASES
]
every_case = pytest.mark.parametrize("case", CASES, ids=IDS)


def typed(says: Any, *, date1904: bool = False) -> Any:
    """A cell of a case as it is given to a file's writer."""
    match says:
        case {"date": text}:
            return dt.date.fromisoformat(text)
        case {"moment": text}:
            return dt.datetime.fromisoformat(text)
        case {"clock": text}:
            return dt.time.fromisoformat(text)
        case {"serial": number}:
            return number - (1462 if date1904 else 0)
        case _:
            return says


def lines(case: dict[str, Any]) -> Iterable[Any]:
    yield case["says"]
    yield from case.get("beside", ())


def test_the_cases_are_many() -> None:
    assert len(CASES) >= 180
    assert len(set(map(repr, CASES))) == len(CASES)
    assert {case["export"] for case in CASES} == CODES | {"ok", "days_missing"}


# Files of one column of months.

HEADS = ("工号", "指标", "实际值")
ASKED = ("1001", "1002", "1004", "1005")


def text_file(folder: Path, heads: tuple[str, ...], case: dict[str, Any], *rest: object) -> Path:
    path = folder / "表.csv"
    table = [heads] + [
        (f'"{written_text(typed(says))}"', id_, *rest)
        for says, id_ in zip(lines(case), ASKED, strict=False)
    ]
    path.write_text("\n".join(",".join(map(str, row)) for row in table), encoding="utf-8")
    return path


def workbook(
    folder: Path, heads: tuple[str, ...], case: dict[str, Any], *rest: object, date1904: bool
) -> Path:
    path = folder / "表.xlsx"
    options = {"date_1904": date1904, "default_date_format": "yyyy-mm-dd"}
    with xlsxwriter.Workbook(path, options) as book:
        sheet = book.add_worksheet("数据")
        sheet.write_row(0, 0, heads)
        clock = book.add_format({"num_format": "hh:mm"})
        for row, (says, id_) in enumerate(zip(lines(case), ASKED, strict=False), start=1):
            cell = typed(says, date1904=date1904)
            if isinstance(cell, dt.time):
                sheet.write_datetime(row, 0, cell, clock)
            elif isinstance(cell, str):
                sheet.write_string(row, 0, cell)
            else:
                sheet.write(row, 0, cell)
            sheet.write_row(row, 1, (id_, *rest))
    return path


Written = Callable[..., Path]
KINDS: dict[str, Written] = {
    "csv": text_file,
    "xlsx": lambda *args: workbook(*args, date1904=False),
    "xlsx of 1904": lambda *args: workbook(*args, date1904=True),
}
_TURNS = zip(CASES, itertools.cycle(KINDS), IDS, strict=False)
in_turn = pytest.mark.parametrize(
    ("case", "kind"), [pytest.param(case, kind, id=f"{kind} {name}") for case, kind, name in _TURNS]
)
"""Each case in one kind of file; `make proof` tries it in all."""
in_every_kind = pytest.mark.parametrize(
    ("case", "kind"),
    [
        pytest.param(case, kind, id=f"{kind} {name}")
        for case, name in zip(CASES, IDS, strict=True)
        for kind in KINDS
    ],
)


def of_months(problems: Iterable[Problem]) -> list[str]:
    return [problem.code for problem in problems if problem.code in CODES]


def first_cell(problem: Problem) -> bool:
    """Whether a problem names the month's cell of the first line."""
    return problem.place.cell == "A2" or (problem.place.line, bool(problem.place.field)) == (
        2,
        True,
    )


@in_turn
def test_an_export(case: dict[str, Any], kind: str, tmp_path: Path) -> None:
    _export(case, kind, tmp_path)


@pytest.mark.proof
@in_every_kind
def test_an_export_in_every_kind(case: dict[str, Any], kind: str, tmp_path: Path) -> None:
    _export(case, kind, tmp_path)


def _export(case: dict[str, Any], kind: str, tmp_path: Path) -> None:
    heads = (case.get("head", "月份"), "工号", "客服销售额")
    path = KINDS[kind](tmp_path, heads, case, 7)
    period = Period(case["of"])
    measured, _, problems = read_export(
        path, EMPLOYEES, scheme_of, default_mappings(), period, today=TODAY
    )
    got = [line for line in measured if line.employee.id == "1001"]
    told = [problem for problem in problems if first_cell(problem)]
    if case["export"] == "ok":
        assert [(line.period, line.value) for line in got] == [(period, Decimal(7))]
        assert [(problem.code, problem.is_error) for problem in told] == [
            (code, False) for code in parts(case)
        ]
    elif case["export"] == "days_missing":
        assert got == []
        assert [(problem.code, problem.is_error) for problem in problems] == [
            ("days_missing", True)
        ]
    else:
        assert got == []
        assert [(problem.code, problem.is_error) for problem in told] == [(case["export"], True)]
        assert "没有导入" in told[0].message


@in_turn
def test_a_file_of_figures(case: dict[str, Any], kind: str, tmp_path: Path) -> None:
    _figures(case, kind, tmp_path)


@pytest.mark.proof
@in_every_kind
def test_a_file_of_figures_in_every_kind(case: dict[str, Any], kind: str, tmp_path: Path) -> None:
    _figures(case, kind, tmp_path)


def _figures(case: dict[str, Any], kind: str, tmp_path: Path) -> None:
    path = KINDS[kind](tmp_path, ("考核月份", *HEADS), case, SALES, 7)
    people = [*EMPLOYEES]
    actuals, problems = read_actuals(path, people, lambda _: SHIPPED.scheme("online_shop_monthly"))
    got = [actual.period for actual in actuals if actual.employee == "1001"]
    told = [problem.code for problem in problems if first_cell(problem)]
    assert (got, told) == expected(case)


def expected(case: dict[str, Any]) -> tuple[list[str], list[str]]:
    """The months that are read, and the problems."""
    alone = case["alone"]
    return ([alone], parts(case)) if alone[0].isdigit() else ([], [alone])


def parts(case: dict[str, Any]) -> list[str]:
    """What is told of a cell that names days of its month."""
    return ["part_of_month"] * case.get("part", False)


# The master workbook: its figures, whose its rows are, its settings.


@pytest.fixture(scope="module")
def master(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("months") / "总表.xlsx"
    rows = [{**ROWS[1], "actual": 7, "employee": id_, "period": None} for id_ in ("1001", "1002")]
    rows.append({**ROWS[1], "actual": 7, "employee": "1004", "name": "何思琪", "period": None})
    return write_master(path, [{**row, "name": None} for row in rows], **SMALL).read_bytes()


def put(patch: SheetPatch, place: str, cell: Any) -> None:
    match cell:
        case bool() | dt.time():
            patch.set(place, written_text(cell))
        case int() | float():
            patch.set(place, Decimal(repr(cell)))
        case dt.datetime():
            patch.set(place, cell.date())
        case _:
            patch.set(place, cell)


@every_case
def test_the_master(case: dict[str, Any], master: bytes, tmp_path: Path) -> None:
    book = workbook_of(master)
    patch = SheetPatch(book, FIGURES.name)
    for number, says in enumerate(lines(case), start=3):
        put(patch, f"A{number}", typed(says))
    path = tmp_path / "总表.xlsx"
    path.write_bytes(book.to_bytes())
    content, problems = read_master(path)
    got = [figure.actual.period for figure in content.figures if figure.actual.employee == "1001"]
    told = [problem.code for problem in problems if problem.place.cell == "A3"]
    assert (got, told) == expected({**case, "alone": case.get("master", case["alone"])})
    owners = finder(path).owners[FIGURES.name]
    assert [owner.period for owner in owners if owner.row == 3] == (got or [None])


@pytest.mark.parametrize("case", [case for case in CASES if "beside" not in case], ids=str)
def test_a_cell_by_itself(case: dict[str, Any]) -> None:
    """As the settings and the list of tokens ask."""
    alone = case["alone"]
    assert month_in(typed(case["says"])) == (None if alone in CODES else alone)


def test_the_settings(master: bytes, tmp_path: Path) -> None:
    book = workbook_of(master)
    patch = SheetPatch(book, "设置")
    path = tmp_path / "总表.xlsx"
    rows = [number for number in patch.rows.numbers if patch.text(f"A{number}") == "考核月份"]
    row = rows[0] if rows else max(patch.rows.numbers) + 1
    patch.set(f"A{row}", "考核月份")
    found = []
    for cell in (dt.date(2026, 11, 1), "2026年11月", Decimal("2026.1"), "11月", "2026.10"):
        patch.set(f"B{row}", cell)
        path.write_bytes(book.to_bytes())
        content, problems = read_master(path)
        found.append((content.month, [p.code for p in problems if p.place.sheet == "设置"]))
    wrong = (None, ["bad_period"])
    assert found == [("2026-11", []), ("2026-11", []), wrong, wrong, ("2026-10", [])]


# Laws.

DATES = st.dates(dt.date(2016, 1, 1), dt.date(2030, 12, 31))
FORMATS: tuple[str, ...] = (
    "{y}-{m:02}-{d:02}", "{y}/{m}/{d}", "{y}.{m:02}.{d:02}", "{y}年{m}月{d}日", "{y}{m:02}{d:02}",
    "{y}-{m:02}", "{y}/{m}", "{y}.{m:02}", "{y}.{m}", "{y}年{m}月", "{y}{m:02}", "{m}/{y}",
    "{m}月", "{m}月{d}日", "{m}月份", "{m}-{d}", "{m}/{d}", "{m:02}.{d:02}", "{d}/{m}",
    "{d}/{m}/{y}", "{m}/{d}/{y}", "{d:02}-{m:02}-{y}", "{d}.{m}.{y}",
    "{yy:02}-{m:02}-{d:02}", "{d:02}/{m:02}/{yy:02}", "{m:02}/{d:02}/{yy:02}", "{yy:02}年{m}月",
    "{yy:02}{m:02}{d:02}", "{name} {d}, {y}", "{d}-{name}-{yy:02}", "{name}-{yy:02}", "{name} {y}",
    "{y}-{m:02}-{d:02} 23:59:59", "{y}-{m:02}-{d:02}T08:00", "{y}/{m}/{d} 星期三",
    "{y}-{m:02}-01~{y}-{m:02}-{d:02}", "{y}年{m}月1日-{d}日", "{m}月1日至{m}月{d}日",
    "{y}{m:02}01-{y}{m:02}{d:02}", "{serial}", "{serial}.5",
)  # fmt: skip
NAMES = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


def written(day: dt.date, form: str) -> str:
    return form.format(
        y=day.year,
        m=day.month,
        d=day.day,
        yy=day.year % 100,
        name=NAMES[day.month - 1],
        serial=(day - dt.date(1899, 12, 30)).days,
    )


def accepted(
    text: object, period: Period, *, today: dt.date = TODAY, date1904: bool = False
) -> bool:
    years = plausible_years(period, today)
    said = within(said_by(text, date1904=date1904, bare=True), years)
    return fault_against(said, text, period) is None


def month(day: dt.date) -> Period:
    return Period(f"{day:%Y-%m}")


def same_or_without_year(form: str, day: dt.date, period: Period) -> bool:
    """A writing that leaves the year out is of its month in any year."""
    return day.month == period.month and not any(sign in form for sign in ("{y}", "{yy", "{serial"))


@settings(max_examples=500, deadline=None)
@given(DATES, DATES, st.sampled_from(FORMATS))
def test_a_day_of_another_month_is_never_of_this_one(
    day: dt.date, wanted: dt.date, form: str
) -> None:
    period = month(wanted)
    if month(day) != period and not same_or_without_year(form, day, period):
        # The day that is written lies in the past of whoever reads it.
        assert not accepted(written(day, form), period, today=max(day, wanted))


@settings(max_examples=500, deadline=None)
@given(DATES, st.sampled_from(FORMATS))
def test_a_day_of_this_month_is_never_of_another(day: dt.date, form: str) -> None:
    text = written(day, form)
    found = month_of(said_by(text), text)
    assert isinstance(found, Fault) or found == month(day)
    said = within(said_by(text), plausible_years(month(day), day))
    fault = fault_against(said, text, month(day))
    assert fault is None or fault.code == "period_unclear"


@given(st.datetimes(dt.datetime(2000, 1, 1), dt.datetime(2099, 12, 31)))
def test_date_cells_and_their_numbers_in_both_systems(moment: dt.datetime) -> None:
    days = (moment.date() - dt.date(1899, 12, 30)).days
    assert month_in(moment) == month_in(moment.date()) == f"{moment:%Y-%m}"
    assert month_in(days) == month_in(days + 0.5) == f"{moment:%Y-%m}"
    assert month_in(days - 1462, date1904=True) == f"{moment:%Y-%m}"


@settings(max_examples=300)
@given(st.text("0123456789年月日号-/.~至季周 :tTzZ第十一二octnvOCTNV'（）", max_size=24))
def test_any_text_is_a_month_or_none_and_doors_agree(text: str) -> None:
    found = month_of(said_by(text), text)
    if not isinstance(found, Fault):
        assert accepted(text, found)
        others = [Period(f"{found.year}-{n:02}") for n in range(1, 13) if n != found.month]
        assert not any(accepted(text, other) for other in others)


@pytest.mark.parametrize("text", ["1" * 5000, "2026-" * 2000, "月" * 5000, "至".join("1" * 3000)])
def test_long_texts_are_no_months(text: str) -> None:
    assert month_in(text) is None
