"""`xladdin help`."""

from __future__ import annotations

import pytest

from tests.app.command import xladdin
from xladdin.app import handbook


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The anchors that a browser was sent to."""
    found = list[str]()

    def show(anchor: str = "") -> bool:
        found.append(anchor)
        return True

    monkeypatch.setattr(handbook, "shown", show)
    return found


def test_the_manual_is_named_and_opened(shown: list[str]) -> None:
    done = xladdin("help")
    assert (done.code, done.err) == (0, "")
    assert done.out.replace("\n", "") == f"使用手册：{handbook.PAGE}"
    assert shown == [""]


def test_it_opens_where_a_topic_stands(shown: list[str]) -> None:
    done = xladdin("help", "社保")
    assert done.code == 1
    done = xladdin("help", "kpi_rank")
    assert "讲「kpi_rank」的一节：KPI_RANK" in done.out
    assert shown == ["06-kpi_rank"]


def test_nothing_is_opened_unless_wanted(shown: list[str]) -> None:
    assert xladdin("help", "--no-open").code == 0
    assert shown == []


def test_where_no_browser_comes_the_file_is_to_be_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(handbook, "shown", lambda anchor="": False)
    assert "请在文件夹里双击这个文件" in xladdin("help").out


def test_an_unknown_topic_names_the_chapters(shown: list[str]) -> None:
    done = xladdin("help", "天气预报")
    assert done.code == 1
    assert "手册里没有讲「天气预报」的一节" in done.err
    assert "一、装上它" in done.err.replace("\n", "")
    assert shown == []
