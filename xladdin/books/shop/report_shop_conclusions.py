"""What the shop's report concludes: a sentence for each measure, and what follows from it.

What the figures say is said by ``report_sentences``; here is only what is concluded, which follows the
direction and the target, never the other way round.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal

from xladdin.analysis.metric import Metric
from xladdin.analysis.metrics import opinions, shop, workload
from xladdin.analysis.shop_figures import ShopFigures
from xladdin.books.reports import report_keys as keys
from xladdin.books.reports import report_sentences as say
from xladdin.books.reports.report_overview import overview_key
from xladdin.books.reports.report_sentences import Subject
from xladdin.formula.nodes import Compare, Expr, If, IsNumber, Join, Rel, Text, Var, cases, number
from xladdin.formula.questions import NOTHING, equal

WORTH_SAYING = 10
"""Percent by which the load has to change before anything is concluded from it (own)."""
GOOD_SCORE, FAIR_SCORE = Decimal("4.5"), Decimal("4.0")
"""Stars from which the whole does well, or well enough (own)."""
Conclusion = Callable[[Subject, ShopFigures], Expr]


def key(metric: Metric) -> str:
    """The cell of a conclusion."""
    return f"conclusion.{metric.id}"


def model(figures: ShopFigures) -> dict[str, Expr]:
    """Every conclusion of the report."""
    found: dict[str, Expr] = {}
    for metric, concludes in CONCLUSIONS.items():
        one = keys.subject(keys.EVERY[metric], figures)
        more = If(IsNumber(one.now), concludes(one, figures), NOTHING)
        found[key(one.metric)] = Join((say.sentence(one), more))
    late = keys.subject(shop.CONVERTED, figures)
    found[key(shop.CONVERTED)] = if_final(found[key(shop.CONVERTED)], _provisional(late))
    return found


def _provisional(one: Subject) -> Expr:
    """What is said of a month whose last questions may still be paid for."""
    until = Var(FINAL, text=True)
    told = Join(
        (
            Text(one.metric.name),
            say.value_told(one),
            Text("，"),
            until,
            Text("，先不和别的月份比。"),
        )
    )
    return If(IsNumber(one.now), told, Text(f"{one.metric.name}：本月没有数据。"))


def _nothing(one: Subject, figures: ShopFigures) -> Expr:
    return NOTHING


def _load(one: Subject, figures: ShopFigures) -> Expr:
    """Whether there is more to do for each day than in the month before."""
    large = Compare(Rel.GE, say.size(one.metric, one.now, one.before), number(WORTH_SAYING))
    more = If(
        say.larger(one.metric, one.now, one.before),
        Text("客服的工作压力比上月大，要留意人手。"),
        Text("客服的工作压力比上月小。"),
    )
    told = If(large, more, Text("客服的工作压力和上月差不多。"))
    some = If(Compare(Rel.GT, one.before, number(0)), told, NOTHING)
    return If(IsNumber(one.before), some, NOTHING)


def _should_be(advice: str, praise: str = "比上月好，保持现在的做法。") -> Conclusion:
    """Advice where the target is missed, or without one where it has become worse."""

    def of(one: Subject, figures: ShopFigures) -> Expr:
        judged = say.judged(one.metric, one.now, one.before, one.part or one.before_part)
        trend = cases(
            (
                (equal(judged, Text(say.WORSE)), Text(advice)),
                (equal(judged, Text(say.BETTER)), Text(praise)),
            ),
            NOTHING,
        )
        if one.target is None:
            return trend
        met = say.reaches(one.metric, one.now, one.target)
        return If(IsNumber(one.target), If(met, NOTHING, Text(advice)), trend)

    return of


def _score(one: Subject, figures: ShopFigures) -> Expr:
    shown = say.shown(one.metric.scale, one.now)
    level = cases(
        (
            (Compare(Rel.GE, shown, number(GOOD_SCORE)), Text("整体表现较好。")),
            (Compare(Rel.GE, shown, number(FAIR_SCORE)), Text("整体表现尚可，还有提高的余地。")),
        ),
        Text("整体表现不理想，先看评分低的请求。"),
    )
    if one.basis is None:
        return level
    few = If(Compare(Rel.LT, one.basis, number(say.SMALL)), Text("评分的人少，只作参考。"), NOTHING)
    return Join((level, If(IsNumber(one.basis), few, NOTHING)))


def _words(one: Subject, figures: ShopFigures) -> Expr:
    if not figures.words:
        return Text("没有两条以上都出现的词。")
    often = "、".join(f"“{word}”（{count}条）" for word, count in figures.words[:3])
    return Text(f"提到最多的是{often}。")


FINAL, SOON_FINAL = "paying.12.state", "paying.12.soon_state"
"""The cells that say whether this month's T+4, and its T+1, are final."""
IS_FINAL, PROVISIONAL = "最终", "暂定"
LATE: Mapping[Metric, int] = {
    shop.CONVERTED: shop.FINAL_DAYS,
    shop.PAID: shop.FINAL_DAYS,
    shop.CONVERTED_SOON: shop.SOONEST_DAYS,
}
"""Metrics that grow until so many days after a month."""


def if_final(final: Expr, otherwise: Expr, metric: Metric = shop.CONVERTED) -> Expr:
    """What is said only of a month whose last questions cannot be paid for any more."""
    cell = SOON_FINAL if LATE[metric] == shop.SOONEST_DAYS else FINAL
    return If(equal(Var(cell, text=True), Text(IS_FINAL)), final, otherwise)


def unless_provisional(found: Mapping[str, Expr]) -> dict[str, Expr]:
    """A provisional figure is beside no other one, and misses no target yet; ``found`` as tables have it."""
    settled = dict(found)
    for metric in LATE:
        for what, otherwise in (
            ("change", Text(PROVISIONAL)),
            ("change_year", Text(PROVISIONAL)),
            ("judged", NOTHING),
            ("judged_year", NOTHING),
        ):
            own = overview_key(metric, what)
            if own in found:
                settled[own] = if_final(found[own], otherwise, metric)
        own = overview_key(metric, "state")
        if own in found:
            met = If(equal(found[own], Text(say.MISSED)), Text(PROVISIONAL), found[own])
            settled[own] = if_final(found[own], met, metric)
    return settled


WORKLOAD = (
    workload.REQUESTS,
    workload.REQUESTS_A_DAY,
    workload.REPLY[0],
    workload.WAIT[0],
    workload.SOLVE[0],
)
SATISFACTION = (
    opinions.SCORE,
    opinions.COMPLAINT_SHARE,
    opinions.WORDS,
    opinions.BOUGHT_AGAIN,
)
SELLING = (shop.RECEIVED_SHARE, shop.CONVERTED, shop.SALES)
CONCLUSIONS: Mapping[str, Conclusion] = {
    workload.REQUESTS.id: _nothing,
    workload.REQUESTS_A_DAY.id: _load,
    workload.REPLY[0].id: _should_be("要再快一些，提高服务效率。"),
    workload.WAIT[0].id: _should_be("可以用分流、排班和技术手段让客户少等。"),
    workload.SOLVE[0].id: _should_be("处理要加快，先找出用时最长的请求。"),
    opinions.SCORE.id: _score,
    opinions.COMPLAINT_SHARE.id: _should_be("每条投诉都要写明原因和处理结果。"),
    opinions.WORDS.id: _words,
    opinions.BOUGHT_AGAIN.id: _should_be(
        "看看没有再来的客户在评价和售后里说了什么。", "再来买的客户比上月多，保持现在的做法。"
    ),
    shop.RECEIVED_SHARE.id: _should_be("没有接待到的会话，看是不是集中在几个时段。"),
    shop.CONVERTED.id: _should_be("抽查问了没买的会话，看卡在价格、说明还是响应。"),
    shop.SALES.id: _nothing,
}
