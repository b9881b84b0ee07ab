"""反馈单: words and nothing else, in a file of its own."""

from __future__ import annotations

import zipfile
from collections import defaultdict
from itertools import combinations_with_replacement
from pathlib import Path

import pytest

from tests.books.opened import Opened
from tests.books.ratings.test_competency_specimens import (
    EMPLOYEE,
    PERIOD,
    SCHEMES,
    changed,
    shipped,
)
from xladdin.books import identity
from xladdin.books.ratings import competency_feedback, competency_summary
from xladdin.books.ratings.competency_feedback import LEVEL, REWARD, level, told, word
from xladdin.books.ratings.competency_summary import RatingRow, rows_for
from xladdin.domain.competency import CompetencyScheme, Source
from xladdin.layout.cells import Result
from xladdin.layout.writer import workbook_bytes
from xladdin.scoring.disclosure import ANNOUNCED, TOO_FEW, disclosed

FIXED_PARTS = {"docProps/app.xml", "docProps/core.xml"}


def content(scheme: CompetencyScheme, given: list[RatingRow]) -> bytes:
    """The file made out of these ratings."""
    rows = rows_for(scheme, [row.source for row in given])
    shown = disclosed(scheme, rows, competency_summary.ratings(scheme, rows, given))
    values = competency_feedback.values(scheme, EMPLOYEE, PERIOD, shown)
    return workbook_bytes(competency_feedback.book(scheme), values)


def written(folder: Path, given: list[RatingRow]) -> Opened:
    path = folder / "feedback.xlsx"
    path.write_bytes(content(shipped(), given))
    return Opened(path)


def superior(given: str) -> RatingRow:
    ratings = {element.id: given for element in shipped().elements}
    return RatingRow(Source.SUPERIOR, "主管评 沈知远", ratings)


def peer(given: str) -> RatingRow:
    return RatingRow(Source.PEER, "同事评 #x", {"relations": given})


def test_it_holds_words_for_ratings_and_no_figure(tmp_path: Path) -> None:
    book = written(tmp_path, [superior("良好"), *[peer("优秀")] * 3])
    assert book.value(word(Source.PEER, "relations")) == "优秀"
    assert book.value(level("relations")) == "良好"
    assert (book.value(LEVEL), book.value(REWARD)) == ("良好", "良好奖励")
    cells = [cell for row in book.book["反馈单"].iter_rows() for cell in row]
    assert [cell.coordinate for cell in cells if isinstance(cell.value, int | float)] == []


def test_few_colleagues_are_named_as_such_and_levels_are_ranges(tmp_path: Path) -> None:
    book = written(tmp_path, [peer("优秀"), peer("一般")])
    assert book.value(word(Source.PEER, "relations")) == TOO_FEW
    assert book.value(level("relations")) == "不显示"
    assert book.value(level("knowledge")) == "评分未齐"
    few = written(tmp_path, [superior("优秀"), peer("待改进")])
    assert few.value(level("relations")) == "良好以上"


def test_there_is_no_formula_and_no_sheet_but_the_form_and_its_identity(tmp_path: Path) -> None:
    book = written(tmp_path, [superior("良好"), *[peer("良好")] * 3])
    assert list(book.formulas()) == []
    assert book.book.sheetnames == ["反馈单", identity.SHEET_NAME]
    assert set(book.identity) == {
        *("id.form", "id.scheme", "id.content"),
        *("id.employee", "id.period", "id.version"),
    }
    for scheme in SCHEMES.values():
        made = competency_feedback.book(scheme)
        assert made.model == {}
        results = [c for sheet in made.sheets for c in sheet.cells if isinstance(c.content, Result)]
        assert results == []


@pytest.mark.parametrize("who", ["优秀", "良好", "待改进"])
def test_the_whole_file_is_the_same_whatever_too_few_gave(who: str) -> None:
    """Every byte of it: nothing is hidden in widths, heights, names or properties either."""
    first = content(shipped(), [superior(who), peer("优秀"), peer("优秀")])
    for given in combinations_with_replacement(["优秀", "良好", "一般", "待改进"], 2):
        assert content(shipped(), [superior(who), *map(peer, given)]) == first


def test_files_that_say_the_same_are_the_same() -> None:
    files = defaultdict(set)
    for given in combinations_with_replacement(["优秀", "良好", "一般", "待改进"], 4):
        rows = [superior("良好"), *map(peer, given)]
        places = rows_for(shipped(), [row.source for row in rows])
        shown = disclosed(shipped(), places, competency_summary.ratings(shipped(), places, rows))
        files[repr(shown)].add(content(shipped(), rows))
    assert len(files) > 3
    assert {len(found) for found in files.values()} == {1}


def test_nobody_is_named_but_the_employee(tmp_path: Path) -> None:
    book = written(tmp_path, [superior("良好"), *[peer("良好")] * 3])
    with zipfile.ZipFile(book.path) as package:
        everything = b"".join(package.read(name) for name in package.namelist()).decode()
    assert "#x" not in everything
    assert "沈知远" not in everything
    assert EMPLOYEE.name in everything


def test_talk_plan_opinion_and_signatures_have_their_place(tmp_path: Path) -> None:
    book = written(tmp_path, [superior("良好")])
    assert {"面谈记录", "改进计划", "本人意见", "本人签字", "主管签字"} <= book.texts
    assert {"comment.talk", "comment.plan", "comment.self"} <= book.keys.keys()


def test_the_rule_is_told_as_far_as_it_touches_the_scheme() -> None:
    assert "少于 3 人" in told(shipped())
    assert "少于" not in told(changed(least_peers=1))
    assert "匿名" not in told(SCHEMES["superior alone"])
    assert "公司通知" in ANNOUNCED
