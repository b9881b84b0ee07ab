r"""Number formats that mean the same, spelled one way: ``0\分`` and ``0"分"``.

Programs write the words in a format with a backslash before each letter or in quotes, and not always as
they have read them; whether somebody has changed a format is seen only in one spelling.
"""

from __future__ import annotations

import re

PIECE = re.compile(r'"(?P<quoted>[^"]*+)"|\\(?P<letter>[^"])|\\"|[_*].|\[[^\[\]]*+\]|.', re.DOTALL)
"""Words; a quote; what a blank is as wide as, or what fills the cell; colours and conditions; all else."""


def spelled(number_format: str) -> str:
    """The format with all words in quotes."""
    found: list[str] = []
    words = ""
    for piece in PIECE.finditer(number_format):
        text = piece["quoted"] if piece["letter"] is None else piece["letter"]
        if text is not None:
            words += text
            continue
        found += _in_quotes(words), piece[0]
        words = ""
    return "".join([*found, _in_quotes(words)])


def _in_quotes(words: str) -> str:
    return f'"{words}"' if words else ""
