"""Cell styles: those that are there, with one thing changed, and new ones for our own sheet."""

from __future__ import annotations

import copy
from enum import IntEnum

from xladdin.ooxml import number_formats, xml
from xladdin.ooxml.xml import Element, main

from . import order
from .workbook import Workbook

_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"
_MINIMAL = f"""<styleSheet xmlns="{xml.MAIN}">\
<fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>\
<fills count="2"><fill><patternFill patternType="none"/></fill>\
<fill><patternFill patternType="gray125"/></fill></fills>\
<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>\
<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>\
<cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs>\
</styleSheet>"""


class Shown(IntEnum):
    """What a number is shown as, by the built-in format for it."""

    NUMBER = 0
    PERCENT = 10
    DATE = 14


class Styles:
    """The style part of a workbook; a style is the number that a cell holds in ``s``."""

    def __init__(self, book: Workbook) -> None:
        self.package = book.package
        self.part = book.related("styles") or _made(book)
        self._made: dict[tuple[str, ...], str] = {}

    def shown(self, style: str | None) -> Shown:
        """What a style makes of a number."""
        format_ = self._xf(style).get("numFmtId", "0")
        code = self._code(format_)
        if number_formats.is_percent(format_, code):
            return Shown.PERCENT
        return Shown.DATE if number_formats.is_date(format_, code) else Shown.NUMBER

    def is_text(self, style: str | None) -> bool:
        """Whether a style takes for text whatever is typed."""
        format_ = self._xf(style).get("numFmtId", "0")
        return number_formats.is_text(format_, self._code(format_))

    def as_shown(self, style: str | None, shown: Shown, unit: str | None = None) -> str:
        """The style, with another number format where it shows something else, or another unit than
        this behind the number.
        """
        key = ("shown", style or "0", shown.name, unit or "")
        if key not in self._made:
            self._made[key] = self._as_shown(style, shown, unit)
        return self._made[key]

    def _as_shown(self, style: str | None, shown: Shown, unit: str | None) -> str:
        if self.shown(style) is shown and (unit is None or self._behind(style) in ("", unit)):
            return style or "0"
        changed = copy.deepcopy(self._xf(style))
        changed.set("numFmtId", str(int(shown)))
        changed.set("applyNumberFormat", "1")
        xml.drop(changed, "quotePrefix")
        return self._number(changed)

    def _behind(self, style: str | None) -> str:
        """What a style shows behind a number."""
        code = self._code(self._xf(style).get("numFmtId", "0"))
        return number_formats.parsed(code).sections[0].after if code else ""

    def with_fill(self, style: str | None, colour: str) -> str:
        """The style on another ground (RRGGBB)."""
        key = ("fill", style or "0", colour)
        if key not in self._made:
            changed = copy.deepcopy(self._xf(style))
            changed.set("fillId", self._fill(colour))
            changed.set("applyFill", "1")
            self._made[key] = self._number(changed)
        return self._made[key]

    def plain(
        self,
        *,
        size: int = 10,
        colour: str = "",
        fill: str = "",
        bold: bool = False,
        underline: bool = False,
        centred: bool = False,
        wrap: bool = True,
        border: str = "",
    ) -> str:
        """A style of our own, in a Chinese font."""
        font, edge = self._font(size, colour, bold, underline), self._border(border)
        xf = xml.new("xf", {"numFmtId": "0", "fontId": font, "fillId": "0", "borderId": edge})
        xf.set("xfId", "0")
        for name in ("applyFont", "applyBorder", "applyAlignment"):
            xf.set(name, "1")
        if fill:
            xf.set("fillId", self._fill(fill))
            xf.set("applyFill", "1")
        alignment = xml.add(xf, "alignment", {"vertical": "center"})
        if wrap:
            alignment.set("wrapText", "1")
        if centred:
            alignment.set("horizontal", "center")
        return self._number(xf)

    def ground(self, colour: str) -> str:
        """The number of what a conditional format puts behind a cell (RRGGBB)."""
        look = xml.new("dxf")
        pattern = xml.add(xml.add(look, "fill"), "patternFill", {"patternType": "solid"})
        xml.add(pattern, "fgColor", {"rgb": f"FF{colour}"})
        xml.add(pattern, "bgColor", {"rgb": f"FF{colour}"})
        return self._add("dxfs", look)

    def _list(self, tag: str) -> Element:
        """A list of the style part, made where a sparse writer left it out."""
        root = self.package.xml(self.part)
        found = root.find(main(tag))
        if found is None:
            found = xml.new(tag)
            xml.insert_ordered(self.package.edit(self.part), found, order.STYLES)
        return found

    def _xf(self, style: str | None) -> Element:
        styles = self._list("cellXfs").findall(main("xf"))
        index = int(style or 0)
        if index < len(styles):
            return styles[index]
        return xml.new("xf", {"numFmtId": "0", "fontId": "0", "fillId": "0", "borderId": "0"})

    def _code(self, format_: str) -> str:
        formats = self.package.xml(self.part).iter(main("numFmt"))
        codes = (item.get("formatCode", "") for item in formats if item.get("numFmtId") == format_)
        return next(codes, "")

    def _number(self, xf: Element) -> str:
        return self._add("cellXfs", xf)

    def _add(self, tag: str, item: Element) -> str:
        """The number of an equal entry, or of the new one."""
        items = self._list(tag)
        wanted = _shape(item)
        for index, other in enumerate(items):
            if _shape(other) == wanted:
                return str(index)
        self.package.edit(self.part)
        items.append(item)
        xml.count(items)
        return str(len(items) - 1)

    def _fill(self, colour: str) -> str:
        fill = xml.new("fill")
        pattern = xml.add(fill, "patternFill", {"patternType": "solid"})
        xml.add(pattern, "fgColor", {"rgb": f"FF{colour}"})
        xml.add(pattern, "bgColor", {"indexed": "64"})
        return self._add("fills", fill)

    def _font(self, size: int, colour: str, bold: bool, underline: bool) -> str:
        font = xml.new("font")
        if bold:
            xml.add(font, "b")
        if underline:
            xml.add(font, "u")
        xml.add(font, "sz", {"val": str(size)})
        if colour:
            xml.add(font, "color", {"rgb": f"FF{colour}"})
        xml.add(font, "name", {"val": "微软雅黑"})
        xml.add(font, "charset", {"val": "134"})
        return self._add("fonts", font)

    def _border(self, colour: str) -> str:
        if not colour:
            return "0"
        border = xml.new("border")
        for edge in ("left", "right", "top", "bottom"):
            line = xml.add(border, edge, {"style": "thin"})
            xml.add(line, "color", {"rgb": f"FF{colour}"})
        xml.add(border, "diagonal")
        return self._add("borders", border)


Shape = tuple[str, frozenset[tuple[str, str]], tuple["Shape", ...]]


def _shape(element: Element) -> Shape:
    """What makes two entries equal."""
    attributes = frozenset(xml.attributes(element).items())
    return str(element.tag), attributes, tuple(_shape(child) for child in element)


def _made(book: Workbook) -> str:
    """A style part for a workbook that has none."""
    part = "xl/styles.xml"
    book.package.put(part, _MINIMAL.encode())
    book.package.declare(part, _TYPE)
    book.package.relate(book.part, "styles", part)
    return part
