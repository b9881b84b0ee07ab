"""Every form that is made from the shipped templates, filled in for one imaginary person."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from tests.books.trial import trials
from tests.returns import request_returns
from tests.workbench.shipped import asking_subordinates
from xladdin.books import data_request, forms, job_analysis, personal_summary
from xladdin.books.appraisal import monthly
from xladdin.books.ratings import (
    competency_feedback,
    competency_summary,
    questionnaire,
    rater_list,
    rating,
)
from xladdin.books.ratings.competency_summary import RatingRow, rows_for
from xladdin.books.summary import feedback_slip
from xladdin.books.trial import trial_book
from xladdin.company.appealing import Issue
from xladdin.company.month_results import PersonResult, months_until
from xladdin.company.tokens import Line
from xladdin.domain.competency import SOURCE_LABELS, CompetencyScheme, Source
from xladdin.domain.people import Employee, Period
from xladdin.domain.positions import Position
from xladdin.domain.schemes import Scheme
from xladdin.formula.evaluate import Value
from xladdin.layout.cells import Book
from xladdin.layout.writer import workbook_bytes
from xladdin.schemes.library import Library
from xladdin.schemes.load import Template
from xladdin.scoring.disclosure import disclosed
from xladdin.scoring.model import input_defaults
from xladdin.scoring.scorer import scorer_of

DATA = Path(__file__).parent / "data"
PERSON = Employee(
    id="T001", name="测试员", department="客服部", position="客服专员", nickname="晴川-测试"
)
PERIOD = Period("2026-11")
ISSUE = Issue(dt.date(2026, 11, 27), dt.date(2026, 12, 8), "told")
MARK = "0123abcd"
"""The token of every form that has one."""
SUMMED_UP = "online_sales_supervisor"
"""The position whose personal summary stands for all."""


@dataclass(frozen=True)
class Blueprint:
    """A form: the book and the slots of one copy."""

    name: str
    book: Book
    values: Mapping[str, Value]

    def save(self, folder: Path, values: Mapping[str, Value] | None = None) -> Path:
        """Write one copy into a folder."""
        path = folder / f"{self.name}.xlsx"
        path.write_bytes(workbook_bytes(self.book, self.values if values is None else values))
        return path


def read(name: str) -> Any:
    """A data file of these tests; numbers as they are written, not as binary fractions."""
    return yaml.load((DATA / name).read_text("utf-8"), Loader=_Exact)  # noqa: S506 - see _Exact


class _Exact(yaml.SafeLoader):
    """YAML whose numbers are decimals."""


def _decimal(loader: yaml.SafeLoader, node: yaml.ScalarNode) -> Decimal:
    return Decimal(loader.construct_scalar(node))


_Exact.add_constructor("tag:yaml.org,2002:float", _decimal)
_Exact.add_constructor("tag:yaml.org,2002:int", _decimal)


def schemes() -> tuple[Scheme, ...]:
    return Library.shipped().schemes


def positions() -> tuple[Position, ...]:
    return Library.shipped().positions


def competency() -> CompetencyScheme:
    (scheme,) = Library.shipped().competencies
    return scheme


def blank(scheme: Scheme) -> Blueprint:
    """A monthly form without figures."""
    return Blueprint(
        f"monthly_{scheme.id}",
        _book(scheme.form, scheme),
        monthly.values(scheme, PERSON, PERIOD, []),
    )


def _book(kind: str, template: Template) -> Book:
    found = forms.kind_of(kind)
    assert found
    return found.book(template)


def filled(scheme: Scheme) -> Blueprint:
    """A monthly form with sound figures in every cell."""
    form = blank(scheme)
    return Blueprint(form.name, form.book, {**form.values, **read("figures.yaml")[scheme.id]})


def job(position: Position) -> Blueprint:
    return Blueprint(f"job_{position.id}", forms.JOB.book(position), job_analysis.values(position))


def rated(source: Source) -> Blueprint:
    """One rater's form; the customers' is a questionnaire."""
    scheme = asking_subordinates() if source is Source.SUBORDINATE else competency()
    if source is Source.CUSTOMER:
        values = questionnaire.values(PERSON, PERIOD, MARK)
    else:
        values = rating.values(PERSON, PERIOD, scheme, source, MARK, "T002")
    return Blueprint(f"rating_{source.value}", forms.RATED_BY[source].book(scheme), values)


RATERS = (Source.SELF, Source.SUPERIOR, Source.PEER, *[Source.CUSTOMER] * 3)
"""One colleague, too few to be shown, and customers enough."""


def rating_rows() -> list[RatingRow]:
    """A rating from each of them."""
    scheme = competency()
    levels = [level.name for level in scheme.levels]
    return [
        RatingRow(
            source,
            SOURCE_LABELS[source],
            {
                element.id: str(5 - i % 3) if source is Source.CUSTOMER else levels[i % 2]
                for i, element in enumerate(scheme.elements)
            },
        )
        for source in RATERS
    ]


def results() -> tuple[Blueprint, Blueprint]:
    """HR's summary, and the 反馈单 that goes with it."""
    scheme, given = competency(), rating_rows()
    rows = rows_for(scheme, RATERS)
    shown = disclosed(scheme, rows, competency_summary.ratings(scheme, rows, given))
    values = competency_summary.values(scheme, PERSON, PERIOD, rows, given, shown)
    told = competency_feedback.values(scheme, PERSON, PERIOD, shown)
    return (
        Blueprint("competency_summary", forms.COMPETENCY.book(scheme, rows), values),
        Blueprint("feedback", forms.FEEDBACK.book(scheme), told),
    )


def personal(position: Position) -> Blueprint:
    values = personal_summary.values(position, PERSON, PERIOD, "晴川数码")
    return Blueprint("personal_summary", forms.SUMMARY.book(position), values)


def slip(scheme: Scheme) -> Blueprint:
    """A feedback slip of somebody with sound figures."""
    inputs = {**input_defaults(scheme), **read("figures.yaml")[scheme.id]}
    one = PersonResult(PERSON, scheme, scorer_of(scheme).values(inputs))
    told = ["· 专业知识：熟练（能独立处理常见问题）", "综合等级：熟练以上"]
    history = {month: Decimal(70 + i) for i, month in enumerate(months_until(PERIOD)[3:-1])}
    values = feedback_slip.values(one, PERIOD, ISSUE, history, told)
    return Blueprint(f"slip_{scheme.id}", forms.SLIP.book(scheme), values)


def raters() -> Blueprint:
    line = Line("2026-11", "T001", "测试员", "主管评", "主管", "T002", MARK)
    return Blueprint("rater_list", rater_list.book(1), rater_list.values([line]))


def requested() -> Blueprint:
    """A 收数表 for three people of one scheme, one figure known, two filled in, one of them wrong."""
    (first, *_, last), one = request_returns.request().asked, request_returns.request()
    values = {first.key: Decimal(4), last.key: Decimal(-1)}
    return Blueprint("data_request", data_request.book(one), values)


def tried() -> Blueprint:
    """A 方案试算 of six people in three months."""
    return Blueprint("trial", trial_book.book(trials.shown()), {})


@cache
def blueprints() -> dict[str, Blueprint]:
    """Every form by name."""
    found = [
        *map(filled, schemes()),
        *map(job, positions()),
        *map(rated, Source),
        *results(),
        *map(slip, schemes()),
        *(personal(position) for position in positions() if position.id == SUMMED_UP),
        raters(),
        requested(),
        tried(),
    ]
    return {form.name: form for form in found}
