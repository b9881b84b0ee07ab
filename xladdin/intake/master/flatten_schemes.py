"""Schemes as rows: schemes, indicators, elements, steps, grades."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from xladdin.domain.competency import CompetencyScheme, Element, Level
from xladdin.domain.grades import Grade
from xladdin.domain.methods import JudgementMethod, LinearMethod, StepsMethod
from xladdin.domain.schemes import Adjustment, DataSource, Indicator, Scheme, Section
from xladdin.schemes.library import Library

from .columns import Kind
from .parameters import COLUMNS, PARAMETERS, Parameter
from .values import CellValue, Row, fraction, joined, text, yes, yes_or_no
from .words import COMPETENCY, word

UNLIMITED = "无"
"""In the cell of a scheme's highest total: there is none."""


def scheme_rows(library: Library) -> dict[str, list[Row]]:
    """The rows of the five sheets about schemes."""
    schemes, competencies = library.schemes, library.competencies
    return {
        "schemes": [*map(_scheme, schemes), *map(_competency, competencies)],
        "indicators": [row for scheme in schemes for row in _indicators(scheme)],
        "elements": [_element(item.id, each) for item in competencies for each in item.elements],
        "steps": [
            *(
                row
                for scheme in schemes
                for item in scheme.indicators
                for row in _steps(scheme, item)
            ),
            *(
                row
                for item in competencies
                for each in item.elements
                for row in _levels(item, each)
            ),
        ],
        "grades": [
            *(_grade(scheme.id, grade) for scheme in schemes for grade in scheme.grades),
            *(_level(item.id, level) for item in competencies for level in item.levels),
        ],
    }


def _scheme(scheme: Scheme) -> Row:
    cap = scheme.total.cap
    return {
        "id": scheme.id,
        "name": scheme.name,
        "title": scheme.title,
        "form": word("schemes", "form", scheme.form),
        "form_no": text(scheme.form_no),
        "version": Decimal(scheme.version),
        "positions": joined(scheme.positions),
        "weights_editable": yes(scheme.weights_editable),
        "cap": UNLIMITED if cap is None else cap,
        "floor": scheme.total.floor,
        "missing": None,
        "least_peers": None,
        "bias_limit": None,
        "stars": None,
        "note": text(scheme.note),
    }


def _competency(scheme: CompetencyScheme) -> Row:
    return {
        "id": scheme.id,
        "name": scheme.name,
        "title": scheme.title,
        "form": word("schemes", "form", COMPETENCY),
        "form_no": None,
        "version": None,
        "positions": joined(scheme.positions),
        "weights_editable": None,
        "cap": None,
        "floor": None,
        "missing": word("schemes", "missing", scheme.missing),
        "least_peers": Decimal(scheme.least_peers),
        "bias_limit": scheme.bias_limit,
        "stars": joined(scheme.stars),
        "note": text(scheme.purpose),
    }


def _indicators(scheme: Scheme) -> Iterator[Row]:
    for section in scheme.sections:
        for item in section.indicators:
            yield _indicator(scheme.id, section, item)
    for extra in scheme.adjustments:
        yield _adjustment(scheme.id, extra)


def _indicator(scheme: str, section: Section, item: Indicator) -> Row:
    return {
        "scheme": scheme,
        "section": section.name,
        "section_id": section.id,
        "id": item.id,
        "name": item.name,
        "weight": fraction(item.weight),
        "unit": word("indicators", "unit", item.unit.value),
        "direction": word("indicators", "direction", item.direction.value),
        "target": item.target,
        "method": word("indicators", "method", item.method.kind),
        **_parameters(item.method.kind, item.method),
        "definition": text(item.definition),
        **_source(item.source),
        "remark": text(item.remark),
        "restored": yes(item.restored),
    }


def _adjustment(scheme: str, extra: Adjustment) -> Row:
    return {
        "scheme": scheme,
        "section": None,
        "section_id": None,
        "id": extra.id,
        "name": extra.name,
        "weight": None,
        "unit": None,
        "direction": None,
        "target": None,
        "method": word("indicators", "method", extra.kind.value),
        **_parameters(extra.kind.value, extra),
        "definition": text(extra.criteria),
        **_source(extra.source),
        "remark": text(extra.remark),
        "restored": yes(extra.restored),
    }


def _source(source: DataSource) -> Row:
    return {
        "way": source.way,
        "post": source.post,
        "source_form": text(source.form),
        "due": text(source.due),
    }


def _parameters(kind: str, owner: object) -> Row:
    used = {item.column: _parameter(item, owner) for item in PARAMETERS[kind]}
    return {column: used.get(column) for column in sorted(COLUMNS)}


def _parameter(item: Parameter, owner: object) -> CellValue:
    value: Any = owner
    for name in item.path:
        value = getattr(value, name, None)
    if value is None:
        return None
    if isinstance(value, bool):
        return yes_or_no(value)
    if item.kind is Kind.CHOICE:
        return word("indicators", item.column, str(value))
    return value if isinstance(value, Decimal) else text(str(value))


def _steps(scheme: Scheme, item: Indicator) -> list[Row]:
    match item.method:
        case StepsMethod(steps=steps):
            lines = [("steps", step.bound, None, step.share, "") for step in steps]
        case JudgementMethod(bands=bands):
            return [
                _line(scheme.id, item.id, "bands", band.low, band.high, None, band.text)
                for band in bands
            ]
        case LinearMethod(low=low, high=high):
            lines = [("ends", end.at, None, end.share, "") for end in (high, low)]
        case _:
            return []
    return [_line(scheme.id, item.id, *line) for line in lines]


def _levels(scheme: CompetencyScheme, element: Element) -> list[Row]:
    return [
        _line(scheme.id, element.id, "descriptors", None, None, None, wording)
        for wording in element.descriptors
    ]


def _line(
    scheme: str,
    item: str,
    kind: str,
    low: Decimal | None,
    high: Decimal | None,
    share: Decimal | None,
    wording: str,
) -> Row:
    return {
        "scheme": scheme,
        "item": item,
        "kind": word("steps", "kind", kind),
        "low": low,
        "high": high,
        "share": share,
        "text": text(wording),
    }


def _element(scheme: str, element: Element) -> Row:
    weights = element.weights
    return {
        "scheme": scheme,
        "id": element.id,
        "name": element.name,
        "weight": fraction(element.weight),
        "behaviours": "\n".join(element.behaviours),
        "self": fraction(weights.self),
        "superior": fraction(weights.superior),
        "peer": fraction(weights.peer),
        "customer": fraction(weights.customer),
        "question": text(element.question),
    }


def _grade(scheme: str, grade: Grade) -> Row:
    return {
        "scheme": scheme,
        "name": grade.name,
        "sign": word("grades", "sign", grade.sign),
        "lower": grade.lower,
        "upper": grade.upper,
        "coefficient": grade.coefficient,
        "points": None,
        "reward": text(grade.reward),
        "restored": None,
    }


def _level(scheme: str, level: Level) -> Row:
    return {
        "scheme": scheme,
        "name": level.name,
        "sign": word("grades", "sign", level.sign),
        "lower": level.lower,
        "upper": None,
        "coefficient": None,
        "points": level.points,
        "reward": text(level.reward),
        "restored": yes(level.restored),
    }
