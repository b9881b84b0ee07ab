"""What collecting tells a person and a program, where it has little to tell."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

from xladdin.app.collecting.collected import Collected
from xladdin.domain.people import Period


def test_an_empty_folder_says_what_to_do_next() -> None:
    assert Collected().told == [
        "看了 0 个文件，收下 0 份表；里面没有文件，请把收到的表放进去，再收一次"
    ]


def test_nothing_is_told_of_what_did_not_happen() -> None:
    counts = Counter({"缺": 3, "已收": 0})
    done = Collected(Period("2026-10"), list_path=Path("收表清单_2026-10.xlsx"), counts=counts)
    assert done.told[1:] == ["清单：收表清单_2026-10.xlsx（缺 3）"]


def test_a_program_gets_plain_data() -> None:
    done = Collected(Period("2026-10"), kept=2, known=1, moved=4, repaired=[Path("修复.xlsx")])
    data = json.loads(json.dumps(done.as_json(), ensure_ascii=False))
    assert (data["period"], data["kept"], data["known"], data["moved"]) == ("2026-10", 2, 1, 4)
    assert data["repaired"] == ["修复.xlsx"]
    assert data["forms"] == data["reports"] == data["changes"] == []
    assert "calibrations" not in data
