"""A small master workbook in a real Calc, and commands run on it as the macro does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
import xlwings as xw

from tests.calc.app import Question
from tests.master.small_company import small, small_master
from xladdin.app import handbook
from xladdin.files import save_whole
from xladdin.ribbon.guarded_run import run

ROSTER, FIGURES, POSITIONS = "员工名册", "月度目标与实际", "岗位"
FIRST = 5
"""The row of the first employee in the roster."""


def never(_: xw.App) -> bool:
    """Nobody presses Esc."""
    return False


@dataclass(frozen=True)
class Workplace:
    """A Calc with a master workbook in front."""

    calc: xw.App
    book: xw.Book
    folder: Path

    def select(self, sheet: str, place: str) -> None:
        found = self.book.sheets[sheet]
        self.book.activate()
        found.activate()
        found.range(place).select()

    def click(self, command: str, *answers: str, stop: Callable[[xw.App], bool] = never) -> str:
        """Run a command and say what it told, all its messages together."""
        self.calc.impl.answers.extend(answers)
        before = len(self.calc.impl.questions)
        run(command, lambda: self.calc, stop)
        assert not self.calc.impl.answers, "not everything was asked"
        return "\n".join(question.prompt for question in self.questions[before:])

    @property
    def questions(self) -> list[Question]:
        found: list[Question] = self.calc.impl.questions
        return found

    @property
    def last(self) -> Question:
        return self.questions[-1]

    def files(self, pattern: str = "**/*.xlsx") -> list[str]:
        """What lies below the master's folder, without the master."""
        found = self.folder.glob(pattern)
        return sorted(str(p.relative_to(self.folder)) for p in found if p.name != self.book.name)

    @property
    def sheets(self) -> list[str]:
        return [sheet.name for sheet in self.book.sheets]

    def rows_of(self, *ids: str) -> list[int]:
        """Where people stand in the roster."""
        employees = [employee.id for employee in small().employees]
        return [FIRST + employees.index(id_) for id_ in ids]


@pytest.fixture
def work(calc: xw.App, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workplace:
    monkeypatch.setattr(Path, "home", lambda: tmp_path / "home")
    # No test opens a browser on whoever runs it.
    monkeypatch.setattr(handbook, "shown", lambda anchor="": False)
    folder = tmp_path / "考核 2026"
    path = folder / "总表.xlsx"
    save_whole(path, small_master())
    return Workplace(calc, calc.books.open(str(path)), folder)
