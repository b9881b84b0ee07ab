"""Where a number of the shop's report comes from: counted again from the lines that it leads to."""

from __future__ import annotations

import random
import warnings
from collections.abc import Callable, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import openpyxl
import pytest

from tests.analysis.engine_tables import duck, numbered
from tests.books.reports.test_report_lines import head_of, led, lines_at
from tests.books.service_months import NAMES, OCTOBER, company, plausible_rows
from xladdin.analysis.measuring_shop import shop_figures
from xladdin.analysis.record_lines import View
from xladdin.analysis.service_records import DAY, HOUR, MINUTE, SECOND, Source
from xladdin.analysis.shop_figures import ShopFigures
from xladdin.books.reports import report_lines
from xladdin.books.reports.metric_lines import COMMANDS
from xladdin.books.shop.report_shop import book
from xladdin.layout.writer import workbook_bytes

Lines = Sequence[Mapping[str, Any]]
FIRST_DAY = 20_727
"""2026-10-01 since 1970."""


def chat(chance: random.Random, number: int, month: str, day: int) -> dict[str, Any]:
    clock = chance.randrange(24) * HOUR + chance.randrange(3600) * SECOND
    first = chance.choice((None, 5, 40, 170, 200))
    asked = chance.random() < 0.6
    return {
        "id": f"C{number}",
        "agent": chance.choice((*NAMES[:4], None)),
        "customer": chance.choice((None, *(f"客户{n:04d}" for n in range(9)))),
        "started": day * DAY + clock,
        "month": month,
        "day": day,
        "weekday": 1 + (day + 3) % 7,
        "hour": clock // HOUR,
        "clock": clock,
        "first": None if first is None else first * SECOND,
        "mean": None if first is None else (first + 3) * SECOND,
        "person": chance.random() < 0.9,
        "message": chance.random() < 0.1,
        "asked": asked,
        "paid": chance.choice((None, 30 * MINUTE, 3 * DAY)) if asked else None,
    }


def order(chance: random.Random, number: int) -> dict[str, Any]:
    day = FIRST_DAY + chance.randrange(31)
    return {
        "id": f"D{number}",
        "agent": chance.choice((*NAMES[:4], None)),
        "customer": f"客户{chance.randrange(20):04d}",
        "ordered": day * DAY,
        "month": "2026-10",
        "day": day,
        "weekday": 1,
        "hour": 9,
        "paid": day * DAY + HOUR if chance.random() < 0.8 else None,
        "cents": chance.randrange(100, 90_000),
        "returned": chance.random() < 0.1,
    }


@pytest.fixture(scope="module")
def figures() -> ShopFigures:
    chance = random.Random(5)
    days = [("2026-10", FIRST_DAY + chance.randrange(31)) for _ in range(160)]
    days += [("2026-09", FIRST_DAY - 10)] * 40
    rows = {
        Source.REQUESTS: plausible_rows(40, 2),
        Source.CHATS: numbered([chat(chance, n, *when) for n, when in enumerate(days)]),
        Source.ORDERS: numbered([order(chance, n) for n in range(60)]),
    }
    return shop_figures(duck(rows), company(), OCTOBER)


@pytest.fixture(scope="module")
def written(figures: ShopFigures, tmp_path_factory: pytest.TempPathFactory) -> Any:
    path = tmp_path_factory.mktemp("shop") / "shop.xlsx"
    path.write_bytes(workbook_bytes(book(figures), {}))
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", ".*extension is not supported", UserWarning)
        return openpyxl.load_workbook(path, data_only=True)


def shown(value: float, places: int) -> float:
    step = Decimal(1).scaleb(-places)
    return float(Decimal(repr(round(value, 9))).quantize(step, ROUND_HALF_UP))


def added(head: str) -> Callable[[Lines], float]:
    return lambda lines: sum(line[head] or 0 for line in lines)


def ratio(above: Callable[[Lines], float], below: Callable[[Lines], float]) -> Any:
    return lambda lines: shown(above(lines) / below(lines), 3)


def mean(head: str) -> Callable[[Lines], float]:
    def of(lines: Lines) -> float:
        known = [line[head] for line in lines if line[head] is not None]
        return shown(sum(known) / len(known), 1)

    return of


def has(head: str) -> Callable[[Lines], int]:
    return lambda lines: sum(line[head] is not None for line in lines)


def is_(head: str, word: str) -> Callable[[Lines], int]:
    return lambda lines: sum(line[head] == word for line in lines)


FUNNEL = {
    "咨询人数": added("咨询人数"),
    "接待人数": added("接待人数"),
    "询单人数": added("询单人数"),
    "付款人数": added("付款人数"),
    "接待率": ratio(added("接待人数"), added("咨询人数")),
    "询单率": ratio(added("询单人数"), added("接待人数")),
    "询单转化率（T+1）": ratio(added("T+1付款人数"), added("询单人数")),
    "询单转化率（T+4）": ratio(added("付款人数"), added("询单人数")),
    "回复率": ratio(has("首次响应（秒）"), len),
    "首次响应时长": mean("首次响应（秒）"),
    "平均响应时长": mean("平均响应（秒）"),
    "支付金额": added("支付金额（元）"),
    "付款订单数": len,
    "支付买家数": added("买家数"),
    "客单价": lambda lines: shown(added("支付金额（元）")(lines) / added("买家数")(lines), 2),
    "退款率": ratio(is_("退款", "是"), len),
}


def test_every_figure_of_the_funnel_is_what_its_lines_make(written: Any) -> None:
    sheet, seen = written["咨询转化"], set()
    found = led(sheet)
    for row in range(1, sheet.max_row + 1):
        label, cell = sheet.cell(row, 1).value, sheet.cell(row, 3)
        if label in FUNNEL:
            expected = FUNNEL[label](lines_at(written, *found[cell.coordinate]))
            assert cell.value == pytest.approx(expected), label
            seen.add(label)
    assert seen == set(FUNNEL)


def test_every_step_and_every_loss_leads_to_its_sessions(written: Any) -> None:
    sheet = written["咨询转化"]
    found, people = led(sheet), added("咨询人数")
    whole = 0
    for before, after, stage in (
        ("咨询", "接待", "没有接待"),
        ("接待", "询单", "没有询单"),
        ("询单", "付款", "没有付款"),
    ):
        row = next(c.row for c in sheet["A"] if c.value == f"{before} → {after}")
        for col in (3, 4):
            cell = sheet.cell(row, col)
            assert people(lines_at(written, *found[cell.coordinate])) == cell.value
        lost = sheet.cell(row, 5)
        lines = lines_at(written, *found[lost.coordinate])
        assert people(lines) == lost.value
        assert {line["环节"] for line in lines} == {stage}
        whole += lost.value
    (sums,) = [c.row for c in sheet["A"] if c.value == "合计"]
    assert people(lines_at(written, *found[sheet.cell(sums, 5).coordinate])) == whole


def test_the_months_of_paying_lead_to_lines_or_to_the_command(written: Any) -> None:
    sheet = written["付款转化"]
    found = led(sheet)
    row = next(c.row for c in sheet["A"] if c.value == "26年10月")
    heads = {2: "询单人数", 3: "T+1付款人数", 5: "付款人数"}
    for col, head in heads.items():
        cell = sheet.cell(row, col)
        assert added(head)(lines_at(written, *found[cell.coordinate])) == cell.value, head
    before = sheet.cell(row + 1, 2)
    assert before.value
    assert found[before.coordinate][0] == COMMANDS
    assert "--period 2026-09" in before.hyperlink.tooltip


def test_each_platforms_numbers_are_found_by_the_filter_that_is_named(written: Any) -> None:
    sheet, seen = written["平台口径"], 0
    for cell in (cell for row in sheet.iter_rows() for cell in row if cell.hyperlink):
        tip = cell.hyperlink.tooltip
        target, _, area = cell.hyperlink.location.rpartition("!")
        if "筛选" not in tip or cell.column in (10,):
            continue
        head, told = tip.partition("在“")[2].split("”一列筛选“")
        words = told.partition("就是这个数")[0].rstrip("”").split("”或“")
        lines = lines_at(written, target.strip("'"), area)
        assert sum(line[head] in words for line in lines) == cell.value, (cell.coordinate, tip)
        seen += 1
    assert seen >= 20


BY_AGENT = {
    "会话": len,
    "接待（人）": added("接待人数"),
    "询单人数": added("询单人数"),
    "付款人数": added("付款人数"),
    "询单转化率": ratio(added("付款人数"), added("询单人数")),
    "首次响应（秒）": mean("首次响应（秒）"),
    "平均响应（秒）": mean("平均响应（秒）"),
    "回复率": ratio(has("首次响应（秒）"), len),
    "评分": lambda lines: shown(added("评分")(lines) / has("评分")(lines), 2),
    "付款订单": len,
    "支付金额（元）": added("支付金额（元）"),
}


def test_everybodys_numbers_are_what_their_lines_make(written: Any) -> None:
    sheet, seen = written["客服"], dict.fromkeys(BY_AGENT, 0)
    for ref, (target, area) in led(sheet).items():
        cell = sheet[ref]
        head = head_of(sheet, cell, list(BY_AGENT))
        if cell.value is None:
            continue
        lines = lines_at(written, target, area)
        assert cell.value == pytest.approx(BY_AGENT[head](lines)), (ref, head)
        assert {line["客服"] for line in lines} == {sheet.cell(cell.row, 1).value}
        seen[head] += 1
    assert min(seen.values()) >= 4


def test_months_and_opinions_lead_to_lines_of_their_own(written: Any, figures: ShopFigures) -> None:
    sheet = written["月度数据"]
    found, counted = led(sheet), 0
    plain = {
        **{name: FUNNEL[name] for name in FUNNEL},
        "会话数": len,
        "有人工回复的会话": has("首次响应（秒）"),
        "有首次响应时长的会话": has("首次响应（秒）"),
        "次日（T+1）前付款的人": added("T+1付款人数"),
        "付过款的客户": added("买家数"),
        "付过两单或更多的客户": added("重复购买的人"),
        "服务请求数量": len,
        "评价为满意": len,
        "服务评价条数": len,
    }
    for row in range(1, sheet.max_row + 1):
        label, cell = sheet.cell(row, 1).value, sheet.cell(row, 15)
        if label in plain and cell.value:
            lines = lines_at(written, *found[cell.coordinate])
            assert cell.value == pytest.approx(plain[label](lines)), label
            counted += 1
    assert counted >= len(plain) - 1


def test_every_sheet_of_lines_leads_back_and_no_link_goes_astray(written: Any) -> None:
    for view, back in report_lines.SHOP_LED_FROM.items():
        sheet = written[report_lines.sheet_name(view)]
        ((target, _),) = led(sheet).values()
        assert target == back
    assert View.TYPE not in report_lines.SHOP_LED_FROM
    for sheet in written.worksheets:
        for target, area in led(sheet).values():
            assert target in written.sheetnames
            assert written[target][area]
