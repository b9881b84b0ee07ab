"""Reads what a ledger knows of a month and of those before it: results, ratings, how the month stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property
from pathlib import Path

from pydantic import ValidationError

from xladdin.app.collecting.collect_raters import rater_forms
from xladdin.books import forms
from xladdin.company.company import Company
from xladdin.company.kept_results import Informed, KeptForm, KeptResults
from xladdin.company.month_results import months_until
from xladdin.domain.people import Period
from xladdin.domain.schemes import Scheme
from xladdin.formula.evaluate import Value
from xladdin.ledger.canonical import Value as Kept
from xladdin.ledger.ledger_place import LedgerPlace, ledger_place
from xladdin.ledger.records import PeriodChange, PeriodState, Returned, SchemeSnapshot, ScoreResult
from xladdin.ledger.store import Entry, Ledger
from xladdin.ledger.verifying import verify
from xladdin.path_checks import may_be_there
from xladdin.problems import Place, Problem, ProblemsFound, warning

from .kept_calibrations import calibrations_of
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
        _refuse_touched(place, ledger)
        found = _Reading(place, ledger, company, period)
        kept = replace(found.results(), calibrations=calibrations_of(ledger, period))
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
        _refuse_touched(place, ledger)
        found = _Reading(place, ledger, company, months[-1])
        return place.name, found.forms(months), found.problems


def _refuse_touched(place: LedgerPlace, ledger: Ledger) -> None:
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

    def results(self) -> KeptResults:
        changes = [entry.record for entry in self.ledger.read(PeriodChange)]
        states = {one.period: one for one in changes}
        closed = {Period(month) for month, one in states.items() if one.state is PeriodState.CLOSED}
        found = self.forms(months_until(self.period))
        found = {key: self._whole(form) for key, form in found.items()}
        return KeptResults(
            self.place.name,
            self.period,
            found,
            frozenset(closed),
            self._origin(states.get(str(self.period))),
        )

    def forms(self, months: Iterable[Period]) -> dict[tuple[str, Period], KeptForm]:
        """Everybody's results of these months."""
        found: dict[tuple[str, Period], KeptForm] = {}
        for month in months:
            entries = self.ledger.read(ScoreResult, superseded=False, period=str(month))
            found |= {(form.person, month): form for form in self._month(month, entries)}
        return found

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

    def _whole(self, form: KeptForm) -> KeptForm:
        """A form of the month itself with its scheme and what was answered; earlier ones as they are."""
        if form.period != self.period:
            return form
        said = self._answers.get((form.person, form.kind), {})
        return replace(form, scheme=self._scheme(form.scheme_hash), inputs=said)

    @cached_property
    def _answers(self) -> Mapping[tuple[str, str], Mapping[str, Value]]:
        entries = self.ledger.read(Returned, superseded=False, period=str(self.period))
        return {
            (one.record.person, one.record.kind): _computable(one.record.inputs) for one in entries
        }

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
        key: value if value is None or isinstance(value, str | Decimal | bool) else str(value)
        for key, value in values.items()
    }
