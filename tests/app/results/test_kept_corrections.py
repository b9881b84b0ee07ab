"""Corrections after appeals: scored again by the scheme's tree, the rest as it was kept; all readers have them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from tests.app.kept import PERSON
from xladdin.app.results.kept_corrections import (
    corrected_form,
    corrected_values,
    corrections_of,
    with_corrections,
)
from xladdin.company.appealing import Corrected
from xladdin.company.kept_results import KeptForm, KeptResults
from xladdin.company.month_results import PersonResult
from xladdin.domain.people import Period
from xladdin.domain.quantities import Unit
from xladdin.domain.schemes import Scheme
from xladdin.formula.evaluate import Value
from xladdin.ledger.ledger_place import ledger_place
from xladdin.ledger.records import Correction
from xladdin.ledger.store import Ledger
from xladdin.problems import Place
from xladdin.schemes.library import Library
from xladdin.scoring import keys
from xladdin.scoring.model import input_defaults
from xladdin.scoring.scorer import scorer_of

MONTH = Period("2026-11")
SCHEMES = Library.shipped().schemes
AT = Place("台账", field="第1条")


def inputs_of(scheme: Scheme, share: Decimal = Decimal("0.5")) -> dict[str, Value]:
    """Something for everything: the highest of each band, else a share of the target."""
    found: dict[str, Value] = dict(input_defaults(scheme))
    for item in scheme.indicators:
        bands = item.method.described
        target = item.target if item.target is not None else Decimal(1)
        found[keys.actual(item.id)] = bands[0].high if bands else target * share
        if scheme.asks_self(item):
            found[keys.self_rating(item.id)] = bands[0].high if bands else None
    return found


def first_of(scheme: Scheme) -> str:
    return next(iter(scheme.indicators)).id


def corrected(scheme: Scheme, key: str, after: Decimal, before: Value = None) -> Corrected:
    held = before if isinstance(before, Decimal) else None
    return Corrected(key, key, Unit.NUMBER, held, after, "赵敏", "少算")


@pytest.mark.parametrize("scheme", SCHEMES, ids=lambda it: it.id)
@pytest.mark.parametrize("share", [Decimal("0.37"), Decimal("0.8"), Decimal("1.25")], ids=str)
def test_a_corrected_figure_counts_as_if_it_had_been_right_from_the_start(
    scheme: Scheme, share: Decimal
) -> None:
    inputs, scorer = inputs_of(scheme), scorer_of(scheme)
    before = scorer.values(inputs)
    for item in scheme.indicators:
        key = keys.actual(item.id)
        after = inputs[key]
        assert isinstance(after, Decimal)
        after = after if item.method.described else after * share
        now, used = corrected_values(scheme, before, [corrected(scheme, key, after)])
        due = scorer.values({**inputs, key: after})
        assert {name: now[name] for name in due} == due
        assert [one.item for one in used] == [key]


def test_other_items_stay_as_they_were_kept() -> None:
    """What was decided on a form holds, whatever its figures would give today."""
    scheme = SCHEMES[0]
    first, second = tuple(scheme.indicators)[:2]
    kept = scorer_of(scheme).values(inputs_of(scheme))
    kept = {**kept, keys.score(second.id): Decimal("1.23")}
    figure = kept[keys.actual(first.id)]
    assert isinstance(figure, Decimal)
    now, _ = corrected_values(scheme, kept, [corrected(scheme, keys.actual(first.id), figure)])
    assert now[keys.score(second.id)] == Decimal("1.23")
    points = [now[keys.score(it.id)] for it in scheme.indicators]
    assert now[keys.TOTAL] == sum(it for it in points if isinstance(it, Decimal))


def test_without_a_correction_nothing_is_scored_again() -> None:
    assert corrected_values(SCHEMES[0], {"a": "b"}, []) == ({"a": "b"}, [])


def form(scheme: Scheme | None, inputs: Mapping[str, Value]) -> KeptForm:
    results = scorer_of(scheme).values(inputs) if scheme else {keys.TOTAL: Decimal(80)}
    return KeptForm(PERSON.id, MONTH, results, AT, scheme, inputs, "monthly")


def test_a_form_has_the_figure_and_what_comes_of_it() -> None:
    scheme, inputs = SCHEMES[0], inputs_of(SCHEMES[0])
    key = keys.actual(first_of(scheme))
    right = corrected(scheme, key, Decimal(inputs[key]) * 2, inputs[key])  # type: ignore[arg-type]
    now, problems = corrected_form(form(scheme, inputs), [right])
    assert problems == []
    assert now.inputs[key] == right.after
    assert now.corrected == (right,)
    due = scorer_of(scheme).values({**inputs, key: right.after})
    assert now.total == due[keys.TOTAL]


@pytest.mark.parametrize(
    ("scheme", "key", "before", "code", "words"),
    [
        (None, "", None, "correction_scheme", "当时的方案读不出来，台账里的得分没有按它重算"),
        (SCHEMES[0], "actual.gone", None, "correction_unused", "在方案里已经没有，没有用上"),
        (SCHEMES[0], "", Decimal(7), "correction_stale", "更正时是 7，现在表上或总表里是 "),
    ],
)
def test_whatever_does_not_fit_is_told(
    scheme: Scheme | None, key: str, before: Decimal | None, code: str, words: str
) -> None:
    inputs = inputs_of(scheme) if scheme else {}
    item = key or keys.actual(first_of(SCHEMES[0]))
    one = corrected(SCHEMES[0], item, Decimal(1), before)
    now, (problem,) = corrected_form(form(scheme, inputs), [one])
    assert problem.code == code
    assert words in problem.message
    assert bool(now.corrected) == (code == "correction_stale")


@pytest.mark.parametrize("before", [None, "own"])
def test_whoever_has_no_form_is_corrected_by_the_master(before: str | None) -> None:
    scheme, inputs = SCHEMES[0], inputs_of(SCHEMES[0])
    key = keys.actual(first_of(scheme))
    one = corrected(scheme, key, Decimal(1), inputs[key] if before else None)
    person = PersonResult(PERSON, scheme, scorer_of(scheme).values(inputs))
    kept = KeptResults("台账", MONTH, corrections={(PERSON.id, MONTH): (one,)})
    (now,), problems = with_corrections([person], kept)
    assert now.values[key] == 1
    assert now.total == scorer_of(scheme).values({**inputs, key: Decimal(1)})[keys.TOTAL]
    assert [it.code for it in problems] == ([] if before else ["correction_stale"])
    assert with_corrections([now], kept) == ([now], [])
    gone = KeptResults(
        "台账",
        MONTH,
        corrections={(PERSON.id, MONTH): (replace(one, item="actual.gone"),)},
    )
    (same,), (unused,) = with_corrections([person], gone)
    assert same.values == person.values
    assert unused.code == "correction_unused"


def test_the_last_correction_of_a_figure_counts_until_it_is_taken_back(tmp_path: Path) -> None:
    place = ledger_place(tmp_path / "总表.xlsx")
    first = Correction(
        "E1", "2026-11", "actual.a", "退款率", "percent", Decimal("0.1"), Decimal("0.2"), "赵敏", "少算", 3
    )  # fmt: skip
    key = ("E1", MONTH)
    with Ledger(place) as ledger:
        ledger.append(first)
        assert [it.after for it in corrections_of(ledger)[key]] == [Decimal("0.2")]
        ledger.append(replace(first, after=Decimal("0.3")))
        ledger.append(replace(first, item="actual.b"))
        assert [it.after for it in corrections_of(ledger)[key]] == [Decimal("0.3"), Decimal("0.2")]
        ledger.append(replace(first, after=None))
        ledger.append(replace(first, item="actual.b", after=None))
        assert corrections_of(ledger) == {}
