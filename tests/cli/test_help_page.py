"""Every ``--help`` is Chinese, on any terminal, with nothing cut off."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
import typer

from tests.app.command import xladdin
from xladdin import console
from xladdin.cli.command_group import Command, Group
from xladdin.cli.command_line import app
from xladdin.screen_text import width

TERMS = {
    "excel",
    "postgresql",
    "wps",
    "python",
    "json",
    "yaml",
    "windows",
    "xlsx",
    "parquet",
    "duckdb",
    "spark",
    "xls",
    "xlsm",
    "xlam",
    "oxt",
    "csv",
}
OPTION = re.compile(r"--[a-z][a-z-]*")
WORD = re.compile(r"[A-Za-z][A-Za-z_-]+")


def commands(command: Any, *path: str) -> Iterator[tuple[tuple[str, ...], Any]]:
    yield path, command
    for name, below in getattr(command, "commands", {}).items():
        yield from commands(below, *path, name)


ALL = list(commands(typer.main.get_command(app)))
NAMES = {"PDF", "LibreOffice", "Calc", "xladdin", *(name for path, _ in ALL for name in path)}
IDS = {"monthly", "competency", "sales", "job", "summary", "slip", "xladdin-demo"}


def wide(monkeypatch: pytest.MonkeyPatch, columns: int) -> None:
    """Not by COLUMNS: a console keeps to what that is when it is made, and test runners set it."""
    monkeypatch.setattr(console.out, "_width", columns)


@pytest.mark.parametrize("columns", ["60", "80", "200"])
@pytest.mark.parametrize("path", [path for path, _ in ALL], ids=" ".join)
def test_no_english(path: tuple[str, ...], columns: str, monkeypatch: pytest.MonkeyPatch) -> None:
    wide(monkeypatch, int(columns))
    done = xladdin(*path, "--help")
    assert (done.code, done.err) == (0, "")
    said = OPTION.sub("", done.out)
    assert {word for word in WORD.findall(said) if word.lower() not in TERMS} <= NAMES | IDS
    assert "…" not in done.out.replace("命令 …", "")
    assert max(map(width, done.out.splitlines()[1:])) <= int(columns)


@pytest.mark.parametrize(("path", "command"), ALL, ids=[" ".join(path) for path, _ in ALL])
def test_every_command_and_option_is_explained(path: tuple[str, ...], command: Any) -> None:
    assert isinstance(command, Group if path[:1] == () or hasattr(command, "commands") else Command)
    assert command.help
    told = "".join(xladdin(*path, "--help").out.split())
    for parameter in command.params:
        assert parameter.help, parameter.name
        assert "".join(parameter.help.split()) in told
        if parameter.param_type_name == "option":
            assert set(parameter.opts) <= set(OPTION.findall(told))


def test_a_page(monkeypatch: pytest.MonkeyPatch) -> None:
    wide(monkeypatch, 60)
    assert xladdin("demo", "--help").out.splitlines() == [
        "用法：xladdin demo [选项] [文件夹]",
        "",
        "用示例公司走一遍全流程：读名册和数据，生成各种表，收回一个月",
        "的考核表，汇总，写反馈单和月度分析报告。",
        "",
        "参数：",
        "  文件夹  放结果的文件夹（不写就是 xladdin-demo）",
        "",
        "选项：",
        "  --all   逐条列出全部问题，同样的问题也不合并成一行",
        "  --help  显示这份说明",
    ]


def test_what_must_be_written_is_told() -> None:
    told = xladdin("generate", "--help").out
    assert "考核月份，如 2026-11（必须写）" in told
    assert "--form 文字" in told
    assert "（不写就是 monthly）" in "".join(told.split()).replace("就是monthly", "就是 monthly")


def test_a_group_alone_shows_its_help() -> None:
    done = xladdin("templates")
    assert (done.code, done.err) == (2, xladdin("templates", "--help").out)
