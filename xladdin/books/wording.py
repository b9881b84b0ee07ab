"""Rules in the words of a form: method, explanation, bands, grades; all printed from the trees."""

from __future__ import annotations

from decimal import Decimal

from xladdin.domain.methods import JudgementMethod
from xladdin.domain.quantities import plain
from xladdin.domain.schemes import AdjustmentKind, Indicator, Scheme
from xladdin.formula.explain import explain
from xladdin.formula.nodes import Expr, number
from xladdin.formula.walk import substitute
from xladdin.scoring import keys
from xladdin.scoring.model import total_points
from xladdin.scoring.registry import item_expression, rule_of


def percent(points: Decimal) -> str:
    """A weight as it is written: 12.5 -> ``12.5%``."""
    return f"{plain(points)}%"


def rule_text(item: Indicator, *, brief: bool, editable: bool = False) -> str:
    """An indicator's 评分原则: in brief for the form, in full for the explanations."""
    rule = rule_of(item.method)
    words = {"full": "满分", "actual": rule.actual_word, "target": "目标"}
    fixed: dict[str, Expr] = {} if editable else {"full": number(item.weight)}
    told = explain(substitute(item_expression(item), fixed), words, brief=brief)
    return f"{rule.label}：{told}{'；' if brief and item.whole_form else ''}{_effect(item)}"


def _effect(item: Indicator) -> str:
    """What a veto does to the whole form."""
    effect = item.whole_form
    if effect is None:
        return ""
    what = "最终得分为0" if effect.effect == "total_zero" else f"等级最高为「{effect.grade}」"
    return f"触发否决时，{what}。"


def band_lines(item: Indicator) -> list[str]:
    """The described bands of a subjective rating: ``4-5分：…``."""
    if not isinstance(item.method, JudgementMethod):
        return []
    return [
        f"{plain(band.low) if band.low == band.high else f'{plain(band.low)}-{plain(band.high)}'}"
        f"分：{band.text}"
        for band in item.method.bands
    ]


def total_text(scheme: Scheme) -> str:
    """How the total comes about."""
    words = {keys.subtotal(section.id): f"{section.name}小计" for section in scheme.sections}
    words |= {keys.counted(item.id): item.name for item in scheme.adjustments}
    words |= {keys.actual(item.id): f"{item.name}次数" for item in scheme.indicators}
    text = explain(total_points(scheme), words, "最终得分")
    return f"{text}任何一项未填时，不计总分，只显示缺几项。"


def adjustment_text(kind: AdjustmentKind, cap: Decimal) -> str:
    """What an addition or a deduction counts."""
    word = "加" if kind is AdjustmentKind.BONUS else "减"
    return f"最多{word}{plain(cap)}分；不填即为没有。"


def dash(text: str) -> str:
    """The text, or a dash where there is none."""
    return text or "—"
