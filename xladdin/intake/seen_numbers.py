"""Numbers of cells as a person sees them: 00012, QC013, 2026.10, 15.5万元."""

from __future__ import annotations

from xladdin.ooxml.number_formats import NumberFormat, Seen

from .decimals import decimal_of


class SeenNumber(float):
    """The number of a cell that is seen otherwise: with zeros, or divided by thousands.

    As a number it is what the cell holds, as a text (``text.written_text``) what is seen.
    """

    __slots__ = ("shift", "text")

    text: str
    shift: int
    """By so many powers of ten it is shown smaller than it is."""

    def __new__(cls, value: float, seen: Seen) -> SeenNumber:
        found = super().__new__(cls, value)
        found.text, found.shift = seen.text, seen.shift
        return found


class SeenText(str):
    """What is seen of a number that is shown with letters beside it: 5%, 3分钟, QC013."""

    __slots__ = ("number",)

    number: float
    """What the cell holds."""

    def __new__(cls, number: float, text: str) -> SeenText:
        found = super().__new__(cls, text)
        found.number = number
        return found


def as_seen(cell: object, format_: NumberFormat) -> object:
    """What is seen of a cell; with letters beside its number (5%, 3分钟, QC013) it is a text.

    No digit is lost: what a format rounds off is there nevertheless.
    """
    # By way of a float: the file holds 0.07 as 7.0000000000000007E-2.
    value = decimal_of(cell) if isinstance(cell, float) else None
    seen = None if value is None else format_.seen(value)
    if seen is None or not isinstance(cell, float):
        return cell
    beside = seen.beside and not seen.shift
    return SeenText(cell, seen.text) if beside else SeenNumber(cell, seen)
