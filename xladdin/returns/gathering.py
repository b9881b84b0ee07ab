"""The copies of one form brought together: the same answers are one, differing ones a question."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Generic, Protocol, TypeAlias, TypeVar

from xladdin.books import forms
from xladdin.domain.people import Period
from xladdin.domain.quantities import plain
from xladdin.formula.evaluate import Value
from xladdin.problems import errors

from .file_reading import FileRead
from .form_reading import ReadForm

APPRAISAL = "kpi"
"""Whichever of the two kinds a scheme makes, it is the appraisal of the month."""


@dataclass(frozen=True, slots=True, order=True)
class FormKey:
    """Which form it is: of what kind, about whom, of which month, by whom."""

    kind: str
    person: str
    """Employee id; of a job analysis, the id of the position."""
    period: str = ""
    rater: str = ""
    """Token of an anonymous rater, else the rater's id; empty for forms of one's own."""

    @property
    def id(self) -> str:
        """Short, and the same whenever it is collected."""
        return short_hash(self.kind, self.person, self.period, self.rater)


def short_hash(*parts: str) -> str:
    """Twelve hex digits of some texts."""
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:12]


@dataclass(frozen=True)
class Received:
    """One copy of a form, and the file in which it came."""

    read: FileRead
    form: ReadForm

    @property
    def key(self) -> FormKey:
        identity = self.form.instance.identity
        kind = self.form.pattern.kind
        if kind is forms.JOB:
            return FormKey(kind.id, self.form.pattern.template.id)
        month = str(identity.period or "")
        if kind in forms.MONTHLY_SUITE.kinds:
            return FormKey(APPRAISAL, identity.employee, month)
        rater = "" if kind.source is None else identity.token or identity.rater
        return FormKey(kind.id, identity.employee, month, rater)

    @property
    def period(self) -> Period | None:
        return self.form.instance.identity.period

    @property
    def said(self) -> str:
        """All that was answered, in a form to compare."""
        conflicts = {one.key: one.returned for one in self.form.conflicts}
        answers = {key: canonical(value) for key, value in self.form.inputs.items()}
        return repr(sorted({**answers, **self.form.refused, **conflicts}.items()))

    @property
    def answered(self) -> int:
        """How many of the questions have an answer."""
        return self.form.answered

    @property
    def saved_at(self) -> dt.datetime:
        return self.read.saved_at or dt.datetime.min

    @property
    def label(self) -> str:
        return self.read.file.label

    @property
    def faulty(self) -> bool:
        """Whether something that was asked could not be read."""
        return bool(errors(self.form.problems))

    @property
    def acceptable(self) -> bool:
        """Whether it says something, and all that it says could be read."""
        return not self.faulty and self.form.answered > 0


def canonical(value: Value) -> str:
    """A value as a text, the same for the same value."""
    if value is None:
        return ""
    return plain(value) if isinstance(value, Decimal) else str(value)


class OneCopy(Protocol):
    """A copy of a form or report, in its file."""

    @property
    def read(self) -> FileRead:
        """The file."""

    @property
    def key(self) -> FormKey:
        """Which form it is."""

    @property
    def said(self) -> str:
        """All that people say in it, in a form to compare."""

    @property
    def answered(self) -> int:
        """How much of it people have filled in."""

    @property
    def saved_at(self) -> dt.datetime:
        """When it was saved, as far as it says so."""

    @property
    def label(self) -> str:
        """The file as it is called in messages."""


C = TypeVar("C", bound=OneCopy)


@dataclass(frozen=True)
class Copies(Generic[C]):
    """Every copy of one form that came in, the one saved last first."""

    key: FormKey
    copies: tuple[C, ...]

    @cached_property
    def variants(self) -> tuple[C, ...]:
        """Copies that say something different, the latest of each."""
        found: dict[str, C] = {}
        for copy in self.copies:
            found.setdefault(copy.said, copy)
        return tuple(found.values())

    @property
    def differing(self) -> bool:
        return len(self.variants) > 1

    @property
    def latest(self) -> C:
        return self.copies[0]


Submission: TypeAlias = Copies[Received]
"""A form that was sent in."""


def brought_together(copies: Iterable[C]) -> list[Copies[C]]:
    """Copies of the same form together, in the order in which forms came."""
    found: dict[FormKey, list[C]] = defaultdict(list)
    for copy in copies:
        found[copy.key].append(copy)
    return [
        Copies(key, tuple(sorted(those, key=lambda one: (one.saved_at, one.label), reverse=True)))
        for key, those in found.items()
    ]


def gathered(reads: Iterable[FileRead]) -> list[Submission]:
    """Every form that came in, with its copies; files that nobody has touched are left out."""
    return brought_together(
        Received(read, form) for read in reads if not read.untouched for form in read.forms
    )
