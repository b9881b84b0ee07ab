from __future__ import annotations

import pytest

from xladdin.ooxml.limits import DEEPEST, LONGEST_MARKUP, MOST_NAMES
from xladdin.ooxml.refused import DamagedError, TooLargeError
from xladdin.ooxml.streaming import Allowance, Stream, as_utf8, local_name


class Texts(Stream):
    """The texts of all elements ``t``."""

    def __init__(self, data: bytes, elements: int = 1000) -> None:
        super().__init__(data, Allowance(elements))
        self.found: list[str] = []
        self.starts = {"t": lambda _: self.collect()}
        self.ends = {"t": lambda: self.found.append(self.collected())}
        self.run()


def test_elements_go_by_their_local_names() -> None:
    assert Texts(b"<a xmlns:x='u'><x:t>1 &lt; 2</x:t>no<t><![CDATA[<]]></t></a>").found == [
        "1 < 2",
        "<",
    ]
    assert local_name("x:t") == local_name("t") == "t"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_encodings(encoding: str) -> None:
    text = f'<?xml version="1.0" encoding="{encoding[:6]}"?><t>甲</t>'
    assert Texts(text.encode(encoding)).found == ["甲"]
    assert as_utf8("<t>甲</t>".encode("utf-16")) == "<t>甲</t>".encode()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<a>",
        b"<a></b>",
        b"\xff\xfe<",
        b"<a>\xff</a>",
        b"<!DOCTYPE a><a/>",
        b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
        b"<a>&b;</a>",
        b"<a>" * (DEEPEST + 1) + b"</a>" * (DEEPEST + 1),
        b"<a b='" + b"x" * (2 * LONGEST_MARKUP) + b"'/>",
        b"<a " + b"".join(b"b%d='>' " % i for i in range(LONGEST_MARKUP // 4)) + b"/>",
    ],
    ids=range(11),
)
def test_what_is_damage(data: bytes) -> None:
    with pytest.raises(DamagedError):
        Texts(data)


def test_elements_and_attributes_of_every_name() -> None:
    elements = "".join(f"<a{i}/>" for i in range(MOST_NAMES + 1100))
    attributes = "".join(f"<a b{i}='' c{i}=''/>" for i in range(MOST_NAMES))
    for body in (elements, attributes):
        with pytest.raises(DamagedError):
            Texts(f"<r>{body}</r>".encode(), 1_000_000)


def test_the_allowance_is_for_all_parts_together() -> None:
    allowance = Allowance(5)
    stream = Stream(b"<a><b/><b/></a>", allowance)
    stream.run()
    assert (stream.elements, allowance.elements) == (3, 2)
    with pytest.raises(TooLargeError):
        Stream(b"<a><b/><b/></a>", allowance).run()


@pytest.mark.parametrize("inner", ["<b/>", "<b></b>", "<b a='>'>1></b >", "<b>/></b>", "<b />"])
def test_where_an_element_ends(inner: str) -> None:
    stream = Stream(f"<a>{inner}</a>".encode(), Allowance())
    places: list[int] = []
    stream.ends = {"b": lambda: places.append(stream.end), "a": lambda: places.append(stream.end)}
    stream.run()
    assert places == [3 + len(inner), 7 + len(inner)]


def test_where_a_tag_begins() -> None:
    stream = Stream("<甲><b/></甲>".encode(), Allowance())
    places: list[int] = []
    stream.starts = {"b": lambda _: places.append(stream.position)}
    stream.run()
    assert places == [len("<甲>".encode())]
