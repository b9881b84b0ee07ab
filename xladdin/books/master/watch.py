"""What a sheet of the master workbook is checked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from xladdin.formula.nodes import Expr, IsEmpty, Join, Listing, Not, Text, Var, cases, one_of
from xladdin.intake.master.columns import SheetSpec

from .asking import STARTED, Computed, Need, Rule, word

PASSED, WAITING = "通过", "待填"
CHECK = "check"
PROBLEM: Expr = Not(word(CHECK, "", PASSED, WAITING))
"""The row's check has something to say."""


@dataclass(frozen=True, slots=True)
class Watch:
    """How a sheet is checked, beyond its required columns."""

    needs: tuple[Need, ...] = ()
    computed: tuple[Computed, ...] = ()
    """Columns that the checks read, and that people may look at."""
    rules: tuple[Rule, ...] = ()
    """In this order: the check names the first one that is broken."""
    unused: Mapping[str, Expr] = field(default_factory=dict)
    """Columns that have no meaning in some rows, and in which."""
    later: tuple[str, ...] = ()
    """Required columns that may be filled in later; until then the row waits."""


def all_needs(spec: SheetSpec, watch: Watch) -> tuple[Need, ...]:
    """What must be filled in on a sheet, in the order of its columns."""
    required = (column for column in spec.required if column not in watch.later)
    found = [*map(Need, required), *watch.needs]
    order = [column.key for column in spec.columns]
    return tuple(sorted(found, key=lambda need: order.index(need.column)))


def check_formula(spec: SheetSpec, watch: Watch) -> Expr:
    """The text of the 检查 column: empty, 通过, 待填, or what is wrong."""
    needed = all_needs(spec, watch)
    heads = tuple((need.lacking, spec.column(need.column).head) for need in needed)
    missing = Join((Text("缺："), Listing(heads)))
    return cases(
        (
            (Not(STARTED), Text("")),
            (one_of(tuple(need.lacking for need in needed)), missing),
            *((rule.wrong, rule.told) for rule in watch.rules),
            *((IsEmpty(Var(column)), Text(WAITING)) for column in watch.later),
        ),
        Text(PASSED),
    )
