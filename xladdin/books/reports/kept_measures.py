"""Measures that people have decided on a report that came back: by whom, until when, to reach what."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from xladdin.formula.evaluate import Value

from .kept_cells import KeptReport

ACT, FINDING = "act.", "finding."
PARTS = ("says", "measure", "owner", "due", "aim")
EARLIER = "（先前的提示）"
"""Behind what was pointed out once and is not any more: figures of now need not say so."""


@dataclass(frozen=True, slots=True)
class KeptMeasure:
    """One line of 分析与措施 in which people have written something."""

    row: str
    """What its keys have in the middle: ``act.ROW.owner``."""
    says: Value = None
    """What was pointed out."""
    measure: Value = None
    owner: Value = None
    due: Value = None
    """A day, as a spreadsheet counts it."""
    aim: Value = None

    @property
    def mark(self) -> str:
        """A few signs that are the same for the same measure."""
        told = "\0".join(str(one or "") for one in (self.says, self.measure, self.aim))
        return hashlib.sha256(told.encode()).hexdigest()[:8]

    @property
    def pointed_out(self) -> str:
        """What was pointed out, for a line of its own."""
        told = str(self.says or "")
        written = self.row.startswith("spare") or not told or told.endswith(EARLIER)
        return told if written else f"{told}{EARLIER}"

    @property
    def values(self) -> Mapping[str, Value]:
        """What goes into its line, by part."""
        return {part: getattr(self, part) for part in PARTS} | {"says": self.pointed_out or None}


def measures_of(kept: KeptReport | None) -> Iterator[KeptMeasure]:
    """Every line in which people have written something, as it stood, in the order of the sheet."""
    if kept is None:
        return
    rows = dict.fromkeys(
        key.removeprefix(ACT).rpartition(".")[0]
        for key in (*kept.labels, *kept.inputs)
        if key.startswith(ACT) and key in kept.inputs
    )
    known = {**kept.base, **kept.inputs}
    for row in rows:
        if not row:
            continue
        says = known.get(f"{ACT}{row}.says", known.get(f"{FINDING}{row}"))
        parts = {part: known.get(f"{ACT}{row}.{part}") for part in PARTS[1:]}
        found = KeptMeasure(row, says, **parts)
        if any(value not in (None, "") for value in (*parts.values(), says)):
            yield found


def homeless(kept: KeptReport | None, laid: Collection[str]) -> list[KeptMeasure]:
    """Those whose finding does not stand in a report of now; ``laid`` are the keys of those that do."""
    return [
        one
        for one in measures_of(kept)
        if not one.row.startswith("spare") and f"{FINDING}{one.row}" not in laid
    ]
