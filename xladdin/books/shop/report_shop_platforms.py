"""平台口径 of the shop's report: one chat log, each platform's figure, and what that leaves out."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from xladdin.analysis.metric import PIECES, Metric
from xladdin.analysis.metrics import platforms
from xladdin.analysis.shop_figures import ShopFigures
from xladdin.analysis.shop_line_steps import MERGED, outcomes
from xladdin.analysis.shop_lines import CHAT_HEADS
from xladdin.books import parts
from xladdin.books.reports import report_keys as keys
from xladdin.books.reports import report_overview as overview
from xladdin.books.reports import report_parts as rp
from xladdin.books.reports import report_sentences as say
from xladdin.books.reports.metric_lines import behind_metric, command_behind
from xladdin.books.reports.report_overview import overview_key
from xladdin.formula.nodes import (
    Blank,
    Compare,
    Expr,
    If,
    IsNumber,
    Join,
    Not,
    Rel,
    Round,
    SumNumbers,
    Text,
    Var,
    all_of,
    cases,
    number,
    sub,
)
from xladdin.formula.questions import NEVER
from xladdin.layout import theme
from xladdin.layout.cell_rules import Behind, Highlight
from xladdin.layout.cells import Block, Cell, Fixed, Result, Sheet
from xladdin.layout.drawings import Columns, Series
from xladdin.layout.styles import ALERT, CENTER, HEAD, NOTE, PLAIN, TEXT, Style

SHEET_NAME = "平台口径"
REASONS = (platforms.OUT, platforms.MESSAGE, platforms.ROBOT, platforms.NOBODY)
HEADS = (
    "平台的指标", "全部会话", *REASONS, MERGED, "算进来", "达到的", "率", "上月", "环比", "好坏", "目标", "达成", "合得上吗",
)  # fmt: skip
WIDTHS = (20.0, 8.0, 8.0, 10.0, 9.0, 10.0, 10.0, 8.0, 8.0, 8.0, 8.0, 13.0, 6.0, 8.0, 7.0, 12.0)
WIDTH = len(WIDTHS)
SHOWN: tuple[Metric, ...] = (
    platforms.JINGDONG_PROMPT,
    platforms.KUAISHOU_SOON,
    platforms.FEIGE_SOON,
    platforms.TAOBAO_SOON,
    platforms.JINGDONG_MESSAGES,
    platforms.FEIGE_UNSERVED,
)
PEOPLE_COUNTED = platforms.KUAISHOU_SOON
"""Counts a customer's day once; all others count sessions."""
IN_CHART = 4
"""Those of which more is better come first."""
CHART_ROWS = 10
FITS, MARK = "合得上", "请核对"
TOLD = (
    "同一份会话记录，按各平台自己的定义各算一遍；定义不同，数不能互相比高低。一个会话只算一个不算的原因，从左到右看，"
    "全部会话 = 各种不算的 + 算进来的。快手按客户算，同一客户一天里的几个会话合成一次。"
)


def _key(metric: Metric, what: str) -> str:
    return f"platform.{metric.id}.{what}"


def _out(reason: Metric) -> str:
    """Sessions that are left out; where two figures leave out the same, it is one cell."""
    return f"platform.out.{reason.id}"


def model(figures: ShopFigures) -> dict[str, Expr]:
    """Each figure's row."""
    found: dict[str, Expr] = {}
    for metric in SHOWN:
        found |= overview.metric_cells(metric, figures)
        whole, counted = Var(keys.value(platforms.CHATS.id)), Var(keys.basis(metric.id))
        outs = tuple(Var(_out(one)) for one in platforms.LEFT_OUT[metric.id].values())
        rest = sub(whole, SumNumbers((*outs, counted)))
        known = all_of(tuple(map(IsNumber, (whole, counted, *outs))))
        found[_key(metric, "whole")] = rp.or_dash(whole)
        found[_key(metric, "counted")] = rp.or_dash(counted)
        found[_key(metric, "reached")] = rp.or_dash(Var(keys.above(metric.id)))
        found[_key(metric, "rest")] = If(known, rest, Blank())
        found[_key(metric, "check")] = _check(metric)
    for metric in (platforms.FEIGE_UNSERVED,):
        for reason in platforms.LEFT_OUT[metric.id].values():
            found[_again(reason)] = rp.or_dash(Var(_out(reason)))
    found["platform.told"] = _told()
    return found


def _again(reason: Metric) -> str:
    return f"platform.again.{reason.id}"


def _check(metric: Metric) -> Expr:
    """Whether all sessions are accounted for."""
    rest = Var(_key(metric, "rest"))
    off = Join((Text(f"{MARK}：差"), Round(rest, 0), Text("条")))
    return If(IsNumber(rest), If(_fits(metric), Text(FITS), off), Text(say.NO_FIGURE))


def _told() -> Expr:
    """How many of the sessions each platform looks at, in one sentence."""
    whole = Var(keys.value(platforms.CHATS.id))
    pieces: list[Expr] = [Text("本月"), Round(whole, 0), Text("条会话")]
    for metric in SHOWN[:IN_CHART]:
        value, counted = Var(keys.value(metric.id)), Var(keys.basis(metric.id))
        unit = "人次" if metric is PEOPLE_COUNTED else "条"
        told = Join(
            (
                Text(f"；{metric.name}"),
                say.told(metric.scale, value),
                Text("（看"),
                Round(counted, 0),
                Text(f"{unit}）"),
            )
        )
        pieces.append(cases(((IsNumber(value), told),), Text(f"；{metric.name}算不出")))
    return If(IsNumber(whole), Join((*pieces, Text("。"))), Text("本月没有会话的数据。"))


def sheet(figures: ShopFigures) -> Sheet:
    """The table, what it says, a chart, the definitions."""
    blocks = [
        *rp.head(figures, "各平台口径：同一份会话记录", WIDTH),
        Block((rp.result(0, 0, "platform.told", rp.TOLD, cols=WIDTH),), 1, {0: 32.0}),
        rp.heads(HEADS, 28.0),
        *(_row(metric, figures) for metric in SHOWN),
        Block((Cell(0, 0, Fixed(TOLD), NOTE, cols=WIDTH),), 1, {0: 26.0}),
        _chart(),
        rp.together((rp.heading("各平台怎么定义", WIDTH), *_definitions())),
    ]
    return rp.one_page(rp.sheet(SHEET_NAME, WIDTHS, blocks))


def _row(metric: Metric, figures: ShopFigures) -> Block:
    count, rate = CENTER.shown_as("#,##0"), CENTER.shown_as("0.0%")
    strong = Style(bold=True, align="center", number_format="0.0%")
    judged, state, check = (
        overview_key(metric, "judged"),
        overview_key(metric, "state"),
        _key(metric, "check"),
    )
    off = If(IsNumber(Var(_key(metric, "rest"))), Not(_fits(metric)), NEVER)
    every = behind_metric(figures, platforms.CHATS)
    before = command_behind(figures, metric, figures.months[keys.BEFORE])
    cells = [
        Cell(0, 0, Fixed(metric.name, _key(metric, "name")), rp.LEFT_LABEL),
        rp.led(rp.result(0, 1, _key(metric, "whole"), count), every),
        *_reasons(metric, figures),
        rp.led(
            rp.result(0, 7, _key(metric, "counted"), count),
            _picked(figures, metric, *outcomes(metric)),
        ),
        rp.led(
            rp.result(0, 8, _key(metric, "reached"), count),
            _picked(figures, metric, outcomes(metric)[0]),
        ),
        rp.led(
            rp.result(0, 9, overview_key(metric, "now"), strong),
            _picked(figures, metric, *outcomes(metric)),
        ),
        rp.led(rp.result(0, 10, overview_key(metric, "before"), rate), before),
        rp.result(0, 11, overview_key(metric, "change")),
        Cell(0, 12, Result(judged), CENTER, highlights=rp.lights(judged)),
        rp.asked(0, 13, keys.target(metric.id), figures.targets.get(metric.id), metric.scale),
        Cell(0, 14, Result(state), CENTER, highlights=rp.lights(state)),
        Cell(0, 15, Result(check), CENTER, highlights=(Highlight(off, ALERT),)),
    ]
    return Block(tuple(cells), 1, {0: 22.0})


def _fits(metric: Metric) -> Expr:
    """Whether what is left of the sessions is nothing, or sessions of customers who came before."""
    rest = Var(_key(metric, "rest"))
    return Compare(Rel.GE if metric is PEOPLE_COUNTED else Rel.EQ, rest, number(0))


def _reasons(metric: Metric, figures: ShopFigures) -> Iterator[Cell]:
    """What is left out for which reason; a reason that this platform does not know is grey."""
    unused = Style(align="center", color=theme.MUTED)
    own = platforms.LEFT_OUT[metric.id]
    for col, why in enumerate(REASONS, start=2):
        reason = own.get(why)
        if reason is None:
            yield Cell(0, col, Fixed("不看"), unused)
        elif metric is platforms.FEIGE_UNSERVED:
            again = rp.result(0, col, _again(reason), CENTER.shown_as("#,##0"))
            yield rp.led(again, _picked(figures, metric, why) if figures.left_out(reason) else None)
        else:
            count = figures.left_out(reason)
            cell = rp.asked(0, col, _out(reason), count, PIECES)
            yield rp.led(cell, _picked(figures, metric, why) if count else None)
    if metric is PEOPLE_COUNTED:
        rest = rp.result(0, 6, _key(metric, "rest"), CENTER.shown_as("#,##0"))
        yield rp.led(rest, _picked(figures, metric, MERGED))
    else:
        yield Cell(0, 6, Fixed("不看"), unused)


def _picked(figures: ShopFigures, metric: Metric, *words: str) -> Behind | None:
    """All sessions, and in which column which ones make the number."""
    told = "”或“".join(words)
    how = f"，在“{CHAT_HEADS[metric.id]}”一列筛选“{told}”就是这个数"
    return behind_metric(figures, platforms.CHATS, how=how)


def hidden() -> Iterator[Block]:
    """What is left of the sessions where that should be nothing."""
    for metric in SHOWN:
        if metric is not PEOPLE_COUNTED:
            yield Block((Cell(0, 0, Result(_key(metric, "rest")), PLAIN),), 1)


def _chart() -> Block:
    shown = SHOWN[:IN_CHART]
    chart = Columns(
        0,
        0,
        "各平台的应答、回复、响应率：本月和上月",
        tuple(_key(metric, "name") for metric in shown),
        (
            Series("本月", tuple(overview_key(metric, "now") for metric in shown)),
            Series("上月", tuple(overview_key(metric, "before") for metric in shown)),
        ),
        rp.pixels(WIDTHS),
        rp.chart_height(CHART_ROWS),
        number_format="0%",
        minimum=Decimal(0),
    )
    return rp.framed((chart,), CHART_ROWS, WIDTH)


def _definitions() -> Iterator[Block]:
    yield Block(
        (
            Cell(0, 0, Fixed("指标"), HEAD),
            Cell(0, 1, Fixed("定义"), HEAD, cols=WIDTH - 1),
        ),
        1,
    )
    for metric in SHOWN:
        cells = (
            Cell(0, 0, Fixed(metric.name), rp.LEFT_LABEL),
            Cell(0, 1, Fixed(metric.definition), TEXT, cols=WIDTH - 1),
        )
        room = parts.room_for((metric.definition,), TEXT, sum(WIDTHS[1:]), 20.0)
        yield Block(cells, 1, {0: room})
