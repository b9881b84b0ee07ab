from __future__ import annotations

from pathlib import Path

import pytest

from . import figures
from .figures import Figure, Proof
from .fixtures import Proofs

pytest_plugins = ["pytester"]


def test_the_page_is_what_the_figures_give() -> None:
    """Where this fails: ``python -m tests.proof.figures``."""
    expected = figures.page(figures.read_proofs().values(), figures.read_seen())
    assert figures.PAGE.read_text("utf-8") == expected


def test_a_row_tells_what_was_seen_and_when() -> None:
    proof, seen = (
        Proof("kills", "Nothing is lost", 5, 1000),
        Figure("kills", 1000, 999, "2026-11-02"),
    )
    (row,) = figures.page([proof], {"kills": seen}).splitlines()[-1:]
    assert row == "| kills | Nothing is lost | 5 | 1,000 | 999 of 1,000 | 2026-11-02 |"
    assert "not run yet" in figures.page([proof], {})


def test_the_shares_of_a_proof_are_added_up(tmp_path: Path) -> None:
    file = tmp_path / "build" / "figures.jsonl"
    for share in (Figure("a", 3, 2, "2026-11-02"), Figure("b", 1, 1, "2026-11-01")):
        figures.append(file, share)
    figures.append(file, Figure("a", 4, 4, "2026-11-03", "12 s at most"))
    assert figures.read_run(file) == {
        "a": Figure("a", 7, 6, "2026-11-03", "12 s at most"),
        "b": Figure("b", 1, 1, "2026-11-01"),
    }


def test_a_short_run_is_counted_short_and_not_put_down(tmp_path: Path) -> None:
    (id, proof), *_ = figures.read_proofs().items()
    file = tmp_path / "figures.jsonl"
    short, full = Proofs(is_full=False, file=file), Proofs(is_full=True, file=file)
    assert (short.count(id), full.count(id)) == (proof.test, proof.proof)
    short.record(id, tried=1, survived=1)
    assert not file.exists()
    full.record(id, tried=2, survived=1)
    assert figures.read_run(file)[id].tried == 2


def test_an_unknown_proof_is_refused() -> None:
    with pytest.raises(AssertionError, match="is not in"):
        Proofs(is_full=False, file=None).record("no_such", tried=1, survived=1)


@pytest.mark.parametrize(("arguments", "run"), [((), "short"), (("-m", "proof"), "long")])
def test_the_marker_chooses_what_runs(
    pytester: pytest.Pytester, arguments: tuple[str, ...], run: str
) -> None:
    """The project's own settings: without ``-m`` no long proof runs, with it nothing else."""
    settings = (figures.ROOT / "pyproject.toml").read_text("utf-8")
    pytester.makepyprojecttoml(settings)
    pytester.makepyfile(
        """
        import pytest

        def test_short(): ...

        @pytest.mark.proof
        def test_long(): ...
        """
    )
    done = pytester.runpytest_subprocess("-vv", *arguments, pytester.path)
    done.assert_outcomes(passed=1, deselected=1)
    done.stdout.fnmatch_lines([f"*test_{run} PASSED*"])
