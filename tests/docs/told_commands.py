"""The commands that a document tells, out of its blocks of code and of its lines."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable, Iterator
from typing import Any

import typer

from xladdin.cli.command_line import app

FENCE = re.compile(r"^```\w*\n(.*?)^```$", re.MULTILINE | re.DOTALL)
CODE = re.compile(r"`(xladdin [^`\n]++)`")
LEFT_OUT = re.compile(r"\[|…|\.\.\.")
"""Not a command but what one looks like."""


def in_blocks(text: str) -> Iterator[tuple[str, ...]]:
    """Every line of a block of code that is typed as `xladdin …`, without what is said behind a #."""
    yield from _typed(line for block in FENCE.findall(text) for line in block.splitlines())


def in_sentences(text: str) -> Iterator[tuple[str, ...]]:
    """Every command that a sentence names; it may leave out what the reader knows."""
    yield from _typed(CODE.findall(FENCE.sub("", text)))


def _typed(lines: Iterable[str]) -> Iterator[tuple[str, ...]]:
    for line in lines:
        if line.startswith("xladdin ") and not LEFT_OUT.search(line):
            yield tuple(shlex.split(line, comments=True)[1:])


def is_known(words: tuple[str, ...]) -> bool:
    """Whether the parser takes a command; raises what it does not know.  Nothing is run."""
    command, rest = _command(words)
    if getattr(command, "commands", {}):
        return False
    return command.make_context(command.name, rest) is not None


def is_named(words: tuple[str, ...]) -> bool:
    """Whether there is such a command, with such options."""
    command, rest = _command(words)
    if getattr(command, "commands", {}) and rest and not rest[0].startswith("-"):
        return False
    options = {name for each in command.params for name in (*each.opts, *each.secondary_opts)}
    options.add("--help")
    return {word for word in rest if word.startswith("--")} <= options


def _command(words: tuple[str, ...]) -> tuple[Any, list[str]]:
    command, rest = typer.main.get_command(app), list(words)
    while rest and rest[0] in (below := getattr(command, "commands", {})):
        command = below[rest.pop(0)]
    return command, rest
