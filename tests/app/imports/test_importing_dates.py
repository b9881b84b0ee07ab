"""The months of a master workbook keep their kind, and a second import finds what the first wrote."""

from __future__ import annotations

import datetime as dt
import subprocess
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.patch.masters import REPLY, ROWS, SMALL, Formatted, write_master
from tests.patch.parts import by_openpyxl, cells, parts, sound
from tests.workbench.office import Office
from tests.workbench.tools import program
from xladdin.app.imports.importing import Imported, import_exports
from xladdin.domain.methods.deadline import DeadlineMethod
from xladdin.domain.people import Period
from xladdin.domain.quantities import Unit
from xladdin.domain.schemes import Indicator, Scheme, Section
from xladdin.intake.exports.mapping import Mapping
from xladdin.master.people_sheets import FIGURES
from xladdin.master.read_master import read_master
from xladdin.schemes.library import Library

NOVEMBER = Period("2026-11")
FIRST, LAST = 3, 7
"""The rows of the figures that are there."""
OCTOBER, THIS = dt.date(2026, 10, 1), dt.date(2026, 11, 1)


def export(
    folder: Path, month: str = "2026年11月", figure: str = "29", name: str = "e.csv"
) -> Path:
    path = folder / name
    path.write_text(f"月份,工号,平均响应时长（秒）\n{month},1004,{figure}\n", encoding="utf-8-sig")
    return path


def run(master: Path, *paths: Path, period: Period = NOVEMBER) -> Imported:
    return import_exports(master, paths, period, today=dt.date(2026, 12, 31))


def master_with(folder: Path, months: Sequence[Any], **options: Any) -> Path:
    """Rows of October and November 2026 whose months are written like this."""
    rows = [{**row, "period": month} for row, month in zip(ROWS, months, strict=True)]
    return write_master(folder / "总表.xlsx", rows, **SMALL, **options)


def dated(format_: str, *, days: int = 0) -> list[Formatted]:
    months = [OCTOBER, THIS, THIS, THIS, THIS]
    return [Formatted(day + dt.timedelta(days=days), format_) for day in months]


def months_of(path: Path) -> list[object]:
    """As another reader gives them."""
    rows = cells(path)[FIGURES.name][FIRST - 1 :]
    return [row[0] for row in rows if row[1] != ""]


def added(path: Path) -> Any:
    sheet = by_openpyxl(path, FIGURES.name)
    return sheet.cell(LAST + 1, 1)


def twice(master: Path, *paths: Path) -> Imported:
    """The second import finds everything as it wants it."""
    done = run(master, *paths)
    after = master.read_bytes()
    again = run(master, *paths)
    assert not [problem for problem in again.problems if problem.is_error]
    assert again.counts["same"] == again.counts["figures"] == done.counts["figures"]
    assert not again.written
    assert master.read_bytes() == after
    return done


FORMATS = ["yyyy-mm", 'yyyy"年"m"月"', 'm"月"d"日"', "[$-804]yyyy-mm-dd;@", "mmm-yy", "yyyy/m/d"]


@pytest.mark.parametrize("spare_months", ["", "@", "yyyy-mm"])
@pytest.mark.parametrize("format_", FORMATS)
def test_a_column_of_dates_goes_on_with_dates(
    format_: str, spare_months: str, tmp_path: Path
) -> None:
    """Also in rows that were prepared for text, as ours are."""
    master = master_with(tmp_path, dated(format_), spare_months=spare_months)
    done = twice(master, export(tmp_path))
    assert done.counts["added"] == 1
    assert months_of(master)[-1] == THIS
    assert added(master).number_format == format_
    content, problems = read_master(master)
    assert not [problem for problem in problems if problem.code.startswith("period")]
    assert content.figures[-1].actual.period == NOVEMBER
    if format_ == FORMATS[0]:
        sound(master.read_bytes(), master)


def test_below_the_table_too(tmp_path: Path) -> None:
    master = master_with(tmp_path, dated("yyyy-mm"), spare=0)
    twice(master, export(tmp_path))
    assert (months_of(master)[-1], added(master).number_format) == (THIS, "yyyy-mm")


@pytest.mark.parametrize("form", ["2026-{}", "2026/{}", "2026年{}月", "2026{}"])
@pytest.mark.parametrize("spare_months", ["", "@", "yyyy-mm"])
def test_a_column_of_texts_goes_on_with_texts(form: str, spare_months: str, tmp_path: Path) -> None:
    months = [form.format(month) for month in (10, 11, 11, 11, 11)]
    master = master_with(tmp_path, months, spare_months=spare_months)
    assert twice(master, export(tmp_path)).counts["added"] == 1
    assert months_of(master)[-1] == "2026-11"


def test_numbers_go_on_as_numbers(tmp_path: Path) -> None:
    master = master_with(tmp_path, [202610, 202611, 202611, 202611, 202611])
    twice(master, export(tmp_path))
    assert months_of(master)[-1] == 202611


def test_day_numbers_that_nobody_sees_as_dates_go_on_as_dates(tmp_path: Path) -> None:
    master = master_with(tmp_path, [46296, *[46327] * 4])
    twice(master, export(tmp_path))
    assert months_of(master)[-1] == THIS


DATE, TEXT = Formatted(THIS, "yyyy-mm"), "2026-11"


@pytest.mark.parametrize(
    ("months", "spare_months", "expected"),
    [
        ([TEXT, TEXT, TEXT, TEXT, DATE], "@", TEXT),
        ([TEXT, TEXT, TEXT, TEXT, DATE], "", THIS),
        ([TEXT, TEXT, TEXT, TEXT, DATE], "yyyy-mm", THIS),
        ([DATE, DATE, DATE, DATE, TEXT], "yyyy-mm", TEXT),
        ([DATE, DATE, DATE, DATE, TEXT], "", TEXT),
        ([DATE, DATE, DATE, DATE, 202611], "", TEXT),
        ([202611, 202611, 202611, DATE, 202611], "", TEXT),
    ],
)
def test_in_a_mixed_column_the_cell_above_and_the_format_decide(
    months: Sequence[Any], spare_months: str, expected: object, tmp_path: Path
) -> None:
    master = master_with(tmp_path, months, spare_months=spare_months)
    twice(master, export(tmp_path))
    assert months_of(master)[-1] == expected


@pytest.mark.parametrize(("spare_months", "expected"), [("", TEXT), ("@", TEXT), ("yyyy-mm", THIS)])
def test_in_an_empty_column_the_format_decides(
    spare_months: str, expected: object, tmp_path: Path
) -> None:
    master = write_master(tmp_path / "总表.xlsx", [], **SMALL, spare_months=spare_months)
    twice(master, export(tmp_path))
    assert months_of(master) == [expected]


def test_a_workbook_of_the_1904_system_keeps_it(tmp_path: Path, office: Office) -> None:
    master = master_with(tmp_path, dated("yyyy-mm-dd", days=14), date1904=True)
    before = parts(master)["xl/workbook.xml"]
    assert twice(master, export(tmp_path)).counts["added"] == 1
    assert b'date1904="1"' in before
    assert b'date1904="1"' in parts(master)["xl/workbook.xml"]
    days = [(day + dt.timedelta(days=14)) for day in (OCTOBER, THIS, THIS, THIS, THIS)]
    assert months_of(master) == [*days, THIS]
    with office.open(master) as document:
        assert document.get(FIGURES.name, f"A{LAST + 1}") == 46327 - 1462


def test_bare_day_numbers_of_the_1904_system(tmp_path: Path) -> None:
    master = master_with(tmp_path, [46296 - 1462, *[46327 - 1462] * 4], date1904=True)
    twice(master, export(tmp_path))
    assert months_of(master)[-1] == THIS
    content, _ = read_master(master)
    assert {figure.actual.period for figure in content.figures} == {"2026-10", NOVEMBER}


# A row whose month is left open may be the one that is meant.


@pytest.mark.parametrize("month", ["11月", 2026.1, "11月3日", "2026-10~2026-11", "03/11/2026"])
def test_a_row_of_an_open_month_is_in_the_way(month: object, tmp_path: Path) -> None:
    period = Period("2026-10") if month == 2026.1 else NOVEMBER
    rows = [
        *ROWS,
        {**ROWS[1], "employee": "1004", "name": "何思琪", "indicator": REPLY, "period": month},
    ]
    master = write_master(tmp_path / "总表.xlsx", rows, **SMALL)
    before = master.read_bytes()
    done = run(master, export(tmp_path, str(period)), period=period)
    told = [problem for problem in done.problems if problem.code == "period_unclear"]
    assert [problem.place.cell for problem in told] == ["A8"]
    assert f"请改成 {period}" in told[0].message
    assert (done.written, master.read_bytes()) == (False, before)


def test_a_row_of_another_month_is_not(tmp_path: Path) -> None:
    rows = [
        *ROWS,
        {**ROWS[1], "employee": "1004", "name": "何思琪", "indicator": REPLY, "period": "10月"},
    ]
    master = write_master(tmp_path / "总表.xlsx", rows, **SMALL)
    assert run(master, export(tmp_path)).counts["added"] == 1


# Dates as figures.


def _with_deadline() -> Library:
    """The shipped schemes, with a day of delivery in the place of a reply time."""
    shipped = Library.shipped()

    def changed(item: Indicator) -> Indicator:
        if item.name != REPLY:
            return item
        method = DeadlineMethod(kind="deadline", measure="date", per_day=Decimal(1))
        return item.model_copy(update={"unit": Unit.DATE, "method": method})

    def sections(scheme: Scheme) -> tuple[Section, ...]:
        return tuple(
            section.model_copy(update={"indicators": tuple(map(changed, section.indicators))})
            for section in scheme.sections
        )

    schemes = [s.model_copy(update={"sections": sections(s)}) for s in shipped.schemes]
    return Library(tuple(schemes), shipped.positions, shipped.competencies)


@pytest.mark.parametrize("date1904", [False, True])
def test_days_as_figures_in_both_systems(date1904: bool, tmp_path: Path) -> None:
    """A day is written and read in the workbook's own system, as a bare number too."""
    path = tmp_path / "d.csv"
    path.write_text("工号,交付日期\n1001,2026-11-03\n1002,2026/11/05\n", encoding="utf-8")
    bare = 46331 - (1462 if date1904 else 0)
    rows = [{"period": "2026-11", "employee": id_, "indicator": REPLY, "actual": bare}
            for id_ in ("1001", "1004")]  # fmt: skip
    mappings = (Mapping("工号", "工号"), Mapping("交付日期", REPLY))
    master = write_master(
        tmp_path / "总表.xlsx",
        rows,
        library=_with_deadline(),
        mappings=mappings,
        date1904=date1904,
    )
    assert twice(master, path).counts == {
        "figures": 2, "added": 1, "filled": 0, "changed": 1, "same": 0, "kept": 0
    }  # fmt: skip
    content, _ = read_master(master)
    figures = {figure.actual.employee: figure.actual.actual for figure in content.figures}
    assert figures == {"1001": 46329, "1002": 46331, "1004": 46331}
    shown = [row[5] for row in cells(master)[FIGURES.name][2:5]]
    assert shown == [dt.date(2026, 11, 3), bare, dt.date(2026, 11, 5)]


# Other programs' workbooks.


@pytest.fixture(params=["ours", "LibreOffice", "Gnumeric"])
def saved(request: pytest.FixtureRequest, tmp_path: Path, office: Office) -> Path:
    """A master whose months are dates, as programs save it."""
    master = master_with(tmp_path, dated("yyyy-mm"))
    other = tmp_path / "另存.xlsx"
    match request.param:
        case "LibreOffice":
            with office.open(master) as document:
                document.save_as(other)
        case "Gnumeric":
            command = [program("ssconvert"), str(master), str(other)]
            subprocess.run(command, check=True, capture_output=True)
        case _:
            return master
    return other


def test_dates_as_programs_save_them(saved: Path, tmp_path: Path, office: Office) -> None:
    assert twice(saved, export(tmp_path)).counts["added"] == 1
    months = [OCTOBER, THIS, THIS, THIS, THIS]
    assert months_of(saved) == [*months, THIS]
    assert added(saved).number_format == by_openpyxl(saved, FIGURES.name)["A7"].number_format
    content, problems = read_master(saved)
    assert not [problem for problem in problems if problem.place.sheet == FIGURES.name]
    assert [figure.actual.period for figure in content.figures] == ["2026-10", *["2026-11"] * 5]
    with office.open(saved) as document:
        assert document.get(FIGURES.name, "A8") == document.get(FIGURES.name, "A7")


# Any master, any export.

CELLS: dict[str, Any] = {
    "text": lambda day: f"{day:%Y-%m}",
    "Chinese": lambda day: f"{day.year}年{day.month}月",
    "day": lambda day: f"{day:%Y/%m/%d}",
    "date": lambda day: Formatted(day, "yyyy-mm"),
    "own date": lambda day: Formatted(day, 'm"月"d"日"'),
    "digits": lambda day: int(f"{day:%Y%m}"),
}
WRITINGS = [
    "2026-11", "11月", "2026/11/30", "30/11/2026", '"Nov 30, 2026"', "46327", "2026-11-01~2026-11-30",
    "２０２６年１１月", "",
]  # fmt: skip
VALUES = st.one_of(
    st.decimals(Decimal("0.000001"), Decimal(999_999), places=6),
    st.decimals(0, Decimal(99_999_999), places=3),
    st.integers(0, 10**8).map(Decimal),
)
SECONDS = st.decimals(1, 80_000, places=3)
FIGURE_LINES = st.dictionaries(
    st.sampled_from(["1001", "1002", "1004"]), st.tuples(VALUES, SECONDS), min_size=1
)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    kinds=st.lists(st.sampled_from(sorted(CELLS)), min_size=len(ROWS), max_size=len(ROWS)),
    spare_months=st.sampled_from(["", "@", "yyyy-mm"]),
    date1904=st.booleans(),
    spare=st.integers(0, 2),
    writing=st.sampled_from(WRITINGS),
    figures=FIGURE_LINES,
)
def test_what_one_import_writes_the_next_one_finds(
    kinds: list[str],
    spare_months: str,
    date1904: bool,
    spare: int,
    writing: str,
    figures: dict[str, tuple[Decimal, Decimal]],
    tmp_path: Path,
) -> None:
    months = [CELLS[kind](day) for kind, day in zip(kinds, [OCTOBER, *[THIS] * 4], strict=True)]
    master = master_with(
        tmp_path, months, spare=spare, spare_months=spare_months, date1904=date1904
    )
    path = tmp_path / "e.csv"
    lines = [f"{writing},{id_},{one},{two}" for id_, (one, two) in figures.items()]
    path.write_text(
        "\n".join(["月份,工号,客服销售额,平均响应时长（秒）", *lines]), encoding="utf-8"
    )
    done = twice(master, path)
    assert done.counts["figures"] == len(figures) * 2
    content, problems = read_master(master)
    assert not [problem for problem in problems if problem.is_error]
    read = {
        (figure.actual.employee, figure.actual.indicator): figure.actual.actual
        for figure in content.figures
        if figure.actual.period == NOVEMBER
    }
    for id_, (sales, reply) in figures.items():
        assert read[id_, "sales_target"] == pytest.approx(sales)
        assert read[id_, "response_time"] == pytest.approx(reply)
