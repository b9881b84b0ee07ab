"""Copies of one report that came back, and what is to be asked about them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from xladdin.books.reports.kept_cells import KeptReport, same
from xladdin.books.reports.kept_measures import EARLIER as EARLIER_WORDS
from xladdin.problems import Place

from .file_reading import FileRead
from .gathering import Copies, FormKey, brought_together, canonical
from .open_questions import EARLIER, EARLIER_KEY, THIS, Question, Settling
from .report_reading import ReadReport

MOST_NAMED = 3


@dataclass(frozen=True)
class ReceivedReport:
    """One copy of a report, and the file in which it came."""

    read: FileRead
    report: ReadReport

    @property
    def key(self) -> FormKey:
        whose = self.report.whose
        return FormKey(whose.kind, whose.person or whose.team, str(whose.period))

    @property
    def said(self) -> str:
        """All that people say in it, in a form to compare."""
        return repr(sorted((key, canonical(one)) for key, one in self.report.inputs.items()))

    @property
    def answered(self) -> int:
        """How many cells people have filled in or changed."""
        return len(self.report.inputs)

    @property
    def saved_at(self) -> dt.datetime:
        return self.read.saved_at or dt.datetime.min

    @property
    def label(self) -> str:
        return self.read.file.label


ReportSettled: TypeAlias = Settling[ReceivedReport]


def gathered_reports(reads: Iterable[FileRead]) -> list[Copies[ReceivedReport]]:
    """Every report that came in, with its copies; files that nobody has touched are left out."""
    return brought_together(
        ReceivedReport(read, report)
        for read in reads
        if not read.untouched
        for report in read.reports
    )


def of_earlier(copy: ReceivedReport, earlier: KeptReport | None) -> Iterator[Question]:
    """Whether this one counts in the place of an earlier one that says what this one does not.

    One that says all of it and more is no question.
    """
    if earlier is None:
        return
    ours = {**copy.report.inputs}
    # A sentence that was typed over stands beside its measure once it is not pointed out any more.
    ours |= {
        f"finding.{key.removeprefix('act.').removesuffix('.says')}": (
            str(value or "").removesuffix(EARLIER_WORDS)
        )
        for key, value in copy.report.inputs.items()
        if key.startswith("act.") and key.endswith(".says")
    }
    lost = [
        key
        for key, value in earlier.inputs.items()
        if key not in ours or not same(ours[key], value)
    ]
    if not lost:
        return
    named = "、".join(earlier.labels.get(key, key) for key in lost[:MOST_NAMED])
    more = f"等 {len(lost)} 处" if len(lost) > MOST_NAMED else ""
    known = f"{earlier.day} 收的 {earlier.file_name}，填了 {len(earlier.inputs)} 处"
    returned = f"{copy.label}，填了 {copy.answered} 处"
    fault = (
        f"{copy.report.whose.label}先前收过（{earlier.file_name}），"
        f"那份填的{named}{more}，这份没有或不一样"
    )
    place, options = Place(copy.label), (THIS, EARLIER)
    yield Question(
        copy.key, EARLIER_KEY, "先后交来两份报告", known, returned, place, options, fault
    )
