"""Cells that a master workbook works out for itself: whoever reads it works them out anew.

They are two thirds of its cells, and hold nothing but the name of their formula; to pass over them
before anything else looks at them takes a tenth of the time that it takes to read them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

TABLES = (
    *("roster", "positions", "duties", "standards", "schemes", "indicators", "elements"),
    *("steps", "grades", "raters", "figures", "settings", "mappings"),
)
"""Of the master workbook; ``tests/master/test_master_book.py`` holds them to be all."""
_NAME = rf"f_(?:{'|'.join(TABLES)})_[a-z0-9_]+"
_CELL = re.compile(
    rf'<c r="[A-Z]{{1,3}}[0-9]{{1,7}}"[^<>]*><f(?: a?ca="(?:false|true|0|1)")*>{_NAME}</f>'
    r"(?:<v>[^<]*</v>|<v/>)?</c>".encode()
)
ROW_END = b"</row>"
_OTHERWISE = re.compile(rb"<!\[CDATA\[|<!--")
"""Where something that looks like a cell may be none."""


def works_out(names: Iterable[str]) -> bool:
    """Whether a workbook with these defined names is a master workbook."""
    checks = {f"f_{table}_check" for table in ("roster", "figures", "indicators")}
    return checks <= set(names)


def without_computed(sheet: bytes) -> bytes | None:
    """A stretch of the XML of a master's sheet without the cells that it works out.

    One that somebody has overwritten is no such cell, and stays.  None where it may be otherwise
    than it looks.
    """
    return None if _OTHERWISE.search(sheet) else _CELL.sub(b"", sheet)
