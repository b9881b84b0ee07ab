"""反馈单: what the employee and the superior get to see, talk over and sign; a workbook of its own.

It holds words that ``scoring.disclosure`` lets out, as plain values: no formula, no rating, no mean
and no name, on no sheet.
"""

from __future__ import annotations

from xladdin.books import identity, parts
from xladdin.books.appraisal import head
from xladdin.domain.competency import ANONYMOUS, CompetencyScheme, Element, Source
from xladdin.domain.people import Employee, Period
from xladdin.domain.quantities import plain
from xladdin.formula.evaluate import Value
from xladdin.layout.cells import Block, Book, Cell, Content, Fixed, Given, Properties, Sheet
from xladdin.layout.styles import (
    CENTER,
    HEAD,
    MUTED,
    PLAIN,
    RESULT,
    SECTION,
    SIGNED,
    TEXT,
    Style,
)
from xladdin.scoring.disclosure import Shown

from .competency_overview import bounds

FORM = "feedback"
SHEET_NAME = "反馈单"
TITLE = "能力考核结果反馈单"
WIDTHS = (16.0, 34.0, 11.0, 14.0, 14.0, 14.0)
LEVEL, REWARD = "shown_level", "shown_reward"
NOT_RATED = Style(color=MUTED, align="center")
RESULT_LEVEL = Style(bold=True, align="center", fill=RESULT.fill)
HEADS = {
    Source.SELF: "我的自评",
    Source.PEER: "同事评价",
    Source.SUBORDINATE: "下级评价",
    Source.CUSTOMER: "客户评价",
}
"""The superior tells the own part in the talk."""
WHO = {Source.PEER: "同事", Source.SUBORDINATE: "下级", Source.CUSTOMER: "客户"}
TASK = "请主管与本人面谈后填写下面的黄色格子，打印签字，交回人力资源部门。"
APPEAL = (
    "对结果有异议的，可以在签字时注明，并向人力资源部门书面申诉。签字只表示已经看过，不表示同意。"
)


def word(source: Source, element: str) -> str:
    """What a source gave an element, in a word."""
    return f"shown.{source}.{element}"


def level(element: str) -> str:
    """The level of an element, or the levels that it may be."""
    return f"shown_level.{element}"


def columns(scheme: CompetencyScheme) -> tuple[Source, ...]:
    """The sources whose words are shown."""
    return tuple(source for source in scheme.columns if source in HEADS)


def book(scheme: CompetencyScheme) -> Book:
    """The blueprint of a scheme's 反馈单."""
    origin = identity.Origin(FORM, scheme.id, scheme.fingerprint())
    sheets = (_sheet(scheme), identity.identity_sheet(origin))
    return Book(sheets, {}, Properties(title=TITLE, subject=scheme.name))


def values(
    scheme: CompetencyScheme, employee: Employee, period: Period, shown: Shown
) -> dict[str, Value]:
    """The slots of one employee's, out of what may be shown and nothing else."""
    found = head.values(employee, period, f"{period.label}{TITLE}")
    found |= {identity.EMPLOYEE: employee.id, identity.PERIOD: str(period)}
    for element in scheme.elements:
        found |= {
            word(source, element.id): shown.means[source, element.id]
            for source in columns(scheme)
            if element.rated_by(source)
        }
        found[level(element.id)] = shown.levels[element.id]
    return found | {LEVEL: shown.level, REWARD: shown.reward or None}


def _sheet(scheme: CompetencyScheme) -> Sheet:
    sources = columns(scheme)
    widths = WIDTHS if len(sources) + 3 == len(WIDTHS) else (*WIDTHS, WIDTHS[-1])
    width = len(widths)
    heads = ("能力要素", "行为要点", *(HEADS[source] for source in sources), "本项等级")
    blocks = (
        parts.screen_bar(TASK, width),
        parts.title(Given(head.TITLE, TITLE), width),
        head.row(((head.NAME, 1), (head.POST, width - 3))),
        head.row(((head.EMPLOYEE_ID, 1), (head.TIME, width - 3))),
        _outcome(width),
        parts.head_row(heads),
        *(_element(element, sources) for element in scheme.elements),
        parts.note(told(scheme), width, PLAIN),
        parts.joined(
            (
                parts.comment_box("面谈记录", "comment.talk", width, 1, 110),
                parts.comment_box("改进计划", "comment.plan", width, 1, 110),
                parts.comment_box("本人意见", "comment.self", width, 1, 80),
                _signatures(width),
                parts.note(APPEAL, width),
            )
        ),
    )
    return Sheet(SHEET_NAME, widths, blocks, screen_rows=1)


def told(scheme: CompetencyScheme) -> str:
    """How the words come about, and what is not shown and why."""
    points = "，".join(f"{level.name} {plain(level.points)} 分" for level in scheme.levels)
    means = f"等级按分值合成：{points}；均分对应的等级：{bounds(scheme)}。"
    if not any(source in ANONYMOUS for source in scheme.sources):
        return means
    return f"{means}\n{_promise(scheme)}"


def _promise(scheme: CompetencyScheme) -> str:
    """The rule of ``scoring.disclosure`` as it is told to those who read the form."""
    *others, last = [label for source, label in WHO.items() if source in scheme.sources]
    who = "和".join(filter(None, ("、".join(others), last)))
    few = (
        f"某项评分的人少于 {scheme.least_peers} 人时，他们的评分不显示，"
        "与它有关的等级写成各种可能的范围"
        if scheme.least_peers > 1
        else "为此有的等级写成范围"
    ) + "（“以上”“以下”包括本级）；"
    return f"{who}的评价匿名。{few}评分全体一致时，本表也看不出来。\n{_changes(scheme)}"


def _changes(scheme: CompetencyScheme) -> str:
    """The rule of ``scoring.cohorts``."""
    new = (
        f"比上次新来的评价人不满 {scheme.least_peers} 人时先不计入，"
        if scheme.least_peers > 1
        else ""
    )
    return (
        f"评价人有变动时，为免前后两张反馈单一比就知道某个人的评价：{new}"
        "上次一起显示的人里有人没有再评的，其余的人这次也不显示；有关的等级写成范围。"
    )


def _element(element: Element, sources: tuple[Source, ...]) -> Block:
    behaviours = "\n".join(f"· {text}" for text in element.behaviours)
    cells = [Cell(0, 0, Fixed(element.name), SECTION), Cell(0, 1, Fixed(behaviours), TEXT)]
    for col, source in enumerate(sources, start=2):
        rated = element.rated_by(source)
        content: Content = Given(word(source, element.id)) if rated else Fixed("—")
        cells.append(Cell(0, col, content, CENTER if rated else NOT_RATED))
    cells.append(Cell(0, len(sources) + 2, Given(level(element.id)), RESULT_LEVEL))
    return Block(tuple(cells), 1, {0: 46.0})


def _outcome(width: int) -> Block:
    row: list[tuple[Content, Style, int]] = [
        (Fixed("综合等级"), HEAD, 1),
        (Given(LEVEL), RESULT, 1),
        (Fixed("奖励与改进"), HEAD, 1),
        (Given(REWARD), RESULT, width - 3),
    ]
    return parts.spread(row, 42)


def _signatures(width: int) -> Block:
    row: list[tuple[Content, Style, int]] = [
        (Fixed("本人签字"), SIGNED, 1),
        (Fixed("日期："), SIGNED, 1),
        (Fixed("主管签字"), SIGNED, 1),
        (Fixed("日期："), SIGNED, width - 3),
    ]
    return parts.spread(row, 34)
