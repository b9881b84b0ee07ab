"""Plans the competency appraisal: a rating form per rater; per employee, HR's summary and a 反馈单.

Forms lie in one folder per rater, ready to be sent.  Colleagues' and customers' forms carry a
token instead of a name; which rater a token stands for is written only in HR's own list.  So the
token stands inside a colleague's form and not in its name, which would be read beside the name of
the folder.  Whoever opens the form in that folder sees both: the folder is HR's own all the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from xladdin.app.letterheads import letterhead_of
from xladdin.app.results.told_ratings import Rated, asked, insiders_of, shown_and_kept
from xladdin.books import forms
from xladdin.books.forms import TO_SEND, FormKind
from xladdin.books.ratings import competency_feedback, competency_summary, questionnaire, rating
from xladdin.books.ratings.competency_summary import RatingRow, rows_for
from xladdin.company.tokens import LIST_NAME, Tokens
from xladdin.domain.competency import (
    ANONYMOUS,
    SOURCE_LABELS,
    Assignment,
    CompetencyScheme,
    Source,
)
from xladdin.domain.people import Employee
from xladdin.files import make_folder, reason, safe_name, sweep
from xladdin.intake.superiors import Superior
from xladdin.locks import BusyError, locked
from xladdin.problems import Place, Problem, errors, warning
from xladdin.scoring.disclosure import Shown

from .planning import Form, Request, named, without
from .survey_files import write_texts
from .token_list import read_list, save_list

CUSTOMERS = "客户"
LOST_LIST = (
    f"评价人对照表不见了，但“{TO_SEND}”里已经有评分表，它们的编号就对不上人了，没有生成。"
    f"请把对照表放回来；要从头再来，就先把“{TO_SEND}”移到别处"
)


def competency_forms(request: Request, problems: list[Problem]) -> Iterator[Form]:
    """Rating forms and summaries; without a readable list of tokens, none at all."""
    rated, told = _rated(request)
    tokens, shown, faults = _tokens(request, rated)
    problems += faults
    if tokens is None:
        return
    problems += told
    if rated:
        problems += write_texts(request.company, request.period, request.out)
    for each in rated:
        shuffled = _shuffled(request, each, tokens)
        yield from _rating_forms(request, each.employee, each.scheme, shuffled, tokens)
        yield from _results(request, each, shuffled, tokens, shown[each.employee.id])


def _rated(request: Request) -> tuple[list[Rated], list[Problem]]:
    """Whom a competency scheme is for, and what is to be said of each."""
    rated: list[Rated] = []
    problems: list[Problem] = []
    for employee in request.employees:
        scheme = request.company.competency_of(employee)
        if scheme is None:
            broken = request.company.broken_competency_of(employee)
            lacking = without(request, employee, broken, "no_competency_scheme", "能力考核方案")
            problems.append(lacking)
            continue
        named_raters = request.company.raters_of(employee)
        raters = asked(named_raters, scheme)
        superior = request.company.superior_of(employee)
        problems += _gaps(employee, scheme, named_raters, superior)
        problems += _refusals(request, employee, raters)
        rated.append(Rated(employee, scheme, raters))
    return rated, problems


Listed = tuple[Tokens | None, dict[str, Shown], list[Problem]]
"""The list, what may be shown to each by id, and what is to be said; None: why there is none."""


def _tokens(request: Request, rated: list[Rated]) -> Listed:
    """The list with everybody's token, as it is on disk now; None and the reason where it is not.

    It comes first: whatever happens later, every token that is out can be resolved, and of whom a
    反馈单 tells something is known.  Where nobody is rated and there is no list, nothing is written.
    """
    path = request.out / LIST_NAME
    try:
        if not any(each.raters for each in rated) and not path.exists():
            return _completed(request, rated)
        make_folder(path.parent, private=True)
        with locked(path):
            sweep(path.parent)
            return _completed(request, rated)
    except BusyError:
        message = "另一个程序正在写评价人对照表，没有生成评分表；请过一会儿再运行一次"
        return None, {}, [Problem("file_busy", message, Place(file=LIST_NAME))]
    except OSError as error:
        message = f"评价人对照表写不进去：{reason(error)}；没有生成评分表"
        return None, {}, [Problem("not_written", message, Place(file=LIST_NAME))]


def _completed(request: Request, rated: list[Rated]) -> Listed:
    """Read the list, add who lacks a token and of whom something will be told, save it."""
    if _lost_list(request.out):
        return None, {}, [Problem("tokens_missing", LOST_LIST, Place(file=LIST_NAME))]
    tokens, problems = read_list(request.out / LIST_NAME)
    if tokens is None:
        return None, {}, problems
    for each in rated:
        for line in each.raters:
            tokens.of(request.period, each.employee, line)
    shown, told = shown_and_kept(request.company, rated, request.period, tokens)
    problems += [
        *save_list(tokens, request.sealing, letterhead=letterhead_of(request.company)),
        *told,
    ]
    return (None if errors(problems) else tokens), shown, problems


def _lost_list(out: Path) -> bool:
    """Whether forms have gone out whose tokens nothing resolves any more."""
    return not (out / LIST_NAME).exists() and any((out / TO_SEND).glob("*/*.xlsx"))


def _shuffled(request: Request, rated: Rated, tokens: Tokens) -> list[Assignment]:
    """The raters with those who are anonymous in the order of their tokens.

    In the order of the list, a place among the rows or among the files would tell who it is.
    """

    def order(line: Assignment) -> tuple[int, str]:
        anonymous = line.source in ANONYMOUS
        token = tokens.of(request.period, rated.employee, line) if anonymous else ""
        return list(Source).index(line.source), token

    return sorted(rated.raters, key=order)


def _gaps(
    employee: Employee, scheme: CompetencyScheme, raters: list[Assignment], superior: Superior
) -> Iterator[Problem]:
    """Sources that count but whom nobody stands for, and raters whom nothing is asked."""
    present = {line.source for line in raters}
    insiders = insiders_of(raters, superior)
    if superior.code and Source.SUPERIOR not in present:
        yield warning(superior.code, f"{named(employee)}：{superior.why}")
    for source in Source:
        label = SOURCE_LABELS[source]
        counts = any(element.weights.of(source) > 0 for element in scheme.elements)
        if counts and source not in present:
            yield warning("no_rater", f"{named(employee)}没有「{label}」的评价人，请补充名单")
        if source in present and source not in scheme.sources:
            message = f"{named(employee)}的考核方案没有「{label}」，名单里的这些评价人没有评分表"
            yield warning("source_not_used", message)
        elif source in present & ANONYMOUS:
            yield from _recognisable(employee, scheme, raters, source, insiders)


def _refusals(
    request: Request, employee: Employee, raters: Sequence[Assignment]
) -> Iterator[Problem]:
    """Ratings that came in and cannot be used: there is no result without them."""
    if count := sum(len(request.company.refused_of(line)) for line in raters):
        message = f"{named(employee)}有 {count} 条收到的评级不能用，改好以前有关要素没有结果"
        yield warning("rating_refused", message)


def _recognisable(
    employee: Employee,
    scheme: CompetencyScheme,
    raters: list[Assignment],
    source: Source,
    insiders: frozenset[Source],
) -> Iterator[Problem]:
    """Anonymous raters of whom the 反馈单 will say nothing, so that nobody is made out."""
    label, count = SOURCE_LABELS[source], sum(line.source is source for line in raters)
    if source in insiders:
        message = f"{named(employee)}的主管也在「{label}」名单里，反馈单上不会显示这一项"
        yield warning("superior_is_peer", message)
    elif count < scheme.least_peers:
        message = (
            f"{named(employee)}的「{label}」只有 {count} 人，少于 {scheme.least_peers} 人，"
            "反馈单上不会显示，有关的等级可能只写范围"
        )
        yield warning("few_raters", message)


def _rating_forms(
    request: Request,
    employee: Employee,
    scheme: CompetencyScheme,
    raters: list[Assignment],
    tokens: Tokens,
) -> Iterator[Form]:
    for line in raters:
        if line in request.company.surveyed:
            continue
        token = tokens.of(request.period, employee, line)
        if line.source is Source.CUSTOMER:
            filled = partial(questionnaire.values, employee, request.period, token)
        else:
            who = (line.source, token, line.rater_id)
            filled = partial(rating.values, employee, request.period, scheme, *who)
        yield Form(
            forms.RATED_BY[line.source],
            scheme,
            Path(_folder(line)) / f"{_file(request, employee, line, token)}.xlsx",
            f"{named(employee)}的{SOURCE_LABELS[line.source]}",
            filled,
            employee.id,
            str(request.period),
        )


def _file(request: Request, employee: Employee, line: Assignment, token: str) -> str:
    """The name of a form's file: with the token only where no person's name stands beside it."""
    parts = (request.period, SOURCE_LABELS[line.source], employee.id, employee.name)
    if line.source is Source.CUSTOMER:
        parts = (request.period, questionnaire.TITLE, questionnaire.known_as(employee), token)
    return safe_name("_".join(parts))


def _folder(line: Assignment) -> str:
    """One folder per rater; customers share one, since who they are is nobody's business."""
    if line.source is Source.CUSTOMER:
        return CUSTOMERS
    return safe_name("_".join(part for part in (line.rater_id, line.rater) if part))


def _results(
    request: Request,
    rated: Rated,
    raters: list[Assignment],
    tokens: Tokens,
    shown: Shown,
) -> Iterator[Form]:
    """HR's summary; and the 反馈单, once there is a result."""
    employee, scheme = rated.employee, rated.scheme
    rows = rows_for(scheme, [line.source for line in raters])
    given = [_row(request, employee, line, tokens) for line in raters]
    told = shown if shown.has_results else None
    yield Form(
        forms.COMPETENCY,
        scheme,
        _file_of(request, employee, forms.COMPETENCY),
        f"{named(employee)}的{forms.COMPETENCY.label}",
        partial(competency_summary.values, scheme, employee, request.period, rows, given, told),
        employee.id,
        str(request.period),
        rows,
    )
    if told:
        yield _feedback(request, employee, scheme, told)


def _feedback(request: Request, employee: Employee, scheme: CompetencyScheme, shown: Shown) -> Form:
    return Form(
        forms.FEEDBACK,
        scheme,
        _file_of(request, employee, forms.FEEDBACK),
        f"{named(employee)}的{forms.FEEDBACK.label}",
        partial(competency_feedback.values, scheme, employee, request.period, shown),
        employee.id,
        str(request.period),
    )


def _file_of(request: Request, employee: Employee, kind: FormKind[CompetencyScheme]) -> Path:
    name = safe_name(f"{request.period}_{employee.id}_{employee.name}_{kind.label}")
    return Path(safe_name(employee.department)) / f"{name}.xlsx"


def _row(request: Request, employee: Employee, line: Assignment, tokens: Tokens) -> RatingRow:
    """A rater's row: a name where the rating is open, a token where it is anonymous."""
    token = tokens.of(request.period, employee, line)
    who = f"#{token}" if line.source in ANONYMOUS else line.rater
    ratings = request.company.given_by(line)
    return RatingRow(line.source, f"{SOURCE_LABELS[line.source]} {who}", ratings)
