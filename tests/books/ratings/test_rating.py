"""The rating form: who is asked what, and which entries it takes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.books.opened import Opened
from tests.books.ratings.test_competency_specimens import (
    CODE,
    EMPLOYEE,
    PERIOD,
    elements,
    form,
    shipped,
    with_levels,
)
from tests.books.ratings.test_competency_specimens import changed as changed_scheme
from tests.workbench.office import Office
from xladdin.books.ratings import rating
from xladdin.domain.competency import CompetencyScheme, Source
from xladdin.layout.writer import workbook_bytes

SHEET = rating.SHEET_NAME


def opened(folder: Path, source: Source, scheme: CompetencyScheme | None = None) -> Opened:
    specimen = form("form", scheme or shipped(), source, full=False)
    path = folder / f"{source}.xlsx"
    path.write_bytes(workbook_bytes(specimen.book, specimen.values))
    return Opened(path)


def texts(book: Opened) -> list[str]:
    rows = book.visible[0].iter_rows(values_only=True)
    return [str(cell) for row in rows for cell in row if cell is not None]


@pytest.mark.parametrize(
    ("source", "asked"),
    [
        (Source.SELF, [element.id for element in shipped().elements]),
        (Source.SUPERIOR, [element.id for element in shipped().elements]),
        (Source.PEER, ["relations"]),
    ],
)
def test_a_rater_is_asked_what_counts(tmp_path: Path, source: Source, asked: list[str]) -> None:
    book = opened(tmp_path, source)
    keys = [key.removeprefix("rating.") for key in book.keys if key.startswith("rating.")]
    assert sorted(keys) == sorted(asked)
    for element in shipped().elements:
        assert (element.name in texts(book)) == (element.id in asked)


def test_behaviours_and_a_descriptor_per_level(tmp_path: Path) -> None:
    found = texts(opened(tmp_path, Source.SUPERIOR))
    for element in shipped().elements:
        assert set(element.descriptors) <= set(found)
        assert "\n".join(f"· {text}" for text in element.behaviours) in found


def test_the_identity(tmp_path: Path) -> None:
    for source in (Source.SELF, Source.SUPERIOR, Source.PEER):
        known = opened(tmp_path, source).identity
        named = {} if source is Source.PEER else {"id.rater": "QC001"}
        assert known == {
            "id.form": f"rating_{source}",
            "id.scheme": "customer_service",
            "id.content": shipped().fingerprint(),
            "id.employee": EMPLOYEE.id,
            "id.period": PERIOD,
            "id.version": "1",
            "id.token": CODE,
            **named,
        }


def test_values_of_an_anonymous_form_do_not_take_the_rater() -> None:
    values = rating.values(EMPLOYEE, PERIOD, shipped(), Source.PEER, CODE, "QC005")
    assert "QC005" not in values.values()


def test_only_who_is_named_signs(tmp_path: Path) -> None:
    assert "本人签字" in texts(opened(tmp_path, Source.SELF))
    assert "评价人签字" in texts(opened(tmp_path, Source.SUPERIOR))
    peer = "".join(texts(opened(tmp_path, Source.PEER)))
    assert "签字" not in peer
    assert "匿名" in peer


def test_the_self_rating_says_whether_it_counts(tmp_path: Path) -> None:
    counts = changed_scheme(elements=elements(weights={"self": 10, "superior": 90}))
    assert any("不计入结果" in text for text in texts(opened(tmp_path, Source.SELF)))
    assert not any("不计入结果" in text for text in texts(opened(tmp_path, Source.SELF, counts)))


@pytest.mark.parametrize("levels", [2, 3, 4, 5, 6])
def test_a_column_for_each_level(levels: int) -> None:
    book = rating.book(with_levels(levels, elements()), Source.SUPERIOR)
    widths = book.sheets[0].widths
    assert len(widths) == levels + 3
    assert sum(widths) == pytest.approx(148)
    cells = book.sheets[0].cells
    assert all(cell.col + cell.cols <= len(widths) for cell in cells)


def test_entries(office: Office, tmp_path: Path) -> None:
    """A level that is none is refused, and not taken for done."""
    book = opened(tmp_path, Source.SUPERIOR)
    where = {key: place for key, (_, place) in book.keys.items()}
    ids = [element.id for element in shipped().elements]
    cells = [where[f"rating.{id_}"] for id_ in ids]
    with office.open(book.path) as document:

        def enter(*given: object) -> tuple[set[str], object]:
            for cell, value in zip(cells, given, strict=False):
                document.set(SHEET, cell, value)  # type: ignore[arg-type]
            document.recalculate()
            return document.invalid_cells(SHEET), document.get(SHEET, where["status"])

        assert enter() == (set(), "还有5项没有评")
        assert enter("优秀", "良好", "一般", "待改进", "优秀") == (set(), "已全部评完")
        assert enter(None, "良好") == (set(), "还有1项没有评")
        bad = enter("很好", 3, "优秀 ", 3.5, "5")
        assert bad == (set(cells), "还有5项没有评")
        enter("优秀", "优秀", "优秀", "优秀", "优秀")
        document.set(SHEET, where["comment.rating"], "好" * 501)
        assert document.invalid_cells(SHEET) == {where["comment.rating"]}
