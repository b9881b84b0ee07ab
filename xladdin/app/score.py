"""Score without workbooks: the same trees as in the forms, over figures from a file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from xladdin.company.company import Company
from xladdin.company.score_inputs import inputs_of, score_inputs
from xladdin.domain.people import Actual, Employee, Period
from xladdin.domain.presence import presence
from xladdin.domain.schemes import Scheme
from xladdin.formula.evaluate import Value
from xladdin.intake.actuals import FigureLines, figure_lines, figure_table
from xladdin.intake.handed_in import HandedIn, Openings
from xladdin.intake.named_people import read_people
from xladdin.intake.roster import read_roster
from xladdin.intake.tables import Rows, Table
from xladdin.problems import Place, Problem, errors, warning
from xladdin.scoring import keys
from xladdin.scoring.model import missing_items
from xladdin.scoring.scorer import scorer_of

from .reading_company import unknown_schemes
from .sources import Gathered, gathered

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
    return scorer_of(scheme).results(score_inputs(scheme, actuals))


class Scores:
    """The scores of every employee and month that has figures, each worked out when it is asked for:
    together they take far more room than the figures."""

    def __init__(self, company: Company, lines: FigureLines) -> None:
        self._company, self._lines = company, lines
        self._months = [
            (employee, scheme, month)
            for month in lines.months()
            if (employee := company.people[month.employee])
            and (scheme := company.scheme_of(employee)) is not None
        ]

    def __len__(self) -> int:
        return len(self._months)

    def __iter__(self) -> Iterator[Scored]:
        made = {
            id(scheme): (inputs_of(scheme), scorer_of(scheme))
            for scheme in self._company.library.schemes
        }
        for employee, scheme, month in self._months:
            reader, scorer = made[id(scheme)]
            inputs = reader.of(self._lines.figures_of(month))
            values = scorer.results(inputs)
            yield Scored(employee, month.period, scheme, values, inputs)

    def presence(self) -> Iterator[Problem]:
        """Months that somebody was there only in part, or not at all: the score counts all the same."""
        for employee, _, month in self._months:
            there = presence(employee, month.period)
            if there.absent or there.part:
                who = f"{employee.name}（{employee.id}）{month.period.label}"
                message = f"{who}：{there.absent or there.part}，得分照数据算出，请核对"
                yield warning(there.code or "part_month", message)


def score_file(
    schemes: Sequence[str], actuals: Path, roster: Path | None = None
) -> tuple[Scores, list[Problem]]:
    """Score every employee and month that a file of figures holds.

    Without a roster the people are those of the master workbook, where one is given, else those
    of the file, all appraised by the (first) scheme.
    """
    opened = Openings(*schemes, actuals, roster)
    source, problems = gathered(schemes, opened)
    found = source.library
    if not found.schemes:
        # Said once, not once more for every line of figures.
        nothing = Problem("no_scheme", "这里没有考核方案", Place(file="、".join(schemes)))
        none, _ = figure_lines(Rows(), (), lambda _: None)
        return Scores(Company(), none), problems if errors(problems) else [*problems, nothing]
    table, told = figure_table(opened(actuals), source.mappings, many=True)
    people, faults = _people(source, table, opened(roster) if roster else None)
    company = Company(tuple(people), found, file=roster.name if roster else "")
    faults = [*faults, *(unknown_schemes(company) if roster else ())]
    lines, more = figure_lines(table.rows, people, company.scheme_of, company.broken_scheme_of)
    scores = Scores(company, lines)
    return scores, [*problems, *faults, *told, *more, *scores.presence()]


def _people(
    source: Gathered, table: Table, roster: HandedIn | None
) -> tuple[Sequence[Employee], list[Problem]]:
    if roster is not None:
        return read_roster(roster, source.mappings)
    if source.employees is not None:
        return source.employees, []
    return read_people(table, source.library.schemes[0].id)


def _plain(value: Value) -> float | None:
    return float(value) if isinstance(value, Decimal) else None
