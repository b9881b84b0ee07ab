"""The fixture ``proofs``: how many cases to try, and where the outcome is put down."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from . import figures

OPTION = "--proof-figures"


@dataclass(frozen=True)
class Proofs:
    """The proofs as one test sees them: ``is_full`` in a test that is marked ``proof``."""

    is_full: bool
    file: Path | None

    def count(self, id: str) -> int:
        """How many cases this test is to try."""
        proof = figures.read_proofs()[id]
        return proof.proof if self.is_full else proof.test

    def record(self, id: str, *, tried: int, survived: int, note: str = "") -> None:
        """Put the outcome down; only that of the full number goes into ``docs/proof.md``."""
        assert id in figures.read_proofs(), f"{id} is not in {figures.PROOFS}"
        assert 0 <= survived <= tried
        if self.is_full and self.file is not None:
            figure = figures.Figure(id, tried, survived, figures.today(), note)
            figures.append(self.file, figure)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(OPTION, type=Path, help="append the figures of the long proofs to this file")


@pytest.fixture
def proofs(request: pytest.FixtureRequest) -> Proofs:
    is_full = request.node.get_closest_marker("proof") is not None
    return Proofs(is_full, request.config.getoption(OPTION))
