"""What a ledger keeps of returned appraisals, as plain values: results by person and month.

``app.ledger_results`` reads it; whoever sums a month up or tells of it takes it from here and needs no
database for that.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from xladdin.domain.people import Period
from xladdin.domain.schemes import Scheme
from xladdin.formula.evaluate import Value
from xladdin.problems import Place, Problem
from xladdin.scoring import keys

from .appealing import Corrected, Issue
from .calibrated import Calibrated
from .company import Company


@dataclass(frozen=True, slots=True)
class KeptForm:
    """One person's appraisal of a month as it was taken in."""

    person: str
    """Employee id."""
    period: Period
    results: Mapping[str, Value]
    """Every computed value of the score model by its key."""
    place: Place
    """The ledger's entry."""
    scheme: Scheme | None = None
    """By which it was scored; None in earlier months, of which only the totals are asked."""
    inputs: Mapping[str, Value] = field(default_factory=dict)
    """What was asked of people on the form, by key: an empty answer is None."""
    kind: str = ""
    """Id of the kind of form."""
    corrected: tuple[Corrected, ...] = ()
    """The figures of ``inputs`` that were corrected after an appeal; ``results`` are those that come of it."""
    scheme_hash: str = ""
    """Fingerprint of the scheme, whether or not it can still be read."""

    @property
    def total(self) -> Decimal | None:
        """Points; None where something was missing."""
        value = self.results.get(keys.TOTAL)
        return value if isinstance(value, Decimal) else None


@dataclass(frozen=True)
class KeptResults:
    """The ledger's results of a month and of those before it."""

    name: str
    """The ledger, as messages call it."""
    period: Period
    forms: Mapping[tuple[str, Period], KeptForm] = field(default_factory=dict)
    """By employee's id and month."""
    closed: frozenset[Period] = frozenset()
    """Months that take nothing more: what was kept of them holds, whatever the master says now."""

    origin: str = ""
    """What the head of a summary says of where its results come from."""
    calibrations: Mapping[str, Calibrated] = field(default_factory=dict)
    """Employee id -> what managers have decided of the month's grades."""

    issued: Mapping[str, Issue] = field(default_factory=dict)
    """Employee id -> the month's 反馈单 that went out last."""
    corrections: Mapping[tuple[str, Period], tuple[Corrected, ...]] = field(default_factory=dict)
    """By employee's id and month, what was corrected after appeals; ``forms`` have it already."""
    collects: bool = True
    """Whether anything was ever collected into it, or a month opened; else it only says what went out."""

    def of(self, person: str, period: Period) -> KeptForm | None:
        """Somebody's appraisal of a month."""
        return self.forms.get((person, period))

    @property
    def current(self) -> Iterator[KeptForm]:
        """Those of the month itself."""
        return (form for form in self.forms.values() if form.period == self.period)


@dataclass(frozen=True)
class Informed:
    """A company with what its ledger adds to it."""

    company: Company
    kept: KeptResults | None = None
    """None: there is no ledger, or it was not asked."""
    ratings: int = 0
    """How many returned rating forms and questionnaires it has of the month."""
    problems: tuple[Problem, ...] = ()
