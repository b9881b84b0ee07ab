"""The long proofs, their counts, and ``docs/proof.md``, which tells what they gave when last run.

``python -m tests.proof.figures`` writes the page anew; ``make proof`` does so with new figures.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

import yaml

from tests.workbench.tools import ROOT

HERE = Path(__file__).parent
PROOFS, SEEN, PAGE = HERE / "proofs.yaml", HERE / "seen.json", ROOT / "docs" / "proof.md"


@dataclass(frozen=True)
class Proof:
    """A law, and on how many cases it is tried (a number, or words where the code decides)."""

    id: str
    shows: str
    test: int | str
    proof: int | str


@dataclass(frozen=True)
class Figure:
    """What one run gave: of so many tried, so many survived, on a day (ISO); and a word on it."""

    id: str
    tried: int
    survived: int
    date: str
    note: str = ""

    def __add__(self, other: Figure) -> Figure:
        """Tests of one proof may each bring a share of it."""
        notes = dict.fromkeys(filter(None, (self.note, other.note)))
        return Figure(
            self.id,
            self.tried + other.tried,
            self.survived + other.survived,
            max(self.date, other.date),
            "; ".join(notes),
        )

    def __str__(self) -> str:
        note = f" ({self.note})" if self.note else ""
        return f"{self.survived:,} of {self.tried:,}{note}"


@dataclass(frozen=True)
class Seen:
    """The last runs: figures by their proof, what tests said in words, which of them failed."""

    figures: dict[str, Figure]
    said: dict[str, list[str]]
    failed: list[str]

    @classmethod
    def of(cls, figures: Iterable[Figure], said: dict[str, list[str]], failed: list[str]) -> Seen:
        """A run, the shares of each proof added up."""
        sums: dict[str, Figure] = {}
        for figure in figures:
            sums[figure.id] = sums[figure.id] + figure if figure.id in sums else figure
        return cls(sums, said, failed)

    @classmethod
    def read(cls) -> Seen:
        """What the last runs left."""
        data = json.loads(SEEN.read_text("utf-8"))
        return cls.of((Figure(**line) for line in data["figures"]), data["said"], data["failed"])

    def after(self, run: Seen) -> Seen:
        """With a run's figures and words in place of the earlier ones of the same proofs."""
        return Seen(self.figures | run.figures, self.said | run.said, run.failed)

    def write(self) -> None:
        figures = [asdict(self.figures[id]) for id in read_proofs() if id in self.figures]
        data = {"figures": figures, "said": self.said, "failed": self.failed}
        text = json.dumps(data, ensure_ascii=False, indent=2, sort_keys=True)
        SEEN.write_text(text + "\n", "utf-8")


def read_proofs() -> dict[str, Proof]:
    proofs = yaml.safe_load(PROOFS.read_text("utf-8"))
    return {id: Proof(id=id, **fields) for id, fields in proofs.items()}


def today() -> str:
    return dt.datetime.now(dt.UTC).date().isoformat()


def page(proofs: Iterable[Proof], seen: Seen) -> str:
    """The text of ``docs/proof.md``."""
    rows = (_row(proof, seen.figures.get(proof.id)) for proof in proofs)
    failed = ["", "**Failed in the last run:**", "", *(f"- `{test}`" for test in seen.failed)]
    words = ["", "What tests tell besides:", "", *_words(seen.said)]
    return "\n".join([*HEAD, *rows, *failed * bool(seen.failed), *words * bool(seen.said), ""])


HEAD = (
    "# What is tried many times",
    "",
    "`make test` tries each of these laws on a few cases, `make proof` on the full number; the figures",
    "are those of the last `make proof`, which writes this page. Survived means that the law held.",
    "",
    "To add one: an entry in `tests/proof/proofs.yaml`; a short test, and a long one with",
    "`@pytest.mark.proof`, that both take the fixture `proofs`, try `proofs.count(id)` cases and call",
    "`proofs.record(id, tried=…, survived=…)` before they assert. A long test may also say something in",
    'words: `record_property("proof", text)`.',
    "",
    "| proof | what holds for every case | `make test` | `make proof` | survived, last seen | on |",
    "|---|---|---|---|---|---|",
)


def _row(proof: Proof, figure: Figure | None) -> str:
    result = (str(figure), figure.date) if figure else ("not run yet", "")
    counts = (_count(proof.test), _count(proof.proof))
    return f"| {' | '.join((proof.id, proof.shows, *counts, *result))} |"


def _count(count: int | str) -> str:
    return count if isinstance(count, str) else f"{count:,}"


def _words(said: dict[str, list[str]]) -> Iterable[str]:
    return (f"- {text}" for test in sorted(said) for text in said[test])


def write_page() -> None:
    PAGE.write_text(page(read_proofs().values(), Seen.read()), "utf-8")


if __name__ == "__main__":
    write_page()
