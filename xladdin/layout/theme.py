"""How all that we write looks: colours and letters, said here once and nowhere else.

Readable in grey print: colours never mean anything that words or numbers do not say as well.  Every
ink stands on every ground that it is used on at a contrast of 4.5 at least (WCAG 2.1, AA).
"""

from __future__ import annotations

FONT = "微软雅黑"

SMALL, BODY, HEADING, TITLE = 9, 10, 12, 18
"""Sizes of letters, in points: hints and captions, all else, results and headings, the title."""

PAPER = "#FFFFFF"
INK, MUTED, ON_BRAND = "#1F2937", "#565F6E", "#FFFFFF"
"""Letters; of captions and of what matters less; and on the brand's colour."""
BRAND = "#1F4E79"
BAND = "#EEF3F9"
"""The ground of labels and of what is computed."""
BAND_STRONG = "#DCE6F1"
HAIRLINE = "#BAC7D6"
QUIET, QUIET_INK = "#ECEEF1", "#5F6773"
"""The ground of what is not used, and letters on it."""
LINK = "#0B57A4"

INPUT, MISSING = "#FFF8DC", "#FFE3A3"
"""To be filled in; not yet filled in, although it has to be."""
WRONG, WRONG_INK, WRONG_STRONG = "#FFD3D6", "#9C0006", "#9C2A1F"
GOOD, GOOD_INK, GOOD_STRONG = "#E2F0E6", "#1E5F3F", "#2A6F51"
WARNED = "#C00000"
"""Of tabs that want to be looked at."""

BAR, BAR_WARM, BAR_DONE = "#B9CCE3", "#E2C7AD", "#A9D3B8"
"""Bars behind numbers: in general, where more is worse, and how much is done."""
HEAT = "#2E75B6"

CHART_DARK, CHART_PALE, CHART_MIDDLE = "#1F3864", "#D9E2F3", "#2E75B6"
CHART_WARM, CHART_BROWN, CHART_LIGHT = "#F4B183", "#8C3D04", "#5B9BD5"
CHART_RING, CHART_OUTLINE = "#D0D7E2", "#404040"
CHART_RESULT = "#C00000"
SOURCES = {
    "self": "#9AA1AB",
    "superior": "#1F4E9C",
    "peer": "#E08B27",
    "subordinate": "#7A5BA6",
    "customer": "#4C9A5B",
}
"""The line of each source of ratings."""


def contrast(one: str, other: str) -> float:
    """How well two colours are told apart: 1 to 21 (WCAG 2.1, contrast ratio)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(color: str) -> float:
    parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
