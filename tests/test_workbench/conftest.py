from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias

import pytest
import xlsxwriter

from tests.workbench.sample import write_sample

Maker: TypeAlias = Callable[[Callable[[Any, Any], None]], Path]


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The good sample workbook; not to be changed."""
    return write_sample(tmp_path_factory.mktemp("sample") / "sample.xlsx")


@pytest.fixture
def make(tmp_path: Path) -> Maker:
    """Write a workbook with one sheet, `S`, filled by a function of (workbook, sheet)."""

    def write(fill: Callable[[Any, Any], None]) -> Path:
        path = tmp_path / "made.xlsx"
        with xlsxwriter.Workbook(path) as book:
            fill(book, book.add_worksheet("S"))
        return path

    return write
