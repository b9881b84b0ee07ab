"""The manual's examples of worksheet functions: read from its tables, and worked out.

A row says a formula, what stands in the cells that it names, and what it gives:

    | `=KPI_RANK(L2:L5)` | `L2:L5`：90、80、90、空 | 1、2、1、（空白） |

A column is given and told with 、 between its cells; a table with ｜ between cells and ； between rows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import xladdin_udfs

ROW = re.compile(
    r"^\| `=(?P<name>[A-Z_]+)\((?P<inside>.*)\)` \| (?P<cells>.*?) ?\| (?P<result>.*) \|$"
)
CELLS = re.compile(r"`([A-Z]+\d+(?::[A-Z]+\d+)?)`：([^；]*+)")
BLANK, EMPTY = "空", "（空白）"


@dataclass(frozen=True)
class Example:
    """A row of such a table."""

    name: str
    inside: str
    cells: str
    result: str

    def given(self) -> list[Any]:
        """The arguments as Excel hands them over."""
        known = {place: _column(place, said) for place, said in CELLS.findall(self.cells)}
        return [_argument(part, known) for part in _parts(self.inside)]

    def worked_out(self) -> str:
        """What the real function gives, as the manual writes it."""
        return _told(getattr(xladdin_udfs, self.name)(*self.given()))


def examples(text: str) -> Iterator[Example]:
    """The examples of a chapter."""
    for line in text.splitlines():
        if found := ROW.match(line):
            yield Example(**found.groupdict())


def _parts(inside: str) -> Iterator[str]:
    """What stands between commas outside of quotation marks."""
    part, quoted = "", False
    for character in inside:
        quoted ^= character == '"'
        if character == "," and not quoted:
            yield part.strip()
            part = ""
        else:
            part += character
    yield part.strip()


def _argument(part: str, known: Mapping[str, Any]) -> Any:
    if part in known:
        return known[part]
    return part[1:-1] if part.startswith('"') else _value(part)


def _column(place: str, said: str) -> Any:
    cells = [_value(cell) for cell in said.strip().split("、")]
    return [[cell] for cell in cells] if ":" in place else cells[0]


def _value(said: str) -> Any:
    if said in ("", BLANK):
        return None
    try:
        return float(said[:-1]) / 100 if said.endswith("%") else float(said)
    except ValueError:
        return said


def _told(result: Any) -> str:
    if not isinstance(result, list):
        return _cell(result)
    if all(len(row) == 1 for row in result):
        return "、".join(_cell(row[0]) for row in result)
    return "；".join("｜".join(map(_cell, row)) for row in result)


def _cell(value: Any) -> str:
    if value is None:
        return EMPTY
    return f"{value:g}" if isinstance(value, int | float) else str(value)
