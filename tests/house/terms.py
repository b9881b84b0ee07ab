"""The words of ``docs/glossary.yaml``: no text that a user sees says them otherwise."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from tests.workbench.tools import ROOT

GLOSSARY = ROOT / "docs" / "glossary.yaml"
CODE = ("xladdin", "udfs")
OTHERS_WORDS = (
    "xladdin/intake/",
    "xladdin/standards/",
    "xladdin/analysis/record_intake/",
    "workbook_templates/exports/",
    "workbook_templates/reports/record_columns.yaml",
    "workbook_templates/schema/",
)
"""Where heads and phrases stand that others write, as they write them."""
TEXTS = (
    "workbook_templates/**/*.yaml",
    "xladdin/**/*.bas",
    "xladdin/**/*.nsi",
    "docs/**/*.md",
    "README*.md",
)
CHINESE = re.compile("[一-鿿]")
MARK = "# glossary: "
"""In a line of code: why a word stands there all the same, as where another program's words are quoted."""


@dataclass(frozen=True)
class Term:
    """A word, what it is called in the code, where, and how it is not said."""

    term: str
    english: str
    where: str
    forbidden: tuple[str, ...]
    quoted: tuple[str, ...]
    """Other programs' own words that hold a forbidden one."""


@cache
def glossary() -> tuple[Term, ...]:
    entries = yaml.safe_load(GLOSSARY.read_text("utf-8"))
    return tuple(
        Term(
            one["term"],
            one["english"],
            one["where"],
            tuple(one["forbidden"]),
            tuple(one.get("quoted", ())),
        )
        for one in entries
    )


@cache
def _said_as() -> dict[str, str]:
    """The forbidden words, with what is said in their place."""
    return {word: one.term for one in glossary() for word in one.forbidden}


def texts() -> Iterator[tuple[str, int, str]]:
    """What users may see: file, line, text."""
    for folder in CODE:
        for path in sorted((ROOT / folder).rglob("*.py")):
            if not is_others(path):
                yield from ((name_of(path), line, text) for line, text in of_code(path))
    for pattern in TEXTS:
        for path in sorted(ROOT.glob(pattern)):
            if not is_others(path):
                lines = path.read_text("utf-8", errors="replace").splitlines()
                yield from ((name_of(path), n, text) for n, text in enumerate(lines, start=1))


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def is_others(path: Path) -> bool:
    return name_of(path).startswith(OTHERS_WORDS)


def of_code(path: Path) -> Iterator[tuple[int, str]]:
    """The strings of a module that are Chinese, but for docstrings and what stands alone, and for quotations."""
    source = path.read_text("utf-8")
    lines = source.splitlines()
    tree = ast.parse(source)
    alone = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Constant) and isinstance(node.value, str)):
            continue
        if (
            id(node) not in alone
            and CHINESE.search(node.value)
            and MARK not in lines[node.lineno - 1]
        ):
            yield node.lineno, node.value


def findings() -> list[str]:
    """Every forbidden word with its place and the right one; every entry that no longer holds."""
    found = [
        f"{name}:{line}: 「{word}」 is said 「{right}」 here"
        for name, line, text in texts()
        for word, right in said_otherwise(text)
    ]
    return [*found, *stale()]


def said_otherwise(text: str) -> list[tuple[str, str]]:
    """The forbidden words of a text, each with the right one."""
    for quoted in _quoted():
        text = text.replace(quoted, "")
    return [(word, _said_as()[word]) for word in _pattern().findall(text)]


@cache
def _quoted() -> tuple[str, ...]:
    return tuple(phrase for one in glossary() for phrase in one.quoted)


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(_said_as(), key=len, reverse=True))))


def stale() -> list[str]:
    """Entries whose English name is not where they say."""
    return [
        f"docs/glossary.yaml: {one.term}: no {one.english} in {one.where}"
        for one in glossary()
        if not (ROOT / one.where).is_file()
        or one.english not in (ROOT / one.where).read_text("utf-8").lower()
    ]
