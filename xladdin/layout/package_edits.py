"""Changes to the XML of a finished workbook, for what XlsxWriter has no option for."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping

Edit = Callable[[str], str]


def edited(
    content: bytes, edits: Mapping[str, Edit], added: Mapping[str, bytes] | None = None
) -> bytes:
    """The workbook with the named parts edited, and new ones behind all others."""
    if not edits and not added:
        return content
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(target, "w") as package:
        for info in source.infolist():
            data = source.read(info)
            if edit := edits.get(info.filename):
                data = edit(data.decode()).encode()
            package.writestr(info, data)
        for name, data in (added or {}).items():
            # Without a date of its own a part has none: equal contents give equal bytes.
            package.writestr(_like(info, name), data)
    return target.getvalue()


def _like(other: zipfile.ZipInfo, name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, other.date_time)
    info.compress_type = other.compress_type
    info.create_system = other.create_system
    return info
