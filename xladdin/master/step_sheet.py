"""The steps, bands, ends and descriptors by which indicators and elements are scored."""

from __future__ import annotations

from xladdin.domain.method_rules import (
    backwards,
    ends_meet,
    line_falls,
    share_grows,
    steps_misplaced,
)
from xladdin.domain.quantities import Unit
from xladdin.domain.sizes import SENTENCE
from xladdin.formula.nodes import (
    Compare,
    CountWhere,
    Expr,
    If,
    IsEmpty,
    Not,
    PlaceWhere,
    Range,
    Rel,
    Related,
    Text,
    Var,
    add,
    cases,
    number,
    sub,
)
from xladdin.layout.tables.table import NUMBER

from .cell_demands import Cells
from .cell_kinds import Kind
from .constraints import Required, Unused, demand
from .indicator_sheet import STEP_WORDS, STEPLESS
from .position_sheets import unit_place
from .row_questions import (
    NEVER,
    NOTHING,
    both,
    cell,
    either,
    equal,
    figure,
    filled,
    first,
    is_number,
    none,
    related,
    same,
    some,
    text,
    told,
    word,
)
from .scheme_sheets import (
    OF_COMPETENCY,
    OF_KPI,
    OWNER,
    SCHEME,
    SCHEME_ID,
)
from .setting_columns import STEP_KINDS
from .sheet_spec import Case, Column, Computed, SheetSpec


def _stating(column: str, *others: str, optional: bool = True) -> tuple[str, ...]:
    """The kinds of steps that state a column."""
    own = (
        key
        for key, each in STEP_KINDS.items()
        if column in each.columns and (optional or column not in each.optional)
    )
    return (*own, *others)


STEP_COLUMNS = {
    "low": _stating("low"),
    "high": _stating("high"),
    "share": _stating("share"),
    "text": _stating("text", "descriptors"),
}
"""What each kind of step states; the other columns mean nothing for it."""


def _step(*kinds: str) -> Expr:
    """The row is, or by its indicator's method should be, of one of these kinds."""
    return word("expected", *(STEP_WORDS[kind] for kind in kinds))


_MINE = (same("steps.mine", "mine"),)
_COVERING = (
    *_MINE,
    Related(Range("steps.low"), Rel.LE, Var("low")),
    Related(Range("steps.high"), Rel.GE, Var("low")),
)
RISING = equal(cell("indicators.rising", "item_at"), Text("1"))
STEP_FALLS = both(_step("steps"), steps_misplaced(Var("low"), Var("above_low"), RISING))
HIGH_END = either(
    related(Rel.GT, Var("share"), Var("twin_share")),
    both(
        related(Rel.EQ, Var("share"), Var("twin_share")),
        Compare(Rel.LT, Var(NUMBER), Var("twin")),
    ),
)
"""The end of a line that earns more, whichever row it stands in."""
FALLS = equal(cell("indicators.falls", "item_at"), Text("1"))


def _found(sheet: str) -> Expr:
    """The row of what the step belongs to, by id or by name."""
    by_id, by_name = (first(f"{sheet}.once_{key}", "owner", "item") for key in ("id", "name"))
    return If(
        either(IsEmpty(Var("owner")), IsEmpty(Var("item"))),
        number(0),
        cases(((some(by_id), by_id),), by_name),
    )


def _unknown_item(case: Case) -> str:
    competent = case.value(OF_COMPETENCY)
    sheet, what = ("elements", "要素") if competent else ("indicators", "指标")
    name = case.there("schemes", "scheme_at", "name")
    return f"「{case.sheet(sheet)}」表里，{name}没有{what}「{case.said('item')}」"


def _stepless(case: Case) -> str:
    name, method = (case.there("indicators", "item_at", key) for key in ("name", "method"))
    return f"「{name}」的计分方法是「{method}」，没有档位"


def _other_kind(case: Case) -> str:
    if case.value(OF_COMPETENCY):
        whose = f"要素「{case.there('elements', 'item_at', 'name')}」"
    else:
        name, method = (case.there("indicators", "item_at", key) for key in ("name", "method"))
        whose = f"「{name}」（{method}）"
    return f"{whose}的档位种类应为「{case.value(text('expected'))}」"


STEPS = SheetSpec(
    "steps",
    "评分档位",
    "阶梯、主观评分、线性插值的各档，以及能力要素的等级描述；按从好到差排列。",
    (
        SCHEME_ID,
        Column(
            "item",
            "指标",
            Kind.TEXT,
            "哪个指标或要素，从列表中选择名称；写编号也认。",
            18.0,
            True,
            ("指标名称", "要素", "要素名称", "指标编号", "要素编号"),
        ),
        Column(
            "kind",
            "档位种类",
            Kind.CHOICE,
            "从列表中选择。",
            12.0,
            True,
            words=STEP_WORDS,
        ),
        Column(
            "low",
            "界限",
            Kind.MEASURE,
            "阶梯、线性的界限；评分档的最低分。",
            10.0,
            False,
            ("下限",),
        ),
        Column("high", "上限", Kind.MEASURE, "评分档的最高分。", 10.0),
        Column("share", "得分比例", Kind.RATIO, "阶梯、线性：得权重的百分之几。", 10.0),
        Column("text", "描述", Kind.LONG, "评分档、等级描述的文字。", 50.0, longest=SENTENCE),
    ),
    (
        Required(),
        *(
            Required((column,), _step(*_stating(column, optional=False)), "missing")
            for column in ("low", "high", "share")
        ),
        Cells(
            "scale_at",
            {column: _step(*kinds) for column, kinds in STEP_COLUMNS.items()},
        ),
        SCHEME,
        demand(
            "unknown_indicator",
            both(
                filled("item"),
                filled("form_known"),
                none(Var("item_at")),
                *(
                    none(first(f"{sheet}.orphan_{key}", "item"))
                    for sheet in ("indicators", "elements")
                    for key in ("id", "name")
                ),
            ),
            told("该方案中没有“", text("item"), "”"),
            "item",
            says=_unknown_item,
        ),
        demand(
            "no_steps_expected",
            word("expected", STEPLESS),
            "这个指标的计分方法没有档位",
            "item",
            says=_stepless,
        ),
        demand(
            "wrong_step_kind",
            both(
                word("kind", *STEP_WORDS.values()),
                word("expected", *STEP_WORDS.values()),
                Not(equal(text("kind"), text("expected"))),
            ),
            told("档位种类应为“", text("expected"), "”"),
            "kind",
            says=_other_kind,
        ),
        demand("step_order", STEP_FALLS, "界限的先后不对：最好的一档在前", "low"),
        demand(
            "share_order",
            both(
                _step("steps"),
                Not(STEP_FALLS),
                share_grows(Var("share"), Var("above_share")),
            ),
            "后一档的得分比例高于前一档",
            "share",
        ),
        demand(
            "band_backwards",
            both(_step("bands"), backwards(Var("low"), Var("high"))),
            "评分档的下限大于上限",
            "low",
        ),
        demand(
            "band_overlap",
            both(
                _step("bands"),
                If(is_number("low"), Compare(Rel.GT, CountWhere(_COVERING), number(1)), NEVER),
            ),
            "评分档与另一档重叠",
            "low",
        ),
        demand(
            "line_ends_equal",
            both(HIGH_END, ends_meet(Var("low"), Var("twin_low"))),
            "线性插值的起点和终点不能相同",
            "low",
        ),
        demand(
            "line_falls",
            both(HIGH_END, line_falls(FALLS, Var("twin_low"), Var("low"))),
            "按完成率计分时，终点不能低于起点",
            "low",
        ),
        *(
            Unused(
                (column,),
                both(word("expected", *STEP_WORDS.values()), Not(_step(*kinds))),
                lambda case: f"「{case.value(text('expected'))}」",
            )
            for column, kinds in STEP_COLUMNS.items()
        ),
    ),
    (
        *OWNER,
        Computed("form_known", If(either(OF_KPI, OF_COMPETENCY), Text("1"), NOTHING)),
        Computed("item_at", If(OF_COMPETENCY, _found("elements"), _found("indicators"))),
        Computed(
            "expected",
            cases(
                (
                    (none(Var("item_at")), text("kind")),
                    (OF_COMPETENCY, Text(STEP_WORDS["descriptors"])),
                    (equal(cell("indicators.steps_kind", "item_at"), NOTHING), text("kind")),
                ),
                cell("indicators.steps_kind", "item_at"),
            ),
        ),
        Computed(
            "mine",
            cases(
                (
                    (none(Var("item_at")), NOTHING),
                    (OF_COMPETENCY, cell("elements.once_id", "item_at")),
                ),
                cell("indicators.once_id", "item_at"),
            ),
        ),
        Computed(
            "scale_at",
            cases(
                (
                    (either(none(Var("item_at")), OF_COMPETENCY), number(0)),
                    (_step("bands"), unit_place(Unit.NUMBER)),
                ),
                figure("indicators.scale_at", "item_at"),
            ),
        ),
        Computed(
            "above",
            If(IsEmpty(Var("mine")), number(0), PlaceWhere(_MINE, last=True, above=Var(NUMBER))),
        ),
        Computed("above_low", figure("steps.low", "above")),
        Computed("above_share", figure("steps.share", "above")),
        Computed(
            "twin",
            If(
                both(_step("ends"), filled("mine"), equal(CountWhere(_MINE), number(2))),
                sub(add(PlaceWhere(_MINE), PlaceWhere(_MINE, last=True)), Var(NUMBER)),
                number(0),
            ),
        ),
        Computed("twin_low", figure("steps.low", "twin")),
        Computed("twin_share", figure("steps.share", "twin")),
    ),
)
