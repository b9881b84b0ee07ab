"""Many problems on few lines: nothing is lost, and nothing is said of one that is true of another."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from xladdin.folding import MOST_ALIKE, folded
from xladdin.problems import Place, Problem, Severity

CASES: list[dict[str, Any]] = yaml.safe_load(
    Path(__file__).with_name("folding.yaml").read_text("utf-8")
)


def found(case: dict[str, Any]) -> list[Problem]:
    """The problems of a case: its message at its place, numbered."""
    many = range(case.get("from", 0), case.get("to", 1))
    return [
        Problem(
            case.get("code", "x"),
            case["message"].replace("{n}", str(n)),
            Place(**{key: _numbered(value, n) for key, value in case.get("place", {}).items()}),
        )
        for n in many
        for _ in range(case.get("times", 1))
    ]


def _numbered(value: Any, n: int) -> Any:
    if value == "{n}":
        return n
    return value.replace("{n}", str(n)) if isinstance(value, str) else value


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_what_is_told(case: dict[str, Any]) -> None:
    problems = [problem for part in case["given"] for problem in found(part)]
    assert [str(fold) for fold in folded(problems)] == case["told"]


PROBLEMS = st.lists(
    st.builds(
        Problem,
        st.sampled_from(["a", "b"]),
        st.sampled_from(
            ["没有填", "「甲」不是数字", "「乙」不是数字", "甲（1）没有", "乙（2）没有"]
        )
        | st.integers(0, 30).map("第{}格不对".format),
        st.builds(Place, st.sampled_from(["", "名册.csv"]), st.none() | st.integers(1, 9)),
        st.sampled_from(Severity),
    ),
    max_size=60,
)


@given(PROBLEMS)
def test_nothing_is_lost_and_errors_come_first(problems: list[Problem]) -> None:
    folds = folded(problems)
    assert sorted(map(repr, problems)) == sorted(repr(p) for fold in folds for p in fold.problems)
    order = [fold.first.is_error for fold in folds]
    assert order == sorted(order, reverse=True)
    for fold in folds:
        kinds = {(problem.code, problem.severity) for problem in fold.problems}
        assert len(kinds) == 1
        assert str(fold).startswith(str(fold.first))
        count = f"[（ ]{len(fold.problems)} [处次人]"
        assert bool(re.search(count, str(fold))) == (len(fold.problems) > 1)


@given(PROBLEMS)
def test_different_texts_share_a_line_only_where_there_are_many(problems: list[Problem]) -> None:
    for fold in folded(problems):
        if not fold.alike:
            assert fold.hides
            assert len(fold.problems) > MOST_ALIKE


def test_a_flood_is_folded_in_no_time() -> None:
    flood = [Problem("x", f"「{n}」不是数字", Place("名册.csv", n)) for n in range(1, 50_001)]
    (fold,) = folded(flood)
    assert str(fold) == "名册.csv:第1行：「1」不是数字（同类共 50000 处：第1—50000行）"
