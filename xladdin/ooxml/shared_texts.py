"""Texts as workbooks keep them: shared by cells, in runs, with escapes."""

from __future__ import annotations

import re

from .budget import Budget
from .limits import LONGEST_TEXT, SHORT_TEXT
from .refused import TooLargeError
from .streaming import Attributes, Stream

_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")


def unescaped(text: str) -> str:
    """A text with the characters that XML cannot hold, or that would look like an escape."""
    if "_x" not in text:
        return text
    plain = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
    # Pairs of escapes may stand for one character; half of a pair stands for none.
    return plain.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


class TextCollector:
    """The text of one item, run by run, without the hints how to pronounce it.

    A part of a stream: ``starts`` and ``ends`` are its handlers.
    """

    def __init__(self, stream: Stream) -> None:
        self._stream = stream
        self._runs: list[str] = []
        self._spoken = False
        self.starts = {"t": self._start_text, "rPh": self._start_hint}
        self.ends = {"t": self._end_text, "rPh": self._end_hint}

    def taken(self) -> str:
        """The text so far; the next one begins empty.  TooLargeError where no cell holds it."""
        text = unescaped("".join(self._runs))
        self._runs.clear()
        if len(text) > LONGEST_TEXT:
            raise TooLargeError(f"有一格超过{LONGEST_TEXT}个字")
        return text

    def _start_text(self, _: Attributes) -> None:
        self._stream.collect()

    def _end_text(self) -> None:
        text = self._stream.collected()
        if not self._spoken:
            self._runs.append(text)

    def _start_hint(self, _: Attributes) -> None:
        self._spoken = True

    def _end_hint(self) -> None:
        self._spoken = False


class SharedTexts(Stream):
    """The shared texts in their order; raises DamagedError and TooLargeError."""

    def __init__(self, data: bytes, budget: Budget) -> None:
        super().__init__(data, budget.elements)
        self.texts: list[str] = []
        self._budget = budget
        self._collector = TextCollector(self)
        self.starts = self._collector.starts
        self.ends = {**self._collector.ends, "si": self._end_item}
        self.run()

    def _end_item(self) -> None:
        text = self._collector.taken()
        self._budget.take_text(len(text))
        if len(text) > SHORT_TEXT:
            self._budget.take_long(len(text))
        self.texts.append(text)
