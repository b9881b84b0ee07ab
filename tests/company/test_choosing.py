"""By which scheme somebody is appraised."""

from __future__ import annotations

import pytest

from tests.company.people import company, employee
from xladdin.company import choosing
from xladdin.company.company import Company
from xladdin.schemes.library import Library


@pytest.mark.parametrize(
    ("position", "named", "scheme"),
    [
        ("网销客服", "", "online_shop_monthly"),
        ("网销客服", "sales_service", "sales_service"),
        ("网销客服", "售后客服月度绩效考核", "after_sales_monthly"),
        ("没有方案的岗位", "", None),
        ("网销客服", "没有的方案", None),
    ],
)
def test_the_scheme_of_the_roster_comes_before_that_of_the_position(
    position: str, named: str, scheme: str | None
) -> None:
    found = company().scheme_of(employee("A1", position, scheme=named))
    assert (found.id if found else None) == scheme


def test_a_scheme_for_everybody_is_taken_where_no_other_fits() -> None:
    shop = Library.shipped().schemes[0]
    general = shop.model_copy(update={"id": "general", "positions": ()})
    library = Library((shop, general), ())
    found = Company((), library)
    assert found.scheme_of(employee("A1", "随便")) == general
    assert found.scheme_of(employee("A1", shop.positions[0])) == shop


def test_the_first_competency_scheme_of_the_position_counts_else_one_for_everybody() -> None:
    shipped = Library.shipped().competencies[0]
    names = {"a": (), "b": ("网销客服",), "c": ("网销客服", "客服主管"), "d": ()}
    rated = tuple(
        shipped.model_copy(update={"id": id_, "positions": posts}) for id_, posts in names.items()
    )

    def chosen(position: str, count: int = 4) -> str:
        firm = Company(library=Library(competencies=rated[4 - count :]))
        found = firm.competency_of(employee("A1", position))
        return found.id if found else ""

    assert [chosen(post) for post in ("网销客服", "客服主管", "随便")] == ["b", "c", "a"]
    assert (chosen("网销客服", 2), chosen("随便", 1)) == ("c", "d")
    assert Company().competency_of(employee("A1")) is None


def test_a_question_is_answered_once_for_all_whom_it_concerns(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Else a company of twice as many people and schemes would take four times as long."""
    asked = []
    answer = choosing.evaluate
    monkeypatch.setattr(choosing, "evaluate", lambda *given: asked.append(given) or answer(*given))
    people = [
        employee(f"A{i}", position, scheme=named)
        for i in range(50)
        for position, named in (("网销客服", ""), ("售后客服", ""), ("网销客服", "sales_service"))
    ]
    firm = company(*people)
    found = [firm.scheme_of(one) for one in people]
    assert [scheme and scheme.id for scheme in found[:3]] == [
        "online_shop_monthly",
        "after_sales_monthly",
        "sales_service",
    ]
    assert found == found[:3] * 50
    assert len(asked) == 3
