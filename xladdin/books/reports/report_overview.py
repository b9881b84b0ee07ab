"""总体情况: every metric beside last month, last year and its target; the team; the ways requests came."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from xladdin.analysis.metric import PEOPLE, PER_DAY, PIECES, Metric
from xladdin.analysis.metrics import opinions, workload
from xladdin.analysis.month_figures import UNKNOWN_CHANNEL, MonthFigures
from xladdin.analysis.record_lines import View
from xladdin.formula.nodes import Blank, CountNumbers, Expr, If, SumNumbers, Var
from xladdin.formula.questions import some
from xladdin.layout import theme
from xladdin.layout.cell_rules import Behind
from xladdin.layout.cells import Block, Cell, Fixed, Sheet
from xladdin.layout.drawings import Columns, Series
from xladdin.layout.styles import CENTER, LABEL, NOTE, Style

from . import report_keys as keys
from . import report_parts as rp
from . import report_sentences as say
from .metric_lines import behind_metric, command_behind
from .report_lines import behind
from .report_months import quotient

SHEET_NAME = "总体情况"
HEADS = ("指标", "单位", "本月", "上月", "环比", "好坏", "去年同月", "同比", "好坏", "目标", "达成")
WIDTHS = (22.0, 7.0, 11.0, 11.0, 16.0, 8.0, 11.0, 16.0, 8.0, 11.0, 9.0)
WIDTH = len(WIDTHS)
CHART_ROWS = 8
SHOWN: tuple[Metric, ...] = (
    workload.REQUESTS,
    workload.REQUESTS_A_DAY,
    workload.REPLY[0],
    workload.REPLY[2],
    workload.WAIT[0],
    workload.SOLVE[0],
    workload.SOLVE[1],
    workload.SOLVED,
    workload.SOLVED_AT_ONCE,
    workload.REOPENED,
    workload.OPEN,
    opinions.SCORE,
    opinions.SATISFIED_SHARE,
    opinions.DISSATISFIED_SHARE,
    opinions.ANSWERED,
    opinions.COMPLAINTS,
    opinions.COMPLAINT_SHARE,
    opinions.SUGGESTIONS,
)
TOLD_OF: tuple[Metric, ...] = (
    workload.REQUESTS,
    workload.REPLY[0],
    workload.SOLVE[0],
    workload.SOLVED,
    opinions.SATISFIED_SHARE,
    opinions.COMPLAINTS,
)
TEAM = (("size", "月末人数"), ("before", "上月末人数"), ("year", "去年同月末人数"))
MOVED = (("joined", "本月入职"), ("left", "本月离职"))
TIMES = ("now", "before", "year")
MORE = (
    "目标在黄色格里填，没有目标的指标不评达成。▲▼ 只表示升降，好转、变差按指标的方向判断。"
    "点一下本月的数，看它是从哪些行来的；点上月、去年的，看用什么命令列出。"
)
PER_PERSON = "team.load"


def overview_key(metric: Metric, what: str) -> str:
    """A cell of a metric's row: now, before, year, change, change_year, judged, judged_year, state."""
    return f"over.{metric.id}.{what}"


def sentence_key(metric: Metric) -> str:
    """All that is said about a metric."""
    return f"told.{metric.id}"


def model(figures: MonthFigures) -> dict[str, Expr]:
    """Every computed value of the sheet."""
    found: dict[str, Expr] = {}
    for metric in SHOWN:
        found |= metric_cells(metric, figures)
    for metric in TOLD_OF:
        found[sentence_key(metric)] = say.sentence(keys.subject(metric, figures))
    return found | _channels(figures)


def metric_cells(metric: Metric, figures: MonthFigures) -> dict[str, Expr]:
    """What a metric's row works out."""
    one = keys.subject(metric, figures)
    before, year = one.part or one.before_part, one.part or one.year_part
    found = {
        overview_key(metric, "now"): rp.or_dash(one.now),
        overview_key(metric, "before"): rp.or_dash(one.before),
        overview_key(metric, "year"): rp.or_dash(one.year),
        overview_key(metric, "change"): say.in_short(metric, one.now, one.before, before),
        overview_key(metric, "change_year"): say.in_short(metric, one.now, one.year, year),
        overview_key(metric, "judged"): say.judged(metric, one.now, one.before, before),
        overview_key(metric, "judged_year"): say.judged(metric, one.now, one.year, year),
    }
    if one.target is not None:
        found[overview_key(metric, "state")] = say.target_state(metric, one.now, one.target)
    return found


def _channels(figures: MonthFigures) -> dict[str, Expr]:
    """Sums of the ways, what each is of the whole, and requests for each of the team."""
    count = len(figures.channels)
    found: dict[str, Expr] = {}
    for when in TIMES:
        ways = tuple(Var(keys.of_channel(i, when)) for i in range(count))
        if ways:
            found[keys.of_channel(count, when)] = If(
                some(CountNumbers(ways)), SumNumbers(ways), Blank()
            )
    for i in range(count):
        now, whole = Var(keys.of_channel(i, "now")), Var(keys.of_channel(count, "now"))
        found[keys.of_channel(i, "share")] = quotient(now, whole, workload.SOLVED.scale)
        team = Var(keys.of_team("size"))
        found[keys.of_channel(i, "each")] = quotient(now, team, PER_DAY)
    requests = Var(keys.value(keys.REQUESTS))
    found[PER_PERSON] = quotient(requests, Var(keys.of_team("size")), PER_DAY)
    return found


def sheet(figures: MonthFigures) -> Sheet:
    """The table of metrics, what it says, team and channels."""
    blocks = [
        *rp.head(figures, SHEET_NAME, WIDTH),
        rp.heads(HEADS),
        *(row(metric, figures) for metric in SHOWN),
        Block((Cell(0, 0, Fixed(MORE), NOTE, cols=WIDTH),), 1),
        rp.together((rp.heading("团队", WIDTH), _team(figures))),
        rp.together((rp.heading("这个月怎么样", WIDTH), *(_told(metric) for metric in TOLD_OF))),
        *_ways(figures),
    ]
    return rp.sheet(SHEET_NAME, WIDTHS, blocks)


def row(metric: Metric, figures: MonthFigures) -> Block:
    """A metric beside last month, last year and its target."""
    shown = CENTER.shown_as(rp.number_format(metric.scale))
    lines = behind_metric(figures, metric) if figures.reading_of(metric).basis else None
    before, year = (
        command_behind(figures, metric, figures.months[i]) for i in (keys.BEFORE, keys.YEAR)
    )
    strong = Style(bold=True, align="center", number_format=rp.number_format(metric.scale))
    cells = [
        Cell(0, 0, Fixed(metric.name), rp.LEFT_LABEL),
        Cell(0, 1, Fixed(metric.scale.name), CENTER),
        rp.led(rp.result(0, 2, overview_key(metric, "now"), strong), lines),
        rp.led(rp.result(0, 3, overview_key(metric, "before"), shown), before),
        rp.result(0, 4, overview_key(metric, "change")),
        _judged(5, overview_key(metric, "judged")),
        rp.led(rp.result(0, 6, overview_key(metric, "year"), shown), year),
        rp.result(0, 7, overview_key(metric, "change_year")),
        _judged(8, overview_key(metric, "judged_year")),
    ]
    if keys.has_target(metric):
        known = figures.targets.get(metric.id)
        cells += [
            rp.asked(0, 9, keys.target(metric.id), known, metric.scale),
            _judged(10, overview_key(metric, "state")),
        ]
    else:
        cells += [
            Cell(0, col, Fixed("不评"), Style(align="center", color=theme.MUTED)) for col in (9, 10)
        ]
    return Block(tuple(cells), 1)


def _judged(col: int, key: str) -> Cell:
    cell = rp.result(0, col, key)
    return Cell(0, col, cell.content, CENTER, highlights=rp.lights(key))


def _told(metric: Metric) -> Block:
    return Block((rp.told(0, 0, sentence_key(metric), cols=WIDTH),), 1, {0: 20.0})


def _team(figures: MonthFigures) -> Block:
    """Sizes and who came and went, out of the roster; what it does not say is asked for."""
    team = figures.team
    known = {"size": team.size, "before": team.before, "year": team.year}
    moved = {"joined": team.joined, "left": team.left}
    cells = []
    for (what, label), col in zip(TEAM, (0, 3, 6), strict=True):
        cells.append(Cell(0, col, Fixed(label), LABEL, cols=2 if col == 6 else 1))
        cells.append(
            rp.asked(0, col + (2 if col == 6 else 1), keys.of_team(what), known[what], PEOPLE)
        )
    cells.append(Cell(0, 9, Fixed("人均请求"), LABEL))
    cells.append(rp.result(0, 10, PER_PERSON, CENTER.shown_as("#,##0.0")))
    for (what, label), col in zip(MOVED, (0, 5), strict=True):
        count = None if team.size is None else len(moved[what])
        names = "、".join(moved[what])
        cells.append(Cell(1, col, Fixed(label), LABEL))
        cells.append(rp.asked(1, col + 1, keys.of_team(what), count, PEOPLE))
        cols = 3 if col == 0 else 4
        text = rp.asked_text(1, col + 2, keys.of_team(f"{what}_names"), names, cols=cols)
        if count == 0:
            text = replace(text, highlights=())  # nobody to be named
        cells.append(text)
    return Block(tuple(cells), 2, {0: 20.0, 1: 20.0})


def _ways(figures: MonthFigures) -> Sequence[Block]:
    """Tickets, calls, mails: in all and for each of the team."""
    names, count = list(figures.channels), len(figures.channels)
    if not names:
        return ()
    rows = [
        rp.heading("请求从哪里来：工单、电话、邮件、在线", WIDTH),
        rp.heads(("渠道", "单位", "本月", "上月", "去年同月", "占比", "人均")),
    ]
    for i, name in enumerate(names):
        values = figures.channels[name]
        cells = [
            Cell(0, 0, Fixed(name, keys.of_channel(i, "name")), rp.LEFT_LABEL),
            Cell(0, 1, Fixed(PIECES.name), CENTER),
        ]
        for col, when, value in zip((2, 3, 4), TIMES, values, strict=True):
            cell = rp.asked(0, col, keys.of_channel(i, when), value, PIECES)
            cells.append(rp.led(cell, _way_behind(figures, name, when) if value else None))
        cells.append(rp.result(0, 5, keys.of_channel(i, "share"), CENTER.shown_as("0.0%")))
        cells.append(rp.result(0, 6, keys.of_channel(i, "each"), CENTER.shown_as("#,##0.0")))
        rows.append(Block(tuple(cells), 1))
    total = [Cell(0, 0, Fixed("合计"), LABEL, cols=2)]
    for col, when in zip((2, 3, 4), TIMES, strict=True):
        cell = rp.result(0, col, keys.of_channel(count, when), LABEL.shown_as("#,##0"))
        total.append(rp.led(cell, _way_behind(figures, "", when)))
    rows.append(Block(tuple(total), 1))
    return [rp.together(rows), _ways_chart(figures)]


def _way_behind(figures: MonthFigures, name: str, when: str) -> Behind | None:
    """The lines of a way, or of all ways: this month's, or the command that lists another month's."""
    if when != "now":
        month = figures.months[keys.BEFORE if when == "before" else keys.YEAR]
        asked = [f"渠道={name}"] if name else []
        return command_behind(figures, workload.REQUESTS, month, asked)
    if not name:
        return behind_metric(figures, workload.REQUESTS)
    return behind(figures, View.ALL, [None if name == UNKNOWN_CHANNEL else name])


def _ways_chart(figures: MonthFigures) -> Block:
    count = len(figures.channels)
    series = tuple(
        Series(label, tuple(keys.of_channel(i, when) for i in range(count)))
        for label, when in (("本月", "now"), ("上月", "before"), ("去年同月", "year"))
    )
    chart = Columns(
        0,
        0,
        "各渠道请求：本月、上月、去年同月（条）",
        tuple(keys.of_channel(i, "name") for i in range(count)),
        series,
        rp.pixels(WIDTHS),
        rp.chart_height(CHART_ROWS),
        unit="条",
    )
    return rp.framed((chart,), CHART_ROWS, WIDTH)
