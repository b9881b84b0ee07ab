"""The workbook of a simulation: its formulas give what the engine gives, whoever recalculates them."""

from __future__ import annotations

import itertools
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from tests.books.trial.trials import random_simulation, shown
from tests.equality.collecting import collect
from tests.equality.forms import Filled, forms
from tests.workbench.cached import differences
from tests.workbench.office import Office
from tests.workbench.repair import repair_problems
from tests.workbench.validator import validate
from xladdin.books.trial.trial_book import book
from xladdin.company.simulation import DOWN, SAME, UP, Simulation
from xladdin.layout.place import columns, results
from xladdin.layout.writer import workbook_bytes

RECALCULATED = 12


@pytest.fixture(scope="module")
def drawn() -> list[Filled]:
    return collect(forms(), share=0.2)


def simulations(drawn: list[Filled], count: int) -> list[Simulation]:
    found = (random_simulation(seed, drawn) for seed in itertools.count())
    return list(itertools.islice((one for one in found if one and one.tried), count))


def test_every_cell_agrees_with_the_engine(drawn: list[Filled]) -> None:
    moves: Counter[str] = Counter()
    for found in [shown(), *simulations(drawn, 60)]:
        made = book(found)
        table = columns(made)
        values = results(made, {}, table)
        assert [values[f"all.{key}"] for key in ("count", "up", "down")] == [
            len(found.tried), found.moved(UP), found.moved(DOWN)
        ]  # fmt: skip
        for key, sums in (("factor", found.coefficients), ("bonus", found.bonuses)):
            told = [values[f"all.{key}{end}"] for end in ("", "_after", "_gain")]
            assert told == [sums.before, sums.after, sums.gained]
        assert list(table["trial.move"]) == [one.move for one in found.worst_first]
        gains = [one.scored for one in found.worst_first]
        assert [Decimal(str(cell)) for cell in table["trial.score_gain"]] == gains
        for end, at in (("before", 0), ("after", 1)):
            have = Counter(one.grades[at] for one in found.tried)
            counted = {name: values[f"grade.{i}.{end}"] for i, name in enumerate(found.grades)}
            assert counted == {name: have[name] for name in found.grades}
            assert sum(counted.values()) == sum(count for name, count in have.items() if name)  # type: ignore[arg-type, misc]  # numbers
        moves.update(one.move for one in found.tried)
    assert all(moves[move] for move in (UP, DOWN, SAME)), moves


def test_the_worst_falls_are_named_first() -> None:
    found = shown()
    made = book(found)
    table = columns(made)
    values = results(made, {}, table)
    first = found.worst_first[0]
    assert first.move == DOWN
    assert values["worst.1.name"] == first.before.employee.name
    assert values["worst.1.score_gain"] == first.scored
    assert [one.move for one in found.worst_first] == sorted(
        (one.move for one in found.worst_first), key=[DOWN, UP, SAME].index
    )


def test_libreoffice_works_out_the_same(
    drawn: list[Filled], office: Office, tmp_path: Path
) -> None:
    for found in [shown(), *simulations(drawn, RECALCULATED)]:
        path = tmp_path / "trial.xlsx"
        path.write_bytes(workbook_bytes(book(found), {}))
        assert differences(path, office) == []


def test_a_changed_score_moves_the_overview(office: Office, tmp_path: Path) -> None:
    path = tmp_path / "trial.xlsx"
    path.write_bytes(workbook_bytes(book(shown()), {}))
    with office.open(path) as document:
        grid = document.grid("逐月明细")
        head = next(i for i, cells in enumerate(grid) if "改后奖金" in cells)
        column = grid[head].index("改后奖金")
        row = next(i for i, cells in enumerate(grid) if i > head and cells[column] != "")
        before = next(cells for cells in document.grid("概览") if cells[0] == "奖金合计（元）")
        document.set("逐月明细", f"{'ABCDEFGHIJKLMNOP'[column]}{row + 1}", 5000)
        document.recalculate()
        after = next(cells for cells in document.grid("概览") if cells[0] == "奖金合计（元）")
    assert float(after[-2]) - float(before[-2]) == 5000 - float(grid[row][column])


def test_excel_has_nothing_to_repair(tmp_path: Path) -> None:
    path = tmp_path / "trial.xlsx"
    path.write_bytes(workbook_bytes(book(shown()), {}))
    assert validate([path])[path] == []
    assert repair_problems(path) == []


def test_what_was_not_tried_has_one_row_per_reason() -> None:
    found = shown()
    made = book(found)
    table = columns(made)
    assert list(table["untried.name"]) == ["离职者"]
    assert list(table["untried.months"]) == ["2026年9月、2026年10月、2026年11月"]
    said = [str(cell.content) for cell in made.sheets[2].cells]
    assert any("台账里没有2026年8月的考核表" in text for text in said)
