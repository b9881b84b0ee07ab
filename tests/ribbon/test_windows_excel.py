"""What Excel does otherwise than one would think, by stand-ins that do the same."""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xladdin.ribbon import windows_excel


class Failing:
    """An application whose selection cannot be had."""

    def __init__(self, error: Exception) -> None:
        self.error = error

    @property
    def selection(self) -> Any:
        raise self.error


@pytest.mark.parametrize(
    "error", [AttributeError("Address"), OverflowError(), OSError("com_error")]
)
def test_what_is_no_selection_of_cells_is_none(error: Exception) -> None:
    app: Any = Failing(error)
    assert windows_excel.selection(app) is None


class Rows:
    """A sheet with hidden rows, that counts how often it is asked."""

    def __init__(self, hidden: set[int]) -> None:
        self.hidden, self.asked = hidden, 0

    def range(self, first: tuple[int, int], last: tuple[int, int]) -> Any:
        self.asked += 1
        found = {row in self.hidden for row in range(first[0], last[0] + 1)}
        answer = found.pop() if len(found) == 1 else None
        return SimpleNamespace(api=SimpleNamespace(EntireRow=SimpleNamespace(Hidden=answer)))


@given(st.sets(st.integers(1, 60)), st.sets(st.integers(1, 60)))
def test_visible_rows_are_those_that_are_not_hidden(rows: set[int], hidden: set[int]) -> None:
    sheet: Any = Rows(hidden)
    assert windows_excel.visible(sheet, sorted(rows)) == sorted(rows - hidden)


def test_a_long_sheet_is_asked_a_few_times() -> None:
    sheet: Any = Rows({*range(100, 900)})
    assert len(windows_excel.visible(sheet, [*range(1, 2001)])) == 1200
    assert sheet.asked < 60


def test_documents_are_where_excel_saves(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    own = tmp_path / "own"
    app: Any = SimpleNamespace(api=SimpleNamespace(DefaultFilePath=str(own)))
    assert windows_excel.documents(app) == tmp_path
    (tmp_path / "Documents").mkdir()
    assert windows_excel.documents(app) == tmp_path / "Documents"
    own.mkdir()
    assert windows_excel.documents(app) == own


def test_excel_is_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    """Else it stays behind as a process without a window."""
    windows = ModuleType("xlwings._xlwindows")
    vars(windows)["BOOK_CALLER"] = object()
    monkeypatch.setitem(sys.modules, "xlwings._xlwindows", windows)
    windows_excel.release()
    assert vars(windows)["BOOK_CALLER"] is None


def test_there_is_no_esc_elsewhere_than_on_windows() -> None:
    app: Any = SimpleNamespace(pid=1)
    assert windows_excel.escape_pressed(app) is False


def tries(patience: Any) -> int:
    """How often xlwings tries a call that is refused each time: as its wrappers ask."""
    attempt = 1
    while not patience or attempt < patience:
        attempt += 1
    return attempt


def test_a_busy_excel_is_waited_for_two_seconds_and_no_longer() -> None:
    waited: list[float] = []
    patience = windows_excel.Patience(waited.append)
    assert tries(patience) == windows_excel.TRIES
    assert 1.5 < sum(waited) <= 2
    assert tries(patience) == windows_excel.TRIES, "each call anew"


def test_a_workbook_in_protected_view_is_named() -> None:
    def app(**known: Any) -> Any:
        return SimpleNamespace(api=SimpleNamespace(**known))

    window = SimpleNamespace(SourceName="收到的总表.xlsx")
    assert windows_excel.protected_view(app(ActiveProtectedViewWindow=window)) == "收到的总表.xlsx"
    assert windows_excel.protected_view(app(ActiveProtectedViewWindow=None)) == ""
    assert windows_excel.protected_view(app()) == ""
