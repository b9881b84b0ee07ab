"""申诉清单: what is still to be done in a row is what its formula says, whoever recalculates it."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.books.appeals.listed import TODAY, drawn, some
from tests.books.golden import hold
from tests.workbench.cached import differences
from tests.workbench.office import Office
from tests.workbench.repair import repair_problems
from tests.workbench.validator import validate
from xladdin.books.appeals.appeal_list import book
from xladdin.company.appealing import REJECTED, UPHELD, ListedAppeal
from xladdin.layout.place import columns
from xladdin.layout.writer import workbook_bytes


def due(one: ListedAppeal) -> str:
    """The same in plain Python."""
    if not one.outcome:
        return "请选答复" if one.corrected or one.answer else ""
    if one.outcome not in (UPHELD, REJECTED):
        return "请从列表选"
    wants = one.outcome == UPHELD and bool(one.item)
    if wants and not one.corrected:
        return "请写更正为"
    if not wants and one.corrected:
        return "不用写更正"
    if not one.answer:
        return "请写理由"
    return "" if one.by else "请写答复人"


def test_a_row_says_what_is_still_to_be_done(office: Office, tmp_path: Path) -> None:
    listed = drawn(random.Random(1), 400)
    made = book(listed, TODAY, "青禾")
    told = [str(cell or "") for cell in columns(made)["appeals.told"]]
    assert told == [due(one) for one in listed]
    assert len(set(told)) == 7
    path = tmp_path / "list.xlsx"
    path.write_bytes(workbook_bytes(made, {}))
    assert differences(path, office) == []


@pytest.mark.parametrize("listed", [some(), []], ids=["some", "none"])
def test_the_file_is_sound(listed: list[ListedAppeal], office: Office, tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    path.write_bytes(workbook_bytes(book(listed, TODAY, "青禾"), {}))
    assert differences(path, office) == []
    assert not any(validate([path]).values())
    assert [str(problem) for problem in repair_problems(path, excel_2010=True)] == []


def test_it_is_as_somebody_saw_it(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    path = tmp_path / "list.xlsx"
    path.write_bytes(workbook_bytes(book(some(), TODAY, "青禾"), {}))
    hold(path, "books/appeals", request)


def test_the_head_counts_what_is_open_and_overdue() -> None:
    head = str(book(some(), TODAY).sheets[0].blocks[1].cells[0].content)
    assert "截至 2026-11-27：4 条没有答复，1 条已经逾期。" in head
