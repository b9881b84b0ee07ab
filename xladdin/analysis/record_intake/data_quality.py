"""What was found out about the data: how many of each kind, some of them, and what was done with them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from xladdin.analysis.service_records import Source

SHOWN = 5
"""So many examples of each kind of finding."""


@dataclass(frozen=True, slots=True)
class Example:
    """One of the lines that a finding is about."""

    file: str
    line: int
    """As an editor or spreadsheet counts them."""
    text: str
    """What stood there."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One kind of thing that a reader of the reports should know."""

    code: str
    source: Source | None
    """The table; None where it is about files."""
    what: str
    done: str
    """What was done with them."""
    count: int
    examples: tuple[Example, ...] = ()


class Quality:
    """The findings, in the order in which they were first made; those of several files are added up."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, Source | None, str, str], Finding] = {}

    @property
    def findings(self) -> tuple[Finding, ...]:
        return tuple(self._found.values())

    def add(
        self,
        code: str,
        source: Source | None,
        what: str,
        done: str,
        count: int,
        examples: Sequence[Example] = (),
    ) -> None:
        """Take down what there is at least one of."""
        if count:
            key = (code, source, what, done)
            known = self._found.get(key, Finding(*key, 0))
            shown = (*known.examples, *examples)[:SHOWN]
            self._found[key] = Finding(*key, known.count + count, shown)
