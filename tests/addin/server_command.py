"""The command that the add-in starts Python with, as its VBA puts it together."""

from __future__ import annotations

import re

from xladdin.addin import glue

PIECE = re.compile(r'"((?:[^"]|"")*)"|(\w+)')
VALUES = {"LicenseKeyEnvString": "", "PYTHONPATH": "False;;;;;;"}
"""What the variables hold, with the add-in's own settings."""
SERVE = "xlwings.serve("


def command(python: str) -> str:
    """What the glue's ``XLPyCommand`` gives; ``$(CLSID)`` in it is for the DLL."""
    return f'cmd.exe  /K ""{python}"{tail()}"'


def tail() -> str:
    """What follows the interpreter."""
    (line,) = [line for line in shipped().splitlines() if SERVE in line]
    pieces = PIECE.findall(line.partition("=")[2])
    return "".join(text.replace('""', '"') or VALUES.get(name, "") for text, name in pieces)


def code(until: str = "") -> str:
    """The Python in it, up to some text."""
    found = tail().partition('-c "')[2].rpartition('"')[0].replace('\\"', '"')
    return found[: found.index(until)] if until else found


def shipped() -> str:
    return glue.glue()
