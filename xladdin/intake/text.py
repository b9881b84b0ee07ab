"""Text as people type it into cells: numbers as ids, names to compare by, what a message shows.

What single characters mean is said in ``xladdin.characters``; whoever reads a cell has all of it
here.  That a text lost some is told by whoever reads its table (``intake.tables``).
"""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache

from xladdin.characters import bare, clean, clean_lines, narrow
from xladdin.domain.quantities import plain

from .decimals import decimal_of
from .seen_numbers import SeenNumber

__all__ = [
    "clean",
    "clean_lines",
    "is_blank",
    "is_error_value",
    "key_text",
    "literal_text",
    "name_key",
    "narrow",
    "shown",
    "written_text",
]

_ERROR_VALUE = re.compile(r"#[A-Z0-9_/]+[!?]?", re.IGNORECASE)
_LITERAL = re.compile(r'="((?:[^"]|"")*)"')
# Names of one person differ in these alone, from system to system.
_DOTS = str.maketrans(dict.fromkeys("•・‧∙⋅･", "·"))


def written_text(raw: object) -> str:
    """A cell as the text its reader sees; a whole number without the ``.0`` of its float."""
    match raw:
        case None:
            return ""
        case str():
            return raw
        case bool():
            return "TRUE" if raw else "FALSE"
        case SeenNumber():
            return raw.text
        case int() | float():
            value = decimal_of(raw)
            return str(raw) if value is None else plain(value)
        case dt.datetime():
            return raw.date().isoformat() if raw.time() == dt.time() else raw.isoformat(" ")
        case _:
            return str(raw)


def literal_text(text: str) -> str:
    """``="0001"``, by which systems keep the zeros of a text file's figures, is 0001."""
    found = _LITERAL.fullmatch(text)
    return found[1].replace('""', '"') if found else text


def key_text(raw: object) -> str:
    """An id or name to look up by: narrow, and ``1001`` where a number was typed."""
    text = narrow(written_text(raw))
    return text[:-2] if text.endswith(".0") and re.fullmatch(r"[0-9]+\.0", text) else text


def name_key(raw: object) -> str:
    """A person's name to compare by: also without blanks, letter case, kinds of dots."""
    return _as_name(written_text(raw))


@lru_cache(maxsize=8192)
def _as_name(text: str) -> str:
    # Each person of a roster is compared with every other.
    return key_text(text).replace(" ", "").casefold().translate(_DOTS)


def shown(raw: object) -> str:
    """A cell inside a message: in brackets, cut where it is long."""
    text = clean(written_text(raw))
    return f"「{text if len(text) <= 30 else text[:30] + '…'}」"


def is_blank(raw: object) -> bool:
    """Whether a cell holds nothing that a reader could see."""
    return raw is None or (isinstance(raw, str) and not bare(raw).strip())


def is_error_value(raw: object) -> bool:
    """Whether a cell shows ``#DIV/0!`` or the like."""
    if not (isinstance(raw, str) and ("#" in raw or "＃" in raw)):
        return False
    return _ERROR_VALUE.fullmatch(narrow(raw)) is not None
