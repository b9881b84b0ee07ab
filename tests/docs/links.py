"""Links and pictures of Markdown documents, and whether what they lead to is there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

from tests.workbench.handbook import slug

LINK = re.compile(r"!?\[[^\]\n]*+\]\(([^)\s]++)\)")
HEADING = re.compile(r"^#{1,6} (.+)$", re.MULTILINE)


def dead(path: Path) -> Iterator[str]:
    """The links of a document that lead nowhere."""
    for target in LINK.findall(path.read_text("utf-8")):
        if "://" in target:
            continue
        file, _, anchor = unquote(target).partition("#")
        found = path.parent / file if file else path
        if not found.exists() or (anchor and anchor not in anchors(found)):
            yield target


def anchors(path: Path) -> set[str]:
    return {slug(title.replace("`", "")) for title in HEADING.findall(path.read_text("utf-8"))}
