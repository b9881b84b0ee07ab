"""Appeals that came back on 反馈单: told apart from what was taken before, and kept in the ledger.

Whatever somebody has written is taken: what is missing or late is told, since it is for people to judge.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from xladdin.app.generating.planning import named
from xladdin.app.reading_company import read_master_company
from xladdin.books.summary.appeal_sheet import HEADS, items
from xladdin.company.appealing import OTHER, Issue, answer_days
from xladdin.company.company import Company
from xladdin.domain.people import Period
from xladdin.domain.quantities import Unit
from xladdin.domain.schemes import Scheme
from xladdin.domain.working_days import working_days_after
from xladdin.intake.stated_figures import read_figure
from xladdin.intake.text import clean, narrow, shown, written_text
from xladdin.intake.times import read_date
from xladdin.ledger.archive_folder import Archive
from xladdin.ledger.ledger_faults import told
from xladdin.ledger.records import Appeal
from xladdin.ledger.store import Ledger
from xladdin.problems import Place, Problem, ProblemsFound, errors, warning
from xladdin.returns.appeal_reading import AppealRow, ReadSlip

from .appeals import KeptAppeals, Results, kept_appeals, results_of


@dataclass(frozen=True, slots=True)
class SlipFile:
    """A 反馈单 that came back, with its file."""

    read: ReadSlip
    name: str
    sha256: str
    data: bytes
    saved: dt.date
    """When it was saved last."""


@dataclass
class TakenAppeals:
    """What came of the slips."""

    slips: int = 0
    kept: int = 0
    known: int = 0
    """Appeals that were taken in before."""
    late: int = 0
    problems: list[Problem] = field(default_factory=list)

    @property
    def told(self) -> list[str]:
        """What was done, for a person."""
        late = f"，其中 {self.late} 条逾期提出" if self.late else ""
        known = f"，{self.known} 条先前收过" if self.known else ""
        lines = [f"反馈单 {self.slips} 份：收下申诉 {self.kept} 条{late}{known}"]
        if self.kept:
            lines.append("要答复的用 appeals list（或按钮“申诉清单”）列出。")
        return lines

    def as_json(self) -> dict[str, Any]:
        """Plain data, without the problems."""
        return {"slips": self.slips, "kept": self.kept, "known": self.known, "late": self.late}


def take_appeals(
    master: Path, slips: Sequence[SlipFile], today: dt.date, *, url: str | None = None
) -> TakenAppeals:
    """Keep what these slips object to; nothing is raised, the problems say what was not kept."""
    done = TakenAppeals(len(slips))
    try:
        company, found = read_master_company(master)
        if errors(found) and not company.employees:
            raise ProblemsFound(found)
        _Taking(master, company, today, url, done).take(slips)
    except ProblemsFound as found_:
        done.kept = done.late = 0
        done.problems += found_.problems
    return done


@dataclass
class _Taking:
    """Slips beside the ledger and the month's results."""

    master: Path
    company: Company
    today: dt.date
    url: str | None
    done: TakenAppeals
    results: Results = field(default_factory=dict)

    def take(self, slips: Sequence[SlipFile]) -> None:
        kept = kept_appeals(self.master, self.url)
        known = {_same(one) for one in kept.appeals.values()}
        wanted = {
            (it.read.person, str(it.read.period)) for it in slips if it.read.rows and it.read.period
        }
        self.results = results_of(self.master, self.company, self.url, sorted(wanted))
        found: list[tuple[Appeal, SlipFile]] = []
        for slip in slips:
            for appeal, place in self._of_slip(slip, kept):
                if _same(appeal) in known:
                    self.done.known += 1
                    message = f"「{appeal.label}」的这条申诉先前收过，没有再记一遍"
                    self._warn("appeal_known", message, place)
                    continue
                known.add(_same(appeal))
                found.append((appeal, slip))
        self._keep(kept, found)
        self.done.kept = len(found)
        self.done.late = sum(_is_late(one) for one, _ in found)

    def _warn(self, code: str, message: str, place: Place) -> None:
        self.done.problems.append(warning(code, message, place))

    def _of_slip(self, slip: SlipFile, kept: KeptAppeals) -> Iterator[tuple[Appeal, Place]]:
        read, place = slip.read, Place(slip.read.label)
        self.done.problems += read.problems
        person = self.company.people.get(read.person)
        if person is None or read.period is None:
            message = f"名册里没有工号「{read.person}」，这份反馈单上的申诉没有收；请核对名册"
            self.done.problems.append(Problem("unknown_employee", message, place))
            return
        rows = read.rows
        if not rows and not read.problems:
            more = (
                f"；“本人意见”里写了：{read.own_words[:60]}，没有作为申诉收"
                if read.own_words
                else ""
            )
            self._warn(
                "no_appeal", f"{named(person)}的反馈单没有填“申诉”表，没有要收的申诉{more}", place
            )
        if not rows:
            return
        issue = self._issue(kept, read, place)
        one = self.results.get((person.id, read.period))
        scheme = one.scheme if one else self.company.scheme_of(person)
        if scheme is not None and scheme.fingerprint() != read.scheme_hash:
            message = f"「{scheme.name}」在这份反馈单发出以后改过，申诉项目按现在的方案认"
            self._warn("scheme_changed", message, place)
        for row in rows:
            made = self._appeal(row, scheme, read.person, read.period)
            made = self._dated(made, row, slip, issue)
            if _is_late(made):
                message = f"「{made.label}」的申诉是 {made.filed} 提出的，期限是 {made.deadline}，逾期了；照样收下"
                self._warn("appeal_late", message, row.places["filed"])
            yield made, row.places["item"]

    def _issue(self, kept: KeptAppeals, read: ReadSlip, place: Place) -> Issue | None:
        """When the slip went out: as the ledger says, else as it says itself."""
        known = kept.issued.get((read.person, str(read.period)))
        if known is not None:
            return known
        if read.issued and read.deadline:
            message = "台账里没有发过这份反馈单的记录，申诉期限按表上印的算"
            self._warn("slip_unknown", message, place)
            return Issue(read.issued, read.deadline)
        message = "台账里没有发过这份反馈单的记录，表上也没有申诉期限，看不出是否逾期"
        self._warn("slip_unknown", message, place)
        return None

    def _appeal(self, row: AppealRow, scheme: Scheme | None, person: str, period: Period) -> Appeal:
        """What a row says; what it lacks is told."""
        item, label, unit = self._item(row, scheme)
        grounds, claimed = row.grounds, None
        written = clean(written_text(row.claimed))
        if not grounds:
            self._warn(
                "grounds_missing", f"没有写{HEADS['grounds']}，照样收下", row.places["grounds"]
            )
        if item and not written:
            self._warn(
                "claim_missing", f"没有写{HEADS['claimed']}多少，照样收下", row.places["claimed"]
            )
        elif item:
            reading = read_figure(row.claimed, unit, date1904=row.date1904)
            claimed = reading.value
            if reading.problem:
                message = f"{reading.problem}；写进理由里，照样收下"
                self._warn("claim_unread", message, row.places["claimed"])
                grounds = _with(grounds, written)
            elif reading.guess:
                self._warn(reading.code, reading.guess, row.places["claimed"])
        elif written:
            grounds = _with(grounds, written)
        days = answer_days(self.company)
        due = working_days_after(self.today, days)
        if due.told and not any(it.code == "holidays_unknown" for it in self.done.problems):
            self._warn("holidays_unknown", f"答复期限 {due.day}：{due.told}", row.places["item"])
        return Appeal(person, str(period), grounds, self.today, due.day, item, label, unit, claimed)

    def _item(self, row: AppealRow, scheme: Scheme | None) -> tuple[str, str, Unit]:
        offered = items(scheme) if scheme is not None else {}
        wanted = narrow(row.item)
        for text, found in offered.items():
            if wanted and wanted in (narrow(text), narrow(found[1])):
                return found
        if wanted and wanted != OTHER:
            message = f"{shown(row.item)}不是这份反馈单里的项目，按“{OTHER}”收下"
            self._warn("item_unknown", message, row.places["item"])
            return "", row.item[:60], Unit.NUMBER
        if not wanted:
            self._warn(
                "item_missing", f"没有选{HEADS['item']}，按“{OTHER}”收下", row.places["item"]
            )
        return "", OTHER, Unit.NUMBER

    def _dated(self, made: Appeal, row: AppealRow, slip: SlipFile, issue: Issue | None) -> Appeal:
        """With the day on which it was made: as written, where that can be, else when it was saved."""
        stated = _day(row)
        saved = min(slip.saved, self.today)
        filed = stated or saved
        if stated is None and clean(written_text(row.filed)):
            message = f"日期{shown(row.filed)}读不出来，按文件保存的 {saved} 算"
            self._warn("date_unread", message, row.places["filed"])
        elif stated and (stated > self.today or (issue and stated < issue.day)):
            filed = saved
            message = f"日期 {stated} 在收到以后，或在反馈单发出以前，按文件保存的 {saved} 算"
            self._warn("date_impossible", message, row.places["filed"])
        return replace(
            made,
            filed=filed,
            deadline=issue.deadline if issue else None,
            file_name=slip.name,
            file_sha256=slip.sha256,
        )

    def _keep(self, kept: KeptAppeals, found: Sequence[tuple[Appeal, SlipFile]]) -> None:
        """All in one transaction, with the files."""
        if not found:
            return
        archive = Archive(kept.place.folder)
        with Ledger(kept.place) as ledger, told(kept.place), archive.many():
            for appeal, slip in found:
                archive.keep(slip.data, slip.name)
                ledger.append(appeal)


def _with(grounds: str, written: str) -> str:
    return "；".join(filter(None, (grounds, f"{HEADS['claimed']}：{written}")))


def _day(row: AppealRow) -> dt.date | None:
    value = row.filed
    return read_date(Decimal(str(float(value))) if isinstance(value, float) else value)


def _is_late(one: Appeal) -> bool:
    return one.deadline is not None and one.filed is not None and one.filed > one.deadline


def _same(one: Appeal) -> tuple[object, ...]:
    """By which the same appeal is known, whatever day it comes again."""
    return one.person, one.period, one.item, one.label, one.claimed, one.text
