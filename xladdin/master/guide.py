"""Sheet 使用说明: what to do, where everything is, how it stands, what the colours mean."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from xladdin.books import parts
from xladdin.formula.nodes import (
    Compare,
    CountWhere,
    Expr,
    Filled,
    If,
    IsNumber,
    Join,
    Range,
    Rel,
    Same,
    Text,
    Var,
    all_of,
    number,
    total,
)
from xladdin.layout.cell_rules import Highlight
from xladdin.layout.cells import Block, Cell, Content, Fixed, Link, Result, Sheet
from xladdin.layout.styles import (
    ALERT,
    ALERT_FILL,
    ALERT_INK,
    CENTER,
    GOOD,
    HEAD,
    MISSING,
    MISSING_FILL,
    TEXT,
    UNUSED,
    Style,
)

from . import master_styles as looks
from . import month_progress, source_progress
from . import next_step as stepping
from .all_sheets import GUIDE_NAME, SHEETS
from .check_column import STANDING, WAITING, WRONG
from .row_questions import NOTHING
from .table_sheet import state_key

WIDTHS = (17.0, 66.0, 12.0, 12.0)
WIDTH = len(WIDTHS)
TITLE = "客服绩效考核总表"
SUBTITLE = "名册、岗位、考核方案和每月数据都在这一个文件里；每个人的考核表由它生成。"
BANNER = Style(size=18, bold=True, color="#FFFFFF", fill=looks.DEEP, border=False)
UNDER_BANNER = Style(size=10, color="#FFFFFF", fill=looks.DEEP, border=False)
AT_A_GLANCE = Style(size=12, bold=True, align="center", fill=looks.PALE)
NEXT = Style(size=11, bold=True, color=looks.DEEP, wrap=True)
SECTION = Style(size=12, bold=True, color=looks.DEEP, border=False)
STEP_NUMBER = Style(size=11, bold=True, align="center", fill=looks.PALE, color=looks.DEEP)
BODY = replace(TEXT, size=10)
NUMBER = replace(CENTER, size=10)
NOTE = replace(BODY, border=False)
GOTO = replace(BODY, color="#0563C1", underline=True)

STEPS = (
    "在“员工名册”中每人填一行：姓名、工号、部门、岗位。岗位从列表中选。",
    "看一遍“岗位”“考核方案”“指标”等表。已有的可以直接用，也可以改，权重合计 100%；公司有自己的考核表，点“从考核表建方案”读进来。",
    "每月点“开新月份”（或 xladdin month），“月度目标与实际”里就有每人每个指标的行和目标，再填实际值；做能力考核时，在“评价人”中写明谁评谁。",
    "看每张表第二列“检查”：不是“通过”的，照提示改好。这一页随时显示各月还缺什么、哪几行有错。",
    "点“绩效助手”选项卡上的“检查本表”，改到没有错误，再点“批量生成”，每个人的考核表就在旁边的文件夹里。"
    "没有装加载项：保存并关闭本文件，用 xladdin check 核对，再用 xladdin generate 生成。",
)
DONTS = (
    "工号和最右边灰色的编号用过就不要改：发出去的表和历史成绩都靠它。岗位、方案、部门换名称，用“改名”。",
    "不要改表头文字，不要合并单元格，不要在数据中间插入标题行；列的先后、表的先后可以动。",
    "不要改灰色的列，那是公式；从别处复制数据时用“选择性粘贴—数值”，颜色和列表才不会丢。",
    "空行用完了就紧接着往下填，Excel 里表格自动变长；别的程序里请在表中间插入行，把检查列也复制下来。往下拖月份会得到 2026-13，跨年请自己写。",
)
UNCHECKED = "行没有检查（把上一行检查列复制过来）"
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
    """In how many rows something is wrong; notices do not count."""
    return f"problems.{sheet}"


def _unchecked(sheet: str) -> Expr:
    """How many rows hold something and have no check: rows inserted by programs that add none."""
    first = next(spec.columns[0].key for spec in SHEETS if spec.key == sheet)
    standing = Same(Range(f"{sheet}.{STANDING}"), Text(""))
    return CountWhere((Filled(Range(f"{sheet}.{first}")), standing))


def model() -> dict[str, Expr]:
    """How many rows and problems each sheet has, and all of them together."""
    found: dict[str, Expr] = {}
    for spec in SHEETS:
        found[rows_key(spec.key)] = CountWhere((Filled(Range(f"{spec.key}.{STANDING}")),))
        found[problems_key(spec.key)] = _saying(spec.key, WRONG)
        found[state_key(spec.key)] = Join(tuple(_state(spec.key, bool(spec.later))))
    for key in (rows_key, problems_key):
        found[key(ALL)] = total(tuple(Var(key(spec.key)) for spec in SHEETS))
    found[state_key(ALL)] = Join((Text("全部内容 "), *_state(ALL, False)))
    found[stepping.KEY] = stepping.next_step(Var(problems_key(ALL)))
    return found | month_progress.model() | source_progress.model()


def _saying(sheet: str, word: str) -> Expr:
    """How many rows of a sheet stand so."""
    return CountWhere((Same(Range(f"{sheet}.{STANDING}"), Text(word)),))


def _state(sheet: str, waits: bool) -> Iterator[Expr]:
    """``40 人，有错 0 行``."""
    yield Var(rows_key(sheet))
    yield Text(f" {UNITS[sheet]}，")
    if waits:
        yield Text(f"{WAITING} ")
        yield _saying(sheet, WAITING)
        yield Text(f" {UNITS[sheet]}，")
    yield Text("有错 ")
    yield Var(problems_key(sheet))
    yield Text(" 行")
    if sheet != ALL:
        count = _unchecked(sheet)
        told = Join((Text("，"), count, Text(f" {UNCHECKED}")))
        yield If(Compare(Rel.GT, count, number(0)), told, NOTHING)


def guide_sheet() -> Sheet:
    """The first sheet."""
    blocks = (
        _banner(),
        _standing(),
        parts.joined((_section("各月进度（月度目标与实际）"), *_progress(), *_sources())),
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
        {0: 36.0, 1: 24.0},
    )


def _standing() -> Block:
    """How everything stands, red while there are problems; and what is to be done next."""
    lights = _lights(ALL)
    cells = (
        Cell(1, 0, Result(state_key(ALL)), AT_A_GLANCE, cols=WIDTH, highlights=lights),
        Cell(2, 0, Result(stepping.KEY), NEXT, cols=WIDTH),
    )
    return Block(cells, 3, {0: 8.0, 1: 28.0, 2: 22.0})


def _progress() -> list[Block]:
    """The latest months: people and figures, how many are missing, how many are wrong."""
    heads = parts.head_row(("月份", "人和数据", "待填", "有错"))
    return [heads, *(_month(month_progress.keys(n)) for n in range(1, month_progress.MONTHS + 1))]


def _month(keys: Mapping[str, str]) -> Block:
    lights = {what: month_lights(keys, what) for what in ("waiting", "wrong")}
    row: list[tuple[Content, Style, int]] = [
        (Result(keys["name"]), NUMBER, 1),
        (Result(keys["told"]), BODY, 1),
        (Result(keys["waiting"]), NUMBER, 1),
        (Result(keys["wrong"]), NUMBER, 1),
    ]
    block = parts.spread(row, 18)
    *others, waiting, wrong = block.cells
    lit = (
        replace(cell, highlights=lights[what])
        for cell, what in ((waiting, "waiting"), (wrong, "wrong"))
    )
    return replace(block, cells=(*others, *lit))


def _sources() -> list[Block]:
    """Who still has figures to deliver, and how many."""
    heads: list[tuple[Content, Style, int]] = [
        (Fixed("数据来源岗位"), HEAD, 1),
        (Result(source_progress.HEADING), HEAD, 1),
        (Fixed("待填"), HEAD, 1),
        (Fixed(""), HEAD, 1),
    ]
    lines = [_source(source_progress.keys(n)) for n in range(1, source_progress.SOURCES + 1)]
    return [parts.spread(heads, 18), *lines]


def _source(keys: Mapping[str, str]) -> Block:
    row: list[tuple[Content, Style, int]] = [
        (Result(keys["name"]), NUMBER, 1),
        (Result(keys["told"]), BODY, 1),
        (Result(keys["waiting"]), NUMBER, 1),
        (Fixed(""), NUMBER, 1),
    ]
    block = parts.spread(row, 16)
    *others, waiting, empty = block.cells
    lit = replace(waiting, highlights=month_lights(keys, "waiting"))
    return replace(block, cells=(*others, lit, empty))


def month_lights(keys: Mapping[str, str], what: str) -> tuple[Highlight, ...]:
    """Nothing of a month is missing or wrong, or some of it is."""
    count = Var(keys[what])
    there = IsNumber(count)
    some = all_of((there, Compare(Rel.GT, count, number(0))))
    none = all_of((there, Compare(Rel.EQ, count, number(0))))
    return (Highlight(some, MISSING if what == "waiting" else ALERT), Highlight(none, GOOD))


def _lights(sheet: str) -> tuple[Highlight, ...]:
    none = Compare(Rel.EQ, Var(problems_key(sheet)), number(0))
    some = Compare(Rel.GT, Var(rows_key(sheet)), number(0))
    wrong = Compare(Rel.GT, Var(problems_key(sheet)), number(0))
    return (Highlight(wrong, ALERT), Highlight(all_of((some, none)), GOOD))


def _section(text: str) -> Block:
    return Block((Cell(0, 0, Fixed(text), SECTION, cols=WIDTH),), 1, {0: 26.0})


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
        parts.head_row(("表", "放什么", "现有", "有错的行")),
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
    block = parts.spread(row, 17)
    *others, last = block.cells
    return replace(block, cells=(*others, replace(last, highlights=_lights(sheet))))


def _first_sentence(told: str) -> str:
    first, stop, _ = told.partition("。")
    return first + stop


def _legend() -> list[Block]:
    colours = (
        ("表头", looks.REQUIRED_HEAD, "必填的列。"),
        ("表头", looks.OPTIONAL_HEAD, "可以不填的列。"),
        ("表头", looks.COMPUTED_HEAD, "公式列（自动计算）和编号，不用填。"),
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
            17,
        )
        for word, style, text in colours
    ]
