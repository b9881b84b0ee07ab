"""xlwings' own VBA for add-ins, taken from the installed package and patched in six places.

Every patch must find its text exactly once: another version of xlwings is looked at by somebody
before it is shipped.
"""

from __future__ import annotations

import re
from importlib import metadata, resources

PROJECT = "xladdin"
GLUE = "xlwings_custom_addin.bas"
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
BY_NAME = '        PYTHON_WIN = GetConfig("INTERPRETER", "pythonw")\n'
NO_PYTHON = "INTERPRETER_WIN is not set: xladdin addin install"
KILL = (
    "    If 0 <> XLPyDLLActivateAuto(unused, XLPyCommand, -1) "
    "Then Err.Raise 1000, Description:=unused\n"
)
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
    """The module ``xlwings``, patched."""
    text = installed()
    for patch in (named, one_server, no_strange_code, no_strange_python, own_settings_only, cached):
        text = patch(text)
    return text


def installed() -> str:
    """The module as xlwings ships it."""
    text = resources.files("xlwings").joinpath(GLUE).read_text("utf-8")
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
    """Settings are read once; to restart Python reads them again."""
    start, end = _function(text, f"Function {SIGNATURE}")
    read = CONFIG_CALL.sub("ReadConfig", text[start:end]).removeprefix("Function ")
    own = NAME.replace("myaddin", PROJECT)
    text = text[:start] + CACHED.format(signature=SIGNATURE, read=read) + text[end:]
    # VBA wants its variables above all functions.
    text = replaced(text, own, f"{own}Private ConfigCache As Object\n")
    # Only afterwards: the server to end is known by the settings that it was started with.
    return replaced(text, KILL, f"{KILL}    Set ConfigCache = Nothing\n")


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
