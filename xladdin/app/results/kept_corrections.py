"""What a ledger has of corrections after appeals, and results with them: scored again by the same tree."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal

from xladdin.app.generating.planning import named
from xladdin.company.appealing import Corrected, figure
from xladdin.company.kept_results import KeptForm, KeptResults
from xladdin.company.month_results import PersonResult
from xladdin.domain.people import Period
from xladdin.domain.quantities import Unit
from xladdin.domain.schemes import Scheme
from xladdin.formula.evaluate import Value, solve
from xladdin.ledger.records import Correction
from xladdin.ledger.store import Ledger
from xladdin.problems import Place, Problem, warning
from xladdin.scoring import keys
from xladdin.scoring.model import input_defaults, missing_items, score_model

Corrections = Mapping[tuple[str, Period], tuple[Corrected, ...]]
"""By employee's id and month."""


def corrections_of(ledger: Ledger) -> Corrections:
    """The corrections that count: of each figure the last, unless that one took it back."""
    found: dict[tuple[str, Period], tuple[Corrected, ...]] = {}
    for entry in ledger.read(Correction, superseded=False):
        one = entry.record
        if one.after is None:
            continue
        made = Corrected(
            one.item,
            one.label,
            Unit(one.unit),
            one.before,
            one.after,
            one.by,
            one.why,
            f"{entry.at.astimezone():%Y-%m-%d}",
        )
        key = (one.person, Period(one.period))
        found[key] = (*found.get(key, ()), made)
    return found


def corrected_values(
    scheme: Scheme, values: Mapping[str, Value], corrections: Iterable[Corrected]
) -> tuple[dict[str, Value], list[Corrected]]:
    """A form's values with these figures, and what of them fits the scheme.

    The points of every other item stay as they were kept, whatever the master says of it today.
    """
    inputs = {key: values.get(key, default) for key, default in input_defaults(scheme).items()}
    used = [one for one in corrections if one.item in inputs]
    if not used:
        return dict(values), []
    inputs |= {one.item: one.after for one in used}
    again = {points_key(scheme, one.item) for one in used}
    model = score_model(scheme)
    held = {
        key: values[key]
        for key in _points(scheme)
        if key not in again and isinstance(values.get(key), Decimal)
    }
    rest = {key: tree for key, tree in model.items() if key not in held}
    return {**values, **inputs, **held, **solve(rest, {**inputs, **held})}, used


def _points(scheme: Scheme) -> list[str]:
    return [
        *(keys.score(item.id) for item in scheme.indicators),
        *(keys.counted(item.id) for item in scheme.adjustments),
    ]


def points_key(scheme: Scheme, item: str) -> str:
    """The points that come of a figure."""
    pairs = {keys.actual(it.id): keys.score(it.id) for it in scheme.indicators}
    pairs |= {keys.points(it.id): keys.counted(it.id) for it in scheme.adjustments}
    return pairs.get(item, "")


def corrected_form(
    form: KeptForm, corrections: Iterable[Corrected]
) -> tuple[KeptForm, list[Problem]]:
    """A form as it counts after appeals, and which corrections could not be used."""
    those = tuple(corrections)
    if form.scheme is None:
        message = (
            f"工号「{form.person}」{form.period.label}有申诉后的更正，当时的方案读不出来，台账里的得分没有按它重算："
            f"{'；'.join(one.change for one in those)}"
        )
        return form, [warning("correction_scheme", message, form.place)]
    values, used = corrected_values(form.scheme, {**form.inputs, **form.results}, those)
    inputs = {**form.inputs, **{one.item: one.after for one in used}}
    results = {
        key: values[key] for key in {**score_model(form.scheme), **form.results} if key in values
    }
    problems = [
        _unused(form.person, form.period, one, form.place) for one in those if one not in used
    ]
    problems += [
        _stale(form.person, form.period, one, form.inputs.get(one.item), form.place)
        for one in used
        if form.inputs.get(one.item) not in (one.before, one.after)
    ]
    return replace(form, inputs=inputs, results=results, corrected=tuple(used)), problems


def with_corrections(
    people: Iterable[PersonResult], kept: KeptResults
) -> tuple[list[PersonResult], list[Problem]]:
    """The same people; whoever's form was not collected has the corrected figures, too."""
    found: list[PersonResult] = []
    problems: list[Problem] = []
    place = Place(file=kept.name)
    for one in people:
        those = kept.corrections.get((one.employee.id, kept.period), ())
        if not those or one.corrected:
            found.append(one)
            continue
        values, used = corrected_values(one.scheme, one.values, those)
        for each in those:
            if each not in used:
                problems.append(_unused(named(one.employee), kept.period, each, place))
            elif one.values.get(each.item) not in (each.before, each.after):
                now = one.values.get(each.item)
                problems.append(_stale(named(one.employee), kept.period, each, now, place))
        missing = tuple(missing_items(one.scheme, values, values))
        found.append(replace(one, values=values, missing=missing, corrected=tuple(used)))
    return found, problems


def _unused(who: str, period: Period, one: Corrected, place: Place) -> Problem:
    message = (
        f"{who}{period.label}申诉更正的「{one.label}」在方案里已经没有，没有用上：{one.change}"
    )
    return warning("correction_unused", message, place)


def _stale(who: str, period: Period, one: Corrected, now: Value, place: Place) -> Problem:
    shown = figure(now, one.unit) if now is None or isinstance(now, Decimal) else f"「{now}」"
    message = (
        f"{who}{period.label}的「{one.label}」更正时是 {figure(one.before, one.unit)}，"
        f"现在表上或总表里是 {shown}；仍按更正的 {figure(one.after, one.unit)} 算，请核对"
    )
    return warning("correction_stale", message, place)
