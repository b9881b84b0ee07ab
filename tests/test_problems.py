"""Problems as values."""

from __future__ import annotations

import pytest

from xladdin.problems import Place, Problem, ProblemsFound, Severity, errors, warning


@pytest.mark.parametrize(
    ("place", "said"),
    [
        (Place(), ""),
        (Place(file="名册.csv"), "名册.csv"),
        (Place(file="名册.csv", line=3), "名册.csv:第3行"),
        (Place(file="名册.csv", line=3, field="工号"), "名册.csv:第3行:工号"),
        (Place(file="名册.csv", field="工号"), "名册.csv:工号"),
        (Place(file="考核表.xlsx", sheet="考核表", cell="K6"), "考核表.xlsx!考核表!K6"),
        (Place(file="考核表.xlsx", sheet="考核表"), "考核表.xlsx!考核表"),
    ],
)
def test_a_place_is_told_as_a_clerk_looks_for_it(place: Place, said: str) -> None:
    assert str(place) == said


def test_a_problem_says_where_and_what() -> None:
    assert str(Problem("x", "没有填工号", Place(file="名册.csv", line=3))) == (
        "名册.csv:第3行：没有填工号"
    )
    assert str(Problem("x", "没有填工号")) == "没有填工号"


def test_a_message_is_harmless_wherever_it_is_shown() -> None:
    problem = Problem("x", "没有「\u202egnp\x1b[2J」\n请改", Place(file="\u202e.csv"))
    assert problem.message == "没有「\ufffdgnp\ufffd[2J」\n请改"
    # A place finds its cell: it is what it is, and made harmless where it is shown.
    assert problem.place.file == "\u202e.csv"


def test_only_errors_stop_the_work() -> None:
    wrong, odd = Problem("a", "错"), warning("b", "怪")
    assert (wrong.is_error, odd.is_error) == (True, False)
    assert odd.severity is Severity.WARNING
    assert errors([odd, wrong, odd]) == [wrong]


def test_all_problems_are_raised_at_once() -> None:
    found = ProblemsFound(iter([Problem("a", "一"), Problem("b", "二")]))
    assert [problem.code for problem in found.problems] == ["a", "b"]
    assert str(found) == "一\n二"
