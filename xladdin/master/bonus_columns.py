"""Columns of the master about what is paid and how many people a grade should have.

Those of a scheme stand on 考核方案, those of a grade on 等级系数.
"""

from __future__ import annotations

from xladdin.domain.bonus_rules import LABELS as BONUS_LABELS
from xladdin.domain.bonus_rules import REST, STEP_EXAMPLE, BonusKind
from xladdin.domain.guidelines import LABELS as ASKS_LABELS
from xladdin.domain.guidelines import Asks
from xladdin.formula.nodes import Compare, Expr, If, Not, Rel, Var, number

from .cell_kinds import Kind
from .constraints import Required, Unused, demand
from .row_questions import NEVER, both, either, is_number, related, word
from .sheet_spec import Column, Constraint, bounds

PAYS_SHARE = word("bonus_kind", BONUS_LABELS[BonusKind.SHARE])
OF_STEPS = ("bonus_steps", "bonus_linear")
PAYS_STEPS = word("bonus_kind", BONUS_LABELS[BonusKind.STEPS])
PAYS_LADDER = word("bonus_kind", BONUS_LABELS[BonusKind.LADDER])
ASKS_BETWEEN = word("asks", ASKS_LABELS[Asks.BETWEEN])
ASKS_ONE = word("asks", *(label for asks, label in ASKS_LABELS.items() if asks is not Asks.BETWEEN))
SHARES = either(
    *(
        If(is_number(key), Compare(Rel.LE, Var(key), number(10)), NEVER)
        for key in ("asked_share", "asked_most")
    )
)
"""A share is read: what is no share has been told already."""

BONUS_COLUMNS = (
    Column(
        "bonus_kind",
        "奖金算法",
        Kind.CHOICE,
        "不填是基数×系数；按等级定额的，在“等级系数”表写每级多少元。",
        16.0,
        path=("bonus", "kind"),
        words={kind.value: label for kind, label in BONUS_LABELS.items()},
        added=True,
    ),
    Column(
        "bonus_base",
        "奖金基数",
        Kind.NUMBER,
        "每月多少元；名册里写了本人基数的，按本人的算。",
        10.0,
        path=("bonus", "base"),
        added=True,
    ),
    Column(
        "bonus_share",
        "奖金比例",
        Kind.RATIO,
        "基数按比例×得分：满100分时得基数的百分之几。",
        10.0,
        path=("bonus", "share"),
        bounds=bounds(0, 10),
        added=True,
    ),
    Column(
        "bonus_from",
        "起付分",
        Kind.NUMBER,
        "基数按比例×得分：不满多少分没有奖金。",
        9.0,
        path=("bonus", "threshold"),
        added=True,
    ),
    Column(
        "bonus_steps",
        "奖金档位",
        Kind.NAMES,
        f"基数×得分档位：从高到低，用顿号隔开，如 {STEP_EXAMPLE}、≥80：100%、{REST}：0%。",
        30.0,
        path=("bonus", "steps"),
        added=True,
    ),
    Column(
        "bonus_linear",
        "档间按直线",
        Kind.YES_NO,
        "基数×得分档位：写“是”，两档之间的比例按直线逐分上升；不写，同一档都一样。",
        9.0,
        path=("bonus", "linear"),
        added=True,
    ),
)


def bonus_demands(scoring: Expr, competent: Expr) -> tuple[Constraint, ...]:
    """Of a row that is a scheme with scores, or one of competency, which pays nothing."""
    return (
        Required(("bonus_share",), both(scoring, PAYS_SHARE), "missing"),
        Required(("bonus_steps",), both(scoring, PAYS_STEPS), "missing"),
        Unused(
            ("bonus_kind", "bonus_base", "bonus_share", "bonus_from", *OF_STEPS),
            competent,
            lambda _: "能力考核",
        ),
        Unused(
            ("bonus_share", "bonus_from"),
            both(scoring, Not(PAYS_SHARE)),
            lambda _: "这种奖金算法",
        ),
        Unused(OF_STEPS, both(scoring, Not(PAYS_STEPS)), lambda _: "这种奖金算法"),
    )


PAY_COLUMNS = (
    Column(
        "pay",
        "定额奖金",
        Kind.NUMBER,
        "奖金算法是按等级定额的：这个等级发多少元。",
        10.0,
        added=True,
    ),
    Column(
        "asks",
        "人数要求",
        Kind.CHOICE,
        "这个等级的人数占比应怎样；不填没有要求。只作提示，不会改等级。",
        10.0,
        path=("guideline", "asks"),
        words={asks.value: label for asks, label in ASKS_LABELS.items()},
        added=True,
    ),
    Column(
        "asked_share",
        "人数占比",
        Kind.RATIO,
        "如 20%；介于的，这里写下限。",
        10.0,
        path=("guideline", "share"),
        bounds=bounds(0, 10),
        added=True,
    ),
    Column(
        "asked_most",
        "占比上限",
        Kind.RATIO,
        "介于的上限，如 30%。",
        10.0,
        path=("guideline", "most"),
        bounds=bounds(0, 10),
        added=True,
    ),
    Column(
        "asked_binding",
        "必须符合",
        Kind.YES_NO,
        "写“是”：校准后人数不合要求的校准表不收；不写，只作提示。",
        9.0,
        path=("guideline", "binding"),
        added=True,
    ),
)


def pay_demands(scored: Expr) -> tuple[Constraint, ...]:
    """Of a row that is a grade of a scheme with scores."""
    ladder = both(scored, PAYS_LADDER)
    return (
        Required(("pay",), ladder, "missing"),
        Required(("asks",), both(scored, SHARES), "missing"),
        Required(("asked_share",), both(scored, either(ASKS_BETWEEN, ASKS_ONE)), "missing"),
        Required(("asked_most",), both(scored, ASKS_BETWEEN), "missing"),
        demand(
            "guideline_ends",
            both(scored, ASKS_BETWEEN, related(Rel.LT, Var("asked_most"), Var("asked_share"))),
            "占比上限小于下限",
            "asked_most",
        ),
        Unused(("asked_most",), both(scored, ASKS_ONE), lambda _: "这种人数要求"),
        Unused(
            ("asked_binding",),
            both(scored, Not(either(ASKS_BETWEEN, ASKS_ONE))),
            lambda _: "没有人数要求的等级",
        ),
        Unused(("pay",), both(scored, Not(PAYS_LADDER)), lambda _: "这种奖金算法"),
    )
