"""What a number format makes of a number: a percentage, a day, a text."""

from __future__ import annotations

import re

_PERCENT = frozenset(["9", "10"])
"""The built-in formats that show a fraction as a percentage."""
_DATES = frozenset(map(str, [*range(14, 18), 22, *range(27, 37), *range(50, 59)]))
"""The built-in formats for dates, with those of Chinese, Japanese and Korean Excel."""
_TEXT = "49"
_ELAPSED = re.compile(r"\[([hms])\1*\]", re.IGNORECASE)
"""Hours, minutes or seconds that go on counting: ``[h]:mm`` is no time of a day."""
_NOT_SAID = re.compile(r'"[^"]*"|\\.|\[[^\[\]]*\]|[_*].|general|e[+-]', re.IGNORECASE | re.DOTALL)
"""What in a format code stands for itself, or says nothing about dates."""


def code_of(id_: str, own: str = "") -> str:
    """The code of a format, of a built-in one too; ``General`` for one that nobody knows."""
    if own or not (id_.isascii() and id_.isdigit() and len(id_) < 4):
        return own or "General"
    # Imported where it is needed: a tenth of what starting the command line takes.
    from openpyxl.styles.numbers import builtin_format_code  # noqa: PLC0415

    return builtin_format_code(int(id_)) or "General"


def is_percent(id_: str, own: str) -> bool:
    """Whether a fraction is shown as a percentage; ``own`` is the code that the workbook gives."""
    return id_ in _PERCENT or "%" in own


def is_date(id_: str, own: str) -> bool:
    """Whether years, months or days are shown; hours and minutes alone are no date."""
    first = _ELAPSED.sub("h", own.partition(";")[0].lower())
    letters = set(_NOT_SAID.sub("", first))
    days = bool(letters & set("yde")) or ("m" in letters and not letters & set("hs"))
    return id_ in _DATES or days


def is_text(id_: str, own: str) -> bool:
    """Whether whatever is typed is taken for text."""
    return id_ == _TEXT or own == "@"
