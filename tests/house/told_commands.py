"""The commands that a document tells, out of its blocks of code and of its sentences, and whether there are such."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable, Iterator
from typing import Any

import typer

from xladdin.cli.command_line import app
from xladdin.cli.usage import is_wrong_usage

Words = tuple[str, ...]
FENCE = re.compile(r"^```\w*\n(.*?)^```$", re.MULTILINE | re.DOTALL)
INDENTED = re.compile(r"^(?: {4}|\t)[ \t]*+(.++)$", re.MULTILINE)
PROMPT = re.compile(r"[ \t]*+(?:\$ )?(xladdin .++)")
CODE = re.compile(r"`(xladdin [^`\n]++)`")
LEFT_OUT = re.compile(r"\[|…|\.\.\.|\|")
"""Not a command but what one looks like."""
WORD = re.compile(r"[a-z][a-z-]*+")
OPTION = re.compile(r"--[a-z][a-z-]*+")


def in_blocks(text: str) -> Iterator[Words]:
    """Every line of a block of code that is typed as `xladdin …`, without what is said behind a #."""
    yield from (_words(line) for line in _lines(text) if not LEFT_OUT.search(line))


def in_sentences(text: str) -> Iterator[Words]:
    """Every command that a sentence names, or a block shows the like of; it may leave out what the
    reader knows."""
    yield from (_words(line) for line in _lines(text) if LEFT_OUT.search(line))
    yield from map(_words, CODE.findall(FENCE.sub("", text)))


def _lines(text: str) -> Iterator[str]:
    blocks = [line for block in FENCE.findall(text) for line in block.splitlines()]
    for line in (*blocks, *INDENTED.findall(FENCE.sub("", text))):
        if found := PROMPT.fullmatch(line):
            yield found[1].rstrip()


def _words(line: str) -> Words:
    try:
        return tuple(shlex.split(line, comments=True)[1:])
    except ValueError:
        return tuple(line.split()[1:])


def wrong_in(text: str) -> Iterator[str]:
    """Commands and options that there are not; of what is typed whole, also what the parser refuses."""
    for words in in_sentences(text):
        yield from _told(words, _wrong_names(words))
    for words in in_blocks(text):
        yield from _told(words, list(_wrong_names(words)) or _refused(words))


def _told(words: Words, wrong: Iterable[str]) -> Iterator[str]:
    yield from (f"{one}: xladdin {' '.join(words)}" for one in wrong)


def _wrong_names(words: Words) -> Iterator[str]:
    """What is wrong with the names of commands and options, whatever else is left out."""
    commands: list[Any] = [typer.main.get_command(app)]
    for number, word in enumerate(words):
        below: Any = getattr(commands[0], "commands", {})
        if not below or word.startswith("-"):
            break
        names = word.split("|")
        if not all(WORD.fullmatch(name) for name in names):
            return  # no command but what stands for one
        if missing := [name for name in names if name not in below]:
            yield f"no such command: {' '.join([*words[:number], missing[0]])}"
            return
        commands = [below[name] for name in names]
    known = {"--help"}
    known.update(
        option
        for one in commands
        for each in one.params
        for option in (*each.opts, *each.secondary_opts)
    )
    told = OPTION.findall(" ".join(words))
    yield from (f"no such option: {option}" for option in told if option not in known)


def _refused(words: Words) -> Iterator[str]:
    """What the parser says of it; nothing is run."""
    command: Any = typer.main.get_command(app)
    rest = list(words)
    while rest and rest[0] in (below := getattr(command, "commands", {})):
        command = below[rest.pop(0)]
    if getattr(command, "commands", {}):
        yield "not a whole command"
        return
    try:
        command.make_context(command.name, rest, resilient_parsing="--help" in rest)
    except Exception as error:
        if not is_wrong_usage(error):
            raise
        yield f"not taken ({error})"
