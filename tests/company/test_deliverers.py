"""Who delivers a figure."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.company.people import company, employee
from xladdin.company.company_settings import DELIVERER, Setting
from xladdin.company.deliverers import Deliverers
from xladdin.domain.data_sources import DataSource

LEADER = employee("L1", "班组长", name="马班长")
TWIN = employee("L2", "班组长", name="李明")
OTHER = employee("L3", "质检", name="李明")
PEOPLE = (
    LEADER,
    TWIN,
    OTHER,
    employee("A", name="甲", superior="马班长"),
    employee("B", name="乙", superior="L2"),
    employee("C", name="丙"),
    employee("D", name="丁", superior="王总"),
)


@pytest.mark.parametrize(
    ("who", "post", "said", "called"),
    [
        ("A", "财务", {}, "财务"),
        ("A", "财务", {"财务": "钱会计"}, "钱会计"),
        ("A", "财务", {"财务 ": " 钱会计 "}, "钱会计"),
        ("A", "财务", {"财务": "L1"}, "马班长"),
        ("A", "财务", {"财务": ""}, "财务"),
        ("A", "财务", {"出纳": "钱会计"}, "财务"),
        ("A", "班组长", {}, "马班长"),
        ("B", "班组长", {}, "李明（L2）"),
        ("C", "班组长", {}, "班组长"),
        ("D", "班组长", {}, "班组长"),
        ("A", "班组长", {"班组长": "钱会计"}, "钱会计"),
        ("A", "客服组长", {"客服组长": "直接上级"}, "马班长"),
        ("C", "客服组长", {"客服组长": "直接上级"}, "客服组长"),
        ("D", "客服组长", {"客服组长": "直接上级"}, "王总"),
        ("A", "直接上级", {"直接上级": "直接上级"}, "马班长"),
        ("A", "本人", {}, "甲"),
        ("A", "日报", {"日报": "本人"}, "甲"),
    ],
)
def test_the_settings_say_it_else_the_superior_who_holds_the_post(
    who: str, post: str, said: dict[str, str], called: str
) -> None:
    settings = tuple(Setting(DELIVERER + key, value) for key, value in said.items())
    known = replace(company(*PEOPLE), settings=settings)
    source = DataSource(way="手工统计", post=post)
    assert Deliverers(known).of(known.people[key_of(who)], source) == called


def key_of(who: str) -> str:
    return next(one.id for one in PEOPLE if one.id.casefold() == who.casefold())
