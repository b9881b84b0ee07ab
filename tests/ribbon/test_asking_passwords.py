"""A password for results, asked for on the screen where the settings say so."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest

from xladdin.books.forms import MONTHLY_SUITE
from xladdin.domain.people import Period
from xladdin.ooxml import passwords
from xladdin.ooxml.opening import is_protected
from xladdin.ooxml.sealing import plain
from xladdin.ribbon import form_buttons, windows_excel

from .desks import Workplace

pytestmark = pytest.mark.xdist_group("calc")
SUMMARY = f"月度汇总_{Period('2026-10')}.xlsx"
WORD = "口令 Aa-123456"
SETTING = "汇总表加密"


def say(work: Workplace, said: str) -> None:
    """Write the setting into the open master."""
    sheet = work.book.sheets["设置"]
    (row,) = (number for number in range(1, 30) if sheet.range((number, 1)).value == SETTING)
    sheet.range((row, 3)).value = said


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str | None]]:
    """What the user types, one after the other; all of it is asked for."""
    words: list[str | None] = []
    monkeypatch.setattr(windows_excel, "typed_text", lambda *_: words.pop(0))
    yield words
    assert words == []


def test_a_summary_gets_a_password_and_is_known_by_it(
    work: Workplace, typed: list[str | None]
) -> None:
    say(work, "是")
    for _ in range(2):
        typed += [WORD, WORD]
        assert "的汇总写好了" in work.click("month")
        assert work.calc.books.active.name == SUMMARY
        work.calc.books.active.close()
        work.book.activate()
    data = (work.folder / SUMMARY).read_bytes()
    assert is_protected(data)
    with passwords.tried([WORD]):
        sealed = plain(data)
    say(work, "否")
    assert "替换成的这份没有" in work.click("month", "yes")
    assert (work.folder / SUMMARY).read_bytes() == sealed


def test_a_form_of_results_gets_a_password(
    work: Workplace, typed: list[str | None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """In this month nobody has a slip yet, so another form stands for it."""
    monkeypatch.setattr(form_buttons, "SLIP_SUITE", MONTHLY_SUITE)
    say(work, "是")
    (row,) = work.rows_of("QC002")
    work.select("员工名册", f"A{row}")
    typed.append(None)
    assert work.click("generate") == ""
    assert work.files() == []
    typed += [WORD, WORD]
    assert "生成好了" in work.click("generate")
    (made,) = work.files()
    assert is_protected((work.folder / made).read_bytes())
    assert work.calc.books.active.name in made


@pytest.mark.parametrize(
    ("said", "words", "answers", "told"),
    [
        ("是", [None], (), ""),
        ("是", [""], (), "密码是空的"),
        ("是", [WORD, "another"], (), "两次输入的密码不一样"),
        ("是", [WORD, None], (), "两次输入的密码不一样"),
        ("是", ["short"], ("no",), "少于8个字符"),
        ("随便", [], (), "请写 是 或 否"),
    ],
)
def test_without_one_nothing_is_written(
    work: Workplace,
    typed: list[str | None],
    said: str,
    words: list[str | None],
    answers: tuple[str, ...],
    told: str,
) -> None:
    say(work, said)
    typed += words
    assert told in work.click("month", *answers)
    assert work.files() == []


@pytest.mark.parametrize(("answer", "text"), [(False, None), ("a", "a"), (12, "12"), ("", "")])
def test_excels_own_box_gives_a_text_or_nothing(answer: object, text: str | None) -> None:
    asked: dict[str, object] = {}

    def box(**given: object) -> object:
        asked.update(given)
        return answer

    app: Any = SimpleNamespace(api=SimpleNamespace(InputBox=box))
    assert windows_excel.typed_text(app, "密码：") == text
    assert (asked["Prompt"], asked["Type"]) == ("密码：", windows_excel.TEXT)
