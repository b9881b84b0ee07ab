"""A KPI scheme out of its rows: sections of indicators, adjustments, total, grades."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from xladdin.domain.quantities import plain
from xladdin.domain.raw import FULL, off_by, total_of
from xladdin.domain.schemes import Scheme
from xladdin.intake.text import key_text

from .find import Book
from .groups import Group, Item
from .lines import Line
from .notes import Notes
from .parameters import ADJUSTMENTS
from .parts import Part, Spot, validated
from .read_indicators import Read, read_adjustment, read_indicator

ONLY_SECTION = ("main", "考核指标")
"""The section of a scheme that names none."""

UNLIMITED = frozenset({"无", "不限", "无上限", "不封顶", "没有"})
COMPETENCY_ONLY = ("missing", "least_peers", "bias_limit", "stars")


@dataclass(frozen=True, slots=True)
class Kpi:
    """A scheme, or None where something is wrong with it, and its raw data."""

    scheme: Scheme | None
    part: Part
    unmeasured: tuple[str, ...] = ()


def read_kpi(group: Group, book: Book, notes: Notes) -> Kpi:
    """One scheme."""
    line, before = group.line, notes.errors
    part = Part(line.where("id"))
    part.take_all(line, "id", "name", "title", "form", "form_no", "version", "positions")
    part.take_all(line, "weights_editable", "note")
    part.take(line, "floor", "total", "floor")
    _take_cap(part, line)
    line.unused(COMPETENCY_ONLY, "这种考核表")
    adjustments, indicators = _sorted(group.items)
    reads = [read_indicator(item, book) for item in indicators]
    _nest_sections(part, group, reads)
    part.nest_all("adjustments", [read_adjustment(item, book) for item in adjustments])
    part.nest_all("grades", [_grade(each) for each in group.grades])
    _complete(group, bool(reads), book)
    scheme = validated(Scheme, part, group.name, notes)
    unmeasured = tuple(key for read in reads if not read.measured for key in read.keys)
    return Kpi(scheme if notes.errors == before else None, part, unmeasured)


def _take_cap(part: Part, line: Line) -> None:
    """The highest total; 无 is no limit, and an empty cell the usual one."""
    if key_text(line.raw("cap")) in UNLIMITED:
        part.data.setdefault("total", {})["cap"] = None
    else:
        part.take(line, "cap", "total", "cap")


def _sorted(items: Sequence[Item]) -> tuple[list[Item], list[Item]]:
    """Adjustments and indicators, told apart by the column of methods."""
    extra = [item for item in items if item.line.read("method") in ADJUSTMENTS]
    return extra, [item for item in items if item not in extra]


def _complete(group: Group, has_indicators: bool, book: Book) -> None:
    for there, sheet, word in (
        (has_indicators, "indicators", "指标"),
        (bool(group.grades), "grades", "等级"),
    ):
        if not there:
            message = f"「{book.name(sheet)}」表里没有「{group.name}」的{word}"
            group.line.error("id", "scheme_empty", message)


def _nest_sections(part: Part, group: Group, reads: Sequence[Read]) -> None:
    """Indicators under the sections that they name, in the order of their first mention."""
    sections: dict[str, Part] = {}
    members: dict[str, list[Read]] = {}
    above = ""
    for read in reads:
        above = _section_name(read.line, above)
        if above not in sections:
            sections[above] = Part(read.line.where("section"))
        _take_id(sections[above], read.line, above)
        members.setdefault(above, []).append(read)
    off = _check_total(group, reads)
    for i, (name, section) in enumerate(sections.items(), start=1):
        _fill(section, name, i, members[name])
        at = _lacking(members[name]) or (reads if off else members[name])[0]
        section.spots["weight",] = Spot(at.line.where("weight"))
    part.nest_all("sections", sections.values())
    if reads:
        part.spots["sections",] = Spot(reads[0].line.where("weight"))


def _check_total(group: Group, reads: Sequence[Read]) -> bool:
    """Whether the weights are off; a section's weight is their sum, so only all of them tell."""
    total = total_of((read.part.data for read in reads), "weight")
    if total is None or total == FULL:
        return False
    message = (
        f"「{group.name}」各指标权重合计为 {plain(total)}%，应为 100%（{off_by(total, FULL)}）"
    )
    reads[0].line.error("weight", "weights_total", message)
    return True


def _section_name(line: Line, above: str) -> str:
    """The section that a row names; one that names none goes on with the one above."""
    name: str | None = line.read("section")
    if name is None and above not in ("", ONLY_SECTION[1]):
        line.warn("section", "section_guess", f"没有填分项，按上一行的「{above}」读")
    return name or above or ONLY_SECTION[1]


def _take_id(section: Part, line: Line, name: str) -> None:
    """A section's id is that of the first of its rows which states one."""
    known, said = section.data.get("id"), line.read("section_id")
    if known is None:
        section.take(line, "section_id", "id")
    elif said not in (None, known):
        message = f"分项「{name}」的编号前面写的是「{known}」，这里是「{said}」，请改成一样"
        line.error("section_id", "section_id_conflict", message)


def _fill(section: Part, name: str, number: int, members: Sequence[Read]) -> None:
    given = name == ONLY_SECTION[1] and number == 1
    section.data.setdefault("id", ONLY_SECTION[0] if given else f"section_{number}")
    section.data["name"] = name
    section.spots["name",] = Spot(section.place, "分项")
    section.nest_all("indicators", [read.part for read in members])
    total = total_of((read.part.data for read in members), "weight")
    if total is not None:
        section.data["weight"] = total


def _lacking(members: Sequence[Read]) -> Read | None:
    """The first indicator without a weight: the sum of a section lacks because of it."""
    lacking = (read for read in members if not isinstance(read.part.data.get("weight"), Decimal))
    return next(lacking, None)


def _grade(line: Line) -> Part:
    part = Part(line.where("name"))
    part.take_all(line, "name", "sign", "lower", "upper", "coefficient", "reward")
    line.unused(("points", "restored"), "月度、销售考核的等级")
    return part
