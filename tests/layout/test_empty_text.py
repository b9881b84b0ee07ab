"""An empty text beside a formula is a text for every reader, not an empty number."""

from __future__ import annotations

import re
import subprocess
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from python_calamine import load_workbook

from tests.workbench.office import Office
from tests.workbench.tools import program
from xladdin.formula.evaluate import Value
from xladdin.formula.nodes import Blank, Compare, If, Rel, add, number
from xladdin.layout.cells import Book, Result
from xladdin.layout.package_edits import edited
from xladdin.layout.writer import workbook_bytes
from xladdin.layout.writer_options import cached_value

from .samples import book_of, sheet_of

PART = "xl/worksheets/sheet1.xml"
ALWAYS = Compare(Rel.EQ, number(1), number(1))


def book() -> Book:
    """A formula that gives an empty text, and a number below it."""
    model = {"empty": If(ALWAYS, Blank(), number(3)), "number": add(number(1), number(1))}
    return book_of(sheet_of(Result("empty"), Result("number")), model=model)


def asking(question: str) -> bytes:
    """The same, but the second formula asks something about the first cell."""
    return edited(
        workbook_bytes(book(), {}),
        {PART: lambda xml: re.sub(r"<f>1\+1</f><v>[^<]*</v>", f"<f>{question}</f>", xml)},
    )


def test_the_cell_says_that_it_is_a_text() -> None:
    with ZipFile(BytesIO(workbook_bytes(book(), {}))) as package:
        cell = re.search(r'<c r="A1"([^>]*)>.*?<v>(.*?)</v>', package.read(PART).decode())
    assert cell
    assert ' t="str"' in cell[1]
    assert cell[2] == ""


@pytest.mark.parametrize(("question", "answer"), [("ISTEXT(A1)", 1.0), ("COUNT(A1)", 0.0)])
def test_libreoffice_reads_a_text(
    question: str, answer: float, office: Office, tmp_path: Path
) -> None:
    path = tmp_path / "empty.xlsx"
    path.write_bytes(asking(question))
    with office.open(path) as document:
        assert document.get("表", "A1") == ""
        assert document.get("表", "A2") == answer


@pytest.mark.parametrize(("question", "answer"), [("ISTEXT(A1)", "TRUE"), ("COUNT(A1)", "0")])
def test_gnumeric_reads_a_text(question: str, answer: str, tmp_path: Path) -> None:
    path, read = tmp_path / "empty.xlsx", tmp_path / "read.csv"
    path.write_bytes(asking(question))
    command = [program("ssconvert"), str(path), str(read)]
    subprocess.run(command, check=True, capture_output=True, timeout=60)
    assert read.read_text("utf-8").splitlines()[-1] == answer


def test_a_reader_that_computes_nothing_finds_the_cell() -> None:
    content = BytesIO(workbook_bytes(book(), {}))
    assert load_workbook(content).get_sheet_by_index(0).to_python() == [[""], [2.0]]


@pytest.mark.parametrize("value", [None, ""])
def test_nothing_is_an_empty_text(value: Value) -> None:
    cached = cached_value(value)
    assert isinstance(cached, str)
    assert f"[{cached}]" == "[]"


def test_other_values_stay_what_they_are() -> None:
    assert cached_value("缺3项") == "缺3项"
    assert cached_value(number(2).value) == 2.0
    assert cached_value(True) is True
