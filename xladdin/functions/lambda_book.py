"""The workbook of functions that need no Python: named LAMBDAs, explained and tried out.

Every function is called on the sheet of examples, so copying that one sheet carries them all.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from xladdin.books import parts
from xladdin.formula.evaluate import Value
from xladdin.layout.calls import Call
from xladdin.layout.cells import Block, Book, Cell, Fixed, Orientation, Paper, Properties, Sheet
from xladdin.layout.styles import INPUT, PLAIN, RESULT, SECTION, TEXT

EXAMPLES, MANUAL = "函数示例", "使用说明"
TITLE = "绩效考核函数包（不需要 Python 和加载项）"
SHARE, DATE = "0%", "yyyy-mm-dd"
"""Number formats of the example figures."""
COLUMN = 10.5
MANUAL_WIDTHS = (31.0, 44.0, 47.0)

ADVICE = (
    "适用：Microsoft 365 的 Excel（Windows、Mac、网页版）。这些函数是工作簿里的名称，打开就能用，"
    "不用安装任何东西，也没有宏。其他版本的 Excel 和 WPS 不认识 LAMBDA，会显示 #NAME?。",
    "在本工作簿里用：在任何单元格里输入函数，例如 =KPI_SCORE_PERCENT(A2,B2,20,120%,0)。"
    "参数的顺序见下表，也可以照着“函数示例”里的公式改。",
    "带到别的工作簿：两个工作簿都打开，右键点“函数示例”的工作表标签，选“移动或复制”，"
    "选中目标工作簿，勾上“建立副本”，确定。函数会随这张工作表一起过去。",
    "复制以后可以把“函数示例”隐藏起来；在“公式”选项卡的“名称管理器”里能看到每个函数。",
    "满分写权重对应的分数：权重20%就写 20。比例写 120% 或 1.2 都可以。没有实际值时得分是空白。",
    "装了 xladdin 加载项的电脑上，KPI_GRADE、KPI_COEFFICIENT、KPI_RANK 以本工作簿里的为准，"
    "算出来的结果相同，但这里的函数不能再写方案。",
)


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a function: its name in formulas, its Chinese label, how it is shown."""

    name: str
    label: str
    number_format: str = ""


@dataclass(frozen=True, slots=True)
class Example:
    """Arguments with what they give; several values are a column, and the argument is one too."""

    arguments: tuple[Decimal, ...]
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Function:
    """A named function: what it is for, its parameters, its LAMBDA as a file stores it."""

    name: str
    told: str
    parameters: tuple[Parameter, ...]
    formula: str
    explained: str
    examples: tuple[Example, ...]
    result: str
    """What its value is called."""

    @property
    def call(self) -> str:
        """How it is written: ``KPI_GRADE(最终得分)``."""
        return f"{self.name}({', '.join(parameter.label for parameter in self.parameters)})"

    @property
    def over_a_column(self) -> bool:
        return any(len(example.values) > 1 for example in self.examples)


def book(functions: Sequence[Function]) -> Book:
    """The manual, the examples, and the functions themselves."""
    return Book(
        (_manual(functions), _examples(functions)),
        {},
        Properties(title=TITLE),
        names={function.name: f"={function.formula}" for function in functions},
        named_cells=False,
    )


def _examples(functions: Sequence[Function]) -> Sheet:
    width = max(len(function.parameters) for function in functions) + 1
    hint = "黄色格子里的数字可以改，右边的结果跟着变。怎样带到别的工作簿，见“使用说明”。"
    blocks = [
        parts.title_text(TITLE, width),
        parts.note(hint, width, PLAIN),
        *(parts.joined(_function(function, width)) for function in functions),
    ]
    paper = Paper(Orientation.LANDSCAPE, repeat=(0, parts.HEAD_ROWS - 1))
    freeze = (parts.HEAD_ROWS, 0)
    return Sheet(EXAMPLES, (COLUMN,) * width, tuple(blocks), paper, freeze, protected=False)


def _function(function: Function, width: int) -> Iterator[Block]:
    yield parts.heading(f"{function.name}　{function.told}", width)
    yield parts.note(function.explained, width, PLAIN)
    yield parts.head_row([*(p.label for p in function.parameters), function.result])
    for i, example in enumerate(function.examples, start=1):
        rows = _column if function.over_a_column else _row
        yield rows(function, example, f"{function.name}.{i}")
    yield parts.note("", width)


def _row(function: Function, example: Example, name: str) -> Block:
    """Arguments side by side, the result at their right."""
    keys = [f"{name}.{parameter.name}" for parameter in function.parameters]
    cells = [
        Cell(0, col, Fixed(value, key), INPUT.shown_as(parameter.number_format))
        for col, (value, key, parameter) in enumerate(
            zip(example.arguments, keys, function.parameters, strict=True)
        )
    ]
    call = Call(function.name, tuple(keys), example.values)
    return Block((*cells, Cell(0, len(keys), call, RESULT)), 1)


def _column(function: Function, example: Example, name: str) -> Block:
    """One argument downwards, the results beside it out of one formula."""
    keys = [f"{name}.{i}" for i in range(len(example.arguments))]
    cells = [
        Cell(row, 0, Fixed(value, key), INPUT)
        for row, (value, key) in enumerate(zip(example.arguments, keys, strict=True))
    ]
    call = Call(function.name, ((keys[0], keys[-1]),), example.values)
    return Block((*cells, Cell(0, 1, call, RESULT)), len(keys))


def _manual(functions: Sequence[Function]) -> Sheet:
    width = len(MANUAL_WIDTHS)
    blocks = [
        parts.title_text(MANUAL, width),
        *(parts.spread([(Fixed(text), TEXT, width)]) for text in ADVICE),
        parts.heading("全部函数", width),
        parts.head_row(("函数", "用途", "写法")),
        *(_line(function) for function in functions),
    ]
    return Sheet(MANUAL, MANUAL_WIDTHS, tuple(blocks), Paper(Orientation.LANDSCAPE))


def _line(function: Function) -> Block:
    return parts.text_row(
        (function.name, function.told, f"={function.call}"), (SECTION, TEXT, TEXT)
    )
