"""逐月明细 and 没有试算: a row per person and month, and what could not be tried, with the reason."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from xladdin.books import parts
from xladdin.books.summary import summary_parts as sp
from xladdin.company.simulation import DOWN, SAME, UP, Simulation, Tried, Untried
from xladdin.domain.quantities import plain
from xladdin.formula.nodes import (
    Blank,
    Compare,
    Expr,
    If,
    IsNumber,
    Rel,
    Round,
    Text,
    Var,
    cases,
    number,
    sub,
)
from xladdin.formula.questions import both, equal
from xladdin.layout import theme
from xladdin.layout.cell_rules import Highlight
from xladdin.layout.cells import Block, Orientation, Sheet
from xladdin.layout.styles import ALERT, CENTER, GOOD, PLAIN, TEXT, Look, Style

ROWS_NAME, OPEN_NAME = "逐月明细", "没有试算"
TABLE, OPEN_TABLE = "trial", "untried"
ROWS_TOLD = (
    "一行是一个人的一个月：改前是台账里的得分，改后是同样的数据按改过的方案重算的得分，差和变化（等级的升降）是公式。"
    "降等级的排在最前，然后是升的，再按分差大小。奖金按名册现在的奖金基数。"
)
OPEN_TOLD = "这些人月没有算进概览和明细；照原因补上数据或改好方案，可以再试算一次。"
NONE_OPEN = "台账里这些月份的考核表全部试算了。"
WAYS = {DOWN: Decimal(-1), SAME: Decimal(0), UP: Decimal(1)}
MONEY_CHANGE = Style(align="right", number_format="+#,##0.00;-#,##0.00;0.00")
HIDDEN_WIDTH = 5.0
BOLD = Style(bold=True, align="center")


def gained(before: str, after: str) -> Expr:
    """By how much a number of the row rises; nothing where one is missing."""
    there = both(IsNumber(Var(before)), IsNumber(Var(after)))
    return If(there, Round(sub(Var(after), Var(before)), 2), Blank())


_MOVE = cases(
    (
        (equal(Var("grade", text=True), Var("grade_after", text=True)), Text(SAME)),
        (Compare(Rel.GT, Var("way"), number(0)), Text(UP)),
        (Compare(Rel.LT, Var("way"), number(0)), Text(DOWN)),
    ),
    Text(SAME),
)


def _moved(move: str, look: Look) -> Highlight:
    return Highlight(equal(Var("move", text=True), Text(move)), look)


def rows_sheet(found: Simulation) -> Sheet:
    """Everybody's months, the falls first."""
    columns = [
        sp.entry("name", "姓名", 8.5, sp.NAME),
        sp.entry("department", "部门", 10),
        sp.entry("month", "月份", 10, CENTER),
        sp.entry("score", "改前得分", 7.5, sp.POINTS),
        sp.entry("score_after", "改后得分", 7.5, sp.TOTAL),
        sp.computed("score_gain", "分差", 7, gained("score", "score_after"), sp.CHANGE),
        sp.entry("grade", "改前等级", 7.5, CENTER),
        sp.entry("grade_after", "改后等级", 7.5, BOLD),
        sp.computed("move", "变化", 7, _MOVE, CENTER, (_moved(DOWN, ALERT), _moved(UP, GOOD))),
        sp.entry("factor", "改前系数", 6.5, CENTER),
        sp.entry("factor_after", "改后系数", 6.5, CENTER),
        sp.computed("factor_gain", "系数差", 7, gained("factor", "factor_after"), sp.CHANGE),
        sp.entry("bonus", "改前奖金", 9.5, sp.MONEY),
        sp.entry("bonus_after", "改后奖金", 9.5, sp.MONEY),
        sp.computed("bonus_gain", "奖金差", 9.5, gained("bonus", "bonus_after"), MONEY_CHANGE),
        sp.entry("scheme", "考核方案", 12),
        sp.entry("remark", "备注", 12),
        sp.entry("id", "工号", 8, sp.GREY_ID),
        *(sp.Wide(sp.known(key).column, HIDDEN_WIDTH) for key in ("no", "way")),
    ]
    rows = (_row(number, one) for number, one in enumerate(found.worst_first, start=1))
    shown = sum(not each.column.hidden for each in columns)
    above = _head(found, "逐月明细", shown, ROWS_TOLD)
    return sp.table_sheet(ROWS_NAME, above, columns, sp.table(TABLE, columns, rows), kept=1)


def _row(number: int, one: Tried) -> sp.Row:
    person, (grade, grade_after) = one.before.employee, one.grades
    factors, pays = one.coefficients, one.bonuses
    return {
        "name": person.name,
        "department": person.department,
        "month": one.period.label,
        "score": one.before.total,
        "score_after": one.after.total,
        "grade": grade or None,
        "grade_after": grade_after or None,
        "factor": factors.before if factors else None,
        "factor_after": factors.after if factors else None,
        "bonus": pays.before if pays else None,
        "bonus_after": pays.after if pays else None,
        "scheme": one.after.scheme.name,
        "remark": "；".join(filter(None, (one.before.note, _unpaid(one)))) or None,
        "id": person.id,
        # A text: other sheets look it up as such.
        "no": str(number),
        "way": WAYS[one.move],
    }


def _unpaid(one: Tried) -> str:
    """Why no bonus stands in the row: of one that has no other to be compared with, how much it is."""
    if one.bonuses is not None:
        return ""
    alone = [
        f"{when}是 {plain(bonus)} 元"
        for when, bonus in (("改前", one.bonus_before), ("改后", one.bonus_after))
        if bonus is not None
    ]
    return f"奖金只算得出{alone[0]}，没有列" if alone else "缺奖金基数"


def open_sheet(found: Simulation) -> Sheet:
    """Whose months were not tried, and why."""
    columns = [
        sp.entry("name", "姓名", 11, sp.NAME),
        sp.entry("department", "部门", 15),
        sp.entry("months", "月份", 34),
        sp.entry("why", "为什么没有试算", 52, TEXT),
        sp.entry("id", "工号", 10, sp.GREY_ID),
    ]
    width = len(columns)
    above = _head(found, "没有试算的", width, OPEN_TOLD if found.untried else NONE_OPEN)
    above += [parts.note(text, width, PLAIN) for text in _empty(found)]
    table = sp.table(OPEN_TABLE, columns, map(_open, found.untried))
    return sp.table_sheet(
        OPEN_NAME,
        above,
        columns,
        table,
        kept=1,
        orientation=Orientation.LANDSCAPE,
        color=theme.WARNED if found.untried or found.empty else "",
    )


def _open(one: Untried) -> sp.Row:
    person = one.employee
    return {
        "name": person.name,
        "department": person.department,
        "months": one.months,
        "why": one.why,
        "id": person.id,
    }


def _empty(found: Simulation) -> Iterator[str]:
    if found.empty:
        months = "、".join(month.label for month in found.empty)
        yield f"整月没有的：台账里没有{months}的考核表。"


def _head(found: Simulation, what: str, width: int, told: str) -> list[Block]:
    return [parts.title_text(f"方案试算：{what}", width), parts.note(told, width, PLAIN)]
