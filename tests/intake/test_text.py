from __future__ import annotations

import datetime as dt

import pytest

from xladdin.intake.text import (
    clean,
    clean_lines,
    is_blank,
    key_text,
    name_key,
    narrow,
    shown,
    written_text,
)


def test_narrow_makes_full_width_signs_ascii_and_blanks_single() -> None:
    assert narrow("\ufeff　Ａ１，２\u00a0 （％）￥ ") == "A1,2 (%)¥"


def test_narrow_leaves_signs_alone_that_would_change_a_number() -> None:
    assert narrow("10² ① ½") == "10² ① ½"


def test_clean_keeps_full_width_brackets_and_drops_control_characters() -> None:
    assert clean(" 张伟（女）\x0b\n甲\u200b") == "张伟（女） 甲"


def test_a_remark_keeps_its_lines() -> None:
    assert clean_lines("一\r\n 二\x07 ") == "一\n二"


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (None, ""),
        ("a", "a"),
        (1001.0, "1001"),
        (0.1, "0.1"),
        (1e20, "100000000000000000000"),
        (float("nan"), "nan"),
        (True, "TRUE"),
        (False, "FALSE"),
        (dt.datetime(2026, 11, 3), "2026-11-03"),
        (dt.datetime(2026, 11, 3, 8, 30), "2026-11-03 08:30:00"),
        (dt.date(2026, 11, 3), "2026-11-03"),
    ],
)
def test_written_text_is_what_the_reader_of_the_cell_sees(raw: object, text: str) -> None:
    assert written_text(raw) == text


@pytest.mark.parametrize(("raw", "key"), [(1001.0, "1001"), ("1001.0", "1001"), ("Ａ１ ", "A1")])
def test_key_text_reads_ids_as_they_were_meant(raw: object, key: str) -> None:
    assert key_text(raw) == key


@pytest.mark.parametrize(
    "written",
    [
        "阿依·古丽",
        "阿依•古丽",
        "阿依・古丽",
        "阿依 · 古丽",
        "\u200b阿依·古丽\u202c",
        "阿依·\u3000古丽",
    ],
)
def test_a_name_is_one_however_it_is_written(written: str) -> None:
    assert name_key(written) == name_key("阿依·古丽")


def test_other_names_stay_others() -> None:
    keys = {name_key(name) for name in ("张三", "张三丰", "张·三", "Zhang San", "ZHANGSAN", "葛城")}
    assert len(keys) == 5
    assert name_key("葛\U000e0100城") in keys


def test_ids_and_texts_lose_what_nobody_sees() -> None:
    assert key_text("\u202a1001\x1b[2J") == "1001"
    assert clean("\u202e张\x07三\x1b[0m") == "张三"
    assert clean("👩\u200d💻❤\ufe0f") == "👩\u200d💻❤\ufe0f"
    assert clean_lines("一\u2028二\u202e") == "一\n二"


def test_shown_cuts_long_text() -> None:
    assert shown("长" * 31) == f"「{'长' * 30}…」"


def test_blank_is_what_no_reader_could_see() -> None:
    assert all(map(is_blank, (None, "", " \u00a0\n", "\u200b\ufeff")))
    assert not any(map(is_blank, (0, False, "0", " - ")))
