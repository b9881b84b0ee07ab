"""Whatever is changed in a sheet comes out the same whether its rows are a tree or kept as text."""

from __future__ import annotations

import pytest

from xladdin.ooxml import kept_rows, package

BOTH = ("test_sheet", "test_appending", "test_odd_sheets", "test_laws", "test_overlays")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if metafunc.module.__name__.rpartition(".")[2] in BOTH:
        metafunc.fixturenames.append("rows_are")
        metafunc.parametrize("rows_are", ["tree", "text"], indirect=True)


@pytest.fixture
def rows_are(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """A sheet of any length as one of the group's size."""
    if request.param == "text":
        monkeypatch.setattr(package, "LONG", 0)
        monkeypatch.setattr(kept_rows, "MOST_OPEN", 0)
