"""Edits of single parts leave everything else as it was."""

from __future__ import annotations

import io
import zipfile

from xladdin.layout.package_edits import edited


def package(**parts: str) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return target.getvalue()


def test_only_the_named_part_changes() -> None:
    content = package(a="eins", b="zwei", c="drei")
    with zipfile.ZipFile(io.BytesIO(edited(content, {"b": str.upper}))) as archive:
        assert archive.namelist() == ["a", "b", "c"]
        assert [archive.read(name).decode() for name in "abc"] == ["eins", "ZWEI", "drei"]


def test_without_edits_it_is_the_same_object() -> None:
    content = package(a="eins")
    assert edited(content, {}) is content
