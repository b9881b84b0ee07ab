"""From a company's own form to a scheme: what is read, what is told, and that it scores the same."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from typing import Any

import pytest

from xladdin.app.drafting_forms import FormDrafts, draft_forms
from xladdin.domain.methods import JudgementMethod
from xladdin.domain.schemes import Indicator, Scheme

from .own_forms import forms, write_form


@pytest.fixture(scope="module")
def drafts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, FormDrafts]:
    """Every form of the data file, drafted once."""
    folder = tmp_path_factory.mktemp("forms")
    return {
        name: draft_forms([write_form(form, folder / f"{number}.xlsx")])
        for number, (name, form) in enumerate(forms().items())
    }


@pytest.mark.parametrize("name", forms())
def test_a_form_becomes_the_scheme_that_it_says(name: str, drafts: dict[str, FormDrafts]) -> None:
    expect, found = forms()[name]["expect"], drafts[name]
    assert Counter(p.code for p in found.problems) == Counter(expect["told"]), [
        str(p) for p in found.problems
    ]
    if "lines" not in expect:
        assert found.drafted == []
        return
    [drafted] = found.drafted
    scheme = drafted.scheme
    assert [item.name for item in scheme.indicators] == list(expect["lines"])
    unread = {line.name: getattr(line.read, "reason", "") for line in drafted.draft.lines}
    for item in scheme.indicators:
        _same(item, expect["lines"][item.name], unread[item.name])
    _rest(scheme, expect)
    for line in drafted.draft.lines:
        cell = expect["lines"][line.name].get("cell")
        assert cell is None or line.place.cell == cell


def _same(item: Indicator, wanted: dict[str, Any], unread: str) -> None:
    assert item.weight == Decimal(str(wanted["weight"])), item.name
    assert ("unread" in wanted) == bool(unread), (item.name, unread)
    if "unread" in wanted:
        assert wanted["unread"] in unread or "没有读懂" in unread, (item.name, unread)
        assert isinstance(item.method, JudgementMethod)
        return
    for key in ("unit", "direction"):
        assert getattr(item, key) == wanted.get(key, getattr(item, key)), item.name
    if "target" in wanted:
        assert item.target == Decimal(str(wanted["target"])), item.name
    found = item.method.model_dump(mode="json")
    for key, value in wanted["method"].items():
        assert _plain(found[key]) == _plain(value), (item.name, key)


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_plain(one) for one in value]
    try:
        return float(value)
    except (TypeError, ValueError):
        return value


def _rest(scheme: Scheme, expect: dict[str, Any]) -> None:
    assert scheme.positions == tuple(expect.get("positions", ["待填"]))
    if "title" in expect:
        assert scheme.title == expect["title"]
    if "sections" in expect:
        assert {one.name: float(one.weight) for one in scheme.sections} == expect["sections"]
    assert {one.name: one.cap for one in scheme.adjustments} == expect.get("adjustments", {})
    assert scheme.total.cap == expect.get("cap")
    if "grades" in expect:
        found = {one.name: None if one.lower is None else float(one.lower) for one in scheme.grades}
        assert found == expect["grades"]
    if "coefficients" in expect:
        assert [float(one.coefficient) for one in scheme.grades] == expect["coefficients"]


@pytest.mark.parametrize("name", [name for name in forms() if "proofs" in forms()[name]["expect"]])
def test_filled_forms_prove_the_draft(name: str, drafts: dict[str, FormDrafts]) -> None:
    """By person: lines worked out anew, lines that differ, lines judged, the total of the file."""
    expect = forms()[name]["expect"]
    [drafted] = drafts[name].drafted
    found = {
        one.who: [
            one.checked,
            one.differ,
            one.judged,
            None if one.stated is None else float(one.stated),
        ]
        for one in drafted.proofs
    }
    assert found == expect["proofs"], [one.told for one in drafted.proofs]
    for code, cell in expect.get("places", {}).items():
        [problem] = [one for one in drafts[name].problems if one.code == code]
        assert problem.place.cell == cell
