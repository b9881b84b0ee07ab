"""One sheet of the master workbook, laid out from its description."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache

from xladdin.layout.cell_rules import Highlight
from xladdin.layout.cells import Block, Cell, Fixed, Link, Orientation, Paper, Result, Sheet
from xladdin.layout.styles import ALERT, MISSING
from xladdin.layout.tables import table as tables

from . import master_styles as looks
from .all_sheets import GUIDE_NAME
from .cell_kinds import Row
from .check_column import CHECK, STANDING, WAITING, WRONG, checking, highlights
from .entry_rules import check
from .row_questions import word
from .sheet_spec import Column, Computed, SheetSpec

WIDEST = 230.0
"""Characters side by side that can still be read on a page of A4."""
HIDDEN_WIDTH = 10.0
ARROW_ROOM = 13.0
"""Points below a head for the arrow of its filter, which would stand over the text."""
LIGHTS = ((WRONG, ALERT), (WAITING, MISSING))
GROUPS = {
    "people": ("roster", "raters", "figures"),
    "positions": ("positions", "duties", "standards"),
    "schemes": ("schemes", "indicators", "elements", "steps", "grades"),
    "settings": ("settings", "mappings"),
}


def check_head(key: str) -> str:
    """The head of a hidden column that is worked out."""
    return f"检查：{key}"


def state_key(sheet: str) -> str:
    """The cell that says how many rows a sheet has, and how many problems."""
    return f"state.{sheet}"


@cache
def in_order(spec: SheetSpec) -> tuple[Column | Computed, ...]:
    """The columns as they stand: the check beside what a row is about, hidden ones last."""
    worked_out = (*spec.computed, *checking(spec))
    beside = tuple(one for key in (CHECK, *spec.leading) for one in worked_out if one.key == key)
    behind = sorted((one for one in worked_out if one not in beside), key=lambda one: one.hidden)
    first, *others = spec.columns
    return (first, *beside, *others, *behind)


@cache
def _columns(spec: SheetSpec) -> tuple[tables.Column, ...]:
    return tuple(
        _entry(spec, one) if isinstance(one, Column) else _computed(one) for one in in_order(spec)
    )


def table_of(
    spec: SheetSpec,
    rows: Sequence[Row],
    formats: Mapping[tuple[int, str], str] | None = None,
    spare: int = tables.SPARE,
) -> tables.Table:
    """A sheet's rows as a table, with everything that is worked out beside them."""
    return tables.Table(
        spec.key, _columns(spec), tuple(rows), formats or {}, spare, head_room=ARROW_ROOM
    )


def table_sheet(spec: SheetSpec, table: tables.Table) -> Sheet:
    """The sheet of one description, with its rows."""
    given = [one.width for one in in_order(spec)]
    frozen = 2 + len(spec.leading)
    head = _head(spec, frozen)
    keys = [one.key for one in in_order(spec)]
    printed = 1 + keys.index(spec.printed_to) if spec.printed_to else len(keys)
    large = sum(given[:printed]) > WIDEST
    return Sheet(
        spec.name,
        tuple(width or HIDDEN_WIDTH for width in given),
        (head,),
        Paper(Orientation.LANDSCAPE, repeat=(head.height, head.height), large=large),
        freeze=(head.height + 1, frozen),
        protected=False,
        table=table,
        screen_cols=len(keys) - printed,
        tab_color=next(looks.TABS[name] for name, keys in GROUPS.items() if spec.key in keys),
    )


def _head(spec: SheetSpec, wide: int) -> Block:
    """Title, what the clerk is told, the way back, and how the sheet stands.

    All of it over the columns that stay in view: what crosses their edge is cut as soon as
    somebody scrolls.
    """
    cells = (
        Cell(0, 0, Fixed(spec.name), looks.TITLE),
        Cell(0, 1, Link(f"← 返回{GUIDE_NAME}", GUIDE_NAME), looks.BACK),
        Cell(1, 0, Fixed(spec.told), looks.TOLD, cols=wide),
        Cell(2, 0, Result(state_key(spec.key)), looks.STATE, cols=wide),
    )
    return Block(cells, 3, {0: 28.0, 1: 18.0, 2: 20.0})


def _entry(spec: SheetSpec, column: Column) -> tables.Column:
    style = looks.ENTRIES[column.kind]
    return tables.Column(
        column.key,
        column.head,
        replace(style, color=looks.ASIDE) if column.aside else style,
        looks.head_style(column),
        check=check(spec, column),
        highlights=tuple(highlights(spec, column.key)),
    )


def _computed(one: Computed) -> tables.Column:
    style = looks.SUMMED.shown_as(one.number_format) if one.number_format else looks.COMPUTED
    lights: tuple[Highlight, ...] = ()
    if one.key == CHECK:
        style = looks.CHECKED
        wrong, waits = (Highlight(word(STANDING, said), look) for said, look in LIGHTS)
        lights = (wrong, waits)
    head = one.head or check_head(one.key)
    return tables.Column(
        one.key,
        head,
        style,
        looks.COMPUTED_HEAD,
        formula=one.formula,
        highlights=lights,
        hidden=one.hidden,
    )
