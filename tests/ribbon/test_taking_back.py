"""Random sequences of commands, taken back: every cell as it was, and the file byte by byte."""

from __future__ import annotations

import random
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import xlwings as xw

from tests.master.small_company import small_master
from tests.proof.fixtures import Proofs
from xladdin.files import save_whole
from xladdin.ribbon.taking_back import _put, _shorten
from xladdin.ribbon.undo_recording import _new_cells, state_of

from . import book_states
from .desks import Workplace
from .undo_sequences import NAME, Sequence, answered, sent

pytestmark = pytest.mark.xdist_group("calc")
LAW = "undo"
LONGEST = 5
SHARDS = 30
"""Tests that share the many sequences: each takes minutes, and what it has found stands by then."""


def tried(
    calc: xw.App,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    proofs: Proofs,
    numbers: range,
) -> None:
    """Sequences of these numbers, each of which is always the same one."""
    # Prints are of what one program writes, as Excel's are; not now of its file and now of Calc's.
    calc.impl.copies_as_opened = False
    from_others = sent(tmp_path / "sent")
    answered(monkeypatch, from_others)
    pristine: book_states.State = {}
    failed, commands = [], 0
    for number in numbers:
        folder = tmp_path / f"{number}"
        monkeypatch.setattr(Path, "home", lambda folder=folder: folder / "home")
        path = folder / "考核" / NAME
        save_whole(path, small_master())
        work = Workplace(calc, calc.books.open(str(path)), path.parent)
        pristine = pristine or book_states.state_of(work.book, tmp_path)
        chance = random.Random(number)
        one = Sequence(work, chance, from_others, monkeypatch)
        try:
            one.run(chance.randint(2, LONGEST))
            one.take_all_back()
            left = one.left(folder, pristine)
        except AssertionError as error:
            # The others of the shard are tried all the same.
            left = [str(error)]
        commands += len(one.done)
        if left:
            failed.append(f"{number} {one.done}: {left[:4]}")
        one.book.close()
    survived = len(numbers) - len(failed)
    proofs.record(LAW, tried=len(numbers), survived=survived, note=f"{commands} steps")
    assert failed == [], "\n".join(failed)


def test_whatever_the_commands_do_is_taken_back(
    calc: xw.App, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, proofs: Proofs
) -> None:
    tried(calc, tmp_path, monkeypatch, proofs, range(1, 1 + proofs.count(LAW)))


@pytest.mark.proof
@pytest.mark.parametrize("shard", range(SHARDS))
def test_of_many_sequences_every_one_is_taken_back(
    calc: xw.App, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, proofs: Proofs, shard: int
) -> None:
    each = proofs.count(LAW) // SHARDS
    first = 1_000 + shard * each
    tried(calc, tmp_path, monkeypatch, proofs, range(first, first + each))


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("00012", "@"),
        ("00012", "General"),
        ("=1+2", "@"),
        (12.5, "0.00%"),
        (12.5, "@"),
        ("=A9+1", "0.00"),
        ("2026-10", "General"),
        (True, "General"),
        (None, "0.0"),
    ],
)
def test_a_cell_is_put_as_it_was_whatever_excel_would_take_it_for(
    calc: xw.App, typed: Any, shown: str
) -> None:
    sheet = calc.books.add().sheets[0]
    first, second = sheet.range("B1"), sheet.range("B2")
    for cell in (first, second):
        if isinstance(typed, str) and not typed.startswith("=A"):
            cell.number_format = "@"
        cell.value = typed
        cell.number_format = shown
    was = state_of(first)
    second.number_format, second.value = "General", "别的"
    assert state_of(second) != was
    _put(second, was)
    assert state_of(second) == was
    assert second.value == first.value


def test_a_format_that_was_written_otherwise_is_no_change_of_the_clerks(calc: xw.App) -> None:
    """Calc writes the words of formats one way and reads them another."""
    sheet = calc.books.add().sheets[0]
    for place, number_format in (("B1", 'General"分"'), ("B2", "General\\分"), ("B3", "General")):
        sheet.range(place).value = 4
        sheet.range(place).number_format = number_format
    one, other, plain = (state_of(sheet.range(place)) for place in ("B1", "B2", "B3"))
    assert one == other != plain
    assert one.hashed == other.hashed != plain.hashed


def test_a_longer_table_gets_its_length_back_unless_somebody_changed_it() -> None:
    """Calc has no tables; Excel's are told where they end."""
    resized: list[str] = []

    def table(address: str) -> Any:
        return SimpleNamespace(range=SimpleNamespace(address=address), resize=resized.append)

    sheet: Any = SimpleNamespace(
        tables=[table("$A$4:$P$20"), table("$R$4:$S$30")], range=lambda place: place
    )
    _shorten(sheet, [("$A$4:$P$9", "A4:P20"), ("$R$4:$S$9", "R4:S20")])
    assert resized == ["$A$4:$P$9"]


def test_the_new_rows_of_a_table_are_touched() -> None:
    assert _new_cells("$A$4:$B$9", "A4:B11") == ["A10", "B10", "A11", "B11"]
