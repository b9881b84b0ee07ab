"""One sheet of the master workbook, laid out from its description."""

from __future__ import annotations

from collections.abc import Iterator

from xladdin.formula.nodes import AllOf, IsEmpty, Var, all_of
from xladdin.intake.master.columns import Column, SheetSpec
from xladdin.intake.master.sheets import GUIDE_NAME
from xladdin.layout.cell_rules import Highlight
from xladdin.layout.cells import Block, Cell, Fixed, Link, Orientation, Paper, Result, Sheet
from xladdin.layout.styles import ALERT, MISSING, UNUSED
from xladdin.layout.tables import table as tables

from . import looks
from .asking import STARTED, Computed, filled, word
from .formats import Rows, number_formats
from .inputs import check
from .watch import CHECK, PROBLEM, WAITING, Watch, all_needs, check_formula
from .watching import WATCHES

CHECK_HEAD, CHECK_WIDTH = "检查", 30.0
WIDEST = 230.0
"""Characters side by side that can still be read on a page of A4."""
FROZEN = {
    "roster": 2,
    "positions": 2,
    "duties": 2,
    "standards": 2,
    "schemes": 2,
    "indicators": 5,
    "elements": 3,
    "steps": 2,
    "grades": 2,
    "raters": 2,
    "figures": 4,
}
"""Columns that stay in view: what a row is about."""
GROUPS = {
    "people": ("roster", "raters", "figures"),
    "positions": ("positions", "duties", "standards"),
    "schemes": ("schemes", "indicators", "elements", "steps", "grades"),
    "settings": ("settings", "mappings"),
}


def state_key(sheet: str) -> str:
    """The cell that says how many rows a sheet has, and how many problems."""
    return f"state.{sheet}"


def table_sheet(spec: SheetSpec, rows: Rows) -> Sheet:
    """The sheet of one description, with its rows."""
    watch = WATCHES[spec.key]
    entries = tuple(_entry(spec, column, watch) for column in spec.columns)
    computed = tuple(_computed(item) for item in watch.computed)
    table = tables.Table(
        spec.key,
        (*entries, *computed, _check(spec, watch)),
        tuple(rows.get(spec.key, ())),
        number_formats(spec, rows),
    )
    widths = (
        *(column.width for column in spec.columns),
        *(item.width for item in watch.computed),
        CHECK_WIDTH,
    )
    head = _head(spec)
    return Sheet(
        spec.name,
        widths,
        (head,),
        Paper(Orientation.LANDSCAPE, repeat=(head.height, head.height), large=sum(widths) > WIDEST),
        freeze=(head.height + 1, FROZEN.get(spec.key, 1)),
        protected=False,
        table=table,
        tab_color=next(looks.TABS[name] for name, keys in GROUPS.items() if spec.key in keys),
    )


def _head(spec: SheetSpec) -> Block:
    """Title, what the clerk is told, the way back, and how the sheet stands."""
    cells = (
        Cell(0, 0, Fixed(spec.name), looks.TITLE),
        Cell(1, 0, Fixed(spec.told), looks.TOLD),
        Cell(2, 0, Link(f"← 返回{GUIDE_NAME}", GUIDE_NAME), looks.BACK),
        Cell(2, 2, Result(state_key(spec.key)), looks.STATE),
    )
    return Block(cells, 3, {0: 28.0, 1: 18.0, 2: 20.0})


def _entry(spec: SheetSpec, column: Column, watch: Watch) -> tables.Column:
    return tables.Column(
        column.key,
        column.head,
        looks.ENTRIES[column.kind],
        looks.head_style(column),
        check=check(spec, column),
        highlights=tuple(_highlights(spec, column, watch)),
    )


def _highlights(spec: SheetSpec, column: Column, watch: Watch) -> Iterator[Highlight]:
    """What is missing, what is wrong, what the row does not use."""
    for need in all_needs(spec, watch):
        if need.column == column.key:
            yield Highlight(AllOf((STARTED, need.lacking)), MISSING)
    if column.key in watch.later:
        yield Highlight(AllOf((STARTED, IsEmpty(Var(column.key)))), MISSING)
    for rule in watch.rules:
        if rule.marks == column.key:
            yield Highlight(all_of((filled(column.key), rule.wrong)), ALERT)
    if column.key in watch.unused:
        yield Highlight(watch.unused[column.key], UNUSED)
    if column is spec.columns[0]:
        yield Highlight(PROBLEM, MISSING)


def _computed(item: Computed) -> tables.Column:
    return tables.Column(
        item.key,
        item.head,
        looks.SUMMED.shown_as(item.number_format) if item.number_format else looks.COMPUTED,
        looks.COMPUTED_HEAD,
        formula=item.formula,
        hidden=item.hidden,
    )


def _check(spec: SheetSpec, watch: Watch) -> tables.Column:
    waiting = (Highlight(word(CHECK, WAITING), MISSING),) if watch.later else ()
    return tables.Column(
        CHECK,
        CHECK_HEAD,
        looks.CHECKED,
        looks.COMPUTED_HEAD,
        formula=check_formula(spec, watch),
        highlights=(Highlight(PROBLEM, ALERT), *waiting),
    )
