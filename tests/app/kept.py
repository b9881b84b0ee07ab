"""One person with a month in a ledger and in a master, for tests of how the two are joined."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from xladdin.app.results.kept_scores import joined
from xladdin.company.company import Company, Figure
from xladdin.company.kept_results import KeptForm, KeptResults
from xladdin.company.month_results import PersonResult
from xladdin.company.score_inputs import score_inputs
from xladdin.domain.people import Actual, Employee, Period
from xladdin.formula.evaluate import Value
from xladdin.problems import Place, Problem
from xladdin.schemes.library import Library
from xladdin.scoring import keys
from xladdin.scoring.scorer import scorer_of

PERIOD = Period("2026-11")
LEDGER = "绩效台账.db"
_found = Library.shipped().scheme("online_shop_monthly")
assert _found
SCHEME = _found
PERSON = Employee(id="QC002", name="陆雨桐", department="网络销售部", position="网销客服")
FIGURES = {
    "inquiry_conversion": (None, "0.55"),
    "sales_target": ("100000", "90000"),
    "response_time": (None, "28"),
    "order_value": ("120", "118"),
    "reply_quality": (None, "1"),
    "bad_review_rate": (None, "0.01"),
    "initiative": (None, "5"),
    "teamwork": (None, "4"),
    "learning": (None, "3"),
}


def actual(indicator: str, target: str | None, value: str, period: Period = PERIOD) -> Actual:
    return Actual(
        period=period,
        employee=PERSON.id,
        indicator=indicator,
        target=None if target is None else Decimal(target),
        actual=Decimal(value),
    )


def company(*left_out: str, period: Period = PERIOD, **changed: str) -> Company:
    """The master's figures of the month: all of them, some changed, some not there."""
    lines = (
        actual(item, target, changed.get(item, value), period)
        for item, (target, value) in FIGURES.items()
        if item not in left_out
    )
    return Company(
        (PERSON,), Library((SCHEME,)), figures=tuple(map(Figure, lines)), file="总表.xlsx"
    )


def form(inputs: Mapping[str, Value], known: Company, period: Period = PERIOD) -> KeptForm:
    """What a ledger keeps of a form that went out with these figures, and was answered so."""
    given = score_inputs(SCHEME, known.actuals_of(PERSON, period))
    values = scorer_of(SCHEME).values({**given, **inputs})
    computed = {key: value for key, value in values.items() if key not in given}
    place = Place(LEDGER, field="第3条")
    return KeptForm(PERSON.id, period, computed, place, SCHEME, inputs, "monthly")


JUDGED = ("reply_quality", "initiative", "teamwork", "learning")
ANSWERS: dict[str, Value] = {
    **{keys.actual(item): Decimal(FIGURES[item][1]) for item in JUDGED},
    **{keys.points(item.id): None for item in SCHEME.adjustments},
}


@dataclass(frozen=True)
class Months:
    """The month of one person in both."""

    master: Company
    kept: KeptForm

    def joined(self, *, closed: bool = False) -> tuple[PersonResult, list[Problem]]:
        return joined(self.master, PERSON, self.kept, SCHEME, closed=closed)

    def results(self, *, closed: bool = False) -> KeptResults:
        forms = {(PERSON.id, self.kept.period): self.kept}
        months = frozenset({self.kept.period} if closed else ())
        return KeptResults(LEDGER, PERIOD, forms, months)


def usual() -> Months:
    """A form that went out without what people judge, and came back with it."""
    return Months(company(), form(ANSWERS, company(*JUDGED)))


def with_master(months: Months, master: Company) -> Months:
    return replace(months, master=master)
