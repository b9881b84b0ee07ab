"""部门对比 and 九宫格: what helps to see whether somebody judges mildly; neither changes anything."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

from xladdin.books import parts
from xladdin.books.summary import summary_parts as sp
from xladdin.company.calibrating import Board, original_grade, thirds
from xladdin.company.month_results import PersonResult
from xladdin.formula.nodes import (
    Blank,
    Condition,
    CountWhere,
    If,
    Range,
    Rel,
    Related,
    Round,
    Same,
    SumWhere,
    Text,
    div,
    number,
    total,
)
from xladdin.formula.questions import some
from xladdin.layout import theme
from xladdin.layout.cell_rules import Heat
from xladdin.layout.cells import (
    Block,
    Cell,
    Content,
    Fixed,
    Orientation,
    Paper,
    Result,
    Shaded,
    Sheet,
)
from xladdin.layout.styles import HEAD, LABEL, PLAIN, RESULT, SECTION, Style
from xladdin.scoring.model import Model

from . import calibration_budgets
from . import calibration_keys as ck

TEAMS_NAME, BOX_NAME = "部门对比", "九宫格"
COMPANY = "全公司"
HEADS = ("部门", "人数", "平均分", "全公司平均", "高低", "原平均系数", "校准后系数", "改了几人")
WIDTHS = (20.0, 9.0, 11.0, 12.0, 11.0, 12.0, 12.0, 11.0)
TOLD = (
    "平均分比全公司高，可能是评得偏宽，也可能是团队确实好；人数少的时候差得多不一定说明什么。"
    "只供讨论，不会自动改任何分数和等级。人数只算有总分的人。"
)
NO_BOX = "本月只有绩效一种结果，没有能力评价，所以没有九宫格。"
BOX_FOR_HR = "九宫格只在全公司的校准表里：能力评价里有匿名的评分。"
BOX_TOLD = (
    "绩效按校准后的等级：最高的三分之一等级是高，最低的三分之一是低；能力按本月能力评价的等级同样分。"
    "是谁，在校准页里按“九宫格”一列筛选。只供讨论，不会自动改等级。"
)
LEVELS = ("高", "中", "低")
TWO_PLACES = Decimal("0.01")


def competences(board: Board) -> dict[str, str]:
    """Employee id -> 高, 中, 低 by the ratings of competency; nobody's in the workbook of a department."""
    if board.department:
        return {}
    own = {one.employee.id for one in board.people}
    found = {}
    for one in board.results.rated:
        steps = thirds([level.name for level in one.scheme.levels])
        if one.employee.id in own and one.level in steps:
            found[one.employee.id] = steps[one.level]
    return found


def sheet(board: Board, *, boxes: bool) -> Sheet:
    """Each department beside the company, with how many people that is."""
    width = len(WIDTHS)
    rows = [_row(board, team, d) for team, d in board.departments.items()]
    without = "" if boxes else BOX_FOR_HR if board.department else NO_BOX
    blocks = [
        parts.title_text(f"{board.results.period.label}部门对比", width),
        parts.note(f"{TOLD}{without}", width, PLAIN),
        parts.head_row(HEADS),
        *rows,
        _company(board),
    ]
    if (money := calibration_budgets.block(board, width)) is not None:
        blocks += [parts.note("", width), money]
    paper = Paper(Orientation.LANDSCAPE)
    return Sheet(TEAMS_NAME, WIDTHS, tuple(blocks), paper, protected=False)


def _mean(numbers: Iterable[Decimal | None]) -> Decimal | None:
    known = [one for one in numbers if one is not None]
    if not known:
        return None
    return (sum(known, Decimal(0)) / len(known)).quantize(TWO_PLACES, ROUND_HALF_UP)


def _coefficient(one: PersonResult) -> Decimal | None:
    grade = original_grade(one)
    return next((it.coefficient for it in one.scheme.grades if it.name == grade), None)


def _after(d: int) -> str:
    return f"cal.part.{d}.after"


def _moved(d: int) -> str:
    return f"cal.part.{d}.moved"


def _row(board: Board, team: str, d: int) -> Block:
    own = [one for one in board.people if one.employee.department == team]
    mean, whole = _mean(it.total for it in own), _mean(it.total for it in board.everybody)
    apart = None if mean is None or whole is None else mean - whole
    return _line(
        [
            (Fixed(team), SECTION),
            (Fixed(Decimal(len(own))), sp.COUNT),
            (Fixed(mean), sp.POINTS),
            (Fixed(whole), sp.POINTS),
            (Fixed(apart), sp.CHANGE),
            (Fixed(_mean(map(_coefficient, own))), sp.POINTS),
            (Result(_after(d)), sp.TOTAL),
            (Result(_moved(d)), sp.COUNT),
        ]
    )


def _company(board: Board) -> Block:
    everybody = board.everybody
    mean = _mean(it.total for it in everybody)
    live: list[tuple[Content, Style]] = [(Fixed("—"), LABEL), (Fixed("—"), LABEL)]
    if not board.department:
        live = [(Result(_after(0)), LABEL.shown_as("0.00")), (Result(_moved(0)), LABEL)]
    return _line(
        [
            (Fixed(COMPANY), LABEL),
            (Fixed(Decimal(len(everybody))), LABEL),
            (Fixed(mean), LABEL.shown_as("0.00")),
            (Fixed(mean), LABEL.shown_as("0.00")),
            (Fixed("—"), LABEL),
            (Fixed(_mean(map(_coefficient, everybody))), LABEL.shown_as("0.00")),
            *live,
        ]
    )


def _line(contents: list[tuple[Content, Style]]) -> Block:
    cells = tuple(Cell(0, col, what, look) for col, (what, look) in enumerate(contents))
    return Block(cells, 1, {0: 22.0})


def model(board: Board, *, boxes: bool) -> Model:
    """Mean coefficients and changes by department, and how many stand in each of nine boxes."""
    tables = [ck.table(i) for i, _ in enumerate(board.schemes, start=1)]
    found: Model = {}
    for d in board.departments.values():
        found |= _of_part(tables, d, ck.part_name(d))
    if not board.department:
        found |= _of_part(tables, 0, "")
    if boxes:
        for able in LEVELS:
            for good in LEVELS:
                told = Text(f"绩效{good}·能力{able}")
                own = tuple(CountWhere((Same(Range(f"{it}.box"), told),)) for it in tables)
                found[_box(good, able)] = total(own)
    return found


def _of_part(tables: list[str], d: int, name: str) -> Model:
    """A department's, or everybody's where none is named."""

    def own(table: str) -> tuple[Condition, ...]:
        mine = (Same(Range(f"{table}.part"), Text(name)),) if name else ()
        return (Related(Range(f"{table}.coefficient"), Rel.GE, number(0)), *mine)

    people = total(tuple(CountWhere(own(it)) for it in tables))
    worth = total(tuple(SumWhere(Range(f"{it}.coefficient"), own(it)) for it in tables))
    moved = total(tuple(SumWhere(Range(f"{it}.moved"), own(it)) for it in tables))
    return {_after(d): If(some(people), Round(div(worth, people), 2), Blank()), _moved(d): moved}


# Nine boxes.


def _box(good: str, able: str) -> str:
    return f"cal.box.{LEVELS.index(able)}{LEVELS.index(good)}"


BOX_WIDTHS = (14.0, 22.0, 22.0, 22.0)


def box_sheet(board: Board) -> Sheet:
    """Competency upwards, results to the right."""
    width = len(BOX_WIDTHS)
    across = tuple(reversed(LEVELS))
    heads = [Cell(0, 0, Fixed("能力＼绩效"), HEAD)]
    heads += [Cell(0, 1 + at, Fixed(f"绩效{good}"), HEAD) for at, good in enumerate(across)]
    rows = [
        Block(
            (
                Cell(0, 0, Fixed(f"能力{able}"), SECTION),
                *(
                    Cell(0, 1 + at, Result(_box(good, able)), COUNTED)
                    for at, good in enumerate(across)
                ),
            ),
            1,
            {0: 66.0},
        )
        for able in LEVELS
    ]
    grid = parts.joined((Block(tuple(heads), 1, {0: 26.0}), *rows))
    shade = Shaded(1, 1, len(LEVELS), len(across), Heat(theme.BAR))
    blocks = (
        parts.title_text(f"{board.results.period.label}九宫格", width),
        parts.note(BOX_TOLD, width, PLAIN),
        Block(grid.cells, grid.height, grid.heights, shades=(shade,)),
    )
    return Sheet(BOX_NAME, BOX_WIDTHS, blocks, protected=False)


COUNTED = RESULT.shown_as('0" 人"')
