"""Several months put together: everybody's totals of a quarter, half a year or a year."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from xladdin.books.summary.span_book import TITLE, book
from xladdin.company.company import Company
from xladdin.company.kept_results import Informed
from xladdin.company.month_results import PersonResult
from xladdin.company.span_results import PersonSpan, SpanResults
from xladdin.domain.month_spans import Span
from xladdin.domain.people import Period
from xladdin.layout.letterhead import Letterhead
from xladdin.layout.writer import workbook_bytes
from xladdin.ooxml.sealing import UNSEALED, Sealing
from xladdin.problems import Place, Problem, warning

from .month_scores import month_results
from .result_files import ResultFile, refused

SPAN_SUMMARY = ResultFile("汇总", TITLE)
FROM_LEDGER = "各月总分取自台账，台账里没有的按总表算。"
Told = Callable[[Period], Informed]
"""What is known of a month: the company, and what its ledger keeps."""


def span_results(company: Company, span: Span, told: Told) -> tuple[SpanResults, list[Problem]]:
    """Everybody who has a result in one of the months, and what is to be told, each thing once."""
    problems: list[Problem] = []
    found: dict[str, dict[Period, PersonResult]] = {}
    from_ledger = False
    for month in span.months:
        known = told(month)
        from_ledger |= known.kept is not None and known.kept.collects
        results, more = month_results(known.company, month, kept=known.kept)
        problems += [*known.problems, *more]
        for one in results.people:
            if one.total is not None or one.note == "":
                found.setdefault(one.employee.id, {})[month] = one
    people = [_person(span, months) for months in found.values()]
    people = [one for one in people if any(total is not None for total in one.totals)]
    problems += _misfits(company, span, people)
    origin = FROM_LEDGER if from_ledger else ""
    return SpanResults(company.name, span, tuple(people), origin), list(dict.fromkeys(problems))


def _person(span: Span, months: dict[Period, PersonResult]) -> PersonSpan:
    last = months[max(months)]
    totals = tuple(months[month].total if month in months else None for month in span.months)
    names = list(dict.fromkeys(one.scheme.name for one in months.values() if one.total is not None))
    notes = []
    if len(names) > 1:
        notes.append(f"换过方案（{'、'.join(names)}），按最后的算")
    if unsettled := [month for month, one in months.items() if one.unsettled]:
        notes.append(f"{'、'.join(f'{month.month}月' for month in unsettled)}数据暂定")
    notes += [
        f"{month.month}月{it.told}" for month, one in sorted(months.items()) for it in one.corrected
    ]
    return PersonSpan(last.employee, last.scheme, totals, "；".join(notes))


def _misfits(company: Company, span: Span, people: Iterable[PersonSpan]) -> Iterable[Problem]:
    """Schemes whose weights are those of another number of months."""
    schemes = {one.scheme.name: one.scheme for one in people if not one.fits(span)}
    for name, scheme in schemes.items():
        count = len(scheme.average_rule.month_weights or ())
        message = (
            f"方案「{name}」的各月权重写了 {count} 个，{span.label}有 {span.count} 个月，算不出多月得分；"
            "请在“考核方案”里改，或者换一种多月得分"
        )
        yield warning("weights_of_other_months", message, Place(file=company.file))


def write_span(
    results: SpanResults, path: Path, *, overwrite: bool = False, sealing: Sealing = UNSEALED
) -> list[Problem]:
    """Write the summary workbook, as `summarise` does that of a month.  Raises ProblemsFound."""
    SPAN_SUMMARY.check_name(path)
    if not results.people:
        message = f"{results.span.label}没有一个人有总分，没有可以汇总的"
        raise refused("nobody", message, path)
    made = workbook_bytes(book(results), {}, Letterhead(results.company))
    return SPAN_SUMMARY.write(made, path, overwrite=overwrite, sealing=sealing)
