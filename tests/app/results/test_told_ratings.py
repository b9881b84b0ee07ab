"""What is told of ratings month after month, as it stands in the forms that employees get."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from tests.books.opened import Opened
from xladdin.app.generating.generate import generate
from xladdin.app.generating.token_list import list_near
from xladdin.books.forms import COMPETENCY, COMPETENCY_SUITE, FEEDBACK, SLIP_SUITE
from xladdin.company.company import Company
from xladdin.company.tokens import LIST_NAME, Tokens
from xladdin.domain.competency import Assignment, Rating, Source
from xladdin.domain.people import Employee, Period
from xladdin.schemes.library import Library
from xladdin.scoring.disclosure import CHANGED

PEERS = "甲乙丙丁戊己庚"
RATEE = Employee(id="QC0", name="韩雪凝", department="客服部", position="售后客服")
ELEMENT = "relations"


def company(peers: str, levels: Sequence[str] = ()) -> Company:
    """These colleagues rate, the superior gives 良好."""
    boss = Assignment(ratee=RATEE.id, source=Source.SUPERIOR, rater="主管", rater_id="B1")
    lines = [boss] + [
        Assignment(ratee=RATEE.id, source=Source.PEER, rater=name, rater_id=f"P{PEERS.index(name)}")
        for name in peers
    ]
    given = ["良好", *(levels or ["良好"] * len(peers))]
    ratings = tuple(
        Rating(
            ratee=RATEE.id,
            source=line.source,
            rater=line.rater,
            rater_id=line.rater_id,
            element=ELEMENT,
            level=level,
        )
        for line, level in zip(lines, given, strict=True)
    )
    return Company((RATEE,), Library.shipped(), raters=tuple(lines), ratings=ratings)


@dataclass
class Year:
    """The folder of the competency appraisal, month after month."""

    out: Path
    told: list[str] = field(default_factory=list)

    def month(self, period: str, found: Company) -> tuple[str, str, str]:
        """What the 反馈单 says of the colleagues and of the element, and HR's summary of it."""
        outcome = generate(
            found, Period(period), self.out, form=COMPETENCY_SUITE.id, overwrite=True
        )
        self.told = [problem.code for problem in outcome.problems]
        slip, summary = (
            Opened(next((self.out / kind.folder).rglob(f"{period}*.xlsx")))
            for kind in (FEEDBACK, COMPETENCY)
        )
        words = slip.value(f"shown.peer.{ELEMENT}"), slip.value(f"shown_level.{ELEMENT}")
        return (*words, summary.value("told.feedback"))


@pytest.fixture
def year(tmp_path: Path) -> Year:
    return Year(tmp_path / COMPETENCY_SUITE.base)


def test_who_is_new_waits_and_hr_is_told(year: Year) -> None:
    peers, element, told = year.month("2026-09", company("甲乙丙"))
    assert (peers, element) == ("良好", "良好")
    assert "没有用到" not in told
    for level in ("优秀", "待改进"):
        given = company("甲乙丙丁", ["良好", "良好", "一般", level])
        peers, element, told = year.month("2026-10", given)
        assert (peers, element) == ("一般至良好", "良好")
        assert "反馈单没有用到的评分：同事评 人际关系协调能力 1 人。" in told
    peers, *_ = year.month("2026-11", company("甲乙丙丁戊己"))
    assert peers == "良好"


def test_where_somebody_has_gone_the_others_are_not_shown(year: Year) -> None:
    year.month("2026-09", company("甲乙丙丁"))
    peers, element, told = year.month("2026-10", company("甲乙丙", ["优秀"] * 3))
    assert (peers, element) == (CHANGED, "一般至良好")
    assert "反馈单没有用到的评分：同事评 人际关系协调能力 3 人。" in told
    # A year and a month later, nobody subtracts any more.
    peers, *_ = year.month("2027-10", company("甲乙丙"))
    assert peers == "良好"


def test_a_form_that_is_made_again_for_others_is_told(year: Year) -> None:
    year.month("2026-09", company("甲乙丙"))
    year.month("2026-09", company("甲乙丙", ["优秀", "良好", "良好"]))
    assert "feedback_again" not in year.told
    peers, *_ = year.month("2026-09", company("甲乙丙丁"))
    assert peers == "良好"
    assert "feedback_again" in year.told


def test_the_list_says_of_whom_and_not_what(year: Year) -> None:
    year.month("2026-09", company("甲乙丙", ["优秀", "良好", "待改进"]))
    sheet = openpyxl.load_workbook(year.out / LIST_NAME).worksheets[0]
    texts = {str(cell.value) for row in sheet for cell in row}
    assert not {"优秀", "待改进"} & texts
    tokens, _ = Tokens.read(year.out / LIST_NAME)
    assert tokens is not None
    assert tokens.told_at_other_times(Period("2026-09")) == {}
    (told,) = tokens.told_at_other_times(Period("2026-10")).values()
    assert told == {(Source.PEER, ELEMENT): [frozenset({"P0", "P1", "P2"})]}


def names_alone(sheet: Worksheet) -> None:
    """HR has deleted what it could make nothing of."""
    sheet.delete_cols(9)


def ids_alone(sheet: Worksheet) -> None:
    """As lists were at first."""
    for row in sheet.iter_rows(min_row=5):
        row[7].value = row[8].value
    sheet.delete_cols(9)


@pytest.mark.parametrize("edit", [names_alone, ids_alone])
def test_the_list_remembers_by_names_or_ids(year: Year, edit: Callable[[Worksheet], None]) -> None:
    year.month("2026-09", company("甲乙丙丁"))
    book = openpyxl.load_workbook(year.out / LIST_NAME)
    heads = [cell.value for cell in book.worksheets[0][4]]
    assert heads[7:] == ["反馈单用过的要素", "要素编号"]
    kept = {(row[7].value, row[8].value) for row in book.worksheets[0].iter_rows(min_row=5)}
    assert ("人际关系协调能力", ELEMENT) in kept
    edit(book.worksheets[0])
    book.save(year.out / LIST_NAME)
    peers, *_ = year.month("2026-10", company("甲乙丙", ["优秀"] * 3))
    assert peers == CHANGED


def test_the_list_is_found_beside_the_forms(tmp_path: Path) -> None:
    base = COMPETENCY_SUITE.base
    out = tmp_path / SLIP_SUITE.folder(Period("2026-10"))
    out.mkdir(parents=True)
    assert list_near(out, base) is None
    place = tmp_path / base / LIST_NAME
    place.parent.mkdir()
    place.write_bytes(b"")
    assert list_near(out, base) == place
