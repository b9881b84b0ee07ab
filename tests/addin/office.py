"""LibreOffice with macros on: the workbench keeps them off."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from unittest import mock

from tests.workbench import process
from tests.workbench.office import Office

FILTER = "Calc MS Excel 2007 VBA XML"
ALWAYS_EXECUTE = 4
END = "</oor:items>"
MACROS = """\
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>0</value></prop>
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>false</value></prop></item>
<item oor:path="/org.openoffice.Office.Calc/Filter/Import/VBA">
<prop oor:name="Load" oor:op="fuse"><value>true</value></prop>
<prop oor:name="Executable" oor:op="fuse"><value>true</value></prop></item>
"""


class MacroOffice(Office):
    """Runs the VBA of the files that it opens."""

    def __enter__(self) -> MacroOffice:
        settings = process._SETTINGS.replace(END, MACROS + END)
        with mock.patch.object(process, "_SETTINGS", settings):
            super().__enter__()
        return self

    def _load(self, path: Path, password: str, **how: object) -> Any:
        how |= {"MacroExecutionMode": ALWAYS_EXECUTE, "FilterName": FILTER}
        return super()._load(path, password, **how)

    def calculated(self, path: Path, formula: str) -> object:
        """What a formula gives in a cell of a file: a number, or the text that is shown."""
        with self.open(path) as document, self.guarded(f"calculating {formula}"):
            component = document._component
            cell = component.Sheets.getByIndex(0).getCellByPosition(20, 20)
            cell.Formula = formula
            component.calculateAll()
            return cell.String if cell.getError() else cell.Value
