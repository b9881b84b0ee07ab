"""Wrong usage is said in Chinese, on lines that nothing breaks, with exit code 2."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import typer
import yaml

from tests.app.command import xladdin
from xladdin.cli import usage

CASES: list[dict[str, Any]] = yaml.safe_load(
    Path(__file__).with_name("usage.yaml").read_text("utf-8")
)
ENGLISH = re.compile(
    r"\b(usage|error|try|invalid|missing|no such|option|argument)\b", re.IGNORECASE
)


@pytest.mark.parametrize("case", CASES, ids=[case["typed"] for case in CASES])
def test_what_is_said(case: dict[str, Any]) -> None:
    done = xladdin(*shlex.split(case["typed"]))
    assert done.err.splitlines() == case["told"]
    assert (done.code, done.out) == (2, "")


def test_an_argument_that_no_system_could_pass_on() -> None:
    done = xladdin("check", "a\0b.xlsx")
    assert (done.code, done.err) == (2, f"{usage.NO_TEXT}\n")


@pytest.mark.parametrize(
    "typed",
    [
        ["\x1b[2Jfly"],
        ["check", "--\u202egnp"],
        ["templates", "show", "\x1b]0;x\x07\u202egnp"],
        ["generate", "--period", "\x1b[2J", "--out", "o"],
        ["templates", "list", "\x9b2J\u2066x"],
    ],
    ids=ascii,
)
def test_nothing_that_is_typed_commands_the_terminal(typed: list[str]) -> None:
    done = xladdin(*typed)
    assert done.code == 2
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", done.err)


@pytest.mark.parametrize(
    ("name", "message", "told"),
    [
        ("UsageError", "Something that a later version says.", "用法不对：写得不对"),
        ("ClickException", "Whatever", "用法不对：写得不对"),
        ("UsageError", "Missing command.", "用法不对：没有写命令"),
        ("BadParameter", "'x' is not a valid integer.", "用法不对：写得不对"),
        ("UsageError", "Got unexpected extra arguments (a b)", "用法不对：多出了参数：a b"),
    ],
)
def test_english_that_is_not_known_is_not_shown(name: str, message: str, told: str) -> None:
    error = type(name, (SimpleNamespace,), {})(message=message, ctx=None)
    assert usage.explained(error) == [told]


def test_which_exceptions_are_the_parsers() -> None:
    assert usage.is_wrong_usage(typer.BadParameter("x"))
    assert not usage.is_wrong_usage(ValueError("x"))
    assert not usage.is_wrong_usage(typer.Exit())


def test_no_english_in_any_of_the_cases() -> None:
    told = "\n".join(line for case in CASES for line in case["told"])
    assert not ENGLISH.search(told)


def test_a_month_that_looks_like_a_number_is_read_and_told() -> None:
    done = xladdin("generate", "没有.xlsx", "--period", "2026.4", "--out", "o")
    assert done.err.splitlines()[0] == "月份“2026.4”按2026年4月读；以后请写成 2026-04。"
    assert (
        "2026.04" not in xladdin("generate", "没有.xlsx", "--period", "2026.04", "--out", "o").err
    )
