"""评价人对照表: HR's own list of which token stands for which rater."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple

from xladdin.books import parts
from xladdin.company.tokens import HEADERS, Line
from xladdin.formula.evaluate import Value
from xladdin.layout.cells import Block, Book, Cell, Given, Orientation, Paper, Properties, Sheet
from xladdin.layout.styles import CENTER, PLAIN

SHEET_NAME = "评价人对照表"
NOTE = (
    "只由人力资源部门保存，不要外发：匿名评分表只有凭这里的编号才能对上评价人。"
    "“发给评价人”里的文件夹有评价人的姓名，打开其中的表能看到编号，也只给人力资源部门看，发完即可删除。\n"
    "最后两列由程序填写：这份评分在当月反馈单上用到了哪些要素。评价人有增减时，程序凭它们决定下一张反馈单"
    "哪些可以显示，请不要改动。"
)
WIDTHS = (10.0, 11.0, 10.0, 10.0, 26.0, 11.0, 12.0, 38.0, 60.0)
SEEN = len(WIDTHS) - 1
"""The ids of elements stand behind them, for the program, and are not printed."""


def book(count: int) -> Book:
    """A list of so many lines."""
    head = parts.head_row(words[0] for words in HEADERS.values())
    title = parts.title_text(f"{SHEET_NAME}（人力资源专用）", SEEN)
    rows = [
        Block(
            tuple(Cell(0, col, Given(_key(name, i)), CENTER) for col, name in enumerate(HEADERS)), 1
        )
        for i in range(count)
    ]
    blocks = (title, parts.note(NOTE, SEEN, PLAIN), head, *rows)
    top = title.height + 1
    paper = Paper(Orientation.PORTRAIT, repeat=(top, top))
    sheet = Sheet(
        SHEET_NAME, WIDTHS, blocks, paper, freeze=(top + 1, 0), protected=False, screen_cols=1
    )
    return Book((sheet,), {}, Properties(title=SHEET_NAME))


def values(lines: Sequence[Line]) -> dict[str, Value]:
    """The slots of the list."""
    return {
        _key(name, i): value
        for i, line in enumerate(lines)
        for name, value in zip(HEADERS, astuple(line), strict=True)
    }


def _key(name: str, row: int) -> str:
    return f"{name}.{row + 1}"
