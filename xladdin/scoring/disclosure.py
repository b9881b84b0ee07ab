"""What of an appraisal the person rated and the superior may see: never what one rater gave.

Colleagues, subordinates and customers are promised that nobody outside HR learns their ratings.  So everything
that is shown is worked out from what may be known of each group of raters on each element:

- of fewer raters than the scheme asks for, nothing: their mean may be anything that it can be;
- of enough raters, their mean; but where only a group of one mind has that mean, it is not told
  from one in which one rater gave the next lower level (the lowest: the next higher).

Why no rating can be worked out, whatever the weights, the bounds, the superior's and the
employee's own ratings, and however much of these the reader knows: all that is shown depends on
the ratings by way of these groups' classes alone, so whatever the reader combines, every rating of
every class that occurs remains possible; and in each class each rater may have given at least two
levels, since it holds a group that is not of one mind, and nobody knows who of it gave what.  Where
a class leaves more than one level possible, a range is shown.

What was shown in other months is known too: raters are told in cohorts (``scoring.cohorts``), each
by its class, and those who are held back may have given anything.
``tests/scoring/test_disclosure.py`` tries it out over all ratings of small groups, and
``tests/scoring/test_successive.py`` over months in which raters come, go and change their minds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from xladdin.domain.competency import ANONYMOUS, CompetencyScheme, Element, Source
from xladdin.domain.rule_terms import SCORE_DIGITS
from xladdin.formula.evaluate import Value, evaluate, rounded, snap, solve
from xladdin.formula.nodes import Blank, Rounding, Var

from . import competency_model as keys
from .cohorts import Raters, Split, split

Place = tuple[Source, str]
"""A source, and an element that it rates."""
TOO_FEW, VEILED, INCOMPLETE = "人数不足，不显示", "不显示", "评分未齐"
CHANGED = "评价人有变动，不显示"
ANNOUNCED = "以公司通知为准"
"""Instead of a reward that would tell the level."""
NOBODY = "无评分"


@dataclass(frozen=True, slots=True)
class Span:
    """How far a group's mean on an element may be known: it lies between these, in points."""

    low: Decimal
    high: Decimal


@dataclass(frozen=True, slots=True)
class Group:
    """The raters of one source on one element, and what their ratings are worth."""

    source: Source
    element: str
    mean: Decimal
    """In points, rounded."""
    points: Mapping[str, Decimal]
    """By rater."""

    @property
    def count(self) -> int:
        """How many rated it."""
        return len(self.points)

    @property
    def place(self) -> Place:
        return self.source, self.element


@dataclass(frozen=True, slots=True)
class Shown:
    """All that may be shown, in words."""

    means: Mapping[Place, str]
    """By source and element, of the employee and the anonymous sources that rate it."""
    levels: Mapping[str, str]
    level: str
    reward: str
    few: tuple[Group, ...] = ()
    """Anonymous groups that are too small for anything to be shown of them; for HR alone."""
    splits: Mapping[Place, Split] = field(default_factory=dict)
    """Of the other anonymous groups, who is told and who is held back; for HR alone."""

    @property
    def has_results(self) -> bool:
        """Whether there is a result to be told, of one element at least."""
        return any(level != INCOMPLETE for level in self.levels.values())


def disclosed(
    scheme: CompetencyScheme,
    rows: Sequence[Source],
    ratings: Mapping[str, Value],
    insiders: frozenset[Source] = frozenset(),
    who: Sequence[str] = (),
    before: Mapping[Place, Sequence[Raters]] | None = None,
) -> Shown:
    """What may be shown of ratings by key (see ``competency.rating``).

    ``insiders`` are anonymous sources among whose raters is somebody who will read this: a
    superior who is asked as a colleague too.  Of these nothing is shown, as of too few.  ``who``
    are the raters of the rows, and ``before`` of which of them something was shown at each of the
    other times; without either, this is taken for the first time.
    """
    values = solve(keys.means_model(scheme, rows), ratings)
    names = who or [str(row) for row in range(len(rows))]
    groups = _groups(scheme, rows, values, names)
    few = tuple(group for group in groups if _too_few(scheme, group, insiders))
    splits = {
        group.place: split(
            Raters(group.points), (before or {}).get(group.place, ()), scheme.least_peers
        )
        for group in groups
        if group.source in ANONYMOUS and group not in few
    }
    nothing = Split((), Raters())
    spans = {
        group.place: _span(scheme, group, splits.get(group.place, nothing)) for group in groups
    }
    # A rating that was refused leaves its element open, here as in HR's summary.
    lacking = keys.refused_elements(scheme, rows, ratings, values)
    model = keys.outcome_model(scheme) | {keys.result(each): Blank() for each in lacking}
    low = _outcome(model, {place: span.low for place, span in spans.items()})
    high = _outcome(model, {place: span.high for place, span in spans.items()})
    hidden = {group.place: TOO_FEW for group in few}
    hidden |= {place: CHANGED for place, parts in splits.items() if not parts.cohorts}

    def between(key: str) -> str:
        return _range(scheme, low[key], high[key])

    return Shown(
        {
            (source, element.id): hidden.get((source, element.id))
            or _word(scheme, source, spans.get((source, element.id)))
            for element in scheme.elements
            for source in (Source.SELF, *sorted(ANONYMOUS))
            if element.rated_by(source)
        },
        {element.id: between(keys.result_level(element.id)) for element in scheme.elements},
        between(keys.LEVEL),
        _reward(scheme, low[keys.LEVEL], high[keys.LEVEL]),
        few,
        splits,
    )


def _groups(
    scheme: CompetencyScheme,
    rows: Sequence[Source],
    values: Mapping[str, Value],
    names: Sequence[str],
) -> list[Group]:
    """Every source that rated an element."""
    return [
        Group(source, element.id, mean, _points(element, rows, source, values, names))
        for element in scheme.elements
        for source in scheme.columns
        if isinstance(mean := values[keys.mean(source, element.id)], Decimal)
    ]


def _points(
    element: Element,
    rows: Sequence[Source],
    source: Source,
    values: Mapping[str, Value],
    names: Sequence[str],
) -> dict[str, Decimal]:
    return {
        names[row - 1]: value
        for row, other in enumerate(rows, start=1)
        if other is source and isinstance(value := values[keys.point(row, element.id)], Decimal)
    }


def _too_few(scheme: CompetencyScheme, group: Group, insiders: frozenset[Source]) -> bool:
    small = group.count < scheme.least_peers or group.source in insiders
    return group.source in ANONYMOUS and small


def _span(scheme: CompetencyScheme, group: Group, parts: Split) -> Span:
    """What may be known of a group's mean: its cohorts' classes, and of the others nothing."""
    if group.source not in ANONYMOUS:
        return Span(group.mean, group.mean)
    possible = _possible(scheme, group.source)
    lows, highs = Decimal(0), Decimal(0)
    for cohort in parts.cohorts:
        low, high = _class(possible, [group.points[who] for who in cohort])
        lows, highs = lows + low * len(cohort), highs + high * len(cohort)
    others = group.count - len(parts.told)
    lows, highs = lows + possible[0] * others, highs + possible[-1] * others
    return Span(_rounded(lows / group.count), _rounded(highs / group.count))


def _class(possible: list[Decimal], given: Sequence[Decimal]) -> tuple[Decimal, Decimal]:
    """The least and the greatest of the means that are not told apart from theirs."""
    own = sum(given, Decimal(0)) / len(given)
    if len(possible) > 1:
        for alike in _indistinct(possible, len(given)):
            if _rounded(own) in alike:
                return min(alike.values()), max(alike.values())
    return own, own


def _possible(scheme: CompetencyScheme, source: Source) -> list[Decimal]:
    """What a rating of a source can be worth, from the least on."""
    if source is Source.CUSTOMER:
        return sorted({scheme.points_of(name) for name in scheme.stars})
    return sorted(level.points for level in scheme.levels)


def _indistinct(points: list[Decimal], count: int) -> list[dict[Decimal, Decimal]]:
    """The means that are not told apart: all gave one level, and one of them the next.

    As they are rounded -> as they are.
    """
    classes: list[dict[Decimal, Decimal]] = []
    for i, own in enumerate(points):
        if _balanced(points, i, count):
            continue
        other = points[i - 1] if i else points[1]
        alike = {_rounded(mean): mean for mean in (own, (own * (count - 1) + other) / count)}
        touching = [known for known in classes if known.keys() & alike.keys()]
        classes = [known for known in classes if known not in touching]
        for known in touching:
            alike |= known
        classes.append(alike)
    return classes


def _balanced(points: list[Decimal], i: int, count: int) -> bool:
    """Whether some who gave more and some who gave less also have the mean of ``points[i]``."""
    return any(
        up * (high - points[i]) == down * (points[i] - low)
        for low in points[:i]
        for high in points[i + 1 :]
        for up in range(1, count)
        for down in range(1, count - up + 1)
    )


def _rounded(points: Decimal) -> Decimal:
    return rounded(snap(points), SCORE_DIGITS, Rounding.HALF_UP)


def _outcome(model: keys.Model, means: Mapping[tuple[Source, str], Decimal]) -> dict[str, Value]:
    """Results and levels, were these the means."""
    given = {keys.mean(source, element): value for (source, element), value in means.items()}
    return solve(model, given)


def _word(scheme: CompetencyScheme, source: Source, span: Span | None) -> str:
    """A mean as the level that it earns; the employee's own rating as the level that was given."""
    if span is None:
        return NOBODY
    if source is Source.SELF:
        given = [level.name for level in scheme.levels if _rounded(level.points) == span.low]
        if given:
            return given[0]
    score = Var("score")
    low, high = (
        evaluate(keys.level_of(scheme, score), {score.name: value})
        for value in (span.low, span.high)
    )
    return _range(scheme, low, high)


def _range(scheme: CompetencyScheme, low: Value, high: Value) -> str:
    """Two levels and all between them, in a word; 以上 and 以下 include the level named."""
    names: list[Value] = [level.name for level in scheme.levels]
    if low not in names or high not in names:
        return INCOMPLETE
    best, worst = names.index(high), names.index(low)
    last = len(names) - 1
    if best == worst:
        return str(low)
    if (best, worst) == (0, last):
        return VEILED
    if best == 0:
        return f"{low}以上"
    return f"{high}以下" if worst == last else f"{low}至{high}"


def _reward(scheme: CompetencyScheme, low: Value, high: Value) -> str:
    names: list[Value] = [level.name for level in scheme.levels]
    if low not in names or high not in names:
        return ""
    possible = scheme.levels[names.index(high) : names.index(low) + 1]
    rewards = {level.reward for level in possible}
    return rewards.pop() if len(rewards) == 1 else ANNOUNCED
