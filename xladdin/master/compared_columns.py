"""The columns of which formulas ask more than whether something stands there, and how long it is.

In every other one a full-width comma is as good to them as another: remarks and origins are full of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from xladdin.formula.nodes import Contains, Expr, IsEmpty, Join, Length, Var
from xladdin.formula.walk import children, ranges

from .all_sheets import SHEETS
from .check_column import checking
from .list_sheet import lists_table

SIGNS = str.maketrans("，：；！？（）", ",:;!?()")
"""What people write in texts, and what it is read as; as long, and sought by no formula that looks for signs."""
_SOUGHT = frozenset(map(chr, [*SIGNS, *SIGNS.values()]))


@cache
def compared_columns() -> frozenset[str]:
    """``roster.id`` and all others whose texts are held against something."""
    found: set[str] = set()
    for spec in SHEETS:
        formulas = [one.formula for one in (*spec.computed, *checking(spec))]
        for expr in (*formulas, *(rule.wrong for rule in spec.rules)):
            found |= {f"{spec.key}.{name}" for name in _weighed(expr)} | set(ranges(expr))
    for column in lists_table().columns:
        if column.formula is not None:
            found |= set(ranges(column.formula))
    return frozenset(found)


def _weighed(expr: Expr) -> Iterator[str]:
    """The columns of the same row of which the signs matter."""
    match expr:
        case Var(name=name):
            yield name
        case IsEmpty(of=Var()) | Length(of=Var()):
            return
        case Contains(of=Join(parts=parts), parts=sought) if _SOUGHT.isdisjoint("".join(sought)):
            for part in parts:
                if not isinstance(part, Var):
                    yield from _weighed(part)
        case _:
            for child in children(expr):
                yield from _weighed(child)
