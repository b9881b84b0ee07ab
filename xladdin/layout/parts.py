"""Changes to the XML of a finished workbook, for what XlsxWriter has no option for."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping

Edit = Callable[[str], str]


def edited(content: bytes, edits: Mapping[str, Edit]) -> bytes:
    """The workbook with the named parts edited; all others, and their order, as they were."""
    if not edits:
        return content
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(target, "w") as package:
        for info in source.infolist():
            data = source.read(info)
            if edit := edits.get(info.filename):
                data = edit(data.decode()).encode()
            package.writestr(info, data)
    return target.getvalue()
