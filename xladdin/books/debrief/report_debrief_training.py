"""培训效果: satisfaction in the months before and after a training, and out of how many answers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from xladdin.analysis.debrief_figures import (
    RATED,
    SATISFACTION,
    SATISFIED,
    YEAR_MONTHS,
    DebriefFigures,
)
from xladdin.analysis.metric import PIECES, Scale
from xladdin.books.reports import report_parts as rp
from xladdin.books.reports import report_sentences as say
from xladdin.formula.nodes import (
    Blank,
    Compare,
    Expr,
    If,
    IsEmpty,
    IsNumber,
    Join,
    Not,
    Rel,
    Round,
    Text,
    Var,
    add,
    cases,
    number,
    sub,
    total,
)
from xladdin.formula.questions import both, equal
from xladdin.layout.cell_rules import Between, Check
from xladdin.layout.cells import Asked, Block, Cell, Fixed, Sheet
from xladdin.layout.styles import CENTER, HEAD, NOTE

from . import report_debrief_keys as keys
from .report_debrief_parts import head, sheet_of, state, wanted

SHEET_NAME = "培训效果"
MOST = 3
"""Trainings that are looked at."""
WINDOW, USED = "t.window", "t.window.used"
USUAL = 3
BEFORE, AFTER = "前", "后"
ENDS = (BEFORE, AFTER)
SAME_MONTH = "当月"
WIDTHS = (13.0, 20.0, 11.0, 10.0, 8.0, 10.0, 8.0, 13.0, 8.0, 10.0, 8.0, 10.0, 8.0)
WIDTH = len(WIDTHS)
HEADS = (
    "", "培训", "培训日期", "培训前\n满意率", "评价\n条数", "培训后\n满意率", "评价\n条数", "变化", "好坏",
    "知道的话填：\n前满意率", "条数", "知道的话填：\n后满意率", "条数",
)  # fmt: skip
TOLD = (
    "培训当月不算；前后各看几个月在黄格里改。没有这些月份的数据、但知道前后满意率的，填右边四格，填了就按它算。"
    "前后的变化不一定是培训带来的。"
)
EPOCH = dt.date(1899, 12, 30)
METRIC = SATISFACTION.metric
ALL = tuple((side, month) for side in keys.SIDES for month in keys.MONTHS)
NO_DAY = "没有填培训日期，也没有填培训前后的满意率"


def key(training: int, what: str) -> str:
    """A cell of a training, from 1: name, day, before, after, n.before, change, judged, told."""
    return f"t.{training}.{what}"


def rate(training: int, end: str) -> str:
    """The satisfaction before or after."""
    return key(training, "before" if end == BEFORE else "after")


def answers(training: int, end: str) -> str:
    """Out of how many answers that is."""
    return f"{rate(training, end)}.n"


def role(training: int, side: str, month: int) -> str:
    """Whether a month lies before or after a training."""
    return key(training, f"role.{side}.{month}")


def serial(day: dt.date) -> Decimal:
    """A day as a spreadsheet counts it."""
    return Decimal((day - EPOCH).days)


def model(figures: DebriefFigures) -> dict[str, Expr]:
    """What the sheet works out."""
    found: dict[str, Expr] = {
        USED: If(IsNumber(Var(WINDOW)), Var(WINDOW), number(USUAL)),
    }
    for training in range(1, MOST + 1):
        found |= _months(figures, training)
        for end in ENDS:
            found |= _end(training, end)
        now, before = Var(rate(training, AFTER)), Var(rate(training, BEFORE))
        found |= {
            key(training, "change"): say.in_short(METRIC, now, before),
            key(training, "judged"): say.judged(METRIC, now, before),
            key(training, "told"): _told(training),
        }
    return found


def _months(figures: DebriefFigures, training: int) -> dict[str, Expr]:
    """How many months lie before and after a training, and which of them are looked at."""
    day, window = Var(key(training, "day")), Var(USED)
    months = [keys.period(figures, side, month) for side, month in ALL]
    ends = [number(serial(month.last_day)) for month in months]
    starts = [number(serial(month.first_day)) for month in months]
    ahead = total(tuple(If(Compare(Rel.LT, end, day), number(1), number(0)) for end in ends))
    behind = total(tuple(If(Compare(Rel.GT, start, day), number(1), number(0)) for start in starts))
    inside = both(
        IsNumber(day),
        Compare(Rel.GE, day, starts[0]),
        Compare(Rel.LE, day, ends[-1]),
    )
    many_ahead, many_behind = Var(key(training, "ahead")), Var(key(training, "behind"))
    found: dict[str, Expr] = {
        key(training, "ahead"): If(IsNumber(day), If(inside, ahead, Blank()), Blank()),
        key(training, "behind"): If(IsNumber(day), If(inside, behind, Blank()), Blank()),
    }
    for place, (side, month) in enumerate(ALL):
        at = number(place)
        latest = sub(number(len(ALL)), many_behind)
        found[role(training, side, month)] = If(
            IsNumber(many_ahead),
            cases(
                (
                    (equal(at, many_ahead), Text(SAME_MONTH)),
                    (Compare(Rel.LT, at, sub(many_ahead, window)), Text("")),
                    (Compare(Rel.LT, at, many_ahead), Text(BEFORE)),
                    (Compare(Rel.LT, at, add(latest, window)), Text(AFTER)),
                ),
                Text(""),
            ),
            Text(""),
        )
    return found


def _end(training: int, end: str) -> dict[str, Expr]:
    """Satisfaction over the months of one end: a ratio of sums, unless somebody knows it."""
    sums = []
    for item in (SATISFIED, RATED):
        counted = []
        for side, month in ALL:
            own = Var(role(training, side, month), text=True)
            above, below = (Var(keys.item(one, side, month)) for one in (SATISFIED, RATED))
            tests = both(equal(own, Text(end)), IsNumber(above), IsNumber(below))
            counted.append((Var(keys.item(item, side, month)), tests))
        sums.append(keys.summed(counted))
    above_key, below_key = f"{rate(training, end)}.above", f"{rate(training, end)}.below"
    typed, typed_n = Var(own_rate(training, end)), Var(own_answers(training, end))
    above_var, below_var = Var(above_key), Var(below_key)
    some_ = both(IsNumber(above_var), IsNumber(below_var))
    positive = Compare(Rel.GT, below_var, number(0))
    share = If(positive, keys.quotient(above_var, below_var, METRIC.scale), Blank())
    return {
        above_key: sums[0],
        below_key: sums[1],
        rate(training, end): cases(((IsNumber(typed), typed), (some_, share)), Blank()),
        answers(training, end): cases(
            (
                (IsNumber(typed), If(IsNumber(typed_n), typed_n, Blank())),
                (IsNumber(below_var), below_var),
            ),
            Blank(),
        ),
    }


def own_rate(training: int, end: str) -> str:
    """The satisfaction as somebody knows it."""
    return f"{rate(training, end)}.own"


def own_answers(training: int, end: str) -> str:
    """Out of how many answers that is."""
    return f"{rate(training, end)}.own_n"


def told_at(training: int, end: str) -> Expr:
    """``80%（52条评价）``."""
    many = Var(answers(training, end))
    counted = Join((Text("（"), Round(many, 0), Text("条评价）")))
    return Join(
        (
            say.told(METRIC.scale, Var(rate(training, end))),
            If(IsNumber(many), counted, Text("（条数没有填）")),
        )
    )


def _told(training: int) -> Expr:
    """What became of satisfaction after a training, without a word about the cause."""
    day, before, after = (Var(key(training, what)) for what in ("day", "before", "after"))
    name = Var(key(training, "name"), text=True)
    called = If(
        IsEmpty(Var(key(training, "name"))),
        Text("培训后"),
        Join((Text("参加“"), name, Text("”后"))),
    )
    word = If(say.larger(METRIC, after, before), Text("上升"), Text("下降"))
    changed = Join((word, say.size(METRIC, after, before), Text("个百分点")))
    apart = If(say.same(METRIC, after, before), Text("持平"), changed)
    whole = Join(
        (
            called,
            Text("，满意率从"),
            told_at(training, BEFORE),
            Text("到"),
            told_at(training, AFTER),
            Text("，"),
            apart,
            Text("。"),
        )
    )
    no_day = both(Not(IsNumber(day)), Not(IsNumber(before)), Not(IsNumber(after)))
    return cases(
        (
            (no_day, Text(f"{NO_DAY}。" if training == 1 else say.NO_FIGURE)),
            (
                Not(IsNumber(before)),
                Join((called, Text("：培训前的几个月没有满意度数据，不比较。"))),
            ),
            (
                Not(IsNumber(after)),
                Join((called, Text("：培训后的几个月没有满意度数据，不比较。"))),
            ),
        ),
        whole,
    )


def sheet(figures: DebriefFigures) -> Sheet:
    """The trainings, what is said of each, and which months are looked at."""
    blocks = [
        *head(figures, SHEET_NAME, WIDTH),
        Block((Cell(0, 0, Fixed(TOLD), NOTE, cols=WIDTH),), 1, {0: 18.0}),
        _window(),
        rp.gap(WIDTH, 6),
        rp.heads(HEADS, 32.0),
        *(_training(figures, training) for training in range(1, MOST + 1)),
        rp.gap(WIDTH, 6),
        *(_sentence(training) for training in range(1, MOST + 1)),
        rp.heading("每月满意率，和看的是哪几个月", WIDTH),
    ]
    blocks += [_roles(figures, side) for side in keys.SIDES]
    return sheet_of(SHEET_NAME, WIDTHS, blocks)


def _window() -> Block:
    cell = rp.asked(0, 1, WINDOW, Decimal(USUAL), Scale("个月"))
    check = Check(Between(Decimal(1), Decimal(YEAR_MONTHS), whole=True), "", "请填1至12的整数。")
    cells = (
        Cell(0, 0, Fixed("前后各看几个月"), rp.LEFT_LABEL),
        replace(cell, check=check),
    )
    return Block(cells, 1, {0: 20.0})


def _training(figures: DebriefFigures, training: int) -> Block:
    shown = CENTER.shown_as(rp.number_format(METRIC.scale))
    known = figures.trainings[training - 1] if training <= len(figures.trainings) else None
    first = dt.date(figures.year - 1, 1, 1)
    rule = Between(serial(first), serial(dt.date(figures.year, 12, 31)), date=True)
    told = f"请填{first.year}年或{figures.year}年的日期，如 {figures.year}-05-12。"
    day = rp.asked_day(0, 2, key(training, "day"))
    content = Asked(key(training, "day"), None if known is None else serial(known.day))
    typed = []
    for col, end in ((9, BEFORE), (11, AFTER)):
        missed: Expr = Not(IsNumber(Var(rate(training, end))))
        if training > 1:
            missed = both(missed, IsNumber(Var(key(training, "day"))))
        typed += [
            wanted(rp.asked(0, col, own_rate(training, end), None, METRIC.scale), missed),
            wanted(rp.asked(0, col + 1, own_answers(training, end), None, PIECES), missed),
        ]
    cells = (
        Cell(0, 0, Fixed(f"第{training}次"), rp.LEFT_LABEL),
        rp.asked_text(0, 1, key(training, "name"), known.name if known else ""),
        replace(day, content=content, check=Check(rule, "", told)),
        rp.result(0, 3, rate(training, BEFORE), shown),
        rp.result(0, 4, answers(training, BEFORE), CENTER.shown_as("#,##0")),
        rp.result(0, 5, rate(training, AFTER), shown),
        rp.result(0, 6, answers(training, AFTER), CENTER.shown_as("#,##0")),
        rp.result(0, 7, key(training, "change")),
        state(0, 8, key(training, "judged")),
        *typed,
    )
    return Block(cells, 1, {0: 24.0})


def _sentence(training: int) -> Block:
    cells = (
        Cell(0, 0, Fixed(f"第{training}次"), rp.LEFT_LABEL),
        rp.told(0, 1, key(training, "told"), cols=WIDTH - 1),
    )
    return Block(cells, 1, {0: 20.0})


def _roles(figures: DebriefFigures, side: str) -> Block:
    year = keys.year_of(figures, side)
    shown = CENTER.shown_as(rp.number_format(METRIC.scale))
    cells = [Cell(0, 0, Fixed(f"{year}年"), HEAD), Cell(1, 0, Fixed("满意率"), rp.LEFT_LABEL)]
    for training in range(1, MOST + 1):
        cells.append(Cell(1 + training, 0, Fixed(f"第{training}次"), rp.LEFT_LABEL))
    for month in keys.MONTHS:
        cells.append(Cell(0, month, Fixed(f"{month}月"), HEAD))
        cells.append(rp.result(1, month, keys.value(SATISFACTION, side, month), shown))
        cells += [
            rp.result(1 + training, month, role(training, side, month))
            for training in range(1, MOST + 1)
        ]
    return Block(tuple(cells), MOST + 2, {0: 20.0})


def hidden() -> Iterator[str]:
    """What no page shows."""
    yield USED
    for training in range(1, MOST + 1):
        yield from (key(training, "ahead"), key(training, "behind"))
        for end in ENDS:
            yield from (f"{rate(training, end)}.above", f"{rate(training, end)}.below")
