"""What the sheets of the master workbook look like."""

from __future__ import annotations

from dataclasses import replace

from xladdin.layout.styles import HEAD_FILL, MUTED, Style

from .cell_kinds import Kind
from .sheet_spec import Column

DEEP, PALE, QUIET = "#1F4E79", HEAD_FILL, "#EDEDED"
GRID = "#C3D0E0"
LETTERS = 10
ASIDE = "#7F7F7F"
"""Letters of what only concerns whoever looks after the file."""

TITLE = Style(size=14, bold=True, color=DEEP, border=False, wrap=False)
TOLD = Style(color="#595959", border=False)
BACK = Style(color="#0563C1", underline=True, border=False, wrap=False)
STATE = Style(bold=True, color=DEEP, border=False, wrap=False)

OPTIONAL_HEAD = Style(size=LETTERS, bold=True, fill=PALE, valign="top", line=GRID)
REQUIRED_HEAD = replace(OPTIONAL_HEAD, fill=DEEP, color="#FFFFFF")
COMPUTED_HEAD = replace(OPTIONAL_HEAD, fill="#D9D9D9", color="#595959")

ENTRY = Style(size=LETTERS, line=GRID)
CENTERED = replace(ENTRY, align="center")
RIGHT = replace(ENTRY, align="right")
COMPUTED = replace(ENTRY, fill=QUIET, color="#595959")
SUMMED = replace(COMPUTED, align="right")
CHECKED = replace(ENTRY, fill=QUIET, color="#548235")

SHARE_FORMAT, TEXT_FORMAT, DATE_FORMAT = "0.0%", "@", "yyyy-mm-dd"

ENTRIES: dict[Kind, Style] = {
    Kind.TEXT: ENTRY,
    Kind.LONG: ENTRY,
    Kind.KEY: ENTRY.shown_as(TEXT_FORMAT),
    Kind.NUMBER: RIGHT,
    Kind.WHOLE: CENTERED,
    Kind.POINTS: RIGHT.shown_as(SHARE_FORMAT),
    Kind.RATIO: RIGHT.shown_as(SHARE_FORMAT),
    Kind.RATE: RIGHT.shown_as(SHARE_FORMAT),
    Kind.MEASURE: RIGHT,
    Kind.CHOICE: CENTERED,
    Kind.YES_NO: CENTERED,
    Kind.NAMES: ENTRY,
    Kind.LINES: ENTRY,
    Kind.DATE: CENTERED.shown_as(DATE_FORMAT),
    # As text, so that 2026-11 does not become a date.
    Kind.DUE: ENTRY,
    Kind.PERIOD: CENTERED.shown_as(TEXT_FORMAT),
}

TABS = {
    "people": "#2E75B6",
    "positions": "#70AD47",
    "schemes": "#C55A11",
    "settings": MUTED,
    "guide": DEEP,
}


def head_style(column: Column) -> Style:
    """Dark where the column must be filled in, grey where nobody need care for it."""
    if column.aside:
        return COMPUTED_HEAD
    return REQUIRED_HEAD if column.required else OPTIONAL_HEAD
