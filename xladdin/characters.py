"""Characters that nobody sees or that only look different: which they are, and texts without them.

The one place that says so, for whatever reads foreign text or shows it: they make two ids look
alike, turn a file name round, hide text from a reader, and command a terminal.  What belongs to a
sign that is seen stays: emoji are joined by such characters, and rare forms of Chinese characters
are told apart by them.  So do private characters: people's names are written with them.
"""

from __future__ import annotations

import re
from functools import lru_cache

STAND_IN = "\ufffd"
"""What is shown in the place of a character that must not reach a screen."""

_SPACES = "\t\n\x0b\x0c\r\x1c-\x1f\x85\u2028\u2029"
"""Controls that are blanks or ends of lines; a text without them would join words."""
_CONTROLS = "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f"
_DIRECTIONS = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
# Soft hyphen, fillers, what has no width, annotations, tags: Unicode's "default ignorable" ones.
_UNSEEN = (
    "\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200c\u2060-\u2065\u206a-\u206f"
    "\u3164\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0000-\U000e00ff\U000e01f0-\U000e0fff"
)
_NONE_AT_ALL = "\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff" + "".join(
    f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0x10000, 0x110000, 0x10000)
)
"""Halves of characters, and numbers that stand for none; XML and files refuse them."""
_ALWAYS = _CONTROLS + _DIRECTIONS + _UNSEEN + _NONE_AT_ALL

_JOINER = "\u200d"
_PICTURES = "\u00a9\u00ae\u203c-\u3299\U0001f000-\U0001faff"
_IDEOGRAPHS = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003fffd"
_OF_PICTURES, _OF_IDEOGRAPHS = "\ufe0e\ufe0f", "\ufe00-\ufe0d\U000e0100-\U000e01ef"
_HELPING = (
    rf"(?<![{_PICTURES}])(?<![{_PICTURES}][{_OF_PICTURES}]){_JOINER}|{_JOINER}(?![{_PICTURES}])"
    rf"|(?<![{_PICTURES}0-9#*])[{_OF_PICTURES}]|(?<![{_IDEOGRAPHS}])[{_OF_IDEOGRAPHS}]"
)
"""Joiners and variants where there is nothing that they could belong to."""

# What a terminal takes for one command; without its first character the rest would be in the way.
# What stands inside never contains a beginning, so that the search is over after one pass.
_COMMAND = r"\x1b(?:\[[0-?]*[ -/]*[@-~]|[\]PX^_][^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c))"
_HIDDEN = re.compile(rf"{_COMMAND}|[{_ALWAYS}]|{_HELPING}")
_ANY = re.compile(rf"{_COMMAND}|[{_ALWAYS}{_JOINER}{_OF_PICTURES}{_OF_IDEOGRAPHS}]")
_SHOWN_AMISS = re.compile(rf"[\x0b\x0c\r\x1c-\x1f\x85\u2028\u2029{_ALWAYS}]|{_HELPING}")
_LINE_END = re.compile(rf"[{_SPACES}]+")

# The few of them that Python takes for printable: letters, and marks that belong to others.
_UNSEEN_LETTERS = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"
)

# Only the full-width block and its look-alikes.  Unicode's own compatibility folding would also
# turn 10² into 102 and ① into 1, which misreads a figure without a word.
_NARROW: dict[int, int | str] = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_NARROW |= {ord("￥"): "¥", ord("−"): "-", ord("〇"): "0", ord("　"): " "}
_WIDE = re.compile(f"[{''.join(map(chr, _NARROW))}]")


def is_plain(text: str) -> bool:
    """Whether there is certainly nothing to be cleaned; quick, for the most usual texts."""
    return text.isprintable() and (text.isascii() or not _UNSEEN_LETTERS.search(text))


def has_hidden(text: str) -> bool:
    """Whether a text holds characters that ``visible`` would take out."""
    return not is_plain(text) and _HIDDEN.search(text) is not None


def visible(text: str) -> str:
    """A text as its reader sees it; blanks and line ends stay as they are."""
    return text if is_plain(text) else _HIDDEN.sub("", text)


def bare(text: str) -> str:
    """The same for comparing: also without what varies or joins signs that are seen."""
    return text if is_plain(text) else _ANY.sub("", text)


def on_one_line(text: str) -> str:
    """A text with every line end, tab and the like as one space."""
    return text if is_plain(text) else _LINE_END.sub(" ", text)


def narrow(text: str) -> str:
    """Full-width signs as ASCII, every kind of blank as one space, nothing at the ends."""
    return _narrow_again(text) if len(text) <= _SHORT else _narrow(text)


def _narrow(text: str) -> str:
    seen = bare(text)
    return " ".join((seen.translate(_NARROW) if _WIDE.search(seen) else seen).split())


_narrow_again = lru_cache(maxsize=4096)(_narrow)
"""For heads, names and words to choose from, which a workbook holds again and again."""
_SHORT = 40


def clean(text: str) -> str:
    """One line of text without what nobody sees (a workbook cannot hold control characters)."""
    return on_one_line(visible(text)).strip()


def clean_lines(text: str) -> str:
    """The same for a remark, whose line breaks stay."""
    return "\n".join(clean(line) for line in text.splitlines()).strip()


def printable(text: str) -> str:
    """A text for a screen: what commands it or turns it round is seen as ``STAND_IN``.

    Line ends and tabs stay.  Nothing is left out: who looks at a file's name is to see that there
    is something odd in it.
    """
    return text if is_plain(text) else _SHOWN_AMISS.sub(STAND_IN, text)


def escaped(json_text: str) -> str:
    """JSON text with such characters as its own escapes, so that it holds the same data."""
    return _SHOWN_AMISS.sub(lambda found: _units(found[0]), json_text)


def _units(character: str) -> str:
    units = character.encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{units[at : at + 4]}" for at in range(0, len(units), 4))
