"""业绩 and 能力 put together: everybody whose scheme says how, of a month or of several."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from xladdin.app.generating.planning import named
from xladdin.books.summary.combined_book import TITLE, book
from xladdin.company.combined_results import CombinedResults, PersonCombined
from xladdin.company.company import Company
from xladdin.company.month_results import CompetencyResult, PersonResult
from xladdin.domain.combined_rules import COMBINED, COMPETENCY_SHARE, KPI, KPI_SHARE
from xladdin.domain.month_spans import Span
from xladdin.domain.people import Period
from xladdin.formula.evaluate import evaluate
from xladdin.formula.nodes import Var
from xladdin.layout.letterhead import Letterhead
from xladdin.layout.writer import workbook_bytes
from xladdin.ooxml.sealing import UNSEALED, Sealing
from xladdin.problems import Place, Problem, warning
from xladdin.scoring import keys
from xladdin.scoring.model import grade_expression

from .result_files import ResultFile, refused
from .span_scores import Months, Told, misfits, person_span

COMBINED_SUMMARY = ResultFile("汇总", TITLE)
FROM_LEDGER = "得分取自台账，台账里没有的按总表算。"


def combined_results(
    company: Company, period: Period | Span, told: Told
) -> tuple[CombinedResults, list[Problem]]:
    """Everybody whose scheme has shares, and what is to be told: of each person which half is missing."""
    span = period if isinstance(period, Span) else None
    months = Months.read(period.months if isinstance(period, Span) else (period,), told)
    joining = _Joining(company, span, months, _rated(months))
    by_person = months.by_person() if span else _of_month(months)
    people = [found for own in by_person.values() if (found := joining.person(own))]
    problems = [*months.problems, *joining.without_shares()]
    if span:
        spans = [person_span(span, own) for own in by_person.values()]
        problems += misfits(company, span, (one for one in spans if one.scheme.combined))
    problems += [_half(one, company) for one in people if one.lack]
    problems += joining.only_rated(by_person)
    origin = FROM_LEDGER if months.from_ledger else ""
    results = CombinedResults(company.name, period.label, tuple(people), origin)
    return results, list(dict.fromkeys(problems))


def _of_month(months: Months) -> dict[str, Mapping[Period, PersonResult]]:
    """Of a single month everybody counts, also who has not handed in a form."""
    return {
        one.employee.id: {month: one}
        for month, results in months.results.items()
        for one in results.people
    }


def _rated(months: Months) -> dict[str, tuple[Period, CompetencyResult]]:
    """By id the last month in which competency came to something, else the last one with ratings."""
    found: dict[str, tuple[Period, CompetencyResult]] = {}
    for month, results in months.results.items():
        for one in results.rated:
            before = found.get(one.employee.id)
            if before is None or one.total is not None or before[1].total is None:
                found[one.employee.id] = month, one
    return found


def _half(one: PersonCombined, company: Company) -> Problem:
    message = f"{named(one.employee)}没有{COMBINED}：{one.lack}；空着，不当 0 分"
    return warning("half_missing", message, Place(file=company.file))


@dataclass
class _Joining:
    company: Company
    span: Span | None
    months: Months
    rated: Mapping[str, tuple[Period, CompetencyResult]]

    def __post_init__(self) -> None:
        self.left: Counter[str] = Counter()
        """How many people of schemes without shares."""

    def person(self, own: Mapping[Period, PersonResult]) -> PersonCombined | None:
        """Both halves of somebody; None where the scheme puts nothing together."""
        last = own[max(own)]
        rule = last.scheme.combined
        if rule is None:
            self.left[last.scheme.name] += 1
            return None
        kpi, why, notes = self._kpi(own, last)
        month, rated = self.rated.get(last.employee.id, (None, None))
        points = rated.total if rated else None
        if month and points is not None and self.span and self.months.rated_by_month:
            notes.append(f"能力是{month.month}月评的")
        lacking = [why, "" if points is not None else self._unrated(last, rated)]
        return PersonCombined(
            last.employee,
            last.scheme,
            rule,
            kpi,
            rated.scheme if rated else self.company.competency_of(last.employee),
            points,
            "；".join(filter(None, lacking)),
            "；".join(filter(None, notes)),
        )

    def _kpi(
        self, own: Mapping[Period, PersonResult], last: PersonResult
    ) -> tuple[Decimal | None, str, list[str]]:
        """The score of the indicators, else why there is none, and what is to be noted."""
        if self.span is None:
            lacks = "、".join(last.missing) or "没有总分"
            why = "" if last.total is not None else f"没有{KPI}（缺 {lacks}）"
            return last.total, why, [last.note, last.unsettled, _other_grade(last)]
        months = person_span(self.span, own)
        average, notes = months.average(self.span), [months.note]
        if average is None:
            reason = "各月都没有总分" if months.fits(self.span) else "各月权重的个数和月数不一样"
            return None, f"没有{KPI}（{reason}）", notes
        if lacking := months.lacks(self.span):
            notes.insert(0, f"没有总分的月份：{'、'.join(lacking)}")
        return average, "", notes

    def _unrated(self, one: PersonResult, rated: CompetencyResult | None) -> str:
        """Why there is no score of competency."""
        if rated:
            return f"没有能力得分（还缺 {rated.missing}）"
        if self.company.competency_of(one.employee) is None:
            return "没有能力得分（没有能力考核方案）"
        return "没有能力得分（没有收到评分）"

    def without_shares(self) -> Iterator[Problem]:
        """Schemes that put nothing together, and of how many people."""
        for name, count in self.left.items():
            message = (
                f"方案「{name}」没有填{KPI_SHARE}、{COMPETENCY_SHARE}，{count} 人没有列入综合汇总"
            )
            yield warning("no_shares", message, Place(file=self.company.file))

    def only_rated(self, there: Mapping[str, object]) -> Iterator[Problem]:
        """Who was rated, and has no month's result."""
        for id_, (_, one) in self.rated.items():
            if id_ not in there:
                message = f"{named(one.employee)}有能力评分，没有考核结果，没有列入综合汇总"
                yield warning("only_rated", message, Place(file=self.company.file))


def _other_grade(one: PersonResult) -> str:
    """That the month's grade is not that of its score: a veto's limit, or a decision."""
    if one.total is None:
        return ""
    plain = evaluate(grade_expression(one.scheme.grades, Var("x")), {"x": one.total})
    now = one.values.get(keys.GRADE)
    if now in (None, "", plain):
        return ""
    why = "校准" if one.calibrated and one.calibrated.is_changed else "单项否决"
    return f"月度等级因{why}是「{now}」，这里按{COMBINED}评"


def write_combined(
    results: CombinedResults, path: Path, *, overwrite: bool = False, sealing: Sealing = UNSEALED
) -> list[Problem]:
    """Write 综合汇总, as `summarise` does that of a month.  Raises ProblemsFound."""
    COMBINED_SUMMARY.check_name(path)
    if not results.people:
        message = f"{results.label}没有一个人可以算{COMBINED}：请在“考核方案”里填{KPI_SHARE}和{COMPETENCY_SHARE}"
        raise refused("nobody", message, path)
    made = workbook_bytes(book(results), {}, Letterhead(results.company))
    return COMBINED_SUMMARY.write(made, path, overwrite=overwrite, sealing=sealing)
