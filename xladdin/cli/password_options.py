"""Passwords of workbooks: asked for on the screen or read from a file, never typed into the command.

What stands in a command everybody on the machine can list, and the shell keeps it.
"""

from __future__ import annotations

import functools
import getpass
import inspect
import os
import stat
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Any, get_type_hints

import typer

from xladdin import console
from xladdin.ooxml import passwords
from xladdin.ooxml.sealing import LONGEST, WEAK, Sealing, wrong_password
from xladdin.problems import Place, warning

from .options import UNSEEN

OPTION, FILE_OPTION = "--password", "--password-file"
_FORGOTTEN = "请记好密码：忘记了谁也打不开这些文件，也找不回来。"
_WEAK = f"密码少于{WEAK}个字符，容易被猜出来，建议换一个长一些的"
_ENDINGS = "\r\n"
_MOST_BYTES = 4 * (LONGEST + 2)
"""What the longest password takes in a file, with a mark before it and an end of line."""

_Readable = Annotated[
    int,
    typer.Option(OPTION, count=True, help="要读的文件有打开密码：运行时输入"),
]
_Sealable = Annotated[
    int,
    typer.Option(
        OPTION,
        count=True,
        help="写出的文件加上打开密码，运行时输入两遍；读有密码的文件也用它，另有密码的再写一次",
    ),
]
_Files = Annotated[
    list[Path] | None,
    typer.Option(FILE_OPTION, help="密码写在这个文件的第一行，代替运行时输入", **UNSEEN),
]


def opens_files(command: Callable[..., Any]) -> Callable[..., Any]:
    """A command that reads files with the passwords it is given."""

    def run(given: Sequence[str], *arguments: Any, **options: Any) -> Any:
        with passwords.tried(given):
            return command(*arguments, **options)

    return _with_options(command, run, _Readable, twice=False)


def seals_files(command: Callable[..., Any]) -> Callable[..., Any]:
    """A command that writes files with the first password, handed to it as ``sealing``."""

    def run(given: Sequence[str], *arguments: Any, **options: Any) -> Any:
        with passwords.tried(given):
            return command(*arguments, sealing=Sealing(given[0] if given else ""), **options)

    return _with_options(command, run, _Sealable, twice=True)


def _with_options(
    command: Callable[..., Any], run: Callable[..., Any], asked: Any, *, twice: bool
) -> Callable[..., Any]:
    """The command with the two options, of which it need not know."""

    @functools.wraps(command)
    def whole(
        *arguments: Any, password: int, password_file: list[Path] | None, **options: Any
    ) -> Any:
        return run(_given(password, password_file or (), twice=twice), *arguments, **options)

    hints = {**get_type_hints(command, include_extras=True)}
    hints |= {"password": asked, "password_file": _Files}
    hints.pop("sealing", None)
    own = [
        inspect.Parameter("password", inspect.Parameter.KEYWORD_ONLY, default=0),
        inspect.Parameter("password_file", inspect.Parameter.KEYWORD_ONLY, default=None),
    ]
    kept = [one for one in inspect.signature(command).parameters.values() if one.name != "sealing"]
    whole.__signature__ = inspect.Signature([*kept, *own])  # type: ignore[attr-defined]
    whole.__annotations__ = hints
    return whole


def _given(count: int, files: Sequence[Path], *, twice: bool) -> list[str]:
    """Those of the files, then those that are typed; the first one twice where it is to be set."""
    if twice and (files or count):
        console.note(_FORGOTTEN)
    found = [_from_file(path) for path in files]
    for number in range(count):
        setting = twice and not found
        more = f"（第{number + 1}个）" if count > 1 else ""
        word = _typed(f"密码{more}：")
        if setting and _typed("再输入一遍：") != word:
            raise _refused("两次输入的密码不一样，什么也没有写")
        found.append(word)
    if len(found) > passwords.MOST:
        raise _refused(f"最多给出{passwords.MOST}个密码")
    if twice and found and len(found[0]) < WEAK:
        console.complain([warning("password_weak", _WEAK)])
    return found


def _typed(question: str) -> str:
    if sys.stdin is None or not sys.stdin.isatty():
        raise _refused(f"这里不能输入密码，请改用 {FILE_OPTION}")
    try:
        word = getpass.getpass(question)
    except EOFError:
        raise _refused("没有输入密码") from None
    return _checked(word, OPTION)


def _from_file(path: Path) -> str:
    try:
        with path.open("rb") as stream:
            data = stream.read(_MOST_BYTES)
            open_to_others = os.name != "nt" and os.fstat(stream.fileno()).st_mode & (
                stat.S_IRWXG | stat.S_IRWXO
            )
    except (OSError, ValueError):
        raise _refused("密码文件读不了", FILE_OPTION) from None
    if open_to_others:
        message = "别人也能读这个密码文件，请改成只有自己能读"
        console.complain([warning("password_file_open", message, Place(path.name))])
    text = ""
    with suppress(UnicodeDecodeError):
        text = data.decode("utf-8-sig")
    return _checked(text.partition("\n")[0].strip(_ENDINGS), FILE_OPTION)


def _checked(word: str, option: str) -> str:
    """A password that Excel takes too."""
    if wrong := wrong_password(word):
        how = (
            "（密码文件应为 UTF-8 文字，密码在第一行）"
            if option == FILE_OPTION and not word
            else ""
        )
        raise _refused(wrong + how, option)
    return word


def _refused(message: str, option: str = OPTION) -> typer.BadParameter:
    return typer.BadParameter(message, param_hint=option)
