"""Which lines of an export count: ``是``, ``满意、非常满意``, ``评价=满意``, ``<=30``."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from xladdin.domain.quantities import Unit
from xladdin.intake.headers import header_key
from xladdin.intake.numbers import MISSING_MARKS, read_number
from xladdin.intake.text import narrow, written_text

_SIGNS = {"≥": ">=", "≤": "<=", "≠": "!=", "<>": "!=", "==": "="}
_CONDITION = re.compile(r"([^<>=!≥≤≠]*?) ?(>=|<=|<>|!=|==|[<>=≥≤≠]) ?(.+)")
_WORDS = re.compile(r"[、，,;；|]")
_COMPARED = {
    ">=": lambda left, right: left >= right,
    "<=": lambda left, right: left <= right,
    ">": lambda left, right: left > right,
    "<": lambda left, right: left < right,
}
_SAME = ({"是", "y", "yes", "true", "1", "√", "✓", "✔"}, {"否", "n", "no", "false", "0", "×"})
"""What systems write for yes and for no."""


@dataclass(frozen=True, slots=True)
class Condition:
    """What a cell must say."""

    column: str
    """The head of the column that is asked; empty: the mapped one itself."""
    sign: str
    words: frozenset[str] = field(default=frozenset())
    """Of ``=`` and ``!=``."""
    limit: Decimal | None = None
    """Of the comparisons."""
    said: str = ""
    """As the clerk wrote it."""

    def holds(self, raw: object, unit: Unit = Unit.NUMBER) -> bool | None:
        """Whether a cell meets it; None for a cell that says nothing, or no number where one
        is compared.
        """
        text = narrow(written_text(raw))
        if text.upper() in MISSING_MARKS - {"无"}:
            return None
        if self.sign in _COMPARED:
            value = read_number(raw, unit).value
            return None if value is None else _COMPARED[self.sign](value, self.limit)
        return (_word(text) in self.words) == (self.sign == "=")


def _word(text: str) -> str:
    key = header_key(text)
    return next((min(words) for words in _SAME if key in words), key)


def condition_of(text: str) -> Condition | None:
    """A condition as it was written; None where it cannot be understood."""
    text = narrow(text).strip()
    found = _CONDITION.fullmatch(text)
    column, sign, rest = found.groups() if found else ("", "=", text)
    sign = _SIGNS.get(sign, sign)
    if sign in _COMPARED:
        limit = _limit(rest)
        return None if limit is None else Condition(column, sign, limit=limit, said=text)
    words = frozenset(_word(word) for word in _WORDS.split(rest) if word.strip())
    return Condition(column, sign, words, said=text) if words else None


def _limit(text: str) -> Decimal | None:
    percent = text.endswith("%")
    try:
        value = Decimal(text.rstrip("%").strip())
    except InvalidOperation:
        return None
    return (value / 100 if percent else value) if value.is_finite() else None
