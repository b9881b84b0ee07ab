"""A place for a ledger, in every kind of database."""

from __future__ import annotations

from pathlib import Path

import pytest

from xladdin.ledger.ledger_place import LedgerPlace, ledger_place


@pytest.fixture
def file_place(tmp_path: Path) -> LedgerPlace:
    """Beside a master in a folder of its own."""
    return ledger_place(tmp_path / "总表.xlsx")


@pytest.fixture
def place(file_place: LedgerPlace) -> LedgerPlace:
    return file_place
