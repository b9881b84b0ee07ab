"""A fingerprint of what a workbook says, without what every saving writes anew.

Two copies that one program made of one state have one print.  Where they differ all the same (a
program is free to write as it likes), nothing is known: equal prints tell, different ones do not.
"""

from __future__ import annotations

import hashlib
import re

from .archive import Archive
from .refused import RefusedError

_MADE_ANEW = re.compile(r"docprops/|xl/calcchain|xl/printersettings/|xl/persons/", re.IGNORECASE)
"""Parts with the time of saving, the order of computing, the printer."""
_BOOK = re.compile(rb"<(?:\w+:)?(sheets|definedNames)\b.*?</(?:\w+:)?\1>", re.DOTALL)
"""What counts of the workbook's own part: not its windows, its folder, the number of the saving."""
_SEEN = re.compile(
    rb'<sheetViews>.*?</sheetViews>|\sxr\d*:\w+="[^"]*"|(?:(?<=</f>)|(?<=/>))<v>[^<]*</v>',
    re.DOTALL,
)
"""What of a sheet is looking (cursor, scrolling), an id of the saving, or computed."""


def content_print(data: bytes) -> str:
    """As hexadecimal digits; empty for what is no open workbook (damaged, or with a password)."""
    made = hashlib.sha256()
    try:
        archive = Archive(data)
        for name in sorted(entry.filename for entry in archive.entries):
            if _MADE_ANEW.match(name):
                continue
            part = archive.read(name)
            if name.lower() == "xl/workbook.xml":
                part = b"".join(found[0] for found in _BOOK.finditer(part))
            part = _SEEN.sub(b"", part)
            made.update(f"{name}\0{len(part)}\0".encode() + part)
    except RefusedError:
        return ""
    return made.hexdigest()
