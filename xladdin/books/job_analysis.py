"""工作分析表 (FORMS A): 表一, the post and what it requires; 表二, its duties and their time."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from xladdin.domain.positions import REQUIREMENT_LABELS, Duty, Position
from xladdin.formula.evaluate import Value
from xladdin.formula.nodes import (
    AllOf,
    Compare,
    Expr,
    If,
    IsNumber,
    Join,
    Rel,
    Round,
    SumNumbers,
    Text,
    Var,
    mul,
    number,
    one_of,
    sub,
)
from xladdin.layout.cell_rules import AtMost, Between, Check, Choice, Distinct, Highlight
from xladdin.layout.cells import Asked, Block, Book, Cell, Content, Fixed, Properties, Result, Sheet
from xladdin.layout.styles import (
    ALERT,
    GOOD,
    HEAD,
    INPUT,
    INPUT_TEXT,
    LABEL,
    PROGRESS,
    RESULT,
    SECTION,
    SIGNED,
    SUBTOTAL,
    Style,
)
from xladdin.layout.validations import fits_list

from . import identity, parts

FORM = "job"
SHEET_NAME = "工作分析表"
WIDTHS = (11.0, 13.0, 13.0, 25.0, 15.0, 14.0, 19.0)
WIDTH = len(WIDTHS)
LINE, HIGHEST_LINE, ROOM = 25.0, 58.0, 410.0
"""Points of a duty's line, and of all of them where they are few."""
SPARE_DUTIES = 1
"""Empty lines after the duties, for one that is to be added."""

CHOICES = {
    "sex": ("不限", "男", "女"),
    "education": ("不限", "高中或中专以上", "大专以上", "本科以上", "硕士以上"),
    "marital_status": ("不限", "已婚", "未婚"),
}
HINT = "黄色格子还没有填；已有的内容是草稿，都可以改。各项占用时间合计必须是 100%。"
MARK = "（补）"
RESTORED = f"{MARK}原表没有、补定的内容，请核对。"
TEXT_LIMIT = 1000
PART_TIME = ("有", "无")
TIME_TOTAL, TIME_CHECK = "time.total", "time.check"
FULL_TIME = number(1)


def book(position: Position) -> Book:
    """The job analysis of a position: one sheet, one page of A4."""
    count = len(position.duties) + SPARE_DUTIES
    shares = tuple(Var(_share(i)) for i in range(count))
    model: dict[str, Expr] = {
        TIME_TOTAL: Round(SumNumbers(shares), 6),
        TIME_CHECK: _time_check(),
    }
    origin = identity.Origin(FORM, position.id, position.fingerprint())
    subject = " ".join(part for part in (position.company, position.name) if part)
    properties = Properties(title=SHEET_NAME, subject=subject)
    sheets = (_sheet(position, count), identity.identity_sheet(origin))
    return Book(sheets, model, properties)


def values(position: Position) -> dict[str, Value]:
    """The slots of a position's form; everything on it is a draft that may be edited."""
    found: dict[str, Value] = {
        "job.name": position.name,
        "job.part_time": position.part_time,
        "job.superior": position.superior,
        "job.department": position.department,
        "job.subordinates": "、".join(position.subordinates) or "无",
    }
    for field in REQUIREMENT_LABELS:
        found[f"require.{field}"] = getattr(position.requirements, field)
    for i, duty in enumerate(sorted(position.duties, key=lambda duty: duty.rank)):
        found |= _duty_values(i, duty)
    return found


def _duty_values(i: int, duty: Duty) -> dict[str, Value]:
    rank, share = Decimal(duty.rank), duty.share / 100
    return {_rank(i): rank, f"duty.text.{i + 1}": duty.wording, _share(i): share}


def _rank(i: int) -> str:
    return f"duty.rank.{i + 1}"


def _share(i: int) -> str:
    return f"duty.share.{i + 1}"


def _time_check() -> Expr:
    """合计正好100%, or by how much the shares are off."""
    sum_ = Var(TIME_TOTAL)

    def off(word: str, gap: Expr) -> Expr:
        return Join((Text(word), Round(mul(number(100), gap), 2), Text("%，请调整")))

    over = off("比100%多", sub(sum_, FULL_TIME))
    short = off("比100%少", sub(FULL_TIME, sum_))
    exact = Compare(Rel.EQ, sum_, FULL_TIME)
    return If(exact, Text("合计100%，正确"), If(Compare(Rel.GT, sum_, FULL_TIME), over, short))


def _sheet(position: Position, count: int) -> Sheet:
    duties = sorted(position.duties, key=lambda duty: duty.rank)
    restored = [duty.restored for duty in duties] + [False] * SPARE_DUTIES
    blocks = (
        _screen_bar(),
        parts.title_text(f"{SHEET_NAME}（{position.name}）", WIDTH),
        parts.joined(
            (parts.heading("表一：岗位与任职资格", WIDTH), *_post(), _requirements(position))
        ),
        parts.heading("表二：工作内容与时间分配", WIDTH),
        _duties_head(),
        *(_duty(i, count, restored=restored[i]) for i in range(count)),
        parts.joined(
            (
                _sum(),
                *([parts.note(RESTORED, WIDTH)] if any(restored) else []),
                _issue(),
                _signatures(),
            )
        ),
    )
    return Sheet(SHEET_NAME, WIDTHS, blocks, screen_rows=1)


def _screen_bar() -> Block:
    """What to do, and whether the shares of time make a whole."""
    right = Highlight(Compare(Rel.EQ, Var(TIME_TOTAL), FULL_TIME), GOOD)
    wrong = Highlight(_not_whole(), ALERT)
    check = Cell(0, WIDTH - 2, Result(TIME_CHECK), PROGRESS, cols=2, highlights=(right, wrong))
    return parts.screen_bar(HINT, WIDTH, check)


def _not_whole() -> Expr:
    total = Var(TIME_TOTAL)
    return one_of((Compare(Rel.LT, total, FULL_TIME), Compare(Rel.GT, total, FULL_TIME)))


def _issue() -> Block:
    """Who wrote it, who approved it, which version it is and since when."""
    rows: tuple[tuple[_Field, ...], ...] = (
        (
            *((Fixed("编制"), LABEL, 2, None), (Asked("job.author"), INPUT, 2, _short("编制"))),
            *((Fixed("审批"), LABEL, 1, None), (Asked("job.approver"), INPUT, 2, _short("审批"))),
        ),
        (
            *((Fixed("版本"), LABEL, 2, None), (Asked("job.version"), INPUT, 2, _short("版本"))),
            *((Fixed("日期"), LABEL, 1, None), (Asked("job.date"), INPUT, 2, _short("日期"))),
        ),
    )
    return parts.joined(map(_fields, rows))


def _short(label: str) -> Check:
    return Check(AtMost(30), f"请填写{label}，可以不填。", f"{label}不能超过 30 字。", label)


def _post() -> list[Block]:
    """The post: names of the position, its superior, its department, its subordinates."""

    def field(
        label: str, key: str, label_cols: int, cols: int, check: Check | None = None
    ) -> list[_Field]:
        check = check or _text_check(label)
        return [(Fixed(label), LABEL, label_cols, None), (Asked(key), INPUT, cols, check)]

    part_time = Check(
        Choice(PART_TIME), "请从列表中选择：有 或 无。", "只能选“有”或“无”。", "有无兼职"
    )
    return [
        _fields(
            field("从事岗位名字", "job.name", 2, 2)
            + field("有无兼职", "job.part_time", 1, 2, part_time)
        ),
        _fields(
            field("我的上级岗位名字", "job.superior", 2, 2)
            + field("我的部门名字", "job.department", 1, 2)
        ),
        _fields(field("下级的岗位", "job.subordinates", 2, WIDTH - 2)),
    ]


_Field = tuple[Content, Style, int, Check | None]


def _fields(row: Sequence[_Field]) -> Block:
    cells, col = [], 0
    for content, style, cols, check in row:
        cells.append(Cell(0, col, content, style, cols=cols, check=check))
        col += cols
    return Block(tuple(cells), 1, {0: 23.0})


def _requirements(position: Position) -> Block:
    """岗位任职资格要求: the short lines two by two, the long ones over the whole width."""
    short = ("age", "sex", "native_place", "education", "marital_status")
    long = ("experience", "knowledge", "ability", "other")
    rows = [(field,) for field in long]
    pairs = [("age", "sex"), ("native_place", "education"), ("marital_status",)]
    cells = [Cell(0, 0, Fixed("岗位\n任职\n资格\n要求"), SECTION, rows=len(rows) + len(pairs))]
    for row, fields in enumerate([*pairs, *rows]):
        col = 1
        for field in fields:
            width = WIDTH - col - 1 if len(fields) == 1 else 2
            width = width if col == 1 else WIDTH - col - 1
            look = INPUT if field in short else INPUT_TEXT
            check = _choice(position, field)
            cells.append(Cell(row, col, Fixed(REQUIREMENT_LABELS[field]), LABEL))
            slot = Asked(f"require.{field}")
            cells.append(Cell(row, col + 1, slot, look, cols=width, check=check))
            col += 1 + width
    return Block(tuple(cells), len(rows) + len(pairs), dict.fromkeys(range(7), 23.0))


def _text_check(label: str, also: str = "") -> Check:
    """A free text of a bearable length."""
    told, error = f"请填写{label}。{also}", f"{label}不能超过 {TEXT_LIMIT} 字。"
    return Check(AtMost(TEXT_LIMIT), told, error, label)


def _choice(position: Position, field: str) -> Check | None:
    """The drop-down of a requirement; what the form already says is among the choices."""
    label = REQUIREMENT_LABELS[field]
    if field not in CHOICES:
        return _text_check(label, "没有要求可以不填。")
    # An ASCII comma would split the item in two.
    own = getattr(position.requirements, field).replace(",", "，")
    items = CHOICES[field] if not own or own in CHOICES[field] else (own, *CHOICES[field])
    if not fits_list(items):
        items = CHOICES[field]
    told = f"可从列表中选择{label}，也可以自己填写。"
    return Check(
        Choice(items), told, f"列表中没有这个{label}，确定要这样填吗？", label, strict=False
    )


def _duties_head() -> Block:
    row: list[tuple[Content, Style, int]] = [
        (Fixed("重要性"), HEAD, 1),
        (Fixed("具体工作（括号内为衡量标准）"), HEAD, WIDTH - 2),
        (Fixed("占用时间%"), HEAD, 1),
    ]
    return parts.spread(row, 24)


def _duty(i: int, count: int, *, restored: bool) -> Block:
    ranks = tuple(_rank(other) for other in range(count))
    told = "请填重要性序号：1 为最重要，依次递增，不能重复。"
    error = "重要性序号应为 1、2、3 这样的整数，不能重复。"
    distinct = Check(Distinct(ranks, _rank(i)), told, error, "重要性")
    text = _text_check("具体工作", "衡量标准写在括号内。")
    told = "请填占用时间，如 10%；各项合计必须是 100%。"
    share = Check(
        Between(Decimal(0), Decimal(1)), told, "占用时间须在 0% 至 100% 之间。", "占用时间%"
    )
    shown = f'0.0%"{MARK}"' if restored else "0.0%"
    cells = (
        Cell(0, 0, Asked(_rank(i)), INPUT, check=distinct, highlights=(_repeated(i, count),)),
        Cell(0, 1, Asked(f"duty.text.{i + 1}"), INPUT_TEXT, cols=WIDTH - 2, check=text),
        Cell(0, WIDTH - 1, Asked(_share(i)), INPUT.shown_as(shown), check=share),
    )
    return Block(cells, 1, {0: _roomy(count)})


def _roomy(count: int) -> float:
    """How high a line is, so that few duties fill the page as many do."""
    return max(LINE, min(HIGHEST_LINE, round(ROOM / count, 1)))


def _repeated(i: int, count: int) -> Highlight:
    """Marks a rank that stands twice: pasting gets around the input check."""
    own = Var(_rank(i))
    others = tuple(
        AllOf((IsNumber(other), Compare(Rel.EQ, own, other)))
        for other in (Var(_rank(j)) for j in range(count) if j != i)
    )
    return Highlight(AllOf((IsNumber(own), one_of(others))), ALERT)


def _sum() -> Block:
    """合计, which turns red off 100%; by how much it is off stands in the bar at the top."""
    wrong = (Highlight(_not_whole(), ALERT),)
    cells = (
        Cell(0, 0, Fixed("合计（须为 100%）"), SUBTOTAL, cols=WIDTH - 1),
        Cell(0, WIDTH - 1, Result(TIME_TOTAL), RESULT.shown_as("0.0%"), highlights=wrong),
    )
    return Block(cells, 1, {0: 22.0})


def _signatures() -> Block:
    row: list[tuple[Content, Style, int]] = [
        (Fixed("任职者签字"), SIGNED, 2),
        (Fixed("日期："), SIGNED, 2),
        (Fixed("直接上级签字"), SIGNED, 1),
        (Fixed("日期："), SIGNED, 2),
    ]
    return parts.spread(row, 34)
