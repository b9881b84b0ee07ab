"""绩效助手使用说明: what each button and each function does, and what to do when stuck."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from xladdin.layout.cells import Block, Book, Fixed, Orientation, Paper, Properties, Sheet
from xladdin.layout.styles import SECTION, TEXT

from . import parts

TITLE = "绩效助手使用说明"
BUTTONS, FUNCTIONS = "按钮", "函数"
WIDTHS = (18.0, 12.0, 106.0)
FUNCTION_WIDTHS = (24.0, 52.0, 58.0)

BEGINNING = (
    "第一次用：点“新建总表”，在“员工名册”里填上员工，在“月度目标与实际”里填上当月的数据，保存。",
    "月初：点“开新月份”，每人每个指标就有了一行和目标；再点“收数表”，发给报数的人，填好的收回来，数就进了总表。",
    "月末的数据先是暂定，到“设置”里的数据定稿天数以后再导入一次就是最终；有暂定数据的表、反馈单和汇总上都写着“数据暂定”。",
    "每个月：填好数据，点“检查本表”，改到没有错误；再点“批量生成”，每人的考核表就在总表旁边的文件夹里。",
    "只要一个人的：在“员工名册”里点一下他的那一行，再点“生成考核表”。",
    "报告也可以发出去填：黄格和措施、下月目标填好交回来，和考核表一起“收回”；"
    "再写这个月的报告时，填过的会回到原来的格，下月目标就是下个月报告的目标。",
    "再点一次不会丢东西：没有变的表不动，有人填过的表先问再换。",
)
STUCK = (
    "按钮没有反应，或者提示 Python 没有启动：关闭 Excel，点“开始 → 绩效助手 → 检查”（没有这一项的，打开“命令提示符”，运行 xladdin addin doctor），照它说的做。",
    "函数显示 #NAME?：加载项没有装上，同样点“检查”。",
    "函数显示 # 开头的中文：是参数填得不对，照提示改。",
    "提示文件正在使用：那份表还开着，关掉再点一次。",
    "提示出了意外：每一步的详细记录都在下面这个文件里，把它发给技术支持。",
)


@dataclass(frozen=True, slots=True)
class Explained:
    """A button or function: the group or the way to write it, and what it does."""

    name: str
    where: str
    told: str


def book(buttons: Sequence[Explained], functions: Sequence[Explained], log: str) -> Book:
    """The workbook; ``log`` is the file with the details."""
    paper = Paper(Orientation.LANDSCAPE)
    sheets = (
        Sheet(BUTTONS, WIDTHS, tuple(_buttons(buttons, log)), paper),
        Sheet(FUNCTIONS, FUNCTION_WIDTHS, tuple(_functions(functions)), paper),
    )
    return Book(sheets, {}, Properties(title=TITLE), named_cells=False)


def _buttons(buttons: Sequence[Explained], log: str) -> Iterator[Block]:
    width = len(WIDTHS)
    yield parts.title_text(TITLE, width)
    yield parts.heading("怎么用", width)
    yield from _lines(BEGINNING, width)
    yield parts.heading("“绩效助手”选项卡上的按钮", width)
    yield from _table(("按钮", "在哪一组", "做什么"), buttons)
    yield parts.heading("出了问题怎么办", width)
    yield from _lines((*STUCK, log), width)


def _functions(functions: Sequence[Explained]) -> Iterator[Block]:
    width = len(FUNCTION_WIDTHS)
    yield parts.title_text("工作表函数", width)
    yield from _lines(
        (
            "在单元格里输入 = 和函数名；方括号里的参数可以不写。点编辑栏左边的 fx 能看到每个参数的说明。",
        ),
        width,
    )
    yield from _table(("函数", "写法", "用途"), functions)


def _table(heads: Sequence[str], rows: Sequence[Explained]) -> Iterator[Block]:
    yield parts.head_row(heads)
    for row in rows:
        yield parts.text_row((row.name, row.where, row.told), (SECTION, TEXT, TEXT))


def _lines(texts: Sequence[str], width: int) -> Iterator[Block]:
    for text in texts:
        yield parts.spread([(Fixed(text), TEXT, width)])
