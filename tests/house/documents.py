"""Documents: links that lead somewhere, commands and options that there are, targets of make."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import typer

from tests.workbench.tools import ROOT
from xladdin.cli.command_line import app

LINK = re.compile(r"\[[^\]\n]*+\]\(<?([^)\s>]++)>?\)|(?:src|href)=\"([^\"\n]++)\"")
ELSEWHERE = re.compile(r"[a-z][a-z+.-]*+:", re.IGNORECASE)
HEADING = re.compile(r"^#++\s++(.+?)\s*$", re.MULTILINE)
MADE = re.compile(r"(?<![\w-])make ([a-z][a-z-]*+)")
TYPED = re.compile(r"(?:^[ \t]*+|(?<=`)|(?<=\$ ))xladdin ([^`\n]++)", re.MULTILINE)
OPTION = re.compile(r"--[a-z][a-z-]*+")
WORD = re.compile(r"[a-z][a-z-]*+")
TARGET = re.compile(r"^([a-z][a-z-]*+):", re.MULTILINE)


def documents() -> list[Path]:
    """The README files and all below docs."""
    return sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


def findings() -> list[str]:
    return [
        f"{path.relative_to(ROOT).as_posix()}: {wrong}"
        for path in documents()
        for wrong in wrong_in(path)
    ]


def wrong_in(path: Path) -> Iterator[str]:
    text = path.read_text("utf-8")
    yield from dead_links(text, path.parent, path)
    yield from unknown_targets(text)
    yield from unknown_commands(text)


def dead_links(text: str, folder: Path, own: Path) -> Iterator[str]:
    """Links to files that are not there, and to headings that no such file has."""
    for groups in LINK.findall(text):
        link = groups[0] or groups[1]
        if ELSEWHERE.match(link):
            continue
        name, _, heading = unquote(link).partition("#")
        target = (folder / name) if name else own
        if not target.exists():
            yield f"a link to nothing: {link}"
        elif heading and target.suffix == ".md" and heading not in headings(target):
            yield f"a link to no heading: {link}"


@cache
def headings(path: Path) -> frozenset[str]:
    """As links to them are written."""
    told = HEADING.findall(path.read_text("utf-8"))
    return frozenset(re.sub(r"[^\w\- ]", "", one.lower()).replace(" ", "-") for one in told)


def unknown_targets(text: str) -> Iterator[str]:
    known = set(TARGET.findall((ROOT / "Makefile").read_text("utf-8")))
    spans = " ".join(
        re.findall(r"`([^`\n]++)`", text) + re.findall(r"^(?:    )?(make .*)$", text, re.MULTILINE)
    )
    yield from (f"no such target: make {name}" for name in MADE.findall(spans) if name not in known)


def unknown_commands(text: str) -> Iterator[str]:
    """Commands and options of ours that are not there."""
    for typed in TYPED.findall(text):
        for wrong in _wrong_words(typed):
            yield f"{wrong}: xladdin {typed.strip()}"


def _wrong_words(typed: str) -> Iterator[str]:
    commands: list[Any] = [typer.main.get_command(app)]
    words = _words(typed)
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
    known = {
        option
        for one in commands
        for each in one.params
        for option in (*each.opts, *each.secondary_opts)
    }
    yield from (
        f"no such option: {option}"
        for option in OPTION.findall(typed)
        if option not in known | {"--help"}
    )


def _words(typed: str) -> list[str]:
    try:
        return shlex.split(typed)
    except ValueError:
        return typed.split()
