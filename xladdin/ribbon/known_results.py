"""What the ledger beside the open master keeps of a month, for buttons that tell of results."""

from __future__ import annotations

from pathlib import Path

from xladdin.books.forms import TELLING, Suite
from xladdin.company.kept_results import Informed
from xladdin.domain.people import Period

from .master import Master


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


def for_suite(book: Master, suite: Suite, period: Period, folder: Path) -> Informed:
    """The same for forms that tell of results; to all others it makes no difference."""
    return told_by_ledger(book, period, folder) if suite in TELLING else Informed(book.company)
