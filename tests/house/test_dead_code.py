"""The list of allowed names is no longer than it must be; vulture itself runs in ``make check``."""

from __future__ import annotations

import re

from tests.house.dead_code import JUDGED, allowed, unused
from tests.workbench.tools import ROOT


def test_every_allowed_name_is_still_there_and_has_one_reason() -> None:
    texts = [path.read_text("utf-8") for name in JUDGED for path in (ROOT / name).rglob("*.py")]
    words = {word for text in texts for word in re.findall(r"\w+", text)}
    assert [name for name in allowed() if name not in words] == []
    assert all(allowed().values())


def test_what_nobody_names_is_told_and_what_a_test_names_is_not() -> None:
    nobody = "xladdin/a.py:1: unused function '" + "zzz_no" + "body' (60% confidence)"
    tested = "xladdin/a.py:2: unused function 'unused' (60% confidence)"
    unreachable = "xladdin/a.py:3: unreachable code after 'raise' (100% confidence)"
    assert unused([nobody, tested, unreachable]) == [nobody, unreachable]
