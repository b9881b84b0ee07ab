"""反馈单 that went out: kept in the ledger with their day, since whoever objects has so many days from it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
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
from xladdin.ledger.ledger_place import ledger_place
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
    archive = Archive(place.folder)
    try:
        with Ledger(place) as ledger, told(place), archive.many():
            for path, form in slips:
                for data in _content(path):
                    name = f"{path.name}"
                    sha256 = archive.keep(data, name, _refused)
                    ledger.append(_record(form, name, sha256))
    except ProblemsFound as found:
        return [*found.problems, _unkept(place.name)]
    return list(dict.fromkeys(_unknown(form) for _, form in slips if _unknown(form)))  # type: ignore[misc]


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
