"""Forms of every kind, filled in and read back: every answer, every score, and no word too many."""

from __future__ import annotations

import io

import openpyxl
import pytest

from tests.returns.samples import KINDS, Sample, different, read, sample
from xladdin.layout.place import defined_name, results


def by_openpyxl(form: Sample) -> bytes:
    """Filled in cell by cell, found by their names."""
    book = openpyxl.load_workbook(io.BytesIO(form.blank))
    for key, value in form.answers.items():
        ((sheet, place),) = book.defined_names[defined_name(key)].destinations
        book[sheet][place].value = value if isinstance(value, str | None) else float(value)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("how", ["excel", "openpyxl"])
def test_what_was_filled_in_comes_back(kind: str, how: str) -> None:
    for seed in range(6):
        form = sample(kind, seed)
        found = read(form.data if how == "excel" else by_openpyxl(form))
        assert [str(problem) for problem in found.all_problems] == []
        (got,) = found.forms
        assert different(form, got.inputs) == {}
        assert got.results == results(form.pattern.book, form.values)
        assert got.instance.identity.employee == (form.pattern.values.get("id.employee") or "")


@pytest.mark.parametrize("kind", KINDS)
def test_a_form_that_nobody_has_touched_is_told_from_a_filled_one(kind: str) -> None:
    form = sample(kind, 1)
    assert read(form.blank).untouched
    assert not read(by_openpyxl(form)).untouched
