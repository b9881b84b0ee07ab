"""月度数据 of the shop's report: thirteen months of requests, chats and orders."""

from __future__ import annotations

from collections.abc import Iterator

from xladdin.analysis.metrics import opinions, platforms, shop, workload
from xladdin.analysis.service_levels import LEVELS
from xladdin.analysis.shop_figures import SHOP_MAIN, ShopFigures
from xladdin.books.reports import report_keys as keys
from xladdin.books.reports import report_months as months
from xladdin.books.reports.report_months import Row
from xladdin.formula.nodes import Expr
from xladdin.layout.cells import Sheet


def model() -> dict[str, Expr]:
    """What the sheet works out for each month."""
    return months.model(SHOP_MAIN)


def sheet(figures: ShopFigures) -> Sheet:
    """A column per month."""
    return months.sheet(figures, _rows())


def _rows() -> Iterator[Row]:
    yield Row("服务天数", months.DAYS, keys.days, lambda figures, month: figures.days.get(month))
    yield months.plain(workload.REQUESTS)
    yield months.computed(workload.REQUESTS_A_DAY)
    for times, level in zip((workload.REPLY, workload.WAIT, workload.SOLVE), LEVELS, strict=True):
        yield from map(months.plain, times)
        yield months.lines(times[0], f"有{level.name}的请求")
        yield months.above(level.metric, f"{level.name}达标的请求")
        yield months.computed(level.metric)
    yield from _opinions()
    yield from _chats()
    yield from _platforms()
    for metric in (shop.SALES, shop.PAID_ORDERS, shop.BUYERS, shop.EACH_BUYER):
        yield months.plain(metric)
    yield from months.share(shop.RETURNED, "退款的订单", "知道有没有退款的订单")


def _opinions() -> Iterator[Row]:
    yield months.plain(opinions.SCORE)
    yield months.lines(opinions.SCORE, "评了分的请求")
    for one, words in zip(keys.CLASSES, opinions.CLASSES, strict=True):
        yield months.above(one, f"评价为{words}")
    yield months.rated()
    yield from map(months.computed, (*keys.CLASSES, opinions.ANSWERED))
    yield months.plain(opinions.COMPLAINTS)
    yield months.lines(opinions.COMPLAINT_SHARE, "知道是不是投诉的请求")
    yield months.computed(opinions.COMPLAINT_SHARE)
    yield months.plain(opinions.WORDS)
    yield from months.share(opinions.BOUGHT_AGAIN, "付过两单或更多的客户", "付过款的客户")


def _chats() -> Iterator[Row]:
    yield months.plain(platforms.CHATS)
    yield months.above(shop.REPLIED, "有人工回复的会话")
    yield months.computed(shop.REPLIED)
    for metric in (shop.FIRST_REPLY, shop.MEAN_REPLY):
        yield months.plain(metric)
        yield months.lines(metric, f"有{metric.name}的会话")
    yield from map(months.plain, shop.FUNNEL)
    yield months.computed(shop.RECEIVED_SHARE)
    yield months.computed(shop.ASKED_SHARE)
    yield months.above(shop.CONVERTED_SOON, "次日（T+1）前付款的人")
    yield months.computed(shop.CONVERTED_SOON)
    yield months.computed(shop.CONVERTED)


def _platforms() -> Iterator[Row]:
    yield from months.share(platforms.JINGDONG_PROMPT, "京东：30秒应答的会话", "京东：算的会话")
    yield months.above(platforms.JINGDONG_MESSAGES, "京东：留言的会话")
    yield months.computed(platforms.JINGDONG_MESSAGES)
    yield from months.share(platforms.KUAISHOU_SOON, "快手：3分钟回复的人次", "快手：算的人次")
    yield from months.share(platforms.FEIGE_SOON, "飞鸽：3分钟回复的会话", "飞鸽：算的会话")
    yield months.above(platforms.FEIGE_UNSERVED, "飞鸽：没有服务的会话")
    yield months.computed(platforms.FEIGE_UNSERVED)
    yield from months.share(platforms.TAOBAO_SOON, "淘宝：3分钟响应的会话", "淘宝：算的会话")
