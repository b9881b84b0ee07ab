"""Whose figures are history, and whose are a slip: by the month of the settings."""

from __future__ import annotations

from pathlib import Path

import pytest

from xladdin.master.read_master import read_master

from .books import write
from .edits import edited


@pytest.mark.parametrize(
    ("now", "month", "name", "code"),
    [
        ("2026-11", "2026-10", "走了的", "former_employees"),
        ("2026-11", "2025-12", "", "former_employees"),
        ("2026-11", "2026-11", "走了的", "unknown_employee"),
        ("2026-11", "2026-12", "", "unknown_employee"),
        ("2026-11", "2026-10", "陆雨桐", "unknown_employee"),
        ("", "2026-10", "走了的", "unknown_employee"),
    ],
)
def test_months_gone_by_are_history(
    now: str, month: str, name: str, code: str, tmp_path: Path
) -> None:
    cells = {"考核月份": month, "工号": "QC999", "指标": "客单价", "实际值": 200}
    row = {**cells, **({"姓名": name} if name else {})}
    month_of = {"sheet": "设置", "where": {"设置项": "考核月份"}, "column": "内容", "value": now}
    edits = [{"set": month_of}, *[{"append": {"sheet": "月度目标与实际", "cells": row}}] * 2]
    path = write(tmp_path / "master.xlsx", edited(edits))
    codes = [problem.code for problem in read_master(path)[1]]
    # Many lines of history are one notice; each slip is told where it is.
    assert codes == [code] * (1 if code == "former_employees" else 2)
