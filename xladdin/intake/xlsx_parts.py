"""Where the sheets of an .xlsx are, and what their cells refer to: styles and shared texts."""

from __future__ import annotations

from array import array

from xladdin.ooxml.cell_styles import StylesPart
from xladdin.ooxml.number_formats import Kind, NumberFormat, format_of
from xladdin.ooxml.streaming import Allowance, Attributes, Stream

_GENERAL = (0, "General")
_PLAIN = {
    Kind.DATE: (164, "yyyy-mm-dd"),
    Kind.CLOCK: (165, "hh:mm:ss"),
    Kind.ELAPSED: (166, "[h]:mm:ss"),
}
"""Formats that the fast reader takes for dates and times."""


class StringsScan(Stream):
    """The shared texts: only where they stand in the part, and how long each is."""

    def __init__(self, data: bytes, allowance: Allowance) -> None:
        super().__init__(data, allowance)
        self.lengths = array("L")
        self._length = 0
        self._from, self._to = -1, 0
        self.starts = {"t": self._start_text, "si": self._start_item}
        self.ends = {"t": self._end_text, "si": self._end_item}
        self.run()

    def plain(self) -> bytes:
        """The texts without the part's word for how many there are: room is made for so many."""
        return b"<sst>" + self.data[max(self._from, 0) : self._to] + b"</sst>"

    def _start_item(self, _: Attributes) -> None:
        if self._from < 0:
            self._from = self.position

    def _start_text(self, _: Attributes) -> None:
        self.collect()

    def _end_text(self) -> None:
        self._length += len(self.collected())

    def _end_item(self) -> None:
        self._to = self.end
        self.lengths.append(self._length)
        self._length = 0


class StylesScan(StylesPart):
    """The styles: how each of them (``s`` of a cell) shows a number."""

    @property
    def formats(self) -> dict[str, NumberFormat]:
        """Style number -> its format, of those in which there is more to be seen than a number."""
        used = enumerate(self.format_ids)
        return {str(i): found for i, id_ in used if (found := self._format_of(id_)).says_more}

    def _format_of(self, id_: str) -> NumberFormat:
        return format_of(id_, self.codes.get(id_, ""))

    def plain(self) -> bytes:
        """Which styles make a date or a time of a number; nothing else tells what a cell holds."""
        formats = "".join(
            f'<numFmt numFmtId="{id_}" formatCode="{code}"/>' for id_, code in _PLAIN.values()
        )
        kinds = (self._format_of(id_).kind for id_ in self.format_ids)
        styles = "".join(f'<xf numFmtId="{_PLAIN.get(kind, _GENERAL)[0]}"/>' for kind in kinds)
        return (
            f"<styleSheet><numFmts>{formats}</numFmts><cellXfs>{styles}</cellXfs></styleSheet>"
        ).encode()
