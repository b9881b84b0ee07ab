"""What each entry cell refuses and takes, tried out in LibreOffice."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from itertools import zip_longest
from pathlib import Path
from typing import Any

import pytest

from tests.books.blueprints import Blueprint, blank, blueprints, job, positions, read, schemes
from tests.books.opened import Opened
from tests.workbench.document import Document
from tests.workbench.office import Office
from xladdin.books.forms import RATED_BY
from xladdin.domain.competency import Source
from xladdin.domain.methods.judgement import JudgementMethod
from xladdin.domain.schemes import Scheme

RULES: dict[str, dict[str, list[Any]]] = read("input_rules.yaml")
Entries = Mapping[str, str]
"""Key of an entry cell -> the rule that it follows."""


def bad(rule: str) -> list[Any]:
    return RULES[rule].get("bad", []) + ["字" * int(n) for n in RULES[rule].get("bad_lengths", [])]


def good(rule: str) -> list[Any]:
    return RULES[rule].get("good", []) + [
        "字" * int(n) for n in RULES[rule].get("good_lengths", [])
    ]


def of_scheme(scheme: Scheme) -> dict[str, str]:
    """The rules of a monthly form's entry cells, from the scheme."""
    found = {"comment.self": "comment", "comment.superior": "comment"}
    for item in scheme.indicators:
        judged = isinstance(item.method, JudgementMethod)
        found[f"actual.{item.id}"] = "judgement" if judged else item.unit.value
        if item.uses_target:
            found[f"target.{item.id}"] = item.unit.value
        if scheme.weights_editable:
            found[f"weight.{item.id}"] = "weight"
    return found | {f"points.{item.id}": "points" for item in scheme.adjustments}


def of_job(keys: set[str]) -> dict[str, str]:
    """The rules of a job analysis."""

    def rule(key: str) -> str:
        part, name = key.split(".")[:2]
        if part == "job" and name in ("author", "approver", "version", "date"):
            return "short"
        return name if name in ("rank", "share", "part_time", "sex") else "text"

    # What may be chosen or written freely is only asked about, so anything is taken there.
    free = {"require.education", "require.marital_status"}
    return {key: rule(key) for key in keys - free}


def of_rating(keys: set[str], levels: str) -> dict[str, str]:
    return {key: levels if key.startswith("rating.") else "comment" for key in keys}


def of_personal(keys: set[str]) -> dict[str, str]:
    special = {"head.company": "company", "head.years": "years", "comment.superior": "comment"}
    return {key: special.get(key, "long_text") for key in keys}


class Trial:
    """A form open in LibreOffice, whose entry cells are set by key."""

    def __init__(self, form: Opened, document: Document) -> None:
        self.form, self.document = form, document

    def enter(self, values: Mapping[str, Any]) -> None:
        for key, value in values.items():
            self.document.set(*self.form.keys[key], value)

    @property
    def entries(self) -> set[str]:
        """The keys of the cells that are unlocked."""
        return {key for key, where in self.form.keys.items() if where in self.form.unlocked}

    @property
    def invalid(self) -> set[str]:
        """The keys of the cells that break their rule, on all sheets."""
        by_place = {where: key for key, where in self.form.keys.items()}
        return {
            by_place[sheet.title, place]
            for sheet in self.form.visible
            for place in self.document.invalid_cells(sheet.title)
        }


def try_out(trial: Trial, entries: Entries) -> None:
    """Every cell takes every sound value and refuses every other, in as few rounds as it takes."""
    original = {key: trial.form.value(key) for key in entries}
    for values in _rounds(entries, good):
        trial.enter(values)
        assert trial.invalid == set(), values
    tried: set[str] = set(entries)
    for values in _rounds(entries, bad):
        trial.enter({key: original[key] for key in tried - values.keys()} | values)
        assert trial.invalid == set(values), values
        tried = set(values)
    trial.enter({key: original[key] for key in tried})
    assert trial.invalid == set()


def _rounds(entries: Entries, of: Callable[[str], list[Any]]) -> list[dict[str, Any]]:
    """One value for every cell per round, until each has seen all of its values."""
    columns = zip_longest(*(of(rule) for rule in entries.values()))
    return [
        {key: value for key, value in zip(entries, row, strict=True) if value is not None}
        for row in columns
    ]


@pytest.fixture
def trial(office: Office, tmp_path: Path) -> Callable[[Blueprint, Callable[[Trial], None]], None]:
    """Open a form in LibreOffice and do something with it."""

    def run(form: Blueprint, work: Callable[[Trial], None]) -> None:
        opened = Opened(form.save(tmp_path))
        with office.open(opened.path) as document:
            work(Trial(opened, document))

    return run


Run = Callable[[Blueprint, Callable[[Trial], None]], None]


@pytest.mark.parametrize("scheme", schemes(), ids=lambda scheme: scheme.id)
def test_the_entries_of_a_monthly_form(trial: Run, scheme: Scheme) -> None:
    def work(form: Trial) -> None:
        entries = of_scheme(scheme)
        assert set(entries) == form.entries
        try_out(form, entries)

    trial(blank(scheme), work)


def test_the_entries_of_a_job_analysis(trial: Run) -> None:
    def work(form: Trial) -> None:
        entries = of_job(form.entries)
        # Ranks are tried one at a time: the same rank twice is another fault.
        ranks = {key for key, rule in entries.items() if rule == "rank"}
        first = min(ranks)
        try_out(form, {key: rule for key, rule in entries.items() if key not in ranks - {first}})

    trial(job(positions()[0]), work)


def test_a_rank_that_stands_twice_is_refused_in_both_places(trial: Run) -> None:
    def work(form: Trial) -> None:
        form.enter({"duty.rank.3": Decimal(1)})
        assert form.invalid == {"duty.rank.1", "duty.rank.3"}
        form.enter({"duty.rank.1": Decimal(3)})
        assert form.invalid == set()

    trial(job(positions()[0]), work)


def test_an_education_that_is_not_in_the_list_is_only_asked_about(trial: Run) -> None:
    def work(form: Trial) -> None:
        rules = dict(form.form.validations())
        strict = {
            key: rules[where].errorStyle for key, where in form.form.keys.items() if where in rules
        }
        asked = {key for key, style in strict.items() if style == "warning"}
        assert asked == {"require.sex", "require.education", "require.marital_status"}

    trial(job(positions()[0]), work)


RATED = {
    f"rating_{source}": "stars" if source is Source.CUSTOMER else "level" for source in RATED_BY
}


@pytest.mark.parametrize(("name", "levels"), RATED.items())
def test_the_entries_of_a_rating_form(trial: Run, name: str, levels: str) -> None:
    trial(blueprints()[name], lambda form: try_out(form, of_rating(form.entries, levels)))


def test_the_entries_of_a_personal_summary(trial: Run) -> None:
    trial(
        blueprints()["personal_summary"],
        lambda form: try_out(form, of_personal(form.entries)),
    )
