"""Schemes out of their five sheets: every row to its scheme, then each scheme by its form."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from xladdin.domain.competency import CompetencyScheme
from xladdin.domain.schemes import Scheme

from .find import Book
from .groups import Group, Item
from .lines import Line
from .notes import Notes
from .read_competency import read_competency
from .read_kpi import read_kpi
from .references import Once, Register, where
from .sketches import sketch

SHEETS = ("schemes", "indicators", "elements", "steps", "grades")


@dataclass(frozen=True, slots=True)
class Schemes:
    """What was read; ``known`` also has those that are wrong, as far as they can be looked up."""

    schemes: tuple[Scheme, ...] = ()
    competencies: tuple[CompetencyScheme, ...] = ()
    known: tuple[Scheme, ...] = ()
    positions: frozenset[str] = frozenset()
    """Every position that some scheme is for."""
    rated: frozenset[str] = frozenset()
    """Ids and names of competency schemes."""
    waiting: frozenset[str] = frozenset()
    """Ids and names of indicators whose scheme or unit cannot be told."""
    lost: frozenset[str] = frozenset()
    """Ids, names and positions of rows that no scheme could be made of."""


def read_schemes(book: Book, notes: Notes) -> Schemes:
    """Every scheme that can be read."""
    if not book.usable(*SHEETS):
        return Schemes()
    groups = _groups(book)
    register: Register[Group] = Register(book.name("schemes"), "unknown_scheme")
    for group in groups:
        register.add(group.id, group.name, group)
    unplaced = _add_items(book, register)
    _add_steps(book, register, unplaced)
    _add_grades(book, register)
    _claimed(groups)
    kpis = [(group, read_kpi(group, book, notes)) for group in groups if group.kpi]
    competencies = [read_competency(group, book, notes) for group in groups if group.competency]
    return Schemes(
        tuple(read.scheme for _, read in kpis if read.scheme),
        tuple(scheme for scheme in competencies if scheme),
        tuple(read.scheme or sketch(group, read.part) for group, read in kpis),
        frozenset(name for line in book.lines("schemes") for name in line.read("positions") or ()),
        frozenset(key for group in groups if group.competency for key in (group.id, group.name)),
        frozenset([*unplaced, *(key for _, read in kpis for key in read.unmeasured)]),
        frozenset(_lost(book, groups)),
    )


def _lost(book: Book, groups: list[Group]) -> Iterator[str]:
    used = {group.line.place for group in groups if group.form}
    for line in book.lines("schemes"):
        if line.place not in used:
            yield from (line.row.key("id"), line.row.key("name"), *(line.read("positions") or ()))


def _groups(book: Book) -> list[Group]:
    ids, names = Once("duplicate_id", "方案编号"), Once("duplicate_name", "方案名称")
    groups = []
    for line in book.lines("schemes"):
        line.require()
        id_, name, form = line.read("id"), line.read("name"), line.read("form")
        names.check(line, "name")
        if ids.check(line, "id"):
            positions = line.read("positions") or ()
            groups.append(Group(line, id_ or "", name or "", form or "", positions))
    return groups


def _add_items(book: Book, register: Register[Group]) -> frozenset[str]:
    """Indicators, additions and deductions to KPI schemes, elements to competency schemes.

    Returns the ids and names of those that belong to no scheme.
    """
    unplaced: set[str] = set()
    for key, word in (("indicators", "指标编号"), ("elements", "要素编号")):
        ids, names = (
            Once("duplicate_id", word),
            Once("duplicate_name", word.replace("编号", "名称")),
        )
        for line in book.lines(key):
            line.require()
            group = register.of(line, "scheme")
            if group:
                ids.check(line, "id", group.id)
                names.check(line, "name", group.id)
            if group and _belongs(line, group, (key == "elements") == group.competency):
                group.items.append(Item(line, line.read("id") or "", line.read("name") or ""))
            else:
                unplaced |= {line.row.key("id"), line.row.key("name")}
    return frozenset(unplaced)


def _belongs(line: Line, group: Group, fits: bool) -> bool:
    if not fits and group.form:
        label = group.line.raw("form")
        line.error("scheme", "wrong_form", f"「{group.name}」是{label}，这张表的内容用不上")
    return fits and bool(group.form)


def _add_steps(book: Book, register: Register[Group], unplaced: frozenset[str]) -> None:
    for line in book.lines("steps"):
        line.require()
        group, key = register.of(line, "scheme"), line.read("item")
        if group is None or key is None:
            continue
        item = group.item(key)
        if item:
            item.steps.append(line)
        elif group.form and key not in unplaced:
            sheet = book.name("elements" if group.competency else "indicators")
            word = "要素" if group.competency else "指标"
            message = f"「{sheet}」表里，{group.name}没有{word}「{key}」"
            line.error("item", "unknown_indicator", message)


def _add_grades(book: Book, register: Register[Group]) -> None:
    names = Once("duplicate_grade", "等级")
    for line in book.lines("grades"):
        line.require()
        group = register.of(line, "scheme")
        if group:
            names.check(line, "name", group.id)
            group.grades.append(line)


def _claimed(groups: list[Group]) -> None:
    """Positions that two schemes of a kind are for: only the first is taken by itself."""
    claims: dict[tuple[bool, str], Group] = {}
    for group, name in _pairs(groups):
        first = claims.setdefault((group.competency, name), group)
        if first is not group:
            at = where(first.line.where("positions"))
            message = f"岗位「{name}」已适用「{first.name}」（{at}），此处不会自动采用"
            group.line.warn("positions", "position_claimed", message)


def _pairs(groups: list[Group]) -> Iterator[tuple[Group, str]]:
    return ((group, name) for group in groups if group.form for name in group.positions)
