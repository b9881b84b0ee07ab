"""Where does this number come from: every linked number of the report, counted again from the lines that it leads to."""

from __future__ import annotations

import datetime as dt
import re
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
from xladdin.analysis.line_conditions import METRICS, conditions
from xladdin.analysis.measuring_month import month_figures
from xladdin.analysis.metric import Count
from xladdin.analysis.metrics import workload
from xladdin.analysis.month_figures import MonthFigures
from xladdin.analysis.reading_lines import count_lines, month_lines
from xladdin.analysis.record_lines import OF_MONTH, View
from xladdin.analysis.service_records import Source
from xladdin.books.reports import report_lines
from xladdin.books.reports import report_row_commands as commands
from xladdin.books.reports.finished_report import known_in
from xladdin.books.reports.metric_lines import COMMANDS, MOST_OF_A_TIP
from xladdin.books.reports.report_monthly import book
from xladdin.domain.people import Period
from xladdin.layout.cells import Asked, Result
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
        "满意数": number(lambda line: line["评价"] == "满意"),
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
        if target == COMMANDS:  # another month's
            continue
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


def middle(name: str, at: float, places: int = 1) -> Callable[[Lines], float | None]:
    def of(lines: Lines) -> float | None:
        known = sorted(line[name] for line in lines if line[name] is not None)
        if not known:
            return None
        low = (len(known) - 1) * at
        below, above = known[int(low)], known[min(int(low) + 1, len(known) - 1)]
        return round_half_up(below + (above - below) * (low - int(low)), places)

    return of


def has(head: str) -> Callable[[Lines], int]:
    return number(lambda line: line[head] is not None)


SCORE = "满意度评分"
KNOWN = {
    "服务请求数量": number(),
    "平均每天服务请求数量": lambda lines: round_half_up(len(lines) / 31, 1),
    "客服响应时间（平均）": mean("响应（秒）"),
    "客服响应时间（中位数）": middle("响应（秒）", 0.5),
    "客服响应时间（P90）": middle("响应（秒）", 0.9),
    "客户等待时间（平均）": mean("等待（秒）"),
    "客户等待时间（中位数）": middle("等待（秒）", 0.5),
    "客户等待时间（P90）": middle("等待（秒）", 0.9),
    "服务请求解决时间（平均）": mean("解决（分钟）"),
    "服务请求解决时间（中位数）": middle("解决（分钟）", 0.5),
    "服务请求解决时间（P90）": middle("解决（分钟）", 0.9),
    "解决率": SOLVED,
    "一次解决率": ONCE,
    "重开率": REOPENED,
    "未解决数": number(),
    SCORE: lambda lines: round_half_up(
        sum(line["评分"] for line in lines if line["评分"] is not None) / has("评分")(lines), 2
    ),
    "满意率": SATISFIED,
    "一般占比": share(lambda line: line["评价"] == "一般", lambda line: line["评价"] is not None),
    "不满意率": share(lambda line: line["评价"] == "不满意", lambda line: line["评价"] is not None),
    "参评率": share(lambda line: line["评价"] is not None, lambda line: True),
    "投诉数": number(),
    "投诉比例": share(lambda line: line["投诉"] == "是", lambda line: line["投诉"] is not None),
    "建议数": number(),
    "服务评价条数": number(),
    "有客服响应时间的请求": has("响应（秒）"),
    "有客户等待时间的请求": has("等待（秒）"),
    "有服务请求解决时间的请求": has("解决（分钟）"),
    "已经解决的请求": number(is_solved),
    "知道解决没有的请求": has("未解决"),
    "一次解决的请求": number(lambda line: line["找过几次"] <= 1 and line["重开次数"] == 0 and is_solved(line)),
    "知道找过几次的请求": number(lambda line: is_solved(line) and line["找过几次"] is not None),
    "重开过的请求": number(lambda line: line["重开次数"] > 0),
    "知道有没有重开的请求": has("重开次数"),
    "评了分的请求": has("评分"),
    "评价为满意": number(),
    "评价为一般": number(),
    "评价为不满意": number(),
    "有评价的请求": number(),
    "知道是不是投诉的请求": has("投诉"),
}  # fmt: skip
"""What each figure is, counted again in plain Python from the lines that its number leads to."""


@pytest.mark.parametrize(("name", "column"), [("总体情况", 3), ("月度数据", 15)])
def test_every_figure_of_the_month_is_what_its_lines_make(
    written: Any, name: str, column: int
) -> None:
    sheet, seen = written[name], set[str]()
    found = led(sheet)
    for row in range(1, sheet.max_row + 1):
        cell, label = sheet.cell(row, column), sheet.cell(row, 1).value
        if label not in KNOWN or not cell.value:
            assert label not in KNOWN or cell.coordinate not in found, label
            continue
        expected = KNOWN[label](lines_at(written, *found[cell.coordinate]))
        assert cell.value == pytest.approx(expected), label
        seen.add(label)
    shown = {sheet.cell(row, 1).value for row in range(1, sheet.max_row + 1)}
    assert seen == shown & set(KNOWN)
    assert len(seen) >= 18


def test_each_way_of_asking_leads_to_its_lines(written: Any, figures: MonthFigures) -> None:
    sheet = written["总体情况"]
    found, seen = led(sheet), 0
    for row in range(1, sheet.max_row + 1):
        way, cell = sheet.cell(row, 1).value, sheet.cell(row, 3)
        if way not in figures.channels or not cell.value:
            continue
        lines = lines_at(written, *found[cell.coordinate])
        assert len(lines) == cell.value
        assert {line["渠道"] for line in lines} == {way}
        seen += 1
    assert seen == 4


def test_a_weekdays_sum_leads_to_its_lines(written: Any) -> None:
    sheet = written["时段"]
    found = led(sheet)
    top = next(c.row for row in sheet for c in row if c.value == "周一")
    for day in range(7):
        cell = sheet.cell(top + day, 26)
        lines = lines_at(written, *found[cell.coordinate])
        assert len(lines) == cell.value
        assert {line["组"][:2] for line in lines} == {f"周{'一二三四五六日'[day]}"}


def test_other_months_name_the_command_that_lists_their_lines(figures: MonthFigures) -> None:
    """What a link of last month or last year says is typed, and finds as many lines as the cell says."""
    rows = plausible_rows(60)
    engine = duck({Source.REQUESTS: rows})
    made, tips = book(figures), Counter[str]()
    known = known_in(made, {})
    for sheet in made.sheets:
        for cell in sheet.cells:
            if cell.behind is None or '--where "' not in cell.behind.tip:
                continue
            assert len(cell.behind.tip) <= MOST_OF_A_TIP
            ((period, every),) = re.findall(r'--period (\S+) (--where ".*")', cell.behind.tip)
            typed = re.findall(r'--where "(.*?)"', every)
            of, problems = conditions(Period(period), typed, lambda source, name: [])
            assert of is not None, problems
            asked = typed[0]
            if asked.startswith("指标="):
                metric = METRICS[asked.removeprefix("指标=")]
                reading = (
                    figures.reading_of(metric)
                    if period == "2026-10"
                    else figures.reading(
                        workload.REQUESTS if metric is workload.REQUESTS_A_DAY else metric,
                        Period(period),
                    )
                )
                expected = (
                    reading.above
                    if isinstance(metric.figure, Count) and metric.figure.where
                    else reading.basis
                )
                assert count_lines(engine, of.lines) == expected, asked
            else:
                assert isinstance(cell.content, Asked | Result)
                assert count_lines(engine, of.lines) == known[cell.content.key], typed
            tips[sheet.name] += 1
    assert tips.total() >= 50
    assert tips.keys() >= {"总体情况", "客户问题分析", "客户满意度"}


def test_every_figure_has_its_command_of_the_month_that_is_chosen(figures: MonthFigures) -> None:
    made = book(figures)
    known = known_in(made, {commands.MONTH: "2025-12"})
    for metric in figures.metrics:
        text = str(known[f"rows.command.{metric.id}"])
        assert text.startswith(
            "xladdin report rows 总表.xlsx --data 数据文件夹 --period 2025-12 --where "
        )
        asked = text.partition('--where "')[2].rstrip('"')
        of, problems = conditions(OCTOBER, [asked], lambda source, name: [])
        assert problems == []
        assert of is not None
        assert of.metric is metric


def test_names_of_rows_lead_to_the_commands(written: Any) -> None:
    sheet, found = written["月度数据"], led(written["月度数据"])
    there = written[COMMANDS]
    for row in range(1, sheet.max_row + 1):
        label = sheet.cell(row, 1)
        if label.coordinate not in found:
            continue
        target, area = found[label.coordinate]
        assert target == COMMANDS
        name = there[area][0][0].value
        assert name in KNOWN
        assert name == label.value or label.value in KNOWN


def test_every_sheet_of_lines_leads_back(written: Any) -> None:
    for view in report_lines.LED_FROM:
        sheet = written[report_lines.sheet_name(view)]
        ((target, _),) = led(sheet).values()
        assert target == report_lines.LED_FROM[view]
        assert sheet.freeze_panes is not None
        assert sheet.print_title_rows == "$5:$5"


def test_no_link_points_outside_of_the_lines(written: Any) -> None:
    for name in report_lines.LED_FROM.values():
        for target, area in led(written[name]).values():
            if target == COMMANDS:
                continue
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
        line = sheet.table.rows[0]
        assert line["customer"] == "138****1234"
        assert line["words"] == "打我电话138****1234，（地址）"
        assert (line["file"], line["line"]) == ("工单.csv", 7)
        assert line["opened"] == Decimal("46296.39583333333333333333333")


def test_a_large_month_lists_the_first_of_each_group_and_says_so() -> None:
    rows = plausible_rows(200, 1)
    engine = duck({Source.REQUESTS: rows})
    cut = month_lines(engine, OCTOBER, most=40)
    whole = month_lines(engine, OCTOBER)
    for view in OF_MONTH:
        for part, every in zip(cut.of(view), whole.of(view), strict=True):
            assert (part.key, part.count) == (every.key, every.count)
            assert part.lines == every.lines[: len(part.lines)]
            assert part.lines
        if view not in (View.HOUR, View.WEEKDAY):  # more groups than lines: one of each
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
    led_to = {cell.behind.sheet for sheet in made.sheets for cell in sheet.cells if cell.behind}
    assert led_to == {COMMANDS}


def test_links_show_tips_that_fit(figures: MonthFigures, tmp_path: Path) -> None:
    tips = [
        cell.behind.tip for sheet in book(figures).sheets for cell in sheet.cells if cell.behind
    ]
    assert tips
    assert all(0 < len(tip) <= 255 for tip in tips)
