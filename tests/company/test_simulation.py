"""What a simulation tells: which way grades went, what is worst, what it costs, what was not tried."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from xladdin.company.month_results import PersonResult
from xladdin.company.simulation import DOWN, SAME, UP, Compared, NotTried, Simulation, Tried
from xladdin.domain.people import Employee, Period
from xladdin.domain.schemes import Scheme
from xladdin.schemes.library import Library
from xladdin.scoring import keys

PERIOD = Period("2026-11")
PERSON = Employee(id="E1", name="陆雨桐", department="客服部", position="客服")
_shipped = Library.shipped().scheme("online_shop_monthly")
assert _shipped


def scheme(*grades: tuple[str, int | None]) -> Scheme:
    assert _shipped
    raw: dict[str, Any] = _shipped.model_dump()
    raw["grades"] = [
        {"name": name, "lower": lower, "coefficient": Decimal(1)} for name, lower in grades
    ]
    return Scheme.model_validate(raw)


ABC = scheme(("A", 90), ("B", 80), ("C", None))
STRICT = scheme(("A", 95), ("B", 85), ("C", None))
FINER = scheme(("S", 95), ("A", 90), ("B", 80), ("C", None))
NAMED = scheme(("优", 90), ("良", 75), ("差", None))


def tried(
    before: str,
    after: str,
    changed: Scheme = ABC,
    points: tuple[int, int] = (80, 80),
    pay: tuple[int | None, int | None] = (None, None),
    month: Period = PERIOD,
) -> Tried:
    results = [
        PersonResult(
            PERSON,
            of,
            {keys.GRADE: grade, keys.TOTAL: Decimal(total), keys.COEFFICIENT: Decimal(1)},
        )
        for of, grade, total in ((ABC, before, points[0]), (changed, after, points[1]))
    ]
    bonuses = (None if amount is None else Decimal(amount) for amount in pay)
    return Tried(month, *results, *bonuses)


@pytest.mark.parametrize(
    ("before", "after", "changed", "move"),
    [
        ("A", "A", ABC, SAME),
        ("A", "B", STRICT, DOWN),
        ("C", "B", STRICT, UP),
        ("A", "A", FINER, SAME),
        ("A", "S", FINER, UP),
        ("B", "A", FINER, UP),
        ("A", "优", NAMED, SAME),
        ("B", "优", NAMED, UP),
        ("B", "良", NAMED, DOWN),
        ("C", "差", NAMED, SAME),
    ],
)
def test_which_way_a_grade_went(before: str, after: str, changed: Scheme, move: str) -> None:
    """By the order of the changed scheme; by where they begin, of names that it does not have."""
    assert tried(before, after, changed).move == move


def test_falls_come_first_and_the_largest_of_them_before_others() -> None:
    rows = (
        tried("A", "A", points=(95, 94)),
        tried("B", "A", points=(85, 91)),
        tried("A", "B", points=(92, 88)),
        tried("A", "C", points=(92, 60)),
    )
    found = Simulation(rows, ())
    assert [one.scored for one in found.worst_first] == [-32, -4, 6, -1]
    assert [found.moved(move) for move in (UP, DOWN, SAME)] == [1, 2, 1]
    assert list(found.distribution) == [("A", 3, 2), ("B", 1, 1), ("C", 0, 1)]
    assert found.people == 1


def test_grades_of_both_schemes_stand_in_one_order() -> None:
    found = Simulation((tried("B", "良", NAMED),), ())
    assert set(found.grades) == {"A", "优", "B", "良", "C", "差"}
    assert found.grades.index("B") < found.grades.index("良") < found.grades.index("C")


def test_only_what_both_schemes_pay_is_summed_up() -> None:
    rows = (tried("A", "B", pay=(1200, 1000)), tried("A", "B", pay=(700, None)))
    found = Simulation(rows, ())
    assert found.bonuses == Compared(Decimal(1200), Decimal(1000))
    assert found.cost == -200
    assert [one.cost for one in rows] == [-200, None]
    assert found.coefficients == Compared(Decimal(2), Decimal(2))


def test_what_was_not_tried_is_told_once_per_person_and_reason() -> None:
    months = [Period("2026-11"), Period("2026-09")]
    other = PERSON.model_copy(update={"id": "E2"})
    rows = [NotTried(month, PERSON, "没有表") for month in months]
    found = Simulation(
        (), (*rows, NotTried(PERIOD, PERSON, "别的"), NotTried(PERIOD, other, "没有表"))
    )
    assert [(one.employee.id, one.months, one.why) for one in found.untried] == [
        ("E1", "2026年9月、2026年11月", "没有表"),
        ("E1", "2026年11月", "别的"),
        ("E2", "2026年11月", "没有表"),
    ]
