"""A duty with its standards in brackets."""

from __future__ import annotations

import pytest

from xladdin.master.brackets import standards_in

TAKEN_APART = [
    ("处理投诉（满意度90%以上，24小时内答复）", "处理投诉", ["满意度90%以上", "24小时内答复"]),
    ("处理投诉(满意度90％以上)", "处理投诉", ["满意度90％以上"]),
    (
        "收集资料（每周1次），整理归档（每月5日前）。",
        "收集资料，整理归档。",
        ["每周1次", "每月5日前"],
    ),
    ("跟进（大致90%左右；差错率1%以下）", "跟进（大致90%左右）", ["差错率1%以下"]),
    ("做好工作（差错率1%以下", "做好工作", ["差错率1%以下"]),
]


@pytest.mark.parametrize(("text", "duty", "standards"), TAKEN_APART)
def test_standards_leave_the_text(text: str, duty: str, standards: list[str]) -> None:
    found = standards_in(text)
    assert found.duty == duty
    assert [standard.text for standard in found.standards] == standards


@pytest.mark.parametrize("text", ["接待客户", "每周召开1次例会", "接待客户（含电话）", "）（"])
def test_text_without_standards_in_brackets_stays(text: str) -> None:
    found = standards_in(text)
    assert (found.duty, found.standards) == (text, ())


def test_what_is_not_understood_is_told() -> None:
    (unread,) = standards_in("跟进（大致90%左右；差错率1%以下）").unread
    assert unread.clause == "大致90%左右"
    assert unread.reason
