from __future__ import annotations

import pytest

from tests.hostile.makers import strings
from xladdin.ooxml.budget import Budget
from xladdin.ooxml.limits import LONGEST_TEXT
from xladdin.ooxml.refused import TooLargeError
from xladdin.ooxml.shared_texts import SharedTexts, unescaped


def test_texts_in_their_order_without_hints() -> None:
    items = (
        "<si><t>甲</t></si><si/><si><r><t>乙</t></r><r><t> 丙</t></r>"
        "<rPh><t>yi</t></rPh><phoneticPr/></si><si><t>_x0041__x005F_x0042_</t></si>"
    )
    assert SharedTexts(strings(items), Budget()).texts == ["甲", "", "乙 丙", "A_x0042_"]


def test_what_no_cell_holds() -> None:
    with pytest.raises(TooLargeError):
        SharedTexts(strings(f"<si><t>{'长' * (LONGEST_TEXT + 1)}</t></si>"), Budget())


def test_escapes() -> None:
    assert unescaped("_xD83D__xDE00_") == "😀"
    assert unescaped("_xD83D_") == "\ufffd"
    assert unescaped("_x00_") == "_x00_"
