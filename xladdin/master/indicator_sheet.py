"""The indicators, and how each is scored."""

from __future__ import annotations

from xladdin.domain.method_rules import below_too_high, bounds_rise
from xladdin.domain.methods import ADJUSTMENTS
from xladdin.domain.quantities import FACTS, Unit
from xladdin.domain.sizes import LABEL, SENTENCE
from xladdin.formula.nodes import (
    Compare,
    CountWhere,
    Expr,
    If,
    IsEmpty,
    Least,
    Not,
    PlaceWhere,
    Range,
    Rel,
    Related,
    Text,
    Var,
    cases,
    number,
)
from xladdin.schemes.labels import CHOICE_LABELS

from .cell_demands import Cells
from .cell_kinds import Kind
from .constraints import Identifier, Required, Unique, UniqueId, Unused, demand
from .growth_columns import GROWTH, GROWTH_BASE, base_without_rate
from .level_sheets import WEIGHT, two_decimals
from .position_sheets import DIRECTION_ALIASES, UNIT_ALIASES, id_column, unit_at, unit_place
from .row_questions import (
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
    WHOLE,
    misplaced,
    orphans,
)
from .section_rules import SECTION_COLUMNS, SECTION_RULES, SECTION_WEIGHT
from .setting_columns import (
    ADDING,
    ADJUSTING,
    COLUMNS,
    FALLING,
    KNOWN_METHOD,
    LISTS,
    METHOD_ALIASES,
    METHOD_WORDS,
    MOST_STEPS,
    OF_COMPLETION,
    STEP_KINDS,
    called,
    demanded_settings,
    demands_between,
    known,
    over_columns,
    scored_by,
    setting_columns,
    setting_rules,
    users_of,
    with_steps,
)
from .sheet_spec import RESTORED, Column, Computed, SheetSpec
from .source_progress import source_columns

STEPLESS = "没有档位"
STEP_WORDS = {key: each.word for key, each in STEP_KINDS.items()} | {"descriptors": "等级描述"}
UNWEIGHTED = (
    "section",
    "section_id",
    "section_weight",
    "weight",
    "unit",
    "direction",
    "target",
    "growth",
    "growth_base",
)
"""Columns that mean nothing for an addition or deduction."""

STEPPED = scored_by(*LISTS)
HAS_EFFECT = scored_by(*users_of("effect"))
CAPS_GRADE = word("effect", CHOICE_LABELS["effect"]["grade_cap"])
OWN_STEP = same("steps.mine", "once_id")


def _own_unit() -> Expr:
    """In which row of the units the unit of an adjustment's points stands, or the row's own."""
    adjusting = [
        (scored_by(kind), unit_place(rule.points_unit)) for kind, rule in ADJUSTMENTS.items()
    ]
    return cases(tuple(adjusting), unit_at())


def _limit(end: str) -> Expr:
    """Fewest or most points of an adjustment that refuses any others; 0 in other rows."""
    found = []
    for kind, rule in ADJUSTMENTS.items():
        if rule.refuses:
            tree = over_columns(kind, getattr(rule, end))
            found.append((scored_by(kind), If(known(tree), tree, number(0))))
    return cases(tuple(found), number(0))


def _source(
    key: str,
    head: str,
    prompt: str,
    width: float,
    longest: int,
    *,
    must: bool = False,
    path: str = "",
) -> Column:
    """A part of where an indicator's figure comes from."""
    where = ("source", path or key)
    return Column(key, head, Kind.TEXT, prompt, width, must, path=where, longest=longest)


INDICATORS = SheetSpec(
    "indicators",
    "指标",
    "每个指标一行：前面几列就是考核表上的内容；最后选计分方法，填它右边没有变灰的参数。"
    "加分项、减分项也写在这里，不占权重。打印只到计分方法。",
    (
        Column("name", "指标名称", Kind.TEXT, "", 18.0, True, longest=LABEL),
        SCHEME_ID,
        Column(
            "section",
            "分项",
            Kind.TEXT,
            "如 关键KPI、综合能力；加减分项不填。",
            12.0,
            longest=LABEL,
        ),
        Column(
            "weight",
            "权重",
            Kind.POINTS,
            "如 20%；同一方案合计 100%。填了分项权重的，可以写分项内的权重，每个分项合计 100%。",
            8.0,
            bounds=WEIGHT,
        ),
        Column(
            "definition",
            "指标定义/计算公式",
            Kind.LONG,
            "加减分项填评分标准。",
            34.0,
            longest=SENTENCE,
        ),
        Column("unit", "单位", Kind.CHOICE, "从列表中选择。", 8.0, aliases=UNIT_ALIASES),
        Column(
            "direction",
            "方向",
            Kind.CHOICE,
            "越高越好 或 越低越好。",
            9.0,
            aliases=DIRECTION_ALIASES,
        ),
        Column("target", "默认目标", Kind.MEASURE, "每人每月另有目标的可以不填。", 10.0),
        _source("way", "数据来源方式", "系统抓取、手工统计、主观考核等。", 11.0, LABEL, must=True),
        _source("post", "数据来源岗位", "由谁提供。", 11.0, LABEL, must=True),
        _source("source_form", "数据来源表单", "", 14.0, SENTENCE, path="form"),
        _source("due", "截止时间", "如 次月3日前。", 11.0, SENTENCE),
        Column("remark", "备注", Kind.LONG, "", 14.0, longest=SENTENCE),
        Column(
            "method",
            "计分方法",
            Kind.CHOICE,
            "从列表中选择，再填右边没有变灰的参数；加分项、减分项不占权重。",
            13.0,
            True,
            words=METHOD_WORDS,
            aliases=METHOD_ALIASES,
        ),
        *setting_columns(),
        SECTION_WEIGHT,
        GROWTH,
        GROWTH_BASE,
        RESTORED,
        Column("section_id", "分项编号", Kind.KEY, "可以不填，自动编号。", 12.0, aside=True),
        id_column("指标", 22.0),
    ),
    (
        Required(),
        Required(("weight",), Not(ADJUSTING)),
        *demanded_settings(),
        Required(
            ("effect_grade",),
            both(HAS_EFFECT, CAPS_GRADE),
            "parameter_missing",
            says=lambda _: "整表影响为“等级封顶”时须填「封顶等级」",
        ),
        Cells(
            "unit_at",
            {key: Not(ADJUSTING) for key in UNWEIGHTED if key not in ("section", "unit")},
            COLUMNS,
        ),
        *setting_rules(),
        two_decimals(),
        Identifier(),
        Identifier("section_id"),
        SCHEME,
        misplaced(OF_COMPETENCY, "能力考核的内容写在“能力要素”表"),
        UniqueId("指标编号", ("owner",)),
        Unique(("owner", "name"), "duplicate_name", "指标名称"),
        *SECTION_RULES,
        *demands_between(),
        demand(
            "unknown_grade",
            both(
                HAS_EFFECT,
                CAPS_GRADE,
                filled("effect_grade"),
                OF_KPI,
                none(first("grades.once_name", "owner", "effect_grade")),
            ),
            told("“等级系数”表中没有“", text("effect_grade"), "”"),
            "effect_grade",
            says=lambda case: f"封顶等级「{case.said('effect_grade')}」不在等级表中",
        ),
        demand(
            "steps_missing",
            both(STEPPED, OF_KPI, filled("once_id"), none(Var("own_steps"))),
            "“评分档位”表中没有这个指标的档位",
            "method",
            says=lambda case: (
                f"「{case.said('method')}」须在「{case.sheet('steps')}」表里"
                f"写出「{case.said('name')}」的各档"
            ),
        ),
        demand(
            "line_ends",
            both(
                with_steps("ends"), some(Var("own_steps")), Not(equal(Var("own_steps"), number(2)))
            ),
            told("线性端点应为 2 行，现有 ", Var("own_steps"), " 行"),
            "method",
            says=lambda case: (
                f"「{case.said('name')}」的线性端点应为 2 行（最好的和最差的），"
                f"现有 {case.value(Var('own_steps'))} 行"
            ),
        ),
        *(
            demand(
                "too_many",
                both(scored_by(method), Compare(Rel.GT, Var("own_steps"), number(most))),
                f"最多{most}档",
                "method",
            )
            for method, most in MOST_STEPS.items()
        ),
        demand(
            "band_all_zero",
            both(
                with_steps("bands"),
                some(Var("own_steps")),
                none(CountWhere((OWN_STEP, Related(Range("steps.high"), Rel.GT, number(0))))),
                equal(
                    CountWhere((OWN_STEP, Related(Range("steps.high"), Rel.GE, number(0)))),
                    Var("own_steps"),
                ),
            ),
            "各评分档的上限都是0，无法得分",
            "method",
        ),
        demand(
            "below_too_high",
            both(scored_by(*users_of("below")), below_too_high(Var("below"), Var("least"))),
            "一档都没达到的得分比例高于最低一档",
            "below",
        ),
        demand(
            "criteria_missing",
            both(ADJUSTING, IsEmpty(Var("definition"))),
            "没有写评分标准",
            "definition",
            notice=True,
            says=lambda case: f"「{case.said('name')}」没有写评分标准，表上看不出凭什么加减分",
        ),
        demand(
            "unused_value",
            both(HAS_EFFECT, IsEmpty(Var("effect")), filled("effect_grade")),
            "没有填整表影响，封顶等级没有用上",
            "effect_grade",
            notice=True,
            says=lambda _: "没有填整表影响，封顶等级没有用上",
        ),
        base_without_rate(),
        *(
            Unused((column,), both(Not(scored_by(*users_of(column))), KNOWN_METHOD), called)
            for column in sorted(COLUMNS)
        ),
        Unused(UNWEIGHTED, ADJUSTING, called),
    ),
    (
        *OWNER,
        WHOLE,
        Computed("weighed", If(either(ADJUSTING, Not(OF_KPI)), NOTHING, text("owner"))),
        Computed("bonus", If(both(ADDING, is_number("cap")), Var("cap"), number(0))),
        *SECTION_COLUMNS,
        Computed("judged_for", If(both(with_steps("bands"), OF_KPI), text("owner"), NOTHING)),
        Computed(
            "self_rated",
            If(filled("judged_for"), cell("schemes.rated", "scheme_at"), NOTHING),
        ),
        Computed("unit_at", _own_unit()),
        Computed("least_points", _limit("least")),
        Computed("most_points", _limit("most")),
        Computed(
            "step_at",
            If(
                equal(text("unit"), Text(FACTS[Unit.DATE].label)),
                unit_place(Unit.DAY),
                Var("unit_at"),
            ),
        ),
        Computed("rising", If(bounds_rise(FALLING, OF_COMPLETION), Text("1"), NOTHING)),
        Computed("falls", If(both(with_steps("ends"), OF_COMPLETION), Text("1"), NOTHING)),
        Computed(
            "scale_at",
            cases(
                (
                    (with_steps("bands"), unit_place(Unit.NUMBER)),
                    (OF_COMPLETION, unit_place(Unit.PERCENT)),
                ),
                Var("unit_at"),
            ),
        ),
        Computed(
            "steps_kind",
            cases(
                tuple((scored_by(method), Text(steps.word)) for method, steps in LISTS.items()),
                If(KNOWN_METHOD, Text(STEPLESS), NOTHING),
            ),
        ),
        Computed("own_steps", CountWhere((OWN_STEP,))),
        Computed("first_step", PlaceWhere((OWN_STEP,))),
        Computed("last_step", PlaceWhere((OWN_STEP,), last=True)),
        Computed("best", figure("steps.share", "first_step")),
        Computed("worst", figure("steps.share", "last_step")),
        Computed(
            "least",
            If(
                both(is_number("best"), is_number("worst")),
                Least(Var("best"), Var("worst")),
                NOTHING,
            ),
        ),
        *source_columns(),
        *orphans(Not(OF_KPI)),
    ),
    leading=("whole",),
    printed_to="method",
)
