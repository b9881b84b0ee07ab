"""主观评分: a person picks points inside one of the described bands."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from xladdin.formula.nodes import (
    Blank,
    Expr,
    If,
    IsNumber,
    Named,
    Round,
    Var,
    all_of,
    div,
    mul,
    number,
    one_of,
    total,
)

from ..base import Fault, validate_whole
from ..quantities import Direction, Unit
from ..raw import FULL as WHOLE
from ..raw import dicts
from ..rule_models import Band, MethodSettings
from ..rule_terms import ACTUAL, FULL, OWN, SCORE_DIGITS, share
from ..setting_declarations import Argument, Listed, StepKind, Variant
from ..sizes import MOST_BANDS

BANDS = StepKind(
    "bands", "评分档", {"low": "low", "high": "high", "text": "text"}, optional=("text",)
)
PLACES = tuple(
    Argument(f"{end}_{i + 1}", f"第{i + 1}档{label}", size, path=("bands", i, end))
    for i, sizes in enumerate((("4.1", "4.9"), ("2.1", "2.9"), ("0.3", "0.7")))
    for end, label, size in zip(("low", "high"), ("最低分", "最高分"), sizes, strict=True)
)


class JudgementMethod(MethodSettings):
    """主观评分: a person picks points inside a described band; between bands is refused."""

    kind: Literal["judgement"] = "judgement"
    bands: Annotated[
        tuple[Band, ...],
        Field(min_length=1, max_length=MOST_BANDS),
        Listed(BANDS, ("评分档",), "评分档=4-5,2-3,0"),
    ]

    place = 90
    label = "主观评分"
    documented = "月度绩效考核表 RS201331（工作主动性）"
    actual_word = "评分"
    variants = (
        Variant(
            "JUDGEMENT",
            "三个评分档，第1档最好；不够三档就写0至0",
            (
                ("4.5", "5", "4", "5", "2", "3", "0", "0"),
                ("3", "10", "4", "5", "2", "3", "0", "0"),
            ),
            arguments=PLACES,
        ),
    )

    @model_validator(mode="wrap")
    @classmethod
    def _bands_are_apart(cls, data: Any, handler: Any) -> Any:
        return validate_whole(data, handler, _band_faults, cls.__name__)

    @property
    def described(self) -> tuple[Band, ...]:
        """The bands in which a person picks points."""
        return self.bands

    @property
    def top(self) -> Decimal:
        """The best points of any band: what the full weight corresponds to."""
        return max(band.high for band in self.bands)

    def refusal(self, actual: Decimal) -> str:
        """Points between the bands, or beyond them, stand for nothing."""
        if any(band.low <= actual <= band.high for band in self.bands):
            return ""
        return f"不在评分档 {'、'.join(band.ends for band in self.bands)} 之内"

    def expression(self, direction: Direction = Direction.HIGHER, unit: Unit = Unit.NUMBER) -> Expr:
        """full x points / best points; points between the bands count as not filled in."""
        return self._points(ACTUAL, (ACTUAL,))

    def rated(self, own: Decimal) -> Expr:
        """The same of the weighted mean of two ratings, each inside a band.

        Rounded once, at the end; a rating that counts for nothing is not asked after.
        """
        weights = {OWN: own, ACTUAL: WHOLE - own}
        ratings = tuple(rating for rating, weight in weights.items() if weight)
        if len(ratings) == 1:
            return self._points(*ratings, ratings)
        parts = tuple(mul(rating, share(weights[rating] / WHOLE)) for rating in ratings)
        return self._points(Named("加权评分", total(parts)), ratings)

    def _points(self, rating: Expr, given: tuple[Var, ...]) -> Expr:
        allowed = tuple(one_of(tuple(band.holds(one) for band in self.bands)) for one in given)
        points = Round(mul(FULL, div(rating, number(self.top))), SCORE_DIGITS)
        present = all_of(tuple(IsNumber(one) for one in given))
        return If(present, If(all_of(allowed), points, Blank()), Blank())


def _band_faults(data: dict[str, Any]) -> Sequence[Fault]:
    bands = dicts(data.get("bands"))
    try:
        spans = sorted((band["low"], band["high"], i) for i, band in bands)
        backwards = [i for low, high, i in spans if low > high]
        overlaps = [right[2] for left, right in pairwise(spans) if left[1] >= right[0]]
        flat = bool(spans) and max(high for _, high, _ in spans) <= 0
    except (KeyError, TypeError):
        return []  # the field checks name what is missing or not a number
    return [
        *(Fault("band_backwards", "评分档的下限大于上限", ("bands", i)) for i in backwards),
        *(Fault("band_overlap", "评分档与另一档重叠", ("bands", i)) for i in overlaps),
        *([Fault("band_all_zero", "各评分档的上限都是0，无法得分", ("bands",))] if flat else []),
    ]
