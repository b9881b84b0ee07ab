"""What a cell element holds: writing a value into it and telling whether there is one."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from decimal import Decimal

from xladdin.ooxml import xml
from xladdin.ooxml.xml import Element, main

from .workbook import text_of

Value = str | Decimal | dt.date | None
"""A day becomes the number that the workbook counts it by; who shows it as a date, sees to that."""

LONGEST = 32_767
"""What a cell holds at most, in UTF-16 units."""

DAY_0, DAY_0_1904 = dt.date(1899, 12, 30), dt.date(1904, 1, 1)
"""Day numbers are right from 1900-03-01 on in the first system, and in all of the second."""

_CONTENT = frozenset(["f", "v", "is"])
# A text that looks like an escape is escaped itself; control characters cannot stand in XML.
_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)|[\x00-\x08\x0b-\x1f\ufffe\uffff]")


class ValueRefusedError(ValueError):
    """A value that no cell can hold."""


def write_value(cell: Element, value: Value, *, date1904: bool = False) -> None:
    """Put a value in the place of whatever the cell holds; its style stays.

    ``date1904``: the workbook counts its days from 1904.
    Texts go into the cell itself: a new shared string would change another part of the file, and
    Excel shares them anyway when it saves.
    """
    held = len(cell) > 0
    _clear(cell)
    match value:
        case None:
            return
        case Decimal():
            xml.add(cell, "v").text = _number(value)
        case dt.date():
            xml.add(cell, "v").text = str((value - (DAY_0_1904 if date1904 else DAY_0)).days)
        case str():
            cell.set("t", "inlineStr")
            text = xml.add(xml.add(cell, "is"), "t")
            text.text = escaped(value)
            text.set(xml.SPACE, "preserve")
    if held:
        _extension_last(cell)


def _clear(cell: Element) -> None:
    if len(cell):
        for child in [child for child in cell if xml.local(child) in _CONTENT]:
            cell.remove(child)
    # vm and cm tell more about the value that is gone.
    xml.drop(cell, "t", "vm", "cm")


def _extension_last(cell: Element) -> None:
    for extension in cell.findall(main("extLst")):
        cell.append(extension)


def _number(value: Decimal) -> str:
    """As Excel would store it: the shortest text of the nearest double."""
    if not value.is_finite():
        raise ValueRefusedError(str(value))
    text = repr(float(value))
    return text.removesuffix(".0")


def escaped(text: str) -> str:
    """A text as XML may hold it; ValueRefusedError for one that is too long for a cell."""
    if len(text.encode("utf-16-le", "surrogatepass")) // 2 > LONGEST:
        raise ValueRefusedError(f"{text[:20]}…")
    text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return _ESCAPED.sub(lambda found: f"_x{ord(found[0]):04X}_", text)


def write_formula(cell: Element, formula: str) -> None:
    """A formula without a result; the workbook is to be recalculated."""
    _clear(cell)
    xml.add(cell, "f").text = formula
    _extension_last(cell)


def has_formula(cell: Element) -> bool:
    """Whether a cell computes what it shows."""
    return len(cell) > 0 and cell.find(main("f")) is not None


def shows_text(cell: Element, strings: Sequence[str]) -> str:
    """The text or number that a cell holds, as the file writes it; empty for an empty cell."""
    if cell.get("t") == "inlineStr":
        inline = cell.find(main("is"))
        return "" if inline is None else text_of(inline)
    value = cell.findtext(main("v")) or ""
    if cell.get("t") != "s":
        return value
    known = value.isdecimal() and len(value) < 10 and int(value) < len(strings)
    return strings[int(value)] if known else ""
