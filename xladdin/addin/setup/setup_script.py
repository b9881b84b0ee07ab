"""What of the setup's script depends on what is in it: the files, the entries of the menus."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from xladdin.addin.windows.menu_entries import ENTRIES, NAME, Menu

from .staged_app import files_of

VARIABLES = {Menu.PROGRAMS: "$SMPROGRAMS", Menu.SEND_TO: "$SENDTO"}
"""Where menus lie, in the language of the script."""


def unpacking(app: Path, into: str) -> str:
    """Statements that unpack every file of a folder, in the same order on every machine."""
    return _lines(_unpacking(app, into))


def _unpacking(app: Path, into: str) -> Iterator[str]:
    folder = None
    for path in files_of(app):
        below = path.relative_to(app).parent.as_posix().replace("/", "\\").removeprefix(".")
        if below != folder:
            folder = below
            yield f'SetOutPath "{into}\\{below}"'.replace('\\"', '"')
        yield f'File "{quoted(str(path))}"'


def removing_entries() -> str:
    """Statements that take our entries out of the menus, and nothing else."""
    return _lines(
        [
            *(f'Delete "{VARIABLES[entry.menu]}\\{entry.file}"' for entry in ENTRIES),
            f'RMDir "{VARIABLES[Menu.PROGRAMS]}\\{NAME}"',
        ]
    )


def quoted(text: str) -> str:
    """A text as it stands between quotes in the script."""
    return text.replace("$", "$$").replace('"', '$\\"')


def _lines(statements: Iterable[str]) -> str:
    return "".join(f"{each}\n" for each in statements)
