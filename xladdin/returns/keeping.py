"""What becomes of a form that was accepted: handed on to whoever keeps it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from xladdin.books.reports.kept_cells import KeptReport
from xladdin.books.reports.report_identity import ReportIdentity
from xladdin.formula.evaluate import Value
from xladdin.problems import Problem
from xladdin.schemes.load import Template


@dataclass(frozen=True)
class Accepted:
    """A form that was accepted, with what was decided about it."""

    kind: str
    person: str
    """Employee id; empty for a job analysis, which is of no person."""
    period: str
    template: Template
    """The scheme or job analysis by which it was scored."""
    inputs: Mapping[str, Value]
    results: Mapping[str, Value]
    file_name: str
    file_sha256: str
    data: bytes
    """The file as it came, still encrypted where it was."""
    at: dt.datetime
    token: str = ""
    rater: str = ""
    decisions: tuple[Decided, ...] = ()
    chosen: bool = False
    """Whether a person has chosen it among several that differ."""


@dataclass(frozen=True)
class AcceptedReport:
    """A report that was accepted."""

    whose: ReportIdentity
    inputs: Mapping[str, Value]
    base: Mapping[str, Value]
    labels: Mapping[str, str]
    file_name: str
    file_sha256: str
    data: bytes
    at: dt.datetime
    chosen: bool = False
    """Whether a person has chosen it among several that differ."""


@dataclass(frozen=True, slots=True)
class Decided:
    """A difference that a clerk has settled."""

    key: str
    on_form: str
    in_master: str
    choice: str


@dataclass(frozen=True, slots=True)
class Kept:
    """How many forms were new and how many were there already, and what is to be told of them."""

    new: int = 0
    known: int = 0
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Earlier:
    """What was kept of a form that came before."""

    inputs: Mapping[str, Value]
    file_name: str
    file_sha256: str
    at: dt.datetime


class Keeper(Protocol):
    """Whoever keeps accepted forms: all of them, or none with the reason."""

    def earlier(self, kind: str, about: str, period: str, token: str) -> Earlier | None:
        """What counts of a form about a person or position until now; None where nothing came, or
        nothing can be read.
        """

    def template(self, fingerprint: str) -> Template | None:
        """A scheme or job analysis as it was when something was scored by it; None: not kept."""

    def keep(self, forms: Sequence[Accepted]) -> Kept:
        """Take these forms over; the same form again is no new one."""

    def is_closed(self, period: str) -> bool:
        """Whether a month takes nothing more."""

    def earlier_report(self, whose: ReportIdentity) -> KeptReport | None:
        """What counts of a report until now; None where nothing came, or nothing can be read."""

    def keep_reports(self, reports: Sequence[AcceptedReport]) -> Kept:
        """Take these reports over; the same report again is no new one."""
