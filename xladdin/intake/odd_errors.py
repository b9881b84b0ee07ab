"""Error values that only some programs write, made into ones that the reader knows.

Gnumeric stores a formula that it cannot parse as the error ``#``; the reader refuses the whole
workbook for it.  Such a cell is an error all the same.
"""

from __future__ import annotations

import io
import re
import zipfile

KNOWN = frozenset(
    b"#DIV/0! #N/A #NAME? #NULL! #NUM! #REF! #VALUE! #GETTING_DATA #SPILL! #CALC!".split()
)
STAND_IN = b"#N/A"
ERROR_CELL = re.compile(rb'(<c [^>]*t="e"[^>]*>(?:(?!</c>).)*?<v>)([^<]*)(</v>)', re.DOTALL)
SHEETS = "xl/worksheets/"


def with_known_errors(data: bytes) -> bytes:
    """The workbook with error values that nobody knows replaced by ``#N/A``.

    Raises zipfile.BadZipFile where it is no such package.
    """
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(target, "w") as package:
        for info in source.infolist():
            part = source.read(info)
            if info.filename.startswith(SHEETS):
                part = ERROR_CELL.sub(_known, part)
            package.writestr(info, part)
    return target.getvalue()


def _known(found: re.Match[bytes]) -> bytes:
    value = found[2] if found[2] in KNOWN else STAND_IN
    return found[1] + value + found[3]
