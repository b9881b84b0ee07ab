"""A form about which there is nothing to tell takes the straight way; every other one does not.

That both come to the same as reading cell by cell, test_known_forms holds.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

import pytest

from tests.returns.damaging import packed
from tests.returns.samples import Sample, sample
from tests.returns.test_known_forms import Reading, many_spoilt, parts_of
from xladdin.formula.evaluate import Value
from xladdin.layout.writer import workbook_bytes
from xladdin.ooxml import cell_scan
from xladdin.returns import known_forms
from xladdin.returns.straight_answers import StraightAnswers


@pytest.fixture
def straight(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Of each form that is known: whether it was read the straight way."""
    found: list[bool] = []
    read = StraightAnswers.read

    def counted(self: StraightAnswers, pattern: object, values: object) -> object:
        answer = read(self, pattern, values)  # type: ignore[arg-type]
        found.append(answer is not None)
        return answer

    monkeypatch.setattr(known_forms.StraightAnswers, "read", counted)
    return found


def asked_number(form: Sample) -> str:
    return next(key for key, value in form.answers.items() if isinstance(value, Decimal))


def with_values(form: Sample, values: Mapping[str, Value]) -> bytes:
    return workbook_bytes(form.pattern.book, {**form.values, **values})


@pytest.mark.parametrize("kind", ["monthly", "sales"])
def test_usual_forms_take_it(kind: str, straight: list[bool]) -> None:
    reading = Reading().taught(kind)
    for seed in range(3):
        reading.both(sample(kind, seed).data)
    assert straight
    assert all(straight)


def test_a_number_as_text_is_told(straight: list[bool]) -> None:
    reading, form = Reading().taught("monthly"), sample("monthly", 1)
    straight.clear()
    found = reading.both(with_values(form, {asked_number(form): "2分"}))
    assert straight == [False, False]
    assert [one.code for one in found.forms[0].problems if one.code != "score_differs"]


def test_a_given_text_that_is_another_one_is_told(straight: list[bool]) -> None:
    reading, form = Reading().taught("monthly"), sample("monthly", 1)
    straight.clear()
    found = reading.both(with_values(form, {"head.name": "另一个人"}))
    assert not any(straight)
    assert "person_differs" in [one.code for one in found.forms[0].problems]


def test_a_score_that_the_answers_do_not_give_is_told(straight: list[bool]) -> None:
    reading, form = Reading().taught("monthly"), sample("monthly", 1)
    straight.clear()
    name = "xl/worksheets/sheet1.xml"
    parts = parts_of(form.data)
    total = form.address("total").encode()
    changed = re.sub(
        rb'(<c r="%b"[^>]*>(?:<f>[^<]*</f>)?<v>)[^<]*' % total, rb"\g<1>7", parts[name]
    )
    assert changed != parts[name]
    found = reading.both(packed({**parts, name: changed}))
    assert straight == [False, False]
    assert "score_differs" in [one.code for one in found.forms[0].problems]


@pytest.mark.parametrize("often", [0, 1])
def test_files_with_odd_bytes_are_read_the_same_at_once(
    often: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where one pattern of a whole sheet is used from the beginning on."""
    monkeypatch.setattr(cell_scan, "OFTEN", often)
    many_spoilt(Reading().taught("monthly"), 25)
