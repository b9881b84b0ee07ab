"""A company's data as the rows of the master workbook: what each cell holds, not how it looks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from xladdin.company.choosing import COMPETENCY
from xladdin.company.company import Company, Figure
from xladdin.domain.competency import Assignment, CompetencyScheme
from xladdin.domain.people import Employee
from xladdin.domain.positions import Position
from xladdin.domain.schemes import Indicator, Scheme
from xladdin.schemes.library import Library

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
        **_schemes(company.library),
        "raters": [_rater(company, line) for line in company.raters],
        "figures": [figures.row(figure) for figure in company.figures],
        "settings": [SETTINGS.row(item, setting=item.name) for item in company.settings],
        "mappings": [MAPPINGS.row(item) for item in company.mappings],
    }


def _rater(company: Company, line: Assignment) -> Row:
    ratee = company.people.get(line.ratee)
    return RATERS.row(line, ratee_name=ratee.name if ratee else None)


def _positions(positions: tuple[Position, ...]) -> dict[str, list[Row]]:
    duties = [(position.id, duty) for position in positions for duty in position.duties]
    return {
        "positions": [POSITIONS.row(position) for position in positions],
        "duties": [DUTIES.row(duty, position=owner) for owner, duty in duties],
        "standards": [
            STANDARDS.row(standard, position=owner, rank=duty.rank)
            for owner, duty in duties
            for standard in duty.standards
        ],
    }


def _schemes(library: Library) -> dict[str, list[Row]]:
    schemes, competencies = library.schemes, library.competencies
    return {
        "schemes": [*map(_scheme, schemes), *map(_competency, competencies)],
        "indicators": [row for scheme in schemes for row in _indicators(scheme)],
        "elements": [
            ELEMENTS.row(each, scheme=item.id) for item in competencies for each in item.elements
        ],
        "steps": [
            *(row for each in schemes for item in each.indicators for row in _steps(each, item)),
            *(row for item in competencies for row in _descriptors(item)),
        ],
        "grades": [
            *(GRADES.row(grade, scheme=item.id) for item in schemes for grade in item.grades),
            *(GRADES.row(level, scheme=item.id) for item in competencies for level in item.levels),
        ],
    }


def _scheme(scheme: Scheme) -> Row:
    cap = scheme.total.cap
    steps = tuple(map(str, scheme.bonus_rule.steps or ())) or None
    return SCHEMES.row(scheme, cap=UNLIMITED if cap is None else cap, bonus_steps=steps)


def _competency(scheme: CompetencyScheme) -> Row:
    return SCHEMES.row(scheme, form=COMPETENCY, note=scheme.purpose)


def _indicators(scheme: Scheme) -> Iterator[Row]:
    for section in scheme.sections:
        for item in section.indicators:
            named: dict[str, Any] = {"section": section.name, "section_id": section.id}
            kind = item.method.kind
            settings = _settings(kind, item.method)
            if item.within is not None:
                named |= {"section_weight": section.weight, "weight": item.within}
            yield INDICATORS.row(item, scheme=scheme.id, method=kind, **named, **settings)
    for extra in scheme.adjustments:
        settings = _settings(extra.kind, extra)
        told = extra.criteria
        yield INDICATORS.row(
            extra, scheme=scheme.id, method=extra.kind, definition=told, **settings
        )


def _settings(kind: str, owner: object) -> dict[str, Any]:
    used = {item.column: item.stated.of(owner) for item in PARAMETERS[kind]}
    return {column: used.get(column) for column in COLUMNS}


def _steps(scheme: Scheme, item: Indicator) -> list[Row]:
    lines: list[dict[str, Any]] = []
    # The best first: of a line, which ends in its model with the best, that is the last end.
    for each in reversed(item.method.lists()):
        found = getattr(item.method, each.field)
        for entry in (found,) if each.single else found:
            columns = each.listed.kind.columns.items()
            values = {column: getattr(entry, name) for column, name in columns}
            lines.append({"kind": each.listed.kind.key, **values})
    return [STEPS.row(None, scheme=scheme.id, item=item.id, **line) for line in lines]


def _descriptors(scheme: CompetencyScheme) -> Iterator[Row]:
    for element in scheme.elements:
        for wording in element.descriptors:
            yield STEPS.row(
                None, scheme=scheme.id, item=element.id, kind="descriptors", text=wording
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
            self.labels[employee.id] = _unmistakable(scheme) if scheme else {}
        return self.labels[employee.id]


def _unmistakable(scheme: Scheme) -> dict[str, str]:
    items = [
        *((item.id, item.name) for item in scheme.indicators),
        *((item.id, item.name) for item in scheme.adjustments),
    ]
    taken = [key for pair in items for key in set(pair)]
    return {id_: name for id_, name in items if taken.count(name) == 1}
