"""A package of parts that are deflated once is a zip file like any other."""

from __future__ import annotations

import io
import zipfile

from hypothesis import given
from hypothesis import strategies as st

from xladdin.ooxml.quick_packing import Package, Pieces, part

DATA = st.binary(max_size=300) | st.sampled_from([b"", b"<row/>" * 5000])


@given(
    same=st.lists(DATA, max_size=3), pieces=st.lists(DATA, min_size=1, max_size=4), data=st.data()
)
def test_what_was_packed_is_read(
    same: list[bytes], pieces: list[bytes], data: st.DataObject
) -> None:
    names = ["first.xml", *(f"xl/{number}.xml" for number in range(len(same))), "last.xml"]
    package = Package(names, {name: part(it) for name, it in zip(names[1:-1], same, strict=True)})
    made = Pieces(pieces)
    for first in (b"other", b""):
        between = [data.draw(DATA) for _ in pieces[1:]]
        copy = package.packed({"first.xml": part(first), "last.xml": made.part(between)})
        with zipfile.ZipFile(io.BytesIO(copy)) as found:
            assert found.testzip() is None
            assert found.namelist() == names
            read = [found.read(name) for name in names]
        whole = b"".join(one for pair in zip(pieces, [*between, b""], strict=True) for one in pair)
        assert read == [first, *same, whole]


def test_what_stands_between_may_be_long() -> None:
    between = b"x" * 200_000
    copy = Package(["a"], {}).packed({"a": Pieces([b"<a>", b"</a>"]).part([between])})
    with zipfile.ZipFile(io.BytesIO(copy)) as found:
        assert found.read("a") == b"<a>" + between + b"</a>"


def test_the_same_parts_make_the_same_bytes() -> None:
    def copy() -> bytes:
        made = Pieces([b"<end/>" * 100, b""])
        return Package(["a"], {}).packed({"a": made.part([b"x" * 100])})

    assert copy() == copy()
