"""Read a workbook from standard input, in a process that may die of it.

Run as a script by ``legacy.py``, never imported by it: it stands alone, so that the process starts
quickly and runs nothing but the reader.  Arguments: the most cells a sheet may span, whether hidden
sheets are wanted.  What comes out is JSON: a list of sheets, or the reason why there is none.
"""

from __future__ import annotations

import datetime as dt
import io
import json
import sys
from typing import Any


def plain(cell: Any) -> dict[str, Any]:
    """What JSON has no kind for."""
    match cell:
        case dt.datetime() | dt.date() | dt.time():
            return {type(cell).__name__: cell.isoformat()}
        case dt.timedelta():
            return {"timedelta": cell.total_seconds()}
    raise TypeError(cell)


def sheets(data: bytes, most: int, hidden: bool) -> list[dict[str, Any]]:
    """Every sheet of cells; one that spans too many has no rows, one not wanted has none in it."""
    from python_calamine import (  # noqa: PLC0415 - for a file that is none it need not be loaded
        CalamineWorkbook,
        SheetTypeEnum,
        SheetVisibleEnum,
    )

    found = []
    with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
        for index, each in enumerate(book.sheets_metadata):
            # Older readers make a new object of these each time.
            visible = each.visible == SheetVisibleEnum.Visible
            if each.typ != SheetTypeEnum.WorkSheet:
                continue
            if not (visible or hidden):
                # Only that it is there.
                left = {"height": 0, "width": 0, "rows": [], "merged": []}
                found.append({"name": each.name, "visible": False, **left})
                continue
            sheet = book.get_sheet_by_index(index)
            height, width = sheet.end or (-1, -1)
            most -= (height + 1) * (width + 1)
            fits = most >= 0
            found.append(
                {
                    "name": each.name,
                    "visible": visible,
                    "height": height + 1,
                    "width": width + 1,
                    "rows": sheet.to_python(skip_empty_area=False) if fits else None,
                    "merged": (sheet.merged_cell_ranges or []) if fits else [],
                }
            )
    return found


def main() -> None:
    """Exit code 0 whatever the file: another one means that the process did not survive it."""
    most, hidden = sys.argv[1:]
    answer: dict[str, Any]
    try:
        answer = {"sheets": sheets(sys.stdin.buffer.read(), int(most), hidden == "1")}
    except MemoryError:
        answer = {"fault": "memory"}
    except BaseException as error:
        answer = {"fault": f"{type(error).__name__}: {error}"[:200]}
    with sys.stdout:
        json.dump(answer, sys.stdout, default=plain)


if __name__ == "__main__":
    main()
