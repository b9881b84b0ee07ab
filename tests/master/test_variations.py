"""Whatever a clerk does to the workbook, it reads the same, or a problem says what is wrong."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from copy import deepcopy
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from xladdin.company.starting import example_company
from xladdin.domain.quantities import plain
from xladdin.master.all_sheets import SHEETS
from xladdin.master.read_master import read_master
from xladdin.problems import Problem

from .books import Book, Error, Percent, Sheet, book_of, write
from .edits import calm

CALM = calm(example_company())
BASE = book_of(CALM)
ENOUGH = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def shuffle_columns(sheet: Sheet, chance: random.Random) -> None:
    order = list(range(len(sheet.cells[0])))
    chance.shuffle(order)
    sheet.cells = [[row[x] for x in order] for row in sheet.cells]


def add_columns(sheet: Sheet, chance: random.Random) -> None:
    for head in ("检查", "当前合计", "我的备注", None):
        at = chance.randint(0, len(sheet.cells[0]))
        for y, row in enumerate(sheet.cells):
            row.insert(at, "✓" if y and head else head)


def add_rows(sheet: Sheet, chance: random.Random) -> None:
    for _ in range(3):
        sheet.cells.insert(chance.randint(1, len(sheet.cells)), [])


def add_titles(sheet: Sheet, chance: random.Random) -> None:
    titles: list[list[Any]] = [[sheet.name], [], ["制表人", "某某", "2026年11月"]]
    sheet.cells[:0] = titles[: chance.randint(1, 3)]


def rename(sheet: Sheet, chance: random.Random) -> None:
    sheet.name = f"表{chance.randint(0, 10**9)}"


def hide_rows(sheet: Sheet, chance: random.Random) -> None:
    sheet.hidden_rows = [y for y in range(1, len(sheet.cells)) if chance.random() < 0.3]


def numbers_as_text(sheet: Sheet, chance: random.Random) -> None:
    wide = str.maketrans("0123456789.%", "０１２３４５６７８９．％")
    for row in sheet.cells[1:]:
        for x, value in enumerate(row):
            if isinstance(value, Percent | Decimal) and chance.random() < 0.5:
                text = _typed(value)
                row[x] = chance.choice([text, f" {text} ", text.translate(wide)])


def _typed(value: Percent | Decimal) -> str:
    if isinstance(value, Percent):
        return f"{plain(value.value * 100)}%"
    return f"{value:,f}" if value == value.to_integral_value() else plain(value)


def pad_text(sheet: Sheet, chance: random.Random) -> None:
    for row in sheet.cells:
        for x, value in enumerate(row):
            if isinstance(value, str) and chance.random() < 0.5:
                row[x] = chance.choice([f"{value} ", f"　{value}", f"{value}\n"])


def dashes_for_nothing(sheet: Sheet, chance: random.Random) -> None:
    for row in sheet.cells[1:]:
        for x, value in enumerate(row):
            if value is None and chance.random() < 0.5 and any(row):
                row[x] = chance.choice(["", " ", "-", "--", "—"])


def merge_repeats(sheet: Sheet, _: random.Random) -> None:
    """The first column merged over rows that say the same."""
    top = 1
    for y in range(2, len(sheet.cells) + 1):
        if y == len(sheet.cells) or sheet.cells[y][0] != sheet.cells[top][0]:
            if y - top > 1 and sheet.cells[top][0] is not None:
                for below in range(top + 1, y):
                    sheet.cells[below][0] = None
                sheet.merged.append((top, 0, y - 1, 0))
            top = y


HARMLESS: dict[str, Callable[[Sheet, random.Random], None]] = {
    "columns shuffled": shuffle_columns,
    "columns added": add_columns,
    "rows added": add_rows,
    "titles above": add_titles,
    "renamed": rename,
    "rows hidden": hide_rows,
    "numbers as text": numbers_as_text,
    "text with blanks": pad_text,
    "dashes for nothing": dashes_for_nothing,
}


def changed(change: Callable[[Sheet, random.Random], None], seed: int) -> Book:
    book, chance = deepcopy(BASE), random.Random(seed)
    for sheet in book:
        change(sheet, chance)
    chance.shuffle(book)
    return book


def disturbing(problems: list[Problem]) -> list[str]:
    """All but that rows are hidden, which is told, and they are read."""
    return [str(problem) for problem in problems if problem.code != "hidden_rows"]


@pytest.mark.parametrize("name", HARMLESS)
@pytest.mark.parametrize("seed", range(3))
def test_a_harmless_change_reads_the_same(name: str, seed: int, tmp_path: Path) -> None:
    content, problems = read_master(write(tmp_path / "master.xlsx", changed(HARMLESS[name], seed)))
    assert disturbing(problems) == []
    assert content == CALM


def test_merged_cells_read_the_same(tmp_path: Path) -> None:
    book = changed(merge_repeats, 0)
    assert any(sheet.merged for sheet in book)
    content, problems = read_master(write(tmp_path / "master.xlsx", book))
    assert (content, problems) == (CALM, [])


@ENOUGH
@given(seed=st.integers(0, 2**32), names=st.sets(st.sampled_from(sorted(HARMLESS)), min_size=2))
def test_harmless_changes_together(seed: int, names: set[str], tmp_path: Path) -> None:
    book, chance = deepcopy(BASE), random.Random(seed)
    # Titles and empty rows last: the other changes take the first row for the heads.
    for name in sorted(names, key=lambda each: each in ("titles above", "rows added")):
        for sheet in book:
            HARMLESS[name](sheet, chance)
    content, problems = read_master(write(tmp_path / "master.xlsx", book))
    assert disturbing(problems) == []
    assert content == CALM


JUNK: list[Any] = [
    None,
    "",
    "???",
    "=1+1",
    "无",
    "是",
    "1,2,3",
    "-5",
    "100%",
    "１２３",
    "2026-11-01",
    "长" * 700,
    "a\x00b".replace("\x00", ""),
    "sales_service",
    Decimal("-1"),
    Decimal("0.5"),
    Decimal("1E+15"),
    Decimal(1001),
    Percent(Decimal("0.999")),
    Error("#N/A"),
    Error("#DIV/0!"),
]


def damage(book: Book, chance: random.Random, count: int) -> None:
    for _ in range(count):
        sheet = chance.choice(book)
        y = chance.randrange(len(sheet.cells))
        if sheet.cells[y]:
            sheet.cells[y][chance.randrange(len(sheet.cells[y]))] = chance.choice(JUNK)


def drop_something(book: Book, chance: random.Random) -> None:
    sheet = chance.choice([each for each in book if any(each.cells)])
    y = chance.randrange(len(sheet.cells))
    x = chance.randrange(max(map(len, sheet.cells)))
    match chance.randrange(4):
        case 0 if len(book) > 1:
            book.remove(sheet)
        case 1:
            del sheet.cells[y]
        case 2:
            for row in sheet.cells:
                del row[x : x + 1]
        case _:
            sheet.cells[y] = []


@ENOUGH
@given(seed=st.integers(0, 2**32), count=st.integers(1, 40), drops=st.integers(0, 3))
def test_damage_is_named_and_never_raised(
    seed: int, count: int, drops: int, tmp_path: Path
) -> None:
    book, chance = deepcopy(BASE), random.Random(seed)
    damage(book, chance, count)
    for _ in range(drops):
        drop_something(book, chance)
    _, problems = read_master(write(tmp_path / "master.xlsx", book))
    for problem in problems:
        check_wording(problem, {sheet.name for sheet in book})


FOREIGN = re.compile(r"\b(?:None|True|False|Decimal|Input|should|valid)\b")


def check_wording(problem: Problem, sheets: set[str]) -> None:
    """In Chinese, and about a cell, or a sheet, or the workbook."""
    place = problem.place
    assert place.file == "master.xlsx"
    assert place.sheet in sheets or problem.code in ("sheet_missing", "not_master")
    assert re.fullmatch(r"([A-Z]+[1-9][0-9]*)?", place.cell)
    assert re.search("[\u4e00-\u9fff]", problem.message)
    assert not FOREIGN.search(problem.message), problem.message


NOT_ALONE = {"actual", "rater"}
"""An actual may be not there yet; a rater's name follows from the id."""


@ENOUGH
@given(data=st.data())
def test_one_wrong_cell_changes_nothing_in_silence(data: st.DataObject, tmp_path: Path) -> None:
    """A required cell that is emptied is always an error."""
    spec = data.draw(st.sampled_from(SHEETS))
    book = deepcopy(BASE)
    sheet = next(each for each in book if each.name == spec.name)
    y = data.draw(st.integers(1, len(sheet.cells) - 1))
    key = data.draw(st.sampled_from(sorted(set(spec.required) - NOT_ALONE)))
    x = [column.key for column in spec.columns].index(key)
    sheet.cells[y][x] = None
    _, problems = read_master(write(tmp_path / "master.xlsx", book))
    assert any(problem.is_error for problem in problems), (spec.name, key, sheet.cells[y])
