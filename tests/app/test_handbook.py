"""The manual is found, its topics too, and a browser is asked only where there is one."""

from __future__ import annotations

import sys
import webbrowser

import pytest

from xladdin.app import handbook


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What a browser was given; there is a screen."""
    found = list[str]()

    def opens(address: str) -> bool:
        found.append(address)
        return True

    monkeypatch.setattr(webbrowser, "open", opens)
    monkeypatch.setenv("DISPLAY", ":0")
    return found


def test_headings_are_those_of_the_page() -> None:
    found = handbook.headings()
    assert next(each.title for each in found if each.level == 1) == "一、装上它"
    assert len({each.anchor for each in found}) == len(found) > 60


@pytest.mark.parametrize(
    ("topic", "title"),
    [
        ("kpi_score", "KPI_SCORE"),
        ("收回", "第六步　收回来"),
        ("WPS", "只有 WPS"),
        ("反馈单", "反馈单"),
        (" 隐私 ", "九、隐私和法律"),
    ],
)
def test_a_topic_is_found_by_its_heading(topic: str, title: str) -> None:
    assert handbook.about(topic)[0].title == title


def test_a_topic_that_is_not_there() -> None:
    assert handbook.about("天气预报") == []


def test_the_browser_gets_page_and_place(opened: list[str]) -> None:
    assert handbook.shown("09-用人条件")
    (address,) = opened
    assert address.startswith("file:///")
    assert address.endswith("handbook.html#09-%E7%94%A8%E4%BA%BA%E6%9D%A1%E4%BB%B6")


def test_a_terminal_gets_no_browser(opened: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.delenv("DISPLAY")
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    assert not handbook.shown()
    assert opened == []


def test_a_browser_that_does_not_start(opened: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(address: str) -> bool:
        raise webbrowser.Error("no browser")

    monkeypatch.setattr(webbrowser, "open", fails)
    assert not handbook.shown()
