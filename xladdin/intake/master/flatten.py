"""A company's data as the rows of the master workbook: what each cell holds, not how it looks.

Shares of 100 are fractions (20 points are 0.2, shown as 20%), measures stand in the unit of their
row, choices are Chinese words, lists are joined by 、 or by line breaks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from xladdin.domain.people import Employee
from xladdin.domain.schemes import Scheme

from .content import Content, Figure
from .flatten_positions import position_rows
from .flatten_schemes import scheme_rows
from .values import CellValue, Row, text
from .words import word

__all__ = ["CellValue", "Row", "rows_of"]


def rows_of(content: Content) -> dict[str, list[Row]]:
    """Sheet key -> its rows, each column key -> what the cell holds."""
    names = {employee.id: employee.name for employee in content.employees}
    figures = _Figures({item.id: item for item in content.employees}, content.scheme_of)
    return {
        "roster": [_employee(employee) for employee in content.employees],
        **position_rows(content.library.positions),
        **scheme_rows(content.library),
        "raters": [
            {
                "ratee": line.ratee,
                "ratee_name": text(names.get(line.ratee, "")),
                "source": word("raters", "source", line.source.value),
                "rater": line.rater,
                "rater_id": text(line.rater_id),
            }
            for line in content.raters
        ],
        "figures": [figures.row(figure) for figure in content.figures],
        "settings": [
            {"setting": item.name, "value": text(item.value), "remark": text(item.remark)}
            for item in content.settings
        ],
        "mappings": [
            {
                "column": item.column,
                "target": item.target,
                "unit": word("mappings", "unit", item.unit.value) if item.unit else None,
                "remark": text(item.remark),
            }
            for item in content.mappings
        ],
    }


def _employee(employee: Employee) -> Row:
    return {
        "id": employee.id,
        "name": employee.name,
        "nickname": text(employee.nickname),
        "department": employee.department,
        "position": employee.position,
        "superior": text(employee.superior),
        "scheme": text(employee.scheme),
    }


@dataclass(slots=True)
class _Figures:
    """Writes figures with the names of their indicators, where a name says which is meant."""

    employees: dict[str, Employee]
    scheme_of: Callable[[Employee], Scheme | None]
    labels: dict[str, dict[str, str]] = field(default_factory=dict)

    def row(self, figure: Figure) -> Row:
        actual = figure.actual
        employee = self.employees.get(actual.employee)
        labels = self._labels(employee) if employee else {}
        return {
            "period": str(actual.period),
            "employee": actual.employee,
            "name": employee.name if employee else None,
            "indicator": labels.get(actual.indicator, actual.indicator),
            "target": actual.target,
            "actual": actual.actual,
            "remark": text(actual.remark),
            "state": text(figure.state),
            "origin": text(figure.origin),
        }

    def _labels(self, employee: Employee) -> dict[str, str]:
        """Id -> name, of the indicators and adjustments in an employee's scheme."""
        if employee.id not in self.labels:
            scheme = self.scheme_of(employee)
            self.labels[employee.id] = _unmistakable(scheme) if scheme else {}
        return self.labels[employee.id]


def _unmistakable(scheme: Scheme) -> dict[str, str]:
    items: Iterable[tuple[str, str]] = [
        *((item.id, item.name) for item in scheme.indicators),
        *((item.id, item.name) for item in scheme.adjustments),
    ]
    taken = [key for pair in items for key in set(pair)]
    return {id_: name for id_, name in items if taken.count(name) == 1}
