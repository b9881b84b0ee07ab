"""Template files: loaded, or every fault named at once."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from xladdin.domain.positions import Position
from xladdin.domain.schemes import Scheme
from xladdin.paths import templates_dir
from xladdin.schemes.load import load_any, load_competency, load_position, load_scheme
from xladdin.schemes.write import to_yaml

from .fault_files import EXPECTED, FOLDER, as_expected

SCHEME = templates_dir() / "kpi_schemes/after_sales_monthly.yaml"
POSITION = templates_dir() / "positions/coo.yaml"
JUNK = st.sampled_from(
    [None, True, 0, -1, 1.5, 10**30, "", "二十", "65%", "NaN", "1e999", [], [[]], {}, {"a": {}}]
)


@pytest.mark.parametrize("name", EXPECTED)
def test_a_broken_file(name: str) -> None:
    path = FOLDER / f"{name}.yaml"
    template, problems = load_any(path)
    assert template is None
    assert as_expected(problems) == EXPECTED[name]
    assert {problem.place.file for problem in problems} == {str(path)}


def test_every_broken_file_is_expected() -> None:
    assert {path.stem for path in FOLDER.glob("*.yaml")} == {*EXPECTED, "expected"}


def test_a_sound_scheme_and_a_sound_position() -> None:
    scheme, problems = load_scheme(SCHEME)
    assert isinstance(scheme, Scheme)
    assert problems == []
    position, problems = load_position(POSITION)
    assert isinstance(position, Position)
    assert problems == []
    assert load_any(SCHEME) == (scheme, [])
    assert load_any(POSITION) == (position, [])


def test_weights_within_sections_are_recognised_converted_and_told(tmp_path: Path) -> None:
    path = Path(__file__).parent / "data/nested_weights.yaml"
    scheme, problems = load_scheme(path)
    assert scheme is not None
    both = {item.name: (item.within, item.weight) for item in scheme.indicators}
    assert both == {"项目一": (60, 30), "项目二": (40, 20), "客户第一": (100, 50)}
    (told,) = problems
    assert not told.is_error
    assert "「关键业绩」占50%：项目一 60%→30%、项目二 40%→20%；「价值观」占50%" in told.message
    # As it is written back it says so itself: nothing is left to tell.
    written = tmp_path / "written.yaml"
    written.write_text(to_yaml(scheme), encoding="utf-8")
    assert load_scheme(written) == (scheme, [])


def test_a_position_where_a_scheme_is_wanted() -> None:
    scheme, problems = load_scheme(POSITION)
    assert scheme is None
    assert [str(problem) for problem in problems] == [
        f"{POSITION}:第2行:kind：这是岗位分析，这里需要的是考核方案"
    ]


def test_a_file_without_kind_is_what_it_is_loaded_as() -> None:
    scheme, problems = load_scheme(FOLDER / "missing_kind.yaml")
    assert scheme is not None
    assert problems == []


@pytest.mark.parametrize("load", [load_any, load_scheme, load_position, load_competency])
@pytest.mark.parametrize("kind", [{"a": "b"}, ["position"], 7, True, "", None])
def test_a_kind_that_is_no_text(load: Any, kind: Any, tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(
        yaml.safe_dump(
            yaml.safe_load(POSITION.read_text("utf-8")) | {"kind": kind}, allow_unicode=True
        ),
        "utf-8",
    )
    loaded, problems = load(path)
    assert loaded is None
    assert "kind" in [problem.place.field for problem in problems]


def test_unreadable_files() -> None:
    for load in (load_any, load_scheme, load_position):
        assert [p.code for p in load(FOLDER / "empty.yaml")[1]] == ["empty_file"]


def _paths(node: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    items: list[tuple[Any, Any]] = []
    if isinstance(node, dict):
        items = list(node.items())
    elif isinstance(node, list):
        items = list(enumerate(node))
    return [path, *(found for key, value in items for found in _paths(value, (*path, key)))][:400]


def _replaced(data: Any, path: tuple[Any, ...], value: Any) -> Any:
    if not path:
        return value
    changed = copy.deepcopy(data)
    parent = changed
    for key in path[:-1]:
        parent = parent[key]
    parent[path[-1]] = value
    return changed


@pytest.mark.parametrize("source", [SCHEME, POSITION], ids=lambda path: path.stem)
@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_nothing_raises_and_every_message_is_chinese(
    source: Path, tmp_path: Path, data: st.DataObject
) -> None:
    sound = yaml.safe_load(source.read_text("utf-8"))
    path = data.draw(st.sampled_from(_paths(sound)))
    broken = tmp_path / "broken.yaml"
    broken.write_text(yaml.safe_dump(_replaced(sound, path, data.draw(JUNK)), allow_unicode=True))
    template, problems = load_any(broken)
    assert (template is None) == any(problem.is_error for problem in problems)
    for problem in problems:
        assert problem.code != "invalid"
        assert "nput" not in problem.message
        assert problem.place.line is not None
