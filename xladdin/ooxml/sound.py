"""What the code that changes workbooks relies on, checked before a part is held as a tree."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from .addresses import MOST_COLUMNS, MOST_ROWS, Area, position
from .limits import LONGEST_FORMAT
from .refused import DamagedError
from .streaming import Allowance, Attributes, Start, Stream

Check = Callable[[str], object]


def _upto(most: int) -> Check:
    def check(text: str) -> None:
        if not (text.isascii() and text.isdigit() and len(text) < 11 and int(text) <= most):
            raise ValueError(text)

    return check


def _short(text: str) -> None:
    """Excel's own number formats have 255 characters at most."""
    if len(text) > LONGEST_FORMAT:
        raise ValueError(text[:40])


_COUNT = _upto(4_294_967_295)
_RULES: Mapping[str, Mapping[str, Check]] = {
    "sheet": {"sheetId": _COUNT},
    "sheetFormatPr": {"defaultColWidth": float, "defaultRowHeight": float},
    "col": {"min": _upto(MOST_COLUMNS), "max": _upto(MOST_COLUMNS), "width": float},
    "row": {"r": _upto(MOST_ROWS), "ht": float},
    "c": {"r": position, "s": _COUNT},
    "f": {"ref": Area.parse},
    "numFmt": {"formatCode": _short},
    "mergeCell": {"ref": Area.parse},
    "table": {"ref": Area.parse, "totalsRowCount": _COUNT},
    "comment": {"ref": position, "authorId": _COUNT},
}
"""Element -> attribute -> what must not fail for it."""


def nodes_of(data: bytes, allowance: Allowance) -> int:
    """How many elements and attributes a part has; DamagedError for what no tree should hold."""
    stream = Stream(data, allowance)
    stream.starts = {name: _checking(name, checks) for name, checks in _RULES.items()}
    stream.run()
    return stream.elements + stream.attributes


def _checking(name: str, checks: Mapping[str, Check]) -> Start:
    items = tuple(checks.items())

    def start(attributes: Attributes) -> None:
        for attribute, check in items:
            value = attributes.get(attribute)
            if value is not None:
                try:
                    check(value)
                except (ValueError, OverflowError) as error:
                    raise DamagedError(f"{name} {attribute}={value[:40]}") from error

    return start
