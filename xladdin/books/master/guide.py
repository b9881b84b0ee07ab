"""Sheet 使用说明: what to do, where everything is, how it stands, what the colours mean."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from xladdin.books import parts
from xladdin.formula.nodes import (
    Compare,
    Expr,
    Join,
    Rel,
    Text,
    Var,
    add,
    all_of,
    number,
    sub,
    total,
)
from xladdin.formula.ranges.nodes import CountWhere, Filled, Range, Same
from xladdin.intake.master.sheets import GUIDE_NAME, SHEETS
from xladdin.layout.cell_rules import Highlight
from xladdin.layout.cells import Block, Cell, Content, Fixed, Link, Result, Sheet
from xladdin.layout.styles import (
    ALERT,
    ALERT_FILL,
    ALERT_INK,
    CENTER,
    GOOD,
    MISSING_FILL,
    TEXT,
    UNUSED,
    Style,
)

from . import looks
from .table import state_key
from .watch import CHECK, PASSED, WAITING
from .watching import WATCHES

WIDTHS = (17.0, 54.0, 12.0, 12.0)
WIDTH = len(WIDTHS)
TITLE = "客服绩效考核总表"
SUBTITLE = "名册、岗位、考核方案和每月数据都在这一个文件里；每个人的考核表由它生成。"
BANNER = Style(size=18, bold=True, color="#FFFFFF", fill=looks.DEEP, border=False)
UNDER_BANNER = Style(size=10, color="#FFFFFF", fill=looks.DEEP, border=False)
STANDING = Style(size=12, bold=True, align="center", fill=looks.PALE)
SECTION = Style(size=12, bold=True, color=looks.DEEP, border=False)
STEP_NUMBER = Style(size=11, bold=True, align="center", fill=looks.PALE, color=looks.DEEP)
BODY = replace(TEXT, size=10)
NUMBER = replace(CENTER, size=10)
NOTE = replace(BODY, border=False)
GOTO = replace(BODY, color="#0563C1", underline=True)

STEPS = (
    "在“员工名册”中每人填一行：工号、姓名、部门、岗位。岗位从列表中选。",
    "看一遍“岗位”“考核方案”“指标”等表。内置的内容可以直接用，也可以改；改了权重，看“当前合计”是不是 100%。",
    "每月在“月度目标与实际”中填目标值和实际值；做能力考核时，在“评价人”中写明谁评谁。",
    "看每张表最右边的“检查”列：不是“通过”的，照提示改好。下面的汇总随时显示还有几个问题。",
    "点“绩效助手”选项卡上的“检查本表”，改到没有错误，再点“批量生成”，每个人的考核表就在旁边的文件夹里。"
    "没有装加载项：保存并关闭本文件，用 xladdin check 核对，再用 xladdin generate 生成。",
)
DONTS = (
    "不要改用过的编号（工号、岗位编号、方案编号、指标编号）：发出去的表和历史成绩都靠编号对应。",
    "不要改表头文字，不要合并单元格，不要在数据中间插入标题行；列的先后、表的先后可以动。",
    "不要改灰色的列，那是公式；从别处复制数据时用“选择性粘贴—数值”，颜色和列表才不会丢。",
    "空行用完了，就紧接着最后一行往下填，表格会自动变长，检查列也会跟着有。",
)
ALL = "all"
UNITS = {
    "roster": "人",
    "positions": "个",
    "duties": "项",
    "standards": "条",
    "schemes": "个",
    "indicators": "个",
    "elements": "个",
    "steps": "档",
    "grades": "级",
    "raters": "行",
    "figures": "行",
    "settings": "项",
    "mappings": "列",
    ALL: "行",
}


def rows_key(sheet: str) -> str:
    """How many rows of a sheet are in use."""
    return f"rows.{sheet}"


def problems_key(sheet: str) -> str:
    """In how many rows the check says something else than 通过."""
    return f"problems.{sheet}"


def model() -> dict[str, Expr]:
    """How many rows and problems each sheet has, and all of them together."""
    found: dict[str, Expr] = {}
    for spec in SHEETS:
        rows, waits = Range(f"{spec.key}.{CHECK}"), bool(WATCHES[spec.key].later)
        fine = _saying(spec.key, PASSED)
        if waits:
            fine = add(fine, _saying(spec.key, WAITING))
        found[rows_key(spec.key)] = CountWhere((Filled(rows),))
        found[problems_key(spec.key)] = sub(Var(rows_key(spec.key)), fine)
        found[state_key(spec.key)] = Join(tuple(_state(spec.key, waits)))
    for key in (rows_key, problems_key):
        found[key(ALL)] = total(tuple(Var(key(spec.key)) for spec in SHEETS))
    found[state_key(ALL)] = Join((Text("全部内容 "), *_state(ALL, False)))
    return found


def _saying(sheet: str, word: str) -> Expr:
    """How many rows of a sheet whose check says this."""
    return CountWhere((Same(Range(f"{sheet}.{CHECK}"), Text(word)),))


def _state(sheet: str, waits: bool) -> Iterator[Expr]:
    """``40 人，问题 0 个``."""
    yield Var(rows_key(sheet))
    yield Text(f" {UNITS[sheet]}，")
    if waits:
        yield Text(f"{WAITING} ")
        yield _saying(sheet, WAITING)
        yield Text(f" {UNITS[sheet]}，")
    yield Text("问题 ")
    yield Var(problems_key(sheet))
    yield Text(" 个")


def guide_sheet() -> Sheet:
    """The first sheet."""
    blocks = (
        _banner(),
        _standing(),
        parts.joined((_section("五步用起来"), *_steps())),
        parts.joined((_section("各表（点名称跳过去）"), *_contents())),
        parts.joined((_section("颜色的意思"), *_legend())),
        parts.joined((_section("请注意"), *(parts.note(f"· {one}", WIDTH, NOTE) for one in DONTS))),
    )
    return Sheet(GUIDE_NAME, WIDTHS, blocks, tab_color=looks.TABS["guide"])


def _banner() -> Block:
    return Block(
        (
            Cell(0, 0, Fixed(f"　{TITLE}"), BANNER, cols=WIDTH),
            Cell(1, 0, Fixed(f"　{SUBTITLE}"), UNDER_BANNER, cols=WIDTH),
        ),
        2,
        {0: 40.0, 1: 24.0},
    )


def _standing() -> Block:
    """How everything stands: red while there are problems."""
    cell = Cell(1, 0, Result(state_key(ALL)), STANDING, cols=WIDTH, highlights=_lights(ALL))
    return Block((cell,), 2, {0: 8.0, 1: 28.0})


def _lights(sheet: str) -> tuple[Highlight, ...]:
    none = Compare(Rel.EQ, Var(problems_key(sheet)), number(0))
    some = Compare(Rel.GT, Var(rows_key(sheet)), number(0))
    wrong = Compare(Rel.GT, Var(problems_key(sheet)), number(0))
    return (Highlight(wrong, ALERT), Highlight(all_of((some, none)), GOOD))


def _section(text: str) -> Block:
    return Block((Cell(0, 0, Fixed(text), SECTION, cols=WIDTH),), 1, {0: 30.0})


def _steps() -> list[Block]:
    return [
        parts.spread(
            [(Fixed(f"第 {number} 步"), STEP_NUMBER, 1), (Fixed(text), BODY, WIDTH - 1)], 24
        )
        for number, text in enumerate(STEPS, start=1)
    ]


def _contents() -> list[Block]:
    lines = [_line(spec.key, Link(spec.name, spec.name), spec.told) for spec in SHEETS]
    return [
        parts.head_row(("表", "放什么", "现有", "问题")),
        *lines,
        _line(ALL, Fixed("合计"), ""),
    ]


def _line(sheet: str, name: Content, told: str) -> Block:
    """A sheet: its name as a link, what it is for, rows and problems."""
    row: list[tuple[Content, Style, int]] = [
        (name, GOTO if isinstance(name, Link) else BODY, 1),
        (Fixed(_first_sentence(told)), BODY, 1),
        (Result(rows_key(sheet)), NUMBER.shown_as(f'0" {UNITS[sheet]}"'), 1),
        (Result(problems_key(sheet)), NUMBER, 1),
    ]
    block = parts.spread(row, 20)
    *others, last = block.cells
    return replace(block, cells=(*others, replace(last, highlights=_lights(sheet))))


def _first_sentence(told: str) -> str:
    first, stop, _ = told.partition("。")
    return first + stop


def _legend() -> list[Block]:
    colours = (
        ("表头", looks.REQUIRED_HEAD, "必填的列。"),
        ("表头", looks.OPTIONAL_HEAD, "可以不填的列。"),
        ("表头", looks.COMPUTED_HEAD, "公式列，自动计算，不用填。"),
        ("黄色", Style(fill=MISSING_FILL), "还缺内容；第一列变黄：这一行有问题，看检查列。"),
        ("红色", Style(fill=ALERT_FILL, color=ALERT_INK), "填错了：重复、别的表中没有、合计不对。"),
        ("灰色", Style(fill=UNUSED.fill, color=UNUSED.color), "所选的计分方法用不到，不用填。"),
    )
    return [
        parts.spread(
            [
                (Fixed(word), replace(style, align="center", valign="vcenter"), 1),
                (Fixed(text), BODY, WIDTH - 1),
            ],
            20,
        )
        for word, style, text in colours
    ]
