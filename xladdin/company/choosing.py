"""Which schemes an employee is appraised by; for KPIs one expression, in the workbook and in Python.

The KPI scheme that the roster names, else the position's, else one that is meant for everybody.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from decimal import Decimal
from itertools import chain

from xladdin.domain.competency import CompetencyScheme
from xladdin.domain.people import Employee
from xladdin.domain.schemes import Scheme
from xladdin.formula.evaluate import Cells, Value, evaluate
from xladdin.formula.nodes import (
    CellOf,
    Compare,
    Differs,
    Expr,
    Filled,
    FirstMatch,
    If,
    IsEmpty,
    Lists,
    Not,
    PlaceWhere,
    Range,
    Rel,
    Same,
    Text,
    Var,
    cases,
    number,
    one_of,
)
from xladdin.schemes.load import Broken

COMPETENCY = "competency"
"""The one form of appraisal that the field ``form`` of KPI schemes does not know."""

FORMS = {"monthly": "月度考核", "sales": "销售考核", COMPETENCY: "能力考核"}
APPRAISING = Differs(Range("schemes.form"), Text(FORMS[COMPETENCY]))
"""Schemes that score indicators."""

POST = Var("post", text=True)
"""The name of the employee's position."""
NAMED = Var("scheme", text=True)
"""The scheme that the roster names."""
EXEMPT = Var("exempt", text=True)
"""是 where the position says 无需考核: then only a scheme that the roster names counts."""
YES = "是"


def _found(place: Expr) -> Expr:
    return Compare(Rel.GT, place, number(0))


def _named() -> Expr:
    """The row of the scheme that the roster names, by id or by name; 0 where there is none."""
    by_id, by_name = (FirstMatch(NAMED, Range(of)) for of in ("schemes.ref", "schemes.alias"))
    return cases(((_found(by_id), by_id),), by_name)


def by_position(post: Expr) -> Expr:
    """The row of the scheme of a position, else of one for everybody; 0 where there is none."""
    own = PlaceWhere((APPRAISING, Lists(Range("schemes.positions"), post)))
    everybody = (
        APPRAISING,
        Same(Range("schemes.positions"), Text("")),
        Filled(Range("schemes.ref")),
    )
    return If(_found(own), own, PlaceWhere(everybody))


SCHEME_AT = If(
    Not(IsEmpty(Var("scheme"))),
    _named(),
    If(
        one_of((IsEmpty(Var("id")), IsEmpty(POST), Not(IsEmpty(EXEMPT)))),
        number(0),
        by_position(POST),
    ),
)
"""The row of an employee's scheme; also where it is no scheme of indicators."""

SCHEME_ID = If(
    Compare(Rel.EQ, CellOf(Range("schemes.form"), Var("scheme_at")), Text(FORMS[COMPETENCY])),
    Text(""),
    CellOf(Range("schemes.ref"), Var("scheme_at")),
)
"""The id of the scheme in the row ``scheme_at``; empty where it scores no indicators."""


class Schemes:
    """KPI schemes to choose from; whoever has the same position is asked about once."""

    def __init__(self, schemes: Iterable[Scheme], exempt: Collection[str] = ()) -> None:
        self._schemes = tuple(schemes)
        self._exempt = frozenset(exempt)
        """Names of positions that say 无需考核."""
        self._chosen: dict[tuple[str, str], Scheme | None] = {}
        names = Counter(scheme.name for scheme in self._schemes)
        self._columns: dict[str, Cells] = {
            "schemes.ref": Cells(scheme.id for scheme in self._schemes),
            "schemes.alias": Cells(
                scheme.name if names[scheme.name] == 1 else "" for scheme in self._schemes
            ),
            "schemes.form": Cells(FORMS[scheme.form] for scheme in self._schemes),
            "schemes.positions": Cells("、".join(each.positions) for each in self._schemes),
        }

    def of(self, employee: Employee) -> Scheme | None:
        """The scheme that an employee is appraised by."""
        key = (employee.scheme, employee.position)
        if key not in self._chosen:
            self._chosen[key] = self._choose(employee)
        return self._chosen[key]

    def _choose(self, employee: Employee) -> Scheme | None:
        row: Mapping[str, Value] = {
            "id": employee.id,
            "scheme": employee.scheme,
            "post": employee.position,
            "exempt": YES if employee.position in self._exempt else "",
        }
        place = evaluate(SCHEME_AT, {**self._columns, **row})
        return self._schemes[int(place) - 1] if isinstance(place, Decimal) and place else None


def broken_for(
    employee: Employee,
    named: str,
    chosen: Scheme | CompetencyScheme | None,
    broken: Sequence[Broken],
) -> Broken | None:
    """The scheme with faults that would be an employee's, had it none: then there is no other.

    ``named``: by which scheme the roster says; ``chosen``: the employee's among the sound ones.
    """
    if named:
        fits = [each for each in broken if named in (each.id, each.name)]
        return fits[0] if fits and chosen is None else None
    if chosen is not None and employee.position in chosen.positions:
        return None
    own = (each for each in broken if employee.position in each.positions)
    general = (each for each in broken if chosen is None and not each.positions)
    return next(chain(own, general), None)


class CompetencySchemes:
    """Competency schemes to choose from: the position's, else one that is for everybody."""

    def __init__(self, schemes: Iterable[CompetencyScheme]) -> None:
        self._by_position: dict[str, CompetencyScheme] = {}
        self._general: CompetencyScheme | None = None
        for scheme in schemes:
            for position in scheme.positions:
                self._by_position.setdefault(position, scheme)
            if not scheme.positions:
                self._general = self._general or scheme

    def of(self, employee: Employee) -> CompetencyScheme | None:
        """The competency scheme that an employee is rated by."""
        return self._by_position.get(employee.position, self._general)
