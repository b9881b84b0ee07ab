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
from xladdin.formula.nodes import (
    Blank,
    Compare,
    CountWhere,
    Expr,
    If,
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
from xladdin.layout.cell_rules import Behind, DataBar
from xladdin.layout.cells import Block, Cell, Fixed, Result, Sheet
from xladdin.layout.styles import LABEL, NOTE
from xladdin.layout.tables.table import NUMBER

from . import report_keys as keys
from . import report_parts as rp
from . import report_sentences as say
from . import summary_parts as sp
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
SHORT = {
    workload.REQUESTS.id: "请求数",
    REPLY.id: "平均响应（秒）",
    SOLVE.id: "平均解决（分钟）",
    SOLVED.id: "解决率",
    SATISFIED.id: "满意率",
}
TOLD = (
    f"名次并列的相同，下一名接着排（1、1、2）；有数的不到{LEAST_AGENTS}人时不排名次，也不和中位数比。"
    "名次只作参考：班次、渠道、问题类型不同的人不能直接比。点一下数，看它是从哪些行来的。"
)


def ranked_agents(figures: MonthFigures) -> list[tuple[AgentFigures, str]]:
    """Everybody whom the records name, with what the table calls them."""
    named = zip(figures.agents, agent_names(figures.agents), strict=True)
    return [(one, name) for one, name in named if one.name != UNKNOWN_AGENT]


def model() -> dict[str, Expr]:
    """The team's medians, above the table."""
    return {_median(metric): _middle(metric) for metric in BESIDE}


def _median(metric: Metric) -> str:
    return f"agents.mid.{metric.id}"


def _column(metric: Metric) -> Range:
    return Range(f"{TABLE}.{metric.id}")


def _middle(metric: Metric) -> Expr:
    return If(_enough(metric), Median(_column(metric)), Text(say.NO_FIGURE))


def _enough(metric: Metric) -> Expr:
    """Whether so many have a figure that there is a rank, and a middle to be beside."""
    known = CountWhere((Related(_column(metric), Rel.GE, number(0)),))
    return Compare(Rel.GE, known, number(LEAST_AGENTS))


def sheet(figures: MonthFigures) -> Sheet:
    """A row for each, the busiest first; without anybody a line that says so."""
    agents = ranked_agents(figures)
    if not agents:
        told = "数据里没有客服这一列，或者本月没有请求，没有可以排的。"
        blocks = [
            *rp.head(figures, SHEET_NAME, 8),
            Block((Cell(0, 0, Fixed(told), NOTE, cols=8),), 1),
        ]
        return rp.sheet(SHEET_NAME, (12.0,) * 8, blocks)
    columns = list(_columns())
    shown = [one for one in columns if not one.column.hidden]
    width = len(shown)
    table = replace(
        sp.table(TABLE, columns, [_row(one, name) for one, name in agents]),
        behind=dict(_leads(figures, [one for one, _ in agents], columns)),
    )
    above = [
        *rp.head(figures, SHEET_NAME, width),
        Block((Cell(0, 0, Fixed(TOLD), NOTE, cols=width),), 1),
        *_nobody(figures, width),
        _medians(shown),
    ]
    made = sp.table_sheet(SHEET_NAME, above, columns, table, kept=1)
    return replace(made, paper=rp.PAPER)


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


def _columns() -> Iterator[sp.Wide]:
    """What is shown first, what it is made of hidden behind."""
    yield sp.entry("name", "客服", 13, sp.NAME)
    yield sp.entry("department", "部门", 11)
    yield _figure(workload.REQUESTS, 9, DataBar())
    yield sp.computed("rank_requests", "请求名次", 6, _rank(workload.REQUESTS))
    for i, name in enumerate(CHANNELS):
        yield _entry(f"way{i}", name, 7, workload.REQUESTS)
    yield _figure(REPLY, 10, DataBar("#D9B99B"))
    yield sp.computed("beside_reply", "响应比中位数", 13, _beside(REPLY))
    yield sp.computed("rank_reply", "响应名次", 6, _rank(REPLY))
    yield _figure(SOLVE, 10, DataBar("#D9B99B"))
    yield sp.computed("solved", "解决率", 8, _ratio(SOLVED), sp.RATE)
    yield _entry("satisfied_above", "满意（条）", 8, workload.REQUESTS)
    yield _entry("rated_n", "有评价", 8, workload.REQUESTS)
    yield sp.computed("satisfied", "满意率", 8, _ratio(SATISFIED), sp.RATE)
    yield sp.computed("beside_satisfied", "满意率比中位数", 19, _beside(SATISFIED))
    yield sp.computed("rank_satisfied", "满意名次", 6, _rank(SATISFIED))
    yield _entry("complaints", "投诉", 6, opinions.COMPLAINTS)
    for key in ("reply_n", "solve_n", "solved_n", "solved_above"):
        yield sp.known(key)
    for metric in RANKED:
        yield sp.helper(f"opens_{metric.id}", _opens(metric))
    for metric in (REPLY, SATISFIED):
        yield sp.helper(f"mid_{metric.id}", Median(_column(metric)))


def _entry(key: str, head: str, width: float, metric: Metric) -> sp.Wide:
    style = rp.EDITABLE.shown_as(rp.number_format(metric.scale))
    return sp.entry(key, head, width, style, rp.figure_check(metric.scale))


def _figure(metric: Metric, width: float, bar: DataBar) -> sp.Wide:
    made = _entry(metric.id, SHORT[metric.id], width, metric)
    return replace(made, column=replace(made.column, bar=bar))


def _ratio(metric: Metric) -> Expr:
    below = f"{keys.basis_of(metric.id)}_n"
    return quotient(Var(f"{metric.id}_above"), Var(below), metric.scale)


def _beside(metric: Metric) -> Expr:
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
    return If(known, If(_enough(metric), told, Text(say.NO_FIGURE)), Text(say.NO_FIGURE))


def _opens(metric: Metric) -> Expr:
    """The figure where nobody above has the same: each figure counts once for places."""
    own = Var(metric.id)
    same_above = PlaceWhere((Related(_column(metric), Rel.EQ, own),), above=Var(NUMBER))
    return If(IsNumber(own), If(none(same_above), own, Blank()), Blank())


def _rank(metric: Metric) -> Expr:
    """Dense places, the best first; a dash where too few have a figure."""
    own = Var(metric.id)
    better = Rel.LT if metric.direction is Direction.LOWER else Rel.GT
    before = CountWhere((Related(Range(f"{TABLE}.opens_{metric.id}"), better, own),))
    place = If(_enough(metric), add(before, number(1)), Text(say.NO_FIGURE))
    return If(Not(IsNumber(own)), Text(say.NO_FIGURE), place)


def _row(one: AgentFigures, name: str) -> sp.Row:
    now = one.now

    def value(metric: Metric) -> Decimal | None:
        return now.get(metric.id, NOTHING).value

    satisfied, solved = now.get(SATISFIED.id, NOTHING), now.get(SOLVED.id, NOTHING)
    return {
        "name": name,
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


def _medians(shown: Sequence[sp.Wide]) -> Block:
    """The middle of the team, over the columns that it is of."""
    cells = [Cell(0, 0, Fixed("团队中位数"), LABEL, cols=2)]
    for col, wide in enumerate(shown):
        metric = next((one for one in BESIDE if one.id == wide.column.key), None)
        if metric is not None:
            look = LABEL.shown_as(rp.number_format(metric.scale))
            cells.append(Cell(0, col, Result(_median(metric)), look))
        elif col > 1:
            cells.append(Cell(0, col, Fixed(""), LABEL))
    return Block(tuple(cells), 1, {0: 22.0})
