"""客服 of the shop's report: everybody's customers, conversion, answers, and sales, beside the median."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from xladdin.analysis.metric import NOTHING, Metric
from xladdin.analysis.metrics import opinions, platforms, shop
from xladdin.analysis.month_figures import UNKNOWN_AGENT, AgentFigures
from xladdin.analysis.record_lines import GroupKey, View
from xladdin.analysis.shop_figures import ShopFigures
from xladdin.books.reports import report_agents as ra
from xladdin.books.reports import report_keys as keys
from xladdin.books.reports import report_parts as rp
from xladdin.books.reports.metric_lines import was_paid
from xladdin.books.reports.report_agents import ranked_agents
from xladdin.books.reports.report_lines import behind
from xladdin.books.reports.report_months import quotient
from xladdin.books.summary import summary_parts as sp
from xladdin.formula.nodes import Blank, Expr, If, IsNumber, Median, Var
from xladdin.layout import theme
from xladdin.layout.cell_rules import Behind, DataBar
from xladdin.layout.cells import Block, Cell, Fixed, Sheet
from xladdin.layout.styles import NOTE

SHEET_NAME = "客服"
RANKED: tuple[Metric, ...] = (shop.RECEIVED, shop.FIRST_REPLY, shop.CONVERTED)
BESIDE: tuple[Metric, ...] = (
    shop.RECEIVED,
    shop.ASKED,
    shop.PAID,
    shop.CONVERTED,
    shop.FIRST_REPLY,
    shop.MEAN_REPLY,
    shop.REPLIED,
    opinions.SCORE,
    shop.PAID_ORDERS,
    shop.SALES,
)
WARM = theme.BAR_WARM
LED: Mapping[View, tuple[str, ...]] = {
    View.CHATTER: (
        "chats", "received", "asked", "paid", "converted", "first_reply", "mean_reply", "replied",
    ),
    View.AGENT: ("score",),
    View.ORDER: ("paid_orders", "sales"),
}  # fmt: skip
"""To which lines the columns of the table lead."""
SUMMED = {
    "received": "接待人数",
    "asked": "询单人数",
    "paid": "付款人数",
    "sales": "支付金额（元）",
}
TOLD = "接待、询单、付款按客户算，一个客户一天算一次，同一客户找过几个人的，每个人都算；所以各人相加可以比全店多。点一下数，看它是从哪些行来的。"


def model() -> dict[str, Expr]:
    """The team's medians, above the table."""
    return {ra.median_key(metric): ra.middle(metric) for metric in BESIDE}


def sheet(figures: ShopFigures) -> Sheet:
    """A row for each, whoever received most customers first; where nobody is known, rows that ask."""
    columns = list(_columns())
    rows: list[sp.Row] = [_row(one, name) for one, name in ranked_agents(figures)]
    if not rows:
        columns, rows = [ra.asking(one) for one in columns], [{}] * ra.ASKED_FOR
    shown = [one for one in columns if not one.column.hidden]
    width = len(shown)
    agents = [one for one, _ in ranked_agents(figures)]
    leads = dict(_leads(figures, agents))
    table = replace(sp.table(keys.AGENTS, columns, rows), behind=leads)
    above = [
        *rp.head(figures, "客服：接待、转化、响应、销售", width),
        Block((Cell(0, 0, Fixed(ra.RANKS + TOLD), NOTE, cols=width),), 1, {0: 26.0}),
        *_nobody(figures, width),
        ra.medians(shown, BESIDE),
    ]
    made = sp.table_sheet(SHEET_NAME, above, columns, table, kept=1)
    return replace(made, paper=replace(rp.PAPER, repeat=(0, made.table_top)))


def _leads(
    figures: ShopFigures, agents: Sequence[AgentFigures]
) -> Iterator[tuple[tuple[int, str], Behind]]:
    """Everybody's numbers lead to their own sessions, requests and paid orders."""
    paid = [group.key for group in figures.lines.of(View.ORDER) if was_paid(group.key)]
    for row, one in enumerate(agents):
        views: Mapping[View, Sequence[GroupKey]] = {
            View.CHATTER: [one.called],
            View.AGENT: [one.called],
            View.ORDER: [key for key in paid if isinstance(key, tuple) and key[1] == one.called],
        }
        for view, columns in LED.items():
            for key in columns:
                head = SUMMED.get(key)
                how = f"，这个数是“{head}”一列的和" if head else ""
                lines = behind(figures, view, views[view], how)
                if lines is not None:
                    yield (row, key), lines


def _nobody(figures: ShopFigures, width: int) -> Iterator[Block]:
    """Sessions that nobody answered, or of which nobody knows who did."""
    for one in figures.agents:
        if one.name == UNKNOWN_AGENT:
            count = int(one.now.get(platforms.CHATS.id, NOTHING).value or 0)
            orders = int(one.now.get(shop.PAID_ORDERS.id, NOTHING).value or 0)
            lost = [f"{count} 条会话"] * bool(count) + [f"{orders} 个付款订单"] * bool(orders)
            if lost:
                told = f"另有{'、'.join(lost)}没有写是哪位客服的，不在表里。"
                yield Block((Cell(0, 0, Fixed(told), NOTE, cols=width),), 1)


def _columns() -> Iterator[sp.Wide]:
    yield sp.entry("name", "客服", 10, sp.NAME)
    yield sp.entry("department", "部门", 9)
    yield ra.entry("chats", "会话", 6, platforms.CHATS)
    yield ra.figure(shop.RECEIVED, 9, DataBar(), "接待（人）")
    yield sp.computed("rank_received", "接待名次", 4, ra.rank(shop.RECEIVED))
    yield ra.entry("asked", "询单人数", 7, shop.ASKED)
    yield ra.entry("paid", "付款人数", 7, shop.PAID)
    yield sp.computed("converted", "询单转化率", 8, _converted(), sp.RATE)
    yield sp.computed("beside_converted", "转化率比中位数", 16.5, ra.beside(shop.CONVERTED))
    yield sp.computed("rank_converted", "转化名次", 4, ra.rank(shop.CONVERTED))
    yield ra.figure(shop.FIRST_REPLY, 7.5, DataBar(WARM), "首次响应（秒）")
    yield sp.computed("beside_reply", "响应比中位数", 13, ra.beside(shop.FIRST_REPLY))
    yield sp.computed("rank_reply", "响应名次", 4, ra.rank(shop.FIRST_REPLY))
    yield ra.figure(shop.MEAN_REPLY, 7.5, DataBar(WARM), "平均响应（秒）")
    yield ra.entry("replied", "回复率", 8, shop.REPLIED)
    yield ra.entry("score", "评分", 7, opinions.SCORE)
    yield ra.entry("paid_orders", "付款订单", 7, shop.PAID_ORDERS)
    yield ra.figure(shop.SALES, 12.5, DataBar(), "支付金额（元）")
    yield sp.known("first_reply_n")
    # What findings read as the lines of a figure: they follow a corrected cell.
    yield sp.helper("received_n", _known("received"))
    yield sp.helper("converted_n", _known("asked"))
    for metric in RANKED:
        yield sp.helper(f"opens_{metric.id}", ra.opens(metric))
    for metric in (shop.FIRST_REPLY, shop.CONVERTED):
        yield sp.helper(f"mid_{metric.id}", Median(ra.column(metric)))


def _known(column: str) -> Expr:
    """What stands in a cell; a bare name of an empty one is 0 to a spreadsheet."""
    return If(IsNumber(Var(column)), Var(column), Blank())


def _converted() -> Expr:
    return quotient(Var("paid"), Var("asked"), shop.CONVERTED.scale)


def _row(one: AgentFigures, name: str) -> sp.Row:
    def value(metric: Metric) -> Decimal | None:
        return one.now.get(metric.id, NOTHING).value

    first = one.now.get(shop.FIRST_REPLY.id, NOTHING)
    return {
        "name": name,
        "department": one.employee.department if one.employee else "（不在名册）",
        **{
            metric.id: value(metric)
            for metric in (*BESIDE, platforms.CHATS)
            if metric is not shop.CONVERTED
        },
        "first_reply_n": Decimal(first.basis),
    }
