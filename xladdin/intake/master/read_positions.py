"""Job analyses out of the sheets of positions, duties and standards."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from xladdin.domain.positions import REQUIREMENT_LABELS, Position
from xladdin.domain.quantities import Unit

from .brackets import standards_in
from .find import Book
from .law import lawful
from .lines import Line
from .notes import Notes
from .parts import Part, Spot, validated
from .references import Once, Register

PLAIN = ("id", "name", "company", "part_time", "superior", "department", "subordinates")


@dataclass(slots=True)
class Post:
    """A position's row, and the rows of other sheets that belong to it."""

    line: Line
    id: str
    name: str
    duties: list[Duty] = field(default_factory=list)


@dataclass(slots=True)
class Duty:
    """A duty's row with the rows of its standards."""

    line: Line
    rank: int | None
    standards: list[Line] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Positions:
    """What was read: the positions that are right, and the names of all that are listed."""

    models: tuple[Position, ...] = ()
    names: frozenset[str] = frozenset()
    superiors: frozenset[str] = frozenset()
    """The positions that others report to; not all of them are listed."""


def read_positions(book: Book, notes: Notes) -> Positions:
    """Every position that can be read."""
    posts = _posts(book)
    register: Register[Post] = Register(book.name("positions"), "unknown_position")
    for post in posts:
        register.add(post.id, post.name, post)
    if book.usable("duties"):
        _add_duties(book, register)
        _add_standards(book, register)
    models = [_position(post, book, notes) for post in posts]
    return Positions(
        tuple(model for model in models if model),
        _said(book, "name"),
        _said(book, "superior"),
    )


def _said(book: Book, column: str) -> frozenset[str]:
    """What a column says, also in rows that could not be used."""
    return frozenset(line.row.text(column) for line in book.lines("positions") if line.says(column))


def _posts(book: Book) -> list[Post]:
    ids, names = Once("duplicate_id", "岗位编号"), Once("duplicate_name", "岗位名称")
    posts = []
    for line in book.lines("positions"):
        line.require()
        id_, name = line.read("id"), line.read("name")
        fresh = ids.check(line, "id")
        names.check(line, "name", line.read("company") or "")
        if fresh:
            posts.append(Post(line, id_ or "", name or ""))
    return posts


def _add_duties(book: Book, register: Register[Post]) -> None:
    ranks = Once("duplicate_rank", "重要性序号")
    for line in book.lines("duties"):
        line.require()
        post = register.of(line, "position")
        if post is None:
            continue
        rank = line.read("rank")
        ranks.check(line, "rank", post.id)
        post.duties.append(Duty(line, rank))


def _add_standards(book: Book, register: Register[Post]) -> None:
    for line in book.lines("standards"):
        line.require()
        post, rank = register.of(line, "position"), line.read("rank")
        if post is None or rank is None:
            continue
        duty = next((duty for duty in post.duties if duty.rank == rank), None)
        if duty:
            duty.standards.append(line)
        elif all(duty.rank is not None for duty in post.duties):
            message = f"「{book.name('duties')}」表里，{post.name}没有重要性为 {rank} 的工作"
            line.error("rank", "unknown_duty", message)


def _position(post: Post, book: Book, notes: Notes) -> Position | None:
    line, before = post.line, notes.errors
    part = Part(line.where("id"))
    part.take_all(line, *PLAIN, "note")
    part.data["requirements"] = {}
    for key in REQUIREMENT_LABELS:
        part.take(line, key, "requirements", key)
    lawful(line)
    part.nest_all("duties", [_duty(duty) for duty in post.duties])
    if not post.duties:
        if book.usable("duties"):
            message = f"「{book.name('duties')}」表里没有「{post.name}」的工作，出不了工作分析表"
            line.warn("id", "position_empty", message)
        return None
    part.spots["duties",] = Spot(post.duties[0].line.where("share"))
    model = validated(Position, part, post.name, notes)
    return model if notes.errors == before else None


def _duty(duty: Duty) -> Part:
    line = duty.line
    part = Part(line.place)
    part.take_all(line, "rank", "text", "share", "restored")
    if duty.standards:
        part.nest_all("standards", [_standard(each) for each in duty.standards])
    else:
        _from_bracket(part, line)
    return part


def _from_bracket(part: Part, line: Line) -> None:
    """The standards that a duty states in brackets, where no rows state them."""
    written = part.data.get("text")
    if not isinstance(written, str):
        return
    found = standards_in(written)
    for each in found.unread:
        message = f"「{each.clause}」没有读成衡量标准：{each.reason}"
        line.warn("text", "standard_unread", message)
    if found.standards:
        part.data["text"] = found.duty
        part.data["standards"] = [standard.model_dump() for standard in found.standards]


def _standard(line: Line) -> Part:
    part = Part(line.place)
    unit = _unit(part.take(line, "unit"), line)
    part.take_all(line, "text", "subject", "kind", "cycle", "direction")
    part.take(line, "value", unit=unit)
    due = _due(line)
    if due is None:
        part.take(line, "due")
    else:
        part.data["due"] = due
    return part


def _unit(said: Any, line: Line) -> Unit | None:
    """The unit of a row; None where the cell says something that is none."""
    if said is None:
        return None if line.says("unit") else Unit.NUMBER
    return Unit(said)


def _due(line: Line) -> str | None:
    """12-25 and 9:00 as Excel turns them into dates and times, back again."""
    match line.raw("due"):
        case dt.datetime() as day:
            return f"{day:%m-%d}"
        case dt.date() as day:
            return f"{day:%m-%d}"
        case dt.time() as hour:
            return f"{hour:%H:%M}"
        case _:
            return None
