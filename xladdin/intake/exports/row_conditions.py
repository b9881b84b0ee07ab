"""Which lines of an export count: ``是``, ``满意、非常满意``, ``评价=满意``, ``<=30``."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from xladdin.domain.quantities import Unit
from xladdin.intake.headers import header_key
from xladdin.intake.numbers import MISSING_MARKS, Reading
from xladdin.intake.stated_figures import read_figure
from xladdin.intake.stated_units import HEAD, NOTHING, Beside
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

    @property
    def percent(self) -> bool:
        """Whether the limit is a percentage, and so what is compared with it."""
        return self.limit is not None and self.said.endswith("%")

    def holds(
        self, raw: object, unit: Unit = Unit.NUMBER, beside: Beside = NOTHING
    ) -> tuple[bool | None, Reading]:
        """Whether a cell meets it, and how its figure was read where one is compared.

        None for a cell that says nothing, or that has no figure.  The limit is written as the figures
        of the column are: below 金额（万元） 2 is 20000.
        """
        text = narrow(written_text(raw))
        if text.upper() in MISSING_MARKS - {"无"}:
            return None, Reading()
        if self.sign not in _COMPARED:
            return (_word(text) in self.words) == (self.sign == "="), Reading()
        reading = read_figure(raw, unit, beside)
        if reading.value is None or self.limit is None:
            return None, reading
        stated = beside.stated
        in_head = stated is not None and stated.where == HEAD and stated.unit is unit
        limit = (
            self.limit * stated.factor if in_head and stated and not self.percent else self.limit
        )
        return _COMPARED[self.sign](reading.value, limit), reading


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
