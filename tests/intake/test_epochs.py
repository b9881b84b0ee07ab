"""Workbooks that count their days from 1904, in every format and however they say so."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.workbench.office import Office
from xladdin.intake.epochs import uses_1904
from xladdin.intake.handed_in import read_grids
from xladdin.ooxml.opening import OpenedFile
from xladdin.patch.workbook_opening import workbook_of

DAY = dt.date(2026, 10, 31)
BARE = 44864
"""The same day, counted from 1904."""


def workbook(*, date1904: bool) -> bytes:
    """A date cell, the day's bare number, and a number that is no day."""
    target = io.BytesIO()
    options = {"date_1904": date1904, "default_date_format": "yyyy-mm-dd"}
    with xlsxwriter.Workbook(target, options) as book:
        book.add_worksheet("S").write_row(0, 0, [DAY, BARE, 7.5])
    return target.getvalue()


def rewritten(data: bytes, old: str, new: str, part: str = "xl/workbook.xml") -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(target, "w") as book:
        for name in source.namelist():
            text = source.read(name)
            book.writestr(name, text.replace(old.encode(), new.encode()) if name == part else text)
    return target.getvalue()


OF_1904, OF_1900 = workbook(date1904=True), workbook(date1904=False)


def moved(data: bytes) -> bytes:
    """The workbook part under another name, where its relationships say."""
    target = io.BytesIO()
    names = {
        "xl/workbook.xml": "xl/other.xml",
        "xl/_rels/workbook.xml.rels": "xl/_rels/other.xml.rels",
    }
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(target, "w") as book:
        for name in source.namelist():
            text = source.read(name).replace(b"xl/workbook.xml", b"xl/other.xml")
            book.writestr(names.get(name, name), text)
    return target.getvalue()


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (OF_1904, True),
        (OF_1900, False),
        (rewritten(OF_1904, 'date1904="1"', 'date1904="true"'), True),
        (rewritten(OF_1904, 'date1904="1"', "date1904='1'"), True),
        (rewritten(OF_1904, 'date1904="1"', 'date1904="0"'), False),
        (rewritten(OF_1904, 'date1904="1"', 'date1904="false"'), False),
        (moved(OF_1904), True),
        (rewritten(OF_1904, "</sheets>", '</sheets><workbookPr date1904="1"/>'), True),
        (rewritten(OF_1900, "</sheets>", '</sheets><workbookPr date1904="1"/>'), False),
        (b"", False),
        (b"PK\x03\x04", False),
        (OF_1904[:2000], False),
        (rewritten(OF_1904, "<workbookPr", "<<"), False),
    ],
)
def test_what_a_workbook_says(data: bytes, expected: bool) -> None:
    assert uses_1904(OpenedFile(Path("a"), data)) is expected


@pytest.mark.parametrize(
    "data", [OF_1900, OF_1904, rewritten(OF_1904, 'date1904="1"', 'date1904="true"')]
)
def test_the_patch_says_the_same(data: bytes) -> None:
    assert workbook_of(data).date1904 is uses_1904(OpenedFile(Path("a"), data))


@pytest.mark.parametrize("date1904", [False, True])
@pytest.mark.parametrize(
    ("ending", "form"), [("xls", "MS Excel 97"), ("ods", "calc8"), ("xlsx", "")]
)
def test_dates_are_right_in_every_format(
    ending: str, form: str, date1904: bool, tmp_path: Path, office: Office
) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(OF_1904 if date1904 else OF_1900)
    if form:
        with office.open(path) as document:
            path = document.save_as(tmp_path / f"a.{ending}", form)
    grids, _ = read_grids(path, lambda _: 0)
    assert grids[0].rows[0] == [DAY, BARE, 7.5]
    if ending != "ods":  # whose bare numbers nobody marks
        assert grids[0].date1904 is date1904


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(OF_1904) - 1), st.binary(min_size=1, max_size=8))
def test_damage_never_raises(at: int, noise: bytes) -> None:
    data = OF_1904[:at] + noise + OF_1904[at + len(noise) :]
    assert uses_1904(OpenedFile(Path("a"), data)) in (True, False)
