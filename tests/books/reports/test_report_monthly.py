"""The monthly report: what its cells say is what Python says, whoever recalculates them, whatever is missing."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from lxml import etree

from tests.books.contradictions import contradictions
from tests.books.print_sizes import figures_too_small
from tests.books.service_months import OCTOBER, plausible, plausible_rows, random_figures
from tests.proof.fixtures import Proofs
from tests.workbench.cached import differences, formula_cells
from tests.workbench.office import Office
from tests.workbench.repair import repair_problems
from tests.workbench.validator import validate
from xladdin.analysis.metric import Metric
from xladdin.analysis.month_figures import AgentFigures, Group, MonthFigures, QualityNote
from xladdin.books.reports import report_keys as keys
from xladdin.books.reports import report_sentences as say
from xladdin.books.reports.agent_names import agent_names
from xladdin.books.reports.finished_report import known_in
from xladdin.books.reports.report_monthly import book
from xladdin.books.reports.report_opinions import TOLD_OF as OPINIONS
from xladdin.books.reports.report_overview import TOLD_OF, sentence_key
from xladdin.books.reports.report_types import shown_types
from xladdin.domain.people import Employee
from xladdin.formula.evaluate import Env, Value
from xladdin.layout.cells import Asked, Book, Result, Sheet
from xladdin.layout.measure import (
    CELL_PADDING,
    CHARACTER_PIXELS,
    row_heights,
    text_height,
    text_of,
)
from xladdin.layout.place import keyed_cells
from xladdin.layout.writer import workbook_bytes

SHARDS = 10
SHEETS = [
    "封面", "总体情况", "客户问题分析", "客户满意度", "时段", "客服排名", "趋势", "分析与措施", "月度数据",
    "取数命令", "口径", "数据质量",
    "总体明细", "类型明细", "评价明细", "时段明细", "星期明细", "客服明细",
]  # fmt: skip
LONGEST_FORMULA = 8192
CHART = {
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
}


@pytest.fixture(scope="module")
def figures() -> MonthFigures:
    return plausible(plausible_rows(60))


@pytest.fixture(scope="module")
def written(figures: MonthFigures, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("report") / "report.xlsx"
    path.write_bytes(workbook_bytes(book(figures), {}))
    return path


def months(start: int) -> Iterator[MonthFigures]:
    return (random_figures(random.Random(seed)) for seed in itertools.count(start))


# Formulas.


def test_libreoffice_works_out_the_same(
    written: Path, office: Office, tmp_path: Path, proofs: Proofs
) -> None:
    assert differences(written, office) == []
    agree(itertools.islice(months(1), proofs.count("reports")), office, tmp_path)


@pytest.mark.proof
@pytest.mark.parametrize("shard", range(SHARDS))
def test_libreoffice_works_out_the_same_for_many(
    shard: int, office: Office, tmp_path: Path, proofs: Proofs
) -> None:
    count = proofs.count("reports") // SHARDS
    agree(itertools.islice(months(1000 * (shard + 1)), count), office, tmp_path)
    proofs.record("reports", tried=count, survived=count)


def agree(tried: Iterator[MonthFigures], office: Office, folder: Path) -> None:
    for number, month in enumerate(tried):
        made = book(month)
        assert list(said_wrong(made, known_in(made))) == []
        path = folder / "report.xlsx"
        path.write_bytes(workbook_bytes(made, {}))
        found = differences(path, office)
        assert not found, f"month {number}: " + "\n".join(map(str, found[:5]))


def said_wrong(made: Book, known: Env) -> Iterator[str]:
    """Everything that a sentence of the book says against its figures; sums that do not add up."""
    for metric in (*TOLD_OF, *OPINIONS):
        key = sentence_key(metric)
        text = known.get(key, known.get(f"opinion.{metric.id}.told"))
        assert isinstance(text, str)
        if "不与" in text:
            continue  # part of a month: tests/books/reports/test_report_sentences.py
        yield from contradictions(metric, _figures(metric, known), text)
    shares = [value for key, value in known.items() if _is_share_of_type(key)]
    numbers = [value for value in shares if isinstance(value, Decimal)]
    if numbers and abs(sum(numbers) - 1) > Decimal("0.0005") * len(numbers):
        yield f"the types make up {sum(numbers)}"


def _is_share_of_type(key: str) -> bool:
    return key.startswith("type.") and key.endswith(".share")


def _figures(metric: Metric, known: Env) -> dict[str, Decimal | None]:
    cells = {
        "本月": keys.value(metric.id),
        "上月": keys.value(metric.id, keys.BEFORE),
        "去年同月": keys.value(metric.id, keys.YEAR),
        "目标": keys.target(metric.id),
    }
    return {name: _number(known.get(cell)) for name, cell in cells.items()}


def _number(value: object) -> Decimal | None:
    return value if isinstance(value, Decimal) else None


def test_no_formula_is_longer_than_a_cell_takes(written: Path) -> None:
    assert max(map(len, formula_cells(written).values())) < LONGEST_FORMULA


# What is known, and what is not.


def test_figures_without_records_are_asked_for_and_no_figure_is_made_up(tmp_path: Path) -> None:
    made = book(MonthFigures("青禾", OCTOBER))
    known = known_in(made)
    asked = {key: cell for key, _, cell in keyed_cells(made) if isinstance(cell.content, Asked)}
    for metric in keys.METRICS.values():
        assert known[keys.value(metric.id)] in (None, "")
    assert all(known[key] is None for key in asked if key.startswith(("m.", "team.", "hour.")))
    assert all(asked[keys.value(keys.REQUESTS, month)].highlights for month in range(13))
    types = [cell for key, cell in asked.items() if key.startswith("type.")]
    assert len(types) == 6 * 6
    assert all(cell.highlights for cell in types)
    agents = next(each.table for each in made.sheets if each.name == "客服排名")
    assert agents is not None
    assert agents.rows == ({},) * 6
    told = {known[sentence_key(metric)] for metric in TOLD_OF}
    assert all("没有数据" in str(text) for text in told)
    path = tmp_path / "empty.xlsx"
    path.write_bytes(workbook_bytes(made, {}))
    assert validate([path])[path] == []
    assert repair_problems(path, excel_2010=True) == []


def test_a_zero_a_dash_and_a_blank_are_three_things(figures: MonthFigures) -> None:
    known = known_in(book(figures), {"m.complaints.12": Decimal(0), "m.complaints.11": None})
    assert known["over.complaints.now"] == 0
    assert known["over.complaints.before"] == "—"
    assert "上月没有数据，不比较" in str(known["told.complaints"])


def test_part_of_a_month_is_told_on_every_page(figures: MonthFigures) -> None:
    rows = [row for row in plausible_rows(20) if row["month"] < "2026-10" or row["day"] < 20746]
    made = book(plausible(rows))
    known = known_in(made)
    texts = [
        cell.content.value
        for sheet in made.sheets
        for cell in sheet.cells
        if hasattr(cell.content, "value")
    ]
    assert sum("不满一个月" in str(text) for text in texts) >= len(SHEETS)
    assert "不与上月比较" in str(known["told.requests"])
    assert known["over.requests.change"] == "—"


# A clerk corrects a cell.


def test_a_corrected_cell_moves_shares_sums_sentences_and_findings(
    written: Path, office: Office, figures: MonthFigures
) -> None:
    made = book(figures)
    places = {key: (sheet.name, cell) for key, sheet, cell in keyed_cells(made)}

    def address(key: str) -> tuple[str, str]:
        sheet, cell = places[key]
        column = chr(ord("A") + cell.col)
        return sheet, f"{column}{cell.row + 1}"

    def read(document: Any, key: str) -> object:
        sheet, cell = places[key]
        grid = document.grid(sheet)
        return grid[cell.row][cell.col]

    changes: dict[str, Value] = {
        "m.satisfied.above.12": Decimal(1),
        "m.complaints.12": Decimal(40),
        "type.0.count": Decimal(500),
        "m.reply_mean.12": Decimal(200),
    }
    shown = (
        "m.satisfied.12", "told.satisfied", "told.complaints", "types.count", "types.check", "type.0.share",
        "card.satisfied.figure", "types.title",
    )  # fmt: skip
    findings = [key for key in made.model if key.startswith("finding.")]
    expected = known_in(made, changes)
    with office.open(written) as document:
        before = {key: read(document, key) for key in shown}
        for key, value in changes.items():
            sheet, cell = address(key)
            document.set(sheet, cell, float(value))  # type: ignore[arg-type]
        document.recalculate()
        after = {key: read(document, key) for key in (*shown, *findings)}
    for key, found in after.items():
        value = expected[key]
        assert found == (float(value) if isinstance(value, Decimal) else value or ""), key
    assert [key for key in shown if before[key] == after[key]] == []
    assert "请核对" in str(after["types.check"])


def test_a_text_or_a_negative_number_is_refused_in_a_cell_of_figures(
    written: Path, office: Office, figures: MonthFigures
) -> None:
    places = {key: cell for key, _, cell in keyed_cells(book(figures))}
    typed = {
        "m.requests.12": -1,
        "m.open.12": 2.5,
        "m.reply_mean.12": -3,
        "m.score.12": 6,
        "m.words.12": 3,
    }
    cells = {key: f"O{places[key].row + 1}" for key in typed}
    with office.open(written) as document:
        assert document.invalid_cells("月度数据") == set()
        for key, value in typed.items():
            document.set("月度数据", cells[key], value)
        document.recalculate()
        assert document.invalid_cells("月度数据") == {*cells.values()} - {cells["m.words.12"]}


# Ranks.


def test_ranks_are_dense_by_direction_and_none_among_two(figures: MonthFigures) -> None:
    made = book(figures)
    known = known_in(made)
    replies = [value for value in known["agents.reply_mean"] if value is not None]  # type: ignore[union-attr]
    order = sorted(set(replies))
    ranks = [order.index(value) + 1 for value in replies]
    assert list(known["agents.rank_reply"]) == ranks  # type: ignore[arg-type]
    two = MonthFigures(
        **{name: getattr(figures, name) for name in figures.__dataclass_fields__}
        | {"agents": figures.agents[:2]}
    )
    known = known_in(book(two))
    for column in ("rank_requests", "rank_reply", "rank_satisfied", "beside_reply"):
        assert set(known[f"agents.{column}"]) == {"—"}  # type: ignore[arg-type]
    assert known["agents.mid.reply_mean"] == "—"


def test_who_came_or_went_in_the_month_is_told_beside_the_name(figures: MonthFigures) -> None:
    sheet = next(each for each in book(figures).sheets if each.name == "客服排名")
    assert sheet.table is not None
    there = {row["name"]: row["there"] for row in sheet.table.rows}
    assert {name: told for name, told in there.items() if told} == {
        "叶知秋": "10-12 起",
        "许星河": "至 10-20",
    }


def test_nobody_stands_twice_in_the_table() -> None:
    def agent(name: str, id_: str = "") -> AgentFigures:
        who = Employee(id=id_, name=name, department="部", position="岗") if id_ else None
        return AgentFigures(name, who, {})

    agents = [
        agent("李四", "A1"),
        agent("李四", "A2"),
        agent("王五", "A3"),
        agent("王五", "A3"),
        agent("赵"),
    ]
    names = agent_names(agents)
    assert names == ["李四（A1）", "李四（A2）", "王五（A3）", "王五（A3）·2", "赵"]


def test_many_types_are_twenty_lines_and_none_is_lost() -> None:
    month = random_figures(random.Random(3))
    groups = tuple(
        Group(f"类{i}", {"requests": say_count(i)}, {"requests": say_count(1)})
        for i in range(30, 0, -1)
    )
    many = MonthFigures(month.company, month.period, types=groups)
    shown = shown_types(many)
    assert len(shown) == keys.MOST_TYPES
    assert shown[-1].name == "其余11类"
    assert sum(int(one.now["requests"].value or 0) for one in shown) == sum(range(1, 31))
    # Published: means of means.  Several types together have a count, and no mean of their means.
    assert shown[-1].now.keys() == {"requests"}


def say_count(count: int) -> Any:
    from xladdin.analysis.metric import Reading  # noqa: PLC0415 - beside its one use

    return Reading(Decimal(count), count)


# The file.


def test_excel_would_take_it_without_a_question(written: Path, tmp_path: Path) -> None:
    paths = [written]
    for number, month in enumerate(itertools.islice(months(50), 1)):
        paths.append(tmp_path / f"report{number}.xlsx")
        paths[-1].write_bytes(workbook_bytes(book(month), {}))
    assert {path.name: found for path, found in validate(paths).items() if found} == {}
    for path in paths:
        assert [str(problem) for problem in repair_problems(path, excel_2010=True)] == []


def test_figures_are_large_enough_on_paper(figures: MonthFigures) -> None:
    """Also where every column of the agents is there: several departments, somebody who came this month."""
    assert list(figures_too_small(book(figures))) == []
    moved = [
        replace(
            one,
            employee=one.employee and one.employee.model_copy(update={"department": f"第{i}部"}),
        )
        for i, one in enumerate(figures.agents)
    ]
    assert list(figures_too_small(book(replace(figures, agents=tuple(moved))))) == []


def test_every_sheet_is_there_headed_unlocked_and_lying(figures: MonthFigures) -> None:
    made = book(figures)
    visible = [sheet for sheet in made.sheets if sheet.visibility == "visible"]
    assert [sheet.name for sheet in visible] == SHEETS
    assert not any(sheet.protected for sheet in visible)
    assert {sheet.paper.orientation for sheet in visible} == {"landscape"}


def test_no_computed_text_is_cut(figures: MonthFigures) -> None:
    part = [row for row in plausible_rows(20) if row["month"] < "2026-10" or row["day"] < 20746]
    for month in (figures, plausible(part), random_figures(random.Random(5))):
        made = book(month)
        known = known_in(made)
        cut = [
            f"{sheet.name}: {text}"
            for sheet in made.sheets
            if sheet.visibility == "visible"
            for text in cut_in(sheet, known)
        ]
        assert cut == []


def cut_in(sheet: Sheet, known: Env) -> Iterator[str]:
    heights = row_heights(sheet, lambda cell: text_of(cell, known))
    for cell in sheet.cells:
        text = known.get(cell.content.key) if isinstance(cell.content, Result) else None
        if isinstance(text, str):
            columns = sheet.widths[cell.col : cell.col + cell.cols]
            pixels = sum(columns) * CHARACTER_PIXELS + CELL_PADDING * cell.cols
            room = sum(heights[row] for row in range(cell.row, cell.row + cell.rows))
            if text_height(text, cell.style, pixels) > room + 0.5:
                yield text


def charts(path: Path) -> Iterator[Any]:
    with ZipFile(path) as package:
        for name in package.namelist():
            if name.startswith("xl/charts/chart"):
                yield etree.fromstring(package.read(name))


def test_charts_are_native_titled_in_chinese_and_told_apart(written: Path) -> None:
    drawn = list(charts(written))
    assert len(drawn) >= 10
    for chart in drawn:
        title = "".join(
            chart.xpath(
                "c:chart/c:title//c:v/text() | c:chart/c:title//a:t/text()", namespaces=CHART
            )
        )
        assert any("\u4e00" <= sign <= "\u9fff" for sign in title), title
        names = chart.xpath("//c:ser/c:tx//c:v/text()", namespaces=CHART)
        assert len(names) <= 5
        points = chart.xpath("//c:ser/c:val//c:ptCount/@val", namespaces=CHART)
        assert points
        assert all(int(count) > 0 for count in points)


def test_titles_of_charts_are_the_sentences_of_their_cells(
    written: Path, figures: MonthFigures
) -> None:
    known = known_in(book(figures))
    titles = {
        "".join(chart.xpath("c:chart/c:title//c:v/text()", namespaces=CHART))
        for chart in charts(written)
    }
    told = {str(known[key]) for key in ("trend.load", "types.title", "fall.title", "opinions.line")}
    assert told <= titles


def test_definitions_of_all_metrics_are_printed(figures: MonthFigures) -> None:
    sheet = next(each for each in book(figures).sheets if each.name == "口径")
    texts = {str(getattr(cell.content, "value", "")) for cell in sheet.cells}
    for metric in keys.METRICS.values():
        assert {metric.name, metric.definition, str(metric.direction)} <= texts


def test_notices_about_the_data_are_on_their_sheet(figures: MonthFigures) -> None:
    note = QualityNote("服务请求", "解决早于提出", "不算解决时间", 3, "工单.csv 第7行：-5")
    told = MonthFigures("青禾", OCTOBER, quality=(note,), files=(("工单.csv", "服务请求", 400),))
    sheet = next(each for each in book(told).sheets if each.name == "数据质量")
    shown = {getattr(cell.content, "value", "") for cell in sheet.cells}
    assert {note.what, note.done, note.examples, Decimal(3), "工单.csv", Decimal(400)} <= shown


def test_the_waterfall_ends_where_this_month_does(figures: MonthFigures) -> None:
    known = known_in(book(figures))
    levels = [it for key, it in known.items() if key.startswith("fall.") and key.endswith(".level")]
    assert [it for it in levels if it is not None][-1] == known["types.count"]
    assert known["fall.0.level"] == known["types.before"]


def test_one_kind_of_change_for_each_metric() -> None:
    """百分点 and % never stand for the same metric."""
    for metric in keys.METRICS.values():
        assert (say.kind_of(metric) is say.Change.POINTS) == metric.scale.percent


def test_rates_of_months_that_nobody_knows_are_not_drawn_as_0(
    figures: MonthFigures, tmp_path: Path
) -> None:
    months = figures.months
    main = {
        month: {key: one for key, one in readings.items() if key != "reopened"}
        for month, readings in figures.main.items()
        if month in months[8:]
    }
    path = tmp_path / "report.xlsx"
    path.write_bytes(workbook_bytes(book(replace(figures, main=main)), {}))
    drawn = {
        name: int(line.xpath("c:val//c:ptCount/@val", namespaces=CHART)[0])
        for chart in charts(path)
        for line in chart.xpath("//c:lineChart/c:ser", namespaces=CHART)
        for name in line.xpath("c:tx//c:v/text()", namespaces=CHART)
    }
    assert (drawn["解决率"], drawn["满意率"]) == (5, 5)
    assert "重开率" not in drawn
    assert drawn["中位数"] == 13
