"""校准表: its formulas give what the engine gives, whoever recalculates them."""

from __future__ import annotations

import itertools
import random
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from tests.books.golden import hold
from tests.books.random_cohorts import cohort_with_boxes, random_board
from tests.proof.fixtures import Proofs
from tests.workbench.cached import differences
from tests.workbench.office import Office
from tests.workbench.repair import repair_problems
from tests.workbench.validator import validate
from xladdin.books.calibration import calibration_keys as ck
from xladdin.books.calibration.calibration_book import added_to, book, values
from xladdin.books.summary.summary_book import book as summary
from xladdin.company.calibrating import Board, bonus, current_grade
from xladdin.company.scaled_bonuses import scaled_bonuses
from xladdin.formula.evaluate import Value
from xladdin.layout.cells import Book
from xladdin.layout.place import results
from xladdin.layout.writer import workbook_bytes

SHARDS = 20
IN_A_BOOK = 50
"""Departments, each a cohort of its own."""


def boards(count: int, start: int) -> list[Board]:
    """Workbooks with so many cohorts in all, groups of several departments among them."""
    found: list[Board] = []
    for seed in itertools.count(start):
        cohorts = sum(len(board.groups(it)) for board in found for it in board.schemes)
        if cohorts >= count:
            return found
        chance = random.Random(seed)
        teams = min(IN_A_BOOK, max(1, count - cohorts))
        size = chance.choice([0, 1, 1, 1, 4])
        board = random_board(chance, teams, size=size, schemes=chance.randint(1, 2))
        if chance.random() < 0.3:
            board = replace(board, department=f"{chance.randrange(teams)}部")
        found.append(board)
    raise AssertionError


def engine(board: Board) -> dict[str, Value]:
    """What the cells should come to, counted and judged in Python from the grades alone."""
    grades = {one.employee.id: current_grade(one) for one in board.everybody}
    found: dict[str, Value] = {}
    for i, scheme in enumerate(board.schemes, start=1):
        for g, grade in enumerate(scheme.grades):
            own = (it for it in board.of_scheme(scheme) if grades[it.employee.id] == grade.name)
            found[ck.after(i, g)] = Decimal(len(list(own)))
        for t, group in enumerate(board.groups(scheme), start=1):
            found[ck.people(i, t)] = Decimal(len(group.people))
            counted = "count" if board.department else "own"
            for g, said in enumerate(group.verdicts(grades)):
                key = ck.of_group(i, t, g)
                found[f"{key}told"] = said.told or None
                found[f"{key}{counted}"] = Decimal(said.count)
    due = [bonus(one, current_grade(one)) for one in board.people]
    found[ck.PAID] = sum((it for it in due if it is not None), Decimal(0))
    teams, team = board.results.teams, board.department
    budget = teams.of(team) if team else board.results.budget
    found[ck.LEFT] = None if budget is None else budget - found[ck.PAID]
    paid = scaled_bonuses(replace(board.results, people=board.people))
    for t, (name, scaled) in enumerate(paid.items(), start=1):
        found[ck.team_due(t)], found[ck.team_factor(t)] = scaled.sum, scaled.factor
        found[ck.team_left(t)] = teams.of(name) - scaled.sum
    return found


def faults(board: Board, office: Office, path: Path) -> list[str]:
    """Where the engine, the cached values and LibreOffice are not of one mind."""
    made = book(board)
    found = results(made, values(board))
    apart = [
        f"{key}: engine {due!r}, formula {found[key]!r}"
        for key, due in engine(board).items()
        if found[key] != due
    ]
    path.write_bytes(workbook_bytes(made, values(board)))
    return [*apart, *map(str, differences(path, office))]


def tried(count: int, start: int, office: Office, folder: Path) -> tuple[int, list[str]]:
    """How many cohorts were looked at, and what of them is wrong."""
    wrong: list[str] = []
    cohorts = 0
    for number, board in enumerate(boards(count, start)):
        cohorts += sum(len(board.groups(it)) for it in board.schemes)
        wrong += [f"{number}: {it}" for it in faults(board, office, folder / "cal.xlsx")[:5]]
    return cohorts, wrong


def test_the_formulas_are_the_engines_in_libreoffice(
    office: Office, tmp_path: Path, proofs: Proofs
) -> None:
    cohorts, wrong = tried(proofs.count("calibrations"), 1, office, tmp_path)
    assert cohorts >= proofs.count("calibrations")
    assert wrong == []


@pytest.mark.proof
@pytest.mark.parametrize("shard", range(SHARDS))
def test_the_formulas_are_the_engines_in_libreoffice_for_many(
    shard: int, office: Office, tmp_path: Path, proofs: Proofs
) -> None:
    count = proofs.count("calibrations") // SHARDS
    cohorts, wrong = tried(count, 100_000 * (shard + 1), office, tmp_path)
    assert cohorts >= count
    proofs.record("calibrations", tried=count, survived=max(0, count - len(wrong)))
    assert wrong == []


def with_a_summary(board: Board) -> Book:
    return added_to(summary(board.results), board)


@pytest.mark.parametrize("seed", range(2))
def test_behind_a_summary_its_pages_say_the_same(seed: int, office: Office, tmp_path: Path) -> None:
    board = random_board(random.Random(seed), 3, size=1, schemes=1 + seed)
    made, path = with_a_summary(board), tmp_path / "summary.xlsx"
    found = results(made, values(board))
    assert {key: found[key] for key in engine(board)} == engine(board)
    assert results(book(board), values(board)).items() <= found.items()
    path.write_bytes(workbook_bytes(made, values(board)))
    assert differences(path, office) == []
    assert {name: told for name, told in validate([path]).items() if told} == {}
    assert [str(problem) for problem in repair_problems(path, excel_2010=True)] == []


def test_excel_would_take_it_without_a_question(tmp_path: Path) -> None:
    paths = []
    for seed in range(3):
        board = random_board(random.Random(seed), 3, schemes=2)
        paths.append(tmp_path / f"cal{seed}.xlsx")
        paths[-1].write_bytes(workbook_bytes(book(board), values(board)))
    assert {path.name: found for path, found in validate(paths).items() if found} == {}
    for path in paths:
        assert [str(problem) for problem in repair_problems(path, excel_2010=True)] == []


def test_the_workbook_is_as_it_was(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    path, board = tmp_path / "calibration.xlsx", cohort_with_boxes()
    path.write_bytes(workbook_bytes(book(board), values(board)))
    hold(path, "books/calibration", request)


def test_nine_boxes_hold_whoever_has_both_results(office: Office, tmp_path: Path) -> None:
    board = cohort_with_boxes()
    made = book(board)
    assert faults(board, office, tmp_path / "cal.xlsx") == []
    found = results(made, values(board))
    boxes = {key: value for key, value in found.items() if key.startswith("cal.box.")}
    assert (len(boxes), sum(map(Decimal, boxes.values()))) == (9, len(board.results.rated))
    assert "九宫格" in [sheet.name for sheet in made.sheets]


@pytest.mark.parametrize(
    ("board", "told"),
    [
        (replace(cohort_with_boxes(), department="客服一部"), "九宫格只在全公司的校准表里"),
        (random_board(random.Random(1), 2), "只有绩效一种结果"),
    ],
)
def test_without_both_results_a_sentence_stands_for_nine_boxes(board: Board, told: str) -> None:
    made = book(board)
    assert "九宫格" not in [sheet.name for sheet in made.sheets]
    texts = [str(getattr(cell.content, "value", "")) for it in made.sheets for cell in it.cells]
    assert any(told in text for text in texts)


def test_a_departments_workbook_tells_nothing_of_others_but_their_number() -> None:
    board = replace(cohort_with_boxes(), department="客服一部")
    made = book(board)
    texts = {str(getattr(cell.content, "value", "")) for it in made.sheets for cell in it.cells}
    texts |= {
        str(value)
        for it in made.sheets
        if it.table
        for row in it.table.rows
        for value in row.values()
    }
    others = [it.employee for it in board.everybody if it.employee.department != "客服一部"]
    assert others
    assert not [one for one in others if one.id in texts or one.name in texts]
    assert "12000" not in texts


def test_a_changed_grade_moves_counts_conclusions_and_bonuses(
    office: Office, tmp_path: Path
) -> None:
    """Somebody chooses another grade, and writes why only afterwards."""
    board, path = cohort_with_boxes(), tmp_path / "cal.xlsx"
    path.write_bytes(workbook_bytes(book(board), values(board)))
    with office.open(path) as document:
        before = document.grid("校准")
        top = next(row for row, cells in enumerate(before) if "校准后" in cells)
        row = next(at for at, cells in enumerate(before, start=1) if "QC002" in cells)
        column = "ABCDEFGHIJKL"[before[top].index("校准后")]
        why = "ABCDEFGHIJKL"[before[top].index("理由")]
        document.set("校准", f"{column}{row}", "优秀")
        document.recalculate()
        without = document.grid("校准")
        document.set("校准", f"{why}{row}", "带新人")
        document.recalculate()
        after = document.grid("校准")
    place = before[top].index("要处理")
    assert [grid[row - 1][place] for grid in (before, without, after)] == ["", "请写理由", ""]
    texts = [str([cell for line in grid[:top] for cell in line]) for grid in (before, after)]
    assert "优秀 1 人" in texts[0]
    assert "优秀 2 人" in texts[1]
    assert "优秀 多 1 人" in texts[1]
    assert "优秀 多" not in texts[0]
    money = before[top].index("奖金")
    assert [grid[row - 1][money] for grid in (before, after)] == [2000.0, 2400.0]
