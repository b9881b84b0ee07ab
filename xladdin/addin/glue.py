"""xlwings' own VBA for add-ins, taken from the installed package: patched, and only what we need.

Every patch must find its text exactly once, and what is left must be the procedures named here:
another version of xlwings is looked at by somebody before it is shipped.

xlwings puts its VBA into a standard module.  From there any workbook reaches all of it, by a
formula in a cell as well: ``=RunPython("...")``, ``=ReadFile("...")``.  That its procedures are
``Private``, or its module, is no fence: Microsoft says of both only what other *modules* and
*projects* see, ``Application.Run`` calls private procedures, and LibreOffice answers a formula with
them.  So what we need of it becomes a class: there is nothing then that a name could reach.
"""

from __future__ import annotations

import re
from importlib import metadata, resources

from .vba.directives import Constants, decided
from .vba.source import (
    Procedure,
    Source,
    beginning_with,
    declared,
    names_used,
    private,
    reachable,
    read,
    words,
)

PROJECT = "xladdin"
PYTHON = "XladdinPython"
"""The class, and the file with what we add."""
GLUE = "xlwings_custom_addin.bas"
MACHINE: Constants = {"mac": 0, "app": "Microsoft Excel"}
"""xlwings calls Python from cells in Excel on Windows only."""
KEPT = frozenset(
    {
        "expandenvironmentstrings",
        "fileexists",
        "fileexistsonwindows",
        "getconfig",
        "getconfigfilepath",
        "getconfigfromfile",
        "getconfigfromsheet",
        "parentfolder",
        "readconfig",
        "sheetexists",
        "wscript",
        "xlpy",
        "xlpycommand",
        "xlpyloaddll",
    }
)
"""All procedures of xlwings that the add-in ships, in small letters; the rest is never called."""
BY_TEXT = frozenset(
    {"addressof", "callbyname", "evaluate", "executeexcel4macro", "onkey", "ontime", "run"}
)
"""What calls procedures that cannot be seen by reading."""
GUARD = "    If Not Ready Then Err.Raise PERMISSION_DENIED"
"""Stands in every procedure of the class: without an object of it, none runs."""
BEGIN = "Class_Initialize"
CONFIG_CALL = re.compile(r"\bGetConfig\b")
SIGNATURE = (
    'GetConfig(configKey As String, Optional default As String = "", '
    'Optional source As String = "") As Variant\n'
)
NAME = 'Public Const PROJECT_NAME As String = "myaddin"\n'
BOOK_PATHS = (
    '";" & ActiveWorkbook.FullName & ";" & ThisWorkbook.FullName & ";" & GetConfig("ONEDRIVE'
)
START = '        tail = " -B -c ""import sys, os;'
PREPARED = 'xlwings.utils.prepare_sys_path(\\""" & PYTHONPATH & "\\"");'
IMPORTS = '& "import xlwings.utils;'
BY_NAME = '        PYTHON_WIN = GetConfig("INTERPRETER", "pythonw")\n'
NO_PYTHON = "INTERPRETER_WIN is not set: xladdin addin install"
CONFIG_CELLS = 'For Each cell In Range(sht.Range("A1"), lastCell)\n'
CACHED = """\
' xladdin: each setting is read once, not many times for every call.
Function {signature}\
    Dim slot As String
    If ConfigCache Is Nothing Then Set ConfigCache = CreateObject("Scripting.Dictionary")
    slot = configKey & "|" & default & "|" & source
    If Not ConfigCache.Exists(slot) Then ConfigCache.Add slot, ReadConfig(configKey, default, source)
    GetConfig = ConfigCache.Item(slot)
End Function

Private Function {read}"""


class GlueChangedError(Exception):
    """The text of the installed xlwings is not the one that the patches were made for."""


def glue() -> str:
    """The class through which the add-in reaches Python.

    The public procedures that we add are all that other modules can call.
    """
    text = installed()
    for patch in PATCHES:
        text = patch(text)
    return class_of(text, own_source(PYTHON))


def class_of(text: str, own: str) -> str:
    """Our part and as much of the text as it uses, each procedure useless without an object.

    Raises GlueChangedError where that is not exactly what was looked at.
    """
    theirs, ours = read(for_windows(text)), read(own)
    kept = reachable(theirs.procedures, names_used(own))
    if kept != KEPT:
        raise GlueChangedError(f"other procedures than before: {', '.join(sorted(kept ^ KEPT))}")
    procedures = [private(each) for each in theirs.procedures if each.name.lower() in kept]
    whole = [*procedures, *ours.procedures]
    code = "".join(each.text for each in whole)
    if unseen := BY_TEXT & words(code):
        raise GlueChangedError(f"calls what cannot be seen: {', '.join(sorted(unseen))}")
    statements = declared((*theirs.statements, *ours.statements), names_used(code + GUARD))
    return Source(
        theirs.head + ours.head,
        tuple(private(each) for each in statements),
        tuple(map(_guarded, whole)),
    ).text


def for_windows(text: str) -> str:
    """It, without what is there for other systems and other programs."""
    return "\n".join(decided(text.splitlines(), MACHINE))


def _guarded(procedure: Procedure) -> Procedure:
    return procedure if procedure.name == BEGIN else beginning_with(procedure, GUARD)


def installed() -> str:
    """The module as xlwings ships it."""
    from xladdin.safe_xlwings import xw  # noqa: PLC0415 - it may be missing

    text = resources.files(xw).joinpath(GLUE).read_text("utf-8")
    _only_place(text, f"'Version: {metadata.version('xlwings')}\n")
    return text


def named(text: str) -> str:
    """Settings are those of this add-in, not of another one made with xlwings."""
    return replaced(text, NAME, NAME.replace("myaddin", PROJECT))


def one_server(text: str) -> str:
    """One Python for all workbooks: the server is found by a command without their names."""
    start, end = _function(text, "Function XLPyCommand()\n")
    command = replaced(text[start:end], BOOK_PATHS, '";;;" & GetConfig("ONEDRIVE')
    return text[:start] + command + text[end:]


def no_strange_code(text: str) -> str:
    """Python imports nothing from the folder that Excel happens to be in, which may be anybody's."""
    start, end = _function(text, "Function XLPyCommand()\n")
    safe = replaced(text[start:end], START, START.replace(" -B ", " -P -B "))
    safe = replaced(safe, PREPARED, f"{PREPARED}sys.path[:]=filter(None,sys.path);")
    return text[:start] + safe + text[end:]


def no_strange_python(text: str) -> str:
    """Without a setting none is started: one by name alone may lie in the current folder, too."""
    start, end = _function(text, "Private Sub XLPyLoadDLL()\n", "\nEnd Sub\n")
    loads = replaced(
        text[start:end], BY_NAME, f'        Err.Raise 1000, Description:="{NO_PYTHON}"\n'
    )
    return text[:start] + loads + text[end:]


def own_settings_only(text: str) -> str:
    """No workbook, and no file beside it, chooses which program is started."""
    sheet, own = "            'Workbook Sheet Config\n", "            'Add-in Sheet Config"
    folder, user = "    ' Directory Config\n", "    ' User Config\n"
    return _without(_without(text, sheet, own), folder, user)


def cached(text: str) -> str:
    """Settings are read once, until Excel ends."""
    start, end = _function(text, f"Function {SIGNATURE}")
    read = CONFIG_CALL.sub("ReadConfig", text[start:end]).removeprefix("Function ")
    own = NAME.replace("myaddin", PROJECT)
    text = text[:start] + CACHED.format(signature=SIGNATURE, read=read) + text[end:]
    # VBA wants its variables above all functions.
    return replaced(text, own, f"{own}Private ConfigCache As Object\n")


def own_sheet(text: str) -> str:
    """The cells of the settings are those of their sheet, whatever is in front."""
    return replaced(text, CONFIG_CELLS, CONFIG_CELLS.replace("Range(sht", "sht.Range(sht"))


def spares_excel(text: str) -> str:
    """Python's end ends no Excel: see ``xladdin.safe_xlwings``."""
    return replaced(text, IMPORTS, IMPORTS.replace("import ", "import xladdin.safe_xlwings, "))


PATCHES = (
    named,
    one_server,
    no_strange_code,
    no_strange_python,
    own_settings_only,
    cached,
    own_sheet,
    spares_excel,
)


def own_source(name: str) -> str:
    """The text of a module that is written here."""
    return resources.files(__package__).joinpath("macros", f"{name}.bas").read_text("ascii")


def replaced(text: str, old: str, new: str) -> str:
    """The text with the one place changed."""
    start = _only_place(text, old)
    return text[:start] + new + text[start + len(old) :]


def _without(text: str, first: str, after: str) -> str:
    start, end = _only_place(text, first), _only_place(text, after)
    if end < start:
        raise GlueChangedError(after)
    return text[:start] + text[end:]


def _function(text: str, signature: str, end: str = "\nEnd Function\n") -> tuple[int, int]:
    """From where to where a function goes, up to its last line."""
    start = _only_place(text, signature)
    return start, text.index(end, start) + len(end)


def _only_place(text: str, wanted: str) -> int:
    if text.count(wanted) != 1:
        raise GlueChangedError(f"{text.count(wanted)} times instead of once: {wanted.strip()}")
    return text.index(wanted)
