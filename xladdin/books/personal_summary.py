"""个人工作总结表 (FORMS H): duties from the job analysis, achievements and reflections to match.

The boxes grow while somebody writes, and the sheet flows over as many pages as it needs.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from decimal import Decimal

from xladdin.domain.people import Employee, Period
from xladdin.domain.positions import Duty, Position
from xladdin.formula.evaluate import Value
from xladdin.formula.nodes import Compare, Expr, Join, Length, Rel, Text, Var, cases, number
from xladdin.layout.cell_rules import AtMost, Between, Check, Highlight
from xladdin.layout.cells import (
    Asked,
    Block,
    Book,
    Cell,
    Content,
    Fixed,
    Given,
    Properties,
    Result,
    Sheet,
)
from xladdin.layout.measure import CELL_PADDING, CHARACTER_PIXELS, lines
from xladdin.layout.styles import (
    BOX_LABEL,
    CENTER,
    COUNT,
    INPUT,
    INPUT_BOX,
    LABEL,
    MISSING,
    SECTION,
    SIGNED,
    TEXT,
    Style,
)

from . import identity, parts
from .appraisal import head

FORM = "summary"
SHEET_NAME = "个人工作总结表"
WIDTHS = (18.0, 76.0, 13.0)
"""The last column is for the screen alone: how much is written."""
WIDTH = len(WIDTHS)
PRINTED = WIDTH - 1
LONGEST_NAME = 20
"""Characters of a duty beside its boxes."""
HINT = "黄色格子请填写，填好变白；右边的字数只是提示，不打印。"
MOST_DUTIES = 6
"""The most important duties that are summed up; the form has four."""
LONGEST = 800
"""Characters that a box takes: a row is at most 409 points high in Excel, more would be cut."""
COMPANY, YEARS, OUTLOOK = "head.company", "head.years", "outlook"
SHORT, LONG = 50, 200
"""Characters that a paragraph about one duty should have, at least and at most."""
EMPTY_LINES = 3
"""Height of an empty box, in lines."""


def summed_up(position: Position) -> tuple[Duty, ...]:
    """The duties that a summary goes through: the most important ones, by rank."""
    return tuple(sorted(position.duties, key=lambda duty: duty.rank)[:MOST_DUTIES])


def book(position: Position) -> Book:
    """The blueprint of a position's summary."""
    count = len(summed_up(position))
    boxes = [*(_done(i) for i in range(count)), *(_learned(i) for i in range(count)), OUTLOOK]
    model = {_count(key): _characters(key) for key in boxes}
    origin = identity.Origin(FORM, position.id, position.fingerprint())
    sheets = (_sheet(position, count), identity.identity_sheet(origin))
    return Book(sheets, model, Properties(title=SHEET_NAME, subject=position.name))


def values(
    position: Position, employee: Employee, period: Period, company: str = ""
) -> dict[str, Value]:
    """The slots of one employee's summary; what the employee writes stays empty."""
    found = head.values(employee, period, SHEET_NAME)
    found |= {identity.EMPLOYEE: employee.id, identity.PERIOD: str(period)}
    found[COMPANY] = company or None
    for i, duty in enumerate(summed_up(position)):
        found[_duty(i)] = duty.wording
    return found


def _duty(i: int) -> str:
    return f"duty.{i + 1}"


def _done(i: int) -> str:
    return f"done.{i + 1}"


def _learned(i: int) -> str:
    return f"learned.{i + 1}"


def _count(box: str) -> str:
    return f"count.{box}"


def _characters(box: str) -> Expr:
    """How much is written, and whether it is little or much; never more than a hint."""
    length = Length(Var(box, text=True))
    written = Join((length, Text("字")))
    return cases(
        (
            (Compare(Rel.EQ, length, number(0)), Text("未写")),
            (Compare(Rel.LT, length, number(SHORT)), Join((written, Text("，偏少")))),
            (Compare(Rel.GT, length, number(LONG)), Join((written, Text("，偏多")))),
        ),
        written,
    )


def _sheet(position: Position, count: int) -> Sheet:
    rest = len(position.duties) - count
    more = f"（其余 {rest} 项见工作分析表）" if rest > 0 else ""
    names = [_short_duty(duty) for duty in summed_up(position)]
    hint = f"建议 {SHORT} 至 {LONG} 字"
    blocks = (
        parts.screen_bar(HINT, WIDTH),
        parts.title(Given(head.TITLE, SHEET_NAME), PRINTED),
        *_head(),
        parts.heading(f"工作职责{more}", PRINTED),
        *(_duty_row(i) for i in range(count)),
        *_boxes("工作成绩", f"做了什么、结果怎样，尽量写数字。{hint}。", _done, count, names),
        *_boxes("工作反思", f"哪里不足、为什么、打算怎样改。{hint}。", _learned, count, names),
        parts.joined(
            (
                parts.heading("工作展望", PRINTED),
                _box("展望", OUTLOOK, "工作展望"),
                parts.heading("上级评语", PRINTED),
                _superior(),
                _signatures(),
            )
        ),
    )
    return Sheet(SHEET_NAME, WIDTHS, blocks, screen_rows=1, screen_cols=1)


def _superior() -> Block:
    """A place for the superior, who need not write to any length."""
    label, box = parts.comment_cells("上级", "comment.superior", 0, PRINTED)
    return Block((label, box), 1, {0: 64.0}, growing=frozenset({0}))


def _head() -> list[Block]:
    """姓名, 岗位, 工作单位, 工作年限, 总结期间: a line each, so that a long company name fits."""
    years = Check(
        Between(Decimal(0), Decimal(60)),
        "请填年数，如 3 或 2.5。",
        "请填 0 至 60 的数字。",
        "工作年限",
    )
    company = Check(AtMost(100), "请填公司全称。", "不能超过 100 字。", "工作单位")
    fields: list[tuple[str, Content, Style, Check | None]] = [
        ("姓名", Given(head.NAME), CENTER, None),
        ("岗位", Given(head.POST), CENTER, None),
        ("工作单位", Given(COMPANY, open=True), INPUT, company),
        ("工作年限", Asked(YEARS), INPUT.shown_as('General"年"'), years),
        ("总结期间", Given(head.TIME), CENTER, None),
    ]
    return [
        Block(
            (
                Cell(0, 0, Fixed(label), LABEL),
                Cell(0, 1, content, style, check=check),
            ),
            1,
            {0: 21.0},
        )
        for label, content, style, check in fields
    ]


def _duty_row(i: int) -> Block:
    cells = (
        Cell(0, 0, Fixed(f"{i + 1}"), SECTION),
        Cell(0, 1, Given(_duty(i)), TEXT),
    )
    return Block(cells, 1, {0: 24.0})


def _short_duty(duty: Duty) -> str:
    """What a box is about: the duty up to its first comma, where that is short enough."""
    name = re.split("[，；（]", duty.text, maxsplit=1)[0]
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1]}…"


def _boxes(
    title: str, told: str, key: Callable[[int], str], count: int, names: Sequence[str]
) -> list[Block]:
    first, *rest = (
        _box(f"{i + 1}. {names[i]}", key(i), f"{title}第 {i + 1} 条", told) for i in range(count)
    )
    heading = parts.heading(title, PRINTED)
    # The heading stays on the page of its first box.
    return [parts.joined((heading, first)), *rest]


def _box(label: str, key: str, what: str, hint: str = "") -> Block:
    """A box to write in, with the count of what is written; both grow with the text."""
    told = f"{hint}换行请按 Alt+Enter。最多 {LONGEST} 字。"
    check = Check(AtMost(LONGEST), told, f"{what}不能超过 {LONGEST} 字。", what)
    # Programs that fit the row to its text fit it to these empty lines at least.
    empty = Highlight(Compare(Rel.EQ, Length(Var(key, text=True)), number(0)), MISSING)
    cells = (
        Cell(0, 0, Fixed(_tall(label)), BOX_LABEL),
        Cell(0, 1, Asked(key), INPUT_BOX, check=check),
        Cell(0, PRINTED, Result(_count(key)), COUNT, highlights=(empty,)),
    )
    return Block(cells, 1, growing=frozenset({0}))


def _tall(label: str) -> str:
    """A label with lines below it, so that an empty box is high enough to be written in."""
    room = WIDTHS[0] * CHARACTER_PIXELS + CELL_PADDING
    return label + "\n" * max(0, EMPTY_LINES + 1 - lines(label, BOX_LABEL, room))


def _signatures() -> Block:
    row: list[tuple[Content, Style, int]] = [
        (Fixed("本人签字"), SIGNED, 1),
        (Fixed(f"日期：{'　' * 14}上级签字{'　' * 8}日期："), SIGNED, 1),
    ]
    return parts.spread(row, 34)
