"""LibreOffice with the extension, put in as a user does it: by ``unopkg`` into a profile of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import Any
from unittest import mock

from tests.workbench import process
from tests.workbench.office import Office
from tests.workbench.tools import program
from tests.workbench.unobridge import create, properties

NOBODY = 65534
SEEN_FORMULA = "U30"
CONTENT = 1 | 2 | 4 | 16


def unopkg(profile: Path, *arguments: str) -> str:
    """What it says; it does nothing for root, who is nobody meanwhile."""
    root = os.geteuid() == 0
    if root:
        _give(profile, NOBODY)
    who = {"user": NOBODY, "group": NOBODY, "extra_groups": ()} if root else {}
    done = subprocess.run(
        [program("unopkg"), *arguments, f"-env:UserInstallation={profile.as_uri()}"],
        env={**process._environment(), "HOME": str(profile)},
        capture_output=True,
        text=True,
        check=False,
        **who,  # type: ignore[arg-type]
    )
    if root:
        _give(profile, 0)
    assert done.returncode == 0, done.stderr
    return done.stdout


def _give(folder: Path, owner: int) -> None:
    for each in (folder, *folder.rglob("*")):
        os.chown(each, owner, owner, follow_symlinks=False)


class CalcOffice(Office):
    """A LibreOffice into which an extension was put before it began."""

    def __init__(self, *extensions: Path) -> None:
        super().__init__()
        self._extensions = extensions
        self._book: Any = None

    def __enter__(self) -> CalcOffice:
        with mock.patch.object(process, "_new_profile", self._profile):
            super().__enter__()
        return self

    def _profile(self, new: Any = process._new_profile) -> Path:
        profile: Path = new()
        for each in self._extensions:
            # Beside the profile: nobody may not look into the tests' own folders.
            copy = Path(shutil.copy(each, profile))
            copy.chmod(0o644)
            unopkg(profile, "add", str(copy))
        return profile

    def described(self, function: str) -> dict[str, Any]:
        """What the function wizard says of a function."""
        with self.guarded(f"asking for {function}"):
            known = create(self._connect(), "com.sun.star.sheet.FunctionDescriptions")
            return {each.Name: each.Value for each in known.getByName(function)}

    def methods(self, interface: str) -> dict[str, list[str]]:
        """What the installed types say of an interface: its methods and their arguments."""
        with self.guarded(f"looking at {interface}"):
            core = create(self._connect(), "com.sun.star.reflection.CoreReflection")
            own = [
                each
                for each in core.forName(interface).getMethods()
                if each.getDeclaringClass().getName() == interface
            ]
            return {each.getName(): [p.aName for p in each.getParameterInfos()] for each in own}

    def new_sheet(self) -> Any:
        with self.guarded("making a workbook"):
            hidden = properties(Hidden=True)
            book = self._desktop.loadComponentFromURL("private:factory/scalc", "_blank", 0, hidden)
            self._book = book
            return book.Sheets.getByIndex(0)

    def save(self, path: Path, filter_name: str) -> None:
        """Write the newest workbook."""
        with self.guarded(f"writing {path.name}"):
            self._book.storeToURL(path.as_uri(), properties(FilterName=filter_name))


def fill(sheet: Any, rows: list[list[Any]]) -> None:
    """Only these cells, from A1."""
    sheet.getCellRangeByPosition(0, 0, 30, 40).clearContents(CONTENT)
    if rows:
        data = tuple(tuple("" if cell is None else cell for cell in row) for row in rows)
        sheet.getCellRangeByPosition(0, 0, len(rows[0]) - 1, len(rows) - 1).setDataArray(data)


def shown(sheet: Any, formula: str) -> Any:
    """What a cell with a formula shows: a number or a text."""
    cell = sheet.getCellRangeByName(SEEN_FORMULA).getCellByPosition(0, 0)
    cell.Formula = formula
    return cell.String if cell.getError() else cell.getDataArray()[0][0]


def shown_rows(sheet: Any, formula: str, height: int, width: int) -> list[list[Any]]:
    """What the cells of an array formula show."""
    area = sheet.getCellRangeByPosition(20, 29, 19 + width, 28 + height)
    area.setArrayFormula(formula)
    return [list(row) for row in area.getDataArray()]
