"""Compound files: a strict reader finds no defect, and the listing is a balanced search tree."""

from __future__ import annotations

import io
from typing import Any

import olefile
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.addin import samples
from xladdin.addin.vba.container import LEAST_LARGE, MOST_TABLES, SECTOR, Tree, container

NONE, RED = 0xFFFFFFFF, 0
SIZES = st.sampled_from([0, 1, 64, 65, SECTOR, LEAST_LARGE - 1, LEAST_LARGE, 20 * LEAST_LARGE + 1])
NAMES = st.text("abcXYZ_1", min_size=1, max_size=31)
FOLDERS = st.dictionaries(NAMES, SIZES, max_size=20)


def opened(content: bytes) -> Any:
    """Read in the mode that takes the least doubtful thing for an error."""
    return olefile.OleFileIO(io.BytesIO(content), raise_defects=olefile.DEFECT_UNSURE)


def black_height(entries: Any, number: int, parent_is_red: bool = False) -> int:
    if number == NONE:
        return 1
    entry = entries[number]
    red = entry.color == RED
    assert not (red and parent_is_red)
    for below, larger in ((entry.sid_left, False), (entry.sid_right, True)):
        assert below == NONE or (order(entries[below]) > order(entry)) is larger
    left = black_height(entries, entry.sid_left, red)
    assert left == black_height(entries, entry.sid_right, red)
    return left + (not red)


def order(entry: Any) -> tuple[int, str]:
    return len(entry.name), entry.name.upper()


def check_trees(read: Any) -> None:
    for entry in read.direntries:
        if entry is not None and entry.entry_type in (olefile.STGTY_STORAGE, olefile.STGTY_ROOT):
            black_height(read.direntries, entry.sid_child)


def test_the_project_of_the_add_in_has_no_defect() -> None:
    with opened(samples.part(samples.PROJECT)) as read:
        assert read.parsing_issues == []
        check_trees(read)


@given(FOLDERS)
def test_streams_of_all_sizes_come_back(sizes: dict[str, int]) -> None:
    by_upper = {name.upper(): size for name, size in sizes.items()}
    inner = {name: name[:1].encode() * size for name, size in by_upper.items()}
    tree: Tree = {"Folder": inner, "other": b"x"}
    assert container(tree) == container(tree)
    with opened(container(tree)) as read:
        assert read.parsing_issues == []
        check_trees(read)
        assert read.openstream("other").read() == b"x"
        for name, data in inner.items():
            assert read.openstream(["Folder", name]).read() == data


def test_a_name_too_long_is_refused() -> None:
    with pytest.raises(ValueError, match="too long"):
        container({"a" * 32: b""})


def test_more_than_the_header_can_list_is_refused() -> None:
    with pytest.raises(ValueError, match="too much"):
        container({"a": bytes(MOST_TABLES * SECTOR // 4 * SECTOR)})
