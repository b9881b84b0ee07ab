"""Months that are looked at together: a quarter, half a year, a year."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from pydantic_core import PydanticCustomError

from .people import Period

_NUMBERS = {"一": 1, "二": 2, "三": 3, "四": 4, "上": 1, "下": 2}
_QUARTER = re.compile(
    r"(20\d\d)(?:年|-)?(?:Q([1-4])|第?([一二三四1-4])季度?|([一二三四1-4])季)", re.I
)
_HALF = re.compile(r"(20\d\d)(?:年|-)?(?:H([12])|([上下])半年)", re.I)
_YEAR = re.compile(r"(20\d\d)(?:年|全年|年全年|年度)?")
EXAMPLES = "2026Q1（一季度）、2026H1（上半年）、2026（全年）"


@dataclass(frozen=True, slots=True)
class Span:
    """So many months of a year, beginning with one of them."""

    year: int
    first: int
    """The first month, 1 to 12."""
    count: int
    """3, 6 or 12 months."""

    @classmethod
    def parse(cls, text: str) -> Span:
        """Read ``2026Q1``, ``2026年一季度``, ``2026H1``, ``2026上半年``, ``2026`` or ``2026年``;
        ValueError otherwise."""
        said = "".join(unicodedata.normalize("NFKC", text).split())
        for pattern, count in ((_QUARTER, 3), (_HALF, 6), (_YEAR, 12)):
            if (found := pattern.fullmatch(said)) is not None:
                year, *others = found.groups()
                which = next(filter(None, others), "1")
                number = _NUMBERS.get(which) or int(which)
                return cls(int(year), (number - 1) * count + 1, count)
        raise PydanticCustomError(
            "span", "「{value}」不是季度、半年或年，请写成 {examples} 的样子",
            {"value": text[:20], "examples": EXAMPLES},
        )  # fmt: skip

    @property
    def months(self) -> tuple[Period, ...]:
        """Its months in order."""
        numbers = range(self.first, self.first + self.count)
        return tuple(Period(f"{self.year}-{number:02d}") for number in numbers)

    @property
    def label(self) -> str:
        """As a heading says it: 2026年一季度, 2026年上半年, 2026年."""
        which = (self.first - 1) // self.count
        part = {3: f"{'一二三四'[which % 4]}季度", 6: f"{'上下'[which % 2]}半年"}.get(
            self.count, ""
        )
        return f"{self.year}年{part}"

    @property
    def code(self) -> str:
        """As files are called: 2026Q1, 2026H2, 2026."""
        which = (self.first - 1) // self.count + 1
        return (
            f"{self.year}{ {3: 'Q', 6: 'H'}[self.count] + str(which) if self.count < 12 else '' }"
        )
