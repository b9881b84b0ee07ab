"""The time of many forms grows with their number, not with its square."""

from __future__ import annotations

import time
from itertools import pairwise
from pathlib import Path

from tests.company.people import PERIOD, company, employee
from xladdin.app.generating.generate import generate
from xladdin.company.company import Company

SIZES = (200, 400, 800)
MOST = 2.3
"""Times as much for twice as many."""


def people(count: int) -> Company:
    """As many in each department as in a small company."""
    return company(
        *(employee(f"E{number:05d}", department=f"客服{number // 50}部") for number in range(count))
    )


def cpu(company_: Company, out: Path) -> float:
    """Seconds, both anew and again where nothing changes; the least of three, others are at work."""
    spent = []
    for number in range(3):
        begun = time.process_time()
        for _ in range(2):
            assert generate(company_, PERIOD, out / str(number)).total == len(company_.employees)
        spent.append(time.process_time() - begun)
    return min(spent)


def test_twice_as_many_forms_take_twice_as_long(tmp_path: Path) -> None:
    cpu(people(20), tmp_path / "first")
    spent = [cpu(people(size), tmp_path / str(size)) for size in SIZES]
    for less, more in pairwise(spent):
        assert more < MOST * less, spent
