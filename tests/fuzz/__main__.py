"""``python -m tests.fuzz --cases 2000 --seed 1``, or one case with ``--case 1:17``."""

from __future__ import annotations

import argparse
import multiprocessing
import re
import shlex
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from tests.workbench.tools import ROOT

from . import judge, server
from .cases import Case, case
from .corpus import corpus

KEPT = ROOT / "build" / "fuzz"
"""Where the files of failed cases stay."""


VARYING = re.compile(r"'[^']*'|\"[^\"]*\"|\b\d+\b(?! <|$)|\S{60,}")
"""Figures, quotes and long names in a fault."""


@dataclass(frozen=True)
class Verdict:
    """How a case ended, for the report."""

    name: str
    command: str
    changes: str
    faults: tuple[str, ...]
    cpu: float
    growth: int
    code: int

    def __str__(self) -> str:
        lines = [f"FAULT {self.name}  xladdin {self.command[:300]}", f"      {self.changes}"]
        lines += [f"      {fault}" for fault in self.faults]
        again = f"python -m tests.fuzz --case {self.name}"
        return "\n".join([*lines, f"      again: {again}  files: build/fuzz/{_folder(self.name)}"])


def _folder(name: str) -> str:
    return name.replace(":", "-")


def try_case(name: str) -> Verdict:
    """Run one case in a folder of its own, which stays only where something is wrong."""
    tried = case(name)
    with tempfile.TemporaryDirectory(prefix="fuzz-", ignore_cleanup_errors=True) as place:
        folder = Path(place) / "a" / "b"
        outcome = server.run(tried, folder)
        faults = judge.faults(tried, outcome, folder)
        if faults:
            _keep(tried, folder)
    changes = "; ".join(f"{it.path}: {', '.join(it.changes)}" for it in tried.inputs if it.changes)
    command = shlex.join(tried.arguments).encode("utf-8", "backslashreplace").decode()
    found = (tuple(faults), outcome.cpu, outcome.growth, outcome.code)
    return Verdict(name, command, changes, *found)


def _keep(tried: Case, folder: Path) -> None:
    """The files as the command found them, and what it said."""
    kept = KEPT / _folder(tried.name)
    shutil.rmtree(kept, ignore_errors=True)
    (kept / "work").mkdir(parents=True)
    for given in tried.inputs:
        if isinstance(given.content, bytes):
            path = kept / "work" / given.path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(given.content)
    for name in ("out", "err"):
        shutil.copy(folder / name, kept / name)
    words = shlex.join(("xladdin", *tried.arguments))
    (kept / "command").write_text(words + "\n", "utf-8", "surrogateescape")


def run_all(seed: str, count: int, workers: int) -> Iterator[Verdict]:
    """The verdicts, in order."""
    names = [f"{seed}:{number}" for number in range(count)]
    context = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(workers, mp_context=context) as pool:
        yield from pool.map(try_case, names)


def report(verdicts: Iterator[Verdict]) -> int:
    """Tell every fault as it is found, then kinds and sums; the exit code."""
    done = [told(verdict) for verdict in verdicts]
    for kind, names in kinds(done).items():
        print(f"{len(names)} x {kind}: {' '.join(names[:12])}{' ...' if names[12:] else ''}")
    ends = Counter(verdict.code for verdict in done)
    slowest = max((verdict.cpu for verdict in done), default=0)
    largest = max((verdict.growth for verdict in done), default=0)
    survived = sum(not verdict.faults for verdict in done)
    codes = ", ".join(f"{code}: {times}" for code, times in sorted(ends.items()))
    print(f"exit codes {codes}; {slowest:.1f} s of CPU and {largest} MB at most")
    print(f"{len(done)} tried, {survived} survived")
    return int(survived < len(done))


def told(verdict: Verdict) -> Verdict:
    if verdict.faults:
        print(verdict, flush=True)
    return verdict


def kinds(verdicts: Iterable[Verdict]) -> dict[str, list[str]]:
    """The cases by their first fault, but for what differs from case to case."""
    found: dict[str, list[str]] = {}
    for verdict in verdicts:
        for fault in verdict.faults[:1]:
            kind = fault if fault.startswith("not Chinese") else VARYING.sub("…", fault)
            found.setdefault(kind, []).append(verdict.name)
    return dict(sorted(found.items(), key=lambda item: -len(item[1])))


def show_one(name: str) -> int:
    """A case again, with all that it says."""
    done = try_case(name)
    print(done if done.faults else f"{name} survived: xladdin {done.command}\n{done.changes}")
    if done.faults:
        kept = KEPT / _folder(name)
        print(
            (kept / "out").read_text("utf-8", "replace"),
            (kept / "err").read_text("utf-8", "replace"),
        )
    return int(bool(done.faults))


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--cases", type=int, default=2000)
    parser.add_argument("--seed", default="1")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--case", help="only this one, as SEED:NUMBER")
    wanted = parser.parse_args()
    corpus()  # made once, before the workers are forked; and with it all is imported
    if wanted.case:
        return show_one(wanted.case)
    return report(run_all(wanted.seed, wanted.cases, wanted.workers))


if __name__ == "__main__":
    sys.exit(main())
