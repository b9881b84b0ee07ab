"""The indicators, and how each is scored."""

from __future__ import annotations

from xladdin.domain.method_rules import below_too_high, bounds_rise, floor_above_cap
from xladdin.domain.quantities import FACTS, Unit
from xladdin.domain.sizes import LABEL, MOST_BANDS, MOST_STEPS, SENTENCE
from xladdin.formula.nodes import (
    Compare,
    CountWhere,
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
from .constraints import Identifier, Required, Unique, Unused, demand
from .level_sheets import WEIGHT, two_decimals
from .method_settings import (
    ADJUSTING,
    COLUMNS,
    KNOWN_METHOD,
    METHODS,
    STEP_KINDS,
    called,
    demanded_settings,
    scored_by,
    setting_rules,
    users_of,
)
from .position_sheets import DIRECTION_ALIASES, UNIT_ALIASES, lacks, unit_at, unit_place
from .row_questions import (
    NOTHING,
    both,
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
    misplaced,
    orphans,
)
from .section_rules import SECTION_COLUMNS, SECTION_RULES
from .sheet_spec import RESTORED, Case, Column, Computed, SheetSpec

STEPLESS = "没有档位"
STEP_WORDS = {"steps": "阶梯", "bands": "评分档", "ends": "线性端点", "descriptors": "等级描述"}
MOST_ROWS = {"steps": MOST_STEPS, "judgement": MOST_BANDS}
UNWEIGHTED = ("section", "section_id", "weight", "unit", "direction", "target")
"""Columns that mean nothing for an addition or deduction."""
COMPLETION, ACTUAL = (CHOICE_LABELS["basis"][one] for one in ("completion", "actual"))


STEPPED = scored_by(*STEP_KINDS)
FALLING = word("direction", CHOICE_LABELS["direction"]["lower"])
CAPS_GRADE = word("effect", CHOICE_LABELS["effect"]["grade_cap"])
OWN_STEP = same("steps.mine", "once_id")


def _without_cap(_: Case) -> str:
    return "越低越好的百分比计分制须写明封顶，否则实际为0时得分无限大"


INDICATORS = SheetSpec(
    "indicators",
    "指标",
    "每个指标一行。先选计分方法，再填没有变灰的参数；加分项、减分项也写在这里，不占权重。",
    (
        SCHEME_ID,
        Column(
            "section",
            "分项",
            Kind.TEXT,
            "如 关键KPI、综合能力；加减分项不填。",
            12.0,
            longest=LABEL,
        ),
        Column("section_id", "分项编号", Kind.KEY, "小写字母、数字、下划线；不填自动编号。", 12.0),
        Column(
            "id", "指标编号", Kind.KEY, "小写字母开头，只用小写字母、数字、下划线。", 24.0, True
        ),
        Column("name", "指标名称", Kind.TEXT, "", 18.0, True, longest=LABEL),
        Column("weight", "权重", Kind.POINTS, "如 20%；同一方案合计 100%。", 8.0, bounds=WEIGHT),
        Column("unit", "单位", Kind.CHOICE, "从列表中选择。", 8.0, aliases=UNIT_ALIASES),
        Column(
            "direction",
            "方向",
            Kind.CHOICE,
            "越高越好 或 越低越好。",
            10.0,
            aliases=DIRECTION_ALIASES,
        ),
        Column("target", "默认目标", Kind.MEASURE, "每人每月另有目标的可以不填。", 10.0),
        Column(
            "method",
            "计分方法",
            Kind.CHOICE,
            "从列表中选择；加分项、减分项不占权重。",
            13.0,
            True,
            words=METHODS,
            aliases={"加分": "bonus", "减分": "deduction"},
        ),
        Column(
            "cap",
            "封顶",
            Kind.MEASURE,
            "百分比计分制填最高比例（如 120%）；扣分制、加减分项填最多分数。",
            8.0,
        ),
        Column("floor", "保底", Kind.MEASURE, "百分比计分制填最低比例；按时完成填最少分数。", 8.0),
        Column("zero_target", "目标为0时", Kind.CHOICE, "目标为 0 时算满分还是 0 分。", 10.0),
        Column("deduction", "每次扣分", Kind.NUMBER, "每次、每档或每天扣几分。", 9.0),
        Column("zero_at", "否决次数", Kind.NUMBER, "达到几次该项为 0 分（含本数）。", 9.0),
        Column("effect", "整表影响", Kind.CHOICE, "否决时对总分或等级的影响，可以不填。", 11.0),
        Column(
            "effect_grade", "封顶等级", Kind.TEXT, "整表影响为“等级封顶”时填最好能得的等级。", 10.0
        ),
        Column("basis", "比较依据", Kind.CHOICE, "阶梯、线性：和实际值比还是和完成率比。", 10.0),
        Column(
            "inclusive",
            "含界限",
            Kind.YES_NO,
            "刚好等于界限算达到写“是”（不填也算），不算写“否”。",
            8.0,
            usual=True,
        ),
        Column("below", "最低档以下", Kind.RATIO, "一档都没达到时的得分比例。", 10.0),
        Column("step", "级差", Kind.MEASURE, "阶梯扣分：每差多少扣一次。", 8.0),
        Column("started", "不足一级", Kind.CHOICE, "不足一级怎样算。", 10.0),
        Column("bound", "达标线", Kind.MEASURE, "达标制：固定的达标线；不填则和目标比。", 9.0),
        Column("measure", "计量方式", Kind.CHOICE, "按时完成：填迟交天数还是日期。", 10.0),
        Column(
            "definition",
            "指标定义/计算公式",
            Kind.LONG,
            "加减分项填评分标准。",
            34.0,
            longest=SENTENCE,
        ),
        Column(
            "way",
            "数据来源方式",
            Kind.TEXT,
            "系统抓取、手工统计、主观考核等。",
            12.0,
            True,
            path=("source", "way"),
            longest=LABEL,
        ),
        Column(
            "post",
            "数据来源岗位",
            Kind.TEXT,
            "由谁提供。",
            12.0,
            True,
            path=("source", "post"),
            longest=LABEL,
        ),
        Column(
            "source_form",
            "数据来源表单",
            Kind.TEXT,
            "",
            14.0,
            path=("source", "form"),
            longest=SENTENCE,
        ),
        Column(
            "due",
            "截止时间",
            Kind.TEXT,
            "如 次月3日前。",
            12.0,
            path=("source", "due"),
            longest=SENTENCE,
        ),
        Column("remark", "备注", Kind.LONG, "", 26.0, longest=SENTENCE),
        RESTORED,
    ),
    (
        Required(),
        Required(("weight",), Not(ADJUSTING)),
        *demanded_settings(),
        Required(("cap",), both(scored_by("percent"), FALLING), "cap_required", says=_without_cap),
        Required(
            ("effect_grade",),
            both(scored_by("veto"), CAPS_GRADE),
            "parameter_missing",
            says=lambda _: "整表影响为“等级封顶”时须填「封顶等级」",
        ),
        Cells(
            "unit_at",
            {key: Not(ADJUSTING) for key in ("section_id", "weight", "direction", "target")},
            COLUMNS,
        ),
        *setting_rules(),
        two_decimals(),
        Identifier(),
        Identifier("section_id"),
        SCHEME,
        misplaced(OF_COMPETENCY, "能力考核的内容写在“能力要素”表"),
        Unique(("owner", "id"), "duplicate_id", "指标编号"),
        Unique(("owner", "name"), "duplicate_name", "指标名称"),
        *SECTION_RULES,
        demand(
            "floor_above_cap",
            both(scored_by("percent"), floor_above_cap(Var("floor"), Var("cap"))),
            "最低比例高于封顶",
            "floor",
        ),
        demand(
            "unknown_grade",
            both(
                scored_by("veto"),
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
                scored_by("linear"), some(Var("own_steps")), Not(equal(Var("own_steps"), number(2)))
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
            for method, most in MOST_ROWS.items()
        ),
        demand(
            "band_all_zero",
            both(
                scored_by("judgement"),
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
            both(scored_by("steps", "linear"), below_too_high(Var("below"), Var("least"))),
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
            both(scored_by("veto"), IsEmpty(Var("effect")), filled("effect_grade")),
            "没有填整表影响，封顶等级没有用上",
            "effect_grade",
            notice=True,
            says=lambda _: "没有填整表影响，封顶等级没有用上",
        ),
        *(
            Unused((column,), both(Not(scored_by(*users_of(column))), KNOWN_METHOD), called)
            for column in sorted(COLUMNS)
        ),
        Unused(UNWEIGHTED, ADJUSTING, called),
    ),
    (
        *OWNER,
        Computed("weighed", If(either(ADJUSTING, Not(OF_KPI)), NOTHING, text("owner"))),
        lacks("weight"),
        Computed("bonus", If(both(scored_by("bonus"), is_number("cap")), Var("cap"), number(0))),
        *SECTION_COLUMNS,
        Computed(
            "unit_at",
            If(ADJUSTING, unit_place(Unit.POINT), unit_at()),
        ),
        Computed(
            "step_at",
            If(
                equal(text("unit"), Text(FACTS[Unit.DATE].label)),
                unit_place(Unit.DAY),
                Var("unit_at"),
            ),
        ),
        Computed("rising", If(bounds_rise(FALLING, word("basis", COMPLETION)), Text("1"), NOTHING)),
        Computed(
            "falls", If(both(scored_by("linear"), Not(word("basis", ACTUAL))), Text("1"), NOTHING)
        ),
        Computed(
            "scale_at",
            cases(
                (
                    (
                        scored_by("judgement"),
                        unit_place(Unit.NUMBER),
                    ),
                    (
                        either(
                            both(scored_by("steps"), word("basis", COMPLETION)),
                            both(scored_by("linear"), Not(word("basis", ACTUAL))),
                        ),
                        unit_place(Unit.PERCENT),
                    ),
                ),
                Var("unit_at"),
            ),
        ),
        Computed(
            "steps_kind",
            cases(
                tuple(
                    (scored_by(method), Text(STEP_WORDS[kind]))
                    for method, kind in STEP_KINDS.items()
                ),
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
        *orphans(Not(OF_KPI)),
    ),
)
