from __future__ import annotations

import pytest

from xladdin.ooxml.refused import DamagedError, TooLargeError
from xladdin.ooxml.sound import nodes_of
from xladdin.ooxml.streaming import Allowance


def test_elements_and_attributes_are_counted() -> None:
    assert nodes_of(b'<row r="1"><c r="A1" s="2"><v>x</v></c></row>', Allowance()) == 6
    with pytest.raises(TooLargeError):
        nodes_of(b"<a><b/></a>", Allowance(1))


@pytest.mark.parametrize(
    "part",
    [
        '<row r="x"/>',
        '<row r="-1"/>',
        '<row r="1048577"/>',
        '<row ht="high"/>',
        '<c r="1A"/>',
        '<c r="XFE1"/>',
        '<c s="-1"/>',
        '<c s="²"/>',
        f'<c s="{"9" * 5000}"/>',
        '<col min="a"/>',
        '<col max="16385"/>',
        '<f ref="A:B"/>',
        '<mergeCell ref=""/>',
        '<table ref=":A1"/>',
        '<comment ref="A0"/>',
        '<sheet sheetId="one"/>',
        f'<numFmt formatCode="{"[" * 3000}"/>',
    ],
)
def test_what_would_fail_later(part: str) -> None:
    with pytest.raises(DamagedError):
        nodes_of(part.encode(), Allowance())
