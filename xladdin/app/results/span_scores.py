"""Several months put together: everybody's totals of a quarter, half a year or a year."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from xladdin.books.summary.span_book import TITLE, book
from xladdin.company.company import Company
from xladdin.company.kept_results import Informed
from xladdin.company.month_results import MonthResults, PersonResult
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


@dataclass
class Months:
    """The results of some months, each looked at once."""

    results: dict[Period, MonthResults] = field(default_factory=dict)
    from_ledger: bool = False
    rated_by_month: bool = False
    """Whether ratings of competency are those of their month, out of a ledger."""
    problems: list[Problem] = field(default_factory=list)

    @classmethod
    def read(cls, months: Iterable[Period], told: Told) -> Months:
        """What is known of each of them, and what is to be told."""
        found = cls()
        for month in months:
            known = told(month)
            found.from_ledger |= known.kept is not None and known.kept.collects
            found.rated_by_month |= known.ratings > 0
            found.results[month], more = month_results(known.company, month, kept=known.kept)
            found.problems += [*known.problems, *more]
        return found

    def by_person(self) -> dict[str, dict[Period, PersonResult]]:
        """Everybody's months, by id."""
        found: dict[str, dict[Period, PersonResult]] = {}
        for month, results in self.results.items():
            for one in results.people:
                if one.total is not None or one.note == "":
                    found.setdefault(one.employee.id, {})[month] = one
        return found


def span_results(company: Company, span: Span, told: Told) -> tuple[SpanResults, list[Problem]]:
    """Everybody who has a result in one of the months, and what is to be told, each thing once."""
    months = Months.read(span.months, told)
    people = [person_span(span, own) for own in months.by_person().values()]
    people = [one for one in people if any(total is not None for total in one.totals)]
    problems = [*months.problems, *misfits(company, span, people)]
    origin = FROM_LEDGER if months.from_ledger else ""
    return SpanResults(company.name, span, tuple(people), origin), list(dict.fromkeys(problems))


def person_span(span: Span, months: Mapping[Period, PersonResult]) -> PersonSpan:
    """One person's months; the scheme is that of the last one."""
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


def misfits(company: Company, span: Span, people: Iterable[PersonSpan]) -> Iterable[Problem]:
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
