"""The add-in in LibreOffice with the real Python functions behind it.

A cell calls the wrapper that xlwings generated, that calls the class with what is left of xlwings'
glue, and this one a double (``XLPy.bas``) of what its DLL would give.  The double passes everything on
to a ``Bridge`` in this process, over UNO.  There the real ``xlwings.udfs.call_udf`` calls the real
function.  What is not the real thing: Excel, xlwings' DLL, and COM.

What LibreOffice does not hand over as Excel does: an error value in a cell is a 0, an argument left
out between two others is a 0, dates are day numbers, truth values are numbers.  ``tests/udfs`` tries
those as Excel hands them over.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from tests.udfs.stubs import MISSING, PACKAGE, Excel
from tests.workbench.unobridge import load_uno
from xladdin.addin import build
from xladdin.addin.glue import PYTHON
from xladdin.addin.ribbon_xml import CALLBACK
from xladdin.addin.vba import Module, class_module, standard
from xladdin.addin.vba.source import read

from . import samples
from .directives import resolved
from .office import MacroOffice

WRAPPER, DOUBLE, CONNECTION = "xlwings_udfs", "XLPyDouble", "XLPyBridge"
GIVES_PYTHON = "XLPy"
"""The one procedure that asks the DLL for something."""
KINDS = ("com.sun.star.script.provider.XScript", "com.sun.star.lang.XTypeProvider")
STATUS_BAR = re.compile(r"^ *Application\.StatusBar = [^\r\n]*", re.MULTILINE)
"""LibreOffice without a window ends after a few of these."""
CALLED_FROM_A_CELL = "If TypeOf Application.Caller Is Range Then "
"""Never true in LibreOffice, where the caller is empty even in a cell."""
SHEET = "cases"
START, ANSWER = "A1", "K1"
"""Where cells are filled from, and where formulas are put: to the right of what they read."""
EVERYTHING = 1023
"""All of com.sun.star.sheet.CellFlags."""


def nothing_to_run(statement: str) -> None:
    raise AssertionError(f"nobody expects this to be run: {statement}")


@dataclass
class Bridge:
    """Python's end.  ``log`` holds whatever arrived: the method of ``XLPy``, and its arguments."""

    excel: Excel
    execute: Callable[[str], None] = nothing_to_run
    log: list[tuple[Any, ...]] = field(default_factory=list)

    def getTypes(self) -> tuple[Any, ...]:  # noqa: N802
        """UNO asks every object which interfaces it has."""
        return tuple(map(load_uno().getTypeByName, KINDS))

    def getImplementationId(self) -> Any:  # noqa: N802
        """UNO asks this too; blank stands for no answer."""
        return load_uno().ByteSequence(b"")

    def invoke(self, message: Sequence[Any], *_: object) -> tuple[Any, tuple[()], tuple[()]]:
        """The one method of an XScript; only the result counts, no argument is changed."""
        method, *arguments = _sent(message)
        self.log.append((method, *arguments))
        return getattr(self, f"_{method.lower()}")(*arguments), (), ()

    def _calludf(self, script: str, name: str, arguments: tuple[Any, ...]) -> Any:
        assert script == PACKAGE
        return _variant(self.excel.call(name, *arguments))

    def _module(self, name: str) -> str:
        return name

    def _setattr(self, *_: object) -> None:
        """That it arrived is all: the log says so."""

    def _exec(self, statement: str) -> None:
        self.execute(statement)


def _sent(value: Any) -> Any:
    """As Excel sends it, which has no whole numbers; Basic sends the smallest kind that will do."""
    if isinstance(value, tuple):
        return tuple(map(_sent, value))
    return float(value) if type(value) is int and value != MISSING else value


def _variant(answer: Any) -> Any:
    """As xlwings' COM server answers: a single row without the rows around it."""
    if not isinstance(answer, list):
        return answer
    rows = tuple(map(tuple, answer))
    return rows[0] if len(rows) == 1 else rows


@dataclass(frozen=True)
class Book:
    """The add-in, opened, with a sheet to calculate in."""

    office: MacroOffice
    component: Any

    def run(self, macro: str, *arguments: object) -> Any:
        """Run ``Module.Procedure``."""
        place = f"{build.VBA_PROJECT}.{macro}?language=Basic&location=document"
        with self.office.guarded(f"running {macro}"):
            script = self.component.getScriptProvider().getScript(f"vnd.sun.star.script:{place}")
            return script.invoke(arguments, (), ())[0]

    def press(self, button: str) -> None:
        """Run the ribbon's callback, which gets the button that was pressed."""
        self.run(f"XladdinRibbon.{CALLBACK}", self.run(f"{CONNECTION}.Button", button))

    def fill(self, cells: Sequence[Sequence[float | str | None]]) -> None:
        """Only these cells, from A1."""
        with self.office.guarded("filling cells"):
            self._sheet.getCellRangeByPosition(0, 0, 30, 30).clearContents(EVERYTHING)
            if cells:
                # An empty text leaves a cell blank; a None ends LibreOffice.
                rows = tuple(tuple("" if it is None else it for it in row) for row in cells)
                self._block(START, len(rows), len(rows[0])).setDataArray(rows)

    def change(self, place: str, number: float) -> None:
        """Another number in a cell."""
        with self.office.guarded(f"changing {place}"):
            self._cell(place).Value = number

    def value(self, formula: str) -> object:
        """What a cell shows: a number or a text."""
        with self.office.guarded(f"calculating {formula}"):
            self._cell(ANSWER).Formula = formula
        return self.shown()

    def error(self, formula: str) -> str:
        """The error that a cell shows; empty where it shows an answer."""
        with self.office.guarded(f"calculating {formula}"):
            cell = self._cell(ANSWER)
            cell.Formula = formula
            return str(cell.String) if cell.getError() else ""

    def shown(self) -> object:
        """What the formula's cell shows by now."""
        with self.office.guarded("reading a cell"):
            cell = self._cell(ANSWER)
            return cell.String if cell.getError() else cell.getDataArray()[0][0]

    def values(self, formula: str, height: int, width: int) -> list[list[object]]:
        """What the cells of an array formula show."""
        with self.office.guarded(f"calculating {{{formula}}}"):
            area = self._block(ANSWER, height, width)
            area.setArrayFormula(formula)
            return [list(row) for row in area.getDataArray()]

    @property
    def _sheet(self) -> Any:
        return self.component.Sheets.getByName(SHEET)

    def _cell(self, place: str) -> Any:
        return self._sheet.getCellRangeByName(place).getCellByPosition(0, 0)

    def _block(self, start: str, height: int, width: int) -> Any:
        first = self._sheet.getCellRangeByName(start).RangeAddress
        row, column = first.StartRow, first.StartColumn
        end = (column + width - 1, row + height - 1)
        return self._sheet.getCellRangeByPosition(column, row, *end)


def translated(module: Module) -> Module:
    """The module as LibreOffice can run it, with the double in place of what the DLL gives."""
    text = STATUS_BAR.sub("", resolved(module.source))
    if module.name == PYTHON:
        text = _with_double(text)
    if module.name == WRAPPER:
        text = text.replace(CALLED_FROM_A_CELL, "")
    return replace(module, source=text)


def _with_double(text: str) -> str:
    (real,) = [each for each in read(text).procedures if each.name == GIVES_PYTHON]
    name = "Private Ready As Boolean\r\n"
    parts = text.split(real.text.replace("\n", "\r\n"))
    assert len(parts) == 2
    assert parts[0].count(name) == 1
    return "".join(parts).replace(name, f"{name}Private {GIVES_PYTHON} As New {DOUBLE}\r\n")


def double() -> tuple[Module, Module]:
    """What passes everything on to this process, and what presses buttons."""
    texts = (
        Path(__file__).with_name(f"{name}.bas").read_text("ascii")
        for name in (GIVES_PYTHON, CONNECTION)
    )
    return class_module(DOUBLE, next(texts)), standard(CONNECTION, next(texts))


@contextmanager
def bridged(office: MacroOffice, path: Path, bridge: Bridge, *own: Module) -> Iterator[Book]:
    """The add-in, written to a path with some modules more, open and joined to the bridge."""
    modules = [*map(translated, samples.modules()), *double(), *own]
    path.write_bytes(build.add_in(modules, samples.generated()))
    with office.open(path) as document:
        book = Book(office, document._component)
        book.run(f"{CONNECTION}.Connect", bridge)
        with office.guarded("adding a sheet"):
            book.component.Sheets.insertNewByName(SHEET, 0)
        yield book
