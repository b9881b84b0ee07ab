"""A company's data as the rows of the master workbook: what each cell holds, not how it looks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from xladdin.company.choosing import COMPETENCY
from xladdin.company.company import Company, Figure
from xladdin.company.target_growth import USUAL_BASE, Growths
from xladdin.domain.competency import Assignment, CompetencyScheme
from xladdin.domain.people import Employee
from xladdin.domain.positions import Position
from xladdin.domain.quantities import plain
from xladdin.domain.schemes import Indicator, Scheme

from .cell_kinds import Row
from .indicator_sheet import INDICATORS
from .level_sheets import ELEMENTS, GRADES
from .people_sheets import FIGURES
from .position_sheets import DUTIES, POSITIONS, STANDARDS
from .rater_sheet import RATERS
from .roster_sheet import ROSTER
from .scheme_sheets import SCHEMES, UNLIMITED
from .setting_columns import COLUMNS, PARAMETERS
from .setting_sheets import MAPPINGS, SETTINGS
from .step_sheet import STEPS


def rows_of(company: Company) -> dict[str, list[Row]]:
    """Sheet key -> its rows, each column key -> what the cell holds."""
    figures = _Figures(company)
    return {
        "roster": [ROSTER.row(employee) for employee in company.employees],
        **_positions(company.library.positions),
        **_schemes(company),
        "raters": [_rater(company, line) for line in company.raters],
        "figures": [figures.row(figure) for figure in company.figures],
        "settings": [SETTINGS.row(item, setting=item.name) for item in company.settings],
        "mappings": [MAPPINGS.row(item) for item in company.mappings],
    }


def _rater(company: Company, line: Assignment) -> Row:
    ratee = company.people.get(line.ratee)
    return RATERS.row(line, ratee_name=ratee.name if ratee else None)


def _positions(positions: tuple[Position, ...]) -> dict[str, list[Row]]:
    called = _unmistakable(positions)
    duties = [(called[one.id], duty) for one in positions for duty in one.duties]
    return {
        "positions": [POSITIONS.row(position) for position in positions],
        "duties": [DUTIES.row(duty, position=owner) for owner, duty in duties],
        "standards": [
            STANDARDS.row(standard, position=owner, rank=duty.rank)
            for owner, duty in duties
            for standard in duty.standards
        ],
    }


def _schemes(company: Company) -> dict[str, list[Row]]:
    schemes, competencies = company.library.schemes, company.library.competencies
    called = _unmistakable([*schemes, *competencies])
    return {
        "schemes": [*map(_scheme, schemes), *map(_competency, competencies)],
        "indicators": [
            row for each in schemes for row in _indicators(each, called[each.id], company.growths)
        ],
        "elements": [
            ELEMENTS.row(each, scheme=called[item.id])
            for item in competencies
            for each in item.elements
        ],
        "steps": [
            *(row for each in schemes for row in _steps(each, called[each.id])),
            *(row for each in competencies for row in _descriptors(each, called[each.id])),
        ],
        "grades": [
            *(GRADES.row(grade, scheme=called[it.id]) for it in schemes for grade in it.grades),
            *(
                GRADES.row(level, scheme=called[it.id])
                for it in competencies
                for level in it.levels
            ),
        ],
    }


def _scheme(scheme: Scheme) -> Row:
    cap = scheme.total.cap
    steps = tuple(map(str, scheme.bonus_rule.steps or ())) or None
    weights = tuple(map(plain, scheme.average_rule.month_weights or ())) or None
    cells = {"bonus_steps": steps, "average_weights": weights}
    return SCHEMES.row(scheme, cap=UNLIMITED if cap is None else cap, **cells)


def _competency(scheme: CompetencyScheme) -> Row:
    return SCHEMES.row(scheme, form=COMPETENCY, note=scheme.purpose)


def _indicators(scheme: Scheme, called: str, growths: Growths) -> Iterator[Row]:
    for section in scheme.sections:
        for item in section.indicators:
            named: dict[str, Any] = {"section": section.name, "section_id": section.id}
            kind = item.method.kind
            settings = _settings(kind, item.method)
            if item.within is not None:
                named |= {"section_weight": section.weight, "weight": item.within}
            if growth := growths.get((scheme.id, item.id)):
                base = None if growth.base is USUAL_BASE else growth.base
                named |= {"growth": growth.rate, "growth_base": base}
            yield INDICATORS.row(item, scheme=called, method=kind, **named, **settings)
    for extra in scheme.adjustments:
        settings = _settings(extra.kind, extra)
        yield INDICATORS.row(
            extra, scheme=called, method=extra.kind, definition=extra.criteria, **settings
        )


def _settings(kind: str, owner: object) -> dict[str, Any]:
    used = {item.column: item.stated.of(owner) for item in PARAMETERS[kind]}
    return {column: used.get(column) for column in COLUMNS}


def _steps(scheme: Scheme, called: str) -> Iterator[Row]:
    items = _unmistakable([*scheme.indicators, *scheme.adjustments])
    for item in scheme.indicators:
        for line in _lines(item):
            yield STEPS.row(None, scheme=called, item=items[item.id], **line)


def _lines(item: Indicator) -> list[dict[str, Any]]:
    lines: list[dict[str, Any]] = []
    # The best first: of a line, which ends in its model with the best, that is the last end.
    for each in reversed(item.method.lists()):
        found = getattr(item.method, each.field)
        for entry in (found,) if each.single else found:
            columns = each.listed.kind.columns.items()
            values = {column: getattr(entry, name) for column, name in columns}
            lines.append({"kind": each.listed.kind.key, **values})
    return lines


def _descriptors(scheme: CompetencyScheme, called: str) -> Iterator[Row]:
    items = _unmistakable(scheme.elements)
    for element in scheme.elements:
        for wording in element.descriptors:
            yield STEPS.row(
                None, scheme=called, item=items[element.id], kind="descriptors", text=wording
            )


@dataclass(slots=True)
class _Figures:
    """Writes figures with the names of their indicators, where a name says which is meant."""

    company: Company
    labels: dict[str, dict[str, str]] = field(default_factory=dict)

    def row(self, figure: Figure) -> Row:
        actual = figure.actual
        employee = self.company.people.get(actual.employee)
        labels = self._labels(employee) if employee else {}
        return FIGURES.row(
            actual,
            name=employee.name if employee else None,
            indicator=labels.get(actual.indicator, actual.indicator),
            state=figure.state,
            origin=figure.origin,
        )

    def _labels(self, employee: Employee) -> dict[str, str]:
        """Id -> name, of the indicators and adjustments in an employee's scheme."""
        if employee.id not in self.labels:
            scheme = self.company.scheme_of(employee)
            items: list[_Called] = [*scheme.indicators, *scheme.adjustments] if scheme else []
            self.labels[employee.id] = _unmistakable(items)
        return self.labels[employee.id]


class _Called(Protocol):
    @property
    def id(self) -> str: ...

    @property
    def name(self) -> str: ...


def _unmistakable(items: Sequence[_Called]) -> dict[str, str]:
    """Id -> what rows of other sheets call it: by name, unless that may mean another one."""
    pairs = [(item.id, item.name) for item in items]
    taken = Counter(key.casefold() for pair in pairs for key in {one.casefold() for one in pair})
    return {id_: name if taken[name.casefold()] == 1 else id_ for id_, name in pairs}
