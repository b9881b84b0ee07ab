"""Text on a screen: Chinese breaks anywhere, words, ids and names nowhere."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xladdin.screen_text import SHORT, WHOLE, fitted, padded, width, wrapped


@pytest.mark.parametrize(
    ("text", "columns", "lines"),
    [
        ("", 10, [""]),
        ("用 Excel 或 WPS 填写", 12, ["用 Excel 或", "WPS 填写"]),
        ("一二三，四五", 6, ["一二", "三，四", "五"]),
        ("online_shop_monthly", 8, ["online_shop_monthly"]),
        ("编号online_shop_monthly，见", 10, ["编号", "online_shop_monthly，", "见"]),
        ("一\n二三", 4, ["一", "二三"]),
    ],
)
def test_lines(text: str, columns: int, lines: list[str]) -> None:
    assert wrapped(text, columns) == lines


@given(st.text("甲乙，。（）ab1_- ", max_size=60), st.integers(8, 40))
def test_nothing_is_lost_and_no_word_is_broken(text: str, columns: int) -> None:
    lines = wrapped(text, columns)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    words = re.findall(r"[!-~]+", text)
    assert re.findall(r"[!-~]+", "\n".join(lines)) == words
    for line in lines:
        assert width(line) <= columns or len(WHOLE.findall(line)) == 1


def test_blanks_fill_up_what_is_seen() -> None:
    assert padded("中a", 5) == "中a  "


@pytest.mark.parametrize(
    ("columns", "widths"), [(100, [4, 19, 40]), (60, [4, 19, 37]), (35, [4, 19, 12]), (34, None)]
)
def test_the_widest_column_gives_way(columns: int, widths: list[int] | None) -> None:
    rows = [("编号", "online_shop_monthly", "说" * 20)]
    assert fitted(rows, columns) == widths


def test_a_name_is_never_broken() -> None:
    name = "欧阳晓晓晓晓"
    assert width(name) == SHORT
    assert fitted([(name, "x" + "说" * 30)], 30) == [12, 18]
