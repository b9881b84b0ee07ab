"""反馈单 that went out: kept in the ledger with their day, since whoever objects has so many days from it."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from xladdin.app.generating.form_writing import Outcome
from xladdin.app.generating.planning import Form
from xladdin.books import forms
from xladdin.books.summary import appeal_sheet
from xladdin.company.appealing import Issue
from xladdin.domain.people import Period
from xladdin.files import FileLockedError, content_of, reason
from xladdin.ledger.archive_folder import FOLDER, Archive
from xladdin.ledger.ledger_faults import told
from xladdin.ledger.ledger_place import LedgerPlace, ledger_place
from xladdin.ledger.records import FeedbackIssued
from xladdin.ledger.store import Ledger
from xladdin.problems import Place, Problem, ProblemsFound, warning

NOT_KEPT = (
    "没有记台账：反馈单发出的日期没有记下来，再生成时申诉期限会从那一天重新算；"
    "要记下来，不要加 --no-ledger"
)


def issued_slips(ledger: Ledger, period: Period) -> Mapping[str, Issue]:
    """Employee id -> the slip of a month that went out last."""
    return {
        one.person: Issue(one.issued, one.deadline, one.content)
        for entry in ledger.read(FeedbackIssued, superseded=False, period=str(period))
        if (one := entry.record).issued and one.deadline
    }


def keep_issued(
    master: Path, out: Path, outcome: Outcome, *, url: str | None = None
) -> list[Problem]:
    """Write down the slips that lie in a folder now; what went out before is there already.

    Nothing is raised: the slips are there, and whoever runs it again has them written down.
    """
    done = [*outcome.written, *outcome.updated, *outcome.unchanged]
    slips = [(out / path, form) for path in done if (form := _slip(outcome, path))]
    if not slips:
        return []
    place = ledger_place(master, url)
    try:
        going = [
            (data, _record(form, path.name, hashlib.sha256(data).hexdigest()))
            for path, form in slips
            for data in _content(path)
        ]
        # Whoever opens a ledger to write makes a copy of it first: not for what it has already.
        known = _known(place)
        new = [(data, one) for data, one in going if replace(one, file_name="") not in known]
        if new:
            _keep(place, new)
    except ProblemsFound as found:
        return [*found.problems, _unkept(place.name)]
    told_ = (_unknown(form) for _, form in slips)
    return list(dict.fromkeys(one for one in told_ if one is not None))


def _known(place: LedgerPlace) -> list[FeedbackIssued]:
    """What went out last, without the names of files."""
    if place.file is not None and not place.file.exists():
        return []
    with Ledger(place, write=False) as ledger:
        entries = ledger.read(FeedbackIssued, superseded=False)
    return [replace(entry.record, file_name="") for entry in entries]


def _keep(place: LedgerPlace, new: Sequence[tuple[bytes, FeedbackIssued]]) -> None:
    archive = Archive(place.folder)
    with Ledger(place) as ledger, told(place), archive.many():
        for data, one in new:
            archive.keep(data, one.file_name, _refused)
            ledger.append(one)


def _slip(outcome: Outcome, path: Path) -> Form | None:
    form = outcome.forms.get(path)
    return form if form is not None and form.kind is forms.SLIP else None


def _content(path: Path) -> Iterator[bytes]:
    """The file; nothing where it is gone or taken since."""
    try:
        data = content_of(path)
    except (OSError, FileLockedError):
        data = None
    if data is not None:
        yield data


def _record(form: Form, name: str, sha256: str) -> FeedbackIssued:
    values = form.values
    day, until = (_day(values[key]) for key in (appeal_sheet.ISSUED, appeal_sheet.UNTIL))
    content = str(values[appeal_sheet.CONTENT])
    return FeedbackIssued(form.person, form.month, name, sha256, day, until, content)


def _day(said: object) -> dt.date:
    return dt.date.fromisoformat(str(said))


def _unknown(form: Form) -> Problem | None:
    """That a deadline may not be right, for want of next year's holidays."""
    values = form.values
    issue = Issue(_day(values[appeal_sheet.ISSUED]), _day(values[appeal_sheet.UNTIL]))
    if not issue.unknown:
        return None
    message = f"反馈单上的申诉期限 {issue.deadline}：{issue.unknown}"
    return warning("holidays_unknown", message, Place(file=forms.SLIP.label))


def _refused(error: OSError | FileLockedError) -> None:
    why = reason(error) if isinstance(error, OSError) else "正在被别的程序使用"
    message = f"发出的反馈单存不进{FOLDER}：{why}"
    raise ProblemsFound([Problem("not_kept", message, Place(FOLDER))]) from None


def _unkept(name: str) -> Problem:
    message = "反馈单写好了，发出的日期没有记进台账；请处理后再生成一次，没有变化的不会重写"
    return Problem("slips_not_kept", message, Place(file=name))


def left_unkept(outcome: Outcome) -> list[Problem]:
    """That nothing is written down of slips, where somebody wants no ledger."""
    if not any(form.kind is forms.SLIP for form in outcome.forms.values()):
        return []
    return [warning("slips_not_kept", NOT_KEPT, Place(file=forms.SLIP.label))]
