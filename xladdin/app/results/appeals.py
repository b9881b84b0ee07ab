"""The appeals of a ledger: what is open, how long there is left, and the 申诉清单 to answer them in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from xladdin.app.letterheads import letterhead_of
from xladdin.books.appeals.appeal_list import TITLE, book
from xladdin.company.appealing import Issue, ListedAppeal, figure
from xladdin.company.company import Company
from xladdin.company.month_results import PersonResult
from xladdin.domain.people import Period
from xladdin.domain.quantities import Unit
from xladdin.layout.writer import workbook_bytes
from xladdin.ledger.ledger_place import LedgerPlace, ledger_place
from xladdin.ledger.records import Appeal, AppealAnswer, Correction, FeedbackIssued
from xladdin.ledger.store import Entry, Ledger
from xladdin.ooxml.sealing import UNSEALED, Sealing
from xladdin.path_checks import may_be_there
from xladdin.problems import Place, Problem, warning

from .ledger_results import informed, refuse_touched
from .month_scores import month_results
from .result_files import ResultFile

FILE_NAME = "申诉清单.xlsx"
"""What it is called where nobody says otherwise."""
LIST = ResultFile("申诉清单", TITLE)
Results = Mapping[tuple[str, Period], PersonResult]


@dataclass
class Appeals:
    """The appeals as they stand on a day."""

    today: dt.date
    listed: list[ListedAppeal] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def told(self) -> list[str]:
        """One line each, for a person; the first says how many there are."""
        waiting = sum(one.is_open for one in self.listed)
        overdue = sum(one.is_overdue for one in self.listed)
        late = f"，{overdue} 条已经逾期" if overdue else ""
        return [f"没有答复的申诉 {waiting} 条{late}。", *map(_line, self.listed)]

    def as_json(self) -> dict[str, Any]:
        """Plain data, without the problems."""
        return {
            "today": str(self.today),
            "open": sum(one.is_open for one in self.listed),
            "overdue": sum(one.is_overdue for one in self.listed),
            "appeals": [_as_json(one) for one in self.listed],
        }


def _line(one: ListedAppeal) -> str:
    claim = f"，认为应是 {one.claim}" if one.claim else ""
    stands = f"（现在 {one.stands}）" if one.stands else ""
    late = "，逾期提出" if one.is_late else ""
    end = f"{one.state}（{one.due} 前答复）" if one.is_open else _answered(one)
    return (
        f"第{one.number}条 {one.name}（{one.person}）{one.period.label}「{one.label}」{stands}{claim}"
        f"：{one.grounds}。{one.filed} 提出{late}；{end}"
    )


def _answered(one: ListedAppeal) -> str:
    corrected = f"，更正为 {one.corrected}" if one.corrected else ""
    return f"{one.outcome}{corrected}（{one.by}：{one.answer}）"


def _as_json(one: ListedAppeal) -> dict[str, Any]:
    return {
        "number": one.number,
        "employee": one.person,
        "name": one.name,
        "department": one.department,
        "period": str(one.period),
        "item": one.item,
        "label": one.label,
        "figure": None if one.standing is None else float(one.standing),
        "claimed": None if one.claimed is None else float(one.claimed),
        "grounds": one.grounds,
        "filed": str(one.filed),
        "received": str(one.received),
        "late": one.is_late,
        "due": str(one.due),
        "days_left": one.left,
        "overdue": one.is_overdue,
        "outcome": one.outcome,
        "answer": one.answer,
        "by": one.by,
        "corrected": one.corrected,
    }


@dataclass(frozen=True)
class KeptAppeals:
    """What a ledger has of appeals."""

    place: LedgerPlace
    appeals: Mapping[int, Appeal] = field(default_factory=dict)
    """By number."""
    answers: Mapping[int, AppealAnswer] = field(default_factory=dict)
    corrections: Mapping[tuple[str, str, str], Correction] = field(default_factory=dict)
    """By person, month and figure, those that count."""
    issued: Mapping[tuple[str, str], Issue] = field(default_factory=dict)
    """By person and month, the 反馈单 that went out last."""


def kept_appeals(master: Path, url: str | None) -> KeptAppeals:
    """Everything of appeals; nothing where there is no ledger.  ProblemsFound where it cannot be read."""
    place = ledger_place(master, url)
    if url is None and not (place.file and may_be_there(place.file)):
        return KeptAppeals(place)
    with Ledger(place, write=False) as ledger:
        refuse_touched(place, ledger)
        appeals: list[Entry[Appeal]] = ledger.read(Appeal)
        answers = [it.record for it in ledger.read(AppealAnswer, superseded=False)]
        made = [it.record for it in ledger.read(Correction, superseded=False)]
        slips = [it.record for it in ledger.read(FeedbackIssued, superseded=False)]
    return KeptAppeals(
        place,
        {entry.seq: entry.record for entry in appeals},
        {one.appeal: one for one in answers},
        {(it.person, it.period, it.item): it for it in made if it.after is not None},
        {
            (it.person, it.period): Issue(it.issued, it.deadline, it.content)
            for it in slips
            if it.issued and it.deadline
        },
    )


def results_of(
    master: Path, company: Company, url: str | None, wanted: Iterable[tuple[str, str]]
) -> Results:
    """The results of these people and months, as far as there are any."""
    found: dict[tuple[str, Period], PersonResult] = {}
    months: dict[str, dict[str, None]] = {}
    for person, month in wanted:
        if person in company.people:
            months.setdefault(month, {})[person] = None
    for month, ids in months.items():
        period = Period(month)
        known = informed(master, company, period, url)
        people = [known.company.people[id_] for id_ in ids]
        results, _ = month_results(known.company, period, people, known.kept)
        found |= {(one.employee.id, period): one for one in results.people}
    return found


def list_appeals(
    master: Path, company: Company, today: dt.date, *, every: bool = False, url: str | None = None
) -> Appeals:
    """The open appeals, the most urgent first; with ``every`` the answered ones after them."""
    kept = kept_appeals(master, url)
    chosen = {
        number: one for number, one in kept.appeals.items() if every or number not in kept.answers
    }
    results = results_of(master, company, url, ((it.person, it.period) for it in chosen.values()))
    done = Appeals(today)
    for number, one in chosen.items():
        listed = _listed(kept, company, results, number, one, today)
        done.listed.append(listed)
    done.listed.sort(key=lambda it: (not it.is_open, it.due, it.number))
    for one in {it.person: it for it in chosen.values()}.values():
        if one.person not in company.people:
            message = f"工号「{one.person}」有申诉，名册里已经没有；申诉照样列出"
            done.problems.append(warning("not_on_roster", message, Place(file=kept.place.name)))
    return done


def _listed(
    kept: KeptAppeals,
    company: Company,
    results: Results,
    number: int,
    one: Appeal,
    today: dt.date,
) -> ListedAppeal:
    employee, period = company.people.get(one.person), Period(one.period)
    result = results.get((one.person, period))
    standing = result.values.get(one.item) if result and one.item else None
    answer = kept.answers.get(number)
    made = kept.corrections.get((one.person, one.period, one.item))
    unit = Unit(one.unit) if one.unit else Unit.NUMBER
    filed = one.filed or one.received
    return ListedAppeal(
        number,
        one.person,
        employee.name if employee else one.person,
        employee.department if employee else "",
        period,
        one.item,
        one.label,
        unit,
        standing if isinstance(standing, Decimal) else None,
        one.claimed,
        one.text,
        filed,
        one.received,
        one.deadline is not None and filed > one.deadline,
        one.due or one.received,
        today,
        answer.outcome if answer else "",
        answer.text if answer else "",
        answer.by if answer else "",
        figure(made.after, unit) if made and made.appeal == number else "",
    )


def write_appeals_list(
    company: Company,
    appeals: Appeals,
    path: Path,
    *,
    overwrite: bool = False,
    sealing: Sealing = UNSEALED,
) -> list[Problem]:
    """Write the 申诉清单: over an earlier one that nobody has filled in since, over others where told to.

    What comes back is to be said of its password.  Raises ProblemsFound where it cannot be written.
    """
    LIST.check_name(path)
    made = book(appeals.listed, appeals.today, company.name)
    content = workbook_bytes(made, {}, letterhead_of(company))
    return LIST.write(content, path, overwrite=overwrite, sealing=sealing)
