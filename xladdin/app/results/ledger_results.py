"""Reads what a ledger knows of a month and of those before it: results, ratings, how the month stands."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

import sqlalchemy as sa
from pydantic import ValidationError

from xladdin.app.collecting.collect_raters import rater_forms
from xladdin.books import forms
from xladdin.company.company import Company
from xladdin.company.kept_results import Informed, KeptForm, KeptResults
from xladdin.company.month_results import months_between, months_until
from xladdin.domain.people import Period
from xladdin.domain.schemes import Scheme
from xladdin.formula.evaluate import Value
from xladdin.ledger.canonical import Value as Kept
from xladdin.ledger.ledger_place import LedgerPlace, ledger_place
from xladdin.ledger.ledger_tables import TABLES
from xladdin.ledger.records import (
    PeriodChange,
    PeriodState,
    Returned,
    ReturnedReport,
    SchemeSnapshot,
    ScoreResult,
)
from xladdin.ledger.store import Entry, Ledger
from xladdin.ledger.verifying import verify
from xladdin.path_checks import may_be_there
from xladdin.problems import Place, Problem, ProblemsFound, warning

from .issued_slips import issued_slips
from .kept_calibrations import calibrations_of
from .kept_corrections import Corrections, corrected_form, corrections_of
from .returned_ratings import RATED, ratings_of, with_ratings

LABELS = {kind.id: kind.label for kind in forms.MONTHLY_SUITE.kinds}
"""The forms of a month's appraisal."""
STATES = {
    PeriodState.OPEN: "已打开",
    PeriodState.CLOSED: "已关闭",
    PeriodState.REOPENED: "重新打开过",
}


def informed(
    master: Path,
    company: Company,
    period: Period,
    url: str | None = None,
    near: Sequence[Path] = (),
) -> Informed:
    """A company with the results and ratings that its ledger keeps of a month.

    The ledger at ``url``, which must be there, else the one beside the master, if there is one.
    ``near`` are paths beside which HR's list of raters may lie.  Raises ProblemsFound where the
    ledger cannot be read, or somebody has touched it: nobody is paid by such figures.
    """
    place = ledger_place(master, url)
    if url is None and not (place.file and may_be_there(place.file)):
        return Informed(company)
    with Ledger(place, write=False) as ledger:
        refuse_touched(place, ledger)
        found = _Reading(place, ledger, company, period)
        kept = replace(
            found.results(),
            calibrations=calibrations_of(ledger, period),
            issued=issued_slips(ledger, period),
            corrections=found.corrections,
            collects=_collects(ledger),
        )
        returned = [
            entry
            for entry in ledger.read(Returned, superseded=False, period=str(period))
            if entry.record.kind in RATED
        ]
    if not returned:
        return Informed(company, kept, 0, tuple(found.problems))
    raters = rater_forms(master, near, company, period)
    ratings, problems = ratings_of(returned, raters.lines, company, place.name)
    known, differing = with_ratings(company, ratings, place.name)
    told = [*found.problems, *raters.problems, *problems, *differing]
    return Informed(known, kept, len(returned), tuple(told))


def _collects(ledger: Ledger) -> bool:
    """Whether a ledger has more than what went out and was objected to."""
    return any(
        ledger.connection.scalar(sa.select(sa.func.count()).select_from(TABLES[kind]))
        for kind in (PeriodChange, Returned, ReturnedReport, ScoreResult)
    )


def kept_months(
    master: Path, company: Company, months: Sequence[Period], url: str | None = None
) -> tuple[str, Mapping[tuple[str, Period], KeptForm], list[Problem]]:
    """The results of these months, whatever else of them is kept: the ledger's name, results, problems.

    The name is empty where there is no ledger.  As ``informed`` does, raises ProblemsFound where it cannot
    be read or somebody has touched it.
    """
    place = ledger_place(master, url)
    if url is None and not (place.file and may_be_there(place.file)):
        return "", {}, []
    with Ledger(place, write=False) as ledger:
        refuse_touched(place, ledger)
        found = _Reading(place, ledger, company, months[-1])
        return place.name, found.forms(months), found.problems


@dataclass(frozen=True)
class KeptMonths:
    """Everybody's forms of several months, with their schemes and what was answered."""

    name: str
    """The ledger, as messages call it."""
    months: tuple[Period, ...] = ()
    forms: Mapping[tuple[str, Period], KeptForm] = field(default_factory=dict)
    closed: frozenset[Period] = frozenset()
    problems: tuple[Problem, ...] = ()


def whole_months(
    master: Path,
    company: Company,
    first: Period | None = None,
    last: Period | None = None,
    url: str | None = None,
) -> KeptMonths:
    """The forms from ``first`` to ``last``: without them, what is kept of the year up to its last month.

    There must be a ledger.  As ``informed`` does, raises ProblemsFound where it cannot be read or
    somebody has touched it.
    """
    place = ledger_place(master, url)
    if url is None and not (place.file and may_be_there(place.file)):
        message = "总表旁边没有绩效台账，没有收到过表；先收表（xladdin collect），或用 --ledger 写明台账在哪里"
        raise ProblemsFound([Problem("no_ledger", message, Place(file=master.name))])
    with Ledger(place, write=False) as ledger:
        refuse_touched(place, ledger)
        last = last or _last_month(ledger)
        if last is None:
            return KeptMonths(place.name)
        months = tuple(months_between(first, last)) if first else months_until(last)
        reading = _Reading(place, ledger, company, last)
        found = {key: reading.whole(form) for key, form in reading.forms(months).items()}
        if first is None and found:
            months = tuple(months_between(min(month for _, month in found), last))
        return KeptMonths(place.name, months, found, reading.closed(), tuple(reading.problems))


def _last_month(ledger: Ledger) -> Period | None:
    column, kind = (TABLES[ScoreResult].c[name] for name in ("period", "kind"))
    found = ledger.connection.scalar(sa.select(sa.func.max(column)).where(kind.in_(LABELS)))
    return Period(found) if found else None


def refuse_touched(place: LedgerPlace, ledger: Ledger) -> None:
    """Raise ProblemsFound where somebody has touched a ledger: nobody is paid by such figures."""
    if touched := verify(ledger).touched:
        problems = [Problem("entry_touched", str(one), place.at) for one in touched]
        message = "台账被改动过，不能按它汇总；请用 xladdin ledger verify 查清，恢复以后再做"
        raise ProblemsFound([*problems, place.problem("ledger_touched", message)])


@dataclass
class _Reading:
    """The results of the months of a trend."""

    place: LedgerPlace
    ledger: Ledger
    company: Company
    period: Period
    problems: list[Problem] = field(default_factory=list)
    _answered: dict[Period, Mapping[tuple[str, str], Mapping[str, Value]]] = field(
        default_factory=dict
    )
    """What people answered, by month, person and kind of form."""

    def results(self) -> KeptResults:
        found = self.forms(months_until(self.period))
        for key, form in found.items():
            if form.period == self.period:
                found[key] = self.whole(form)
        return KeptResults(
            self.place.name,
            self.period,
            found,
            self.closed(),
            self._origin(self._states.get(str(self.period))),
        )

    def closed(self) -> frozenset[Period]:
        """The months that take nothing more."""
        states = self._states.items()
        return frozenset(Period(month) for month, it in states if it.state is PeriodState.CLOSED)

    @cached_property
    def _states(self) -> dict[str, PeriodChange]:
        """How each month stands, by what was said of it last."""
        return {entry.record.period: entry.record for entry in self.ledger.read(PeriodChange)}

    def forms(self, months: Iterable[Period]) -> dict[tuple[str, Period], KeptForm]:
        """Everybody's results of these months."""
        found: dict[tuple[str, Period], KeptForm] = {}
        for month in months:
            entries = self.ledger.read(ScoreResult, superseded=False, period=str(month))
            found |= {(form.person, month): form for form in self._month(month, entries)}
        for key in found.keys() & self.corrections.keys():
            whole = self.whole(found[key])
            found[key], told = corrected_form(whole, self.corrections[key])
            self.problems += told
        return found

    @cached_property
    def corrections(self) -> Corrections:
        """What was corrected after appeals, of all months."""
        return corrections_of(self.ledger)

    def _origin(self, change: PeriodChange | None) -> str:
        state = ""
        if change is not None:
            who = f"，{change.by}" if change.by else ""
            why = f"：{change.why}" if change.why else ""
            state = f"（{self.period.label}{STATES[change.state]}{who}{why}）"
        return f"得分取自台账里收回的表{state}；台账里没有的人按总表算，备注里写明。"

    def _month(self, month: Period, entries: Iterable[Entry[ScoreResult]]) -> list[KeptForm]:
        """Everybody's result of a month: of two kinds of form the one that was taken in last."""
        last: dict[str, Entry[ScoreResult]] = {}
        for entry in entries:
            record = entry.record
            if record.kind not in LABELS:
                continue
            if record.person in last:
                before = last[record.person].record.kind
                names = "和".join(LABELS[kind] for kind in (before, record.kind))
                message = f"工号「{record.person}」{month.label}收了两种表（{names}），按后收的算"
                self.problems.append(warning("two_forms", message, self._at(entry)))
            last[record.person] = entry
        return [
            KeptForm(
                person,
                month,
                _computable(entry.record.items),
                self._at(entry),
                kind=entry.record.kind,
                scheme_hash=entry.record.scheme_hash,
            )
            for person, entry in last.items()
        ]

    def whole(self, form: KeptForm) -> KeptForm:
        """A form with its scheme and what was answered; one that was corrected has them already."""
        if form.corrected:
            return form
        if form.period not in self._answered:
            entries = self.ledger.read(Returned, superseded=False, period=str(form.period))
            self._answered[form.period] = {
                (one.record.person, one.record.kind): _computable(one.record.inputs)
                for one in entries
            }
        said = self._answered[form.period].get((form.person, form.kind), {})
        return replace(form, scheme=self._scheme(form.scheme_hash), inputs=said)

    def _scheme(self, hash_: str) -> Scheme | None:
        """The scheme as it was then: today's where that is the same."""
        return self._schemes.get(hash_) or self._snapshot(hash_)

    @cached_property
    def _schemes(self) -> dict[str, Scheme]:
        return {scheme.fingerprint(): scheme for scheme in self.company.library.schemes}

    def _snapshot(self, hash_: str) -> Scheme | None:
        for entry in self.ledger.read(SchemeSnapshot, hash=hash_):
            with suppress(ValidationError):
                scheme = Scheme.model_validate_json(entry.record.content)
                if scheme.fingerprint() == hash_:
                    self._schemes[hash_] = scheme
                    return scheme
        return None

    def _at(self, entry: Entry[ScoreResult]) -> Place:
        return Place(self.place.name, field=f"第{entry.seq}条")


def _computable(values: Mapping[str, Kept]) -> dict[str, Value]:
    """Values as formulas take them; a date, which nothing scored holds, is a text."""
    return {
        key: str(value) if isinstance(value, _DATES) else value  # type: ignore[misc]  # as said
        for key, value in values.items()
    }


_DATES = (dt.date, dt.time)
