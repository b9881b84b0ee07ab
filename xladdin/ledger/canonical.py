"""One way to write what is kept, so that the same content has the same text and the same hash.

Values of cells are kept exactly: a number is a decimal (``95``, ``95.0`` and ``95.00`` are one), a
date is no text, and nothing at all is not an empty text.  The text is ASCII, so that every database
and every machine keeps the same bytes.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from xladdin.characters import STAND_IN
from xladdin.domain.quantities import plain

Value = str | Decimal | int | bool | dt.datetime | dt.date | dt.time | None
"""What a cell may hold; a whole number comes back as a Decimal."""
NUMBER, DATE, TIME, MOMENT = "number", "date", "time", "moment"
NOT_STORED = re.compile("[\0\ud800-\udfff]")
"""What databases refuse in a text: PostgreSQL takes no NUL, none takes halves of characters."""


def canonical(data: object) -> str:
    """JSON without anything that could be written in two ways."""
    return _CANONICAL.encode(data)


def _of_no_kind(value: object) -> str:
    """What only a damaged database holds where there should be a text or a whole number."""
    return repr(value)


# Made once: a ledger of a year is looked through in tens of thousands of them.
_CANONICAL = json.JSONEncoder(
    sort_keys=True, ensure_ascii=True, separators=(",", ":"), default=_of_no_kind
)


def digest(data: object) -> str:
    """SHA-256 over the canonical text, 64 hex digits."""
    return hashlib.sha256(canonical(data).encode()).hexdigest()


def storable(text: str) -> str:
    """A text as every database takes it: what none takes is seen as ``�``."""
    return NOT_STORED.sub(STAND_IN, text)


def written(values: Mapping[str, Value]) -> str:
    """Values by key as text.  Raises TypeError for a float, ValueError for what is no number."""
    return canonical({key: _tagged(value) for key, value in values.items()})


def read(text: str) -> dict[str, Value]:
    """What ``written`` has written."""
    found: dict[str, Any] = json.loads(text)
    for key, value in found.items():
        if type(value) is dict:
            ((tag, said),) = value.items()
            found[key] = _READERS[tag](said)
        elif not isinstance(value, bool | str):
            found[key] = None
    return found


def _tagged(value: Value) -> object:
    match value:
        case None | bool() | str():
            return value
        case int() | Decimal():
            number = Decimal(value)
            if not number.is_finite():
                raise ValueError(f"no number to keep: {number}")
            return {NUMBER: plain(number)}
        case dt.datetime():
            return {MOMENT: value.isoformat()}
        case dt.date():
            return {DATE: value.isoformat()}
        case dt.time():
            return {TIME: value.isoformat()}
    raise TypeError(f"not kept exactly: {type(value).__name__}")


_READERS: dict[str, Callable[[str], Value]] = {
    NUMBER: Decimal,
    MOMENT: dt.datetime.fromisoformat,
    DATE: dt.date.fromisoformat,
    TIME: dt.time.fromisoformat,
}
