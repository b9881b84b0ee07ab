from __future__ import annotations

from pathlib import Path

import pytest

from . import figures
from .figures import Figure, Proof, Seen
from .fixtures import Proofs

pytest_plugins = ["pytester"]

NOTHING = Seen({}, {}, [])
KILLS = Proof("kills", "Nothing is lost", "one in ten", 1000)


def test_the_page_is_what_the_figures_give() -> None:
    """Where this fails: ``python -m tests.proof.figures``."""
    expected = figures.page(figures.read_proofs().values(), Seen.read())
    assert figures.PAGE.read_text("utf-8") == expected


def test_a_row_tells_what_was_seen_and_when() -> None:
    seen = Seen.of([Figure("kills", 1000, 999, "2026-11-02")], {}, [])
    last = figures.page([KILLS], seen).splitlines()[-1]
    assert last == "| kills | Nothing is lost | one in ten | 1,000 | 999 of 1,000 | 2026-11-02 |"
    assert "not run yet" in figures.page([KILLS], NOTHING)


def test_the_page_names_what_failed_and_what_tests_said() -> None:
    text = figures.page([KILLS], Seen({}, {"tests/a.py::b": ["12 pairs"]}, ["tests/a.py::c"]))
    assert "**Failed in the last run:**\n\n- `tests/a.py::c`\n" in text
    assert text.endswith("\n- 12 pairs\n")


def test_the_shares_of_a_proof_are_added_up() -> None:
    shares = [Figure("a", 3, 2, "2026-11-02"), Figure("b", 1, 1, "2026-11-01")]
    seen = Seen.of([*shares, Figure("a", 4, 4, "2026-11-03", "12 s at most")], {}, [])
    assert seen.figures == {
        "a": Figure("a", 7, 6, "2026-11-03", "12 s at most"),
        "b": Figure("b", 1, 1, "2026-11-01"),
    }


def test_a_run_replaces_only_what_it_tried() -> None:
    old = [Figure("a", 1, 1, "2026-11-02"), Figure("b", 1, 1, "2026-11-02")]
    before, run = (
        Seen.of(old, {"t": ["x"]}, ["t"]),
        Seen.of([Figure("b", 2, 2, "2026-12-01")], {}, []),
    )
    after = before.after(run)
    assert [figure.tried for figure in after.figures.values()] == [1, 2]
    assert (after.said, after.failed) == ({"t": ["x"]}, [])


def test_a_short_run_is_counted_short_and_not_put_down() -> None:
    proof = figures.read_proofs()["fuzz"]
    short, full = Proofs(is_full=False, properties=[]), Proofs(is_full=True, properties=[])
    assert (short.count("fuzz"), full.count("fuzz")) == (proof.test, proof.proof)
    short.record("fuzz", tried=1, survived=1)
    assert short.properties == []
    full.record("fuzz", tried=2, survived=1)
    ((name, value),) = full.properties
    assert (name, value["tried"], value["survived"]) == ("proof", 2, 1)


def test_an_unknown_proof_is_refused() -> None:
    with pytest.raises(AssertionError, match="is not in"):
        Proofs(is_full=False, properties=[]).record("no_such", tried=1, survived=1)


TESTS = """
    import pytest

    def test_short(): ...

    @pytest.mark.proof
    def test_long(proofs, record_property):
        proofs.record("fuzz", tried=3, survived=2)
        record_property("proof", "in words")

    @pytest.mark.proof
    def test_long_and_wrong(proofs):
        proofs.record("fuzz", tried=4, survived=0)
        raise AssertionError
"""


@pytest.fixture
def project(pytester: pytest.Pytester) -> pytest.Pytester:
    """A project with this one's settings."""
    pytester.makepyprojecttoml((figures.ROOT / "pyproject.toml").read_text("utf-8"))
    pytester.makepyfile(TESTS)
    pytester.makeconftest('pytest_plugins = ["tests.proof.fixtures"]')
    pytester.syspathinsert(figures.ROOT)
    return pytester


def test_without_a_marker_no_long_proof_runs(project: pytest.Pytester) -> None:
    done = project.runpytest_subprocess("-vv", project.path)
    done.assert_outcomes(passed=1, deselected=2)


def test_the_marker_on_the_command_line_replaces_the_one_in_the_settings(
    project: pytest.Pytester,
) -> None:
    done = project.runpytest_subprocess("-vv", "-m", "proof", project.path)
    done.assert_outcomes(passed=1, failed=1, deselected=1)
    done.stdout.fnmatch_lines(["*proof*", "fuzz: 2 of 7", "in words (*)"])


@pytest.mark.parametrize("workers", ["0", "2"])
def test_what_the_proofs_gave_is_written_down(
    project: pytest.Pytester, workers: str, tmp_path: Path
) -> None:
    seen, page = tmp_path / "seen.json", tmp_path / "proof.md"
    seen.write_text('{"figures": [], "said": {}, "failed": []}', "utf-8")
    project.makeconftest(f"""
        from pathlib import Path
        from tests.proof import figures
        figures.SEEN, figures.PAGE = Path({str(seen)!r}), Path({str(page)!r})
        pytest_plugins = ["tests.proof.fixtures"]
    """)
    project.runpytest_subprocess("-m", "proof", "-n", workers, "--write-proofs", project.path)
    text = page.read_text("utf-8")
    assert "| 2 of 7 |" in text
    assert "- in words" in text
    assert "::test_long_and_wrong`" in text
