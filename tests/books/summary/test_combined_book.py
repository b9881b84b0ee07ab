"""综合汇总: every formula gives what the engine gives, whoever recalculates it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.books.golden import hold
from tests.books.random_combined import random_combined
from tests.proof.fixtures import Proofs
from tests.workbench.cached import differences
from tests.workbench.office import Office
from tests.workbench.repair import repair_problems
from tests.workbench.validator import validate
from xladdin.books.summary.combined_book import SHEET_NAME, book
from xladdin.company.combined_results import CombinedResults, PersonCombined
from xladdin.formula.evaluate import Value
from xladdin.layout.place import columns
from xladdin.layout.writer import workbook_bytes

SHARDS = 20


def test_every_cell_agrees_with_the_engine() -> None:
    """Scores, grades, coefficients and ranks, each worked out another way."""
    for seed in range(120):
        results = random_combined(seed)
        table = columns(book(results))
        people = {one.employee.id: one for one in results.people}
        for row, id_ in enumerate(table["combined.id"]):
            one = people[str(id_)]
            found = {key: table[f"combined.{key}"][row] or None for key in COMPARED}
            due = (one.converted, one.combined, one.grade, one.coefficient)
            assert tuple(found.values()) == tuple(each or None for each in due)
            assert table["combined.place"][row] == rank(one, results.people)
            team = [it for it in results.people if _team(it) == _team(one)]
            assert table["combined.place_team"][row] == rank(one, team)
            lacks = [
                label
                for value, label in ((one.kpi, "业绩得分"), (one.converted, "能力得分"))
                if value is None
            ]
            assert table["combined.lack"][row] == "、".join(lacks)


COMPARED = ("competency", "combined", "grade", "coefficient")


def _team(one: PersonCombined) -> str:
    # Excel compares texts without regard to case: a and A are one department.
    return one.employee.department.casefold()


def rank(one: PersonCombined, people: Iterable[PersonCombined]) -> Value:
    if one.combined is None:
        return "—"
    scores = {each.combined for each in people if each.combined is not None}
    return 1 + sum(score > one.combined for score in scores)


def test_libreoffice_works_out_the_same(office: Office, tmp_path: Path, proofs: Proofs) -> None:
    tried = [random_combined(1000 + seed) for seed in range(proofs.count("combined"))]
    assert tried
    assert disagreeing(tried, office, tmp_path) == []


@pytest.mark.proof
@pytest.mark.parametrize("shard", range(SHARDS))
def test_libreoffice_works_out_the_same_for_many(
    shard: int, office: Office, tmp_path: Path, proofs: Proofs
) -> None:
    count = proofs.count("combined") // SHARDS
    tried = [random_combined(100_000 * (shard + 1) + seed, most=40) for seed in range(count)]
    found = disagreeing(tried, office, tmp_path)
    proofs.record("combined", tried=count, survived=count - len(found))
    assert found == []


def disagreeing(tried: Iterable[CombinedResults], office: Office, folder: Path) -> list[str]:
    """The workbooks that come out otherwise, with some of the cells."""
    faults = []
    for number, results in enumerate(tried):
        path = folder / "combined.xlsx"
        path.write_bytes(workbook_bytes(book(results), {}))
        if found := differences(path, office):
            faults.append(f"{number}: " + "\n".join(map(str, found[:5])))
    return faults


def test_a_score_that_comes_in_late_moves_grade_and_ranks(office: Office, tmp_path: Path) -> None:
    """The clerk types a half that was missing."""
    results = next(
        made
        for made in map(random_combined, range(200))
        if sum(one.combined is not None for one in made.people) > 2
        and any(one.points is None and one.competency and one.kpi for one in made.people)
    )
    late = next(one for one in results.people if one.points is None and one.competency and one.kpi)
    path = tmp_path / "combined.xlsx"
    path.write_bytes(workbook_bytes(book(results), {}))
    with office.open(path) as document:
        grid = document.grid(SHEET_NAME)
        head = next(row for row in grid if "工号" in row)
        row = next(i for i, cells in enumerate(grid, start=1) if late.employee.id in cells)
        before = grid[row - 1]
        assert (before[head.index("综合得分")], before[head.index("公司名次")]) == ("", "—")
        assert before[head.index("缺什么")] == "能力得分"
        letter = "ABCDEFGHIJKLMN"[head.index("能力均分")]
        best = max(level.points for level in late.competency.levels) if late.competency else 0
        document.set(SHEET_NAME, f"{letter}{row}", float(best))
        document.recalculate()
        after = document.grid(SHEET_NAME)[row - 1]
    due = PersonCombined(late.employee, late.scheme, late.rule, late.kpi, late.competency, best)
    assert after[head.index("能力得分")] == 100
    assert after[head.index("综合得分")] == float(due.combined or 0)
    assert after[head.index("等级")] == due.grade
    assert after[head.index("缺什么")] == ""
    assert after[head.index("公司名次")] != "—"


def test_it_is_as_somebody_last_looked_at_it(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    path = tmp_path / "综合.xlsx"
    path.write_bytes(workbook_bytes(book(random_combined(13)), {}))
    hold(path, "books/combined", request)


def test_excel_opens_it(tmp_path: Path) -> None:
    paths = []
    for seed in range(4):
        paths.append(tmp_path / f"{seed}.xlsx")
        paths[-1].write_bytes(workbook_bytes(book(random_combined(seed)), {}))
        assert [str(one) for one in repair_problems(paths[-1], excel_2010=True)] == []
    assert {path.name: found for path, found in validate(paths).items() if found} == {}
