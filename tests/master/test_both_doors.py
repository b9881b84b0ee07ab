"""Both doors know one rule: the live 检查 column and the reader agree on every row.

Masters are changed at random and written; LibreOffice computes their checks, the reader reads them.
A row is said to be wrong at one door if, and only if, it is at the other; the same for notices.
"""

from __future__ import annotations

import random
from collections import defaultdict
from pathlib import Path

import pytest

from tests.workbench.cached import strip_cached
from tests.workbench.office import Office
from xladdin.layout.writer import workbook_bytes
from xladdin.master.all_sheets import SHEETS
from xladdin.master.check_column import CHECK_HEAD, NOTICE, PASSED, WAITING
from xladdin.master.master_book import book
from xladdin.master.read_master import read_master

from .mutants import Rows, mutant

UNSEEN = {
    "number_guess": "about a format that was lost; a formula sees no format",
    "text_is_date": "about a text that a program made a date of",
    "hiring_narrowed": "read by patterns from free text",
    "standard_unread": "read by patterns from free text",
}
"""What formulas cannot see."""
HEAD = 4
"""Sheet rows above the first row of a table."""
Said = dict[tuple[str, int], str]


def live(path: Path, office: Office) -> Said:
    """Sheet and row -> error or notice, as LibreOffice computes the checks."""
    bare = path.with_name(f"bare_{path.name}")
    strip_cached(path, bare)
    found = {}
    with office.open(bare) as document:
        document.recalculate()
        for spec in SHEETS:
            grid = document.grid(spec.name)
            column = grid[HEAD - 1].index(CHECK_HEAD)
            for number, cells in enumerate(grid[HEAD:], start=HEAD + 1):
                said = str(cells[column])
                if said not in ("", PASSED, WAITING):
                    found[spec.name, number] = (
                        f"notice {said}" if NOTICE in said else f"error {said}"
                    )
    return found


def read(path: Path) -> Said:
    """The same, as the reader judges."""
    found: dict[tuple[str, int], list[str]] = defaultdict(list)
    for problem in read_master(path)[1]:
        number = "".join(filter(str.isdigit, problem.place.cell))
        if problem.code not in UNSEEN and number:
            severity = "error" if problem.is_error else "notice"
            found[problem.place.sheet, int(number)].append(f"{severity} {problem}")
    return {place: min(problems) for place, problems in found.items()}


def disagreements(rows: Rows, path: Path, office: Office) -> list[str]:
    path.write_bytes(workbook_bytes(book(rows), {}))
    ours, theirs = live(path, office), read(path)
    return [
        f"{place}: live {ours.get(place)!r}, reader {theirs.get(place)!r}"
        for place in sorted({*ours, *theirs})
        if ours.get(place, "  ").split(" ")[0] != theirs.get(place, "  ").split(" ")[0]
    ]


def check(seeds: range, folder: Path, office: Office) -> int:
    """How many rows were compared."""
    found, count = [], 0
    for seed in seeds:
        rows = mutant(random.Random(seed), changes=12)
        count += sum(map(len, rows.values()))
        found += [f"{seed} {one}" for one in disagreements(rows, folder / "master.xlsx", office)]
    assert found == []
    return count


def test_both_doors_agree(tmp_path: Path, office: Office) -> None:
    assert check(range(6), tmp_path, office) > 1500


@pytest.mark.proof
@pytest.mark.parametrize("part", range(10))
def test_both_doors_agree_on_many_rows(part: int, tmp_path: Path, office: Office) -> None:
    assert check(range(100 + part * 12, 112 + part * 12), tmp_path, office) > 2000
