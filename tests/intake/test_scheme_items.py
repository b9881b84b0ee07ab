"""What a file may call the items of a scheme."""

from __future__ import annotations

from xladdin.domain.quantities import Unit
from xladdin.intake.scheme_items import items_of
from xladdin.schemes.library import Library


def test_indicators_are_in_their_unit_and_additions_in_points() -> None:
    shop = Library.shipped().scheme("online_shop_monthly")
    assert shop is not None
    items = items_of(shop)
    value, extra = items["客单价"], items["加分项"]
    assert (value, extra) == (items["order_value"], items["extra"])
    assert (value.id, value.name, value.unit) == ("order_value", "客单价", Unit.YUAN)
    assert (extra.id, extra.name, extra.unit) == ("extra", "加分项", Unit.POINT)
    assert extra.may_lack
    assert not value.may_lack
    assert len({item.id for item in items.values()}) == len([*shop.indicators, *shop.adjustments])


def test_an_id_comes_before_a_name_that_reads_like_it() -> None:
    shop = Library.shipped().schemes[1]
    section = shop.sections[0]
    first, second, *others = section.indicators
    renamed = second.model_copy(update={"name": first.id})
    sections = (
        section.model_copy(update={"indicators": (first, renamed, *others)}),
        *shop.sections[1:],
    )
    assert items_of(shop.model_copy(update={"sections": sections}))[first.id].name == first.name
