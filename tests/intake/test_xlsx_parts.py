from __future__ import annotations

from tests.hostile.makers import strings, styles
from xladdin.intake.xlsx_parts import StringsScan, StylesScan
from xladdin.ooxml.streaming import Allowance


def test_lengths_of_shared_texts() -> None:
    data = strings("<si><t>ab</t></si><si><r><t>a</t></r><r><t>bc</t></r></si><si/>")
    assert list(StringsScan(data, Allowance()).lengths) == [2, 3, 0]


def test_styles_that_show_more_than_the_number() -> None:
    formats = '<numFmts><numFmt numFmtId="170" formatCode="0.0&quot;%&quot;"/></numFmts>'
    outside = '<cellStyleXfs><xf numFmtId="9"/></cellStyleXfs>'
    cells = '<xf numFmtId="0"/><xf numFmtId="170"/><xf numFmtId="10"/><xf/>'
    scan = StylesScan(styles(formats + outside, 1, cells), Allowance())
    assert {style: one.code for style, one in scan.formats.items()} == {"1": '0.0"%"', "2": "0.00%"}
