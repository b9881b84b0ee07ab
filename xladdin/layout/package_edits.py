"""Changes to the XML of a finished workbook, for what XlsxWriter has no option for."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from xladdin.ooxml.archive import Archive, Packer

Edit = Callable[[str], str]


def edited(
    content: bytes, edits: Mapping[str, Edit], added: Mapping[str, bytes] | None = None
) -> bytes:
    """The workbook with the named parts edited, and new ones behind all others."""
    if not edits and not added:
        return content
    source, packer = Archive(content), Packer()
    for entry in source.entries:
        data = source.read(entry.filename)
        if edit := edits.get(entry.filename):
            data = edit(data.decode()).encode()
        packer.add(entry.filename, data, like=entry)
    for name, data in (added or {}).items():
        packer.add(name, data)
    return packer.done().getvalue()
