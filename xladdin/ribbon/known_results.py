"""What the ledger beside the open master keeps of a month, for buttons that tell of results."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from xladdin.app.generating.generate import Outcome
from xladdin.app.results.month_scores import month_results
from xladdin.books.forms import SLIP_SUITE, TELLING, Suite
from xladdin.company.company import Company
from xladdin.company.kept_results import Informed, KeptForm
from xladdin.company.month_results import MonthResults
from xladdin.domain.people import Period
from xladdin.problems import Problem

from .master import Master

if TYPE_CHECKING:
    from xladdin.app.reporting.kept_reports import KeptReports

MonthsKept: TypeAlias = tuple[Mapping[tuple[str, Period], KeptForm], list[Problem]]
"""Results by person and month, and what is to be said of them."""


class KnownMonth(NamedTuple):
    """A month's results with all that is to be said of them, and the company as they know it."""

    company: Company
    results: MonthResults
    problems: list[Problem]


def known_month(book: Master) -> KnownMonth:
    """The results of the month of the settings: those of the ledger where it has any."""
    known = told_by_ledger(book, book.period)
    results, problems = month_results(known.company, book.period, kept=known.kept)
    return KnownMonth(known.company, results, [*known.problems, *problems])


def told_by_ledger(book: Master, period: Period, near: Path | None = None) -> Informed:
    """The company with what was collected of it; as it is where nothing was.

    ``near`` is a folder in which HR's list of raters may lie.  ProblemsFound where there is a ledger
    that cannot be read.
    """
    if book.home is None:
        return Informed(book.company)
    # A database takes a while to be loaded, and few buttons need it.
    from xladdin.app.results.ledger_results import informed  # noqa: PLC0415

    path = book.home / book.book.name
    return informed(path, book.company, period, near=[] if near is None else [near])


def reports_kept(book: Master) -> KeptReports:
    """What people had filled in on reports that came back; nothing where there is no ledger."""
    from xladdin.app.reporting.kept_reports import NONE_KEPT, kept_reports  # noqa: PLC0415 - as above

    return NONE_KEPT if book.home is None else kept_reports(book.home / book.book.name)


def months_kept(book: Master, months: Sequence[Period]) -> MonthsKept:
    """The results of these months; none where there is no ledger."""
    from xladdin.app.results.ledger_results import kept_months  # noqa: PLC0415 - as above

    if book.home is None:
        return {}, []
    _, found, problems = kept_months(book.home / book.book.name, book.company, months)
    return found, problems


def for_suite(book: Master, suite: Suite, period: Period, folder: Path) -> Informed:
    """The same for forms that tell of results; to all others it makes no difference."""
    return told_by_ledger(book, period, folder) if suite in TELLING else Informed(book.company)


def slips_kept(book: Master, suite: Suite, folder: Path, outcome: Outcome) -> list[Problem]:
    """Have the ledger know which 反馈单 went out; what is to be told of that."""
    if suite.id != SLIP_SUITE.id or book.home is None:
        return []
    from xladdin.app.results.issued_slips import keep_issued  # noqa: PLC0415 - as above

    return keep_issued(book.home / book.book.name, folder, outcome)
