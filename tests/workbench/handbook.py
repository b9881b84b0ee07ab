"""The manual: docs/手册 as one page that needs no network (`make manual`).

What the code says of itself (buttons, commands, arguments of functions, methods, settings) is written
into the chapters between two marks, so that it reads on the repository's pages too:

    <!-- begin buttons -->
    <!-- end buttons -->
"""

from __future__ import annotations

import argparse
import base64
import html
import inspect
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, get_type_hints
from urllib.parse import unquote

import typer
import xladdin_udfs
from markdown_it import MarkdownIt
from markdown_it.token import Token

from tests.workbench.tools import ROOT
from xladdin.addin.buttons import GROUPS
from xladdin.app.handbook import PAGE
from xladdin.cli import help_page
from xladdin.cli.command_line import app
from xladdin.domain.methods import RULES
from xladdin.functions.method_options import SETTINGS

FOLDER = ROOT / "docs" / "手册"
TITLE = "绩效助手使用手册"
BLOCK = re.compile(r"(<!-- begin ([^>\n]+?) -->\n).*?(<!-- end \2 -->\n)", re.DOTALL)
COMMENT = re.compile(r"^<!-- .*? -->$", re.MULTILINE)


@dataclass(frozen=True)
class Chapter:
    """One file of the manual."""

    path: Path
    text: str

    @property
    def number(self) -> str:
        return self.path.name.partition("-")[0]


def chapters(folder: Path = FOLDER) -> list[Chapter]:
    """The files, by their numbers."""
    return [Chapter(path, path.read_text("utf-8")) for path in sorted(folder.glob("[0-9]*.md"))]


# What the code says of itself.


def leaf_commands(command: Any = None, *path: str) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Every command that does something, with what is typed after xladdin."""
    found = typer.main.get_command(app) if command is None else command
    below = getattr(found, "commands", {})
    if not below:
        yield path, found
    for name in below:
        yield from leaf_commands(below[name], *path, name)


def _buttons() -> Iterator[str]:
    for group in GROUPS:
        yield f"### {group.label}组\n"
        yield from _table(("按钮", "做什么"), ((f"**{b.label}**", b.tip) for b in group.buttons))
        yield ""


def _commands() -> Iterator[str]:
    rows = ((f"`xladdin {' '.join(path)}`", help_page.summary(it)) for path, it in leaf_commands())
    yield from _table(("命令", "做什么"), rows)


def _methods() -> Iterator[str]:
    rows = (
        (rule.label, "；".join(f"`{option.example}`" for option in SETTINGS[kind]) or "没有")
        for kind, rule in RULES.items()
    )
    yield from _table(("计分方法", "参数，各举一例"), rows)


def _function(name: str) -> Iterator[str]:
    function = getattr(xladdin_udfs, name)
    hints = get_type_hints(function, include_extras=True)
    parameters = inspect.signature(function).parameters.values()
    typed = ", ".join(
        each.name if each.default is each.empty else f"[{each.name}]" for each in parameters
    )
    yield f"{inspect.getdoc(function)}\n"
    yield f"写法：`={name}({typed})`\n"
    yield from _table(
        ("参数", "填什么"), ((f"`{p.name}`", _told(hints[p.name])) for p in parameters)
    )


def _told(hint: Any) -> str:
    return next(str(each["doc"]) for each in hint.__metadata__ if "doc" in each)


def _table(heads: Sequence[str], rows: Any) -> Iterator[str]:
    yield f"| {' | '.join(heads)} |"
    yield f"|{'---|' * len(heads)}"
    for row in rows:
        yield f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |"


BLOCKS: dict[str, Callable[..., Iterator[str]]] = {
    "buttons": _buttons,
    "commands": _commands,
    "methods": _methods,
    "function": _function,
}


def refreshed(text: str) -> str:
    """The chapter with what the code says now."""

    def told(found: re.Match[str]) -> str:
        name, *arguments = found[2].split()
        lines = "\n".join(BLOCKS[name](*arguments)).rstrip()
        return f"{found[1]}\n{lines}\n\n{found[3]}"

    return BLOCK.sub(told, text)


# One page.


def slug(title: str) -> str:
    """The anchor of a heading, as repositories' pages make it."""
    kept = re.sub(r"[^\w\- ]", "", title.strip().lower())
    return kept.replace(" ", "-")


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}).enable("table")


def plain(token: Token) -> str:
    """The words of a line, without its marks."""
    return "".join(
        part.content for part in token.children or () if part.type in ("text", "code_inline")
    )


def _tokens(chapter: Chapter) -> list[Token]:
    """The chapter's parts, with anchors, inner links, and pictures within the page."""
    tokens = _parser().parse(COMMENT.sub("", chapter.text))
    for at, token in enumerate(tokens):
        if token.type == "heading_open":
            anchor = slug(plain(tokens[at + 1]))
            token.attrSet(
                "id", chapter.number if token.tag == "h1" else f"{chapter.number}-{anchor}"
            )
        for part in token.children or ():
            if part.type == "link_open":
                part.attrSet("href", _inner(str(part.attrGet("href")), chapter))
            elif part.type == "image":
                part.attrSet(
                    "src", _embedded(chapter.path.parent / unquote(str(part.attrGet("src"))))
                )
    return tokens


def _inner(target: str, chapter: Chapter) -> str:
    """A link between chapters as one within the page."""
    file, _, anchor = unquote(target).partition("#")
    number = file.partition("-")[0] if file else chapter.number
    return f"#{number}-{anchor}" if anchor else f"#{number}"


def _embedded(path: Path) -> str:
    return f"data:image/png;base64,{base64.b64encode(path.read_bytes()).decode()}"


def _contents(parsed: Sequence[Sequence[Token]]) -> Iterator[str]:
    for tokens in parsed:
        yield "<li>"
        below = [(at, each) for at, each in enumerate(tokens) if each.type == "heading_open"]
        lines = [
            (each.tag, f'<a href="#{each.attrGet("id")}">{html.escape(plain(tokens[at + 1]))}</a>')
            for at, each in below
        ]
        yield from (line for tag, line in lines if tag == "h1")
        yield f"<ul>{''.join(f'<li>{line}</li>' for tag, line in lines if tag == 'h2')}</ul></li>"


def page(found: Sequence[Chapter]) -> str:
    """The whole manual."""
    parsed = [_tokens(chapter) for chapter in found]
    shown = _parser()
    bodies = "\n".join(
        f"<section>\n{shown.renderer.render(tokens, shown.options, {})}</section>"
        for tokens in parsed
    )
    style = (Path(__file__).with_name("handbook.css")).read_text("utf-8")
    policy = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"
    return (
        '<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{TITLE}</title>\n<style>\n{style}</style>\n</head>\n<body>\n"
        f'<nav><p class="name">{TITLE}</p>\n<ul>{"".join(_contents(parsed))}</ul></nav>\n'
        f"<main>\n{bodies}\n</main>\n</body>\n</html>\n"
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the chapters' own parts and the page anew."""
    parser = argparse.ArgumentParser(prog="python -m tests.workbench.handbook", description=__doc__)
    parser.parse_args(arguments)
    for chapter in chapters():
        new = refreshed(chapter.text)
        if new != chapter.text:
            chapter.path.write_text(new, "utf-8", newline="\n")
    PAGE.write_text(page(chapters()), "utf-8", newline="\n")
    print(PAGE.relative_to(ROOT), PAGE.stat().st_size)
    return 0


if __name__ == "__main__":
    sys.exit(main())
