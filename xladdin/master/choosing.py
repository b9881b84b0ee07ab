"""Which scheme an employee is appraised by: one expression, in the workbook and in Python.

The scheme that the roster names, else the position's, else one that is meant for everybody.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from xladdin.domain.people import Employee
from xladdin.domain.schemes import Scheme
from xladdin.formula.evaluate import Cells, Value, evaluate
from xladdin.formula.nodes import (
    CellOf,
    Differs,
    Expr,
    Filled,
    If,
    IsEmpty,
    Lists,
    PlaceWhere,
    Range,
    Same,
    Text,
    Var,
    cases,
    number,
)

from .row_questions import either, equal, filled, first, some

COMPETENCY = "competency"
"""The one form of appraisal that the field ``form`` of KPI schemes does not know."""

FORMS = {"monthly": "月度考核", "sales": "销售考核", COMPETENCY: "能力考核"}
APPRAISING = Differs(Range("schemes.form"), Text(FORMS[COMPETENCY]))
"""Schemes that score indicators."""

POST = Var("post", text=True)
"""The name of the employee's position."""


def _named() -> Expr:
    """The row of the scheme that the roster names, by id or by name; 0 where there is none."""
    by_id, by_name = first("schemes.ref", "scheme"), first("schemes.alias", "scheme")
    return cases(((some(by_id), by_id),), by_name)


def _by_position() -> Expr:
    own = PlaceWhere((APPRAISING, Lists(Range("schemes.positions"), POST)))
    everybody = (
        APPRAISING,
        Same(Range("schemes.positions"), Text("")),
        Filled(Range("schemes.ref")),
    )
    return If(some(own), own, PlaceWhere(everybody))


SCHEME_AT = If(
    filled("scheme"),
    _named(),
    If(either(IsEmpty(Var("id")), IsEmpty(POST)), number(0), _by_position()),
)
"""The row of an employee's scheme; also where it is no scheme of indicators."""

SCHEME_ID = If(
    equal(CellOf(Range("schemes.form"), Var("scheme_at")), Text(FORMS[COMPETENCY])),
    Text(""),
    CellOf(Range("schemes.ref"), Var("scheme_at")),
)
"""The id of the scheme in the row ``scheme_at``; empty where it scores no indicators."""


class Schemes:
    """Schemes to choose from."""

    def __init__(self, schemes: Iterable[Scheme]) -> None:
        self._schemes = tuple(schemes)
        names = [scheme.name for scheme in self._schemes]
        self._columns: dict[str, Cells] = {
            "schemes.ref": Cells(scheme.id for scheme in self._schemes),
            "schemes.alias": Cells(name if names.count(name) == 1 else "" for name in names),
            "schemes.form": Cells(FORMS[scheme.form] for scheme in self._schemes),
            "schemes.positions": Cells("、".join(each.positions) for each in self._schemes),
        }

    def of(self, employee: Employee) -> Scheme | None:
        """The scheme that an employee is appraised by."""
        row: Mapping[str, Value] = {
            "id": employee.id,
            "scheme": employee.scheme,
            "post": employee.position,
        }
        place = evaluate(SCHEME_AT, {**self._columns, **row})
        return self._schemes[int(place) - 1] if isinstance(place, Decimal) and place else None
