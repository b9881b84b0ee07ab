"""客户问题分析: requests by type, what share they have, how they go, and what changed since last month."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from xladdin.analysis.metric import NOTHING, PIECES, Metric, Reading
from xladdin.analysis.metrics import workload
from xladdin.analysis.month_figures import Group, MonthFigures, Readings
from xladdin.analysis.record_lines import View
from xladdin.books import parts
from xladdin.formula.nodes import (
    Blank,
    Compare,
    CountNumbers,
    Expr,
    Greatest,
    If,
    IsNumber,
    Join,
    Least,
    Not,
    Rel,
    Round,
    SumNumbers,
    Text,
    Var,
    add,
    div,
    mul,
    number,
    sub,
)
from xladdin.formula.questions import NEVER, both, equal, some
from xladdin.layout import theme
from xladdin.layout.cell_rules import Behind, DataBar, Highlight
from xladdin.layout.cells import Block, Cell, Fixed, Result, Shaded, Sheet
from xladdin.layout.drawings import Pareto, Series, Waterfall
from xladdin.layout.styles import ALERT, CENTER, LABEL, NOTE, PLAIN, Style

from . import report_keys as keys
from . import report_parts as rp
from . import report_sentences as say
from .metric_lines import command_behind
from .report_lines import behind, behind_all, type_key
from .report_months import quotient

SHEET_NAME = "客户问题分析"
HEADS = (
    "问题类型",
    "本月",
    "占比",
    "累计占比",
    "上月",
    "环比",
    "平均解决（分钟）",
    "一次解决率",
    "重开率",
)
WIDTHS = (22.0, 11.0, 11.0, 11.0, 11.0, 14.0, 15.0, 13.0, 13.0)
WIDTH = len(WIDTHS)
RATE = workload.SOLVED.scale
OTHERS = "其余{}类"
MOST_STEPS = 6
"""Types whose change is a step of its own in the waterfall."""
ASKED_FOR = 6
CHART_ROWS = 13
SUM_CHECK = "types.check"
TITLES = PARETO_TITLE, FALL_TITLE = ("types.title", "fall.title")
TOLD = (
    "各类合计应等于服务请求数量；改了其中一格，占比、累计和图跟着变。平均解决只算已经解决的请求。"
    "点一下数，看它是从哪些行来的。"
)


def shown_types(figures: MonthFigures) -> tuple[Group, ...]:
    """The types of the table: the most frequent ones, and the rest as one line.

    Where nobody knows any, empty lines that ask for them.
    """
    types = figures.types
    if not types:
        return (Group("", {}, {}),) * ASKED_FOR
    if len(types) <= keys.MOST_TYPES:
        return types
    kept, rest = types[: keys.MOST_TYPES - 1], types[keys.MOST_TYPES - 1 :]
    now, before = _sum(one.now for one in rest), _sum(one.before for one in rest)
    return (*kept, Group(OTHERS.format(len(rest)), now, before))


def _sum(readings: Iterable[Readings]) -> Readings:
    """Counts alone are added up: a mean of several types is none of theirs."""
    counts = [int(each.get(keys.REQUESTS, NOTHING).value or 0) for each in readings]
    return {keys.REQUESTS: Reading(Decimal(sum(counts)), sum(counts))}


def model(figures: MonthFigures) -> dict[str, Expr]:
    """Shares, sums, changes, the steps of the waterfall, and what the charts say."""
    count = len(shown_types(figures))
    metric = workload.REQUESTS
    whole = keys.subject(metric, figures)
    part = whole.part or whole.before_part
    found: dict[str, Expr] = {}
    for when in ("count", "before"):
        cells = tuple(Var(keys.of_type(i, when)) for i in range(count))
        found[_total(when)] = If(some(CountNumbers(cells)), SumNumbers(cells), Blank())
    for i in range(count):
        now, before = Var(keys.of_type(i, "count")), Var(keys.of_type(i, "before"))
        found[keys.of_type(i, "share")] = quotient(now, Var(_total("count")), RATE)
        found[keys.of_type(i, "cumulative")] = _so_far(i, Var(_total("count")))
        found[keys.of_type(i, "change")] = say.in_short(metric, now, before, part)
    found[_total("change")] = say.in_short(
        metric, Var(_total("count")), Var(_total("before")), part
    )
    found[SUM_CHECK] = _check(Var(_total("count")), whole.now)
    found[PARETO_TITLE] = _pareto_title(count)
    return found | _steps(count) | _step_names(count) | {FALL_TITLE: _fall_title(part)}


def _so_far(i: int, whole: Var) -> Expr:
    """What the types down to this one make up together: their sum's share, not the shares' sum."""
    so_far = SumNumbers(tuple(Var(keys.of_type(k, "count")) for k in range(i + 1)))
    some_ = If(IsNumber(whole), Compare(Rel.GT, whole, number(0)), NEVER)
    return If(some_, Round(div(so_far, whole), RATE.places + 2), Blank())


def _total(what: str) -> str:
    return f"types.{what}"


def _check(types: Var, whole: Var) -> Expr:
    fits = Text("各类合计与服务请求数量一致")
    off = Join(
        (
            Text("各类合计"),
            Round(types, 0),
            Text("，服务请求数量"),
            Round(whole, 0),
            Text("，请核对"),
        )
    )
    return If(both(IsNumber(types), IsNumber(whole)), If(equal(types, whole), fits, off), Text(""))


def _pareto_title(count: int) -> Expr:
    """What the first two types make up together."""
    first = min(2, count)
    names: list[Expr] = []
    for i in range(first):
        names += [Text("、")] * bool(i) + [Var(keys.of_type(i, "name"), text=True)]
    share = Var(keys.of_type(first - 1, "cumulative"))
    percent = Join((Round(mul(share, number(100)), 1), Text("%")))
    told = Join((*names, Text("合计占" if first > 1 else "占"), percent))
    return If(IsNumber(share), told, Text("各类请求"))


def _fall_title(part: str) -> Expr:
    metric = workload.REQUESTS
    now, before = Var(_total("count")), Var(_total("before"))
    told = Join((Text("请求"), say.compared(metric, now, before, say.LAST_MONTH, part)))
    return If(IsNumber(now), told, Text("请求的变化"))


def _step(number_: int, what: str) -> str:
    return f"fall.{number_}.{what}"


def _steps(count: int) -> dict[str, Expr]:
    """From last month's sum over each type's change to this month's.

    A type without a figure of one of the months is no step; the rest are one step together.
    """
    own = min(count, MOST_STEPS)
    found: dict[str, Expr] = {}
    level: Expr = _number(_total("before"))
    last = own + 2 if count > own else own + 1
    found |= {_step(0, "level"): level, _step(0, "sum"): level}
    for i in range(own):
        change = sub(_number(keys.of_type(i, "count")), _number(keys.of_type(i, "before")))
        found |= _hanging(i + 1, change)
    if count > own:
        end, so_far = _number(_total("count")), Var(_step(own, "level"))
        found |= _hanging(own + 1, sub(end, so_far))
    found[_step(last, "sum")] = _number(_total("count"))
    return found


def _number(key: str) -> Expr:
    """The figure, or 0 where it is missing: a step of nothing."""
    return SumNumbers((Var(key),))


def _hanging(i: int, change: Expr) -> dict[str, Expr]:
    """A step between the level before and after: its unseen part, and what was added or taken."""
    before, after = Var(_step(i - 1, "level")), Var(_step(i, "level"))
    up, down = Compare(Rel.GT, after, before), Compare(Rel.GT, before, after)
    return {
        _step(i, "level"): add(before, change),
        _step(i, "unseen"): Greatest(Least(before, after), number(0)),
        _step(i, "up"): If(up, sub(after, before), Blank()),
        _step(i, "down"): If(down, sub(before, after), Blank()),
    }


def sheet(figures: MonthFigures) -> Sheet:
    """The table, the Pareto chart, the waterfall."""
    types = shown_types(figures)
    blocks = [*rp.head(figures, SHEET_NAME, WIDTH)]
    rows = [_row(i, one, figures) for i, one in enumerate(types)]
    table = parts.joined(rows)
    bars = (
        Shaded(0, 1, len(types), 1, DataBar()),
        Shaded(0, 6, len(types), 1, DataBar(theme.BAR_WARM)),
    )
    blocks += [
        rp.heads(HEADS, 28.0),
        replace(table, shades=bars),
        _sums(figures),
        _note(TOLD),
        *_charts(types),
    ]
    return rp.sheet(SHEET_NAME, WIDTHS, blocks)


def _note(text: str) -> Block:
    return Block((Cell(0, 0, Fixed(text), NOTE, cols=WIDTH),), 1)


def _row(i: int, one: Group, figures: MonthFigures) -> Block:
    once, reopened = workload.SOLVED_AT_ONCE, workload.REOPENED
    rate = CENTER.shown_as("0.0%")

    def value(metric: Metric) -> Decimal | None:
        return one.now.get(metric.id, NOTHING).value

    cells = (
        _name(i, one),
        rp.asked(0, 1, keys.of_type(i, "count"), value(workload.REQUESTS), PIECES),
        rp.result(0, 2, keys.of_type(i, "share"), rate),
        rp.result(0, 3, keys.of_type(i, "cumulative"), rate),
        rp.asked(
            0, 4, keys.of_type(i, "before"), one.before.get(keys.REQUESTS, NOTHING).value, PIECES
        ),
        rp.result(0, 5, keys.of_type(i, "change")),
        rp.asked(0, 6, keys.of_type(i, "mean"), value(workload.SOLVE[0]), workload.SOLVE[0].scale),
        rp.asked(0, 7, keys.of_type(i, "once"), value(once), once.scale),
        rp.asked(0, 8, keys.of_type(i, "reopened"), value(reopened), reopened.scale),
    )
    own, so_far = _behind(figures, i, i), _behind(figures, 0, i)
    leads = {1: own, 2: own, 3: so_far, 4: _before(figures, i), 6: own, 7: own, 8: own}
    return Block(tuple(rp.led(cell, leads.get(cell.col)) for cell in cells), 1)


def _name(i: int, one: Group) -> Cell:
    key = keys.of_type(i, "name")
    return Cell(0, 0, Fixed(one.name, key), rp.LEFT_LABEL) if one.name else rp.asked_text(0, 0, key)


def _behind(figures: MonthFigures, first: int, last: int) -> Behind | None:
    """Where the lines of the types of some rows of the table stand."""
    names = _names(figures, first, last)
    return behind(figures, View.TYPE, [type_key(figures, name) for name in names])


def _names(figures: MonthFigures, first: int, last: int) -> list[str]:
    """The types of some rows of the table: those of the rest in the last."""
    end = last + 1 if last + 1 < len(shown_types(figures)) else len(figures.types)
    return [one.name for one in figures.types[first:end]]


def _before(figures: MonthFigures, i: int) -> Behind | None:
    """The command that lists last month's lines of a row's types."""
    asked = [f"类型={name}" for name in _names(figures, i, i)]
    if not asked or not shown_types(figures)[i].before.get(keys.REQUESTS, NOTHING).value:
        return None
    return command_behind(figures, workload.REQUESTS, figures.months[keys.BEFORE], asked)


def _sums(figures: MonthFigures) -> Block:
    types, whole = Var(_total("count")), Var(keys.value(keys.REQUESTS))
    off = If(both(IsNumber(types), IsNumber(whole)), Not(equal(types, whole)), NEVER)
    check = rp.result(0, 6, SUM_CHECK, Style(size=8, align="center"), cols=3)
    cells = (
        Cell(0, 0, Fixed("合计"), LABEL),
        rp.led(
            rp.result(0, 1, _total("count"), LABEL.shown_as("#,##0")),
            behind_all(figures, View.TYPE),
        ),
        Cell(0, 2, Fixed(""), LABEL, cols=2),
        rp.led(
            rp.result(0, 4, _total("before"), LABEL.shown_as("#,##0")),
            command_behind(figures, workload.REQUESTS, figures.months[keys.BEFORE]),
        ),
        rp.result(0, 5, _total("change"), LABEL),
        replace(check, highlights=(Highlight(off, ALERT),)),
    )
    return Block(cells, 1)


def pareto(count: int, width: int, height: int, row: int = 0, col: int = 0) -> Pareto:
    """Types from the most frequent down, and what they make up together."""
    shown = range(min(count, keys.MOST_TYPES))
    return Pareto(
        row,
        col,
        "各类请求",
        tuple(keys.of_type(i, "name") for i in shown),
        (
            Series("请求（条）", tuple(keys.of_type(i, "count") for i in shown)),
            Series("累计占比（右轴）", tuple(keys.of_type(i, "cumulative") for i in shown)),
        ),
        width,
        height,
        unit="条",
        title_key=PARETO_TITLE,
    )


def _charts(types: Sequence[Group]) -> Iterator[Block]:
    height = rp.chart_height(CHART_ROWS)
    half = rp.pixels(WIDTHS[:4])
    steps = _step_count(len(types))
    fall = Waterfall(
        0,
        4,
        "请求的变化",
        tuple(_step(i, "name") for i in range(steps)),
        tuple(
            Series(name, tuple(_step(i, what) for i in range(steps)))
            for name, what in (
                ("", "unseen"),
                ("合计", "sum"),
                ("比上月多", "up"),
                ("比上月少", "down"),
            )
        ),
        rp.pixels(WIDTHS[4:]),
        height,
        unit="条",
        title_key=FALL_TITLE,
    )
    yield rp.framed((pareto(len(types), half, height), fall), CHART_ROWS, WIDTH)


def _step_count(count: int) -> int:
    return min(count, MOST_STEPS) + 2 + (count > MOST_STEPS)


def hidden(figures: MonthFigures) -> list[Block]:
    """What the waterfall shows, a row per step."""
    count = len(shown_types(figures))
    steps, own = _step_count(count), min(count, MOST_STEPS)
    names = ["上月", *(None for _ in range(own)), *["其余"] * (count > own), "本月"]
    return [
        Block(tuple(_step_cells(i, names[i], ends=i in (0, steps - 1), last=i == steps - 1)), 1)
        for i in range(steps)
    ]


def _step_cells(i: int, name: str | None, *, ends: bool, last: bool) -> Iterator[Cell]:
    key = _step(i, "name")
    yield Cell(0, 0, Result(key) if name is None else Fixed(name, key), PLAIN)
    for col, what in enumerate(("unseen", "sum", "up", "down", "level"), start=1):
        worked_out = (what == "level" and not last) or ((what == "sum") == ends and what != "level")
        own = _step(i, what)
        yield Cell(0, col, Result(own) if worked_out else Fixed(None, own), PLAIN)


def _step_names(count: int) -> dict[str, Expr]:
    """The steps are called as the table calls the types."""
    shown = range(min(count, MOST_STEPS))
    return {_step(i + 1, "name"): Var(keys.of_type(i, "name"), text=True) for i in shown}
