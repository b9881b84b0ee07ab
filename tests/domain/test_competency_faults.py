"""Broken competency schemes: exactly the problems that are expected, each at its line."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from xladdin.domain.competency import CompetencyScheme
from xladdin.paths import templates_dir
from xladdin.problems import Problem
from xladdin.schemes.load import load_any

FOLDER = Path(__file__).parents[1] / "faults/competency"
EXPECTED: dict[str, list[dict[str, Any]]] = yaml.safe_load(
    (FOLDER / "expected.yaml").read_text("utf-8")
)
SHIPPED = templates_dir() / "competency_schemes/customer_service.yaml"
JUNK = st.sampled_from(
    [None, True, 0, -1, 1.5, 10**30, "", "二十", "65%", "NaN", "1e999", [], [[]], {}, {"a": {}}]
)


def told(problem: Problem) -> dict[str, Any]:
    place = problem.place
    field = {"field": place.field} if place.field else {}
    return {"code": problem.code, "line": place.line, **field, "message": problem.message}


@pytest.mark.parametrize("name", EXPECTED)
def test_a_broken_scheme(name: str) -> None:
    scheme, problems = load_any(FOLDER / f"{name}.yaml")
    assert scheme is None
    assert [told(problem) for problem in problems] == EXPECTED[name]


def test_every_broken_scheme_is_expected() -> None:
    assert {path.stem for path in FOLDER.glob("*.yaml")} == {*EXPECTED, "expected"}


def test_the_shipped_scheme_is_sound() -> None:
    scheme, problems = load_any(SHIPPED)
    assert isinstance(scheme, CompetencyScheme)
    assert problems == []


def _paths(node: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    keys = list(node) if isinstance(node, dict) else range(len(node)) if _is_list(node) else ()
    return [path, *(found for key in keys for found in _paths(node[key], (*path, key)))]


def _is_list(node: Any) -> bool:
    return isinstance(node, list)


SOUND = yaml.safe_load(SHIPPED.read_text("utf-8"))
PATHS = _paths(SOUND)[1:]


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(path=st.sampled_from(PATHS), value=JUNK)
def test_nothing_raises_and_every_message_is_chinese(
    tmp_path: Path, path: tuple[Any, ...], value: Any
) -> None:
    data = copy.deepcopy(SOUND)
    parent = data
    for key in path[:-1]:
        parent = parent[key]
    parent[path[-1]] = value
    broken = tmp_path / "broken.yaml"
    broken.write_text(yaml.safe_dump(data, allow_unicode=True), "utf-8")
    scheme, problems = load_any(broken)
    assert (scheme is None) == bool(problems)
    for problem in problems:
        assert problem.code != "invalid"
        assert "nput" not in problem.message
        assert problem.place.line is not None
