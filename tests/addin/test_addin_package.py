"""An add-in by its type; its ribbon has tests of its own."""

from __future__ import annotations

import pytest

from xladdin.addin.addin_package import ADD_IN, CONTENT_TYPES, WORKBOOK, as_add_in

from . import samples


def test_the_file_is_an_add_in() -> None:
    types = samples.part(CONTENT_TYPES).decode()
    assert types.count(ADD_IN) == 1
    assert WORKBOOK not in types
    assert "application/vnd.ms-office.vbaProject" in types


def test_an_add_in_is_made_once() -> None:
    with pytest.raises(ValueError, match="not a workbook with macros"):
        as_add_in(samples.file())
