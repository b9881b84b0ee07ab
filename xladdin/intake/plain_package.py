"""A package as plain as can be around sheets that were looked through: what the fast reader gets.

It never sees the file that was handed in, so nothing there that it would take otherwise than we
did (names, relationships, the zip itself, an odd place for a part) can lead it astray.
"""

from __future__ import annotations

import io
from collections.abc import Iterable

from xladdin.ooxml.archive import Packer
from xladdin.ooxml.xml import MAIN, RELATION, RELATIONS

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'


class PlainPackage:
    """Sheets are known by their number, from 0, in the order in which they are added."""

    def __init__(self, *, styles: bytes, strings: bytes, date1904: bool) -> None:
        # Not deflated: it is read once, at once.
        self._packer = Packer(deflated=False)
        self._others = {"styles": styles, "sharedStrings": strings}
        self._packer.add("_rels/.rels", _relations([("officeDocument", "xl/workbook.xml")]))
        self._date1904 = date1904
        self._count = 0

    def add(self, sheet: Iterable[bytes | memoryview]) -> None:
        """The XML of one more sheet, in pieces."""
        self._packer.add_pieces(f"xl/worksheets/sheet{self._count}.xml", sheet)
        self._count += 1

    def done(self) -> io.BytesIO:
        """The whole file."""
        there = {name: data for name, data in self._others.items() if data}
        for name, data in there.items():
            self._packer.add(f"xl/{name}.xml", data)
        self._packer.add("xl/workbook.xml", self._workbook())
        self._packer.add("xl/_rels/workbook.xml.rels", self._relations(list(there)))
        return self._packer.done()

    def _workbook(self) -> bytes:
        sheets = "".join(
            f'<sheet name="{i}" sheetId="{i + 1}" r:id="rId{i}"/>' for i in range(self._count)
        )
        return (
            f'{_HEAD}<workbook xmlns="{MAIN}" xmlns:r="{RELATION}">'
            f'<workbookPr date1904="{int(self._date1904)}"/><sheets>{sheets}</sheets></workbook>'
        ).encode()

    def _relations(self, others: list[str]) -> bytes:
        kinds = [("worksheet", f"worksheets/sheet{i}.xml") for i in range(self._count)]
        kinds += [(name, f"{name}.xml") for name in others]
        return _relations(kinds)


def _relations(kinds: list[tuple[str, str]]) -> bytes:
    items = "".join(
        f'<Relationship Id="rId{i}" Type="{RELATION}/{kind}" Target="{target}"/>'
        for i, (kind, target) in enumerate(kinds)
    )
    return f'{_HEAD}<Relationships xmlns="{RELATIONS}">{items}</Relationships>'.encode()
