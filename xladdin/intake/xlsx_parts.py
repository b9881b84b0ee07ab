"""Where the sheets of an .xlsx are, and what their cells refer to: styles and shared texts."""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

from xladdin.ooxml.limits import LONGEST_FORMAT, MOST_STYLES
from xladdin.ooxml.number_formats import is_percent
from xladdin.ooxml.refused import TooLargeError
from xladdin.ooxml.streaming import Allowance, Attributes, Stream


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
    """Which number formats show percentages, and which styles use them."""

    codes: dict[str, str] = field(default_factory=dict)
    styles: list[str] = field(default_factory=list)


class StylesScan(Stream):
    """The styles: the numbers (``s`` of a cell) of those that show a fraction as a percentage."""

    def __init__(self, data: bytes, allowance: Allowance) -> None:
        super().__init__(data, allowance)
        self._formats = _Formats()
        self._of_cells = False
        self.starts = {"numFmt": self._format, "cellXfs": self._begin, "xf": self._style}
        self.ends = {"cellXfs": self._finish}
        self.run()

    @property
    def percent(self) -> frozenset[str]:
        used, codes = self._formats.styles, self._formats.codes
        return frozenset(
            str(i) for i, id_ in enumerate(used) if is_percent(id_, codes.get(id_, ""))
        )

    def plain(self) -> bytes:
        """The number formats and which style has which; nothing else tells what a cell holds."""
        formats = "".join(
            f'<numFmt numFmtId="{_quoted(id_)}" formatCode="{_quoted(code)}"/>'
            for id_, code in self._formats.codes.items()
        )
        styles = "".join(f'<xf numFmtId="{_quoted(id_)}"/>' for id_ in self._formats.styles)
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


def _quoted(text: str) -> str:
    return escape(text, {'"': "&quot;"})
