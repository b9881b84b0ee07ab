"""Checks of the sheets about people: roster, raters, targets and actuals."""

from __future__ import annotations

from xladdin.formula.nodes import (
    AllOf,
    AnyOf,
    Compare,
    Expr,
    If,
    IsEmpty,
    Join,
    Rel,
    Text,
    Var,
    add,
    all_of,
    cases,
)
from xladdin.formula.ranges.nodes import (
    Differs,
    Either,
    Filled,
    FirstMatch,
    Lists,
    PickWhere,
    Range,
    Same,
)
from xladdin.intake.master.words import COMPETENCY
from xladdin.intake.master.words import word as word_of
from xladdin.layout.tables.table import HEAD_ROW, NUMBER

from .asking import (
    Computed,
    Rule,
    filled,
    none,
    repeated,
    same,
    started_or_empty,
    text,
    unknown,
    word,
)
from .watch import Watch

USED = "used"
"""The id of the scheme by which an employee is appraised."""
LINE = "line"
"""Month, employee and indicator of a figure, which no other figure may have."""
SCHEME_IDS = Range("schemes.id")
APPRAISING = Differs(Range("schemes.form"), Text(word_of("schemes", "form", COMPETENCY)))
"""Schemes that score indicators."""
NOTHING = Text("")


def _used() -> Expr:
    """The scheme that the roster names, else the position's, else one meant for everybody."""
    names = (Same(Range("schemes.name"), text("scheme")), Same(SCHEME_IDS, text("scheme")))
    positions = Range("schemes.positions")
    named = PickWhere(SCHEME_IDS, (APPRAISING, Either(names)))
    own = PickWhere(SCHEME_IDS, (APPRAISING, Lists(positions, text("position"))))
    general = PickWhere(SCHEME_IDS, (APPRAISING, Same(positions, NOTHING), Filled(SCHEME_IDS)))
    return cases(
        (
            (AnyOf((IsEmpty(Var("id")), IsEmpty(Var("position")))), NOTHING),
            (filled("scheme"), named),
            (Compare(Rel.EQ, own, NOTHING), general),
        ),
        own,
    )


def _used_name() -> Expr:
    name = PickWhere(Range("schemes.name"), same("schemes", id=USED))
    return started_or_empty("id", If(IsEmpty(Var(USED)), Text("无"), name))


ROSTER = Watch(
    computed=(
        Computed(USED, "检查：方案编号", _used(), 22.0, hidden=True),
        Computed("used_name", "检查：适用方案", _used_name(), 26.0),
    ),
    rules=(
        repeated("roster", "工号重复", "id"),
        unknown("position", "岗位", "positions.name"),
        unknown("scheme", "考核方案", "schemes.name", "schemes.id"),
    ),
)


def _misnamed(employee: str, name: str) -> Rule:
    """The name beside an employee's id is not the one in the roster."""
    wrong = none(*same("roster", id=employee, name=name))
    return Rule(all_of((filled(name), wrong)), Text("姓名与工号不符"), name)


OTHERS = word("source", *(word_of("raters", "source", one) for one in ("superior", "peer")))

RATERS = Watch(
    rules=(
        unknown("ratee", "员工名册", "roster.id"),
        unknown("rater_id", "员工名册", "roster.id"),
        _misnamed("ratee", "ratee_name"),
        Rule(
            AllOf((OTHERS, filled("rater_id"), Compare(Rel.EQ, text("rater_id"), text("ratee")))),
            Text("评价人不能是被评人自己"),
            "rater_id",
        ),
        repeated("raters", "与另一行重复", "ratee", "source", "rater", "rater_id"),
    )
)


def _line() -> Expr:
    parts = ("period", "employee", "indicator")
    joined = Join((text(parts[0]), Text("|"), text(parts[1]), Text("|"), text(parts[2])))
    return If(AnyOf(tuple(IsEmpty(Var(key)) for key in parts)), NOTHING, joined)


def _foreign() -> Rule:
    """The employee's scheme has no such indicator."""
    either = Either(
        tuple(Same(Range(f"indicators.{key}"), text("indicator")) for key in ("name", "id"))
    )
    wrong = none(*same("indicators", scheme=USED), either)
    told = Join((Text("该员工的方案中没有“"), text("indicator"), Text("”")))
    return Rule(all_of((filled("indicator"), filled(USED), wrong)), told, "indicator")


def _second() -> Rule:
    """An earlier row has the same month, employee and indicator."""
    first = FirstMatch(text(LINE), Range(f"figures.{LINE}"))
    told = Join((Text("与第"), add(first, Var(HEAD_ROW)), Text("行重复")))
    return Rule(Compare(Rel.LT, first, Var(NUMBER)), told)


FIGURES = Watch(
    computed=(
        Computed(
            USED,
            "检查：方案编号",
            started_or_empty(
                "employee", PickWhere(Range(f"roster.{USED}"), same("roster", id="employee"))
            ),
            22.0,
            hidden=True,
        ),
        Computed(LINE, "检查：行标识", _line(), 30.0, hidden=True),
    ),
    rules=(
        unknown("employee", "员工名册", "roster.id"),
        _misnamed("employee", "name"),
        Rule(IsEmpty(Var(USED)), Text("该员工没有适用的考核方案"), ""),
        _foreign(),
        _second(),
    ),
    later=("actual",),
)
