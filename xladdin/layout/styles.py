"""Named looks.  A style is a value; the writer turns each distinct one into one cell format."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from . import theme

FONT, INK, MUTED, ALERT_INK = theme.FONT, theme.INK, theme.MUTED, theme.WRONG_INK
HEAD_FILL, INPUT_FILL = theme.BAND_STRONG, theme.INPUT
ALERT_FILL, MISSING_FILL, GOOD_FILL = theme.WRONG, theme.MISSING, theme.GOOD


@dataclass(frozen=True, slots=True)
class Style:
    """How a cell looks, and whether it is locked while the sheet is protected."""

    size: int = theme.BODY
    bold: bool = False
    italic: bool = False
    color: str = INK
    fill: str = ""
    align: Literal["left", "center", "right"] = "left"
    valign: Literal["top", "vcenter", "bottom"] = "vcenter"
    wrap: bool = True
    border: bool = True
    line: str = theme.HAIRLINE
    """Colour of the border."""
    number_format: str = ""
    locked: bool = True
    underline: bool = False
    rule: str = ""
    """Colour of a strong line below, where there is one."""
    accent: str = ""
    """Colour of a thick line at the left."""
    indent: int = 0
    rotated: bool = False
    """Chinese set vertically, one character under the other."""

    def shown_as(self, number_format: str) -> Style:
        """The same look with a number format."""
        return replace(self, number_format=number_format)

    @property
    def below_the_table(self) -> Style:
        """The same letters and number format where no cell has been drawn yet."""
        return replace(self, border=False, fill="")


TITLE = Style(size=theme.TITLE, bold=True, align="center", border=False, rule=theme.BRAND)
COMPANY = Style(bold=True, color=theme.BRAND, border=False, wrap=False)
CAPTION = Style(color=MUTED, align="right", border=False, wrap=False)
HEADING = Style(size=theme.HEADING, bold=True, color=theme.BRAND, border=False)
HEAD = Style(bold=True, color=theme.ON_BRAND, fill=theme.BRAND, align="center")
LABEL = Style(bold=True, fill=theme.BAND, align="center")
SECTION = Style(bold=True, color=theme.BRAND, fill=theme.BAND, align="center")
TEXT = Style()
CENTER = Style(align="center")
FIGURE = Style(align="center")
NAME = Style(bold=True, indent=1)
PROGRESS = Style(bold=True, color=theme.BRAND, fill=theme.BAND, align="center", border=False)
SOURCE = Style(color=MUTED, align="center")
REMARK = Style(color=MUTED)
SCORE = Style(bold=True, align="center", number_format="0.00")
SUBTOTAL = Style(bold=True, fill=theme.BAND, align="right", indent=1)
SUBTOTAL_SCORE = Style(bold=True, fill=theme.BAND, align="center", number_format="0.00")
RESULT = Style(size=theme.HEADING, bold=True, align="center", fill=theme.BAND_STRONG)
GRAND = Style(size=theme.TITLE, bold=True, align="center", fill=theme.BAND)
NOTE = Style(color=MUTED, border=False)
PLAIN = Style(border=False)
BAR = Style(size=theme.SMALL, color=MUTED, border=False, fill=theme.BAND)
"""The bar above the paper, for the screen alone."""
INPUT = Style(fill=INPUT_FILL, align="center", locked=False)
INPUT_TEXT = Style(fill=INPUT_FILL, locked=False)
INPUT_BOX = Style(fill=INPUT_FILL, valign="top", locked=False)
ANSWER = Style(size=theme.HEADING, bold=True, align="center", fill=INPUT_FILL, locked=False)
LETTER = Style(border=False, indent=1, fill=theme.BAND)
BOX_LABEL = Style(bold=True, valign="top", fill=theme.BAND)
COUNT = Style(size=theme.SMALL, color=MUTED, align="center", border=False)
SERVED = Style(size=theme.HEADING, bold=True, border=False, indent=1)
QUESTION = Style(size=theme.HEADING, indent=1)
SIGNED = Style(color=MUTED, valign="bottom", border=False, rule=MUTED)
COMPUTED = Style(align="center", fill=theme.QUIET)
LINK = Style(size=theme.SMALL, color=theme.LINK, underline=True, border=False)


@dataclass(frozen=True, slots=True)
class Look:
    """What a conditional format changes; without a fill, the letters alone."""

    fill: str
    color: str = INK
    bold: bool = False
    line: str = ""
    """The colour of a line around each cell."""


MISSING = Look(MISSING_FILL)
ALERT = Look(ALERT_FILL, ALERT_INK, bold=True)
GOOD = Look(GOOD_FILL, theme.GOOD_INK)
UNUSED = Look(theme.QUIET, theme.QUIET_INK)
DRAWN = Look("", line=theme.HAIRLINE)
FILLED = Look(theme.PAPER)
"""What was asked and is there."""
