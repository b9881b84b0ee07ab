"""VBA as 64-bit Excel on Windows compiles it: LibreOffice would compile every branch at once."""

from __future__ import annotations

from xladdin.addin.vba.directives import Constants, decided

EXCEL: Constants = {
    "mac": 0,
    "vba7": 1,
    "vba6": 1,
    "win64": 1,
    "win32": 1,
    "app": "Microsoft Excel",
}


def resolved(text: str) -> str:
    """The text without directives, and without the branches that are not taken."""
    return "\r\n".join(decided(text.split("\r\n"), EXCEL))
