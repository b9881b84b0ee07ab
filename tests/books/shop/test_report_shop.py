"""The shop's report: what its cells say is what Python says, whoever recalculates them, whatever is missing."""

from __future__ import annotations

import datetime as dt
import itertools
import random
import re
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
from tests.books.shop_months import FINAL_DAY, OCTOBER, calm, random_figures
from tests.proof.fixtures import Proofs
from tests.workbench.cached import differences, formula_cells
from tests.workbench.office import Office
from tests.workbench.repair import repair_problems
from tests.workbench.validator import validate
from xladdin.analysis.metric import Metric, Reading
from xladdin.analysis.metrics import opinions, platforms, shop, workload
from xladdin.analysis.shop_figures import SHOP_MAIN, ShopFigures, final_on
from xladdin.books.reports import report_keys as keys
from xladdin.books.reports.finished_report import known_in
from xladdin.books.reports.report_overview import overview_key
from xladdin.books.shop import report_shop as report
from xladdin.books.shop import report_shop_conclusions as conclusions
from xladdin.books.shop import report_shop_funnel as funnel
from xladdin.books.shop import report_shop_paying as paying
from xladdin.books.shop import report_shop_platforms as calibres
from xladdin.books.shop.report_shop_summary import BRIEF
from xladdin.domain.people import Period
from xladdin.formula.evaluate import Env, Value
from xladdin.layout.cells import Asked, Book, Link
from xladdin.layout.place import keyed_cells
from xladdin.layout.writer import workbook_bytes

SHARDS = 10
SHEETS = [
    "封面", "概述", "客服工作量", "客户满意度", "咨询转化", "付款转化", "平台口径", "客服", "分析与措施",
    "月度数据", "取数命令", "口径", "数据质量",
]  # fmt: skip
FORM_E = {
    "服务请求数量": workload.REQUESTS,
    "平均每天服务请求数量": workload.REQUESTS_A_DAY,
    "客服响应时间": workload.REPLY[0],
    "客户等待时间": workload.WAIT[0],
    "服务请求解决时间": workload.SOLVE[0],
    "满意度评分": opinions.SCORE,
    "投诉比例": opinions.COMPLAINT_SHARE,
    "服务评价": opinions.WORDS,
    "重复购买率": opinions.BOUGHT_AGAIN,
}
LONGEST_FORMULA = 8192
CHART = {
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
}
EARLY = dt.date(2026, 11, 3)


@pytest.fixture(scope="module")
def made() -> Book:
    return report.book(calm())


@pytest.fixture(scope="module")
def written(made: Book, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("shop") / "shop.xlsx"
    path.write_bytes(workbook_bytes(made, {}))
    return path


def months(start: int) -> Iterator[ShopFigures]:
    return (random_figures(random.Random(seed)) for seed in itertools.count(start))


def texts(made: Book, sheet: str) -> set[str]:
    (found,) = [one for one in made.sheets if one.name == sheet]
    return {str(getattr(cell.content, "value", "")) for cell in found.cells}


# Formulas.


def test_libreoffice_works_out_the_same(
    written: Path, office: Office, tmp_path: Path, proofs: Proofs
) -> None:
    assert differences(written, office) == []
    agree(itertools.islice(months(1), proofs.count("shop_reports")), office, tmp_path)


@pytest.mark.proof
@pytest.mark.parametrize("shard", range(SHARDS))
def test_libreoffice_works_out_the_same_for_many(
    shard: int, office: Office, tmp_path: Path, proofs: Proofs
) -> None:
    count = proofs.count("shop_reports") // SHARDS
    agree(itertools.islice(months(1000 * (shard + 1)), count), office, tmp_path)
    proofs.record("shop_reports", tried=count, survived=count)


def agree(tried: Iterator[ShopFigures], office: Office, folder: Path) -> None:
    for number, month in enumerate(tried):
        book = report.book(month)
        assert list(said_wrong(known_in(book))) == []
        path = folder / "shop.xlsx"
        path.write_bytes(workbook_bytes(book, {}))
        found = differences(path, office)
        assert not found, f"month {number}: " + "\n".join(map(str, found[:5]))


def said_wrong(known: Env) -> Iterator[str]:
    """Everything that a conclusion says against its figures; steps and sessions that do not add up."""
    for metric in conclusions.CONCLUSIONS:
        text = str(known[f"conclusion.{metric}"])
        if known[f"{BRIEF}{metric}"] != text:
            yield f"another conclusion on 概述: {metric}"
        if "不与" in text or "先不和" in text:
            continue  # part of a month, or a provisional one
        yield from contradictions(keys.EVERY[metric], _figures(keys.EVERY[metric], known), text)
    yield from _steps_wrong(known)
    yield from _sessions_wrong(known)


def _steps_wrong(known: Env) -> Iterator[str]:
    steps = [_number(known[keys.value(step.id)]) for step in shop.FUNNEL]
    check = str(known[funnel.CHECK])
    if None in steps:
        if "=" in check:
            yield f"adds up what is missing: {check}"
        return
    numbers = [int(one or 0) for one in steps]
    if sorted(numbers, reverse=True) != numbers:
        if "请核对" not in check:
            yield f"steps grow unsaid: {numbers}"
        return
    said = [int(number) for number in re.findall(r"\d+", check)]
    lost = [before - after for before, after in itertools.pairwise(numbers)]
    if said != [numbers[0], *lost, numbers[-1]] or sum(lost) + numbers[-1] != numbers[0]:
        yield f"the steps do not reconcile: {check}"
    told = str(known[funnel.TOLD])
    if sum(lost) and f"{max(lost)}人，占咨询的" not in told:
        yield f"not the greatest loss: {told}"


def _sessions_wrong(known: Env) -> Iterator[str]:
    for metric in calibres.SHOWN:
        outs = [
            _number(known[f"platform.out.{one.id}"])
            for one in platforms.LEFT_OUT[metric.id].values()
        ]
        whole = _number(known[keys.value(platforms.CHATS.id)])
        counted = _number(known[keys.basis(metric.id)])
        check = known[f"platform.{metric.id}.check"]
        if None in (whole, counted, *outs):
            if check != "—":
                yield f"{metric.id} adds up what is missing"
            continue
        rest = (whole or 0) - (counted or 0) - sum(one or 0 for one in outs)
        fits = rest >= 0 if metric is calibres.PEOPLE_COUNTED else rest == 0
        if (check == calibres.FITS) != fits:
            yield f"{metric.id}: {rest} left, {check}"


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


# Form E, field by field.


@pytest.mark.parametrize("field", FORM_E)
def test_each_field_of_the_form_has_its_figure_and_its_conclusion(field: str, made: Book) -> None:
    metric, known = FORM_E[field], known_in(made)
    assert metric.name.startswith(field)
    assert isinstance(known[overview_key(metric, "now")], Decimal)
    told = str(known[conclusions.key(metric)])
    assert told.startswith(metric.name)
    assert "比上月" in told or "与上月" in told
    assert known[BRIEF + metric.id] == told
    assert metric.definition in texts(made, "口径")


def test_times_stand_with_median_p90_and_the_share_within_the_target(made: Book) -> None:
    known = known_in(made)
    for key in ("reply", "wait", "solve"):
        for kind in ("mean", "median", "p90", "within"):
            assert isinstance(known[f"over.{key}_{kind}.now"], Decimal), (key, kind)


@pytest.mark.parametrize(
    ("metric", "cells", "said"),
    [
        (workload.REQUESTS_A_DAY, {"m.requests.12": 120}, "比上月增加21.2%"),
        (workload.REQUESTS_A_DAY, {"m.requests.12": 120}, "工作压力比上月大"),
        (workload.REQUESTS_A_DAY, {"m.requests.12": 80}, "工作压力比上月小"),
        (workload.REQUESTS_A_DAY, {}, "和上月差不多"),
        (workload.REPLY[0], {"m.reply_mean.12": 50}, "要再快一些"),
        (workload.REPLY[0], {"m.reply_mean.12": 30}, "保持现在的做法"),
        (workload.REPLY[0], {"m.reply_mean.12": 30, "target.reply_mean": 20}, "要再快一些"),
        (workload.WAIT[0], {"m.wait_mean.12": 50}, "分流"),
        (workload.SOLVE[0], {"m.solve_mean.12": 50}, "处理要加快"),
        (opinions.SCORE, {"m.score.12": 4.6}, "整体表现较好"),
        (opinions.SCORE, {"m.score.12": 4.2}, "整体表现尚可"),
        (opinions.SCORE, {"m.score.12": 3.9}, "整体表现不理想"),
        (opinions.SCORE, {"m.score.n.12": 5}, "只作参考"),
        (opinions.COMPLAINT_SHARE, {"m.complaints.12": 9}, "写明原因"),
        (opinions.WORDS, {}, "“耐心”（14条）"),
        (opinions.BOUGHT_AGAIN, {"m.bought_again.above.12": 15}, "再来买的客户比上月多"),
        (shop.RECEIVED_SHARE, {"m.received.12": 150}, "没有接待到的会话"),
    ],
)  # fmt: skip
def test_a_conclusion_follows_its_figure(
    metric: Metric, cells: dict[str, float], said: str, made: Book
) -> None:
    typed = {key: Decimal(str(value)) for key, value in cells.items()}
    assert said in str(known_in(made, typed)[conclusions.key(metric)])


# What is known, and what is not.


def test_figures_without_records_are_asked_for_and_no_figure_is_made_up(tmp_path: Path) -> None:
    book = report.book(ShopFigures("青禾", OCTOBER))
    known = known_in(book)
    asked = {key: cell for key, _, cell in keyed_cells(book) if isinstance(cell.content, Asked)}
    for metric in SHOP_MAIN:
        assert known[keys.value(metric.id)] in (None, ""), metric.id
    figures = [key for key in asked if key.startswith(("m.", "platform.out."))]
    assert all(known[key] is None for key in figures)
    assert all(asked[key].highlights for key in figures)
    told = {key: str(known[f"conclusion.{key}"]) for key in conclusions.CONCLUSIONS}
    assert {key: text for key, text in told.items() if "没有数据" not in text} == {}
    path = tmp_path / "empty.xlsx"
    path.write_bytes(workbook_bytes(book, {}))
    assert validate([path])[path] == []
    assert repair_problems(path, excel_2010=True) == []


def test_a_figure_that_is_filled_in_is_told(tmp_path: Path) -> None:
    book = report.book(ShopFigures("青禾", OCTOBER))
    typed = {"m.bought_again.above.12": Decimal(3), "m.bought_again.n.12": Decimal(40)}
    known = known_in(book, typed)
    assert str(known["conclusion.bought_again"]).startswith("重复购买率7.5%，上月没有数据")
    assert known["card.bought_again.figure"] == "7.5%"


def test_chats_that_stand_for_requests_are_told() -> None:
    told = texts(report.book(replace(calm(), from_chats=True)), "口径")
    assert any("服务请求就是会话" in text for text in told)
    assert not any("服务请求就是会话" in text for text in texts(report.book(calm()), "口径"))


# T+1 and T+4.


def test_a_month_is_final_four_days_after_it() -> None:
    assert final_on(Period("2026-10")) == FINAL_DAY
    assert final_on(Period("2026-12")) == dt.date(2027, 1, 4)
    assert final_on(Period("2026-02")) == dt.date(2026, 3, 4)


def test_a_provisional_month_says_so_and_is_beside_no_other() -> None:
    late, final = (known_in(report.book(calm(until))) for until in (EARLY, FINAL_DAY))
    assert late[paying.state_key(12)] == "暂定，11月4日以后才最终"
    assert {late[paying.state_key(month)] for month in range(12)} == {"最终"}
    assert late["paying.12.change"] == "—"
    assert "暂定" in str(late["conclusion.converted"])
    assert "上月" not in str(late["conclusion.converted"])
    assert "暂定" in str(late["card.converted.change"])
    for what in ("change", "change_year"):
        assert late[overview_key(shop.CONVERTED, what)] == "暂定"
        assert late[overview_key(shop.PAID, what)] == "暂定"
    assert final[paying.state_key(12)] == "最终"
    assert "与上月持平" in str(final["conclusion.converted"])
    assert final[overview_key(shop.CONVERTED, "change")] == "持平"


def test_t_1_is_final_a_day_after_the_month() -> None:
    soon = overview_key(shop.CONVERTED_SOON, "change")
    ends = {31: "暂定", 1: "持平"}
    for day, shown in ends.items():
        until = dt.date(2026, 10 if day == 31 else 11, day)
        assert known_in(report.book(calm(until)))[soon] == shown


def test_a_provisional_rate_misses_no_target_yet_but_may_have_met_it() -> None:
    book = report.book(calm(EARLY))
    for due, state in (("0.6", "暂定"), ("0.5", "达成")):
        known = known_in(book, {"target.converted": Decimal(due)})
        assert known[overview_key(shop.CONVERTED, "state")] == state


def test_the_day_until_which_records_reach_may_be_corrected() -> None:
    book = report.book(calm(EARLY))
    typed: dict[str, Value] = {paying.UNTIL: Decimal(paying.serial(FINAL_DAY))}
    assert known_in(book, typed)[paying.state_key(12)] == "最终"
    unknown = known_in(report.book(replace(calm(), recorded_until=None)))
    assert "暂定" in str(unknown[paying.state_key(12)])


def test_findings_do_not_compare_a_provisional_month() -> None:
    def falling(until: dt.date) -> list[str]:
        figures = calm(until)
        now = {**figures.main[OCTOBER], "paid": Reading(Decimal(30), 30, 30)}
        made = report.book(replace(figures, main={**figures.main, OCTOBER: now}))
        return [key for key in made.model if key.startswith("finding.converted_falling")]

    assert falling(EARLY) == []
    assert len(falling(FINAL_DAY)) == 1


# A clerk corrects a cell.


def test_a_corrected_cell_moves_the_funnel_platforms_conclusions_and_cards(
    written: Path, office: Office, made: Book
) -> None:
    places = {key: (sheet.name, cell) for key, sheet, cell in keyed_cells(made)}

    def read(document: Any, key: str) -> object:
        sheet, cell = places[key]
        return document.grid(sheet)[cell.row][cell.col]

    changes = {"m.received.12": 100, "m.chats.12": 230, "m.score.12": 3.1, "m.paid.12": 20}
    shown = (
        funnel.TOLD, funnel.CHECK, funnel.TITLE, "funnel.0.lost", "platform.jingdong_prompt.check",
        "conclusion.score", "brief.score", "card.score.figure", "card.converted.figure", "paying.12.share",
    )  # fmt: skip
    expected = known_in(made, {key: Decimal(str(it)) for key, it in changes.items()})
    with office.open(written) as document:
        for key, value in changes.items():
            sheet, cell = places[key]
            document.set(sheet, f"{chr(ord('A') + cell.col)}{cell.row + 1}", float(value))
        document.recalculate()
        after = {key: read(document, key) for key in shown}
    for key, found in after.items():
        value = expected[key]
        assert found == (float(value) if isinstance(value, Decimal) else value or ""), key
    assert "请核对：询单比接待多" in str(after[funnel.CHECK])
    assert after["platform.jingdong_prompt.check"] == "请核对：差20条"


# Platforms.


def test_each_platform_accounts_for_every_session(made: Book) -> None:
    known = known_in(made)
    assert {known[f"platform.{one.id}.check"] for one in calibres.SHOWN} == {"合得上"}
    assert known["platform.kuaishou_soon.rest"] == 10
    told = str(known["platform.told"])
    for metric in calibres.SHOWN[: calibres.IN_CHART]:
        assert metric.name in told
        assert metric.definition in texts(made, "平台口径")


# Agents.


def test_agents_stand_beside_the_median_and_none_among_two(made: Book) -> None:
    known = known_in(made)
    assert set(known["agents.rank_converted"]) == {Decimal(1)}  # type: ignore[arg-type]
    assert known["agents.mid.first_reply"] == 20
    figures = calm()
    two = known_in(report.book(replace(figures, agents=figures.agents[:2])))
    for column in ("rank_received", "rank_converted", "rank_reply", "beside_converted"):
        assert set(two[f"agents.{column}"]) == {"—"}  # type: ignore[arg-type]


# The file.


def test_excel_would_take_it_without_a_question(written: Path, tmp_path: Path) -> None:
    paths = [written]
    for number, month in enumerate(itertools.islice(months(50), 1)):
        paths.append(tmp_path / f"shop{number}.xlsx")
        paths[-1].write_bytes(workbook_bytes(report.book(month), {}))
    assert {path.name: found for path, found in validate(paths).items() if found} == {}
    for path in paths:
        assert [str(problem) for problem in repair_problems(path, excel_2010=True)] == []


def test_figures_are_large_enough_on_paper(made: Book) -> None:
    assert list(figures_too_small(made)) == []


def test_every_sheet_is_there_headed_and_a_click_away(made: Book) -> None:
    visible = [sheet for sheet in made.sheets if sheet.visibility == "visible"]
    assert [sheet.name for sheet in visible] == SHEETS
    assert not any(sheet.protected for sheet in visible)
    assert {sheet.paper.orientation for sheet in visible} == {"landscape"}
    assert all("店铺客服分析报告" in sheet.paper.footer for sheet in visible)
    links = {cell.content.sheet for cell in visible[0].cells if isinstance(cell.content, Link)}
    assert links == set(SHEETS[1:])


def charts(path: Path) -> Iterator[Any]:
    with ZipFile(path) as package:
        for name in package.namelist():
            if name.startswith("xl/charts/chart"):
                yield etree.fromstring(package.read(name))


def test_charts_are_native_titled_in_chinese_and_have_points(written: Path) -> None:
    drawn = list(charts(written))
    assert len(drawn) >= 8
    for chart in drawn:
        words = "c:chart/c:title//c:v/text() | c:chart/c:title//a:t/text()"
        title = "".join(chart.xpath(words, namespaces=CHART))
        assert any("\u4e00" <= sign <= "\u9fff" for sign in title), title
        assert len(chart.xpath("//c:ser", namespaces=CHART)) <= 5
        points = chart.xpath("//c:ser/c:val//c:ptCount/@val", namespaces=CHART)
        assert points
        assert all(int(count) > 0 for count in points)


def test_a_rate_that_nobody_knows_is_not_drawn_as_0(tmp_path: Path) -> None:
    figures = calm()
    gone = {"solve_within", "converted", "converted_soon"}
    main = {
        month: {key: one for key, one in readings.items() if key not in gone}
        for month, readings in figures.main.items()
    }
    path = tmp_path / "shop.xlsx"
    path.write_bytes(workbook_bytes(report.book(replace(figures, main=main)), {}))
    names = {
        name
        for chart in charts(path)
        for name in chart.xpath("//c:ser/c:tx//c:v/text()", namespaces=CHART)
    }
    assert "客服响应时间" in names
    assert not names & {"服务请求解决时间", "T+1", "T+4"}
