"""Charts as plain values, one class per kind; what they show is named by keys, as in formulas.

Another kind needs its class here and its printer in ``charts``, nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Series:
    """One line, or the columns of one colour: its name, and the cells of its values in order.

    The cells stand in one row or column without gaps.  Without a colour, charts take one of the
    palette, which can be told apart on grey paper.
    """

    name: str
    keys: tuple[str, ...]
    color: str = ""


@dataclass(frozen=True, slots=True)
class Drawing:
    """What every chart has: where it lies on its block, its title, its categories, its size."""

    row: int
    col: int
    title: str
    categories: tuple[str, ...]
    """Keys of the cells that name the categories."""
    series: tuple[Series, ...]
    width: int
    height: int
    """Size in pixels."""
    title_key: str = field(default="", kw_only=True)
    """The cell that holds the title, where that says what the figures say; ``title`` is not shown then."""


@dataclass(frozen=True, slots=True)
class Radar(Drawing):
    """A line per series around a middle of 0."""

    maximum: Decimal


@dataclass(frozen=True, slots=True)
class Columns(Drawing):
    """Upright columns, side by side or on top of each other."""

    stacked: bool = False
    unit: str = ""
    """What the values are, beside their axis: 人, 分."""
    number_format: str = "General"
    minimum: Decimal | None = None
    """Where the scale begins; columns that do not begin at 0 look more different than they are."""
    maximum: Decimal | None = None
    """Where it ends: shares at 100%."""
    counted: int | None = None
    """The most that was counted, of what comes whole: no marks between whole numbers."""


@dataclass(frozen=True, slots=True)
class Bars(Drawing):
    """Lying bars for long names, the first category at the top."""

    stacked: bool = False
    unit: str = ""
    number_format: str = "General"


@dataclass(frozen=True, slots=True)
class Lines(Drawing):
    """Values over time; where one is missing, the line is broken (``gaps``).

    A series without a name is not seen.
    """

    unit: str = ""
    number_format: str = "General"
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    """Ends of the scale, where they are not left to the spreadsheet."""


@dataclass(frozen=True, slots=True)
class Pareto(Drawing):
    """Columns from the largest down, and over them the share that they make up together.

    The first series are the counts, the second one their running shares from 0 to 1.
    """

    unit: str = ""

    def __post_init__(self) -> None:
        """Raise ValueError for anything but counts and shares: a bug of the book."""
        if len(self.series) != 2:
            raise ValueError(f"{self.title}: {len(self.series)} series in a Pareto chart")


@dataclass(frozen=True, slots=True)
class ColumnsAndLine(Drawing):
    """Columns, and a line with a scale of its own at the right: the first series, and the second."""

    unit: str = ""
    line_unit: str = ""
    line_format: str = "General"

    def __post_init__(self) -> None:
        """Raise ValueError for anything but two series: a bug of the book."""
        if len(self.series) != 2:
            raise ValueError(f"{self.title}: {len(self.series)} series in columns with a line")


@dataclass(frozen=True, slots=True)
class Waterfall(Drawing):
    """What leads from one sum to another: steps that hang where the one before ended.

    Four series: what is not seen, the sums, what was added, what was taken away.
    """

    unit: str = ""

    def __post_init__(self) -> None:
        """Raise ValueError for anything but these four: a bug of the book."""
        if len(self.series) != 4:
            raise ValueError(f"{self.title}: {len(self.series)} series in a waterfall")


@dataclass(frozen=True, slots=True)
class Doughnut(Drawing):
    """Parts of one whole, each with its share; only few categories can be told apart."""

    def __post_init__(self) -> None:
        """Raise ValueError for anything but one series: a bug of the book."""
        if len(self.series) != 1:
            raise ValueError(f"{self.title}: {len(self.series)} series in a doughnut")


Chart: TypeAlias = Radar | Columns | Bars | Lines | Pareto | ColumnsAndLine | Waterfall | Doughnut
