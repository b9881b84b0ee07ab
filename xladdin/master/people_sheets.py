"""Sheet of the master workbook: targets, actuals and self-ratings; what sheets about people share."""

from __future__ import annotations

from collections.abc import Callable

from xladdin.domain.quantities import plain
from xladdin.domain.sizes import SENTENCE
from xladdin.formula.nodes import (
    CellOf,
    Compare,
    Digits,
    Expr,
    FirstMatch,
    If,
    IsEmpty,
    Not,
    PlaceWhere,
    Range,
    Rel,
    Related,
    Round,
    Text,
    Var,
    add,
    cases,
    mul,
    number,
)
from xladdin.intake.text import shown

from .cell_demands import Cells, said_in
from .cell_kinds import Kind
from .constraints import Demand, Required, demand
from .former_staff import GONE, listed_employee
from .month_progress import opening
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
    repeats,
    same,
    some,
    text,
    told,
    with_row,
)
from .setting_columns import STEP_KINDS
from .sheet_spec import Case, Column, Computed, SheetSpec
from .source_progress import SOURCE_OF_ROW

STATES = {state: state for state in ("暂定", "最终")}


def _misnamed(case: Case, key: str, at: str) -> str:
    id_, name = (case.there("roster", at, one) for one in ("id", "name"))
    said = case.said(key)[:30]
    return f"姓名写的是「{said}」，名册里工号 {id_} 是「{name}」，按工号读"


def misnamed(key: str, at: str) -> Demand:
    """The name beside an employee's id is not the one in the roster."""
    other = Not(equal(text(key), cell("roster.label", at)))
    wrong = both(filled(key), some(Var(at)), other)
    sentence = told("姓名与工号不符，名册里是", cell("roster.label", at))
    return demand(
        "name_mismatch",
        wrong,
        sentence,
        key,
        notice=True,
        says=lambda case: _misnamed(case, key, at),
    )


def nobody(what: str, key: str) -> Callable[[Case], str]:
    """What is said of an id that the roster does not have."""
    return lambda case: f"名册里没有{what}「{case.said(key)[:40]}」"


ALL_RISE = equal(CellOf(Range("lists.rising"), number(1)), Text("1"))
"""The rows are in their usual order: then none stands twice, and nothing need be looked up."""
UNREADY = either(IsEmpty(Var("period")), none(Var("employee_at")), none(Var("item")))


LEAST, MOST = (figure(f"indicators.{end}_points", "item") for end in ("least", "most"))


def _beyond() -> Expr:
    """Points outside those that the row's adjustment takes; other rows have no such limits."""
    off = either(Compare(Rel.LT, Var("actual"), LEAST), Compare(Rel.GT, Var("actual"), MOST))
    limited = If(is_number("actual"), Compare(Rel.LT, LEAST, MOST), NEVER)
    return If(limited, off, NEVER)


SELF_RATED = equal(text("self_rated"), Text("1"))
BANDS_WORD = STEP_KINDS["bands"].word


def _between(key: str) -> Expr:
    """Points that a person picked outside every band of the row's indicator."""
    holding = (
        same("steps.mine", "judged"),
        Related(Range("steps.low"), Rel.LE, Var(key)),
        Related(Range("steps.high"), Rel.GE, Var(key)),
    )
    return If(both(filled("judged"), is_number(key)), none(PlaceWhere(holding)), NEVER)


def _outside_of(key: str) -> Callable[[Case], str]:
    return lambda case: _outside(case, key)


def _outside(case: Case, key: str) -> str:
    whose = case.computed("steps.mine")
    lows, highs = (case.entries(f"steps.{key}") for key in ("low", "high"))
    ends = [
        low if low == high else f"{low}-{high}"
        for mine, low, high in zip(whose, lows, highs, strict=False)
        if mine == case.value(text("judged"))
    ]
    bands = f" {'、'.join(ends)} " if ends else ""
    return f"「{case.said('indicator')}」填了 {case.said(key)}，不在评分档{bands}之内"


def _second(case: Case) -> str:
    place = case.value(FirstMatch(text("line"), Range("figures.line")))
    at = case.place("figures", place, "indicator", whole=True)
    return f"同一人、同一指标、同一月份写了两次，前面已有：{at}"


def _unknown_item(case: Case) -> str:
    name = case.there("roster", "employee_at", "name")
    return f"{name}的考核方案里没有指标{shown(case.said('indicator'))}"


def _no_scheme(case: Case) -> str:
    name, post = (case.there("roster", "employee_at", key) for key in ("name", "position"))
    if case.value(cell("roster.exempt", "employee_at")):
        return f"{name}的岗位「{post}」写了无需考核，这一行没有用上"
    return f"{name}（岗位「{post}」）没有考核方案，这一行没有用上"


FIGURES = SheetSpec(
    "figures",
    "月度目标与实际",
    "每人每月每个指标一行；也可以用导入命令从系统导出的表填入。百分比写成 65%。",
    (
        Column(
            "period",
            "考核月份",
            Kind.PERIOD,
            "如 2026-11；往下拖会得到 2026-13，跨年请自己写 2027-01。",
            19.0,
            True,
            ("月份", "期间"),
        ),
        Column(
            "employee",
            "工号",
            Kind.KEY,
            "从名册中选择。",
            11.0,
            True,
            ("员工编号",),  # glossary: a head of older masters
            refers="roster.id",
        ),
        Column("name", "姓名", Kind.TEXT, "可以不填，填了会核对。", 11.0, person=True),
        Column(
            "indicator",
            "指标",
            Kind.TEXT,
            "指标名称或编号，须属于这个员工的方案。",
            20.0,
            True,
            ("指标名称",),
        ),
        Column("target", "目标值", Kind.MEASURE, "没有目标的不填。", 12.0, False, ("目标",)),
        Column(
            "actual",
            "实际值",
            Kind.MEASURE,
            "还没有的不填，不要写 0。",
            12.0,
            True,
            ("实际", "实际达成", "上级评", "上级评分"),
        ),
        Column(
            "self_rating",
            "自评",
            Kind.MEASURE,
            "本人给自己打的分；方案填了自评权重、指标是主观评分的才填，上级打的分填在实际值。",
            9.0,
            False,
            ("自评分", "自评分数", "自我评分", "员工自评", "本人自评"),
        ),
        Column(
            "remark",
            "备注",
            Kind.LONG,
            "加减分写明事由。",
            30.0,
            False,
            ("说明",),
            longest=SENTENCE,
        ),
        Column(
            "state",
            "数据状态",
            Kind.CHOICE,
            "暂定：月末后还会变；最终：已定。",
            10.0,
            words=STATES,
        ),
        Column("origin", "数据出处", Kind.TEXT, "从哪个文件导入，自动填写。", 24.0),
    ),
    (
        Required(dashes=False),
        Cells("unit_at", {"self_rating": SELF_RATED}),
        *listed_employee(nobody("工号", "employee")),
        demand(
            "no_scheme",
            both(
                some(Var("employee_at")),
                IsEmpty(Var("used")),
                equal(cell("roster.lost", "employee_at"), NOTHING),
            ),
            "该员工没有适用的考核方案",
            "employee",
            says=_no_scheme,
        ),
        demand(
            "unknown_indicator",
            If(
                both(filled("indicator"), filled("used"), none(Var("item"))),
                both(
                    *(
                        none(first(f"indicators.orphan_{key}", "indicator"))
                        for key in ("id", "name")
                    )
                ),
                NEVER,
            ),
            told("该员工的方案中没有“", text("indicator"), "”"),
            "indicator",
            says=_unknown_item,
        ),
        demand(
            "duplicate_actual",
            If(ALL_RISE, NEVER, repeats("line", "figures")),
            with_row("与第", FirstMatch(text("line"), Range("figures.line"))),
            "indicator",
            says=_second,
        ),
        demand(
            "points_beyond",
            If(some(Var("item")), _beyond(), NEVER),
            told("应在 ", Round(LEAST, 2), " 至 ", Round(MOST, 2), " 之间"),
            "actual",
            says=lambda case: (
                f"「{case.said('indicator')}」填了 {case.said('actual')}，"
                f"应在 {plain(case.value(LEAST))} 至 {plain(case.value(MOST))} 之间"
            ),
        ),
        demand(
            "points_beyond",
            _between("actual"),
            "不在评分档之内",
            "actual",
            says=_outside_of("actual"),
        ),
        demand(
            "points_beyond",
            If(SELF_RATED, _between("self_rating"), NEVER),
            "自评不在评分档之内",
            "self_rating",
            says=_outside_of("self_rating"),
        ),
        demand(
            "unused_value",
            both(some(Var("item")), said_in("self_rating"), Not(SELF_RATED)),
            "这个指标没有自评，填的没有用上",
            "self_rating",
            notice=True,
            says=lambda case: f"「{case.said('indicator')}」没有自评，填的自评没有用上",
        ),
        misnamed("name", "employee_at"),
    ),
    (
        Computed("period_digits", Digits(Var("period"))),
        GONE,
        Computed("used", cell("roster.used", "employee_at")),
        Computed(
            "item",
            If(
                IsEmpty(Var("used")),
                number(0),
                cases(
                    (
                        (
                            some(first("indicators.once_id", "used", "indicator")),
                            first("indicators.once_id", "used", "indicator"),
                        ),
                    ),
                    first("indicators.once_name", "used", "indicator"),
                ),
            ),
        ),
        Computed("unit_at", If(none(Var("item")), number(0), figure("indicators.unit_at", "item"))),
        SOURCE_OF_ROW,
        Computed("self_rated", cell("indicators.self_rated", "item")),
        Computed(
            "judged",
            If(
                equal(cell("indicators.steps_kind", "item"), Text(BANDS_WORD)),
                If(
                    some(figure("indicators.own_steps", "item")),
                    cell("indicators.once_id", "item"),
                    NOTHING,
                ),
                NOTHING,
            ),
        ),
        Computed(
            "code",
            If(
                UNREADY,
                NOTHING,
                add(
                    mul(Var("period_digits"), number(10**9)),
                    add(mul(Var("employee_at"), number(10**4)), Var("item")),
                ),
            ),
        ),
        Computed(
            "line",
            If(
                either(ALL_RISE, UNREADY),
                NOTHING,
                told(text("period"), "|", Var("employee_at"), "|", Var("item")),
            ),
        ),
        *opening(ALL_RISE, UNREADY),
    ),
    later=("actual",),
)
