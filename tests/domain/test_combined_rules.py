"""业绩 and 能力 together: written as people write it, worked out by the tree, by hand the same."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from xladdin.domain.combined_rules import CombinedRule, combined_faults
from xladdin.domain.schemes import Scheme
from xladdin.formula.evaluate import Value, evaluate
from xladdin.formula.nodes import Var
from xladdin.schemes.library import Library

CENT = Decimal("0.01")


def together(rule: CombinedRule, kpi: Decimal | None, competency: Decimal | None) -> Value:
    tree = rule.expression(Var("k"), Var("c"))
    return evaluate(tree, {"k": kpi, "c": competency})


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("70/30", "业绩70%、能力30%"),
        ("70%：30%", "业绩70%、能力30%"),
        ("业绩70%、能力30%", "业绩70%、能力30%"),
        ("KPI 60 + 能力 40", "业绩60%、能力40%"),
        ("６２．５％，３７．５％", "业绩62.5%、能力37.5%"),
    ],
)
def test_shares_are_read_as_people_write_them(text: str, written: str) -> None:
    rule = CombinedRule.model_validate(text)
    assert str(rule) == written
    assert CombinedRule.model_validate(written) == rule


@pytest.mark.parametrize("text", ["", "七三开", "70", "70/0", "-70/30", "33.333/66.667", "1.2.3/4"])
def test_what_is_none_is_refused(text: str) -> None:
    with pytest.raises(ValidationError):
        CombinedRule.model_validate(text)


@pytest.mark.parametrize(
    ("kpi", "competency", "found"),
    [
        ("90", "80", "87.00"),
        ("110", "100", "107.00"),
        ("66.65", "66.65", "66.65"),
        ("88.35", "77.78", "85.18"),  # 61.845 + 23.334 = 85.179
        ("0", "0", "0.00"),
    ],
)
def test_by_hand(kpi: str, competency: str, found: str) -> None:
    rule = CombinedRule.model_validate("70/30")
    assert together(rule, Decimal(kpi), Decimal(competency)) == Decimal(found)


SCORES = st.none() | st.decimals(0, 120, places=2, allow_nan=False)


@given(st.integers(1, 9999), SCORES, SCORES)
def test_the_tree_is_what_is_worked_out_by_hand(
    hundredths: int, kpi: Decimal | None, competency: Decimal | None
) -> None:
    share = Decimal(hundredths) / 100
    rule = CombinedRule(kpi_share=share, competency_share=100 - share)
    found = together(rule, kpi, competency)
    if kpi is None or competency is None:
        assert found is None
    else:
        due = (kpi * share + competency * (100 - share)) / 100
        assert found == due.quantize(CENT, ROUND_HALF_UP)


def test_the_sentence_is_that_of_the_tree() -> None:
    told = CombinedRule.model_validate("70/30").told
    assert told.startswith("综合得分＝业绩得分×70%＋能力得分×30%（保留2位小数）")
    assert "未填时不计分" in told


@pytest.mark.parametrize(
    ("shares", "told"),
    [
        ({"kpi_share": Decimal(70), "competency_share": Decimal(30)}, None),
        ({"kpi_share": Decimal(70), "competency_share": Decimal(20)}, "合计为 90%，应为 100%（差10%）"),
        ({"kpi_share": Decimal(70), "competency_share": Decimal("30.5")}, "（多0.5%）"),
        ({"kpi_share": Decimal(70)}, None),
        ("70/30", None),
    ],
)  # fmt: skip
def test_shares_that_miss_the_whole_are_told(shares: Any, told: str | None) -> None:
    found = list(combined_faults({"combined": shares}))
    assert [fault.loc for fault in found] == ([("combined",)] if told else [])
    assert all(str(told) in fault.message for fault in found)


def test_a_scheme_refuses_them_and_is_the_same_without() -> None:
    scheme = Library.shipped().schemes[0]
    raw = scheme.model_dump()
    assert "combined" not in raw
    assert Scheme.model_validate({**raw, "combined": "70/30"}).combined
    with pytest.raises(ValidationError, match="应为 100%"):
        Scheme.model_validate({**raw, "combined": "70/20"})
