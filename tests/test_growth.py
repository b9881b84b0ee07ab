"""Twice as many lines take twice as long, in whatever reads, judges, scores or writes them.

Calls are counted, not seconds: they are the same on every machine, however busy it is.  What only C code
would spend on its way through a list is seen by the long test, which takes the time.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from benchmarks import intake
from tests.master.test_models_agree import grids_of
from xladdin.app.months.opening_month import open_month
from xladdin.app.score import score_file
from xladdin.company.company import Company
from xladdin.domain.competency import Assignment, Source
from xladdin.domain.people import Period
from xladdin.intake.actuals import read_one_by_one
from xladdin.layout.writer import workbook_bytes
from xladdin.master.master_book import book
from xladdin.master.read_master import master_of
from xladdin.master.writing_rows import rows_of
from xladdin.ooxml import package

MOST = 2.3
"""Times as much for twice as many."""
Work = Callable[[], object]


def scoring(folder: Path, count: int) -> Work:
    path = folder / f"{count}.csv"
    intake.make(path, count)
    return lambda: [*score_file([intake.SCHEME], path)[0]]


def line_by_line(folder: Path, count: int) -> Work:
    """Lines of which something is told, or everything: strangers, doubles, what is no figure."""
    path = folder / f"{count}.csv"
    intake.make(path, count)
    rows, people, scheme_of = intake.read_table(path)
    known = people[: len(people) // 2]
    return lambda: read_one_by_one(rows, known, scheme_of)


def doubled(folder: Path, count: int) -> Work:
    path = folder / f"{count}.csv"
    intake.make(path, count // 2)
    head, *lines = path.read_text("utf-8").splitlines()
    path.write_text("\n".join([head, *lines, *lines]), "utf-8")
    return lambda: score_file([intake.SCHEME], path)


def company(count: int) -> Company:
    """So many figures, half as many raters, and their people."""
    found = intake.company_of(count)
    ids = [one.id for one in found.employees]
    raters = tuple(
        Assignment(
            ratee=id_, source=Source.PEER, rater=f"员工{n % len(ids)}", rater_id=ids[n % len(ids)]
        )
        for n, id_ in enumerate(ids * 15, start=1)
    )
    return replace(found, raters=raters)


def judging(_: Path, count: int) -> Work:
    grids = grids_of(rows_of(company(count)))
    return lambda: master_of("总表.xlsx", grids, [])


def out_of_order(_: Path, count: int) -> Work:
    """The rows of all sheets from the last to the first, each figure there once more."""
    rows = {key: found[::-1] for key, found in rows_of(company(count // 2)).items()}
    rows["figures"] *= 2
    grids = grids_of(rows)
    return lambda: master_of("总表.xlsx", grids, [])


def laying_out(_: Path, count: int) -> Work:
    found = company(count)
    return lambda: book(rows_of(found))


def opening_a_month(folder: Path, count: int) -> Work:
    """In a master whose rows are kept as text, as those of a group's size are."""
    path, found = folder / f"{count}.xlsx", intake.company_of(count)
    path.write_bytes(workbook_bytes(book(rows_of(found)), {}))

    def work() -> object:
        copy = path.with_suffix(".copy.xlsx")
        copy.write_bytes(path.read_bytes())
        with patch.object(package, "LONG", 0):
            done = open_month(copy, Period("2026-11"))
        assert done.written, done.problems
        return done

    return work


CASES: dict[str, Callable[[Path, int], Work]] = {
    "scoring": scoring,
    "line_by_line": line_by_line,
    "doubled": doubled,
    "judging": judging,
    "out_of_order": out_of_order,
    "laying_out": laying_out,
    "opening_a_month": opening_a_month,
}
FEW = (150, 300, 600)
"""Enough: what is looked through anew for each line would take four times as many calls."""


def calls(work: Work) -> int:
    found = 0

    def count(*_: Any) -> None:
        nonlocal found
        found += 1

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(before)
    return found


@pytest.mark.parametrize("name", CASES)
def test_twice_as_many_take_twice_as_many_calls(name: str, tmp_path: Path) -> None:
    work = [CASES[name](tmp_path, count) for count in FEW]
    work[0]()  # what is made once and kept
    found = [calls(one) for one in work]
    # From each count to the next, so that what takes the same with any number hides nothing.
    assert found[2] - found[1] <= MOST * (found[1] - found[0]), found


@pytest.mark.proof
@pytest.mark.parametrize("name", CASES)
def test_a_hundred_times_as_many_take_as_much_time(
    name: str, tmp_path: Path, record_property: Any
) -> None:
    times = []
    for count in (1_000, 10_000, 100_000):
        work = CASES[name](tmp_path, count)
        begun = time.process_time()
        work()
        times.append(time.process_time() - begun)
    record_property(
        "proof",
        f"{name}, CPU of 1,000, 10,000, 100,000 lines: {', '.join(f'{one:.2f}' for one in times)} s",
    )
    assert times[2] < 15 * times[1], times  # 2.3 for each doubling
