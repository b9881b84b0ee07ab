"""Whose figures are still missing, on the first sheet: by the post that the indicators name as their source.

A post is told as long as rows of it wait, in whichever month; beside it, who delivers for it where
the settings say so, and how many figures each of the months shown above lacks.
"""

from __future__ import annotations

from collections.abc import Iterator

from xladdin.company.company_settings import DELIVERER
from xladdin.formula.nodes import (
    CellOf,
    Compare,
    CountWhere,
    Expr,
    Filled,
    FirstMatch,
    If,
    IsEmpty,
    Join,
    NthFilled,
    Range,
    Rel,
    Same,
    Text,
    Var,
    number,
    sub,
)
from xladdin.layout.tables.table import NUMBER

from . import month_progress
from .check_column import STANDING, WAITING
from .row_questions import NOTHING, cell, equal, filled, some, text, told
from .sheet_spec import Computed

SOURCES = 4
"""So many posts are shown; how many more there are is told."""
HEADING = "source_heading"
"""The head of the lines: that something lacks, that nothing does, or how many find no room."""

SOURCE_OF_ROW = Computed("source", cell("indicators.post", "item"))
"""Of a row of figures: the post that its figure comes from."""
_WAITS = Same(Range(f"figures.{STANDING}"), Text(WAITING))
_POSTS = Range("indicators.source_waits")


def _count(*more: Same) -> Expr:
    return CountWhere((*more, _WAITS))


def source_columns() -> tuple[Computed, ...]:
    """Columns of the indicators: each post where it comes first, and there only while rows wait for it."""
    first = equal(FirstMatch(text("post"), Range("indicators.post")), Var(NUMBER))
    waiting = _count(Same(Range("figures.source"), text("source_opens")))
    some_wait = Compare(Rel.GT, waiting, number(0))
    return (
        Computed("delivered_as", If(filled("post"), told(DELIVERER, text("post")), NOTHING)),
        Computed("source_opens", If(filled("post"), If(first, text("post"), NOTHING), NOTHING)),
        Computed(
            "source_waits",
            If(filled("source_opens"), If(some_wait, text("source_opens"), NOTHING), NOTHING),
        ),
    )


def keys(n: int) -> dict[str, str]:
    """What the cells of the n-th post are called."""
    return {what: f"source_{what}.{n}" for what in ("name", "told", "waiting")}


def model() -> dict[str, Expr]:
    """The cells of all posts, and how many find no room."""
    found = {key: expr for n in range(1, SOURCES + 1) for key, expr in _source(n)}
    count = CountWhere((Filled(_POSTS),))
    beyond = Compare(Rel.GT, count, number(SOURCES))
    said = told("还缺谁的数（另有 ", sub(count, number(SOURCES)), " 个岗位没有列出）")
    nothing = equal(count, number(0))
    some_lack = Text("还缺谁的数")
    found[HEADING] = If(beyond, said, If(nothing, Text("没有缺的数"), some_lack))
    return found


def _source(n: int) -> Iterator[tuple[str, Expr]]:
    named = keys(n)
    there = Compare(Rel.GE, CountWhere((Filled(_POSTS),)), number(n))
    yield named["name"], If(there, NthFilled(_POSTS, number(n)), NOTHING)
    name = Var(named["name"], text=True)
    own = Same(Range("figures.source"), name)
    nothing = IsEmpty(Var(named["name"]))
    place = FirstMatch(told(DELIVERER, name), Range("settings.setting"))
    who = CellOf(Range("settings.value"), place)
    by = If(some(place), If(equal(who, NOTHING), NOTHING, told("由", who, "报，")), NOTHING)
    months = (_month(own, m) for m in range(1, month_progress.MONTHS + 1))
    yield named["told"], If(nothing, NOTHING, Join((by, *months)))
    yield named["waiting"], If(nothing, NOTHING, _count(own))


def _month(own: Same, m: int) -> Expr:
    """``2026-12 缺 14 个 ``, where a month lacks any."""
    month = Var(month_progress.keys(m)["name"], text=True)
    lacking = _count(own, Same(Range("figures.period"), month))
    said = told(month, " 缺 ", lacking, " 个　")
    unnamed = IsEmpty(Var(month_progress.keys(m)["name"]))
    return If(unnamed, NOTHING, If(Compare(Rel.GT, lacking, number(0)), said, NOTHING))
