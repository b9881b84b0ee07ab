"""What the cells of a debrief are called, and how a year's figure comes out of its months."""

from __future__ import annotations

from collections.abc import Sequence

from xladdin.analysis.debrief_figures import (
    LEAST_PEOPLE,
    YEAR_MONTHS,
    DebriefFigures,
    Item,
    Measure,
)
from xladdin.analysis.metric import Metric, Scale
from xladdin.books.reports import report_sentences as say
from xladdin.domain.people import Period
from xladdin.formula.nodes import (
    Blank,
    Compare,
    Expr,
    If,
    IsNumber,
    Join,
    Not,
    Rel,
    Round,
    Text,
    Var,
    cases,
    div,
    number,
    total,
)
from xladdin.formula.questions import both, equal, some

LAST, THIS = "last", "this"
SIDES = (LAST, THIS)
MONTHS = range(1, YEAR_MONTHS + 1)
UNTIL = "until"
"""Up to which month of the year something is known, as typed."""
UNTIL_USED = "until.used"
LABEL = {LAST: "label.last", THIS: "label.this"}
"""What the years are called in sentences: 去年, or 去年同期 while this one is not over."""
LAST_YEAR, SAME_PART = "去年", "去年同期"
NONE_OF_FEW = f"不足{LEAST_PEOPLE}人"


def year_of(figures: DebriefFigures, side: str) -> int:
    """Which year a side is."""
    return figures.years[SIDES.index(side)]


def period(figures: DebriefFigures, side: str, month: int) -> Period:
    """A month of a side."""
    return Period(f"{year_of(figures, side)}-{month:02d}")


def item(of: Item, side: str, month: int) -> str:
    """A sum of a month."""
    return f"d.{of.id}.{side}.{month}"


def item_sum(of: Item, side: str) -> str:
    """A sum of the months that count."""
    return f"d.{of.id}.{side}.sum"


def month_head(side: str, month: int) -> str:
    """What a month is called on charts."""
    return f"head.{side}.{month}"


def value(of: Measure, side: str, month: int) -> str:
    """A measure's figure of a month."""
    if of.below is None:
        return item(of.above, side, month)
    return f"v.{of.id}.{side}.{month}"


def worked_out(of: Measure, side: str) -> str:
    """A measure's figure of a year, out of its months."""
    return f"y.{of.id}.{side}.months"


def own(of: Measure, side: str) -> str:
    """A measure's figure of a year, as somebody knows it."""
    return f"y.{of.id}.{side}.own"


def year(metric_id: str, side: str) -> str:
    """The figure of a year that holds."""
    return f"y.{metric_id}.{side}"


def whole_months(side: str) -> str:
    """How many whole months have a number of complaints."""
    return f"y.months.{side}"


def middle(metric_id: str, side: str, month: int) -> str:
    """The team's median of a month."""
    return f"mid.{metric_id}.{side}.{month}"


def year_middle(metric_id: str, side: str) -> str:
    """The team's median of a year."""
    return f"mid.{metric_id}.{side}.year"


def mark(side: str, month: int) -> str:
    """The total of a month's appraisal."""
    return f"a.total.{side}.{month}"


def grade(side: str, month: int) -> str:
    """The grade of a month's appraisal; of a department, how many totals its mean is of."""
    return f"a.grade.{side}.{month}"


def inside(month: int) -> Expr:
    """Whether a month of either year counts."""
    return Compare(Rel.LE, number(month), Var(UNTIL_USED))


def until_model(this_year: int) -> dict[str, Expr]:
    """How far the year goes, and what the two years are called for it."""
    until = Var(UNTIL)
    whole = equal(Var(UNTIL_USED), number(YEAR_MONTHS))
    to = Join((Text("今年1月至"), Round(Var(UNTIL_USED), 0), Text("月")))
    one = Text("今年1月")
    part = If(equal(Var(UNTIL_USED), number(1)), one, to)
    return {
        UNTIL_USED: If(IsNumber(until), until, number(YEAR_MONTHS)),
        LABEL[LAST]: If(whole, Text(LAST_YEAR), Text(SAME_PART)),
        LABEL[THIS]: If(whole, Text("今年"), part),
        SPAN: cases(
            (
                (whole, Text(f"{this_year}年1月至{this_year}年12月")),
                (equal(Var(UNTIL_USED), number(1)), Text(f"{this_year}年1月（全年没有结束）")),
            ),
            Join(
                (
                    Text(f"{this_year}年1月至{this_year}年"),
                    Round(Var(UNTIL_USED), 0),
                    Text("月（全年没有结束）"),
                )
            ),
        ),
    }


SPAN = "span"
"""时间段."""


def summed(counted: Sequence[tuple[Expr, Expr]]) -> Expr:
    """The sum of those whose test holds; nothing where none is."""
    tests = tuple(test for _, test in counted)
    any_ = some(total(tuple(If(test, number(1), number(0)) for test in tests)))
    return If(any_, total(tuple(If(test, of, number(0)) for of, test in counted)), Blank())


def quotient(above: Expr, below: Expr, scale: Scale) -> Expr:
    """One number out of another one as it is shown."""
    return Round(div(above, below), scale.places + (2 if scale.percent else 0))


def of_sums(of: Measure, side: str) -> Expr:
    """A year's figure out of the sums of its months."""
    below = Var(whole_months(side) if of.below is None else item_sum(of.below, side))
    above = Var(item_sum(of.above, side))
    sound = both(IsNumber(above), IsNumber(below))
    return If(
        sound,
        If(Compare(Rel.GT, below, number(0)), quotient(above, below, of.year.scale), Blank()),
        Blank(),
    )


def basis(of: Measure, side: str) -> Var:
    """How many answers, or months, a year's figure is out of."""
    return Var(whole_months(side) if of.below is None else item_sum(of.below, side))


def count_told(of: Measure, side: str) -> Expr:
    """``（128条）``: out of how many, where the figure comes out of the months."""
    many = basis(of, side)
    unit = "个整月）" if of.below is None else "条）"
    told = Join((Text("（"), Round(many, 0), Text(unit)))
    computed = both(Not(IsNumber(Var(own(of, side)))), IsNumber(many))
    return If(computed, told, Text(""))


def beside_last(metric: Metric, now: Var, before: Var) -> Expr:
    """``比去年上升7个百分点``, or 去年同期 while the year is not over."""
    whole = equal(Var(UNTIL_USED), number(YEAR_MONTHS))
    return If(
        whole,
        say.compared(metric, now, before, LAST_YEAR),
        say.compared(metric, now, before, SAME_PART),
    )


def beside_middle(metric: Metric, now: Var, mid: Var) -> Expr:
    """``好于中位数``, ``不如中位数``, ``与中位数相同``, or a dash."""
    better = If(
        say.larger(metric, now, mid),
        Text(ABOVE if metric.direction.value == "越高越好" else BELOW),
        Text(BELOW if metric.direction.value == "越高越好" else ABOVE),
    )
    return cases(
        (
            (Not(IsNumber(now)), Text(say.NO_FIGURE)),
            (Not(IsNumber(mid)), Text(say.NO_FIGURE)),
            (say.same(metric, now, mid), Text(ALIKE)),
        ),
        better,
    )


ABOVE, BELOW, ALIKE = "好于中位数", "不如中位数", "与中位数相同"
