"""Where the sheets of an .xlsx are, and what their cells refer to: styles and shared texts."""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field

from xladdin.ooxml.limits import LONGEST_FORMAT, MOST_STYLES
from xladdin.ooxml.number_formats import Kind, NumberFormat, format_of
from xladdin.ooxml.refused import TooLargeError
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


@dataclass(slots=True)
class _Formats:
    """The number formats that the workbook brings, and which styles use which."""

    codes: dict[str, str] = field(default_factory=dict)
    styles: list[str] = field(default_factory=list)


class StylesScan(Stream):
    """The styles: how each of them (``s`` of a cell) shows a number."""

    def __init__(self, data: bytes, allowance: Allowance) -> None:
        super().__init__(data, allowance)
        self._formats = _Formats()
        self._of_cells = False
        self.starts = {"numFmt": self._format, "cellXfs": self._begin, "xf": self._style}
        self.ends = {"cellXfs": self._finish}
        self.run()

    @property
    def formats(self) -> dict[str, NumberFormat]:
        """Style number -> its format, of those in which there is more to be seen than a number."""
        used = enumerate(self._formats.styles)
        return {str(i): found for i, id_ in used if (found := self._format_of(id_)).says_more}

    def _format_of(self, id_: str) -> NumberFormat:
        return format_of(id_, self._formats.codes.get(id_, ""))

    def plain(self) -> bytes:
        """Which styles make a date or a time of a number; nothing else tells what a cell holds."""
        formats = "".join(
            f'<numFmt numFmtId="{id_}" formatCode="{code}"/>' for id_, code in _PLAIN.values()
        )
        kinds = (self._format_of(id_).kind for id_ in self._formats.styles)
        styles = "".join(f'<xf numFmtId="{_PLAIN.get(kind, _GENERAL)[0]}"/>' for kind in kinds)
        return (
            f"<styleSheet><numFmts>{formats}</numFmts><cellXfs>{styles}</cellXfs></styleSheet>"
        ).encode()

    def _format(self, attributes: Attributes) -> None:
        code = attributes.get("formatCode", "")
        if len(code) <= LONGEST_FORMAT:
            self._formats.codes[attributes.get("numFmtId", "")] = code

    def _begin(self, _: Attributes) -> None:
        self._of_cells = True

    def _finish(self) -> None:
        self._of_cells = False

    def _style(self, attributes: Attributes) -> None:
        if self._of_cells:
            self._formats.styles.append(attributes.get("numFmtId", ""))
            if len(self._formats.styles) > MOST_STYLES:
                raise TooLargeError(f"单元格样式超过{MOST_STYLES // 10_000}万种")
