"""As many tickets as a large company has: the figures of SQL written by hand, in bounded memory."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from benchmarks.report_month import run
from tests.proof.fixtures import Proofs

PROOF = "many_tickets"
MILLION, MOST_MEMORY = 1_000_000, 600
"""Tickets, and megabytes of the whole process that reads and measures a million of them."""
MOST_RATIO = 1.5
"""CPU of ours to that of SQL by hand which checks what it reads."""
HALF_SHOWN = 0.05e6 + 1
"""Microseconds by which a figure that is shown in tenths of a second may differ from what is exact."""


def same(ours: dict[str, Any], theirs: dict[str, Any]) -> int:
    """How many figures of theirs are ours, too."""
    assert ours["figures"].keys() == theirs["figures"].keys()
    pairs = (
        (one, other)
        for month, figures in theirs["figures"].items()
        for one, other in zip(ours["figures"][month], figures, strict=True)
    )
    return sum(abs(one - other) <= HALF_SHOWN for one, other in pairs)


def compared(
    path: Path, count: int, *ways: str, rounds: int = 1
) -> tuple[dict[str, dict[str, Any]], int, int]:
    """What each way came to, how many figures there are and how many of ours are the same.

    Of several rounds the one that took least: the others were disturbed.
    """
    run("make", path, count)
    tries = [{way: run(way, path) for way in ("ours", *ways)} for _ in range(rounds)]
    found = {way: min((one[way] for one in tries), key=lambda one: one["cpu"]) for way in tries[0]}
    tried = sum(sum(map(len, found[way]["figures"].values())) for way in ways)
    return found, tried, sum(same(found["ours"], found[way]) for way in ways)


@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_some_tickets(kind: str, proofs: Proofs, tmp_path: Path) -> None:
    _, tried, survived = compared(tmp_path / f"t.{kind}", proofs.count(PROOF), "sql")
    proofs.record(PROOF, tried=tried, survived=survived)
    assert tried == survived > 70


@pytest.mark.proof
@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_a_million_tickets(
    kind: str, proofs: Proofs, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    path = tmp_path / f"t.{kind}"
    found, tried, survived = compared(path, proofs.count(PROOF), "sql", "checked", rounds=3)
    ours, theirs, checked = found["ours"], found["sql"], found["checked"]
    proofs.record(PROOF, tried=tried, survived=survived, note=f"{ours['megabytes']} MB as {kind}")
    record_property(
        "proof",
        f"A million tickets as {kind}, whole process, read, made sense of and measured: {ours['cpu']} s of CPU and "
        f"{ours['megabytes']} MB; SQL by hand over columns known to be clean: {theirs['cpu']} s and "
        f"{theirs['megabytes']} MB; SQL by hand that checks what it reads: {checked['cpu']} s and {checked['megabytes']} MB",
    )
    assert tried == survived
    assert ours["megabytes"] <= MOST_MEMORY
    assert ours["cpu"] <= MOST_RATIO * checked["cpu"]


@pytest.mark.proof
def test_ten_million_tickets_in_one_run(
    tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    path = tmp_path / "t.parquet"
    run("make", path, 10 * MILLION)
    ours = run("ours", path)
    record_property(
        "proof",
        f"Ten million tickets from Parquet in one run: {ours['cpu']} s of CPU and {ours['megabytes']} MB",
    )
    assert len(ours["figures"]) == 25
