"""The clerk's manual: one page that needs no network, found by its headings, shown in the browser.

The page is made of docs/手册 by ``make manual``; ``tests/app/test_handbook.py`` holds it equal to that.
"""

from __future__ import annotations

import os
import re
import sys
import webbrowser
from collections.abc import Sequence
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from urllib.parse import quote

PAGE = Path(__file__).with_name("handbook.html")
_HEADING = re.compile(r'<h([1-6]) id="([^"]++)">([^<]++)</h\1>')


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the manual, and the anchor by which a browser finds it."""

    level: int
    anchor: str
    title: str


def headings() -> tuple[Heading, ...]:
    """All headings, from the first to the last."""
    found = _HEADING.findall(PAGE.read_text("utf-8"))
    return tuple(Heading(int(level), anchor, unescape(title)) for level, anchor, title in found)


def about(topic: str) -> Sequence[Heading]:
    """The headings that tell of a topic, the nearest first."""
    wanted = topic.casefold().strip()
    found = [each for each in headings() if wanted in each.title.casefold()]
    return sorted(found, key=lambda each: len(each.title))


def address(anchor: str = "") -> str:
    """What a browser is given."""
    return PAGE.as_uri() + (f"#{quote(anchor)}" if anchor else "")


def shown(anchor: str = "") -> bool:
    """Open the manual in a browser; whether there is one that has a window."""
    if not _has_windows():
        return False
    try:
        return webbrowser.open(address(anchor))
    except (OSError, webbrowser.Error):
        return False


def _has_windows() -> bool:
    # Else a browser of the terminal might come, and never go.
    return sys.platform in ("win32", "darwin") or bool(
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    )
