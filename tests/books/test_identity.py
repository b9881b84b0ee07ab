"""The hidden identity, and how it is read back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

import openpyxl
import pytest

from tests.books.blueprints import blueprints
from tests.workbench.office import Office
from xladdin.books.identity import (
    FORM_VERSION,
    SHEET_NAME,
    Identity,
    Origin,
    identity_in,
    identity_sheet,
    read_identity,
)
from xladdin.domain.competency import Source
from xladdin.domain.people import Period
from xladdin.intake.grids import Grid
from xladdin.layout.cells import Fixed, Given
from xladdin.problems import Place

KIND = Origin("monthly", "online_shop_monthly", "0123456789ab")


def test_what_is_the_same_in_every_copy_is_fixed_and_the_rest_are_slots() -> None:
    cells = [cell.content for cell in identity_sheet(KIND, ("id.token",)).cells if cell.col == 1]
    assert cells == [
        Fixed("monthly", "id.form"),
        Fixed("online_shop_monthly", "id.scheme"),
        Fixed("0123456789ab", "id.content"),
        Given("id.employee"),
        Given("id.period"),
        Fixed(FORM_VERSION, "id.version"),
        Given("id.token"),
    ]


def test_a_row_per_rater_is_told_by_its_source() -> None:
    rows = (Source.SELF, Source.PEER, Source.PEER)
    (cell,) = (c for c in identity_sheet(Origin("a", "b", "c", rows)).cells if c.row == 6 and c.col)
    assert cell.content == Fixed("self peer peer", "id.rows")
    assert not cell.style.wrap


def test_every_line_says_what_it_is() -> None:
    sheet = identity_sheet(KIND)
    labels = [cell.content for cell in sheet.cells if cell.col == 0]
    keys = [cell.content.key for cell in sheet.cells if cell.col == 1 and cell.content]  # type: ignore[union-attr]
    assert labels == [Fixed(key) for key in keys]
    assert sheet.visibility == "very_hidden"


# Read back from a file.

LINES = {
    "id.form": "competency",
    "id.scheme": "customer_service",
    "id.content": "0123456789ab",
    "id.employee": "1001",
    "id.period": "2026-11",
    "id.version": "1",
    "id.rows": "self peer peer",
    "id.token": "abcd2345",
    "id.rater": "QC001",
}
SAID = Identity(
    Origin(
        "competency",
        "customer_service",
        "0123456789ab",
        (Source.SELF, Source.PEER, Source.PEER),
    ),
    "1",
    "1001",
    Period("2026-11"),
    "abcd2345",
    "QC001",
)


def sheet(lines: Mapping[str, object]) -> Grid:
    return Grid("表.xlsx", [[label, value] for label, value in lines.items()], SHEET_NAME)


def test_every_line_is_read() -> None:
    assert identity_in([Grid("表.xlsx", [["x"]], "考核表"), sheet(LINES)], "表.xlsx") == (SAID, [])


def test_what_a_form_does_not_say_is_empty() -> None:
    bare = {key: LINES[key] for key in ("id.form", "id.scheme", "id.content", "id.version")}
    for lines in (bare, dict.fromkeys(LINES, "") | bare):
        found, problems = identity_in([sheet(lines)], "表.xlsx")
        origin = Origin("competency", "customer_service", "0123456789ab")
        assert (found, problems) == (Identity(origin, "1"), [])


def test_what_programs_make_of_texts_is_understood() -> None:
    """Numbers where a text was, a month that has become its first day."""
    changed = {"id.employee": 1001.0, "id.version": 1.0, "id.period": dt.datetime(2026, 11, 1)}
    assert identity_in([sheet(LINES | changed)], "表.xlsx") == (SAID, [])


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"id.form": ""}, ""),
        ({"id.scheme": None}, ""),
        ({"id.content": "  "}, ""),
        ({"id.version": ""}, ""),
        ({"id.period": "十一月"}, "B5"),
        ({"id.rows": "self peer boss"}, "B7"),
    ],
)
def test_a_damaged_identity_is_none(changes: dict[str, object], where: str) -> None:
    found, (problem,) = identity_in([sheet(LINES | changes)], "表.xlsx")
    assert found is None
    assert problem.code == "identity_damaged"
    assert problem.place == Place("表.xlsx", sheet=SHEET_NAME, cell=where)


def test_every_fault_is_told_at_once() -> None:
    _, problems = identity_in([sheet({"id.period": "?", "id.rows": "?"})], "表.xlsx")
    assert [problem.code for problem in problems] == ["identity_damaged"] * 6


def test_a_workbook_without_identity_and_a_file_that_is_none() -> None:
    found, (problem,) = identity_in([Grid("表.xlsx", [["x"]], "考核表")], "表.xlsx")
    assert (found, problem.code, problem.place) == (None, "no_identity", Place("表.xlsx"))
    found, problems = read_identity("表.xlsx", b"PK\x03\x04 rubbish")
    assert found is None
    assert problems


@pytest.mark.parametrize("name", ["rating_superior", "competency_summary", "job_coo"])
@pytest.mark.parametrize("program", ["nobody", "openpyxl", "LibreOffice"])
def test_it_outlives_being_saved_by_another_program(
    name: str, program: str, tmp_path: Path, office: Office
) -> None:
    form = blueprints()[name]
    path = form.save(tmp_path)
    before = read_identity(path.name, path.read_bytes())
    assert before[0]
    if program == "openpyxl":
        openpyxl.load_workbook(path).save(path)
    elif program == "LibreOffice":
        with office.open(path) as document:
            document.save_as(path)
    assert read_identity(path.name, path.read_bytes()) == before
    values = {key: value for key, value in form.values.items() if key.startswith("id.")}
    said = {"id.employee": before[0].employee, "id.period": before[0].period}
    said |= {"id.token": before[0].token, "id.rater": before[0].rater}
    assert {key: said[key] for key in values} == values
