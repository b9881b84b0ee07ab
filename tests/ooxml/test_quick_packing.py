"""A package of parts that are deflated once is a zip file like any other."""

from __future__ import annotations

import io
import zipfile

from hypothesis import given
from hypothesis import strategies as st

from xladdin.ooxml.quick_packing import QUICK, Ending, Package, part

DATA = st.binary(max_size=300) | st.sampled_from([b"", b"<row/>" * 5000])


@given(
    same=st.lists(DATA, max_size=3),
    pieces=st.lists(DATA, max_size=4),
    ending=DATA,
    other=DATA,
)
def test_what_was_packed_is_read(
    same: list[bytes], pieces: list[bytes], ending: bytes, other: bytes
) -> None:
    names = ["first.xml", *(f"xl/{number}.xml" for number in range(len(same))), "last.xml"]
    package = Package(
        names, {name: part(data) for name, data in zip(names[1:-1], same, strict=True)}
    )
    tail = Ending(ending)
    for first in (other, b"", other):
        copy = package.packed({"first.xml": part(first, QUICK), "last.xml": tail.behind(pieces)})
        with zipfile.ZipFile(io.BytesIO(copy)) as found:
            assert found.testzip() is None
            assert found.namelist() == names
            read = [found.read(name) for name in names]
        assert read == [first, *same, b"".join(pieces) + ending]


def test_the_same_parts_make_the_same_bytes() -> None:
    def copy() -> bytes:
        tail = Ending(b"<end/>" * 100)
        return Package(["a"], {}).packed({"a": tail.behind([b"x" * 100])})

    assert copy() == copy()
