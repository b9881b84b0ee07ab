"""Rules that cells are given: what may be entered in them, and how they light up.

Single cells and columns of tables take the same ones.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from xladdin.formula.nodes import Expr

from . import theme
from .styles import Look
from .tables.lists import Source


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a few texts, offered as a drop-down list."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Between:
    """A number in a range, both ends included."""

    low: Decimal
    high: Decimal
    whole: bool = False
    date: bool = False


@dataclass(frozen=True, slots=True)
class Holds:
    """A test over the book's keys that has to hold."""

    test: Expr


@dataclass(frozen=True, slots=True)
class Distinct:
    """A rank: a whole number from 1 on that no other cell of the column repeats."""

    keys: tuple[str, ...]
    """Every cell of the column, top to bottom without gaps."""
    own: str
    """The cell that is checked."""


@dataclass(frozen=True, slots=True)
class AtMost:
    """A text of at most so many characters."""

    characters: int


@dataclass(frozen=True, slots=True)
class Offered:
    """One of the entries of a column, offered as a drop-down list that grows with it."""

    source: Source


@dataclass(frozen=True, slots=True)
class Anything:
    """Whatever one likes: only the prompt matters."""


@dataclass(frozen=True, slots=True)
class Check:
    """What may be entered, what the clerk is told beforehand, and what after a slip."""

    rule: Choice | Between | Holds | Distinct | AtMost | Offered | Anything
    prompt: str
    error: str
    title: str = ""
    """Heading of the prompt, at most 32 characters: usually the indicator's name."""
    strict: bool = True
    """Whether anything else is refused, or only asked about."""
    suggests: bool = False
    """A list that only offers: other entries are taken without a question."""


@dataclass(frozen=True, slots=True)
class Behind:
    """Cells that say where a number comes from: whoever clicks on the number is led there.

    The number's own cell looks and counts as before.
    """

    sheet: str
    area: str
    """``A5:T12``."""
    tip: str = ""
    """Shown while the mouse rests on the number, at most 255 characters."""


@dataclass(frozen=True, slots=True)
class Heat:
    """Cells the darker, the greater their numbers are: they are compared with each other."""

    color: str = theme.HEAT


@dataclass(frozen=True, slots=True)
class DataBar:
    """A bar behind each number, from 0 on, as long as it is great beside the others."""

    color: str = theme.BAR
    most: Expr | None = None
    """What is a full bar; None: the greatest of the numbers."""


Shade = Heat | DataBar
"""How numbers of an area look beside each other."""


@dataclass(frozen=True, slots=True)
class Highlight:
    """A conditional format: the look that a cell takes on while the test holds."""

    when: Expr
    look: Look
