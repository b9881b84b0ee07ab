"""Score without workbooks: the same trees as in the forms, over figures from a file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from xladdin.company.company import Company
from xladdin.company.score_inputs import score_inputs
from xladdin.domain.people import Actual, Employee, Period
from xladdin.domain.presence import presence
from xladdin.domain.schemes import Scheme
from xladdin.formula.evaluate import Value, solve
from xladdin.intake.actuals import read_actuals
from xladdin.intake.handed_in import Openings
from xladdin.intake.named_people import read_people
from xladdin.intake.roster import read_roster
from xladdin.problems import Place, Problem, errors, warning
from xladdin.scoring import keys
from xladdin.scoring.model import missing_items, score_model

from .reading_company import unknown_schemes
from .sources import gathered

MOST_NAMED = 3
"""Missing items that a line of a table names; ``missing`` has them all."""
LACKING = re.compile(r"缺[0-9]+项")


@dataclass(frozen=True, slots=True)
class Scored:
    """One employee's month: every value of the score model by key."""

    employee: Employee
    period: Period
    scheme: Scheme
    values: Mapping[str, Value]
    inputs: Mapping[str, Value]

    @property
    def total(self) -> Value:
        """Points, or a text saying what is missing."""
        return self.values[keys.TOTAL]

    @property
    def missing(self) -> list[str]:
        """What the total lacks, by name."""
        return missing_items(self.scheme, self.values, self.inputs)

    @property
    def incomplete(self) -> str:
        """Why there is no total (``缺1项：投诉扣分``); empty where there is one."""
        if isinstance(self.total, Decimal):
            return ""
        said, names = str(self.total), "、".join(self.missing[:MOST_NAMED])
        more = "等" if len(self.missing) > MOST_NAMED else ""
        return f"{said}：{names}{more}" if LACKING.fullmatch(said) else said

    @property
    def scaled(self) -> str:
        """The total out of the scheme's own scale (``4.56（5分制）``); empty without one."""
        value = self.values.get(keys.SCALED)
        return f"{value:.2f}（{self.scheme.scale}分制）" if isinstance(value, Decimal) else ""

    @property
    def _scaled(self) -> dict[str, object]:
        """For machines: nothing where the total is only out of 100."""
        if keys.SCALED not in self.values:
            return {}
        return {"scale": self.scheme.scale, "scaled_total": _plain(self.values[keys.SCALED])}

    @property
    def _ratings(self) -> dict[str, object]:
        """Both ratings of every indicator that has two; nothing where the scheme asks for one."""
        rated = [item.id for item in self.scheme.indicators if self.scheme.asks_self(item)]
        if not rated:
            return {}
        return {
            "ratings": {
                item: {
                    "self": _plain(self.inputs[keys.self_rating(item)]),
                    "superior": _plain(self.inputs[keys.actual(item)]),
                }
                for item in rated
            }
        }

    def as_json(self) -> dict[str, object]:
        """Plain data for machines; numbers as numbers, what is not scored as null."""
        return {
            "employee": self.employee.id,
            "name": self.employee.name,
            "period": str(self.period),
            "scheme": self.scheme.id,
            "items": {
                item.id: _plain(self.values[keys.score(item.id)]) for item in self.scheme.indicators
            },
            **self._ratings,
            "subtotals": {
                section.id: _plain(self.values[keys.subtotal(section.id)])
                for section in self.scheme.sections
            },
            "adjustments": {
                item.id: _plain(self.values[keys.counted(item.id)])
                for item in self.scheme.adjustments
            },
            "total": _plain(self.total),
            **self._scaled,
            "incomplete": self.incomplete or None,
            "missing": self.missing,
            "grade": self.values[keys.GRADE],
            "coefficient": _plain(self.values[keys.COEFFICIENT]),
        }


def score_scheme(scheme: Scheme, actuals: Sequence[Actual]) -> dict[str, Value]:
    """Every result of one form for one employee's figures."""
    return solve(score_model(scheme), score_inputs(scheme, actuals))


def score_file(
    schemes: Sequence[str], actuals: Path, roster: Path | None = None
) -> tuple[list[Scored], list[Problem]]:
    """Score every employee and month that a file of figures holds.

    Without a roster the people are those of the master workbook, where one is given, else those
    of the file, all appraised by the (first) scheme.
    """
    opened = Openings(*schemes, actuals, roster)
    source, problems = gathered(schemes, opened)
    # The figures are looked through for their people first.
    found, file = source.library, opened(actuals)
    if not found.schemes:
        # Said once, not once more for every line of figures.
        nothing = Problem("no_scheme", "这里没有考核方案", Place(file="、".join(schemes)))
        return [], problems if errors(problems) else [*problems, nothing]
    people: Sequence[Employee]
    faults: list[Problem] = []
    if roster is not None:
        people, faults = read_roster(opened(roster), source.mappings)
    elif source.employees is not None:
        people = source.employees
    else:
        people, faults = read_people(file, found.schemes[0].id)
    company = Company(tuple(people), found, file=roster.name if roster else "")
    faults = [*faults, *(unknown_schemes(company) if roster else ())]
    lines, more = read_actuals(
        file, people, company.scheme_of, company.broken_scheme_of, source.mappings
    )
    scored = list(_scored(company.with_actuals(lines)))
    return scored, [*problems, *faults, *more, *_presence(scored)]


def _presence(scored: Sequence[Scored]) -> Iterator[Problem]:
    """Months that somebody was there only in part, or not at all: the score counts all the same."""
    for one in scored:
        there = presence(one.employee, one.period)
        if there.absent or there.part:
            who = f"{one.employee.name}（{one.employee.id}）{one.period.label}"
            message = f"{who}：{there.absent or there.part}，得分照数据算出，请核对"
            yield warning(there.code or "part_month", message)


def _scored(company: Company) -> Iterator[Scored]:
    for (id_, period), actuals in company.measured.items():
        employee = company.people[id_]
        scheme = company.scheme_of(employee)
        if scheme is not None:
            inputs = score_inputs(scheme, actuals)
            values = solve(score_model(scheme), inputs)
            yield Scored(employee, period, scheme, values, inputs)


def _plain(value: Value) -> float | None:
    return float(value) if isinstance(value, Decimal) else None
