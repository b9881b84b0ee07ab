"""人数要求: how many have each grade before and after, beside what is asked, group by group; a chart.

Where departments are counted together, a workbook of one of them knows how many of the others have each
grade now, and counts them in.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from xladdin.books import parts
from xladdin.books.summary import summary_parts as sp
from xladdin.books.summary.summary_distribution import judged
from xladdin.company.calibrating import (
    FITS,
    Board,
    Group,
    current_grade,
    most_of_a_grade,
    original_grade,
)
from xladdin.domain.guidelines import LABELS
from xladdin.domain.schemes import Scheme
from xladdin.formula.nodes import (
    Compare,
    CountWhere,
    Expr,
    If,
    IsEmpty,
    Join,
    Not,
    Range,
    Rel,
    Same,
    SumNumbers,
    Text,
    Var,
    add,
)
from xladdin.formula.questions import NOTHING, both, equal
from xladdin.layout import theme
from xladdin.layout.cell_rules import Highlight
from xladdin.layout.cells import Block, Cell, Content, Fixed, Orientation, Paper, Result, Sheet
from xladdin.layout.drawings import Columns, Series
from xladdin.layout.measure import PIXELS_PER_POINT, column_points
from xladdin.layout.styles import ALERT, CENTER, GOOD, LABEL, PLAIN, SECTION, Style
from xladdin.scoring.model import Model

from . import calibration_keys as ck

SHEET_NAME = "人数要求"
TOLD = (
    "应有人数由占比要求乘总人数取整：至少的往上取，至多的往下取。写着“必须”的不符合，校准表不收；"
    "其他的只作提示。长期的要求写在总表“等级系数”。"
)
OWN_HEADS = ("等级", "分数", "校准前", "校准后")
OTHER_HEADS = ("其他部门", "合计")
ASKED_HEADS = ("占比", "人数要求", "占比要求", "占比上限", "应有人数", "结论", "须符合")
AT = len(OWN_HEADS) + 1
"""The first column of the chart beside a table."""
WHOLE_ROW = 25.0
BINDING = "必须"


def sheet(board: Board) -> Sheet:
    """A block per scheme, with a chart, and one per group."""
    heads = _heads(board)
    widths = (14.0, 9.0, *((9.5,) * (len(heads) - 2)))
    width = len(widths)
    blocks = [parts.title_text(f"{board.results.period.label}等级人数与要求", width)]
    blocks.append(parts.note(_told(board), width, PLAIN))
    for i, scheme in enumerate(board.schemes, start=1):
        blocks.append(_whole(board, scheme, i, widths))
        for t, group in enumerate(board.groups(scheme), start=1):
            heading = parts.heading(f"{scheme.name}：{_called(board, group)}", width)
            blocks.append(parts.joined((heading, _group(board, group, i, t, heads))))
    return Sheet(SHEET_NAME, widths, tuple(blocks), Paper(Orientation.LANDSCAPE), protected=False)


def _told(board: Board) -> str:
    if not board.department:
        return TOLD
    return f"{TOLD}“其他部门”是合在一起算的其他部门现在的人数，在这张表里不变。"


def _heads(board: Board) -> tuple[str, ...]:
    others = OTHER_HEADS if board.department else ()
    return (*OWN_HEADS, *others, *ASKED_HEADS)


def _called(board: Board, group: Group) -> str:
    if group.department:
        return group.department
    teams = sorted({one.employee.department for one in group.people})
    return f"{'、'.join(teams)}合在一起" if len(teams) > 1 else teams[0]


def _whole(board: Board, scheme: Scheme, i: int, widths: Sequence[float]) -> Block:
    """Before and after, of all people of this workbook, and the same as a chart beside it."""
    own = board.of_scheme(scheme)
    rows = []
    for g, grade in enumerate(scheme.grades):
        count = sum(original_grade(one) == grade.name for one in own)
        cells = (
            Cell(0, 0, Fixed(grade.name, ck.grade_name(i, g)), SECTION),
            Cell(0, 1, Fixed(grade.bound), CENTER),
            Cell(0, 2, Fixed(Decimal(count), ck.before(i, g)), sp.COUNT),
            Cell(0, 3, Result(ck.after(i, g)), sp.RANK),
        )
        rows.append(Block(cells, 1, {0: WHOLE_ROW}))
    told = parts.heading(f"{scheme.name}：本表 {len(own)} 人", len(widths))
    below = Block((), 1, {0: WHOLE_ROW})
    table = parts.joined((told, parts.head_row(OWN_HEADS), *rows, below))
    beside = range(1, table.height)
    high = sum(table.heights[row] for row in beside)
    frame = Cell(1, AT, Fixed(""), PLAIN, rows=len(beside), cols=len(widths) - AT)
    chart = _chart(scheme, i, widths[AT:], high, most_of_a_grade(own))
    return replace(table, cells=(*table.cells, frame), charts=(chart,))


def _chart(scheme: Scheme, i: int, widths: Sequence[float], high: float, largest: int) -> Columns:
    grades = range(len(scheme.grades))
    series = (
        Series("校准前", tuple(ck.before(i, g) for g in grades), theme.CHART_PALE),
        Series("校准后", tuple(ck.after(i, g) for g in grades), theme.CHART_MIDDLE),
    )
    return Columns(
        1,
        AT,
        "各等级人数：校准前、校准后",
        tuple(ck.grade_name(i, g) for g in grades),
        series,
        int(sum(map(column_points, widths)) * PIXELS_PER_POINT) - 6,
        int(high * PIXELS_PER_POINT) - 6,
        unit="人",
        counted=largest,
    )


def _group(board: Board, group: Group, i: int, t: int, heads: Sequence[str]) -> Block:
    rows = [_grade(board, group, i, t, g) for g, _ in enumerate(group.scheme.grades)]
    at = heads.index("合计" if board.department else "校准后")
    total: list[tuple[Content, Style, int]] = [
        (Fixed("合计"), LABEL, at),
        (Result(ck.people(i, t)), LABEL, 1),
        *((Fixed(""), LABEL, 1) for _ in heads[at + 1 :]),
    ]
    return parts.joined((parts.head_row(heads), *rows, parts.spread(total), parts.note("", 1)))


def _grade(board: Board, group: Group, i: int, t: int, g: int) -> Block:
    grade, key = group.scheme.grades[g], ck.of_group(i, t, g)
    asked, share = grade.guideline, CENTER.shown_as("0.##%")
    own = {one.employee.id for one in board.people}
    mine = [one for one in group.people if one.employee.id in own]
    had = sum(original_grade(one) == grade.name for one in mine)
    others = sum(
        current_grade(it) == grade.name for it in group.people if it.employee.id not in own
    )
    told = Var(f"{key}told", text=True)
    fits = Compare(Rel.EQ, told, Text(FITS))
    lit = (Highlight(both(Not(IsEmpty(told)), Not(fits)), ALERT), Highlight(fits, GOOD))
    contents: list[tuple[Content, Style]] = [
        (Fixed(grade.name), SECTION),
        (Fixed(grade.bound), CENTER),
        (Fixed(Decimal(had)), sp.COUNT),
        (Result(f"{key}own"), sp.RANK),
    ]
    if board.department:
        contents.append((Fixed(Decimal(others), f"{key}others"), sp.COUNT))
        contents.append((Result(f"{key}count"), sp.RANK))
    contents += [
        (Result(f"{key}share"), sp.RATE),
        (Fixed(LABELS[asked.asks] if asked else None, f"{key}asks"), CENTER),
        (Fixed(asked.share if asked else None, f"{key}asked"), share),
        (Fixed(asked.most if asked else None, f"{key}upper"), share),
        (Result(f"{key}ends"), CENTER),
        (Result(f"{key}told"), Style(bold=True, align="center")),
        (Fixed(BINDING if asked and asked.binding else "提示" if asked else ""), CENTER),
    ]
    cells = [
        Cell(0, col, what, look, highlights=lit if what == Result(f"{key}told") else ())
        for col, (what, look) in enumerate(contents)
    ]
    return Block(tuple(cells), 1, {0: 20.0})


def model(board: Board) -> Model:
    """Every computed value."""
    found: Model = {}
    for i, scheme in enumerate(board.schemes, start=1):
        groups = board.groups(scheme)
        for t, group in enumerate(groups, start=1):
            found |= _model(board, group, i, t)
        off = tuple(Var(ck.off(i, t), text=True) for t, _ in enumerate(groups, start=1))
        every = Join(off) if len(off) > 1 else off[0]
        found[ck.asked(i)] = If(equal(every, NOTHING), Text(ck.ALL_FIT), every)
    return found


def _model(board: Board, group: Group, i: int, t: int) -> Model:
    found: Model = {}
    grades = group.scheme.grades
    counts = tuple(Var(f"{ck.of_group(i, t, g)}{_counted(board)}") for g, _ in enumerate(grades))
    found[ck.people(i, t)] = SumNumbers(counts)
    table = ck.table(i)
    words: list[Expr] = []
    for g, grade in enumerate(grades):
        key = ck.of_group(i, t, g)
        mine = Same(Range(f"{table}.team"), Text(ck.team_name(t)))
        found[f"{key}own"] = CountWhere((Same(Range(f"{table}.after"), Text(grade.name)), mine))
        if board.department:
            found[f"{key}count"] = add(Var(f"{key}own"), Var(f"{key}others"))
        found |= judged(key, Var(ck.people(i, t)), counts[g])
        told = Var(f"{key}told", text=True)
        name = f"{group.department} " if group.department and not board.department else ""
        missed = Join((Text(f"{name}{grade.name} "), told, Text("；")))
        fine = equal(told, Text(FITS))
        words.append(If(IsEmpty(told), NOTHING, If(fine, NOTHING, missed)))
    found[ck.off(i, t)] = Join(tuple(words))
    return found


def _counted(board: Board) -> str:
    return "count" if board.department else "own"


def hidden_cells(board: Board) -> Iterator[Cell]:
    """Whole numbers that conclusions read, and what each group misses, for a hidden sheet."""
    row = 0
    for i, scheme in enumerate(board.schemes, start=1):
        yield Cell(row, 0, Result(ck.open_rows(i)), PLAIN)
        row += 1
        for t, group in enumerate(board.groups(scheme), start=1):
            yield Cell(row, 0, Result(ck.off(i, t)), PLAIN)
            row += 1
            for g, _ in enumerate(group.scheme.grades):
                yield Cell(row, 0, Result(f"{ck.of_group(i, t, g)}low"), PLAIN)
                yield Cell(row, 1, Result(f"{ck.of_group(i, t, g)}high"), PLAIN)
                row += 1
