"""Where does this number come from: every linked number of the report, counted again from the lines that it leads to."""

from __future__ import annotations

import datetime as dt
import warnings
from collections import Counter
from collections.abc import Callable, Sequence
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from tests.analysis.engine_tables import duck
from tests.books.service_months import OCTOBER, company, plausible, plausible_rows
from xladdin.analysis.measuring_month import month_figures
from xladdin.analysis.month_figures import MonthFigures
from xladdin.analysis.reading_lines import month_lines
from xladdin.analysis.record_lines import View
from xladdin.analysis.service_records import Source
from xladdin.books.reports import report_lines
from xladdin.books.reports.report_monthly import book
from xladdin.layout.writer import workbook_bytes

Lines = Sequence[dict[str, Any]]


def mean(name: str) -> Callable[[Lines], float | None]:
    def of(lines: Lines) -> float | None:
        known = [line[name] for line in lines if line[name] is not None]
        return round_half_up(sum(known) / len(known), 1) if known else None

    return of


def round_half_up(value: float, places: int) -> float:
    step = Decimal(1).scaleb(-places)
    return float(Decimal(repr(round(value, 9))).quantize(step, ROUND_HALF_UP))


def share(met: Callable[[dict[str, Any]], bool], among: Callable[[dict[str, Any]], bool]) -> Any:
    def of(lines: Lines) -> float | None:
        known = [line for line in lines if among(line)]
        return round_half_up(sum(map(met, known)) / len(known), 3) if known else None

    return of


def number(met: Callable[[dict[str, Any]], bool] = lambda line: True) -> Callable[[Lines], int]:
    return lambda lines: sum(map(met, lines))


def way(name: str) -> Callable[[Lines], int]:
    return number(lambda line: line["渠道"] == name)


def is_solved(line: dict[str, Any]) -> bool:
    return bool(line["未解决"] == "否")


ONCE = share(lambda x: x["找过几次"] <= 1 and x["重开次数"] == 0, is_solved)
REOPENED = share(lambda line: line["重开次数"] > 0, lambda line: line["重开次数"] is not None)
SOLVED = share(is_solved, lambda line: line["未解决"] is not None)
SATISFIED = share(lambda line: line["评价"] == "满意", lambda line: line["评价"] is not None)
BY_HEAD = {
    "客户问题分析": {
        "本月": number(),
        "平均解决（分钟）": mean("解决（分钟）"),
        "一次解决率": ONCE,
        "重开率": REOPENED,
    },
    "客服排名": {
        "请求数": number(),
        **{name: way(name) for name in ("在线", "电话", "邮件", "工单")},
        "平均响应（秒）": mean("响应（秒）"),
        "平均解决（分钟）": mean("解决（分钟）"),
        "解决率": SOLVED,
        "满意（条）": number(lambda line: line["评价"] == "满意"),
        "有评价": number(lambda line: line["评价"] is not None),
        "满意率": SATISFIED,
        "投诉": number(lambda line: line["投诉"] == "是"),
    },
    "客户满意度": {"本月条数": number()},
}


@pytest.fixture(scope="module")
def figures() -> MonthFigures:
    return plausible(plausible_rows(60))


@pytest.fixture(scope="module")
def written(figures: MonthFigures, tmp_path_factory: pytest.TempPathFactory) -> Any:
    path = tmp_path_factory.mktemp("lines") / "report.xlsx"
    path.write_bytes(workbook_bytes(book(figures), {}))
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", ".*extension is not supported", UserWarning)
        return openpyxl.load_workbook(path, data_only=True)


def led(sheet: Worksheet) -> dict[str, tuple[str, str]]:
    """Where each linked cell leads: sheet and area."""
    found = {}
    for cell in (cell for row in sheet.iter_rows() for cell in row if cell.hyperlink):
        target, _, area = cell.hyperlink.location.rpartition("!")
        found[cell.coordinate] = (target.strip("'"), area)
        if cell.value == cell.hyperlink.location:  # openpyxl fills in what is empty
            cell.value = None
    return found


def lines_at(written: Any, target: str, area: str) -> list[dict[str, Any]]:
    sheet = written[target]
    (table,) = sheet.tables.values()
    heads = [cell.value for cell in sheet[table.ref][0]]
    return [dict(zip(heads, (cell.value for cell in row), strict=True)) for row in sheet[area]]


def head_of(sheet: Worksheet, cell: Any, heads: Sequence[str]) -> str:
    """The nearest text above that is a head."""
    for row in range(cell.row - 1, 0, -1):
        if sheet.cell(row, cell.column).value in heads:
            return str(sheet.cell(row, cell.column).value)
    return ""


@pytest.mark.parametrize("name", BY_HEAD)
def test_every_number_of_a_table_is_what_its_lines_make(written: Any, name: str) -> None:
    sheet, seen = written[name], Counter[str]()
    for ref, (target, area) in led(sheet).items():
        cell = sheet[ref]
        head = head_of(sheet, cell, list(BY_HEAD[name]))
        lines = lines_at(written, target, area)
        assert lines
        if head in BY_HEAD[name] and sheet.cell(cell.row, 4).value not in ("投诉数",):
            expected = BY_HEAD[name][head](lines)
            assert cell.value == pytest.approx(expected), (ref, head)
            seen[head] += 1
    assert set(seen) == set(BY_HEAD[name])


def test_shares_and_cumulative_shares_lead_to_the_lines_above_them(
    written: Any, figures: MonthFigures
) -> None:
    sheet = written["客户问题分析"]
    every = sum(group.count for group in figures.lines.of(View.TYPE))
    seen = 0
    for ref, (target, area) in led(sheet).items():
        head = head_of(sheet, sheet[ref], ["占比", "累计占比"])
        if head and sheet[ref].column in (3, 4):
            count = len(lines_at(written, target, area))
            assert sheet[ref].value == pytest.approx(round_half_up(count / every, 3)), ref
            seen += 1
    assert seen == 2 * len(figures.types)


def test_complaints_and_suggestions_have_lines_of_their_own(written: Any) -> None:
    sheet = written["客户满意度"]
    found = led(sheet)
    for label, head in (("投诉数", "投诉"), ("建议数", "建议")):
        cell = next(c for row in sheet for c in row if c.value == label)
        number_cell = sheet.cell(cell.row, cell.column + 1)
        if not number_cell.value:
            assert number_cell.coordinate not in found
            continue
        lines = lines_at(written, *found[number_cell.coordinate])
        assert len(lines) == number_cell.value
        assert {line[head] for line in lines} == {"是"}
        assert {line["组"] for line in lines} == {head}


def test_every_hour_leads_to_its_lines_and_to_no_others(written: Any) -> None:
    sheet = written["时段"]
    found = led(sheet)
    top = next(c.row for row in sheet for c in row if c.value == "周一")
    for day in range(7):
        for hour in range(24):
            cell = sheet.cell(top + day, 2 + hour)
            if not cell.value:
                assert cell.coordinate not in found
                continue
            lines = lines_at(written, *found[cell.coordinate])
            assert len(lines) == cell.value
            assert {line["组"] for line in lines} == {f"{'周' + '一二三四五六日'[day]} {hour}点"}
    for hour in range(24):
        total, reply = sheet.cell(top + 7, 2 + hour), sheet.cell(top + 9, 2 + hour)
        lines = lines_at(written, *found[total.coordinate]) if total.value else []
        assert len(lines) == (total.value or 0)
        if lines:
            assert reply.value == pytest.approx(mean("响应（秒）")(lines))
    assert (
        len(lines_at(written, *found[sheet.cell(top + 7, 26).coordinate]))
        == sheet.cell(top + 7, 26).value
    )


def test_every_sheet_of_lines_leads_back(written: Any) -> None:
    for view in View:
        sheet = written[report_lines.sheet_name(view)]
        ((target, _),) = led(sheet).values()
        assert target == report_lines.LED_FROM[view]
        assert sheet.freeze_panes is not None
        assert sheet.print_title_rows == "$5:$5"


def test_no_link_points_outside_of_the_lines(written: Any) -> None:
    for name in report_lines.LED_FROM.values():
        for target, area in led(written[name]).values():
            (table,) = written[target].tables.values()
            first, last = (
                openpyxl.utils.range_boundaries(area),
                openpyxl.utils.range_boundaries(table.ref),
            )
            assert last[1] < first[1] <= first[3] <= last[3]
            assert (first[0], first[2]) == (last[0], last[2])


def test_customers_are_masked_and_times_are_times() -> None:
    row = plausible_rows(5, 1)[0] | {
        "customer": "13812341234",
        "words": "打我电话13812341234，文三路12号",
        "opened": int(dt.datetime(2026, 10, 1, 9, 30, tzinfo=dt.UTC).timestamp()) * 1_000_000,
        "satisfaction": "满意",
        "file": 0,
        "line": 7,
    }
    found = month_figures(duck({Source.REQUESTS: [row]}), company(), OCTOBER)
    found = MonthFigures(
        **{name: getattr(found, name) for name in found.__dataclass_fields__}
        | {"files": (("工单.csv", "服务请求", 1),)}
    )
    for sheet in report_lines.sheets(found):
        assert sheet.table is not None
        (line,) = sheet.table.rows
        assert line["customer"] == "138****1234"
        assert line["words"] == "打我电话138****1234，（地址）"
        assert (line["file"], line["line"]) == ("工单.csv", 7)
        assert line["opened"] == Decimal("46296.39583333333333333333333")


def test_a_large_month_lists_the_first_of_each_group_and_says_so() -> None:
    rows = plausible_rows(200, 1)
    engine = duck({Source.REQUESTS: rows})
    cut = month_lines(engine, OCTOBER, most=40)
    whole = month_lines(engine, OCTOBER)
    for view in View:
        for part, every in zip(cut.of(view), whole.of(view), strict=True):
            assert (part.key, part.count) == (every.key, every.count)
            assert part.lines == every.lines[: len(part.lines)]
            assert part.lines
        if view is not View.HOUR:  # more groups than lines: one of each
            assert sum(len(group.lines) for group in cut.of(view)) <= 40
    figures = MonthFigures("青禾", OCTOBER, lines=cut)
    sheet = report_lines.sheets(figures)[0]
    told = " ".join(str(getattr(cell.content, "value", "")) for cell in sheet.cells)
    assert "每组最多列" in told
    assert f"一共{len(rows)}条" in told
    lead = report_lines.behind(figures, View.TYPE, [cut.of(View.TYPE)[0].key])
    assert lead is not None
    assert "这里列出" in lead.tip


def test_without_lines_there_is_no_sheet_and_no_link() -> None:
    made = book(MonthFigures("青禾", OCTOBER))
    assert not {sheet.name for sheet in made.sheets} & {*map(report_lines.sheet_name, View)}
    assert all(cell.behind is None for sheet in made.sheets for cell in sheet.cells)


def test_links_show_tips_that_fit(figures: MonthFigures, tmp_path: Path) -> None:
    tips = [
        cell.behind.tip for sheet in book(figures).sheets for cell in sheet.cells if cell.behind
    ]
    assert tips
    assert all(0 < len(tip) <= 255 for tip in tips)
