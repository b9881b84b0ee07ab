"""The long proofs, their counts, and ``docs/proof.md``, which tells what they gave when last run.

``python -m tests.proof.figures FILE`` takes the figures of one run into the table.
"""

from __future__ import annotations

import datetime as dt
import json
import sys
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

import yaml

from tests.workbench.tools import ROOT

HERE = Path(__file__).parent
PROOFS, SEEN, PAGE = HERE / "proofs.yaml", HERE / "seen.json", ROOT / "docs" / "proof.md"


@dataclass(frozen=True)
class Proof:
    """A law, and on how many cases it is tried."""

    id: str
    shows: str
    test: int
    proof: int


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


def read_proofs() -> dict[str, Proof]:
    proofs = yaml.safe_load(PROOFS.read_text("utf-8"))
    return {id: Proof(id=id, **fields) for id, fields in proofs.items()}


def read_seen() -> dict[str, Figure]:
    """The figures of the last runs."""
    return {line["id"]: Figure(**line) for line in json.loads(SEEN.read_text("utf-8"))}


def today() -> str:
    return dt.datetime.now(dt.UTC).date().isoformat()


def append(file: Path, figure: Figure) -> None:
    """One line more; several processes may write to one file."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("a", encoding="utf-8") as stream:
        stream.write(json.dumps(asdict(figure), ensure_ascii=False) + "\n")


def read_run(file: Path) -> dict[str, Figure]:
    """What a run gave, the shares of each proof added up."""
    found: dict[str, Figure] = {}
    for line in file.read_text("utf-8").splitlines():
        figure = Figure(**json.loads(line))
        found[figure.id] = found[figure.id] + figure if figure.id in found else figure
    return found


def page(proofs: Iterable[Proof], seen: dict[str, Figure]) -> str:
    """The text of ``docs/proof.md``."""
    return "\n".join([*HEAD, *(_row(proof, seen.get(proof.id)) for proof in proofs), ""])


HEAD = (
    "# What is tried many times",
    "",
    "`make test` tries each of these laws on a few cases, `make proof` on the full number; the figures",
    "are those of the last `make proof`, which writes this page. Survived means that the law held.",
    "",
    "To add one: an entry in `tests/proof/proofs.yaml`; a short test, and a long one with",
    "`@pytest.mark.proof`, that both take the fixture `proofs`, try `proofs.count(id)` cases and call",
    "`proofs.record(id, tried=…, survived=…)` before they assert.",
    "",
    "| proof | what holds for every case | `make test` | `make proof` | survived, last seen | on |",
    "|---|---|---|---|---|---|",
)


def _row(proof: Proof, figure: Figure | None) -> str:
    result = (str(figure), figure.date) if figure else ("not run yet", "")
    cells = (proof.id, proof.shows, f"{proof.test:,}", f"{proof.proof:,}", *result)
    return f"| {' | '.join(cells)} |"


def write_page() -> None:
    PAGE.write_text(page(read_proofs().values(), read_seen()), "utf-8")


def take(run: dict[str, Figure]) -> None:
    """Put a run's figures in place of the earlier ones, and write the page."""
    figures = read_seen() | run
    lines = [asdict(figures[id]) for id in read_proofs() if id in figures]
    SEEN.write_text(json.dumps(lines, ensure_ascii=False, indent=2) + "\n", "utf-8")
    write_page()


def main(files: list[str]) -> None:
    run = read_run(Path(files[0])) if files and Path(files[0]).exists() else {}
    take(run)
    for figure in run.values():
        print(f"{figure.id}: {figure}")


if __name__ == "__main__":
    main(sys.argv[1:])
