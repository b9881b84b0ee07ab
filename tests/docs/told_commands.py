"""The commands that a document tells, out of its blocks of code and of its lines."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator

import typer

from xladdin.cli.command_line import app

FENCE = re.compile(r"^```\w*\n(.*?)^```$", re.MULTILINE | re.DOTALL)
CODE = re.compile(r"`(xladdin [^`\n]++)`")
LEFT_OUT = re.compile(r"\[|…|\.\.\.")
"""Not a command but what one looks like."""


def told(text: str) -> Iterator[tuple[str, ...]]:
    """Every line that is typed as `xladdin …`, without what is said behind a #."""
    lines = [line for block in FENCE.findall(text) for line in block.splitlines()]
    for line in (*lines, *CODE.findall(text)):
        if line.startswith("xladdin ") and not LEFT_OUT.search(line):
            yield tuple(shlex.split(line, comments=True)[1:])


def is_known(words: tuple[str, ...]) -> bool:
    """Whether the parser takes it; raises what it does not know.  Nothing is run.

    A command of which only name and options are told is one too, as in a sentence.
    """
    command, rest = typer.main.get_command(app), list(words)
    while rest and rest[0] in (below := getattr(command, "commands", {})):
        command = below[rest.pop(0)]
    if all(word.startswith("--") for word in rest):
        options = {name for each in command.params for name in each.opts}
        return options | {"--help"} >= set(rest)
    return command.make_context(command.name, rest, resilient_parsing=False) is not None
