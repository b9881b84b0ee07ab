"""概览: who changes grade, what it costs, month by month; a chart of the grades before and after."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xladdin.books import parts
from xladdin.books.summary import summary_parts as sp
from xladdin.company.simulation import DOWN, UP, Simulation
from xladdin.domain.people import Period
from xladdin.formula.nodes import (
    Blank,
    CellOf,
    Compare,
    Condition,
    CountWhere,
    Expr,
    Filled,
    FirstMatch,
    If,
    Range,
    Rel,
    Round,
    Same,
    SumWhere,
    Text,
    Var,
    div,
    number,
    sub,
)
from xladdin.layout import theme
from xladdin.layout.cell_rules import Highlight
from xladdin.layout.cells import Block, Cell, Content, Fixed, Orientation, Paper, Result, Sheet
from xladdin.layout.drawings import Columns, Series
from xladdin.layout.measure import PIXELS_PER_POINT, column_points
from xladdin.layout.styles import ALERT, CENTER, GOOD, HEAD, LABEL, PLAIN, SECTION, TEXT, Style
from xladdin.scoring.model import Model

from .trial_rows import BOLD, MONEY_CHANGE, OPEN_NAME, ROWS_NAME, TABLE

SHEET_NAME = "概览"
WIDTHS = (15.0, 11.0, 10.0, 9.0, 10.0, 10.0, 10.0, 12.0, 12.0, 12.0)
WIDTH = len(WIDTHS)
CHART_ROWS, CHART_ROW = 9, 24.0
WORST = 10
"""So many falls are named; all of them stand in 逐月明细."""
MONTHS_HEAD = (
    "月份", "试算人数", "升", "降", "改前平均分", "改后平均分", "系数合计差",
    "改前奖金", "改后奖金", "奖金差",
)  # fmt: skip
WORST_HEAD = (
    "姓名",
    "月份",
    "改前",
    "改后",
    "分差",
    "改前等级",
    "改后等级",
    "系数差",
    "奖金差",
    "部门",
)
GRADES_HEAD = ("等级", "改前人月", "改后人月", "变化")
TOLD = "人月：一个人的一个月算一次。数字都由“{rows}”算出，改了那里的数这里跟着变。{origin}"
BIG = Style(size=12, bold=True, align="center", number_format="0")
BIG_SUM = Style(size=12, bold=True, align="right", number_format="#,##0.00")
BIG_CHANGE = Style(size=12, bold=True, align="right", number_format="+#,##0.00;-#,##0.00;0.00")
WHOLE_CHANGE = CENTER.shown_as("+0;-0;0")


def sheet(found: Simulation) -> Sheet:
    """The answer on one page."""
    blocks = [
        parts.title_text(f"方案试算：{_span(found)}", WIDTH),
        parts.note(TOLD.format(rows=ROWS_NAME, origin=found.origin), WIDTH, PLAIN),
        _key_figures(),
        parts.joined((parts.heading("各等级人月", WIDTH), _grades(found), parts.note("", WIDTH))),
        *_months(found),
        *_worst(found),
        *_changes(found),
    ]
    paper = Paper(Orientation.PORTRAIT)
    return Sheet(
        SHEET_NAME, WIDTHS, tuple(blocks), paper, protected=False, tab_color=theme.CHART_DARK
    )


def _span(found: Simulation) -> str:
    months = found.months or (found.tried[0].period,)
    first, last = months[0].label, months[-1].label
    return first if first == last else f"{first}至{last}"


def _column(key: str) -> Range:
    return Range(f"{TABLE}.{key}")


_EACH = Filled(_column("id"))


def _sum(key: str, *tests: Condition) -> Expr:
    return Round(SumWhere(_column(key), tests or (_EACH,)), 2)


def _count(*tests: Condition) -> Expr:
    return CountWhere(tests or (_EACH,))


def _moved(move: str) -> Condition:
    return Same(_column("move"), Text(move))


def _falls(found: Simulation) -> range:
    """Which rows of the table are named as the worst cases, from 1."""
    return range(1, 1 + min(WORST, found.moved(DOWN)))


def model(found: Simulation) -> Model:
    """Every computed value."""
    made: Model = {
        "all.count": _count(),
        "all.up": _count(_moved(UP)),
        "all.down": _count(_moved(DOWN)),
    }
    for key in ("factor", "bonus"):
        made |= {
            f"all.{key}": _sum(key),
            f"all.{key}_after": _sum(f"{key}_after"),
            f"all.{key}_gain": _gain(f"all.{key}"),
        }
    for place, grade in enumerate(found.grades):
        key = f"grade.{place}"
        made |= {
            f"{key}.before": _count(Same(_column("grade"), Text(grade))),
            f"{key}.after": _count(Same(_column("grade_after"), Text(grade))),
            f"{key}.gain": sub(Var(f"{key}.after"), Var(f"{key}.before")),
        }
    for place, period in enumerate(_tried_months(found)):
        made |= _month_model(f"month.{place}", Same(_column("month"), Text(period.label)))
    for row in _falls(found):
        at = FirstMatch(Text(str(row)), _column("no"))
        made |= {
            f"worst.{row}.{key}": CellOf(_column(key), at, text=text)
            for key, text, _ in WORST_COLUMNS
        }
    return made


def _gain(key: str) -> Expr:
    return Round(sub(Var(f"{key}_after"), Var(key)), 2)


def _month_model(key: str, own: Condition) -> Model:
    count = Var(f"{key}.count")
    some = Compare(Rel.GT, count, number(0))
    return {
        f"{key}.count": _count(own),
        f"{key}.up": _count(own, _moved(UP)),
        f"{key}.down": _count(own, _moved(DOWN)),
        f"{key}.score": If(some, Round(div(SumWhere(_column("score"), (own,)), count), 2), Blank()),
        f"{key}.score_after": If(
            some, Round(div(SumWhere(_column("score_after"), (own,)), count), 2), Blank()
        ),
        f"{key}.factor_gain": _sum("factor_gain", own),
        f"{key}.bonus": _sum("bonus", own),
        f"{key}.bonus_after": _sum("bonus_after", own),
        f"{key}.bonus_gain": _gain(f"{key}.bonus"),
    }


def _tried_months(found: Simulation) -> list[Period]:
    return sorted({one.period for one in found.tried})


def _key_figures() -> Block:
    """Who changes grade, and what it costs."""
    up = Highlight(Compare(Rel.GT, Var("all.up"), number(0)), GOOD)
    down = Highlight(Compare(Rel.GT, Var("all.down"), number(0)), ALERT)
    counts: list[tuple[Content, Style, int]] = [
        (Fixed("试算人月"), LABEL, 1),
        (Result("all.count"), BIG, 2),
        (Fixed("等级升"), LABEL, 1),
        (Result("all.up"), BIG, 2),
        (Fixed("等级降"), LABEL, 1),
        (Result("all.down"), BIG, 3),
    ]
    rows = [parts.spread(counts, 26)]
    lit = tuple(
        parts.highlighted(cell, up if cell.content == Result("all.up") else down)
        if cell.content in (Result("all.up"), Result("all.down"))
        else cell
        for cell in rows[0].cells
    )
    rows[0] = Block(lit, 1, rows[0].heights)
    for key, label in (("factor", "奖金系数合计"), ("bonus", "奖金合计（元）")):
        rows.append(
            parts.spread(
                [
                    (Fixed(label), LABEL, 1),
                    (Fixed("改前"), CENTER, 1),
                    (Result(f"all.{key}"), BIG_SUM, 2),
                    (Fixed("改后"), CENTER, 1),
                    (Result(f"all.{key}_after"), BIG_SUM, 2),
                    (Fixed("改后多付"), CENTER, 1),
                    (Result(f"all.{key}_gain"), BIG_CHANGE, 2),
                ],
                26,
            )
        )
    return parts.joined((*rows, parts.note("", WIDTH)))


def _grades(found: Simulation) -> Block:
    """The grades, and beside them their chart."""
    cells = [Cell(0, col, Fixed(text), HEAD) for col, text in enumerate(GRADES_HEAD)]
    for row, grade in enumerate(found.grades, start=1):
        key = f"grade.{row - 1}"
        cells += [
            Cell(row, 0, Fixed(grade, f"{key}.name"), SECTION),
            Cell(row, 1, Result(f"{key}.before"), sp.COUNT),
            Cell(row, 2, Result(f"{key}.after"), sp.RANK),
            Cell(row, 3, Result(f"{key}.gain"), WHOLE_CHANGE),
        ]
    rows = max(CHART_ROWS, len(found.grades) + 1)
    left = len(GRADES_HEAD)
    frame = Cell(0, left, Fixed(""), PLAIN, rows=rows, cols=WIDTH - left)
    heights = dict.fromkeys(range(rows), CHART_ROW)
    return Block((*cells, frame), rows, heights, charts=(_chart(found, left, rows),))


def _chart(found: Simulation, left: int, rows: int) -> Columns:
    places = range(len(found.grades))
    return Columns(
        0,
        left,
        "各等级人月：改前与改后",
        tuple(f"grade.{place}.name" for place in places),
        (
            Series("改前", tuple(f"grade.{place}.before" for place in places), theme.CHART_PALE),
            Series("改后", tuple(f"grade.{place}.after" for place in places), theme.CHART_DARK),
        ),
        int(sum(map(column_points, WIDTHS[left:])) * PIXELS_PER_POINT) - 6,
        int(rows * CHART_ROW * PIXELS_PER_POINT) - 6,
        unit="人月",
    )


MONTH_COLUMNS = (
    ("count", sp.COUNT), ("up", sp.COUNT), ("down", sp.COUNT), ("score", sp.POINTS),
    ("score_after", sp.POINTS), ("factor_gain", sp.CHANGE), ("bonus", sp.MONEY),
    ("bonus_after", sp.MONEY), ("bonus_gain", MONEY_CHANGE),
)  # fmt: skip


def _months(found: Simulation) -> Iterator[Block]:
    rows = [
        _line(Fixed(period.label), f"month.{place}", MONTH_COLUMNS)
        for place, period in enumerate(_tried_months(found))
    ]
    yield _listed("逐月", MONTHS_HEAD, rows)


WORST_COLUMNS = (
    ("name", True, sp.NAME), ("month", True, CENTER), ("score", False, sp.POINTS),
    ("score_after", False, sp.POINTS), ("score_gain", False, sp.CHANGE), ("grade", True, CENTER),
    ("grade_after", True, BOLD), ("factor_gain", False, sp.CHANGE), ("bonus_gain", False, MONEY_CHANGE),
    ("department", True, TEXT),
)  # fmt: skip
"""Columns of the table, whether they hold texts, and how they look here."""


def _worst(found: Simulation) -> Iterator[Block]:
    """The largest falls, looked up in the table."""
    shown = tuple((key, style) for key, _, style in WORST_COLUMNS)
    rows = [_line(None, f"worst.{row}", shown) for row in _falls(found)]
    if rows:
        yield _listed("降得最多的", WORST_HEAD, rows)


def _line(first: Content | None, key: str, columns: Sequence[tuple[str, Style]]) -> Block:
    cells = [] if first is None else [Cell(0, 0, first, SECTION)]
    for name, style in columns:
        cells.append(Cell(0, len(cells), Result(f"{key}.{name}"), style))
    return Block(tuple(cells), 1, {0: 20.0})


def _listed(title: str, head: Sequence[str], rows: Sequence[Block]) -> Block:
    above = (parts.heading(title, WIDTH), parts.head_row(head))
    return parts.joined((*above, *rows, parts.note("", WIDTH)))


def _changes(found: Simulation) -> Iterator[Block]:
    """What makes figures count otherwise, or not at all, a line each."""
    told = list(found.changes)
    if unpaid := sum(one.bonuses is None for one in found.tried):
        told.append(f"{unpaid} 人月缺奖金基数，奖金算不出，没有计入奖金合计")
    if found.not_tried:
        told.append(f"{len(found.not_tried)} 人月没有试算，原因见“{OPEN_NAME}”")
    if told:
        lines = (parts.note(f"· {text}。", WIDTH, PLAIN) for text in told)
        yield parts.joined((parts.heading("看数字前要知道的", WIDTH), *lines))
