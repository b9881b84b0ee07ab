"""What the columns of exports stand for, for a company that says something and one that does not."""

from __future__ import annotations

from xladdin.company.column_mappings import FIRST_MAPPINGS, completed, default_mappings
from xladdin.company.company import Company
from xladdin.domain.quantities import Unit
from xladdin.intake.exports.mapping import SPECIAL, Mapping
from xladdin.intake.exports.units import note_of, unit_named
from xladdin.intake.scheme_items import items_of
from xladdin.intake.stated_units import convertible
from xladdin.schemes.library import Library

SALES = "销售目标达成"


def test_the_sheets_lines_stand_in_the_place_of_the_shipped_ones() -> None:
    own = (Mapping("成交额", SALES),)
    targets = {mapping.target for mapping in completed(own)}
    assert targets == {SALES, *SPECIAL}
    assert completed(()) == default_mappings()
    only_people = (Mapping("账号", "昵称"),)
    assert set(default_mappings()) < set(completed(only_people))


def test_every_shipped_mapping_is_of_a_shipped_indicator_and_unit() -> None:
    known = [item for scheme in Library.shipped().schemes for item in items_of(scheme).values()]
    for mapping in default_mappings():
        if mapping.target not in SPECIAL:
            units = {item.unit for item in known if item.name == mapping.target}
            assert mapping.unit
            assert units, mapping
            assert all(convertible(mapping.unit, unit) for unit in units), mapping
            note = note_of(mapping.column)
            assert unit_named(note, mapping.unit) in (None, mapping.unit), mapping


def test_columns_of_the_conventions_are_known() -> None:
    listed = (
        "客服销售额 客服销售人数 客服销售占比 客服销售客单价 成功退款金额 净销售额 咨询人数 接待人数 "
        "询单转化率 平均响应时长（秒） 首次响应时长（秒） 客户满意率 旺旺回复率 答问比 中差评率 3分钟响应率"
    )
    columns = {mapping.column for mapping in default_mappings()}
    assert set(listed.split()) <= columns


def test_what_a_new_workbook_shows_is_what_is_known() -> None:
    known = {(each.column, each.target): each.unit for each in default_mappings()}
    assert {(it.column, it.target): it.unit for it in FIRST_MAPPINGS}.items() <= known.items()


def test_a_company_reads_exports_by_its_own_lines_and_the_shipped_ones() -> None:
    own = (Mapping("成交额", SALES, Unit.YUAN),)
    assert Company(mappings=own).export_mappings == completed(own)
