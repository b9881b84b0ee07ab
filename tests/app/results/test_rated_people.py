"""Competency in the month's summary: own rating beside the superior's, total, converted score, level."""

from __future__ import annotations

import random
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest

from tests.workbench.cached import differences
from tests.workbench.office import Office
from xladdin.app.results.month_scores import month_results
from xladdin.app.results.rated_people import rated_people
from xladdin.books.summary.summary_book import book
from xladdin.company.company import Company
from xladdin.domain.competency import Rating, Source
from xladdin.domain.people import Period
from xladdin.layout.cells import Book
from xladdin.layout.place import columns
from xladdin.layout.writer import workbook_bytes
from xladdin.scoring import competency_model

from .test_returned_ratings import RATEES, answers, company

PERIOD = Period("2026-11")
CENT = Decimal("0.01")


def rated(seed: int, *left_out: Source) -> Company:
    """A company in which everybody but some rates everything, at random."""
    known, chance = company(), random.Random(seed)
    scheme = known.library.competencies[0]
    given = [
        Rating(
            ratee=line.ratee,
            source=line.source,
            rater=line.rater,
            rater_id=line.rater_id,
            element=element,
            level=str(level),
        )
        for id_ in RATEES
        for line in known.raters_of(known.people[id_])
        if line.source in scheme.sources and line.source not in left_out
        for element, level in answers(scheme, line.source, chance).items()
    ]
    return replace(known, ratings=tuple(given))


def test_nobody_is_there_of_whom_nothing_was_said() -> None:
    assert rated_people(company(), company().employees) == []
    known = rated(1)
    assert [one.employee.id for one in rated_people(known, known.employees)] == list(RATEES)


def test_each_pair_is_what_the_two_have_given() -> None:
    known = rated(2)
    scheme = known.library.competencies[0]
    points = {level.name: level.points for level in scheme.levels}
    given = {(one.ratee, one.source, one.element): one.level for one in known.ratings}
    for one in rated_people(known, known.employees):
        result = one.result()
        for element in scheme.elements:
            pair = result.pairs[element.id]
            for value, source in ((pair.own, Source.SELF), (pair.superior, Source.SUPERIOR)):
                assert value == points[given[one.employee.id, source, element.id]]
        assert result.total == one.values[competency_model.TOTAL]
        assert result.level


@pytest.mark.parametrize("left_out", [(), (Source.SELF,), (Source.SUPERIOR,)])
def test_the_sheet_says_the_same_as_the_engine_and_libreoffice(
    left_out: tuple[Source, ...], office: Office, tmp_path: Path
) -> None:
    known = rated(3, *left_out)
    scheme = known.library.competencies[0]
    found, _ = month_results(known, PERIOD)
    made = book(found)
    assert [s.name for s in made.sheets if s.visibility == "visible"].count("能力") == 1
    table = columns(made)
    best = max(level.points for level in scheme.levels)
    weights = {element.id: element.weight for element in scheme.elements}
    for row, one in enumerate(found.rated):
        for key, which in (("own", "own"), ("superior", "superior")):
            pairs = {id_: getattr(pair, which) for id_, pair in one.pairs.items()}
            there = {id_: value for id_, value in pairs.items() if value is not None}
            total = sum((weights[id_] * value for id_, value in there.items()), Decimal(0))
            mean = total / sum(weights[id_] for id_ in there) if there else None
            due = None if mean is None else mean.quantize(CENT, ROUND_HALF_UP)
            assert (table[f"rated_1.{key}"][row] or None) == due
        cells = {key: table[f"rated_1.{key}"][row] for key in ("gap", "converted", "level")}
        assert (cells["gap"] in ("", None)) is bool(left_out)
        # Without the superior there is no total, and what is lacking is said.
        assert (one.total is None) is (Source.SUPERIOR in left_out) is bool(_lack(made, row))
        whole = one.total and (one.total * 100 / best).quantize(CENT, ROUND_HALF_UP)
        assert (cells["converted"] or None) == whole
        assert (cells["level"] or "") == one.level
    path = tmp_path / "summary.xlsx"
    path.write_bytes(workbook_bytes(made, {}))
    assert differences(path, office) == []


def _lack(made: Book, row: int) -> object:
    sheet = next(each for each in made.sheets if each.name == "能力")
    assert sheet.table is not None
    return sheet.table.rows[row]["lack"]
