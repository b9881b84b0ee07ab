"""The types of cell values that the engines and the file give."""

from __future__ import annotations

from decimal import Decimal
from typing import TypeAlias


class ErrorText(str):
    """The text of an error value such as `#DIV/0!`; a type of its own, to tell it from text."""

    __slots__ = ()


# LibreOffice knows numbers, texts and errors; an empty cell is "".
OfficeValue: TypeAlias = float | str

# A formula cell in the file may also hold a boolean, or no value at all (None).
CachedValue: TypeAlias = Decimal | bool | str | None
