"""The forms that there are: the one list that everything else reads.

A kind of form knows what it is called, where it lies, what it is made from, and how its book is
built; the book's slots say what is given and what is asked.  Forms that are generated together are
a suite: the command line's ``--form`` and the ribbon's buttons each name one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any, Generic, TypeVar

from xladdin.books.ratings.competency_summary import rows_for
from xladdin.company.company import Company
from xladdin.domain.competency import ANONYMOUS, SOURCE_LABELS, CompetencyScheme, Source
from xladdin.domain.people import Employee, Period
from xladdin.domain.positions import Position
from xladdin.domain.schemes import Scheme
from xladdin.formula.evaluate import Value
from xladdin.layout.cells import Asked, Book, Content, Given, Result
from xladdin.layout.place import keyed_cells
from xladdin.problems import Problem
from xladdin.schemes.library import Library
from xladdin.schemes.load import Template

from . import job_analysis, personal_summary
from .appraisal import monthly
from .identity import FORM_VERSION, Identity
from .ratings import competency_feedback, competency_summary, questionnaire, rating
from .summary import feedback_slip

T = TypeVar("T", Scheme, CompetencyScheme, Position)
Rows = tuple[Source, ...]
"""The sources of a book's rows, where it has one per rater."""
Values = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Copy:
    """Whose copy of a form it is, and of which month, as the company knows them now."""

    company: Company
    employee: Employee
    period: Period
    token: str = ""
    rater: str = ""


@dataclass(frozen=True, eq=False)
class FormKind(Generic[T]):
    """A kind of form."""

    id: str
    """As its hidden identity says it."""
    label: str
    """What it is called."""
    templates: Callable[[Library], tuple[T, ...]]
    """The schemes or job analyses of a library from which such a form is made."""
    make: Callable[[T, Rows], Book]
    slots: Callable[[T, Copy | None], Values] | None = None
    """What one copy is written with; None: a form that HR makes for itself, and nobody returns."""
    chosen: Callable[[Company, Employee], T | None] = lambda *_: None
    """The template of somebody's form, where each person has one."""
    folder: str = ""
    """Where its files lie below the folder of their suite."""
    source: Source | None = None
    """Whose ratings it asks for."""
    confidential: bool = False
    """Whether its file is its owner's alone, on systems that know owners."""

    def book(self, template: T, rows: Rows = ()) -> Book:
        """The blueprint; its slots are what is given and what is asked, its model the results."""
        return _book(self, template, rows)

    def __reduce__(self) -> tuple[Callable[[str], FormKind[Any] | None], tuple[str]]:
        """Between processes it goes by its id."""
        return kind_of, (self.id,)

    @property
    def anonymous(self) -> bool:
        """Whether nothing in it may tell who filled it in."""
        return self.source in ANONYMOUS

    @property
    def returned(self) -> bool:
        """Whether it goes out to be filled in and sent back."""
        return self.slots is not None


@cache
def _book(kind: FormKind[Any], template: Template, rows: Rows) -> Book:
    return kind.make(template, rows)


@dataclass(frozen=True, eq=False)
class Suite:
    """Forms that are generated together."""

    id: str
    """As ``--form`` names it."""
    label: str
    """What it is for."""
    title: str
    """What is made, in messages."""
    kinds: tuple[FormKind[Any], ...]
    base: str = ""
    """The folder of its files, below the one that somebody chose for all of them."""
    by_month: bool = False
    """Whether each month has a folder: there come to be many of these forms."""

    def folder(self, period: Period) -> Path:
        """Where the forms of a month lie, below the folder that somebody chose for all of them."""
        return Path(self.base) / period if self.by_month else Path(self.base)


def _appraisal(id_: str, label: str) -> FormKind[Scheme]:
    """A form of KPI schemes: each of them says which one it makes."""
    return FormKind(
        id_,
        label,
        lambda library: tuple(scheme for scheme in library.schemes if scheme.form == id_),
        lambda scheme, _: monthly.book(scheme),
        _kpi_slots,
        lambda company, employee: _of_form(company.scheme_of(employee), id_),
    )


def _of_form(scheme: Scheme | None, form: str) -> Scheme | None:
    return scheme if scheme is not None and scheme.form == form else None


def _kpi_slots(scheme: Scheme, copy: Copy | None) -> Values:
    if copy is None:
        return {}
    figures = copy.company.actuals_of(copy.employee, copy.period)
    provisional = bool(copy.company.provisional_of(copy.employee, copy.period))
    return monthly.values(scheme, copy.employee, copy.period, figures, provisional=provisional)


def _rating(source: Source) -> FormKind[CompetencyScheme]:
    return FormKind(
        rating.FORMS[source],
        f"能力{rating.SHEET_NAME}（{SOURCE_LABELS[source]}）",
        lambda library: _asking(library, source),
        lambda scheme, _: rating.book(scheme, source),
        lambda scheme, copy: {} if copy is None else _rating_slots(scheme, source, copy),
        Company.competency_of,
        folder=TO_SEND,
        source=source,
        confidential=True,
    )


def _rating_slots(scheme: CompetencyScheme, source: Source, copy: Copy) -> Values:
    who = (copy.employee, copy.period)
    return rating.values(*who, scheme, source, copy.token, copy.rater)


def _questionnaire_slots(_: CompetencyScheme, copy: Copy | None) -> Values:
    return {} if copy is None else questionnaire.values(copy.employee, copy.period, copy.token)


def _summary_slots(position: Position, copy: Copy | None) -> Values:
    if copy is None:
        return {}
    name = copy.company.name_for(position)
    return personal_summary.values(position, copy.employee, copy.period, name)


def _only_position(company: Company, employee: Employee) -> Position | None:
    found = company.positions_of(employee)
    return found[0] if len(found) == 1 else None


def _asking(library: Library, source: Source) -> tuple[CompetencyScheme, ...]:
    """The competency schemes that have something to ask of a source."""
    return tuple(scheme for scheme in library.competencies if source in scheme.sources)


TO_SEND = "发给评价人"

MONTHLY = _appraisal("monthly", "月度绩效考核表")
SALES = _appraisal("sales", "销售客服KPI考核表")
JOB = FormKind[Position](
    job_analysis.FORM,
    job_analysis.SHEET_NAME,
    lambda library: library.positions,
    lambda position, _: job_analysis.book(position),
    lambda position, _: job_analysis.values(position),
    folder="工作分析",
)
RATINGS = {source: _rating(source) for source in rating.FORMS}
QUESTIONNAIRE = FormKind[CompetencyScheme](
    questionnaire.FORM,
    questionnaire.TITLE,
    lambda library: _asking(library, Source.CUSTOMER),
    lambda scheme, _: questionnaire.book(scheme),
    _questionnaire_slots,
    Company.competency_of,
    folder=TO_SEND,
    source=Source.CUSTOMER,
    confidential=True,
)
COMPETENCY = FormKind[CompetencyScheme](
    competency_summary.FORM,
    competency_summary.TITLE,
    lambda library: library.competencies,
    lambda scheme, rows: competency_summary.book(scheme, rows or rows_for(scheme, ())),
    folder=f"{competency_summary.TITLE}（人力资源专用）",
    confidential=True,
)
FEEDBACK = FormKind[CompetencyScheme](
    competency_feedback.FORM,
    competency_feedback.SHEET_NAME,
    lambda library: library.competencies,
    lambda scheme, _: competency_feedback.book(scheme),
    folder=competency_feedback.SHEET_NAME,
    confidential=True,
)
SLIP = FormKind[Scheme](
    feedback_slip.FORM,
    feedback_slip.TITLE,
    lambda library: library.schemes,
    lambda scheme, _: feedback_slip.book(scheme),
    confidential=True,
)
SUMMARY = FormKind[Position](
    personal_summary.FORM,
    personal_summary.SHEET_NAME,
    lambda library: library.positions,
    lambda position, _: personal_summary.book(position),
    _summary_slots,
    _only_position,
)
RATED_BY: Mapping[Source, FormKind[CompetencyScheme]] = {**RATINGS, Source.CUSTOMER: QUESTIONNAIRE}
"""The form that a source fills in."""

KINDS: tuple[FormKind[Any], ...] = (
    MONTHLY,
    SALES,
    JOB,
    *RATED_BY.values(),
    COMPETENCY,
    FEEDBACK,
    SLIP,
    SUMMARY,
)

MONTHLY_SUITE = Suite("monthly", "月度考核", "考核表", (MONTHLY, SALES), "考核表", by_month=True)
"""Everybody's appraisal, of whichever of the two kinds it is."""
SALES_SUITE = Suite("sales", "销售考核", "销售考核表", (SALES,), "考核表", by_month=True)
JOB_SUITE = Suite("job", "工作分析", "工作分析表", (JOB,))
"""Its kind brings a folder of its own."""
COMPETENCY_SUITE = Suite(
    "competency",
    "能力评分",
    "能力评分表和绩效总结",
    (*RATED_BY.values(), COMPETENCY, FEEDBACK),
    # HR's list of tokens is one for all months, so that everything about ratings lies together.
    "能力考核",
)
SUMMARY_SUITE = Suite("summary", "个人总结", "个人工作总结表", (SUMMARY,), "个人工作总结")
SLIP_SUITE = Suite(
    "slip", "绩效反馈", feedback_slip.TITLE, (SLIP,), feedback_slip.TITLE, by_month=True
)
"""Told once a month has its results."""
TELLING = (COMPETENCY_SUITE, SLIP_SUITE)
"""Those that tell of results, and so of what came back."""
SUITES = {
    suite.id: suite
    for suite in (
        MONTHLY_SUITE,
        COMPETENCY_SUITE,
        SALES_SUITE,
        JOB_SUITE,
        SUMMARY_SUITE,
        SLIP_SUITE,
    )
}


def kind_of(id_: str) -> FormKind[Any] | None:
    """The kind of form with this id."""
    return next((kind for kind in KINDS if kind.id == id_), None)


# Given and asked.


@dataclass(frozen=True, slots=True)
class Keys:
    """Every key of one copy of a book by what it is, each in the form's order."""

    fixed: tuple[str, ...]
    """The same in every copy."""
    given: tuple[str, ...]
    """Filled in for this copy: one that comes back changed is for a person to decide."""
    asked: tuple[str, ...]
    """For people to fill in; of figures that HR gives, those that were left blank."""
    results: tuple[str, ...]
    """Computed by the book's model."""


def keys(book: Book, values: Mapping[str, Value] | None = None) -> Keys:
    """The keys of a copy that was written with these values."""
    known = values or {}
    found: dict[str, dict[str, None]] = {field.name: {} for field in fields(Keys)}
    for key, _, cell in keyed_cells(book):
        found[_what(cell.content, known)].setdefault(key)
    return Keys(**{what: tuple(those) for what, those in found.items()})


def _what(content: Content, values: Mapping[str, Value]) -> str:
    match content:
        case Given(key=key, default=default, open=True) if values.get(key, default) is None:
            return "asked"
        case Given():
            return "given"
        case Asked():
            return "asked"
        case Result():
            return "results"
        case _:
            return "fixed"


# Back from a form's identity.


def template_of(identity: Identity, library: Library) -> tuple[Template | None, list[Problem]]:
    """The scheme or job analysis from which a form was made, as it was then."""
    kind, origin = kind_of(identity.origin.form), identity.origin
    if kind is None:
        message = f"不认识这种表（{origin.form}），可能是别的版本生成的，请重新生成"
        return None, [Problem("unknown_form", message, identity.place)]
    if identity.version != FORM_VERSION:
        message = f"是别的版本生成的表（{identity.version}），读不了，请重新生成"
        return None, [Problem("form_version", message, identity.place)]
    named: list[Template] = [it for it in kind.templates(library) if it.id == origin.scheme]
    if not named:
        message = f"找不到这份表所用的方案或工作分析（编号 {origin.scheme}）"
        return None, [Problem("unknown_template", message, identity.place)]
    same = next((it for it in named if it.fingerprint() == origin.content), None)
    if same is None:
        message = f"「{named[0].name}」在这份表发出以后改过，与表上的不一样"
        return None, [Problem("template_changed", message, identity.place)]
    return same, []


def rebuild(identity: Identity, library: Library) -> tuple[Book | None, list[Problem]]:
    """The book from which a form was written, or why there is none."""
    template, problems = template_of(identity, library)
    kind = kind_of(identity.origin.form)
    if template is None or kind is None:
        return None, problems
    return kind.book(template, identity.origin.rows), []
