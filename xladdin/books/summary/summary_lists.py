"""未交 and 评价人: whom to remind, and whose ratings lean."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal

from xladdin.books import parts
from xladdin.company.month_results import Lean, MonthResults, PersonResult
from xladdin.domain.quantities import plain
from xladdin.formula.nodes import Compare, If, IsNumber, Rel, Text, Var, cases, number, sub
from xladdin.formula.questions import equal
from xladdin.layout import theme
from xladdin.layout.cell_rules import AtMost, Check, Highlight
from xladdin.layout.cells import Block, Cell, Fixed, Orientation, Sheet
from xladdin.layout.styles import ALERT, CENTER, INPUT_TEXT, LABEL, MISSING, TEXT, Style

from . import summary_parts as sp

OPEN_NAME, RATERS_NAME = "未交", "评价人"
NOBODY = "（没有写直接上级）"
COMPLETE = "全部齐了，没有要催的。"
OPEN_TOLD = "没有总分的人和缺的内容；下面按直接上级列好，可以整格复制去催。"
RATERS_TOLD = (
    "只给人力资源部门看，交给别人以前请删去这一页。偏离：这位评价人打的分，平均比大家对同样的人"
    "（主观项：比所有主管对同样的项）打的高多少。人少的时候偏离大不一定是偏宽偏严，也可能团队确实不同。"
)
DONE = Check(AtMost(100), "催过的写日期或说明。", "最多 100 字。")
HIGH, LOW, LEVEL = "偏高", "偏低", "正常"


def open_sheet(results: MonthResults) -> Sheet:
    """Who has no total, and why."""
    columns = [
        sp.entry("name", "姓名", 11, sp.NAME),
        sp.entry("department", "部门", 15),
        sp.entry("position", "岗位", 15),
        sp.entry("superior", "直接上级", 12),
        sp.entry("lack", "缺什么", 48),
        sp.entry("done", "催办情况", 18, INPUT_TEXT, DONE),
        sp.entry("id", "工号", 10, sp.GREY_ID),
    ]
    width = len(columns)
    waiting = [one for one in results.people if one.total is None]
    rows = [_waiting(one) for one in waiting]
    rows += [_left_out(each.employee, each.why) for each in results.left_out]
    table = sp.table("open", columns, rows)
    above = [*sp.head(results, "未交与缺项", width, OPEN_TOLD), *_reminders(waiting, width)]
    return sp.table_sheet(OPEN_NAME, above, columns, table, kept=1)


def _waiting(one: PersonResult) -> sp.Row:
    lack = "、".join(one.missing) or str(one.values.get("total", ""))
    return _left_out(one.employee, "；".join(filter(None, (one.note, f"缺：{lack}"))))


def _left_out(person: object, why: str) -> sp.Row:
    names = ("name", "department", "position", "superior", "id")
    return {**{name: getattr(person, name) or None for name in names}, "lack": why}


def _reminders(waiting: list[PersonResult], width: int) -> list[Block]:
    """The names under each superior, as one text."""
    teams: dict[str, list[str]] = defaultdict(list)
    for one in waiting:
        teams[one.employee.superior or NOBODY].append(one.employee.name)
    told = "\n".join(f"{who}：{'、'.join(names)}" for who, names in sorted(teams.items()))
    row = (Cell(0, 0, Fixed(f"催办 {len(waiting)} 人"), LABEL),)
    names = Cell(0, 1, Fixed(told or COMPLETE), TEXT, cols=width - 1)
    return [Block((*row, names), 1, {0: 24.0}), parts.note("", width)]


def raters_sheet(results: MonthResults) -> Sheet:
    """Whose ratings lie far from those of the others."""
    columns = [
        sp.entry("rater", "评价人", 16, sp.NAME),
        sp.entry("source", "以什么身份", 18),
        sp.entry("ratings", "评分数", 10, sp.WHOLE),
        sp.entry("people", "评了几人", 10, sp.WHOLE),
        sp.entry("lean", "偏离", 11, sp.CHANGE),
        sp.entry("unit", "单位", 12, CENTER),
        sp.entry("limit", "提示界限", 11, sp.POINTS),
        sp.computed(
            "told", "结论", 11, _VERDICT, Style(bold=True, align="center"), (_off(HIGH), _off(LOW))
        ),
    ]
    leans = sorted(results.leans, key=lambda each: (-abs(each.lean) / each.limit, each.rater))
    table = sp.table("raters", columns, map(_lean, leans))
    above = sp.head(results, "评价人宽严（人力资源专用）", len(columns), RATERS_TOLD)
    above.append(parts.note(_counted(leans), len(columns), Style(bold=True, border=False)))
    return sp.table_sheet(
        RATERS_NAME,
        above,
        columns,
        table,
        kept=1,
        orientation=Orientation.PORTRAIT,
        color=theme.WARNED,
    )


def _lean(lean: Lean) -> sp.Row:
    return {
        "rater": lean.rater,
        "source": lean.source,
        "ratings": Decimal(lean.ratings),
        "people": Decimal(lean.people),
        "lean": lean.lean,
        "unit": lean.unit,
        "limit": lean.limit,
    }


def _counted(leans: list[Lean]) -> str:
    if not leans:
        return "没有可以比较的评分：能力评分要先收回评分表；主观项至少要有两位主管评分。"
    high = [each for each in leans if each.lean > each.limit]
    low = [each for each in leans if each.lean < -each.limit]
    told = [f"{len(leans)} 位评价人，偏高 {len(high)} 位，偏低 {len(low)} 位"]
    if worst := [*high, *low][:1]:
        way = "高" if worst[0].lean > 0 else "低"
        amount = f"{plain(abs(worst[0].lean))}{worst[0].unit}"
        told.append(f"偏离最多的是{worst[0].rater}：{way} {amount}，共 {worst[0].ratings} 个评分")
    return "；".join(told) + "。"


_VERDICT = If(
    IsNumber(Var("lean")),
    cases(
        (
            (Compare(Rel.GT, Var("lean"), Var("limit")), Text(HIGH)),
            (
                Compare(Rel.LT, Var("lean"), sub(number(0), Var("limit"))),
                Text(LOW),
            ),
        ),
        Text(LEVEL),
    ),
    Text(""),
)


def _off(word: str) -> Highlight:
    return Highlight(equal(Var("told", text=True), Text(word)), ALERT if word == HIGH else MISSING)
