"""One module of a VBA project: its text as Excel stores it, attribute lines first."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

LONGEST_NAME, LONGEST_LINE = 31, 1023
NAME = re.compile(rf"[A-Za-z][A-Za-z0-9_]{{0,{LONGEST_NAME - 1}}}")
WORKBOOK = "{00020819-0000-0000-C000-000000000046}"
SHEET = "{00020820-0000-0000-C000-000000000046}"
CLASS = "{FCFB3D2A-A0FA-1068-A738-08002B3371B5}"
DOCUMENT_ATTRIBUTES = {
    "GlobalNameSpace": False,
    "Creatable": False,
    "PredeclaredId": True,
    "Exposed": True,
    "TemplateDerived": False,
    "Customizable": True,
}
CLASS_ATTRIBUTES = dict.fromkeys(DOCUMENT_ATTRIBUTES, False)
"""No other project may make or see one, and none is there by itself."""


class Kind(Enum):
    """What a module belongs to; the value is its key in the PROJECT stream."""

    STANDARD = "Module"
    CLASS = "Class"
    DOCUMENT = "Document"


@dataclass(frozen=True, slots=True)
class Module:
    """A module; text that VBA could not hold is refused with a ValueError."""

    name: str
    source: str
    kind: Kind

    def __post_init__(self) -> None:
        if not NAME.fullmatch(self.name):
            raise ValueError(f"{self.name}: not a name for a module")
        if not self.source.isascii():
            raise ValueError(f"{self.name}: only ASCII is the same on every code page")
        lines = self.source.split("\r\n")
        if any("\r" in line or "\n" in line for line in lines):
            raise ValueError(f"{self.name}: lines must end in CR LF")
        if max(map(len, lines)) > LONGEST_LINE:
            raise ValueError(f"{self.name}: a line is longer than {LONGEST_LINE} characters")

    @property
    def stored(self) -> bytes:
        """The text as the project's code page writes it."""
        return self.source.encode("ascii")


def standard(name: str, text: str) -> Module:
    """A module of functions and procedures."""
    return _module(name, Kind.STANDARD, [], text)


def class_module(name: str, text: str) -> Module:
    """A module of which the project makes objects; nobody calls what is in it by its name."""
    return _module(name, Kind.CLASS, _attributes(CLASS, CLASS_ATTRIBUTES), text)


def document(name: str, base: str, text: str = "") -> Module:
    """The module behind the workbook or a sheet."""
    return _module(name, Kind.DOCUMENT, _attributes(base, DOCUMENT_ATTRIBUTES), text)


def _attributes(base: str, flags: Mapping[str, bool]) -> list[str]:
    values = {"Base": f'"0{base}"', **flags}
    return [f"Attribute VB_{key} = {value}" for key, value in values.items()]


def _module(name: str, kind: Kind, attributes: Sequence[str], text: str) -> Module:
    lines = text.splitlines()
    if lines and lines[0].startswith("Attribute VB_Name"):
        del lines[0]
    whole = [f'Attribute VB_Name = "{name}"', *attributes, *lines]
    return Module(name, "".join(f"{line}\r\n" for line in whole), kind)
