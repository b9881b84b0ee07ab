"""Rules in the words of a form: method, explanation, bands, grades; all printed from the trees."""

from __future__ import annotations

from decimal import Decimal

from xladdin.domain.quantities import plain
from xladdin.domain.raw import FULL
from xladdin.domain.rule_models import Adjustment
from xladdin.domain.schemes import Indicator, Scheme, Section
from xladdin.formula.explain import explain
from xladdin.formula.nodes import Expr, number
from xladdin.formula.walk import substitute
from xladdin.scoring import keys
from xladdin.scoring.model import (
    POINTS_OFF,
    SELF_RATING,
    SUPERIORS_RATING,
    scaled_total,
    total_points,
)


def percent(points: Decimal) -> str:
    """A weight as it is written: 12.5 -> ``12.5%``."""
    return f"{plain(points)}%"


def rule_text(
    item: Indicator, *, brief: bool, editable: bool = False, scheme: Scheme | None = None
) -> str:
    """An indicator's 评分原则: in brief for the form, in full for the explanations.

    ``scheme``: the one that it stands in, where that may ask for self-ratings.
    """
    rule = item.method
    two = scheme is not None and scheme.asks_self(item)
    actual = SUPERIORS_RATING if two else rule.actual_word
    words = {"full": "满分", "actual": actual, "own": SELF_RATING, "target": "目标"}
    fixed: dict[str, Expr] = {} if editable else {"full": number(item.weight)}
    tree = scheme.rule_of(item) if scheme is not None else item.rule
    told = explain(substitute(tree, fixed), words, brief=brief)
    if two and scheme is not None:
        told = f"{told}{'；' if brief else ''}{_shown_only(scheme)}".removesuffix("；")
    text = f"{rule.label}：{told}{'；' if brief and item.whole_form else ''}{_effect(item)}"
    return f"{_within(item, editable)}{text}"


def form_rule(item: Indicator, scheme: Scheme) -> str:
    """An indicator's 评分原则 on the form: of a judged one, what each rating stands for."""
    told = rule_text(item, brief=True, editable=scheme.weights_editable, scheme=scheme)
    lines = band_lines(item)
    if not lines:
        return told
    # Where one person rates, the points are the rating: the lines say it all.
    first = [told] if scheme.asks_self(item) or item.within is not None else []
    return "\n".join([*first, *lines])


def _within(item: Indicator, editable: bool) -> str:
    """Both weights of an indicator that is weighed within its section."""
    if item.within is None:
        return ""
    whose = "方案的" if editable else ""
    return f"{whose}分项内权重{percent(item.within)}，占总分{percent(item.weight)}。"


def _shown_only(scheme: Scheme) -> str:
    """Which of two ratings counts for nothing."""
    idle = {0: SELF_RATING, FULL: SUPERIORS_RATING}.get(scheme.self_weight or Decimal(0), "")
    return f"{idle}只作参考，不计分。" if idle else ""


def who_rates(scheme: Scheme) -> str:
    """How the ratings of two people are filled in and counted; empty where one person rates."""
    if not any(map(scheme.asks_self, scheme.indicators)):
        return ""
    own = scheme.self_weight or Decimal(0)
    shares = f"{SELF_RATING}占{percent(own)}、{SUPERIORS_RATING}占{percent(FULL - own)}"
    return f"主观评分的指标，“自评”由本人填写，“实际/上级评”由上级填写；{_shown_only(scheme) or f'{shares}。'}"


def section_name(section: Section, weight: str = "") -> str:
    """A section as the form heads it; ``weight`` instead of what the scheme states."""
    return f"{section.name}\n（{weight or percent(section.weight)}）"


def subtotal_label(section: Section, weight: str = "") -> str:
    """What a section's subtotal is called; where weights are shares of it, with their sum."""
    if section.weights_of == "form":
        return f"{section.name}小计"
    whole = weight or percent(section.weight)
    return f"{section.name}小计（分项内权重合计100%，占总分{whole}）"


def _effect(item: Indicator) -> str:
    """What a veto does to the whole form."""
    effect = item.whole_form
    if effect is None:
        return ""
    what = "最终得分为0" if effect.effect == "total_zero" else f"等级最高为「{effect.grade}」"
    return f"触发否决时，{what}。"


def band_lines(item: Indicator) -> list[str]:
    """The described bands of a subjective rating: ``4-5分：…``."""
    return [f"{band.ends}分：{band.text}" for band in item.method.described]


def total_text(scheme: Scheme) -> str:
    """How the total comes about."""
    words = {keys.subtotal(section.id): f"{section.name}小计" for section in scheme.sections}
    words |= {keys.counted(item.id): item.name for item in scheme.adjustments}
    words |= {keys.actual(item.id): f"{item.name}次数" for item in scheme.indicators}
    text = explain(total_points(scheme), words, "最终得分")
    refused = f"{'、'.join(item.name for item in scheme.adjustments if item.refuses)}"
    off = f"{refused}填写的分数不在范围内时，不计总分，只显示“{POINTS_OFF}”。" if refused else ""
    extras = "、".join(item.name for item in scheme.adjustments)
    lacking = f"{extras}填写有误时也算缺项。" if extras else ""
    whole = f"{text}任何一项未填时，不计总分，只显示缺几项。{lacking}{off}"
    return whole if scheme.scale == FULL else f"{whole}{_scaled_text(scheme)}"


def scaled_label(scheme: Scheme) -> str:
    """What the total out of the scheme's own scale is called."""
    return f"折合{scheme.scale}分制"


def _scaled_text(scheme: Scheme) -> str:
    """How that comes about, and that it is only shown beside the total."""
    text = explain(scaled_total(scheme), {keys.TOTAL: "最终得分"}, scaled_label(scheme))
    return f"{text}小数四舍五入，只作对照；等级和系数仍按最终得分。"


def adjustment_text(item: Adjustment) -> str:
    """What an adjustment counts: ``最多加5分，最多减10分；不填即为没有。``"""
    low, high = item.span
    ends = [f"最多加{plain(high)}分"] if high > 0 else []
    ends += [f"最多减{plain(-low)}分"] if low < 0 else []
    signs = "；加分写正数，减分写负数" if item.low < 0 else ""
    return f"{'，'.join(ends)}{signs}；不填即为没有。"


def adjustment_rule(item: Adjustment) -> str:
    """An adjustment's rule in full, printed from its tree."""
    words = {"actual": item.actual_word}
    return f"{item.label}：{explain(item.expression(), words, '计入的分数')}"


def adjustment_limit(item: Adjustment) -> str:
    """By how much an adjustment may change the total: ``+10%以内``, ``-10%`` 至 ``+5%``."""
    low, high = item.span
    if low < 0 < high:
        return f"{percent(low)}至\n+{percent(high)}"  # the column is as narrow as a weight
    return f"{f'+{percent(high)}' if high > 0 else percent(low)}\n以内"


def dash(text: str) -> str:
    """The text, or a dash where there is none."""
    return text or "—"
