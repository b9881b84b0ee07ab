"""Number formats by their grammar: what a format makes of a number, and what stands beside it.

A code has up to four sections (``;``): for numbers above, below and equal to zero, or as their
conditions (``[>9999]``) say, and for texts.  In a section ``0 # ?`` stand for digits, commas behind
them divide by thousands, ``%`` multiplies; texts stand in quotes or behind ``\\`` and ``!``;
``_x`` and ``*x`` are room; brackets hold colours, currencies (``[$¥-804]``), elapsed time (``[h]``).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from operator import eq, ge, gt, le, lt, ne

CHINESE = {
    **dict.fromkeys((27, 36, 50, 52, 57), 'yyyy"年"m"月"'),
    **dict.fromkeys((28, 29, 51, 53, 54, 58), 'm"月"d"日"'),
    30: "m-d-yy",
    31: 'yyyy"年"m"月"d"日"',
    32: 'h"时"mm"分"',
    33: 'h"时"mm"分"ss"秒"',
    **dict.fromkeys((34, 55), '上午/下午h"时"mm"分"'),
    **dict.fromkeys((35, 56), '上午/下午h"时"mm"分"ss"秒"'),
}
"""Built-in formats that a workbook need not spell out, as Chinese Excel has them (ECMA-376,
18.8.30)."""
_THOUSAND = 3
_SIGNS = str.maketrans("", "", "-()−")
"""How formats write that a number is negative, which the number says itself."""
_OPERATORS: dict[str, Callable[[Decimal, Decimal], bool]] = {
    "<": lt,
    "<=": le,
    ">": gt,
    ">=": ge,
    "=": eq,
    "<>": ne,
}
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?'
    r"|[\\!](?P<escaped>.)"
    r"|[_*].?"
    r"|\[\$(?P<currency>[^\[\]\-]*)(?:-[^\[\]]*)?\]"
    r"|\[(?P<elapsed>h+|m+|s+)\]"
    r"|\[(?P<operator>[<>=]{1,2})(?P<bound>[-+0-9.eE]+)\]"
    r"|\[(?P<numerals>dbnum\d)[^\[\]]*\]"
    r"|\[[^\[\]]*\]"
    r"|(?P<general>general|g/通用格式)"
    r"|(?P<half>am/pm|a/p|上午/下午)"
    r"|(?P<exponent>e[+-])"
    r"|(?P<date>y+|d+|e+|a{3,4}|g+|b[12])"
    r"|(?P<month>m+)"
    r"|(?P<clock>h+|s+)"
    r"|(?P<digit>[0#?])"
    r"|(?P<point>\.)|(?P<comma>,)|(?P<percent>%)|(?P<typed>@)|(?P<fraction>/)"
    r"|(?P<letter>.)",
    re.IGNORECASE | re.DOTALL,
)


class Kind(StrEnum):
    """What a section makes of a number."""

    NUMBER = "number"
    DATE = "date"
    """Years, months or days."""
    CLOCK = "clock"
    """An hour of the day."""
    ELAPSED = "elapsed"
    """Hours, minutes or seconds that go on counting."""
    TEXT = "text"
    """Whatever is typed is taken for text."""
    LETTERS = "letters"
    """Letters only; the number is not seen."""
    OTHERWISE = "otherwise"
    """A fraction, an exponent or Chinese numerals: the number, but written differently."""


@dataclass(frozen=True, slots=True)
class Section:
    """One section of a format."""

    kind: Kind = Kind.NUMBER
    before: str = ""
    after: str = ""
    inside: tuple[tuple[int, str], ...] = ()
    """Letters between digits, and how many digits stand to the right of them."""
    digits: int = 0
    """So many are shown before the point, if need be with zeros in front."""
    decimals: int = 0
    shift: int = 0
    """By so many powers of ten the number is shown smaller."""
    percent: bool = False
    condition: tuple[str, Decimal] | None = None

    @property
    def says_more(self) -> bool:
        """Whether there is more to be seen than the number."""
        if self.kind is Kind.LETTERS:
            return any(sign.isalnum() for sign in self.before)
        beside = bool(self.before or self.after or self.inside)
        zeros = self.digits > 1 or self.decimals
        return self.kind is Kind.NUMBER and bool(beside or zeros or self.shift or self.percent)


def _plain(value: Decimal) -> str:
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


@dataclass(frozen=True, slots=True)
class NumberFormat:
    """A format, as its sections."""

    code: str
    sections: tuple[Section, ...]

    @property
    def kind(self) -> Kind:
        """What the first section makes of a number."""
        return self.sections[0].kind

    @property
    def says_more(self) -> bool:
        return any(section.says_more for section in self.sections[:3])

    def section_of(self, value: Decimal) -> Section:
        """The section that a number is shown by."""
        known = [one for one in self.sections[:3] if one.kind is not Kind.TEXT] or [Section()]
        if any(one.condition for one in known):
            return next((one for one in known if _holds(one, value)), known[-1])
        index = 1 if value < 0 else 2 if value == 0 else 0
        return known[index] if index < len(known) else known[0]

    def seen(self, value: Decimal) -> Seen | None:
        """What is seen of a number with all its digits; None where it is the number alone."""
        section = self.section_of(value)
        if not section.says_more:
            return None
        if section.kind is Kind.LETTERS:
            return Seen(section.before, beside=True)
        shift = section.shift - (2 if section.percent else 0)
        number = _number(section, abs(value).scaleb(-shift))
        sign = "-" if value < 0 else ""
        text = f"{section.before}{sign}{number}{section.after}".strip()
        beside = bool(section.before or section.after or section.inside)
        found = Seen(text, beside, section.shift)
        return None if text == _plain(value) else found


@dataclass(frozen=True, slots=True)
class Seen:
    """A number as a person sees it, but for what the format rounds off and separates."""

    text: str
    beside: bool
    """Whether letters stand beside it."""
    shift: int = 0
    """By so many powers of ten it is shown smaller than it is."""


def _holds(section: Section, value: Decimal) -> bool:
    if section.condition is None:
        return True
    operator, bound = section.condition
    return _OPERATORS[operator](value, bound)


def _number(section: Section, value: Decimal) -> str:
    whole, _, rest = _plain(value).partition(".")
    whole = whole.zfill(section.digits)
    for right, letters in section.inside if not rest else ():
        if right < len(whole):
            whole = f"{whole[:-right]}{letters}{whole[-right:]}"
    if not rest:
        return whole
    return f"{whole}.{rest if section.percent else rest.ljust(section.decimals, '0')}"


@lru_cache(maxsize=1024)
def parsed(code: str) -> NumberFormat:
    """A format code by its grammar; what no format has in it stands for itself."""
    sections: list[_Section] = [_Section()]
    for found in _TOKEN.finditer(code):
        if found["letter"] == ";":
            sections.append(_Section())
        else:
            sections[-1].take(found)
    return NumberFormat(code, tuple(section.done() for section in sections))


class _Section:
    """A section while its tokens come in."""

    def __init__(self) -> None:
        self.names: set[str] = set()
        self.letters: list[tuple[str, int, bool]] = []
        """Letters, behind how many digits, and whether the point was there."""
        self.whole = self.behind = self.zeros = self.decimals = self.commas = 0
        self.condition: tuple[str, Decimal] | None = None

    def take(self, found: re.Match[str]) -> None:
        name = found.lastgroup or ""
        name = "operator" if name == "bound" else name
        self.names.add(name)
        text = found[name] if name else ""
        if name in ("quoted", "escaped", "currency", "letter", "percent", "fraction"):
            self.letters.append((text, self.whole, "point" in self.names))
        elif name == "operator":
            self.condition = _condition(text, found["bound"])
        elif name in ("digit", "general"):
            self._digit(text)
        elif name == "comma":
            self.commas += 1

    def _digit(self, sign: str) -> None:
        # A comma between digits groups them; only behind the last one it divides.
        self.commas = 0
        if "point" in self.names:
            self.behind += 1
            self.decimals += sign == "0"
        else:
            self.whole += 1
            self.zeros += sign == "0"

    @property
    def _kind(self) -> Kind:
        names = self.names
        if "elapsed" in names:
            return Kind.ELAPSED
        clock = bool(names & {"clock", "half"})
        if "date" in names or ("month" in names and not clock):
            return Kind.DATE
        if clock or "month" in names:
            return Kind.CLOCK
        if "typed" in names:
            return Kind.TEXT
        if names & {"exponent", "numerals"} or ("fraction" in names and self.whole):
            return Kind.OTHERWISE
        return Kind.NUMBER if self.whole or self.behind else Kind.LETTERS

    def done(self) -> Section:
        kind = self._kind
        if kind is not Kind.NUMBER:
            letters = "".join(text for text, *_ in self.letters).strip()
            return Section(kind, before=letters, condition=self.condition)
        before = "".join(text for text, at, point in self.letters if not at and not point)
        behind = [(t, p) for t, at, p in self.letters if p or (at == self.whole and at)]
        inside = [
            (self.whole - at, text)
            for text, at, point in self.letters
            if 0 < at < self.whole and not point
        ]
        # 0!.0,"万" shows thousands as tens of thousands: a point that is a letter.
        points = [right for right, text in inside if text == "."]
        shift = self.commas * _THOUSAND + (points[0] if len(points) == 1 else 0)
        inside = [one for one in inside if one[1] != "." or len(points) > 1]
        return Section(
            kind,
            before.translate(_SIGNS).strip(),
            "".join(text for text, _ in behind).translate(_SIGNS).strip(),
            tuple((right, text) for right, text in inside),
            self.zeros if len(points) != 1 else max(0, self.zeros - points[0]),
            self.decimals,
            shift,
            "percent" in self.names,
            self.condition,
        )


def _condition(operator: str, bound: str) -> tuple[str, Decimal] | None:
    try:
        return (operator, Decimal(bound)) if operator in _OPERATORS else None
    except ArithmeticError:
        return None


def code_of(id_: str, own: str = "") -> str:
    """The code of a format, of a built-in one too; ``General`` for one that nobody knows."""
    if own or not (id_.isascii() and id_.isdigit() and len(id_) < 4):
        return own or "General"
    if int(id_) in CHINESE:
        return CHINESE[int(id_)]
    # Imported where it is needed: a tenth of what starting the command line takes.
    from openpyxl.styles.numbers import builtin_format_code  # noqa: PLC0415

    return builtin_format_code(int(id_)) or "General"


def format_of(id_: str, own: str = "") -> NumberFormat:
    """A format by its number in the workbook and the code that the workbook gives to it."""
    return parsed(code_of(id_, own))


def is_percent(id_: str, own: str) -> bool:
    """Whether a fraction is shown as a percentage; ``own`` is the code that the workbook gives."""
    return format_of(id_, own).sections[0].percent


def is_date(id_: str, own: str) -> bool:
    """Whether years, months or days are shown; hours and minutes alone are no date."""
    return format_of(id_, own).kind is Kind.DATE


def is_text(id_: str, own: str) -> bool:
    """Whether whatever is typed is taken for text."""
    return code_of(id_, own) == "@"
