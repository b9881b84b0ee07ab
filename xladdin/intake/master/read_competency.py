"""A competency scheme out of its rows: levels, elements with descriptors, raters' weights."""

from __future__ import annotations

from xladdin.domain.competency import CompetencyScheme

from .find import Book
from .groups import Group, Item
from .lines import Line
from .notes import Notes
from .parts import Part, Spot, validated
from .read_indicators import step_line

SOURCES = ("self", "superior", "peer", "customer")
KPI_ONLY = ("form_no", "weights_editable", "cap", "floor")


def read_competency(group: Group, book: Book, notes: Notes) -> CompetencyScheme | None:
    """One scheme, or None where something is wrong with it."""
    line, before = group.line, notes.errors
    part = Part(line.where("id"))
    part.take_all(line, "id", "name", "title", "positions", "missing", "least_peers")
    part.take_all(line, "bias_limit", "stars")
    part.take(line, "note", "purpose")
    line.unused(KPI_ONLY, "能力考核")
    _check_stars(line)
    part.nest_all("levels", [_level(each) for each in group.grades])
    part.nest_all("elements", [_element(item) for item in group.items])
    if group.items:
        part.spots["elements",] = Spot(group.items[0].line.where("weight"))
    _complete(group, book)
    scheme = validated(CompetencyScheme, part, group.name, notes)
    return scheme if notes.errors == before else None


def _check_stars(line: Line) -> None:
    if not line.says("stars"):
        line.error("stars", "missing_value", "能力考核须填星级对应：1 至 5 星依次对应的等级")


def _complete(group: Group, book: Book) -> None:
    for there, sheet, word in ((group.items, "elements", "要素"), (group.grades, "grades", "等级")):
        if not there:
            message = f"「{book.name(sheet)}」表里没有「{group.name}」的{word}"
            group.line.error("id", "scheme_empty", message)


def _level(line: Line) -> Part:
    part = Part(line.where("name"))
    part.take_all(line, "name", "points", "lower", "sign", "reward", "restored")
    line.unused(("upper", "coefficient"), "能力考核的等级")
    return part


def _element(item: Item) -> Part:
    line = item.line
    line.require()
    part = Part(line.where("id"))
    part.take_all(line, "id", "name", "weight", "behaviours", "question")
    part.nest("weights", _weights(line))
    part.spots["weights",] = Spot(line.where("superior"))
    for step in item.steps:
        step_line(step, "descriptors", f"要素「{item.name}」")
    part.data["descriptors"] = [step.read("text") or "" for step in item.steps]
    first = item.steps[0].where("text") if item.steps else line.where("id")
    part.spots["descriptors",] = Spot(first)
    for i, step in enumerate(item.steps):
        part.spots["descriptors", i] = Spot(step.where("text"), step.head("text"))
    return part


def _weights(line: Line) -> Part:
    part = Part(line.where("superior"))
    part.take_all(line, *SOURCES)
    return part
