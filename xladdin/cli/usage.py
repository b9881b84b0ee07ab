"""Wrong usage in Chinese: what the parser refuses, and how it should be typed.

Typer has its own copy of click's exceptions in some versions and click's in others, so they are
told apart by their names; their English messages are never shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any

from . import help_page

NO_TEXT = "用法不对：参数里有不能用的字符（NUL）"
CHINESE = re.compile("[\u4e00-\u9fff]")
NO_COMMAND = re.compile(r"No such command (['\"])(.{0,500}?)\1\.?(?: Did you mean .*)?$", re.DOTALL)
EXTRA = re.compile(r"unexpected extra arguments?(?:\(s\))? \((.*)\)", re.DOTALL)
HELP_SHOWN = "NoArgsIsHelpError"


def is_wrong_usage(error: Exception) -> bool:
    """Whether an exception is the parser's refusal."""
    return hasattr(error, "format_message") and hasattr(error, "exit_code")


def explained(error: Any) -> list[str]:
    """What is wrong with the usage, and the right one, line by line."""
    if type(error).__name__ == HELP_SHOWN:
        return str(error.message).splitlines()
    context = getattr(error, "ctx", None)
    return [f"用法不对：{_wrong(error, context)}", *_right(context)]


def _wrong(error: Any, context: Any) -> str:
    match type(error).__name__:
        case "NoSuchOption":
            return f"没有选项 {error.option_name}{_hint(error.possibilities or ())}"
        case "BadOptionUsage" if "does not take" in error.message:
            return f"选项 {error.option_name} 后面不带内容"
        case "BadOptionUsage":
            return f"选项 {error.option_name} 后面没有写内容"
        case "MissingParameter":
            return f"缺少{_parameter(error)}"
        case "BadParameter":
            return f"{_parameter(error)}：{_said(error.message)}".removeprefix("：")
        case _:
            return _of_command(error.message, context)


def _of_command(message: str, context: Any) -> str:
    if found := NO_COMMAND.search(message):
        commands = list(getattr(context.command, "commands", {})) if context else []
        hint = _hint(get_close_matches(found[2], commands)) or f"，可用的有：{'、'.join(commands)}"
        return f"没有命令「{found[2]}」{hint}"
    if found := EXTRA.search(message):
        return f"多出了参数：{found[1]}"
    return "没有写命令" if message.startswith("Missing command") else _said(message)


def _said(message: str) -> str:
    """Our own words; the parser's would be English."""
    return message if CHINESE.search(message) else "写得不对"


def _parameter(error: Any) -> str:
    """The option or argument in question, as it is typed."""
    hint = getattr(error, "param_hint", None)
    if hint:
        return hint if isinstance(hint, str) else " / ".join(hint)
    parameter = getattr(error, "param", None)
    if parameter is None:
        return ""
    if parameter.param_type_name == "option":
        return f"选项 {' / '.join(parameter.opts)}"
    return f"参数 {help_page.name_of(parameter)}"


def _hint(near: Iterable[str]) -> str:
    listed = " 或 ".join(near)
    return f"，是不是 {listed}？" if listed else ""


def _right(context: Any) -> list[str]:
    if context is None:
        return []
    return [f"写法：{help_page.usage(context)}", f"说明：{context.command_path} --help"]
