from __future__ import annotations

import pytest

from xladdin.ooxml.number_formats import code_of, is_date, is_percent, is_text


@pytest.mark.parametrize(
    ("id_", "own", "code", "kinds"),
    [
        ("0", "", "General", ""),
        ("10", "", "0.00%", "percent"),
        ("14", "", "mm-dd-yy", "date"),
        ("58", "", "General", "date"),
        ("49", "", "@", "text"),
        ("164", "@", "@", "text"),
        ("164", "0.0%", "0.0%", "percent"),
        ("164", 'yyyy"年"m"月"', 'yyyy"年"m"月"', "date"),
        ("164", "[h]:mm", "[h]:mm", ""),
        ("164", "mm:ss", "mm:ss", ""),
        ("164", '0"day"', '0"day"', ""),
        ("164", "General;yyyy", "General;yyyy", ""),
        ("164", "0.0E+00", "0.0E+00", ""),
        ("9999", "", "General", ""),
        ("x", "", "General", ""),
        ("", "", "General", ""),
    ],
)
def test_what_a_format_shows(id_: str, own: str, code: str, kinds: str) -> None:
    assert code_of(id_, own) == code
    tests = {"percent": is_percent, "date": is_date, "text": is_text}
    assert [name for name, test in tests.items() if test(id_, own)] == kinds.split()
