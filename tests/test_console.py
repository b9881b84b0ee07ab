"""What reaches a terminal: foreign texts as they are, and nothing that commands it."""

from __future__ import annotations

import io
import json
import re
import sys
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table

from xladdin import console
from xladdin.characters import escaped
from xladdin.problems import Place, Problem, warning

FOREIGN = [
    "[red]张三[/red]",
    "[/]",
    "\\[bold]x",
    "[link=http://x]y[/link]",
    ":smile:",
    "[@click=app.bell]x",
    "{task.total}",
    "%s {0}",
]
HOSTILE = "\x1b[2J\u202e张三\r\x07\x9b2J\u2066"
HARMFUL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def printed(show: Callable[[], object]) -> str:
    stream = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="")
    with redirect_stdout(stream), redirect_stderr(stream):
        show()
        stream.flush()
    return stream.buffer.getvalue().decode("utf-8")  # type: ignore[attr-defined,no-any-return]


@pytest.mark.parametrize("text", FOREIGN)
def test_foreign_texts_stand_as_they_are(text: str) -> None:
    assert printed(lambda: console.say(text)) == f"{text}\n"
    assert f"错误 {text}：{text}\n" == printed(
        lambda: console.complain([Problem("x", text, Place(file=text))])
    )
    assert f"│ {text}" in printed(lambda: console.table([text], [[text]]))
    assert printed(lambda: console.wrong_usage([text])) == f"{text}\n"


@pytest.mark.parametrize(
    "show",
    [
        console.say,
        lambda text: console.complain([Problem(text, text, Place(text, 1, text, text, text))]),
        lambda text: console.table([text], [[text], ["x"]]),
        lambda text: console.wrong_usage([text]),
        lambda text: console.show_json({text: [text]}),
    ],
)
def test_nothing_commands_the_terminal(show: Callable[[str], object]) -> None:
    told = printed(lambda: show(HOSTILE))
    assert not HARMFUL.search(told)
    assert "张三" in told


@given(st.text(st.characters(exclude_categories=())))
def test_json_stays_json(text: str) -> None:
    stream = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    with redirect_stdout(stream):
        console.show_json({"a": text})
        stream.flush()
    raw = stream.buffer.getvalue()  # type: ignore[attr-defined]
    assert json.loads(raw.decode("utf-8")) == {"a": text}
    assert not HARMFUL.search(raw.decode("utf-8"))


@pytest.mark.parametrize("label", [*FOREIGN, HOSTILE, "一\n二"])
def test_a_progress_bar_shows_a_label_as_it_is(label: str, monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.StringIO()
    terminal = Console(file=stream, force_terminal=True, width=200, markup=False, emoji=False)
    monkeypatch.setattr(console, "err", terminal)
    with console.Bar("正在生成") as bar:
        bar(1, 2, label)
        bar.progress.refresh()
        (task,) = bar.progress.tasks
        assert not HARMFUL.search(task.description)
        assert "\n" not in task.description
    if label in FOREIGN:
        assert label in stream.getvalue()


def flood() -> list[Problem]:
    return [Problem("x", f"「{n}」不是数字", Place("名册.csv", n)) for n in range(2, 47)]


def test_a_flood_is_one_line_and_says_how_to_see_all() -> None:
    lines = printed(lambda: console.complain([*flood(), warning("y", "怪")])).splitlines()
    assert lines == [
        "错误 名册.csv:第2行：「2」不是数字（同类共 45 处：第2—46行）",
        "提醒 怪",
        "说明：一共 46 个问题，同类的合并后是 2 行；要逐条列出，请加 --all。",
    ]


def test_unfolded_each_has_its_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(console, "_shown", {"every": False})
    console.unfold(True)
    lines = printed(lambda: console.complain(flood())).splitlines()
    assert lines == [f"错误 名册.csv:第{n}行：「{n}」不是数字" for n in range(2, 47)]


def test_what_is_not_listed_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(console, "_shown", {"every": True})
    monkeypatch.setattr(console, "MOST_LISTED", 40)
    lines = printed(lambda: console.complain(flood())).splitlines()
    assert len(lines) == 41
    assert lines[-1] == "另有 5 个问题没有列出，请先改好上面的再运行。"


@pytest.mark.parametrize("columns", [200, 80, 60, 40])
def test_a_table_breaks_no_id_and_no_name(columns: int, monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.StringIO()
    terminal = Console(file=stream, force_terminal=True, no_color=True, width=columns)
    monkeypatch.setattr(console, "out", terminal)
    row = ("2026-11", "QC001", "欧阳雨桐", "店铺网站客服月度绩效考核", "83.00", "良好", "1")
    console.table(("月份", "工号", "姓名", "方案", "最终得分", "等级", "奖金系数"), [row])
    told = re.sub("\x1b[^m]*m", "", stream.getvalue())
    assert [word for word in row if word != row[3] and word not in told] == []
    assert set(row[3]) <= set(told)
    assert all(cell_len(each) <= columns for each in told.splitlines())


def test_a_table_on_a_terminal_keeps_its_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    told = printed(lambda: console.table(["姓名"], [["一\n二\x1b[1A"]]))
    assert "一 二\ufffd[1A" in told


def test_a_table_in_a_pipe_is_what_rich_draws(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [("QC001", "欧阳雨桐", "良好"), ("1", "", "a\x1b[1A，b"), ("汉字" * 40, "é️", "-")]
    streams = [io.StringIO(), io.StringIO()]
    for stream, by_rich in zip(streams, (True, False), strict=True):
        terminal = Console(file=stream, width=10_000, markup=False, emoji=False, highlight=False)
        monkeypatch.setattr(console, "unlimited", terminal)
        if by_rich:
            grid = Table()
            for head, *cells in zip(("工号", "姓名", "等级"), *rows, strict=True):
                grid.add_column(head, no_wrap=True, min_width=max(map(cell_len, (head, *cells))))
            for row in rows:
                grid.add_row(*map(console.line, row))
            terminal.print(grid)
        else:
            console.table(("工号", "姓名", "等级"), rows)
    assert streams[0].getvalue() == streams[1].getvalue() != ""


@settings(deadline=None)
@given(
    st.recursive(
        st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text()),
        lambda inner: st.one_of(st.lists(inner), st.dictionaries(st.text(), inner)),
    )
)
def test_json_is_written_as_the_standard_library_does(data: object) -> None:
    stream = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    with redirect_stdout(stream):
        console.show_json(iter(data) if isinstance(data, list) else data)
        stream.flush()
    raw = stream.buffer.getvalue()  # type: ignore[attr-defined]
    assert raw.decode() == escaped(json.dumps(data, ensure_ascii=False, indent=2)) + "\n"


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "gbk", "utf-8", "utf-16", "cp037"])
def test_streams_without_chinese_get_it(encoding: str, monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.TextIOWrapper(io.BytesIO(), encoding=encoding)
    monkeypatch.setattr(sys, "stdout", stream)
    console.speak_chinese()
    stream.write("绩效😀\udcff")
    stream.flush()
    assert "绩效" in stream.buffer.getvalue().decode(stream.encoding)  # type: ignore[attr-defined]
