"""The customer's questionnaire: plain words, one to five stars."""

from __future__ import annotations

import pytest

from tests.books.opened import Opened
from tests.books.ratings.test_competency_specimens import CODE, EMPLOYEE, PERIOD, shipped
from tests.workbench.office import Office
from xladdin.books.ratings import questionnaire, rating
from xladdin.domain.competency import Source
from xladdin.layout.writer import workbook_bytes

SHEET = questionnaire.SHEET_NAME


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Opened:
    path = tmp_path_factory.mktemp("questionnaire") / "q.xlsx"
    values = questionnaire.values(EMPLOYEE, PERIOD, CODE)
    path.write_bytes(workbook_bytes(questionnaire.book(shipped()), values))
    return Opened(path)


def texts(book: Opened) -> str:
    rows = book.visible[0].iter_rows(values_only=True)
    return "\n".join(str(cell) for row in rows for cell in row if cell is not None)


def test_the_questions_are_the_schemes(book: Opened) -> None:
    asked = shipped().elements_of(Source.CUSTOMER)
    assert len(asked) == 3
    for element in asked:
        assert element.question in texts(book)
        assert rating.rating_key(element.id) in book.keys


def test_a_customer_reads_nothing_of_appraisals(book: Opened) -> None:
    known = book.book.properties
    seen = f"{texts(book)} {known.title} {known.subject} {' '.join(book.book.sheetnames)}"
    for word in ("考核", "绩效", "能力", "评级", "主管", EMPLOYEE.name, EMPLOYEE.department):
        assert word not in seen
    assert "晴川-小雨" in texts(book)


def test_without_a_nickname_the_name_is_used() -> None:
    nameless = EMPLOYEE.model_copy(update={"nickname": ""})
    assert EMPLOYEE.name in str(questionnaire.values(nameless, PERIOD, CODE))


def test_the_identity_has_a_token_and_no_rater(book: Opened) -> None:
    known = book.identity
    assert (known["id.form"], known["id.token"]) == ("questionnaire", CODE)
    assert "id.rater" not in known


def test_stars(book: Opened, office: Office) -> None:
    """One to five, picked from a list, as a number or as text; anything else is refused."""
    where = {key: place for key, (_, place) in book.keys.items()}
    cells = [where[rating.rating_key(e.id)] for e in shipped().elements_of(Source.CUSTOMER)]
    with office.open(book.path) as document:

        def enter(*stars: float | str | None) -> tuple[set[str], object]:
            for cell, star in zip(cells, stars, strict=True):
                document.set(SHEET, cell, star)
            document.recalculate()
            return document.invalid_cells(SHEET), document.get(SHEET, where["status"])

        first, second, third = cells
        assert enter(None, None, None) == (set(), "还有3项没有评")
        assert enter(5, 1, 3) == (set(), "已全部评完")
        assert enter(6, 3.5, 4) == ({first, second}, "还有2项没有评")
        assert enter(5, None, 2) == (set(), "还有1项没有评")
        assert enter(0, 5.5, -1) == ({first, second, third}, "还有3项没有评")
        # A cell that was given a text is formatted as text from then on.
        assert enter("5", "1", 3) == (set(), "已全部评完")
        assert enter("6", "3.5", 3) == ({first, second}, "还有2项没有评")
        assert enter("五星", "非常满意", "5 星") == ({first, second, third}, "还有3项没有评")
