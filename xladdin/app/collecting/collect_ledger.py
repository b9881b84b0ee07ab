"""Accepted forms into the ledger: what was returned, by which scheme, what came of it, what was decided."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import TypeVar, cast

from pydantic import ValidationError

from xladdin.books import forms
from xladdin.books.reports.kept_cells import KeptReport
from xladdin.books.reports.report_identity import ReportIdentity
from xladdin.domain.competency import CompetencyScheme
from xladdin.domain.positions import Position
from xladdin.domain.schemes import Scheme
from xladdin.files import FileLockedError, reason
from xladdin.formula.evaluate import Value
from xladdin.ledger.archive_folder import FOLDER, Archive
from xladdin.ledger.ledger_faults import told
from xladdin.ledger.ledger_place import LedgerPlace, ledger_place
from xladdin.ledger.records import (
    Decision,
    PeriodState,
    Record,
    Returned,
    ReturnedReport,
    SchemeSnapshot,
    ScoreResult,
)
from xladdin.ledger.store import Appended, Ledger
from xladdin.problems import Place, Problem, ProblemsFound, warning
from xladdin.returns.keeping import Accepted, AcceptedReport, Earlier, Kept
from xladdin.schemes.load import Template
from xladdin.scoring import keys
from xladdin.scoring.model import missing_items

R = TypeVar("R", bound=Record)


@dataclass
class LedgerKeeper:
    """Keeps accepted forms in a ledger, all in one transaction."""

    place: LedgerPlace
    _held: dict[str, dict[tuple[str, ...], Earlier]] = field(default_factory=dict)
    _snapshots: dict[str, str] | None = None
    _kept: dict[int, tuple[Ledger, Template, str]] = field(default_factory=dict)

    @classmethod
    def of(cls, master: Path, url: str | None = None) -> LedgerKeeper:
        """The ledger of a master workbook; ProblemsFound where its address makes no sense."""
        return cls(ledger_place(master, url))

    def earlier(self, kind: str, about: str, period: str, token: str) -> Earlier | None:
        """What counts of a form until now; None where nothing came or nothing can be read."""
        if period not in self._held:
            self._held[period] = {
                (one.kind, one.person or one.subject, one.token): _earlier(one)
                for one in self._records(Returned, period=period)
            }
        return self._held[period].get((kind, about, token))

    def template(self, fingerprint: str) -> Template | None:
        """A scheme or job analysis as it was when something was scored by it; None: not kept."""
        if self._snapshots is None:
            self._snapshots = {one.hash: one.content for one in self._records(SchemeSnapshot)}
        content = self._snapshots.get(fingerprint)
        return _restored(content, fingerprint) if content else None

    def _records(self, kind: type[R], /, **asked: str) -> list[R]:
        """What counts in the ledger; nothing where it cannot be read: keeping then says why."""
        if self.place.file is None or self.place.file.exists():
            with suppress(ProblemsFound), Ledger(self.place, write=False) as ledger:
                return [it.record for it in ledger.read(kind, superseded=False, **asked)]
        return []

    def keep(self, forms: Sequence[Accepted]) -> Kept:
        archive, new, problems = Archive(self.place.folder), 0, list[Problem]()
        try:
            # The files are there before the ledger says so for good.
            with Ledger(self.place) as ledger, told(self.place), archive.many():
                for form in forms:
                    appended = self._append(ledger, form)
                    new += appended.new
                    if not appended.current:
                        problems.append(_older(form))
                    elif appended.supersedes:
                        problems.append(_replaced(form))
                    _keep_file(archive, form)
        except ProblemsFound as found:
            return Kept(problems=found.problems)
        return Kept(new, len(forms) - new, tuple(problems))

    def _append(self, ledger: Ledger, form: Accepted) -> Appended:
        """A form with its scheme, its result and what was decided about it; the same again is none."""
        scheme_hash = self._snapshot(ledger, form.template)
        person, subject = _about(form)
        returned = Returned(
            form.kind,
            person,
            form.period,
            scheme_hash,
            dict(form.inputs),
            form.file_name,
            form.file_sha256,
            _moment(form.at),
            form.token,
            form.rater,
            subject,
        )
        appended = ledger.append(returned, again=form.chosen)
        if not appended.current:
            return appended
        if isinstance(form.template, Scheme):
            ledger.append(_result(form, form.template, scheme_hash))
        for one in form.decisions:
            decision = Decision(
                form.kind,
                person,
                form.period,
                one.key,
                one.on_form,
                one.in_master,
                one.choice,
                "",
                form.token,
                form.rater,
                subject,
            )
            ledger.append(decision)
        return appended

    def _snapshot(self, ledger: Ledger, template: Template) -> str:
        """The hash of a scheme, which the ledger has from now on."""
        kept = self._kept.get(id(template))
        if kept is None or kept[0] is not ledger:
            # The template is kept, so that no other one gets its number.
            kept = self._kept[id(template)] = (ledger, template, template.fingerprint())
            content = template.model_dump_json()
            ledger.append(SchemeSnapshot(kept[2], template.id, template.name, content))
        return kept[2]

    def is_closed(self, period: str) -> bool:
        """Whether a month takes nothing more; a ledger that is not there closes none."""
        if self.place.file is None or self.place.file.exists():
            with suppress(ProblemsFound), Ledger(self.place, write=False) as ledger:
                return ledger.state_of(period) is PeriodState.CLOSED
        return False

    def earlier_report(self, whose: ReportIdentity) -> KeptReport | None:
        """What counts of a report until now; None where nothing came or nothing can be read."""
        found = self._records(ReturnedReport, **slot_of(whose))
        return kept_report(found[-1]) if found else None

    def keep_reports(self, reports: Sequence[AcceptedReport]) -> Kept:
        """Take reports over, all in one transaction."""
        archive, new, problems = Archive(self.place.folder), 0, list[Problem]()
        try:
            with Ledger(self.place) as ledger, told(self.place), archive.many():
                for report in reports:
                    appended = ledger.append(_report_record(report), again=report.chosen)
                    new += appended.new
                    if not appended.current:
                        problems.append(_older(report))
                    elif appended.supersedes:
                        problems.append(_replaced(report))
                    _keep_file(archive, report)
        except ProblemsFound as found:
            return Kept(problems=found.problems)
        return Kept(new, len(reports) - new, tuple(problems))


def slot_of(whose: ReportIdentity) -> Mapping[str, str]:
    """The question that a returned report answers."""
    return {
        "kind": whose.kind,
        "person": whose.person,
        "period": str(whose.period),
        "subject": whose.team,
    }


def kept_report(one: ReturnedReport) -> KeptReport:
    """What is kept of a report, as books take it."""
    # Moments and numbers of other kinds are in no report's cells.
    inputs, base = cast(Mapping[str, Value], one.inputs), cast(Mapping[str, Value], one.base)
    labels = {key: str(label) for key, label in one.labels.items()}
    return KeptReport(inputs, base, labels, one.file_name, f"{one.at.astimezone():%Y-%m-%d}")


def _report_record(report: AcceptedReport) -> ReturnedReport:
    whose = report.whose
    return ReturnedReport(
        whose.kind,
        whose.person,
        str(whose.period),
        dict(report.inputs),
        dict(report.base),
        dict(report.labels),
        report.file_name,
        report.file_sha256,
        _moment(report.at),
        whose.team,
    )


def _older(form: Accepted | AcceptedReport) -> Problem:
    message = "这份表先前收过，后来又收了改过的，台账仍以后来的为准；确实要用这份，请另存一次再收"
    return warning("older_form", message, Place(file=form.file_name))


def _replaced(form: Accepted | AcceptedReport) -> Problem:
    message = "这份表先前收过，这次填的不一样：台账以这次的为准，先前的也留着"
    return warning("form_replaced", message, Place(file=form.file_name))


def _earlier(one: Returned) -> Earlier:
    # Moments and numbers of other kinds are in no form's answers.
    inputs = cast(Mapping[str, Value], one.inputs)
    return Earlier(inputs, one.file_name, one.file_sha256, one.at)


def _restored(content: str, fingerprint: str) -> Template | None:
    """A template out of its JSON, where it is the one that was kept."""
    models: tuple[type[Template], ...] = (Scheme, CompetencyScheme, Position)
    for model in models:
        with suppress(ValidationError):
            found: Template = model.model_validate_json(content)
            if found.fingerprint() == fingerprint:
                return found
    return None


def _keep_file(archive: Archive, form: Accepted | AcceptedReport) -> None:
    """The file that came; ProblemsFound where it cannot be written."""

    def refused(error: OSError | FileLockedError) -> None:
        why = reason(error) if isinstance(error, OSError) else "正在被别的程序使用"
        message = f"交来的文件存不进{FOLDER}：{why}，什么都没有写入"
        raise ProblemsFound([Problem("not_kept", message, Place(FOLDER))]) from None

    archive.keep(form.data, form.file_name, refused)


def _about(form: Accepted) -> tuple[str, str]:
    """Person and subject: a job analysis is about a position."""
    return ("", form.person) if form.kind == forms.JOB.id else (form.person, "")


def _moment(at: dt.datetime) -> dt.datetime:
    return at if at.tzinfo is not None else at.astimezone()


def _result(form: Accepted, scheme: Scheme, scheme_hash: str) -> ScoreResult:
    total, coefficient = (form.results.get(key) for key in (keys.TOTAL, keys.COEFFICIENT))
    missing = missing_items(scheme, form.results, form.inputs)
    incomplete = "" if isinstance(total, Decimal) else f"{total}：{'、'.join(missing)}"
    return ScoreResult(
        form.kind,
        form.person,
        form.period,
        scheme_hash,
        dict(form.results),
        total if isinstance(total, Decimal) else None,
        str(form.results.get(keys.GRADE) or ""),
        coefficient if isinstance(coefficient, Decimal) else None,
        incomplete,
    )
