"""A company out of the files that it has."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from tests.master.books import book_of, write
from xladdin.app.reading_company import read_company, read_master_company
from xladdin.company.starting import example_company
from xladdin.paths import templates_dir

EXAMPLE = templates_dir() / "example_company"


def test_the_example_company_reads_without_an_error() -> None:
    found, problems = read_company(
        EXAMPLE / "roster.csv",
        EXAMPLE / "actuals.csv",
        [str(EXAMPLE), "online_shop_monthly"],
        EXAMPLE / "raters.csv",
        EXAMPLE / "ratings.csv",
    )
    assert len(found.employees) == 40
    assert found.raters
    assert found.ratings
    assert not [
        problem for problem in problems if problem.is_error and "方案" not in problem.message
    ]


def test_everything_that_is_wrong_comes_together(tmp_path: Path) -> None:
    missing = [tmp_path / name for name in ("a.csv", "b.csv", "c.csv", "d.csv")]
    found, problems = read_company(missing[0], missing[1], ["没有的方案"], *missing[2:])
    assert found.employees == ()
    assert {problem.place.file.rpartition("/")[2] for problem in problems} >= {
        "没有的方案",
        "a.csv",
        "b.csv",
        "c.csv",
        "d.csv",
    }


def test_a_master_gives_all_that_is_kept_in_it_and_ratings_come_beside(tmp_path: Path) -> None:
    whole = example_company()
    rated = {line.ratee for line in whole.raters}
    kept = replace(whole, figures=tuple(it for it in whole.figures if it.actual.employee in rated))
    path = write(tmp_path / "总表.xlsx", book_of(kept))
    found, problems = read_master_company(path, EXAMPLE / "ratings.csv")
    assert [problem.code for problem in problems] == ["see_check"]
    assert found.ratings
    assert replace(found, ratings=()) == kept
    assert (found.file, found.name) == ("总表.xlsx", whole.name)
