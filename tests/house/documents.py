"""Documents: links that lead somewhere, commands and options that there are, targets of make."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from urllib.parse import unquote

from tests.house import told_commands
from tests.workbench.handbook import slug
from tests.workbench.tools import ROOT

LINK = re.compile(r"\[[^\]\n]*+\]\(<?([^)\s>]++)>?\)|(?:src|href)=\"([^\"\n]++)\"")
ELSEWHERE = re.compile(r"[a-z][a-z+.-]*+:", re.IGNORECASE)
HEADING = re.compile(r"^#++\s++(.+?)\s*$", re.MULTILINE)
MADE = re.compile(r"(?<![\w-])make ([a-z][a-z-]*+)")
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
    yield from told_commands.wrong_in(text)


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
    return frozenset(map(slug, HEADING.findall(path.read_text("utf-8"))))


def unknown_targets(text: str) -> Iterator[str]:
    known = set(TARGET.findall((ROOT / "Makefile").read_text("utf-8")))
    spans = " ".join(
        re.findall(r"`([^`\n]++)`", text) + re.findall(r"^(?:    )?(make .*)$", text, re.MULTILINE)
    )
    yield from (f"no such target: make {name}" for name in MADE.findall(spans) if name not in known)
