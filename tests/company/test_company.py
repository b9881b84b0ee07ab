"""A company's data, joined."""

from __future__ import annotations

import time
from dataclasses import replace

from tests.company.people import PERIOD, actual, company, employee
from tests.workbench.shipped import asking_subordinates
from xladdin.company.company import Company
from xladdin.company.company_settings import COMPANY_NAME, MONTH_SETTING, Setting
from xladdin.company.starting import example_company
from xladdin.domain.competency import ANONYMOUS, Assignment, Source
from xladdin.domain.people import Period, State
from xladdin.schemes.library import Library


def test_figures_are_those_of_the_person_and_the_month() -> None:
    october = Period("2026-10")
    lines = [
        actual("A1", "客单价", "1"),
        actual("A2", "客单价", "2"),
        actual("A1", "客单价", "3", october),
    ]
    found = company(employee("A1"), actuals=lines)
    assert found.actuals_of(employee("A1"), PERIOD) == lines[:1]
    assert found.actuals_of(employee("A1"), Period("2025-01")) == []
    assert found.periods == (october, PERIOD)


def test_a_superior_is_found_however_the_name_is_spaced() -> None:
    chief = employee("A1", name="张　三")
    own = employee("A2", superior="张三")
    _, superior = company(chief, own).raters_of(own)
    assert (superior.rater, superior.rater_id) == ("张　三", "A1")


def test_subordinates_rate_where_the_scheme_asks_them() -> None:
    (usual,) = Library.shipped().competencies
    asking = asking_subordinates()
    chief = employee("A1", name="甲")
    team = [employee(id_, superior="甲") for id_ in ("A2", "A3")]
    for scheme, below in ((usual, []), (asking, ["A2", "A3"])):
        firm = replace(company(chief, *team), library=Library((), (), (scheme,)))
        found = [each.rater_id for each in firm.raters_of(chief) if each.source in ANONYMOUS]
        assert found == below
        assert [each.source for each in firm.raters_of(team[0])] == [Source.SELF, Source.SUPERIOR]
    named = Assignment(ratee="A1", source=Source.SUBORDINATE, rater="乙", rater_id="A3")
    firm = replace(firm, raters=(named,))
    assert [each for each in firm.raters_of(chief) if each.source in ANONYMOUS] == [named]
    gone = team[1].model_copy(update={"state": State.LEFT})
    firm = replace(firm, raters=(), employees=(chief, team[0], gone))
    assert [e.rater_id for e in firm.raters_of(chief) if e.source in ANONYMOUS] == ["A2"]


def test_people_are_asked_for_with_what_came_along_in_copying() -> None:
    firm = company(employee("A1"), employee("A2"))
    chosen, problems = firm.selected(["\u202aＡ2 "], " 客服部\u200b")
    assert ([each.id for each in chosen], problems) == (["A2"], [])


def test_the_first_line_of_a_setting_counts() -> None:
    lines = (
        Setting(COMPANY_NAME, "甲"),
        Setting(MONTH_SETTING, "2026年11月"),
        Setting(COMPANY_NAME, "乙"),
    )
    firm = Company(settings=lines)
    assert (firm.name, firm.month, firm.setting("别的")) == ("甲", PERIOD, "")
    assert (Company().name, Company().month) == ("", None)


def test_a_company_is_what_it_keeps_wherever_that_was_read() -> None:
    firm = company(employee("A1"))
    assert replace(firm, file="别的.xlsx") == firm
    assert replace(firm, employees=()) != firm


def test_whose_job_analysis_it_is_the_superior_tells() -> None:
    """Two companies have a 客服专员."""
    one, other = Library.shipped().positions_named("客服专员")
    chief = employee("A1", one.superior, name="王一")
    assert one.superior != other.superior
    firm = company(chief, employee("A2"))
    assert firm.positions_of(employee("A3", "客服专员", superior="王一")) == (one,)
    assert firm.positions_of(employee("A3", "客服专员")) == (one, other)
    assert firm.positions_of(employee("A3", "没有")) == ()


def test_look_ups_take_linear_time() -> None:
    """Twenty-five times the work for five times the company would be plain to see."""

    def cost(count: int) -> float:
        positions = example_company().library.positions
        library = Library(
            Library.shipped().schemes,
            tuple(
                positions[i % len(positions)].model_copy(update={"id": f"p{i}", "name": f"岗位{i}"})
                for i in range(count)
            ),
            Library.shipped().competencies,
        )
        people = [
            employee(f"A{i}", f"岗位{i}", superior=f"员工A{i - 1}" if i else "")
            for i in range(count)
        ]
        lines = tuple(
            Assignment(ratee=one.id, source=Source.PEER, rater="同事", rater_id="A0")
            for one in people
        )
        actuals = [actual(one.id, "客单价", "1") for one in people]
        firm = replace(company(*people, actuals=actuals), library=library, raters=lines)
        times = []
        for _ in range(3):
            fresh, start = replace(firm), time.process_time()
            for one in people:
                assert len(fresh.raters_of(one)) >= 2
                assert len(fresh.positions_of(one)) == 1
                assert len(fresh.actuals_of(one, PERIOD)) == 1
                fresh.competency_of(one)
            times.append(time.process_time() - start)
        return min(times)

    cost(100)
    assert cost(2_000) < 12 * cost(400)
