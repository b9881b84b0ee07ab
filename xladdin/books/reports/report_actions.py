"""分析与措施: what is pointed out, what might be done, by whom and until when; next month's targets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from xladdin.analysis.metric import Metric
from xladdin.analysis.metrics import opinions, workload
from xladdin.analysis.month_figures import MonthFigures
from xladdin.domain.report_findings import Side
from xladdin.formula.evaluate import Value
from xladdin.formula.nodes import Expr, Var
from xladdin.layout.cells import Block, Cell, Fixed, Result, Sheet
from xladdin.layout.styles import CENTER, NOTE, Style

from . import report_keys as keys
from . import report_parts as rp
from . import report_sentences as say
from .finding_rules import MOST_OF_A_RULE, Findings, Laid
from .kept_measures import KeptMeasure
from .report_cover import NOTHING_FOUND, SIDES

SHEET_NAME = "分析与措施"
HEADS = ("", "提示", "措施", "负责人", "完成日期", "目标")
WIDTHS = (9.0, 56.0, 46.0, 11.0, 13.0, 17.0)
WIDTH = len(WIDTHS)
CALLED = {Side.HIGHLIGHT: "亮点", Side.RISK: "风险", Side.CLUE: "根因线索"}
SPARE = 3
"""Empty lines for what only people know."""
AIMED: tuple[Metric, ...] = (
    workload.REPLY[0],
    workload.SOLVE[0],
    workload.SOLVED,
    workload.SOLVED_AT_ONCE,
    opinions.SATISFIED_SHARE,
    opinions.COMPLAINTS,
)
TOLD = (
    "提示由数据算出，改了数它会跟着变，不再成立的会写“（已不成立）”；句子和措施都可以直接改写。"
    "线索只说一起出现的现象，不等于原因。填好的报告可以和考核表一起收回，再写这份报告时会填回。"
)


def _row_key(row: str, what: str) -> str:
    return f"act.{row}.{what}"


def model(findings: Findings, aimed: Sequence[Metric] = AIMED) -> dict[str, Expr]:
    """The findings, and this month's figures beside next month's targets."""
    found: dict[str, Expr] = {one.key: one.formula for one in findings.laid}
    found |= findings.helpers
    for metric in aimed:
        found[_aim(metric, "now")] = rp.or_dash(Var(keys.value(metric.id)))
        found[_aim(metric, "target")] = rp.or_dash(Var(keys.target(metric.id)))
        found[_aim(metric, "state")] = say.target_state(
            metric, Var(keys.value(metric.id)), Var(keys.target(metric.id))
        )
    return found


def _aim(metric: Metric, what: str) -> str:
    return f"aim.{metric.id}.{what}"


@dataclass(frozen=True, slots=True)
class KeptLines:
    """What people have decided before, and what stands here for it."""

    carried: tuple[KeptMeasure, ...] = ()
    """Measures of this month whose finding is not pointed out any more."""
    past: tuple[KeptMeasure, ...] = ()
    """Those of last month's report."""
    past_origin: str = ""
    """Where these were taken from."""

    @property
    def values(self) -> Mapping[str, Value]:
        """What goes into the lines of the carried ones."""
        return {
            _row_key(one.row, part): value
            for one in self.carried
            for part, value in one.values.items()
            if value is not None
        }


NO_LINES = KeptLines()


def sheet(
    figures: MonthFigures,
    findings: Findings,
    aimed: Sequence[Metric] = AIMED,
    kept: KeptLines = NO_LINES,
) -> Sheet:
    """What became of last month's measures; findings by side, lines for more, targets."""
    blocks = [
        *rp.head(figures, SHEET_NAME, WIDTH),
        Block((Cell(0, 0, Fixed(TOLD), NOTE, cols=WIDTH),), 1),
    ]
    if kept.past:
        blocks += [*_past(kept), rp.gap(WIDTH, 8)]
    for side, name in CALLED.items():
        blocks += [rp.heads((name, *HEADS[1:])), *_side(side, findings)]
        blocks.append(rp.gap(WIDTH, 8))
    if findings.left_out:
        told = f"同一条规则最多列{MOST_OF_A_RULE}处，还有 {findings.left_out} 处没有列出。"
        blocks.append(Block((Cell(0, 0, Fixed(told), NOTE, cols=WIDTH),), 1))
    rows = [one.row for one in kept.carried] + [f"spare{i}" for i in range(1, SPARE + 1)]
    blocks.append(rp.together((rp.heads(("另外", *HEADS[1:])), *_more(rows))))
    blocks.append(rp.together((rp.heading("下月目标", WIDTH), *_targets(aimed))))
    return rp.sheet(SHEET_NAME, WIDTHS, blocks)


def _side(side: Side, findings: Findings) -> Iterator[Block]:
    label, style = SIDES[side]
    laid = findings.of(side)
    if not laid:
        yield Block((Cell(0, 0, Fixed(NOTHING_FOUND[side]), NOTE, cols=WIDTH),), 1)
    for i, one in enumerate(laid, start=1):
        yield _finding(f"{label}{i}", style, one)


def _finding(label: str, style: Style, one: Laid) -> Block:
    row = one.key.removeprefix("finding.")
    cells = (
        Cell(0, 0, Fixed(label), style),
        rp.told(0, 1, one.key),
        rp.asked_text(0, 2, _row_key(row, "measure"), one.measure),
        *_who_and_when(row),
    )
    return Block(cells, 1, {0: 30.0})


def _who_and_when(row: str) -> tuple[Cell, ...]:
    return (
        rp.asked_text(0, 3, _row_key(row, "owner")),
        rp.asked_day(0, 4, _row_key(row, "due")),
        rp.asked_text(0, 5, _row_key(row, "aim")),
    )


def _more(rows: Sequence[str]) -> Iterator[Block]:
    """Lines that nothing in the data has led to."""
    for i, row in enumerate(rows, start=1):
        cells = (
            Cell(0, 0, Fixed(str(i)), CENTER),
            rp.asked_text(0, 1, _row_key(row, "says")),
            rp.asked_text(0, 2, _row_key(row, "measure")),
            *_who_and_when(row),
        )
        yield Block(cells, 1, {0: 24.0})


def _past(kept: KeptLines) -> Iterator[Block]:
    """Last month's measures, and a cell each for what became of them."""
    yield rp.heads(("上月", "上月的提示", "措施和目标", "负责人", "完成日期", "完成情况"))
    for i, one in enumerate(kept.past, start=1):
        aim = f"（目标：{one.aim}）" if one.aim else ""
        cells = (
            Cell(0, 0, Fixed(f"上月{i}"), CENTER),
            Cell(0, 1, Fixed(_words(one.says)), rp.DEFINED),
            Cell(0, 2, Fixed(f"{_words(one.measure)}{aim}"), rp.DEFINED),
            Cell(0, 3, Fixed(_words(one.owner)), CENTER),
            Cell(0, 4, Fixed(_day(one.due)), CENTER.shown_as("yyyy-mm-dd")),
            rp.asked_text(0, 5, f"past.{one.mark}.done"),
        )
        yield Block(cells, 1, {0: 24.0})
    told = f"上月定的措施{kept.past_origin}。"
    yield Block((Cell(0, 0, Fixed(told), NOTE, cols=WIDTH),), 1)


def _words(value: Value) -> str:
    return "" if value is None else str(value)


def _day(value: Value) -> Decimal | str | None:
    return value if isinstance(value, Decimal) else _words(value) or None


def _targets(aimed: Sequence[Metric]) -> Iterator[Block]:
    yield rp.heads(("", "指标", "达成", "本月", "本月目标", "下月目标"))
    for i, metric in enumerate(aimed, start=1):
        shown = CENTER.shown_as(rp.number_format(metric.scale))
        state = _aim(metric, "state")
        light = Cell(0, 2, Result(state), CENTER, highlights=rp.lights(state))
        cells = (
            Cell(0, 0, Fixed(str(i)), CENTER),
            Cell(0, 1, Fixed(f"{metric.name}（{metric.scale.name}）"), rp.LEFT_LABEL),
            light,
            rp.result(0, 3, _aim(metric, "now"), shown),
            rp.result(0, 4, _aim(metric, "target"), shown),
            rp.asked(0, 5, keys.next_target(metric.id), None, metric.scale),
        )
        yield Block(cells, 1, {0: 22.0})
