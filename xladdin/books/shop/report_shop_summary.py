"""概述 of the shop's report: why it is written, what it is made from, and all conclusions on one page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from decimal import Decimal

from xladdin.analysis.metric import Metric
from xladdin.analysis.shop_figures import ShopFigures, TableRead
from xladdin.books.reports import report_parts as rp
from xladdin.formula.nodes import Expr, Var
from xladdin.layout import theme
from xladdin.layout.cells import Block, Cell, Fixed, Link, Sheet
from xladdin.layout.styles import CENTER, TEXT, Style

from . import report_shop_conclusions as conclusions
from . import report_shop_funnel as funnel
from .report_shop_work import OPINIONS_NAME, WORK_NAME

SHEET_NAME = "概述"
WIDTHS = (22.0, 12.0, 16.0, 16.0, 66.0)
WIDTH = len(WIDTHS)
INTRODUCTION = (
    "这份报告看本店客服一个月的工作：来了多少请求，客户等了多久，满意不满意，问过的人有多少买了。"
    "客服是店铺和客户见面最多的人，看清这些，才知道先改哪一处。每个数都从记录算出，结论里的数就是各页的格子，改了格子，话跟着变。"
)
USED_FOR = {
    "服务请求": "客服工作量、响应、等待、解决，满意度，投诉，服务评价",
    "会话": "咨询转化、平台口径、客服的接待和响应",
    "订单": "重复购买率、支付金额、客单价、退款率",
}
FROM_CHATS = "没有工单数据，服务请求就是会话：响应和等待都取首次人工回复的时间；解决时间、投诉和服务评价会话里没有，请在黄格里补。"
MISSING = "没有数据，用到它的格子是黄的，请补"
LINK = Style(size=9, color=theme.LINK, underline=True, border=False)
BRIEF = "brief."


def model() -> dict[str, Expr]:
    """The conclusions once more: whoever types over one of them reads it here, too."""
    found: dict[str, Expr] = {
        BRIEF + metric.id: Var(conclusions.key(metric), text=True)
        for _, metrics, _ in _groups()
        for metric in metrics
    }
    found[f"{BRIEF}funnel"] = Var(funnel.TOLD, text=True)
    return found


def _groups() -> tuple[tuple[str, Sequence[Metric], str], ...]:
    return (
        ("三、客服工作量", conclusions.WORKLOAD, WORK_NAME),
        ("四、客户满意度", conclusions.SATISFACTION, OPINIONS_NAME),
        ("五、咨询和转化", conclusions.SELLING, funnel.SHEET_NAME),
    )


def sheet(figures: ShopFigures) -> Sheet:
    """One page."""
    blocks = [
        *rp.head(figures, "概述：数据和结论", WIDTH),
        rp.heading("一、引言", WIDTH),
        Block((rp.asked_text(0, 0, "brief.introduction", INTRODUCTION, WIDTH),), 1, {0: 36.0}),
        rp.together((rp.heading("二、数据概述", WIDTH), *_data(figures))),
    ]
    for name, metrics, where in _groups():
        keys = [BRIEF + metric.id for metric in metrics]
        if where == funnel.SHEET_NAME:
            keys.insert(0, f"{BRIEF}funnel")
        blocks.append(rp.together((rp.heading(name, WIDTH), *map(_told, keys), _more(where))))
    return rp.one_page(rp.sheet(SHEET_NAME, WIDTHS, blocks))


def _data(figures: ShopFigures) -> Iterator[Block]:
    yield rp.heads(("记录", "条数", "从", "到", "用在哪里"))
    for one in figures.tables:
        used = USED_FOR.get(one.label, "")
        yield _table(one, used if one.lines else f"{used}：{MISSING}")
    if figures.from_chats:
        yield Block((Cell(0, 0, Fixed(FROM_CHATS), TEXT, cols=WIDTH),), 1, {0: 20.0})


def _table(one: TableRead, used: str) -> Block:
    cells = (
        Cell(0, 0, Fixed(one.label), rp.LEFT_LABEL),
        Cell(0, 1, Fixed(Decimal(one.lines)), CENTER.shown_as("#,##0")),
        Cell(0, 2, Fixed(_day(one.first)), CENTER),
        Cell(0, 3, Fixed(_day(one.last)), CENTER),
        Cell(0, 4, Fixed(used), TEXT),
    )
    return Block(cells, 1, {0: 20.0})


def _day(day: dt.date | None) -> str:
    return "—" if day is None else day.isoformat()


def _told(key: str) -> Block:
    return Block((rp.result(0, 0, key, rp.TOLD, cols=WIDTH),), 1, {0: 20.0})


def _more(where: str) -> Block:
    return Block((Cell(0, 0, Link(f"详见“{where}”", where), LINK, cols=WIDTH),), 1)
