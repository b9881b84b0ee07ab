from __future__ import annotations

from decimal import Decimal

import pytest

from xladdin.domain.quantities import FACTS, Unit
from xladdin.intake.actuals import ACTUALS
from xladdin.intake.grids import Cells, Grid
from xladdin.intake.headers import find_headers
from xladdin.intake.stated_units import Beside, beside, stated_by, stated_in_head
from xladdin.intake.tables import Row


@pytest.mark.parametrize(
    ("word", "wanted", "unit", "factor"),
    [
        ("万元", Unit.YUAN, Unit.YUAN, "10000"),
        ("百万元", Unit.YUAN, Unit.YUAN, "1000000"),
        ("万", Unit.YUAN, Unit.YUAN, "10000"),
        ("万", Unit.PIECE, Unit.PIECE, "10000"),
        ("元/单", Unit.YUAN, Unit.YUAN, "1"),
        ("单位：千元", Unit.YUAN, Unit.YUAN, "1000"),
        ("分", Unit.SECOND, Unit.MINUTE, "1"),
        ("分", Unit.POINT, Unit.POINT, "1"),
        ("ＭＳ", Unit.SECOND, Unit.SECOND, "0.001"),
        ("％", Unit.PERCENT, Unit.PERCENT, "0.01"),
        ("百分点", Unit.PERCENT, Unit.PERCENT, "0.01"),
        ("百分比", Unit.PERCENT, Unit.PERCENT, "1"),
    ],
)
def test_words(word: str, wanted: Unit, unit: Unit, factor: str) -> None:
    found = stated_by(word, wanted)
    assert found is not None
    assert (found.unit, found.factor) == (unit, Decimal(factor))


@pytest.mark.parametrize("word", ["", "上月", "某某公司", "万秒", "美元", "箱", "/", "含税"])
def test_what_is_no_unit(word: str) -> None:
    assert stated_by(word, Unit.YUAN) is None


@pytest.mark.parametrize("unit", list(Unit))
def test_the_label_of_every_unit_is_known(unit: Unit) -> None:
    found = stated_by(FACTS[unit].label, unit)
    assert found is not None
    assert found.unit is unit


@pytest.mark.parametrize(
    ("head", "word"),
    [
        ("实际值（含税）（万元）", "万元"),
        ("实际值（万元）（含税）", "万元"),
        ("实际值[万元]", "万元"),
        ("实际值/万元", "万元"),
        ("实际值（单位：万元、含税）", "万元"),
        ("实际值", None),
        ("实际值（上月）", None),
    ],
)
def test_heads(head: str, word: str | None) -> None:
    found = stated_in_head(head, Unit.YUAN)
    assert (found.word if found else None) == word


def above(title: str, wanted: Unit) -> Beside:
    rows: list[Cells] = [[title], [names[0] for names in ACTUALS.values()], ["", "", "", "", "", 1]]
    head = find_headers(rows, ACTUALS)
    return beside(Row(Grid("表.csv", rows), head, 2), "actual", wanted)


@pytest.mark.parametrize(
    ("title", "wanted", "factor"),
    [
        ("单位：万元", Unit.YUAN, "10000"),
        ("11月数据（单位：万元，%）", Unit.YUAN, "10000"),
        ("11月数据（单位：万元，%）", Unit.PERCENT, "0.01"),
        ("单位：万元", Unit.SECOND, None),
        ("单位：元、万元", Unit.YUAN, None),
        ("填报单位：万元科技", Unit.YUAN, None),
        ("填报单位：万元", Unit.YUAN, None),
    ],
)
def test_titles_above_the_table(title: str, wanted: Unit, factor: str | None) -> None:
    found = above(title, wanted).stated
    assert (str(found.factor) if found else None) == factor
