"""A workbook with a password that was not written to its end is told from a whole one."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.patch.small import small
from xladdin.ooxml.archive import State
from xladdin.ooxml.sealing import encrypted
from xladdin.ooxml.whole_files import book_state

ROWS = "".join(
    f'<row r="{row}"><c r="A{row}"><v>{random.Random(row).random()}</v></c></row>'
    for row in range(1, 400)
)
SEALED = encrypted(small(ROWS), "对的密码")


@pytest.mark.parametrize(
    ("data", "state"),
    [
        (SEALED, State.WHOLE),
        (SEALED[:-1], State.CUT_OFF),
        (SEALED[:-600], State.CUT_OFF),
        (SEALED[: len(SEALED) // 2], State.CUT_OFF),
        (SEALED[:600], State.OTHER),
        (SEALED[:8], State.OTHER),
        (small(ROWS), State.WHOLE),
        (small(ROWS)[:-30], State.CUT_OFF),
    ],
    ids=range(8),
)
def test_what_there_is_of_a_workbook(data: bytes, state: State, tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(data)
    assert book_state(tmp_path / "a") is state


def test_what_cannot_be_read_is_left_alone(tmp_path: Path) -> None:
    assert book_state(tmp_path) is book_state(tmp_path / "gone") is State.OTHER
