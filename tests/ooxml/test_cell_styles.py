from __future__ import annotations

import pytest

from tests.hostile.makers import styles
from xladdin.ooxml import cell_styles
from xladdin.ooxml.cell_styles import CellStyle, CellStyles, style_at
from xladdin.ooxml.refused import TooLargeError
from xladdin.ooxml.streaming import Allowance


def test_formats_and_locks() -> None:
    formats = '<numFmts><numFmt numFmtId="170" formatCode="yyyy"/></numFmts>'
    outside = '<cellStyleXfs><xf numFmtId="9"><protection locked="0"/></xf></cellStyleXfs>'
    cells = (
        '<xf/><xf numFmtId="170"><protection locked="false"/></xf>'
        '<xf numFmtId="10"><protection hidden="1"/></xf><xf numFmtId="49"/>'
    )
    after = '<dxfs><dxf><protection locked="0"/></dxf></dxfs>'
    found = CellStyles(styles(formats + outside, 1, cells + ""), Allowance()).styles
    assert found == (
        CellStyle(),
        CellStyle("yyyy", locked=False, shows_date=True),
        CellStyle("0.00%", shows_percent=True),
        CellStyle("@", shows_text=True),
    )
    assert [style_at(found, number) for number in (None, "1", "4", "-1")] == [
        found[0], found[1], CellStyle(), CellStyle()
    ]  # fmt: skip
    data = styles(outside, 1, "<xf/>").replace(b"</styleSheet>", after.encode() + b"</styleSheet>")
    assert CellStyles(data, Allowance()).styles == (CellStyle(),)


def test_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cell_styles, "MOST_STYLES", 2)
    CellStyles(styles("", 1, "<xf/>" * 2), Allowance())
    with pytest.raises(TooLargeError):
        CellStyles(styles("", 1, "<xf/>" * 3), Allowance())
