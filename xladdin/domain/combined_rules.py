"""综合得分: what the score of the indicators and that of competency come to together, one expression.

As companies publish it: 70% of the one and 30% of the other, both out of 100.  Whoever lacks one half
has no combined score: a half that is missing is no 0.  Points, rounded half-up to 0.01.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal
from typing import Annotated, Any

from pydantic import AfterValidator, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from xladdin.formula.explain import explain
from xladdin.formula.nodes import Blank, Expr, If, IsNumber, Num, Round, Var, add, all_of, mul

from .base import Fault, Model, Number
from .quantities import plain
from .raw import FULL, number, off_by
from .share_rules import is_off

POINTS = 2
"""Decimals of a combined score."""
KPI, COMPETENCY = "业绩得分", "能力得分"
COMBINED = "综合得分"
KPI_SHARE, COMPETENCY_SHARE = "业绩占比", "能力占比"
EXAMPLES = "70/30、业绩70%、能力30%"
_SAID = re.compile(
    r"(?:业绩|绩效|KPI)?:?(?P<kpi>[0-9.]++)%?[/:、,+和](?:能力)?:?(?P<competency>[0-9.]++)%?", re.I
)


def _two_decimals(value: Decimal) -> Decimal:
    if int(value.normalize().as_tuple().exponent) < -POINTS:
        raise PydanticCustomError("share_decimals", "占比最多两位小数")
    return value


Share = Annotated[Number, AfterValidator(_two_decimals), Field(gt=0, le=100)]
"""In percent of the combined score."""


def _or_text(schema: dict[str, Any]) -> None:
    """In JSON Schema, too, the shares may be written in one text."""
    stated = dict(schema)
    schema.clear()
    schema["anyOf"] = [stated, {"type": "string"}]


class CombinedRule(Model):
    """A scheme's shares of its own score and of competency; together they make 100."""

    model_config = ConfigDict(json_schema_extra=_or_text)

    kpi_share: Share
    competency_share: Share

    @model_validator(mode="before")
    @classmethod
    def _spelled(cls, data: Any) -> Any:
        """Also as people say it: ``70/30``, ``业绩70%、能力30%``."""
        if not isinstance(data, str):
            return data
        found = _SAID.fullmatch("".join(unicodedata.normalize("NFKC", data).split()))
        if found is None:
            raise PydanticCustomError(
                "combined", "综合得分「{said}」看不懂，请写成 {examples} 的样子",
                {"said": data[:30], "examples": EXAMPLES},
            )  # fmt: skip
        return {"kpi_share": found["kpi"], "competency_share": found["competency"]}

    def __str__(self) -> str:
        return f"业绩{plain(self.kpi_share)}%、能力{plain(self.competency_share)}%"

    def expression(self, kpi: Var, competency: Var) -> Expr:
        """The combined score over both halves, each out of 100; nothing where one is missing."""
        known = all_of((IsNumber(kpi), IsNumber(competency)))
        parts = (
            mul(each, Num(share / FULL, percent=True))
            for each, share in self._halves(kpi, competency)
        )
        return If(known, Round(add(*parts), POINTS), Blank())

    def _halves(self, kpi: Var, competency: Var) -> tuple[tuple[Var, Decimal], tuple[Var, Decimal]]:
        return (kpi, self.kpi_share), (competency, self.competency_share)

    @property
    def told(self) -> str:
        """The rule in a sentence."""
        words = {"kpi": KPI, "competency": COMPETENCY}
        return explain(self.expression(Var("kpi"), Var("competency")), words, COMBINED).rstrip("。")


def combined_faults(data: dict[str, Any]) -> Iterator[Fault]:
    """Shares that miss their whole."""
    rule = data.get("combined")
    if not isinstance(rule, dict):
        return
    shares = [number(rule, field) for field in ("kpi_share", "competency_share")]
    known = [each for each in shares if each is not None]
    total = sum(known, Decimal(0))
    if len(known) == len(shares) and is_off(total, FULL):
        message = f"{KPI_SHARE}和{COMPETENCY_SHARE}合计为 {plain(total)}%，应为 100%（{off_by(total, FULL)}）"
        yield Fault("shares_total", message, ("combined",))
