"""Files that are checked, and what is told of those that are not."""

from __future__ import annotations

from pathlib import Path

import pytest

from xladdin.app.check import check_templates


@pytest.mark.parametrize(
    ("name", "there", "told"),
    [
        ("总表.xls", False, "找不到这个文件"),
        ("总表.xls", True, "另存为“Excel 工作簿（*.xlsx）”"),
        ("名册.csv", True, "--roster"),
        ("说明.doc", True, "请给出总表（.xlsx）"),
    ],
)
def test_what_is_not_checked_is_told_with_what_to_do(
    tmp_path: Path, name: str, there: bool, told: str
) -> None:
    if there:
        (tmp_path / name).write_text("甲,乙\n", "utf-8")
    (problem,) = check_templates([tmp_path / name]).problems
    assert told in problem.message
