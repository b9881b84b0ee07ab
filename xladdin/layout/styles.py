"""Named looks.  A style is a value; the writer turns each distinct one into one cell format."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

FONT = "微软雅黑"
INK, MUTED, ALERT_INK = "#1F1F1F", "#7F7F7F", "#9C0006"
HEAD_FILL, SECTION_FILL, INPUT_FILL = "#D9E5F3", "#F3F6FA", "#FFF8E1"
ALERT_FILL, MISSING_FILL, GOOD_FILL = "#FFC7CE", "#FFE699", "#E2EFDA"
LINE = "#8EA9C8"


@dataclass(frozen=True, slots=True)
class Style:
    """How a cell looks, and whether it is locked while the sheet is protected."""

    size: int = 9
    bold: bool = False
    italic: bool = False
    color: str = INK
    fill: str = ""
    align: Literal["left", "center", "right"] = "left"
    valign: Literal["top", "vcenter"] = "vcenter"
    wrap: bool = True
    border: bool = True
    line: str = LINE
    """Colour of the border."""
    number_format: str = ""
    locked: bool = True
    underline: bool = False
    rule: str = ""
    """Colour of a thick line below, where there is one."""
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


TITLE = Style(size=16, bold=True, align="center", border=False)
CAPTION = Style(size=9, color=MUTED, align="right", border=False)
HEADING = Style(size=11, bold=True, border=False)
HEAD = Style(bold=True, fill=HEAD_FILL, align="center")
LABEL = Style(bold=True, fill=SECTION_FILL, align="center")
SECTION = Style(size=10, bold=True, fill=SECTION_FILL, align="center")
TEXT = Style()
CENTER = Style(align="center")
FIGURE = Style(align="center")
SCORE = Style(bold=True, align="center", number_format="0.00")
RESULT = Style(size=12, bold=True, align="center", fill=HEAD_FILL)
NOTE = Style(size=8, color=MUTED, border=False)
PLAIN = Style(border=False)
INPUT = Style(fill=INPUT_FILL, align="center", locked=False)
INPUT_TEXT = Style(fill=INPUT_FILL, locked=False)
INPUT_BOX = Style(fill=INPUT_FILL, valign="top", locked=False)


@dataclass(frozen=True, slots=True)
class Look:
    """What a conditional format changes; without a fill, the letters alone."""

    fill: str
    color: str = INK
    bold: bool = False


MISSING = Look(MISSING_FILL)
ALERT = Look(ALERT_FILL, ALERT_INK, bold=True)
GOOD = Look(GOOD_FILL, "#375623")
UNUSED = Look("#E4E4E4", "#9A9A9A")
