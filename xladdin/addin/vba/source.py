"""A module's text taken apart: its head, what it declares, its procedures, and who uses whom.

No compiler: as much of the grammar ([MS-VBAL] 5.2 and 5.3.1) as the modules of an add-in need;
whatever else stands outside of procedures is refused.  Attributes, and remarks below the head and
outside of procedures, are left out.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import TypeVar

from .directives import DIRECTIVE

BEGINNING = re.compile(
    r"\s*(?:(?P<scope>Public|Private|Friend)\s+)?(?:Static\s+)?"
    r"(?P<kind>Function|Sub|Property\s+(?:Get|Let|Set))\s+(?P<name>\w+)",
    re.I,
)
END = re.compile(r"\s*End\s+(?:Function|Sub|Property)\b", re.I)
DECLARATION = re.compile(
    r"(?=\s*(?:Public|Private|Global|Dim|Const|Declare)\b)"
    r"\s*(?:(?:Public|Private|Global|Dim)\s+)?(?:Const\s+|Declare\s+(?:PtrSafe\s+)?(?:Function|Sub)\s+)?"
    r"(?:WithEvents\s+)?(?P<name>\w+)\b(?P<rest>.*)",
    re.I | re.S,
)
SEVERAL = re.compile(r",\s*(?:_\n\s*)?\w+(?:\(\))?\s+(?:As\b|=)", re.I)
STRING_OR_BRACKETS = re.compile(r"\"[^\"]*\"|\([^)]*\)")
OTHER_STATEMENTS = re.compile(
    r"\s*(?:(?:Public|Private)\s+)?(?:Type|Enum|Event|Implements)\b", re.I
)
SCOPE = re.compile(r"^(\s*)(?:(?:Public|Private|Global|Dim|Friend)\s+)?", re.I)
OPTION = re.compile(r"\s*Option\s", re.I)
ATTRIBUTE = re.compile(r"Attribute\s", re.I)
REMARK = re.compile(r"\s*(?:'.*|Rem\b.*)?", re.I)
WORD = re.compile(r"\"(?:[^\"]|\"\")*\"|'.*|(?<![\w.])([A-Za-z]\w*)|\.([A-Za-z]\w*)")
"""A string, a remark, a name, or a name after a dot, which belongs to an object."""


@dataclass(frozen=True, slots=True)
class Statement:
    """Something that a module says above its procedures; no name for directives and options."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Procedure:
    """A function, a Sub or a property, from its first line to its last."""

    name: str
    text: str

    @property
    def is_public(self) -> bool:
        """Whether other modules may call it: in VBA that is so unless it says otherwise."""
        return (_beginning(self.text)["scope"] or "public").lower() != "private"


Part = TypeVar("Part", Statement, Procedure)


@dataclass(frozen=True, slots=True)
class Source:
    """The parts of a module, in their order."""

    head: str
    """The remarks at the top: who wrote it, and the licence."""
    statements: tuple[Statement, ...]
    procedures: tuple[Procedure, ...]

    @property
    def text(self) -> str:
        statements = "".join(each.text for each in _without_empty_groups(self.statements))
        return "\n".join((self.head + statements, *(each.text for each in self.procedures)))


def read(text: str) -> Source:
    """The parts of a text; ValueError where it is none of a module."""
    lines = [line for line in _logical(text.splitlines()) if not ATTRIBUTE.match(line)]
    start = next((i for i, line in enumerate(lines) if not _is_remark(line)), len(lines))
    statements: list[Statement] = []
    procedures: list[Procedure] = []
    while start < len(lines):
        line = lines[start]
        if BEGINNING.match(line):
            end = next((i for i in range(start, len(lines)) if END.match(lines[i])), None)
            if end is None:
                raise ValueError(f"{line}: no end")
            procedures.append(_procedure(lines[start : end + 1]))
            start = end
        elif not _is_remark(line):
            if procedures:
                raise ValueError(f"{line}: below a procedure")
            statements.append(_statement(line))
        start += 1
    return Source(_head(lines), tuple(statements), tuple(procedures))


def names_used(text: str) -> frozenset[str]:
    """The names in a text, in small letters, but for those in strings and remarks and after dots."""
    return frozenset(found[1].lower() for found in WORD.finditer(text) if found[1])


def words(text: str) -> frozenset[str]:
    """All names in a text, also those after dots."""
    return frozenset(
        word.lower() for found in WORD.finditer(text) if (word := found[1] or found[2])
    )


def reachable(procedures: Iterable[Procedure], roots: Collection[str]) -> frozenset[str]:
    """The procedures that are used by some names, or by those that are used; in small letters.

    A name that a procedure gives to a variable of its own counts as used: one too many stays
    rather than one too few.
    """
    uses = {each.name.lower(): names_used(each.text) for each in procedures}
    found: set[str] = set()
    waiting = [root.lower() for root in roots]
    while waiting:
        name = waiting.pop()
        if name in uses and name not in found:
            found.add(name)
            waiting.extend(uses[name])
    return frozenset(found)


def declared(statements: Iterable[Statement], used: Collection[str]) -> tuple[Statement, ...]:
    """The statements that declare something that is used, by the code or by one another."""
    statements = tuple(statements)
    uses: Mapping[str, set[str]] = {each.name.lower(): set() for each in statements if each.name}
    for each in statements:
        if each.name:
            uses[each.name.lower()] |= names_used(each.text)
    wanted = {name for name in uses if name in used}
    while more := {name for own in wanted for name in uses[own] if name in uses} - wanted:
        wanted |= more
    return tuple(each for each in statements if not each.name or each.name.lower() in wanted)


def private(part: Part) -> Part:
    """It, for its own module alone."""
    if not part.name:
        return part
    return replace(part, text=SCOPE.sub(r"\1Private ", part.text, count=1))


def beginning_with(procedure: Procedure, line: str) -> Procedure:
    """It, with one more line below its first."""
    first, *lines = _logical(procedure.text.splitlines())
    return Procedure(procedure.name, _joined([first, line, *lines]))


def _beginning(text: str) -> re.Match[str]:
    found = BEGINNING.match(text)
    if found is None:
        raise ValueError(f"{text}: no procedure")
    return found


def _procedure(lines: list[str]) -> Procedure:
    return Procedure(_beginning(lines[0])["name"], _joined(lines))


def _statement(line: str) -> Statement:
    if DIRECTIVE.fullmatch(line) or OPTION.match(line):
        return Statement("", f"{line}\n")
    found = DECLARATION.fullmatch(line)
    outside = STRING_OR_BRACKETS.sub("", found["rest"]) if found else ""
    if found is None or OTHER_STATEMENTS.match(line) or SEVERAL.search(outside):
        raise ValueError(f"{line}: not understood")
    return Statement(found["name"], f"{line}\n")


def _head(lines: list[str]) -> str:
    """The remarks at the top."""
    return _joined(takewhile(_is_remark, lines)).rstrip("\n") + "\n"


def _without_empty_groups(statements: Iterable[Statement]) -> list[Statement]:
    """Without directives between which nothing is left."""
    kept: list[Statement] = []
    for each in statements:
        kept.append(each)
        if _directive(each) == "end if":
            inside = len(kept) - 1
            while _directive(kept[inside]) != "if":
                inside -= 1
            if all(_directive(one) for one in kept[inside:]):
                del kept[inside:]
    return kept


def _directive(statement: Statement) -> str:
    found = DIRECTIVE.fullmatch(statement.text.rstrip("\n"))
    return found[1].lower() if found else ""


def _is_remark(line: str) -> bool:
    return REMARK.fullmatch(line) is not None


def _logical(lines: Iterable[str]) -> Iterator[str]:
    """Lines that are continued on the next one, as one."""
    begun: list[str] = []
    for line in lines:
        begun.append(line)
        if not line.endswith(" _"):
            yield "\n".join(begun)
            begun = []
    if begun:
        raise ValueError(f"{begun[-1]}: goes on where nothing is")


def _joined(lines: Iterable[str]) -> str:
    return "".join(f"{line}\n" for line in lines)
