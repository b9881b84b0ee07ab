"""Combined scores into the ledger, as the results of forms are: both halves, by which schemes, what came of it."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path

from xladdin.company.combined_results import PersonCombined
from xladdin.domain.combined_rules import COMBINED
from xladdin.domain.competency import CompetencyScheme
from xladdin.domain.month_spans import Span
from xladdin.domain.people import Period
from xladdin.domain.schemes import Scheme
from xladdin.ledger.canonical import Value
from xladdin.ledger.ledger_faults import told
from xladdin.ledger.ledger_place import ledger_place
from xladdin.ledger.records import SchemeSnapshot, ScoreResult
from xladdin.ledger.store import Ledger
from xladdin.problems import Problem, ProblemsFound, warning
from xladdin.scoring import keys

KIND = "combined"
"""Of a month; of several with their code: ``combined:2026Q4``."""


def kind_of(period: Period | Span) -> tuple[str, str]:
    """The kind of result, and the month under which it is kept: of several the last."""
    if isinstance(period, Span):
        return f"{KIND}:{period.code}", str(period.months[-1])
    return KIND, str(period)


def keep_combined(
    master: Path, period: Period | Span, people: Iterable[PersonCombined], url: str | None = None
) -> tuple[int, list[Problem]]:
    """Write them down, all or none; how many are new.  A month that is closed takes none: that is told."""
    place = ledger_place(master, url)
    kind, month = kind_of(period)
    new = 0
    try:
        with Ledger(place) as ledger, told(place):
            for one in people:
                hash_ = _snapshot(ledger, one.scheme)
                rated = _snapshot(ledger, one.competency) if one.competency else ""
                new += ledger.append(_record(one, kind, month, hash_, rated)).new
    except ProblemsFound as found:
        if any(problem.code != "period_closed" for problem in found.problems):
            raise
        message = (
            f"{month} 已关闭，{COMBINED}和台账里的不一样，没有记入；"
            "确实要改，请先用 xladdin period reopen 打开这个月"
        )
        return 0, [warning("period_closed", message, place.at)]
    return new, []


def _snapshot(ledger: Ledger, scheme: Scheme | CompetencyScheme) -> str:
    hash_ = scheme.fingerprint()
    ledger.append(SchemeSnapshot(hash_, scheme.id, scheme.name, scheme.model_dump_json()))
    return hash_


def _record(one: PersonCombined, kind: str, month: str, hash_: str, rated: str) -> ScoreResult:
    halves: dict[str, Decimal | None] = {
        "kpi": one.kpi,
        "points": one.points,
        "competency": one.converted,
        keys.TOTAL: one.combined,
    }
    items: dict[str, Value] = {**halves, "competency_scheme": rated}
    grade, total = one.grade, one.combined
    return ScoreResult(
        kind, one.employee.id, month, hash_, items, total, grade, one.coefficient, one.lack
    )
