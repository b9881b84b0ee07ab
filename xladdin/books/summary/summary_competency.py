"""能力: what ratings of competency came to, own rating beside the superior's; a sheet per scheme, for HR.

Means, difference, converted score and level are formulas over the points of the row.
"""

from __future__ import annotations

from collections.abc import Iterator

from xladdin.company.month_results import CompetencyResult, MonthResults
from xladdin.domain.competency import CompetencyScheme, Element
from xladdin.domain.quantities import plain
from xladdin.formula.nodes import (
    Blank,
    Compare,
    Expr,
    If,
    IsNumber,
    Rel,
    Round,
    Var,
    mul,
    number,
    sub,
    total,
)
from xladdin.formula.nodes import div as divided
from xladdin.formula.questions import NEVER, both, some
from xladdin.layout import theme
from xladdin.layout.cell_rules import Highlight
from xladdin.layout.cells import Block, Cell, Fixed, Sheet
from xladdin.layout.styles import ALERT, CENTER, LABEL, SECTION
from xladdin.layout.tables.table import TableCell
from xladdin.scoring.competency_model import NOTHING_MISSING, converted, level_of

from . import summary_parts as sp
from .summary_detail import sheet_name

SHEET_NAME = "能力"
TOLD = (
    "只给人力资源部门看，交给别人以前请删去这一页：综合得分里有匿名的评分。"
    "自评、主管评是各要素的分值，加权均分按要素权重算；折合是综合得分占最高等级分值的百分之几。"
)
FAR = number(1)
"""Points by which an own rating that lies above the superior's is pointed out."""


def sheets(results: MonthResults) -> tuple[Sheet, ...]:
    """A sheet per scheme; none where nobody was rated."""
    many = len(results.competencies) > 1
    return tuple(
        _sheet(results, scheme, i, sheet_name(SHEET_NAME, scheme.name, i) if many else SHEET_NAME)
        for i, scheme in enumerate(results.competencies, start=1)
    )


def table_key(i: int) -> str:
    """The table of the n-th scheme."""
    return f"rated_{i}"


def _own(element: Element) -> str:
    return f"own_{element.id}"


def _superior(element: Element) -> str:
    return f"up_{element.id}"


def _sheet(results: MonthResults, scheme: CompetencyScheme, i: int, name: str) -> Sheet:
    columns = list(_columns(scheme))
    people = [one for one in results.rated if one.scheme.id == scheme.id]
    width = len(columns)
    title = f"能力考核（{scheme.name}，人力资源专用）"
    above = [*sp.head(results, title, width, f"{TOLD}{_worth(scheme)}"), _elements(scheme, columns)]
    table = sp.table(table_key(i), columns, map(_row, people))
    return sp.table_sheet(name, above, columns, table, kept=1, color=theme.WARNED)


def _worth(scheme: CompetencyScheme) -> str:
    levels = "、".join(f"{level.name} {plain(level.points)} 分" for level in scheme.levels)
    return f"等级的分值：{levels}。"


def _columns(scheme: CompetencyScheme) -> Iterator[sp.Wide]:
    own, superior = ([key(e) for e in scheme.elements] for key in (_own, _superior))
    yield sp.entry("name", "姓名", 9, sp.NAME)
    yield sp.entry("department", "部门", 11)
    yield sp.computed("own", "自评均分", 8, _mean(scheme, own), sp.POINTS)
    yield sp.computed("superior", "主管评均分", 8, _mean(scheme, superior), sp.POINTS)
    yield sp.computed("gap", "自评高出", 8, _GAP, sp.CHANGE, (Highlight(_FAR, ALERT),))
    yield sp.entry("total", "综合得分", 8, sp.TOTAL)
    yield sp.computed("converted", "折合百分制", 8, converted(scheme, Var("total")), sp.POINTS)
    yield sp.computed("level", "综合等级", 9, level_of(scheme, Var("total")))
    for at, element in enumerate(scheme.elements, start=1):
        yield sp.entry(_own(element), f"自评{at}", 7, sp.POINTS)
        yield sp.entry(_superior(element), f"主管评{at}", 7, sp.POINTS)
    yield sp.entry("lack", "还缺的评级", 24)
    yield sp.entry("id", "工号", 9, sp.GREY_ID)


def _mean(scheme: CompetencyScheme, columns: list[str]) -> Expr:
    """The mean over the elements with points, by their weights; nothing where there are none."""
    pairs = [
        (Var(key), number(element.weight))
        for key, element in zip(columns, scheme.elements, strict=True)
    ]
    there = tuple(If(IsNumber(var), weight, number(0)) for var, weight in pairs)
    worth = tuple(If(IsNumber(var), mul(var, weight), number(0)) for var, weight in pairs)
    return If(some(total(there)), Round(divided(total(worth), total(there)), 2), Blank())


_BOTH = both(IsNumber(Var("own")), IsNumber(Var("superior")))
_GAP = If(_BOTH, Round(sub(Var("own"), Var("superior")), 2), Blank())
_FAR = If(IsNumber(Var("gap")), Compare(Rel.GE, Var("gap"), FAR), NEVER)


def _elements(scheme: CompetencyScheme, columns: list[sp.Wide]) -> Block:
    """Over each pair of columns the element with its weight."""
    places = {each.column.key: at for at, each in enumerate(columns)}
    first = places[_own(scheme.elements[0])]
    cells = [Cell(0, 0, Fixed("能力要素和权重"), LABEL, cols=first)]
    for element in scheme.elements:
        told = f"{element.name}\n{plain(element.weight)}%"
        cells.append(Cell(0, places[_own(element)], Fixed(told), SECTION, cols=2))
    cells += [Cell(0, places[key], Fixed(""), CENTER) for key in ("lack", "id")]
    return Block(tuple(cells), 1, {0: 34.0})


def _row(one: CompetencyResult) -> sp.Row:
    row: dict[str, TableCell] = {
        "name": one.employee.name,
        "department": one.employee.department,
        "total": one.total,
        "lack": None if one.missing == NOTHING_MISSING else one.missing or None,
        "id": one.employee.id,
    }
    for element in one.scheme.elements:
        pair = one.pairs[element.id]
        row |= {_own(element): pair.own, _superior(element): pair.superior}
    return row
