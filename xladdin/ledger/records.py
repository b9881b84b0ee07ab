"""What the ledger keeps, one class per kind; the tables are made from these.

A record is plain and frozen.  Its fields may be ``str``, ``int``, ``Decimal``, moments with their
time zone, any of these or None, values by key, or a list of entries' numbers.

Some records answer a question that may be answered again (what did this person return on this form
for this month?).  The fields of the question are the record's ``SLOT``: a later answer supersedes
the earlier one, and both stay.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import ClassVar

from .canonical import Value


class PeriodState(StrEnum):
    """How a month stands; one of which nothing is said yet takes entries like an open one."""

    OPEN = "open"
    CLOSED = "closed"
    REOPENED = "reopened"


class Record:
    """What every kind has."""

    TABLE: ClassVar[str]
    LABEL: ClassVar[str]
    """What a clerk calls one such entry."""
    SLOT: ClassVar[tuple[str, ...]] = ()
    """The fields that say which question it answers; none: it stands for itself."""
    ASIDE: ClassVar[tuple[str, ...]] = ()
    """Fields that make no difference: two records that differ only here are one entry."""
    NEEDS_OPEN_PERIOD: ClassVar[bool] = False
    LATER: ClassVar[tuple[str, ...]] = ()
    """Fields that a later version has added: while one is empty, an entry's hash is what it was without it."""
    PERSONAL: ClassVar[bool] = True
    """Whether it tells something of the person it names, so that it goes when that one is deleted."""


@dataclass(frozen=True, slots=True)
class PeriodChange(Record):
    """A month opened, closed, or opened again with a reason."""

    TABLE, LABEL, PERSONAL = "ledger_periods", "考核月份的开关", False

    period: str
    """``2026-11``."""
    state: PeriodState
    by: str = ""
    why: str = ""
    length: int = 0
    """How many entries there were before, and the hash of the last: a witness of all of them."""
    head: str = ""


@dataclass(frozen=True, slots=True)
class SchemeSnapshot(Record):
    """A scheme (or job analysis) as it was when something was scored by it."""

    TABLE, LABEL, PERSONAL = "ledger_schemes", "方案存档", False
    SLOT = ("hash",)

    hash: str
    """The fingerprint of its content, as the forms' hidden identity has it."""
    id: str
    name: str
    content: str
    """Its JSON, from which the model can be made again."""


@dataclass(frozen=True, slots=True)
class Returned(Record):
    """A form that was accepted: what somebody filled in, as it stood."""

    TABLE, LABEL = "ledger_returned", "收回的表"
    SLOT = ("period", "person", "subject", "kind", "token", "rater")
    ASIDE = ("file_name", "file_sha256", "at")
    NEEDS_OPEN_PERIOD = True

    kind: str
    """Id of the kind of form (``books.forms.KINDS``)."""
    person: str
    """Employee id of the one whom the form is about."""
    period: str
    """``2026-11``; empty for a form that belongs to no month."""
    scheme_hash: str
    inputs: Mapping[str, Value]
    """What was asked, by key."""
    file_name: str
    file_sha256: str
    at: dt.datetime
    """When it was accepted."""
    token: str = ""
    """Of an anonymous form: which one it is."""
    rater: str = ""
    """Employee id of a rater who is no secret."""
    subject: str = ""
    """What a form is about that is about no person: the position's id."""


@dataclass(frozen=True, slots=True)
class ReturnedReport(Record):
    """A report that came back: what people filled in on it, as it stood.

    Reports are written when their month is over, so that a closed one takes them, too.
    """

    TABLE, LABEL = "ledger_reports", "收回的报告"
    SLOT = ("period", "person", "subject", "kind")
    ASIDE = ("file_name", "file_sha256", "at")

    kind: str
    """Id of the kind of report (``books.reports.sent_cells.LABELS``)."""
    person: str
    """Employee id of the one whom the report is about; empty where that is no single person."""
    period: str
    """``2026-11``; of a year, its last month."""
    inputs: Mapping[str, Value]
    """What people entered or changed, by key; None where they emptied a cell."""
    base: Mapping[str, Value]
    """What the data had said there, and the texts that stood beside."""
    labels: Mapping[str, Value]
    """What a person calls each of these cells."""
    file_name: str
    file_sha256: str
    at: dt.datetime
    """When it was accepted."""
    subject: str = ""
    """The department that a report is about."""


@dataclass(frozen=True, slots=True)
class ScoreResult(Record):
    """What came of one person's form: item by item, and the whole."""

    TABLE, LABEL = "ledger_results", "得分"
    SLOT = ("period", "person", "kind")
    NEEDS_OPEN_PERIOD = True

    kind: str
    person: str
    period: str
    scheme_hash: str
    items: Mapping[str, Value]
    """Every value of the score model by its key; a score that is missing is None or a text."""
    total: Decimal | None
    grade: str = ""
    coefficient: Decimal | None = None
    incomplete: str = ""
    """Why there is no total."""


@dataclass(frozen=True, slots=True)
class Decision(Record):
    """How a clerk has settled that a form and the master differ."""

    TABLE, LABEL = "ledger_decisions", "对不一致的决定"
    SLOT = ("period", "person", "subject", "kind", "key", "token", "rater")
    NEEDS_OPEN_PERIOD = True

    kind: str
    person: str
    period: str
    key: str
    """Which value of the form."""
    on_form: str
    in_master: str
    choice: str
    """As the drop-down says it: 表上 or 总表."""
    by: str = ""
    token: str = ""
    rater: str = ""
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Calibration(Record):
    """A result that was changed between managers: before, after, who, why."""

    TABLE, LABEL = "ledger_calibrations", "校准"
    SLOT = ("period", "person", "what")
    NEEDS_OPEN_PERIOD = True

    person: str
    period: str
    what: str
    """Which value: ``total``, ``grade``, ``rank``."""
    before: str
    after: str
    by: str
    why: str


@dataclass(frozen=True, slots=True)
class Appeal(Record):
    """What somebody objects to."""

    TABLE, LABEL = "ledger_appeals", "申诉"
    LATER = (
        "item",
        "label",
        "unit",
        "claimed",
        "filed",
        "deadline",
        "file_name",
        "file_sha256",
    )

    person: str
    period: str
    text: str
    """The grounds, in the person's own words."""
    received: dt.date
    """When it was taken in."""
    due: dt.date | None = None
    """The last day for the answer."""
    item: str = ""
    """Key of the figure that is said to be wrong; empty: something else."""
    label: str = ""
    """What a person calls it."""
    unit: str = ""
    """In which its figures are."""
    claimed: Decimal | None = None
    """What the figure should be."""
    filed: dt.date | None = None
    """When it was made, as far as that is known."""
    deadline: dt.date | None = None
    """Until when it could be made."""
    file_name: str = ""
    file_sha256: str = ""


@dataclass(frozen=True, slots=True)
class AppealAnswer(Record):
    """What was answered to an appeal."""

    TABLE, LABEL = "ledger_answers", "申诉答复"
    SLOT = ("appeal",)

    person: str
    period: str
    appeal: int
    """Number of the appeal's entry."""
    outcome: str
    text: str
    by: str = ""


@dataclass(frozen=True, slots=True)
class Correction(Record):
    """A figure that was corrected after an appeal: before, after, who, why.

    A closed month takes it, too: appeals come when it is over.  The result that was kept stays.
    """

    TABLE, LABEL = "ledger_corrections", "更正"
    SLOT = ("period", "person", "item")

    person: str
    period: str
    item: str
    """Key of the figure in the score model."""
    label: str
    """What a person calls it."""
    unit: str
    before: Decimal | None
    after: Decimal | None
    """None: an earlier correction was taken back."""
    by: str
    why: str
    appeal: int
    """Number of the appeal's entry."""


@dataclass(frozen=True, slots=True)
class FeedbackIssued(Record):
    """A feedback slip that was written for somebody."""

    TABLE, LABEL = "ledger_feedback", "反馈单"
    SLOT = ("period", "person")
    ASIDE = ("file_name",)
    LATER = ("issued", "deadline", "content")

    person: str
    period: str
    file_name: str
    file_sha256: str
    issued: dt.date | None = None
    """The day it went out first, as long as it tells the same."""
    deadline: dt.date | None = None
    """The last day on which it may be objected to."""
    content: str = ""
    """Hash of what it tells, by which a slip that tells something else is known."""


@dataclass(frozen=True, slots=True)
class Deletion(Record):
    """That the content of entries was deleted; whose it was is not said any more."""

    TABLE, LABEL, PERSONAL = "ledger_deletions", "删除记录", False

    entries: tuple[int, ...]
    why: str
    by: str = ""
    files: tuple[str, ...] = field(default=())
    """SHA-256 of the kept files that went with them."""


KINDS: tuple[type[Record], ...] = (
    PeriodChange,
    SchemeSnapshot,
    Returned,
    ReturnedReport,
    ScoreResult,
    Decision,
    Calibration,
    Appeal,
    AppealAnswer,
    Correction,
    FeedbackIssued,
    Deletion,
)
BY_TABLE = {kind.TABLE: kind for kind in KINDS}
