"""Sheets of a workbook made invisible, so that a program that prints the whole of it leaves them out."""

from __future__ import annotations

from collections.abc import Collection

from xladdin.ooxml.refused import RefusedError
from xladdin.ooxml.xml import drop, main

from .workbook_opening import workbook_of

SHOWN, PRINT_AREA = "visible", "_xlnm.Print_Area"


def without_sheets(content: bytes, names: Collection[str]) -> bytes:
    """The workbook with the sheets of these names hidden; as it is where none would be left to see,
    or where it is none that can be changed."""
    try:
        book = workbook_of(content)
        sheets = [*book.root.iter(main("sheet"))]
    except RefusedError:
        return content
    hidden = {name.casefold() for name in names}
    leaving = [
        number
        for number, sheet in enumerate(sheets)
        if sheet.get("state", SHOWN) == SHOWN and sheet.get("name", "").casefold() not in hidden
    ]
    if not leaving or not hidden:
        return content
    book.package.edit(book.part)
    unseen = set()
    for number, sheet in enumerate(sheets):
        if sheet.get("name", "").casefold() in hidden and sheet.get("state", SHOWN) == SHOWN:
            sheet.set("state", "hidden")
            unseen.add(str(number))
    # LibreOffice prints what has an area to be printed, hidden or not.
    for listed in [*book.root.iter(main("definedNames"))]:
        for name in [*listed]:
            if name.get("name") == PRINT_AREA and name.get("localSheetId") in unseen:
                listed.remove(name)
        if not len(listed):
            book.root.remove(listed)
    # The sheet in front must be one that is seen.
    for view in book.root.iter(main("workbookView")):
        view.set("activeTab", str(leaving[0]))
        drop(view, "firstSheet")
    return book.to_bytes()
