from __future__ import annotations

import ast
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.workbench.tools import ROOT

from . import sample
from .sample import ALLOWANCE, MOST, Timed, function_of, kept_of, spread

pytest_plugins = ["pytester"]

SAMPLE = sample.read_sample()


@pytest.mark.parametrize("module", SAMPLE)
def test_what_is_left_out_is_there(module: str) -> None:
    """A test that was called otherwise since runs with all its cases, unseen: ``make sample``."""
    tree = ast.parse((ROOT / module).read_text("utf-8"))
    names = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
    assert set(SAMPLE[module]) <= names


TESTS = st.lists(
    st.builds(
        Timed,
        st.text("abcdef", min_size=1, max_size=4),
        st.integers(1, 300),
        st.integers(0, 90_000),
    ),
    min_size=1,
    unique_by=lambda test: test.name,
)


@given(TESTS)
def test_a_module_has_one_case_at_least_and_keeps_to_its_allowance(tests: list[Timed]) -> None:
    kept = kept_of(tests)
    assert all(0 <= kept[test.name] <= test.cases for test in tests)
    assert sum(kept.values()) >= (min(test.each for test in tests) <= MOST)
    spent = sum(kept[test.name] * test.each for test in tests)
    assert spent <= ALLOWANCE or sum(kept.values()) == 1


def test_all_are_run_where_the_allowance_pays_for_all() -> None:
    tests = [Timed("a", 10, 500), Timed("b", 1, 500)]
    assert kept_of(tests, 1000) == {"a": 10, "b": 1}


def test_one_of_each_comes_before_the_second_of_any() -> None:
    tests = [Timed("often", 100, 10_000), Timed("slow", 1, 1000), Timed("never", 2, 4000)]
    assert kept_of(tests, 2000) == {"often": 10, "slow": 1, "never": 0}


def test_one_that_takes_longer_than_allowed_is_run_where_there_is_no_other() -> None:
    assert kept_of([Timed("a", 3, 60_000), Timed("b", 1, 21_000)], 2000) == {"a": 1, "b": 0}
    assert kept_of([Timed("a", 1, MOST + 1), Timed("b", 1, 61_000)], 2000) == {"a": 0, "b": 0}


@given(st.integers(1, 300), st.integers(1, 300))
def test_cases_are_spread(count: int, kept: int) -> None:
    places = list(spread(count, kept))
    assert len(set(places)) == min(count, kept)
    assert places[0] == 0
    assert places[-1] >= count - 1 - count / min(count, kept)
    assert max(places) < count


def test_a_case_and_a_group_are_no_part_of_a_name() -> None:
    assert function_of("test_a[b@c]@calc") == "test_a"
    assert function_of("test_a@calc") == "test_a"


def test_a_report_is_read(tmp_path: Path) -> None:
    case = '<testcase classname="tests.a.test_b" name="{}" time="{}"/>'
    cases = [("test_c[1]", 1), ("test_c[2]@calc", 3), ("test_d", 0.5)]
    text = "".join(case.format(*one) for one in cases)
    (report := tmp_path / "timed.xml").write_text(f"<testsuites>{text}</testsuites>")
    modules = sample.timed(report)
    assert modules == {"tests/a/test_b.py": [Timed("test_c", 2, 4000), Timed("test_d", 1, 500)]}
    assert sample.chosen(modules) == {"tests/a/test_b.py": {"test_c": 0}}


@pytest.mark.parametrize("begin", sample.ALLOWANCES)
def test_what_has_more_is_there(begin: str) -> None:
    assert (ROOT / begin).exists()
    assert sample.allowance_of(begin) > ALLOWANCE


CASES = """
    import pytest

    @pytest.mark.parametrize("case", range(10))
    def test_often(case): ...

    def test_slow(): ...

    def test_asked(proofs): ...

    def test_new(): ...
"""


def test_what_is_not_in_the_sample_is_long(pytester: pytest.Pytester, tmp_path: Path) -> None:
    pytester.makepyprojecttoml((ROOT / "pyproject.toml").read_text("utf-8"))
    file = tmp_path / "sample.json"
    kept = '{"test_it.py": {"test_often": 3, "test_slow": 0, "test_asked": 0}}'
    file.write_text(f'{{"timed": "2026-11-28", "kept": {kept}}}')
    pytester.makepyfile(test_it=CASES)
    pytester.makeconftest(f"""
        from pathlib import Path
        pytest_plugins = ["tests.proof.fixtures", "tests.proof.sample"]

        def pytest_configure():
            from tests.proof import sample
            sample.SAMPLE = Path({str(file)!r})
    """)
    pytester.syspathinsert(ROOT)
    done = pytester.runpytest_subprocess("-vv", "-m", "not proof and not long", pytester.path)
    done.assert_outcomes(passed=5, deselected=8)
    done.stdout.fnmatch_lines(["*test_often?0? PASSED*", "*test_often?3? PASSED*"])
    pytester.runpytest_subprocess("-m", "proof or long", pytester.path).assert_outcomes(
        passed=8, deselected=5
    )
    pytester.runpytest_subprocess(pytester.path).assert_outcomes(passed=13)
