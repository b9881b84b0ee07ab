"""By which scheme somebody is appraised."""

from __future__ import annotations

import pytest

from tests.company.people import company, employee
from xladdin.company import choosing
from xladdin.company.company import Company
from xladdin.schemes.library import Library
from xladdin.schemes.load import COMPETENCY, KPI, Broken


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


SHOP = Library.shipped().schemes[0]
NAMELESS = Broken(KPI, "", "")
OWN = Broken(KPI, "own", "自家方案", ("网销客服",))
GENERAL = Broken(KPI, "general", "通用方案")


@pytest.mark.parametrize(
    ("position", "named", "broken", "because"),
    [
        ("网销客服", "", (OWN,), None),  # a sound one is for this position
        ("别的岗位", "", (OWN,), None),
        ("别的岗位", "", (OWN, GENERAL), GENERAL),
        ("网销客服", "自家方案", (OWN, GENERAL), OWN),
        ("网销客服", "own", (OWN,), OWN),
        ("网销客服", "没有的方案", (OWN, GENERAL, NAMELESS), None),
        ("网销客服", SHOP.id, (Broken(KPI, SHOP.id, "重名"),), None),
    ],
)
def test_a_scheme_with_faults_is_told_from_one_that_is_missing(
    position: str, named: str, broken: tuple[Broken, ...], because: Broken | None
) -> None:
    shop = SHOP.model_copy(update={"positions": ("网销客服",)})
    firm = Company(library=Library((shop,), broken=broken))
    assert firm.broken_scheme_of(employee("A1", position, scheme=named)) == because


def test_no_other_scheme_takes_the_place_of_one_with_faults() -> None:
    general = SHOP.model_copy(update={"positions": ()})
    firm = Company(library=Library((general,), broken=(OWN,)))
    assert firm.scheme_of(employee("A1", "网销客服")) is None
    assert firm.scheme_of(employee("A2", "别的岗位")) == general
    rated = Library.shipped().competencies[0].model_copy(update={"positions": ()})
    faulty = Broken(COMPETENCY, "c", "能力", ("网销客服",))
    firm = Company(library=Library(competencies=(rated,), broken=(OWN, faulty)))
    assert firm.broken_competency_of(employee("A1", "网销客服")) == faulty
    assert firm.competency_of(employee("A1", "网销客服")) is None
    assert firm.competency_of(employee("A2", "别的岗位")) == rated


def test_a_position_that_needs_no_appraisal_has_a_scheme_only_where_the_roster_names_one() -> None:
    library = Library.shipped()
    posts = tuple(
        post.model_copy(update={"unappraised": post.name == "网销客服"})
        for post in library.positions
    )
    general = library.schemes[0].model_copy(update={"id": "general", "positions": ()})
    firm = Company((), Library((*library.schemes, general), posts))
    bare, named = employee("A1", "网销客服"), employee("A2", "网销客服", scheme="sales_service")
    assert firm.scheme_of(bare) is None
    assert firm.is_exempt(bare)
    assert getattr(firm.scheme_of(named), "id", "") == "sales_service"
    assert not firm.is_exempt(named)
    assert not firm.is_exempt(employee("A3", "售后客服"))
