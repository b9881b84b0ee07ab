"""Whose form it is: several people's sheets in one file, and identities that are gone."""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from pathlib import Path

import openpyxl

from tests.returns.samples import PERIOD, Sample, company, different, read, sample
from xladdin.company.company import Company
from xladdin.returns.file_reading import read_file
from xladdin.returns.gathering import gathered
from xladdin.returns.handed_files import HandedFile


def several(*forms: Sample) -> bytes:
    """The sheets of several people copied into the file of the first, as Excel copies them."""
    book = openpyxl.load_workbook(io.BytesIO(forms[0].data))
    for form in forms[1:]:
        source = openpyxl.load_workbook(io.BytesIO(form.data)).worksheets[0]
        sheet = book.create_sheet(f"{form.pattern.main.name} ({len(book.sheetnames)})")
        for row in source.iter_rows():
            for cell in row:
                if cell.value is not None:
                    sheet.cell(cell.row, cell.column).value = cell.value
                    sheet.cell(cell.row, cell.column).number_format = cell.number_format
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def of_different_people(kind: str, count: int) -> list[Sample]:
    found: dict[str, Sample] = {}
    for seed in range(40):
        form = sample(kind, seed)
        found.setdefault(str(form.pattern.values["id.employee"]), form)
    return list(found.values())[:count]


def test_several_peoples_sheets_in_one_file() -> None:
    forms = of_different_people("monthly", 4)
    found = read(several(*forms))
    people = {form.instance.identity.employee: form for form in found.forms}
    assert set(people) == {form.pattern.values["id.employee"] for form in forms}
    for form in forms:
        assert different(form, people[str(form.pattern.values["id.employee"])].inputs) == {}
    assert {one.instance.identity.period for one in found.forms} == {PERIOD}
    codes = Counter(problem.code for problem in found.all_problems)
    assert codes["several_forms"] == 1
    assert codes["identity_lost"] == 3


def test_one_form_twice_in_one_file_is_one() -> None:
    form = sample("monthly", 1)
    assert len(gathered([read(several(form, form))])) == 1


def test_an_anonymous_form_without_its_token_is_nobodys() -> None:
    form = next(one for one in map(_rating, range(20)) if one.pattern.kind.anonymous)
    book = openpyxl.load_workbook(io.BytesIO(form.data))
    book.remove(book["_xladdin"])
    stream = io.BytesIO()
    book.save(stream)
    found = read(stream.getvalue())
    assert not found.forms
    assert {problem.code for problem in found.problems} >= {"token_lost"}


def _rating(seed: int) -> Sample:
    return sample("rating", seed)


def test_a_stranger_is_told() -> None:
    form = sample("monthly", 1)
    others = Company(company().employees[5:6], company().library)
    found = read_file(HandedFile("a.xlsx", Path("a.xlsx"), form.data), others)
    assert not found.forms
    assert [problem.code for problem in found.problems] == ["unknown_employee"]


def test_a_form_whose_names_lie_about_its_size_is_read_all_the_same() -> None:
    form = sample("monthly", 2)
    with zipfile.ZipFile(io.BytesIO(form.data)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    parts[sheet] = parts[sheet].replace(b'<dimension ref="', b'<dimension ref="XFD1048576:', 1)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        for name, data in parts.items():
            package.writestr(name, data)
    found = read(stream.getvalue())
    assert different(form, found.forms[0].inputs) == {}


def test_what_is_no_form_is_told_once() -> None:
    found = read_file(HandedFile("a.xlsx", Path("a.xlsx"), b"junk"), company())
    assert not found.forms
    assert [problem.is_error for problem in found.problems] == [True]
