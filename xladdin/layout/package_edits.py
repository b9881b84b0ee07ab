"""Changes to the XML of a finished workbook, for what XlsxWriter has no option for."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from xladdin.ooxml.archive import Archive
from xladdin.ooxml.quick_packing import Package, Part, part

Edit = Callable[[str], str]


def edited(
    content: bytes, edits: Mapping[str, Edit], added: Mapping[str, bytes] | None = None
) -> bytes:
    """The workbook with the named parts edited, and new ones behind all others.

    Parts that are not edited are not even inflated: some have hundreds of megabytes.
    """
    if not edits and not added:
        return content
    archive = Archive(content)
    parts: dict[str, Part] = {}
    for entry in archive.entries:
        name, edit = entry.filename, edits.get(entry.filename)
        packed = None if edit else archive.packed(name)
        if edit:
            parts[name] = part(edit(archive.read(name).decode()).encode())
        else:
            parts[name] = Part(*packed) if packed else part(archive.read(name))
    parts |= {name: part(data) for name, data in (added or {}).items()}
    return Package([*parts], parts).packed({})
