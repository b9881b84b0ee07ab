"""分布: how many people have each grade, beside what the scheme's guideline asks; a chart.

A check and a report, never a label (``domain.guidelines``).  What is asked may be changed here to
see what would come of it; what holds stands in the master.
"""

from __future__ import annotations

from collections.abc import Iterator

from xladdin.books import parts
from xladdin.company.calibrating import most_of_a_grade
from xladdin.company.month_results import MonthResults
from xladdin.domain.guidelines import LABELS, least, most, verdict
from xladdin.domain.schemes import Scheme
from xladdin.formula.nodes import (
    Blank,
    Compare,
    CountWhere,
    Expr,
    If,
    IsEmpty,
    IsNumber,
    Join,
    Not,
    Range,
    Rel,
    Round,
    Same,
    SumNumbers,
    Text,
    Var,
    div,
    number,
)
from xladdin.formula.questions import both
from xladdin.layout import theme
from xladdin.layout.cell_rules import Between, Check, Choice, Highlight
from xladdin.layout.cells import (
    Asked,
    Block,
    Cell,
    Content,
    Fixed,
    Orientation,
    Paper,
    Result,
    Sheet,
)
from xladdin.layout.drawings import Columns, Series
from xladdin.layout.measure import PIXELS_PER_POINT, column_points
from xladdin.layout.styles import (
    ALERT,
    CENTER,
    GOOD,
    INPUT,
    LABEL,
    PLAIN,
    SECTION,
    Style,
)
from xladdin.scoring.model import Model

from . import summary_parts as sp
from .summary_detail import table_key

SHEET_NAME = "分布"
HEADS = ("等级", "分数", "人数", "占比", "人数要求", "占比要求", "占比上限", "应有人数", "结论")
TOLD = (
    "人数按方案合计，不分部门，人少的部门合在一起算；应有人数由占比要求乘总人数取整：至少的往上取，"
    "至多的往下取。黄色格可以改着试算，长期的要求写在总表“等级系数”。结论只作提示，不改等级。"
)
LEAST_WIDTH = len(HEADS)
CHART_ROWS, CHART_ROW = 11, 20.0
ASKS_CHECK = Check(
    Choice(tuple(LABELS.values())), "这个等级的人数占比应怎样；没有要求就空着。", "请从列表中选。"
)


def _key(scheme: int, grade: int, what: str) -> str:
    return f"dist.{scheme}.{grade}.{what}"


def people_key(scheme: int) -> str:
    """How many people of a scheme have a grade."""
    return f"dist.{scheme}.people"


def off_keys(results: MonthResults) -> tuple[str, ...]:
    """The conclusions of all grades of all schemes."""
    return tuple(
        _key(i, g, "told")
        for i, scheme in enumerate(results.schemes, start=1)
        for g, _ in enumerate(scheme.grades)
    )


def sheet(results: MonthResults) -> Sheet:
    """A block per scheme, and people by department."""
    width = _width(results)
    widths = (14.0, 10.0, 9.0, 9.0, *((11.0,) * (width - 4)))
    blocks = [*sp.head(results, "等级分布", width, TOLD)]
    for i, scheme in enumerate(results.schemes, start=1):
        largest = most_of_a_grade(one for one in results.people if one.scheme.id == scheme.id)
        chart = _chart(scheme, i, widths, largest)
        blocks += [
            parts.joined((parts.heading(scheme.name, width), _grades(scheme, i), chart)),
            _teams(results, scheme, i),
        ]
    paper = Paper(Orientation.PORTRAIT)
    return Sheet(SHEET_NAME, widths, tuple(blocks), paper, protected=False)


def _width(results: MonthResults) -> int:
    return max([LEAST_WIDTH, *(len(scheme.grades) + 2 for scheme in results.schemes)])


def model(results: MonthResults) -> Model:
    """Every computed value."""
    found: Model = {}
    for i, scheme in enumerate(results.schemes, start=1):
        counts = tuple(Var(_key(i, g, "count")) for g, _ in enumerate(scheme.grades))
        found[people_key(i)] = SumNumbers(counts)
        for g, grade in enumerate(scheme.grades):
            found |= _model(i, g, grade.name)
        for t, team in enumerate(_departments(results, scheme)):
            own = Same(Range(f"{table_key(i)}.department"), Text(team))
            cells = []
            for g, grade in enumerate(scheme.grades):
                key = _team(i, t, str(g))
                cells.append(Var(key))
                found[key] = CountWhere((_of_grade(i, grade.name), own))
            found[_team(i, t, "all")] = SumNumbers(tuple(cells))
    return found


def _of_grade(scheme: int, grade: str) -> Same:
    return Same(Range(f"{table_key(scheme)}.grade"), Text(grade))


def _model(i: int, g: int, grade: str) -> Model:
    counted = {_key(i, g, "count"): CountWhere((_of_grade(i, grade),))}
    prefix = _key(i, g, "")
    return counted | judged(prefix, Var(people_key(i)), Var(_key(i, g, "count")))


def judged(prefix: str, people: Var, count: Var) -> Model:
    """What is said of so many people with a grade: share, ends and conclusion, under a prefix.

    What is asked stands in the cells ``asks``, ``asked`` and ``upper`` of the same prefix.
    """
    asks = Var(f"{prefix}asks", text=True)
    share, upper = Var(f"{prefix}asked"), Var(f"{prefix}upper")
    low, high = Var(f"{prefix}low"), Var(f"{prefix}high")
    some = Compare(Rel.GT, people, number(0))
    asked = If(IsNumber(share), IsNumber(low), Compare(Rel.GT, number(0), number(1)))
    ends: Expr = If(
        IsNumber(high),
        Join((Round(low, 0), Text("～"), Round(high, 0), Text(" 人"))),
        Join((Text("≥ "), Round(low, 0), Text(" 人"))),
    )
    return {
        f"{prefix}share": If(some, Round(div(count, people), 4), Blank()),
        f"{prefix}low": least(asks, share, people),
        f"{prefix}high": most(asks, share, upper, people),
        f"{prefix}ends": If(asked, ends, Blank()),
        f"{prefix}told": If(asked, verdict(count, low, high), Blank()),
    }


def _grades(scheme: Scheme, i: int) -> Block:
    rows = [_grade(scheme, i, g) for g, _ in enumerate(scheme.grades)]
    total: list[tuple[Content, Style, int]] = [
        (Fixed("合计"), LABEL, 2),
        (Result(people_key(i)), LABEL, 1),
        *((Fixed(""), LABEL, 1) for _ in HEADS[3:]),
    ]
    # What a conclusion reads, beyond the last column that is printed, would be cut: it is told.
    return parts.joined((parts.head_row(HEADS), *rows, parts.spread(total)))


def _grade(scheme: Scheme, i: int, g: int) -> Block:
    grade, share = scheme.grades[g], INPUT.shown_as("0.##%")
    asked = grade.guideline
    told = Var(_key(i, g, "told"), text=True)
    fits = Compare(Rel.EQ, told, Text("符合"))
    # Excel takes no array constant in a format, so it is not asked for 多 or 少.
    off = both(Not(IsEmpty(told)), Not(fits))
    ratio = Check(
        Between(number(0).value, number(1).value), "请填百分比，如 20%。", "请填 0% 至 100%。"
    )
    cells = (
        Cell(0, 0, Fixed(grade.name, _key(i, g, "name")), SECTION),
        Cell(0, 1, Fixed(grade.bound), CENTER),
        Cell(0, 2, Result(_key(i, g, "count")), sp.RANK),
        Cell(0, 3, Result(_key(i, g, "share")), sp.RATE),
        Cell(
            0,
            4,
            Asked(_key(i, g, "asks"), LABELS[asked.asks] if asked else None),
            INPUT,
            check=ASKS_CHECK,
        ),
        Cell(0, 5, Asked(_key(i, g, "asked"), asked.share if asked else None), share, check=ratio),
        Cell(0, 6, Asked(_key(i, g, "upper"), asked.most if asked else None), share, check=ratio),
        Cell(0, 7, Result(_key(i, g, "ends")), CENTER),
        Cell(
            0,
            8,
            Result(_key(i, g, "told")),
            Style(bold=True, align="center"),
            highlights=(Highlight(off, ALERT), Highlight(fits, GOOD)),
        ),
    )
    return Block(cells, 1, {0: 22.0})


def ends_sheet_cells(results: MonthResults) -> Iterator[Cell]:
    """The bounds that conclusions read, for a hidden sheet: 应有人数 shows them as words."""
    row = 0
    for i, scheme in enumerate(results.schemes, start=1):
        for g, _ in enumerate(scheme.grades):
            yield Cell(row, 0, Result(_key(i, g, "low")), PLAIN)
            yield Cell(row, 1, Result(_key(i, g, "high")), PLAIN)
            row += 1


def _chart(scheme: Scheme, i: int, widths: tuple[float, ...], largest: int) -> Block:
    grades = range(len(scheme.grades))
    chart = Columns(
        0,
        0,
        "各等级人数",
        tuple(_key(i, g, "name") for g in grades),
        (Series("人数", tuple(_key(i, g, "count") for g in grades), theme.CHART_MIDDLE),),
        int(sum(map(column_points, widths)) * PIXELS_PER_POINT) - 6,
        int(CHART_ROWS * CHART_ROW * PIXELS_PER_POINT) - 6,
        unit="人",
        counted=largest,
    )
    frame = Cell(0, 0, Fixed(""), PLAIN, rows=CHART_ROWS, cols=len(widths))
    return Block((frame,), CHART_ROWS, dict.fromkeys(range(CHART_ROWS), CHART_ROW), charts=(chart,))


def _departments(results: MonthResults, scheme: Scheme) -> list[str]:
    teams = (one.employee.department for one in results.people if one.scheme.id == scheme.id)
    return sorted(dict.fromkeys(teams))


def _team(i: int, t: int, what: str) -> str:
    return f"team.{i}.{t}.{what}"


def _teams(results: MonthResults, scheme: Scheme, i: int) -> Block:
    """People by department and grade."""
    grades = range(len(scheme.grades))
    heads = parts.head_row(("部门", *(grade.name for grade in scheme.grades), "合计"))
    rows = []
    for t, team in enumerate(_departments(results, scheme)):
        cells = [Cell(0, 0, Fixed(team), SECTION)]
        cells += [Cell(0, 1 + g, Result(_team(i, t, str(g))), sp.COUNT) for g in grades]
        cells.append(Cell(0, 1 + len(grades), Result(_team(i, t, "all")), sp.RANK))
        rows.append(Block(tuple(cells), 1))
    gap = Block((Cell(0, 0, Fixed(""), PLAIN),), 1, {0: 14.0})
    return parts.joined((heads, *rows, gap))
