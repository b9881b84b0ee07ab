"""The shipped templates, listed and described."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass

from xladdin.books import wording
from xladdin.domain.competency import SOURCE_LABELS, CompetencyScheme
from xladdin.domain.positions import REQUIREMENT_LABELS, Position
from xladdin.domain.quantities import plain, written
from xladdin.domain.schemes import Indicator, Scheme
from xladdin.schemes.library import Library
from xladdin.schemes.load import Template

RESTORED = "※"
"""Marks what the source form does not have and was worked out."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One template in the list."""

    id: str
    kind: str
    name: str
    about: str

    def as_json(self) -> dict[str, str]:
        return asdict(self)


def entries() -> list[Entry]:
    """Every shipped template."""
    library = Library.shipped()
    return [
        *map(_scheme_entry, library.schemes),
        *map(_competency_entry, library.competencies),
        *map(_position_entry, library.positions),
    ]


def find(key: str) -> Template | None:
    """The shipped template with this id or name."""
    library = Library.shipped()
    return library.scheme(key) or library.competency(key) or library.position(key)


def described(template: Template) -> Iterator[str]:
    """The whole template, line by line."""
    match template:
        case Scheme():
            return _scheme(template)
        case CompetencyScheme():
            return _competency(template)
        case Position():
            return _position(template)


def _scheme_entry(scheme: Scheme) -> Entry:
    count = len(list(scheme.indicators))
    about = f"{count} 个指标；适用岗位：{'、'.join(scheme.positions) or '全部'}"
    return Entry(scheme.id, "考核方案", scheme.name, about)


def _competency_entry(scheme: CompetencyScheme) -> Entry:
    about = f"{len(scheme.elements)} 个要素；适用岗位：{'、'.join(scheme.positions) or '全部'}"
    return Entry(scheme.id, "能力考核", scheme.name, about)


def _position_entry(position: Position) -> Entry:
    company = f"（{position.company}）" if position.company else ""
    about = f"{position.department}；{len(position.duties)} 项工作"
    return Entry(position.id, "工作分析", position.name + company, about)


def _scheme(scheme: Scheme) -> Iterator[str]:
    number = f"（{scheme.form_no}）" if scheme.form_no else ""
    yield f"{scheme.name}{number}　编号 {scheme.id}"
    for section in scheme.sections:
        yield ""
        yield f"【{section.name} {wording.percent(section.weight)}】"
        for item in section.indicators:
            yield from _indicator(item, scheme)
    for extra in scheme.adjustments:
        mark = RESTORED if extra.restored else ""
        counted = wording.adjustment_text(extra)
        yield ""
        yield f"{mark}{extra.name}：{extra.criteria}。{counted}"
    yield ""
    yield wording.total_text(scheme)
    for grade in scheme.grades:
        yield f"  {grade.name}　{grade.bound}　系数 {plain(grade.coefficient)}　{grade.reward}"


def _indicator(item: Indicator, scheme: Scheme) -> Iterator[str]:
    mark = RESTORED if item.restored else ""
    target = f"，默认目标 {written(item.target, item.unit)}" if item.target is not None else ""
    yield f"  {mark}{item.name}　{wording.percent(item.weight)}{target}"
    yield f"    {wording.rule_text(item, brief=False, scheme=scheme)}"
    for line in wording.band_lines(item):
        yield f"      {line}"
    source = " / ".join(
        part for part in (item.source.way, item.source.post, item.source.form) if part
    )
    yield f"    来源：{source}"


def _competency(scheme: CompetencyScheme) -> Iterator[str]:
    yield f"{scheme.name}　编号 {scheme.id}"
    if scheme.purpose:
        yield scheme.purpose
    for element in scheme.elements:
        weights = "，".join(
            f"{SOURCE_LABELS[source]} {wording.percent(element.weights.of(source))}"
            for source in scheme.columns
        )
        yield ""
        yield f"【{element.name} {wording.percent(element.weight)}】{weights}"
        yield from (f"  · {text}" for text in element.behaviours)
        for level, text in zip(scheme.levels, element.descriptors, strict=True):
            yield f"    {level.name}：{text}"
        if element.question:
            yield f"    问客户：{element.question}"
    yield ""
    for level in scheme.levels:
        mark = RESTORED if level.restored else ""
        bound = "其余" if level.lower is None else f"{level.sign}{plain(level.lower)}"
        yield f"  {mark}{level.name}　{plain(level.points)} 分　均值{bound}　{level.reward}"


def _position(position: Position) -> Iterator[str]:
    company = f"（{position.company}）" if position.company else ""
    yield f"{position.name}{company}　编号 {position.id}"
    yield f"上级：{position.superior}　部门：{position.department}"
    yield f"下级：{'、'.join(position.subordinates) or '无'}　兼职：{position.part_time}"
    for field, label in REQUIREMENT_LABELS.items():
        if text := getattr(position.requirements, field):
            yield f"  {label}：{text}"
    for duty in position.duties:
        mark = RESTORED if duty.restored else ""
        yield f"  {duty.rank}. {mark}{duty.wording}　{wording.percent(duty.share)}"
