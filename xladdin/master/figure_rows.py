"""The rows of targets and actuals: figures that can be used, and entries that were refused."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pydantic import ValidationError

from xladdin.company.company import Company, Figure
from xladdin.domain.people import Actual
from xladdin.intake.scheme_items import items_of
from xladdin.intake.text import is_blank, key_text, written_text
from xladdin.intake.unplaced_lines import Unplaced, meant, placed

from .judging import Judge, Judged
from .lines import Notes
from .raw_models import Part, validated


@dataclass(frozen=True, slots=True)
class _Row:
    """A row about somebody in the roster."""

    row: Judged
    employee: str
    indicator: str
    """Empty where the scheme has none of that name."""

    @property
    def entered(self) -> str:
        return written_text(self.row.line.raw("actual"))


def with_figures(company: Company, judge: Judge, notes: Notes) -> Company:
    """The company with every figure that can be read; a refused entry is there as refused."""
    found: list[Figure] = []
    refused: list[Actual] = []
    elsewhere: list[_Row] = []
    for row in judge.rows("figures"):
        if row.at("employee_at") < 0:
            continue
        known = _Row(row, *_names(judge, row))
        figure = _figure(known, notes) if known.indicator else None
        if figure:
            found.append(figure)
        elif known.indicator and row.get("period"):
            refused += _refused(known)
        elif not is_blank(row.line.raw("actual")):
            elsewhere.append(known)
    lines = [each for row in elsewhere if (each := _unplaced(row, company))]
    have = [*(figure.actual for figure in found), *refused]
    refused += placed(lines, have)
    return replace(company, figures=tuple(found), refused=tuple(refused))


def _names(judge: Judge, row: Judged) -> tuple[str, str]:
    person, item = row.at("employee_at"), row.at("item")
    usable = item >= 0 and row.computed("unit_at") != 0
    indicator = judge.indicators[item].own_id() if usable else ""
    return str(judge.roster[person].get("id") or ""), indicator


def _figure(known: _Row, notes: Notes) -> Figure | None:
    row, part = known.row, Part(known.row.line.place)
    part.take_all(
        row, "period", "employee", "indicator", "target", "actual", "self_rating", "remark"
    )
    part.put(known.employee, "employee")
    part.put(known.indicator, "indicator")
    actual = validated(Actual, part, notes)
    if actual is None:
        return None
    state, origin = (row.get(key) or "" for key in ("state", "origin"))
    return Figure(actual, state, origin)


def _refused(known: _Row) -> Sequence[Actual]:
    period = str(known.row.get("period"))
    try:
        return [Actual.unusable(period, known.employee, known.indicator, known.entered)]
    except ValidationError:
        return []  # the person's own row has been refused, and with it every form


def _unplaced(known: _Row, company: Company) -> Unplaced | None:
    """A row without a month, or under a name that the scheme does not know."""
    employee = company.people.get(known.employee)
    scheme = company.scheme_of(employee) if employee else None
    if scheme is None:
        return None
    name = key_text(known.row.line.raw("indicator"))
    items = (known.indicator,) if known.indicator else meant(name, items_of(scheme).values())
    said = known.entered if known.indicator else name
    return Unplaced(known.employee, known.row.get("period"), items, said)
