"""申诉: the sheet of a 反馈单 on which its owner says what is wrong with it, and until when.

The list of items and the deadline are written once, when the slip goes out: nothing is computed here.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from xladdin.books import parts
from xladdin.company.appealing import OTHER, Issue
from xladdin.company.month_results import PersonResult
from xladdin.domain.people import Period
from xladdin.domain.quantities import Unit
from xladdin.domain.schemes import Scheme
from xladdin.formula.evaluate import Value
from xladdin.layout.cell_rules import Anything, AtMost, Between, Check, Choice
from xladdin.layout.cells import Asked, Block, Cell, Content, Fixed, Given, Paper, Sheet, footer
from xladdin.layout.styles import (
    HEAD,
    INPUT,
    INPUT_TEXT,
    LABEL,
    NOTE,
    SIGNED,
    TEXT,
    Style,
)
from xladdin.layout.validations import fits_list
from xladdin.scoring import keys

SHEET_NAME = "申诉"
WIDTH = 12
WIDTHS = (10.2,) * WIDTH
ROWS, ROW_HEIGHT = 4, 132.0
"""So many items may be objected to on one slip; together they fill the page."""
HEADS = {"item": "申诉项目", "claimed": "认为应是", "grounds": "理由和依据", "filed": "日期"}
"""Under these heads a filled-in sheet is read."""
SPANS = {"item": 3, "claimed": 2, "grounds": 5, "filed": 2}
CORRECTED_LABEL, NONE_CORRECTED = "已有的更正", "没有。"
"""The row under the table, where reading ends."""
MOST_WORDS = 500
TASK = "对结果有异议的，在黄色格里填写，保存，把整个文件交给人力资源部门；没有异议的不用填。"
HOW = (
    "一行写一项：“申诉项目”从列表里选，“认为应是”写这一项的实际数应是多少，连单位一起写，如 95%、30秒；"
    "加减分写分数。不是某个数不对的，选“其他”，在理由里写清楚。理由写明依据，证明材料随文件一起交。"
    "逾期交的也收下，会注明逾期。"
)
TITLE, WHO, DEADLINE = "appeal.title", "appeal.who", "appeal.deadline"
CORRECTED = "appeal.corrected"
ISSUED, UNTIL, CONTENT = "id.issued", "id.deadline", "id.told"
HIDDEN = (ISSUED, UNTIL, CONTENT)
"""What else the hidden identity says."""
EARLIEST, LATEST = Decimal(43831), Decimal(73050)
"""2020 to 2099, as day numbers."""


def key(row: int, what: str) -> str:
    """Of a cell of the table, rows from 1."""
    return f"appeal.{row}.{what}"


def items(scheme: Scheme) -> dict[str, tuple[str, str, Unit]]:
    """What the drop-down offers: text -> key of the figure, its name, its unit; 其他 has no key.

    Excel takes 255 characters of such a list: names that are too long together are numbered and cut.
    """
    known = [(keys.actual(it.id), it.name, it.unit) for it in scheme.indicators]
    known += [(keys.points(it.id), it.name, Unit.SIGNED) for it in scheme.adjustments]
    known.append(("", OTHER, Unit.NUMBER))
    names = [name.replace(",", "，") for _, name, _ in known]
    if not fits_list(names) or len(set(names)) < len(names):
        names = _cut(names)
    return dict(zip(names, known, strict=True))


def _cut(names: list[str]) -> list[str]:
    longest = max(map(len, names))
    numbered = [
        [f"{i}.{name[:most]}" for i, name in enumerate(names, 1)] for most in range(longest + 1)
    ]
    fitting = [each for each in numbered if fits_list(each)]
    return fitting[-1] if fitting else numbered[0]


def of_person(one: PersonResult, period: Period) -> dict[str, Value]:
    """Whose sheet it is, and what was corrected already."""
    person = one.employee
    return {
        TITLE: f"{period.label}绩效申诉",
        WHO: f"{person.name}（{person.id}），{person.department}，{person.position}",
        CORRECTED: "\n".join(it.told for it in one.corrected) or NONE_CORRECTED,
    }


def values(issue: Issue) -> dict[str, Value]:
    """When it goes out."""
    return {
        DEADLINE: issue.told,
        ISSUED: str(issue.day),
        UNTIL: str(issue.deadline),
        CONTENT: issue.content,
    }


def sheet(scheme: Scheme) -> Sheet:
    """The sheet."""
    blocks = (
        parts.screen_bar(TASK, WIDTH),
        parts.title(Given(TITLE, SHEET_NAME), WIDTH),
        _labelled("申诉人", Given(WHO), 22),
        _labelled("申诉期限", Given(DEADLINE), 22),
        parts.note(HOW, WIDTH, NOTE),
        parts.joined((_heads(), *_rows(scheme), _labelled(CORRECTED_LABEL, Given(CORRECTED), 22))),
        _signature(),
    )
    return Sheet(SHEET_NAME, WIDTHS, blocks, Paper(footer=footer()), screen_rows=1)


def _labelled(label: str, content: Content, height: float) -> Block:
    return parts.spread([(Fixed(label), LABEL, 2), (content, TEXT, WIDTH - 2)], height)


def _heads() -> Block:
    return parts.spread([(Fixed(text), HEAD, SPANS[what]) for what, text in HEADS.items()], 24)


def _rows(scheme: Scheme) -> Iterator[Block]:
    checks = _checks(tuple(items(scheme)))
    looks: dict[str, Style] = {
        "item": INPUT,
        "claimed": INPUT,
        "grounds": INPUT_TEXT,
        "filed": INPUT.shown_as("yyyy-mm-dd"),
    }
    for row in range(1, ROWS + 1):
        cells, col = [], 0
        for what, span in SPANS.items():
            content = Asked(key(row, what))
            cells.append(Cell(0, col, content, looks[what], cols=span, check=checks[what]))
            col += span
        yield Block(tuple(cells), 1, {0: ROW_HEIGHT})


def _checks(names: tuple[str, ...]) -> dict[str, Check]:
    told = f"最多 {MOST_WORDS} 字；换行请按 Alt+Enter。"
    return {
        "item": Check(
            Choice(names), "从列表里选；都不是的选“其他”。", "请从列表里选。", HEADS["item"]
        ),
        "claimed": Check(
            Anything(),
            "这一项的实际数应是多少，连单位写，如 95%、30秒、3次。",
            "请写一个数，连单位，如 95%。",
            HEADS["claimed"],
        ),
        "grounds": Check(
            AtMost(MOST_WORDS), told, f"理由不能超过 {MOST_WORDS} 字。", HEADS["grounds"]
        ),
        "filed": Check(
            Between(EARLIEST, LATEST, date=True),
            "写申诉的日期，如 2026-12-03。",
            "请填日期，如 2026-12-03。",
            HEADS["filed"],
        ),
    }


def _signature() -> Block:
    row: list[tuple[Content, Style, int]] = [
        (Fixed("本人签字"), SIGNED, 3),
        (Fixed("日期："), SIGNED, 3),
        (Fixed("人力资源部门收到"), SIGNED, 3),
        (Fixed("日期："), SIGNED, 3),
    ]
    return parts.spread(row, 40)
