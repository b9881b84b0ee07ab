"""Figures of a form's cells: weights and scores as people write them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from xladdin.intake.decimals import decimal_of, snapped
from xladdin.intake.text import clean, is_blank, narrow, written_text
from xladdin.problems import Place

_POINTS = re.compile(r"[+±]?([+-]?[0-9]{1,6}(?:\.[0-9]{1,10})?)(%|分)?(?:以内|以下|封顶)?")
_ERROR = re.compile(r"#[A-Z0-9_/]+[!?]?", re.IGNORECASE)

MOST = 1_000_000
"""No weight and no score comes near it."""


@dataclass(frozen=True, slots=True)
class FormCell:
    """A cell of a form."""

    raw: object
    place: Place

    @property
    def text(self) -> str:
        """On one line."""
        return clean(written_text(self.raw))

    @property
    def lines(self) -> str:
        """With its line breaks."""
        return "\n".join(filter(None, (clean(one) for one in written_text(self.raw).splitlines())))

    @property
    def blank(self) -> bool:
        return is_blank(self.raw) or narrow(self.text) in ("-", "--", "—", "/")

    @property
    def is_error(self) -> bool:
        return _ERROR.fullmatch(self.text) is not None

    @property
    def points(self) -> Points | None:
        """A plain number, a percentage, or points; None for anything else."""
        value = decimal_of(self.raw) if isinstance(self.raw, int | float) else None
        if isinstance(self.raw, bool):
            return None
        if value is not None and abs(value) > MOST:
            return None
        if value is not None:
            return Points(snapped(value), False)
        found = _POINTS.fullmatch(narrow(self.text).replace(" ", ""))
        return Points(Decimal(found[1]), found[2] == "%") if found else None


@dataclass(frozen=True, slots=True)
class Points:
    """A number, and whether a percent sign stood beside it."""

    value: Decimal
    percent: bool
