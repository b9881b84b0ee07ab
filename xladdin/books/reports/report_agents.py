"""客服排名: everybody beside the median of the team; no rank among fewer than three."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from xladdin.analysis.metric import NOTHING, Direction, Metric
from xladdin.analysis.metrics import opinions, workload
from xladdin.analysis.month_figures import (
    CHANNELS,
    UNKNOWN_AGENT,
    AgentFigures,
    MonthFigures,
)
from xladdin.analysis.record_lines import View
from xladdin.books.summary import summary_parts as sp
from xladdin.domain.people import Period
from xladdin.domain.presence import presence
from xladdin.formula.nodes import (
    Blank,
    Compare,
    CountWhere,
    Expr,
    If,
    IsEmpty,
    IsNumber,
    Join,
    Median,
    Not,
    PlaceWhere,
    Range,
    Rel,
    Related,
    Text,
    Var,
    add,
    number,
)
from xladdin.formula.questions import both, none
from xladdin.layout import theme
from xladdin.layout.cell_rules import Behind, DataBar, Highlight
from xladdin.layout.cells import Block, Cell, Fixed, Result, Sheet
from xladdin.layout.styles import LABEL, NOTE
from xladdin.layout.tables.table import NUMBER

from . import report_keys as keys
from . import report_parts as rp
from . import report_sentences as say
from .agent_names import agent_names
from .finding_groups import LEAST_AGENTS
from .report_lines import behind
from .report_months import quotient

SHEET_NAME = "客服排名"
TABLE = keys.AGENTS
REPLY, SOLVE = workload.REPLY[0], workload.SOLVE[0]
SOLVED, SATISFIED = workload.SOLVED, opinions.SATISFIED_SHARE
RANKED: tuple[Metric, ...] = (workload.REQUESTS, REPLY, SATISFIED)
BESIDE: tuple[Metric, ...] = (workload.REQUESTS, REPLY, SOLVE, SOLVED, SATISFIED)
ASKED_FOR = 6
"""Empty rows where the records name nobody."""
SHORT = {
    workload.REQUESTS.id: "请求数",
    REPLY.id: "平均响应（秒）",
    SOLVE.id: "平均解决（分钟）",
    SOLVED.id: "解决率",
    SATISFIED.id: "满意率",
}
RANKS = (
    f"名次并列的相同，下一名接着排（1、1、2）；有数的不到{LEAST_AGENTS}人时不排名次，也不和中位数比。"
    "名次只作参考：班次、渠道、问题类型不同的人不能直接比。"
)
TOLD = f"{RANKS}点一下数，看它是从哪些行来的。"


def ranked_agents(figures: MonthFigures) -> list[tuple[AgentFigures, str]]:
    """Everybody whom the records name, with what the table calls them."""
    named = zip(figures.agents, agent_names(figures.agents), strict=True)
    return [(one, name) for one, name in named if one.name != UNKNOWN_AGENT]


def model() -> dict[str, Expr]:
    """The team's medians, above the table."""
    return {median_key(metric): middle(metric) for metric in BESIDE}


def median_key(metric: Metric) -> str:
    """The cell of the team's median."""
    return f"agents.mid.{metric.id}"


def column(metric: Metric) -> Range:
    """Everybody's figure."""
    return Range(f"{TABLE}.{metric.id}")


def middle(metric: Metric) -> Expr:
    """The team's median, or a dash where too few have a figure."""
    return If(enough(metric), Median(column(metric)), Text(say.NO_FIGURE))


def enough(metric: Metric) -> Expr:
    """Whether so many have a figure that there is a rank, and a middle to be beside."""
    known = CountWhere((Related(column(metric), Rel.GE, number(0)),))
    return Compare(Rel.GE, known, number(LEAST_AGENTS))


def sheet(figures: MonthFigures) -> Sheet:
    """A row for each, the busiest first; where nobody is known, empty rows that ask for them."""
    agents = ranked_agents(figures)
    teams = {one.employee.department for one, _ in agents if one.employee}
    known = all(one.employee for one, _ in agents)
    there = {id(one): _there(one, figures.period) for one, _ in agents}
    columns = list(_columns(teams=len(teams) > 1 or not known, parts=any(there.values())))
    shown = [one for one in columns if not one.column.hidden]
    width = len(shown)
    rows = [_row(one, name, there[id(one)]) for one, name in agents]
    if not agents:
        columns, rows = [asking(one) for one in columns], [{}] * ASKED_FOR
    leads = dict(_leads(figures, [one for one, _ in agents], columns))
    table = replace(sp.table(TABLE, columns, rows), behind=leads)
    above = [
        *rp.head(figures, SHEET_NAME, width),
        Block((Cell(0, 0, Fixed(TOLD), NOTE, cols=width),), 1),
        *_nobody(figures, width),
        medians(shown),
    ]
    made = sp.table_sheet(SHEET_NAME, above, columns, table, kept=1)
    return replace(made, paper=replace(rp.PAPER, repeat=(0, made.table_top)))


def asking(one: sp.Wide) -> sp.Wide:
    """A column whose empty cells are to be filled in."""
    column = one.column
    if column.formula is not None or column.hidden:
        return one
    empty = Highlight(IsEmpty(Var(column.key)), rp.EMPTY_INPUT)
    return replace(one, column=replace(column, highlights=(empty,)))


def _leads(
    figures: MonthFigures, agents: Sequence[AgentFigures], columns: Sequence[sp.Wide]
) -> Iterator[tuple[tuple[int, str], Behind]]:
    """Everybody's numbers lead to the lines of theirs; places and medians are made of several people's."""
    told = {"name", "department"}
    counted = [
        one.column.key
        for one in columns
        if not one.column.hidden
        and one.column.key not in told
        and not one.column.key.startswith(("rank_", "beside_"))
    ]
    for row, one in enumerate(agents):
        lines = behind(figures, View.AGENT, [one.called])
        if lines is not None:
            yield from (((row, key), lines) for key in counted)


def _nobody(figures: MonthFigures, width: int) -> Iterator[Block]:
    lost = [one for one in figures.agents if one.name == UNKNOWN_AGENT]
    if lost:
        count = int(lost[0].now[keys.REQUESTS].value or 0)
        told = f"另有 {count} 条请求没有写是谁接的，不在表里。"
        yield Block((Cell(0, 0, Fixed(told), NOTE, cols=width),), 1)


def _columns(*, teams: bool, parts: bool) -> Iterator[sp.Wide]:
    """What is shown first, what it is made of hidden behind; one team needs no column to say so."""
    yield sp.entry("name", "客服", 10, sp.NAME)
    if teams:
        yield sp.entry("department", "部门", 10)
    if parts:
        yield sp.entry("there", "在岗", 9)
    yield figure(workload.REQUESTS, 8, DataBar())
    yield sp.computed("rank_requests", "请求名次", 4, rank(workload.REQUESTS))
    for i, name in enumerate(CHANNELS):
        yield entry(f"way{i}", name, 5.5, workload.REQUESTS)
    yield figure(REPLY, 7.5, DataBar(theme.BAR_WARM))
    yield sp.computed("beside_reply", "响应比中位数", 13.5, beside(REPLY))
    yield sp.computed("rank_reply", "响应名次", 4, rank(REPLY))
    yield figure(SOLVE, 7.5, DataBar(theme.BAR_WARM))
    yield sp.computed("solved", "解决率", 8, ratio(SOLVED), sp.RATE)
    yield entry("satisfied_above", "满意数", 6, workload.REQUESTS)
    yield entry("rated_n", "有评价", 6, workload.REQUESTS)
    yield sp.computed("satisfied", "满意率", 8, ratio(SATISFIED), sp.RATE)
    yield sp.computed("beside_satisfied", "满意率比中位数", 20.5, beside(SATISFIED))
    yield sp.computed("rank_satisfied", "满意名次", 4, rank(SATISFIED))
    yield entry("complaints", "投诉", 6, opinions.COMPLAINTS)
    if not teams:
        yield sp.known("department")
    if not parts:
        yield sp.known("there")
    for key in ("reply_n", "solve_n", "solved_n", "solved_above"):
        yield sp.known(key)
    for metric in RANKED:
        yield sp.helper(f"opens_{metric.id}", opens(metric))
    for metric in (REPLY, SATISFIED):
        yield sp.helper(f"mid_{metric.id}", Median(column(metric)))


def entry(key: str, head: str, width: float, metric: Metric) -> sp.Wide:
    """A column of what is known, which a clerk may correct."""
    style = rp.EDITABLE.shown_as(rp.number_format(metric.scale))
    return sp.entry(key, head, width, style, rp.figure_check(metric.scale))


def figure(metric: Metric, width: float, bar: DataBar, head: str = "") -> sp.Wide:
    """A column of a metric, with bars."""
    made = entry(metric.id, head or SHORT[metric.id], width, metric)
    return replace(made, column=replace(made.column, bar=bar))


def ratio(metric: Metric) -> Expr:
    """A share out of its two numbers, which stand in columns of their own."""
    below = f"{keys.basis_of(metric.id)}_n"
    return quotient(Var(f"{metric.id}_above"), Var(below), metric.scale)


def beside(metric: Metric) -> Expr:
    """How far somebody is from the median, and whether that is good: ``▲12%（差）``."""
    own, middle = Var(metric.id), Var(f"mid_{metric.id}")
    higher = metric.direction is Direction.HIGHER
    word = If(
        say.same(metric, own, middle),
        Text(""),
        If(
            say.larger(metric, own, middle),
            Text("（好）" if higher else "（差）"),
            Text("（差）" if higher else "（好）"),
        ),
    )
    told = Join((say.in_short(metric, own, middle), word))
    known = both(IsNumber(own), IsNumber(middle))
    return If(known, If(enough(metric), told, Text(say.NO_FIGURE)), Text(say.NO_FIGURE))


def opens(metric: Metric) -> Expr:
    """The figure where nobody above has the same: each figure counts once for places."""
    own = Var(metric.id)
    same_above = PlaceWhere((Related(column(metric), Rel.EQ, own),), above=Var(NUMBER))
    return If(IsNumber(own), If(none(same_above), own, Blank()), Blank())


def rank(metric: Metric) -> Expr:
    """Dense places, the best first; a dash where too few have a figure."""
    own = Var(metric.id)
    better = Rel.LT if metric.direction is Direction.LOWER else Rel.GT
    before = CountWhere((Related(Range(f"{TABLE}.opens_{metric.id}"), better, own),))
    place = If(enough(metric), add(before, number(1)), Text(say.NO_FIGURE))
    return If(Not(IsNumber(own)), Text(say.NO_FIGURE), place)


def _there(one: AgentFigures, period: Period) -> str:
    """Since or until when somebody was there, where it was not the whole month."""
    if one.employee is None:
        return ""
    there = presence(one.employee, period)
    if there.absent:
        return there.absent
    came = f"{there.first:%m-%d} 起" if there.first > period.first_day else ""
    went = f"至 {there.last:%m-%d}" if there.last < period.last_day else ""
    return " ".join(filter(None, (came, went)))


def _row(one: AgentFigures, name: str, there: str) -> sp.Row:
    now = one.now

    def value(metric: Metric) -> Decimal | None:
        return now.get(metric.id, NOTHING).value

    satisfied, solved = now.get(SATISFIED.id, NOTHING), now.get(SOLVED.id, NOTHING)
    return {
        "name": name,
        "there": there or None,
        "department": one.employee.department if one.employee else "（不在名册）",
        **{metric.id: value(metric) for metric in (workload.REQUESTS, REPLY, SOLVE)},
        "complaints": value(opinions.COMPLAINTS),
        "reply_n": _lines(now.get(REPLY.id, NOTHING).basis),
        "solve_n": _lines(now.get(SOLVE.id, NOTHING).basis),
        "solved_n": _lines(solved.basis),
        "solved_above": _lines(solved.above) if solved.basis else None,
        "rated_n": _lines(satisfied.basis),
        "satisfied_above": _lines(satisfied.above) if satisfied.basis else None,
        **{
            f"way{i}": _lines(one.channels.get(way, 0) if one.channels else None)
            for i, way in enumerate(CHANNELS)
        },
    }


def _lines(count: int | None) -> Decimal | None:
    return None if count is None else Decimal(count)


def medians(shown: Sequence[sp.Wide], metrics: Sequence[Metric] = BESIDE) -> Block:
    """The middle of the team, over the columns that it is of."""
    known = {metric.id for metric in metrics}
    before = next(i for i, wide in enumerate(shown) if wide.column.key in known)
    cells = [Cell(0, 0, Fixed("团队中位数"), LABEL, cols=before)]
    for col, wide in enumerate(shown):
        metric = next((one for one in metrics if one.id == wide.column.key), None)
        if metric is not None:
            look = LABEL.shown_as(rp.number_format(metric.scale))
            cells.append(Cell(0, col, Result(median_key(metric)), look))
        elif col >= before:
            cells.append(Cell(0, col, Fixed(""), LABEL))
    return Block(tuple(cells), 1, {0: 22.0})
