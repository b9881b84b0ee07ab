"""绩效总结 (FORMS B): what HR gets per employee, all sources side by side, for nobody else.

Two sheets: 绩效总结 with means, result and chart, 评分明细 with the ratings.  What the employee and
the superior may see is in a workbook of its own (``competency_feedback``), and told here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from xladdin.books import identity
from xladdin.books.appraisal import head
from xladdin.domain.competency import ANONYMOUS, SOURCE_LABELS, CompetencyScheme, Source
from xladdin.domain.people import Employee, Period
from xladdin.formula.evaluate import Value
from xladdin.layout.cells import Book, Properties
from xladdin.scoring import competency_model as keys
from xladdin.scoring.disclosure import INCOMPLETE, Shown

from .competency_overview import FEEDBACK, FOR_HR, overview_sheet
from .competency_ratings import ratings_sheet, repeated, who

FORM = "competency"
TITLE = "绩效总结"
UPDATE = "反馈单是另外的文件，按生成时的评分写成：评分改了就重新生成；收齐以后再发，只发一次。"
BEWARE = "另外写明等级或发放奖励，可能使人推算出匿名评分，最好先补足评价人。"
NO_FEEDBACK = "还没有评分，没有生成反馈单；收回评分表（或用 --ratings 给出评分）以后重新生成。"
LEAST_ROWS = {source: 3 if source in ANONYMOUS else 1 for source in Source}
"""Rows per source at least, so that HR can add a rating that came in otherwise."""


@dataclass(frozen=True, slots=True)
class RatingRow:
    """One rater's row: the source, what HR sees of the rater, and the ratings by element."""

    source: Source
    label: str
    ratings: Mapping[str, str]


def rows_for(scheme: CompetencyScheme, sources: Sequence[Source]) -> tuple[Source, ...]:
    """The sources of the rows of a workbook for raters of these sources, in the form's order."""
    found: list[Source] = []
    for source in scheme.sources:
        found += [source] * max(LEAST_ROWS[source], list(sources).count(source))
    return tuple(found)


def book(scheme: CompetencyScheme, rows: tuple[Source, ...]) -> Book:
    """The blueprint of a summary whose ratings stand in these rows."""
    origin = identity.Origin(FORM, scheme.id, scheme.fingerprint(), rows)
    sheets = (
        overview_sheet(scheme),
        ratings_sheet(scheme, rows),
        identity.identity_sheet(origin),
    )
    properties = Properties(title=TITLE, subject=scheme.name)
    return Book(sheets, keys.competency_model(scheme, rows) | repeated(scheme, rows), properties)


def values(
    scheme: CompetencyScheme,
    employee: Employee,
    period: Period,
    rows: tuple[Source, ...],
    given: Sequence[RatingRow],
    shown: Shown | None = None,
) -> dict[str, Value]:
    """The slots of one summary; ``shown`` is what the 反馈单 made with it says, if there is one."""
    found = head.values(employee, period, f"{period.label}{TITLE}{FOR_HR}")
    found |= {identity.EMPLOYEE: employee.id, identity.PERIOD: str(period)}
    found |= ratings(scheme, rows, given)
    found[FEEDBACK] = f"{_told(scheme, shown)}\n{UPDATE}" if shown else NO_FEEDBACK
    for number, row in enumerate(_placed(rows, given), start=1):
        found[who(number)] = row.label if row else SOURCE_LABELS[rows[number - 1]]
    return found


def ratings(
    scheme: CompetencyScheme, rows: tuple[Source, ...], given: Sequence[RatingRow]
) -> dict[str, Value]:
    """The ratings by key; each rater takes the next row of its source."""
    found: dict[str, Value] = {}
    for number, row in enumerate(_placed(rows, given), start=1):
        if row:
            found |= _ratings(scheme, number, row)
    return found


def _placed(rows: tuple[Source, ...], given: Sequence[RatingRow]) -> Iterator[RatingRow | None]:
    waiting = {source: [row for row in given if row.source is source] for source in Source}
    for source in rows:
        yield waiting[source].pop(0) if waiting[source] else None


def _told(scheme: CompetencyScheme, shown: Shown) -> str:
    """What the 反馈单 keeps back, and why; HR may see both."""
    names = {element.id: element.name for element in scheme.elements}
    levels = [(names[id_], level) for id_, level in shown.levels.items()]
    open_ = "、".join(name for name, level in levels if level == INCOMPLETE)
    few = "；".join(_few(names, shown, source) for source in Source if source in _sources(shown))
    new = "；".join(_held_back(names, shown))
    vague = "、".join(
        name for name, level in [*levels, ("综合等级", shown.level)] if _vague(scheme, level)
    )
    sentences = (
        f"还没有结果的：{open_}。" if open_ else "",
        f"人数不足、不显示评分的：{few}。" if few else "",
        f"评价人与以前反馈时不同，反馈单没有用到的评分：{new}。" if new else "",
        f"为不透露个人评分，只写范围或不写的：{vague}；{BEWARE}" if vague else "",
    )
    return "".join(sentences) or "各项等级都已写明。"


def _sources(shown: Shown) -> set[Source]:
    return {group.source for group in shown.few}


def _few(names: Mapping[str, str], shown: Shown, source: Source) -> str:
    found = [
        f"{names[group.element]} {group.count} 人" for group in shown.few if group.source is source
    ]
    return f"{SOURCE_LABELS[source]} {'、'.join(found)}"


def _held_back(names: Mapping[str, str], shown: Shown) -> Iterator[str]:
    for source in Source:
        found = [
            f"{names[element]} {len(split.held_back)} 人"
            for (other, element), split in shown.splits.items()
            if other is source and split.held_back
        ]
        if found:
            yield f"{SOURCE_LABELS[source]} {'、'.join(found)}"


def _vague(scheme: CompetencyScheme, level: str) -> bool:
    return level != INCOMPLETE and level not in [known.name for known in scheme.levels]


def _ratings(scheme: CompetencyScheme, number: int, row: RatingRow) -> dict[str, Value]:
    stars = row.source is Source.CUSTOMER
    return {
        # What was refused stands there as it was written, and counts as missing.
        keys.rating(number, element.id): Decimal(level) if stars and level.isdecimal() else level
        for element in scheme.elements_of(row.source)
        if (level := row.ratings.get(element.id))
    }
