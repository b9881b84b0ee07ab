"""Forms of every kind, filled in and read back: every answer, every score, and no word too many."""

from __future__ import annotations

import io

import openpyxl
import pytest

from tests.returns.samples import KINDS, Sample, different, read, sample
from xladdin.layout.place import defined_name, results
from xladdin.problems import errors


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


@pytest.mark.parametrize("empty", [b"", b"\r\n", "工号,姓名\r\n".encode()], ids=repr)
def test_a_file_that_holds_no_form_is_never_passed_over_without_a_word(empty: bytes) -> None:
    found = read(empty)
    assert found.forms == ()
    assert errors(found.all_problems)


def test_a_workbook_without_a_word_in_it_is_named() -> None:
    stream = io.BytesIO()
    openpyxl.Workbook().save(stream)
    found = read(stream.getvalue())
    assert found.forms == ()
    assert errors(found.all_problems)
