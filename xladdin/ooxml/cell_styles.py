"""What a cell's style says of it: how its number is shown, and whether it is locked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from .limits import LONGEST_FORMAT, MOST_STYLES
from .number_formats import code_of, is_date, is_percent, is_text
from .refused import TooLargeError
from .streaming import Allowance, Attributes, Stream


@dataclass(frozen=True, slots=True)
class CellStyle:
    """A style, as far as it bears on what a cell holds."""

    number_format: str = "General"
    locked: bool = True
    """Whether it takes nothing once its sheet is protected."""
    shows_percent: bool = False
    shows_date: bool = False
    shows_text: bool = False
    """Whether whatever is typed is taken for text."""


NO_STYLE = CellStyle()


def style_at(styles: Sequence[CellStyle], number: str | None) -> CellStyle:
    """The style that a cell, row or column names; the first one where it names none."""
    text = number or "0"
    known = text.isascii() and text.isdigit() and len(text) < 7 and int(text) < len(styles)
    return styles[int(text)] if known else NO_STYLE


class StylesPart(Stream):
    """The part of styles: number formats by their id, and the formats of the cells' styles.

    Of two formats with one id the last counts.  Raises DamagedError and TooLargeError.
    """

    def __init__(self, data: bytes, allowance: Allowance) -> None:
        super().__init__(data, allowance)
        self.codes: dict[str, str] = {}
        self.format_ids: list[str] = []
        """Of each style, in the order in which cells count them."""
        self.locked: list[bool] = []
        """Of each style too."""
        self._of_cells = False
        self.starts = {
            "numFmt": self._format,
            "cellXfs": self._begin,
            "xf": self._style,
            "protection": self._protection,
        }
        self.ends = {"cellXfs": self._finish}
        self.run()

    def _format(self, attributes: Attributes) -> None:
        code = attributes.get("formatCode", "")
        if len(code) <= LONGEST_FORMAT:
            self.codes[attributes.get("numFmtId", "")] = code

    def _begin(self, _: Attributes) -> None:
        self._of_cells = True

    def _finish(self) -> None:
        self._of_cells = False

    def _style(self, attributes: Attributes) -> None:
        if self._of_cells:
            self.format_ids.append(attributes.get("numFmtId", "0"))
            self.locked.append(True)
            if len(self.format_ids) > MOST_STYLES:
                raise TooLargeError(f"单元格样式超过{MOST_STYLES // 10_000}万种")

    def _protection(self, attributes: Attributes) -> None:
        if self._of_cells and self.locked:
            self.locked[-1] = attributes.get("locked", "1") in ("1", "true")


class CellStyles(StylesPart):
    """The styles of cells in their order, as they bear on what a cell holds."""

    @property
    def styles(self) -> tuple[CellStyle, ...]:
        return tuple(map(self._made, self.format_ids, self.locked))

    def _made(self, id_: str, locked: bool) -> CellStyle:
        own = self.codes.get(id_, "")
        style = CellStyle(code_of(id_, own), locked)
        return replace(
            style,
            shows_percent=is_percent(id_, own),
            shows_date=is_date(id_, own),
            shows_text=is_text(id_, own),
        )
