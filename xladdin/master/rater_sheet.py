"""Sheet of the master workbook: who rates whom."""

from __future__ import annotations

from collections.abc import Callable

from xladdin.domain.competency import SOURCE_LABELS, Source
from xladdin.domain.sizes import LABEL
from xladdin.formula.nodes import (
    Expr,
    FirstMatch,
    If,
    IsEmpty,
    Not,
    Range,
    Var,
    cases,
    number,
)
from xladdin.intake.raters import SOURCE_WORDS
from xladdin.intake.text import name_key

from .cell_demands import Cells
from .cell_kinds import Kind
from .constraints import Demand, Refers, Required, demand
from .people_sheets import misnamed, nobody
from .row_questions import (
    both,
    cell,
    either,
    equal,
    filled,
    first,
    key_of,
    none,
    repeats,
    some,
    text,
    told,
    with_row,
    word,
)
from .sheet_spec import Case, Column, Computed, SheetSpec

SOURCES = {source.value: label for source, label in SOURCE_LABELS.items()}
SELF, CUSTOMER = SOURCE_LABELS[Source.SELF], SOURCE_LABELS[Source.CUSTOMER]
COLLEAGUE = word("source", *(said for said in SOURCES.values() if said not in (SELF, CUSTOMER)))
HIMSELF = equal(Var("rater_at"), Var("ratee_at"))
BY_NAME = IsEmpty(Var("rater_id"))
OWN_NAME = either(IsEmpty(Var("rater")), equal(text("rater"), cell("roster.label", "ratee_at")))


def _by_self(
    code: str, when: Expr, sentence: str, says: Callable[[Case], str]
) -> tuple[Demand, ...]:
    """A rule about who the rater is, at the id or, without one, at the name."""
    return tuple(
        demand(code, both(when, some(Var("ratee_at")), given), sentence, key, says=says)
        for key, given in (("rater_id", some(Var("rater_id_at"))), ("rater", BY_NAME))
    )


def _ambiguous(case: Case) -> str:
    name = case.said("rater")
    count = sum(name_key(one) == name_key(name) for one in case.entries("roster.name"))
    return f"名册里有 {count} 位「{name}」，请填评价人工号"


def _again(case: Case) -> str:
    place = case.place(
        "raters", case.value(FirstMatch(text("once"), Range("raters.once"))), "rater", whole=True
    )
    return f"同一评价人对同一被评人写了两次，前面已有：{place}"


RATERS = SheetSpec(
    "raters",
    "评价人",
    "谁评谁。自评、主管评和下级评不写也会按名册自动加上；同事和客户每人一行。",
    (
        Column("ratee", "被评人工号", Kind.KEY, "从名册中选择。", 12.0, True, refers="roster.id"),
        Column("ratee_name", "被评人", Kind.TEXT, "可以不填。", 11.0, person=True),
        Column(
            "source",
            "评价身份",
            Kind.CHOICE,
            f"{'、'.join(SOURCES.values())}。",
            11.0,
            True,
            words=SOURCES,
            aliases={said: source.value for said, source in SOURCE_WORDS.items()},
            refusal=("unknown_source", f"不是评价身份，请写：{'、'.join(SOURCES.values())}"),
        ),
        Column(
            "rater",
            "评价人",
            Kind.TEXT,
            "评价人姓名；客户写称呼即可。",
            24.0,
            True,
            longest=LABEL,
            person=True,
        ),
        Column(
            "rater_id",
            "评价人工号",
            Kind.KEY,
            "同事、主管、下级填工号；客户不填。",
            12.0,
            refers="roster.id",
        ),
    ),
    (
        Required(but=("rater",)),
        Required(("rater",), both(BY_NAME, Not(word("source", SELF)))),
        Cells(),
        Refers("ratee", "roster", "unknown_employee", ("ref",), nobody("工号", "ratee")),
        Refers(
            "rater_id", "roster", "unknown_employee", ("ref",), nobody("评价人工号", "rater_id")
        ),
        demand(
            "ambiguous_rater",
            both(
                BY_NAME,
                either(COLLEAGUE, word("source", SELF)),
                some(first("roster.again", "rater")),
                none(Var("rater_at")),
            ),
            "名册里有几位同名，请填评价人工号",
            "rater",
            says=_ambiguous,
        ),
        *_by_self(
            "rates_self",
            both(COLLEAGUE, HIMSELF),
            "评价人不能是被评人自己",
            lambda case: f"{case.said('source')}的评价人不能是被评人自己",
        ),
        *_by_self(
            "not_self",
            both(word("source", SELF), Not(HIMSELF)),
            "自评的评价人应当是被评人自己",
            lambda _: "自评的评价人应当是被评人自己",
        ),
        demand(
            "duplicate_rater",
            repeats("once", "raters"),
            with_row("与第", FirstMatch(text("once"), Range("raters.once"))),
            "rater",
            says=_again,
        ),
        misnamed("ratee_name", "ratee_at"),
        misnamed("rater", "rater_id_at"),
        demand(
            "unknown_rater",
            both(BY_NAME, COLLEAGUE, filled("rater"), none(first("roster.label", "rater"))),
            told("名册里没有“", text("rater"), "”，也没有填工号"),
            "rater",
            notice=True,
            says=lambda case: f"名册里没有「{case.said('rater')[:40]}」，这个评价人也没有填工号",
        ),
    ),
    (
        Computed(
            "rater_at",
            cases(
                (
                    (filled("rater_id"), Var("rater_id_at")),
                    (Not(either(COLLEAGUE, word("source", SELF))), number(0)),
                    (both(word("source", SELF), OWN_NAME), Var("ratee_at")),
                ),
                first("roster.alias", "rater"),
            ),
        ),
        Computed("who", If(some(Var("rater_at")), cell("roster.ref", "rater_at"), text("rater"))),
        Computed("once", key_of("ratee", "source", "who")),
    ),
)
