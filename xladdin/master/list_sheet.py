"""The hidden sheet 列表: what drop-downs offer and checks look up, and no other sheet holds."""

from __future__ import annotations

from decimal import Decimal
from itertools import zip_longest

from xladdin.domain.people import day_number
from xladdin.domain.quantities import FACTS, Unit
from xladdin.formula.nodes import Expr, If, NthFilled, Range, Rising, Text, Var, number
from xladdin.intake.times import FIRST_DATE, LAST_DATE
from xladdin.layout.cells import Sheet
from xladdin.layout.tables.table import NUMBER, Column, Table, TableCell

from . import master_styles as looks
from .entry_rules import LISTS, long_lists
from .row_questions import equal

SHEET_NAME = "列表"
DEPARTMENTS = 60
"""So many different departments are offered."""
UNITS = tuple(FACTS)
"""The units in the order of their rows: place 1 is the first."""


def unit_in(place: object) -> Unit | None:
    """The unit that stands in a row of the list; none in row 0."""
    return UNITS[int(place) - 1] if isinstance(place, Decimal) and place > 0 else None


def _units() -> dict[str, tuple[TableCell, ...]]:
    """What a figure in each unit may be; an hour of a date does not count."""
    days = {Unit.DATE: (day_number(FIRST_DATE), day_number(LAST_DATE))}
    spans = [days.get(unit, (facts.low, facts.high)) for unit, facts in FACTS.items()]
    return {
        "unit": tuple(facts.label for facts in FACTS.values()),
        "unit_low": tuple(low for low, _ in spans),
        "unit_high": tuple(high for _, high in spans),
        "unit_whole": tuple(Decimal(facts.whole) for facts in FACTS.values()),
    }


def lists_table() -> Table:
    """Departments as the positions name them, units, and choices too long for a validation."""
    fixed: dict[str, tuple[TableCell, ...]] = {**long_lists(), **_units()}
    rows = [
        {key: one for key, one in zip(fixed, cells, strict=True) if one is not None}
        for cells in zip_longest(*fixed.values())
    ]
    columns = [Column(key, key, looks.ENTRY, looks.COMPUTED_HEAD) for key in fixed]
    computed: dict[str, Expr] = {
        "department": NthFilled(Range("positions.fresh"), Var(NUMBER)),
        # Only one cell asks: whether figures stand in their usual order tells for all of them.
        "rising": If(
            equal(Var(NUMBER), number(1)),
            If(Rising(Range("figures.code")), Text("1"), Text("0")),
            Text(""),
        ),
    }
    worked_out = [
        Column(key, key, looks.COMPUTED, looks.COMPUTED_HEAD, formula=formula)
        for key, formula in computed.items()
    ]
    spare = max(0, DEPARTMENTS - len(rows))
    return Table(LISTS, (*columns, *worked_out), tuple(rows), spare=spare)


def lists_sheet() -> Sheet:
    """The sheet, which nobody sees."""
    table = lists_table()
    widths = (20.0,) * len(table.columns)
    return Sheet(SHEET_NAME, widths, (), protected=False, visibility="very_hidden", table=table)
