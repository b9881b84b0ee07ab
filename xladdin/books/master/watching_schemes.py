"""Checks of the sheets about schemes: schemes, indicators, elements, steps, grades."""

from __future__ import annotations

from collections.abc import Iterator

from xladdin.formula.nodes import (
    AllOf,
    Compare,
    Expr,
    If,
    Join,
    Not,
    Rel,
    SumNumbers,
    Text,
    Var,
    all_of,
    number,
    one_of,
)
from xladdin.formula.ranges.nodes import Differs, Range, Same, SumWhere
from xladdin.intake.master.parameters import ADJUSTMENTS, PARAMETERS, STEP_KINDS
from xladdin.intake.master.words import COMPETENCY
from xladdin.intake.master.words import word as word_of

from .asking import (
    Computed,
    Need,
    Rule,
    filled,
    needs,
    none,
    off,
    repeated,
    same,
    started_or_empty,
    text,
    unknown,
    word,
)
from .watch import Watch
from .watching_positions import TOTAL, TOTAL_FORMAT, TOTAL_HEAD, TOTAL_WIDTH

SCHEME = unknown("scheme", "考核方案", "schemes.id")


def _method(*kinds: str) -> Expr:
    """The indicator is scored by one of these methods."""
    return word("method", *(word_of("indicators", "method", kind) for kind in kinds))


def _step(*kinds: str) -> Expr:
    return word("kind", *(word_of("steps", "kind", kind) for kind in kinds))


COMPETENCY_FORM = Text(word_of("schemes", "form", COMPETENCY))
COMPETENT = word("form", word_of("schemes", "form", COMPETENCY))
ADJUSTING = _method(*sorted(ADJUSTMENTS))


def _total(competency: str, appraisal: str) -> Expr:
    """The sum of a scheme's weights: of its elements, or of its indicators."""
    sums = (
        SumWhere(Range(f"{sheet}.weight"), same(sheet, scheme="id"))
        for sheet in (competency, appraisal)
    )
    return started_or_empty("id", If(COMPETENT, *sums))


def _unless(key: str, test: Expr) -> Expr:
    """The row says what it is, and it is not this."""
    return AllOf((filled(key), Not(test)))


SCHEMES = Watch(
    computed=(
        Computed(
            TOTAL,
            TOTAL_HEAD,
            _total("elements", "indicators"),
            TOTAL_WIDTH,
            number_format=TOTAL_FORMAT,
        ),
    ),
    rules=(
        repeated("schemes", "方案编号重复", "id"),
        repeated("schemes", "方案名称重复", "name"),
        Rule(
            AllOf((COMPETENT, none(*same("elements", scheme="id")))),
            Text("“能力要素”表中还没有这个方案"),
        ),
        Rule(
            AllOf((Not(COMPETENT), none(*same("indicators", scheme="id")))),
            Text("“指标”表中还没有这个方案"),
        ),
        off(TOTAL, "权重合计", TOTAL),
        Rule(none(*same("grades", scheme="id")), Text("“等级系数”表中还没有这个方案")),
    ),
    unused={
        **dict.fromkeys(("weights_editable", "cap", "floor"), COMPETENT),
        **dict.fromkeys(
            ("missing", "least_peers", "bias_limit", "stars"), _unless("form", COMPETENT)
        ),
    },
)


def _parameters_needed() -> Iterator[Need]:
    """Settings without which a method cannot score."""
    lower = word("direction", word_of("indicators", "direction", "lower"))
    # Without a limit, an actual of 0 would score without end.
    yield Need("cap", one_of((_method(*_users("cap", True)), AllOf((_method("percent"), lower)))))
    for column in ("deduction", "zero_at", "step"):
        yield Need(column, _method(*_users(column, True)))


def _users(column: str, demanding: bool = False) -> list[str]:
    """The methods that have a setting in this column (or only those that demand it)."""
    return [
        kind
        for kind, items in PARAMETERS.items()
        if any(item.column == column and item.required >= demanding for item in items)
    ]


def _stepless() -> Expr:
    """A method that scores by steps, and no steps of its kind."""
    cases = []
    for method, kind in STEP_KINDS.items():
        own = Same(Range("steps.kind"), Text(word_of("steps", "kind", kind)))
        cases.append(
            AllOf((_method(method), none(*same("steps", scheme="scheme", item="id"), own)))
        )
    return one_of(tuple(cases))


def _of_form(test: type[Same] | type[Differs], told: str) -> Rule:
    """The row's scheme is not of the form that the sheet is for."""
    form = test(Range("schemes.form"), COMPETENCY_FORM)
    return Rule(none(*same("schemes", id="scheme"), form), Text(told), "scheme")


def _parameters_unused() -> dict[str, Expr]:
    """Settings of other methods than the row's."""
    columns = {item.column for items in PARAMETERS.values() for item in items}
    return {column: _unless("method", _method(*_users(column))) for column in sorted(columns)}


INDICATORS = Watch(
    needs=(
        *needs(("section", "weight"), Not(ADJUSTING)),
        Need("definition", ADJUSTING),
        *_parameters_needed(),
        Need("effect_grade", word("effect", word_of("indicators", "effect", "grade_cap"))),
    ),
    rules=(
        SCHEME,
        _of_form(Differs, "能力考核的内容写在“能力要素”表"),
        repeated("indicators", "同一方案的指标编号重复", "scheme", "id"),
        repeated("indicators", "同一方案的指标名称重复", "scheme", "name"),
        Rule(AllOf((ADJUSTING, filled("weight"))), Text("加分项、减分项不填权重"), "weight"),
        Rule(_stepless(), Text("“评分档位”表中没有这个指标的档位"), "method"),
    ),
    unused={
        **_parameters_unused(),
        **dict.fromkeys(
            ("section", "section_id", "weight", "unit", "direction", "target"), ADJUSTING
        ),
    },
)

RATER_WEIGHTS = ("self", "superior", "peer", "customer")

ELEMENTS = Watch(
    needs=(Need("question", Compare(Rel.GT, SumNumbers((Var("customer"),)), number(0))),),
    computed=(
        Computed(
            TOTAL,
            TOTAL_HEAD,
            started_or_empty("id", SumNumbers(tuple(map(Var, RATER_WEIGHTS)))),
            TOTAL_WIDTH,
            number_format=TOTAL_FORMAT,
        ),
    ),
    rules=(
        SCHEME,
        _of_form(Same, "这个方案不是能力考核"),
        repeated("elements", "同一方案的要素编号重复", "scheme", "id"),
        repeated("elements", "同一方案的要素名称重复", "scheme", "name"),
        off(TOTAL, "评价人权重合计", TOTAL),
    ),
)

STEPS = Watch(
    needs=(
        Need("low", _step("steps", "bands", "ends")),
        Need("high", _step("bands")),
        Need("share", _step("steps", "ends")),
        Need("text", _step("bands", "descriptors")),
    ),
    rules=(
        SCHEME,
        Rule(
            all_of(
                tuple(
                    none(*same(sheet, scheme="scheme", id="item"))
                    for sheet in ("indicators", "elements")
                )
            ),
            Join((Text("该方案中没有“"), text("item"), Text("”"))),
            "item",
        ),
    ),
    unused={
        "low": _unless("kind", _step("steps", "bands", "ends")),
        "high": _unless("kind", _step("bands")),
        "share": _unless("kind", _step("steps", "ends")),
        "text": _unless("kind", _step("bands", "descriptors")),
    },
)

GRADES = Watch(
    rules=(SCHEME, repeated("grades", "同一方案的等级重复", "scheme", "name")),
)
