"""What people had filled in on reports that came back, out of the ledger; and last month's targets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from xladdin.analysis.metric import Direction, Metric
from xladdin.app.collecting.collect_ledger import kept_report, slot_of
from xladdin.books.reports.finished_report import KEPT_NAME, next_targets
from xladdin.books.reports.kept_cells import KeptReport, PutBack
from xladdin.books.reports.report_identity import ReportIdentity
from xladdin.company.month_results import months_until
from xladdin.domain.people import Period
from xladdin.ledger.ledger_place import ledger_place
from xladdin.ledger.records import ReturnedReport
from xladdin.ledger.store import Ledger
from xladdin.path_checks import may_be_there
from xladdin.problems import Place, Problem, warning

MOST_TOLD = 5


@dataclass(frozen=True)
class KeptReports:
    """All reports of a company that came back."""

    ledger: str = ""
    """The ledger's name; empty where there is none."""
    by_identity: Mapping[ReportIdentity, KeptReport] = field(default_factory=dict)

    def of(self, whose: ReportIdentity) -> KeptReport | None:
        """What was filled in on a report."""
        return self.by_identity.get(whose)

    def before(self, whose: ReportIdentity) -> KeptReport | None:
        """The same of the month before."""
        last = months_until(whose.period, 2)[0]
        return self.of(ReportIdentity(whose.kind, last, whose.person, whose.team))


NONE_KEPT = KeptReports()


def kept_reports(master: Path, url: str | None = None) -> KeptReports:
    """What the ledger has: the one at ``url``, else the one beside the master, if there is one.

    Raises ProblemsFound where it cannot be read.
    """
    place = ledger_place(master, url)
    if url is None and not (place.file and may_be_there(place.file)):
        return NONE_KEPT
    with Ledger(place, write=False) as ledger:
        entries = ledger.read(ReturnedReport, superseded=False)
    found = {}
    for entry in entries:
        one = entry.record
        whose = ReportIdentity(one.kind, Period(one.period), one.person, one.subject)
        if slot_of(whose)["period"] == one.period:
            found[whose] = kept_report(one)
    return KeptReports(place.name, found)


def with_last_targets(
    targets: Mapping[str, Decimal], before: KeptReport | None, metrics: Sequence[Metric]
) -> tuple[Mapping[str, Decimal], list[Problem]]:
    """Targets of a month: those of last month's report before those of the settings.

    Also what is to be said of it: where both say something, and what no metric of the report is.
    """
    if before is None:
        return targets, []
    known = {one.id: one for one in metrics if one.direction is not Direction.NEITHER}
    found, problems = dict(targets), []
    for id_, value in next_targets(before).items():
        metric = known.get(id_)
        if metric is None or not isinstance(value, Decimal):
            message = f"上月报告里定的下月目标「{id_}」现在的报告没有这个指标，没有用上"
            problems.append(warning("target_unread", message, Place(before.file_name)))
            continue
        ours = found.get(id_)
        if ours is not None and ours != value:
            message = (
                f"「{metric.name}」的目标：「设置」里是{_told(metric, ours)}，"
                f"上月报告里定的是{_told(metric, value)}，用上月报告里定的"
            )
            problems.append(warning("target_decided", message, Place(before.file_name)))
        found[id_] = value
    return found, problems


def _told(metric: Metric, value: Decimal) -> str:
    shown = value * 100 if metric.scale.percent else value
    return f"{shown.normalize():f}{metric.scale.name}"


def told_of(own: KeptReport | None, lines: Sequence[PutBack], where: str) -> list[Problem]:
    """What could not be put back, cell by cell; the rest is listed in the report itself."""
    left = [one for one in lines if one.why_not]
    if own is None or not left:
        return []
    place = Place(where)
    found = [
        warning(
            "not_put_back",
            f"{own.origin}的「{one.place}」填的是{one.value}，没有填回：{one.why_not}",
            place,
        )
        for one in left[:MOST_TOLD]
    ]
    if left[MOST_TOLD:]:
        message = f"另有 {len(left) - MOST_TOLD} 格没有填回，列在报告的“{KEPT_NAME}”里"
        found.append(warning("not_put_back", message, place))
    return found


def put_back_told(own: KeptReport | None, lines: Sequence[PutBack]) -> str:
    """What was put back, for a person; empty where nothing was kept."""
    if own is None or not lines:
        return ""
    count = sum(not one.why_not for one in lines)
    return f"{own.origin}填的内容：填回 {count} 格，列在“{KEPT_NAME}”里"
