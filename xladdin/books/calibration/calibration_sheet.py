"""校准: the people of a scheme, the grade before, the grade after by drop-down, and why.

A sheet per scheme.  Over the table stand, always in sight: who calibrates, how many have each grade, what
of the guidelines is missed, what is still to be done, and the bonuses beside the budget.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from xladdin.books import parts
from xladdin.books.summary import summary_parts as sp
from xladdin.books.summary.summary_detail import sheet_name
from xladdin.company.calibrating import Board, bonus, current_grade, original_grade, thirds
from xladdin.company.month_results import PersonResult
from xladdin.domain.schemes import Scheme
from xladdin.formula.nodes import (
    Blank,
    Compare,
    CountWhere,
    Expr,
    Filled,
    If,
    IsEmpty,
    IsNumber,
    Join,
    Not,
    Range,
    Rel,
    Related,
    Round,
    Same,
    SumWhere,
    Text,
    Var,
    cases,
    number,
    one_of,
    sub,
    total,
)
from xladdin.formula.questions import NEVER, NOTHING, both, equal, some
from xladdin.formula.walk import substitute
from xladdin.layout import theme
from xladdin.layout.cell_rules import AtMost, Between, Check, Choice, Highlight
from xladdin.layout.cells import Asked, Block, Content, Fixed, Result, Sheet
from xladdin.layout.styles import ALERT, CENTER, GOOD, INPUT, INPUT_TEXT, LABEL, TEXT, Style
from xladdin.scoring.model import Model

from . import calibration_keys as ck

SHEET_NAME = "校准"
TOLD = (
    "在“校准后”里选等级，不改的就不动；改了的必须写理由。人数、奖金会跟着变。填好写上校准人，"
    "保存，交回人力资源部门。等级不能单凭排在最后就改低。"
)
WHO = "校准人"
HEADS = {
    "name": "姓名",
    "department": "部门",
    "total": "总分",
    "before": "原等级",
    "after": "校准后",
    "why": "理由",
    "order": "同级顺序",
    "id": "工号",
}
"""Under these heads a filled-in sheet is read."""
LONGEST_REASON = 200
REASON = "请写理由"
NO_GRADE, UNKNOWN_GRADE = "请选等级", "没有这个等级"
NO_ORDER, WRONG_ORDER, ORDER_TWICE = "请排顺序", "顺序不对", "顺序重复"
NOBODY, DONE = "请写校准人", "都填好了"
BOLD = Style(bold=True)
MONEY = Style(bold=True, align="right", number_format="#,##0.00")


def sheets(board: Board, boxes: dict[str, str]) -> tuple[Sheet, ...]:
    """A sheet per scheme; ``boxes``: employee id -> how their competency is, where that is known."""
    many = len(board.schemes) > 1
    return tuple(
        _sheet(
            board, scheme, i, sheet_name(SHEET_NAME, scheme.name, i) if many else SHEET_NAME, boxes
        )
        for i, scheme in enumerate(board.schemes, start=1)
    )


def _sheet(board: Board, scheme: Scheme, i: int, name: str, boxes: dict[str, str]) -> Sheet:
    columns = list(_columns(board, scheme, boxes=bool(boxes)))
    rows = (_row(board, one, boxes) for one in board.of_scheme(scheme))
    table = sp.table(ck.table(i), columns, rows)
    width = sum(not each.column.hidden for each in columns)
    what = f"绩效校准表（{board.department or '全公司'}）"
    waiting = f"另有 {board.waiting} 人还没有总分，没有列入。" if board.waiting else ""
    above = [
        parts.title_text(f"{board.results.period.label}{what}", width),
        parts.note(f"{scheme.name}。{TOLD}{waiting}", width, TEXT_PLAIN),
        *_strip(board, i, width),
    ]
    return sp.table_sheet(name, above, columns, table, kept=1, color=theme.CHART_DARK)


TEXT_PLAIN = Style(border=False)


# The table.


def _columns(board: Board, scheme: Scheme, *, boxes: bool) -> Iterator[sp.Wide]:
    names = tuple(grade.name for grade in scheme.grades)
    yield sp.entry("name", HEADS["name"], 10, sp.NAME)
    yield sp.entry("department", HEADS["department"], 14)
    yield sp.entry("total", HEADS["total"], 9, sp.POINTS)
    yield sp.entry("before", HEADS["before"], 10, CENTER)
    chosen = Check(Choice(names), "从列表里选；不改的不动。", "请从列表中选。", HEADS["after"])
    yield _marked("after", 11, INPUT, chosen, Highlight(_MOVED, GOOD))
    reason = Check(AtMost(LONGEST_REASON), "改了等级的，写为什么。", f"最多 {LONGEST_REASON} 字。")
    yield _marked("why", 34, INPUT_TEXT, reason, Highlight(both(_MOVED, _NO_REASON), ALERT))
    if board.ordered:
        place = Check(
            Between(Decimal(1), Decimal(9999), whole=True), "同一等级里排第几。", "请填 1、2、3。"
        )
        yield _marked("order", 9, INPUT, place)
    told = _told(names, len(board.people), ordered=board.ordered)
    todo = Highlight(Not(IsEmpty(Var("told", text=True))), ALERT)
    yield sp.computed("told", "要处理", 13, told, BOLD_CENTER, (todo,))
    yield sp.computed("coefficient", "系数", 7, _coefficient(scheme))
    yield sp.entry("base", "奖金基数", 11, sp.MONEY)
    yield sp.computed("bonus", "奖金", 11, _bonus(scheme), sp.MONEY)
    if boxes:
        yield sp.computed("box", "九宫格", 14, _box(names))
    yield sp.entry("id", HEADS["id"], 10, sp.GREY_ID)
    yield sp.known("team")
    yield sp.known("part")
    if boxes:
        yield sp.known("potential")
    yield sp.helper("moved", If(_MOVED, number(1), number(0)))


BOLD_CENTER = Style(bold=True, align="center")


def _marked(key: str, width: float, style: Style, check: Check, *marks: Highlight) -> sp.Wide:
    made = sp.entry(key, HEADS[key], width, style, check)
    return sp.with_highlights(made, marks)


_AFTER, _BEFORE = Var("after", text=True), Var("before", text=True)
_MOVED = If(IsEmpty(_AFTER), NEVER, Not(equal(_AFTER, _BEFORE)))
_NO_REASON = IsEmpty(Var("why", text=True))


def _told(names: tuple[str, ...], people: int, *, ordered: bool) -> Expr:
    """What is still to be done in a row; empty where nothing is."""
    known = one_of(tuple(equal(_AFTER, Text(name)) for name in names))
    branches: list[tuple[Expr, Expr]] = [
        (IsEmpty(_AFTER), Text(NO_GRADE)),
        (Not(known), Text(UNKNOWN_GRADE)),
        (both(_MOVED, _NO_REASON), Text(REASON)),
    ]
    if ordered:
        place = Var("order")
        branches.append((Not(IsNumber(place)), Text(NO_ORDER)))
        branches.append((Compare(Rel.LT, place, number(1)), Text(WRONG_ORDER)))
        branches.append((Compare(Rel.GT, place, number(people)), Text(WRONG_ORDER)))
    return cases(tuple(branches), NOTHING)


def _coefficient(scheme: Scheme) -> Expr:
    found = tuple((equal(_AFTER, Text(it.name)), number(it.coefficient)) for it in scheme.grades)
    return cases(found, Blank())


def _bonus(scheme: Scheme) -> Expr:
    names: dict[str, Expr] = {"score": Var("total"), "grade": _AFTER}
    return substitute(scheme.bonus_expression, names)


def _box(names: tuple[str, ...]) -> Expr:
    """Where somebody stands among nine: by the grade after, and by competency."""
    steps = tuple((equal(_AFTER, Text(it)), Text(level)) for it, level in thirds(names).items())
    known = Join(
        (Text("绩效"), cases(steps, Text("？")), Text("·能力"), Var("potential", text=True))
    )
    return If(IsEmpty(Var("potential", text=True)), NOTHING, known)


def _row(board: Board, one: PersonResult, boxes: dict[str, str]) -> sp.Row:
    person, decided = one.employee, one.calibrated
    order = decided.order if decided else None
    return {
        "name": person.name,
        "department": person.department,
        "total": one.total,
        "before": original_grade(one),
        "after": current_grade(one),
        "why": (decided.why or None) if decided else None,
        "order": None if order is None else Decimal(order),
        "base": one.base if one.scheme.bonus_rule.needs_base else None,
        "id": person.id,
        "team": ck.team_of(board, one),
        "part": ck.part_of(board, one),
        "potential": boxes.get(person.id),
    }


# What stands over it.


def _strip(board: Board, i: int, width: int) -> Iterator[Block]:
    """Three rows that stay in sight."""
    rest = width - 4
    asks: list[tuple[Content, Style, int]] = [(Fixed(WHO), LABEL, 1), (Asked(ck.WHO), INPUT, 2)]
    who = [
        # Who calibrates is said once, on the first sheet.
        *(asks if i == 1 else []),
        (Fixed("现在"), LABEL, 1),
        (Result(ck.line(i)), TEXT, rest if i == 1 else rest + 3),
    ]
    asked: list[tuple[Content, Style, int]] = [
        (Fixed("进度"), LABEL, 1),
        (Result(ck.todo(i)), BOLD_CENTER, 2),
        (Fixed("人数要求"), LABEL, 1),
        (Result(ck.asked(i)), BOLD, rest),
    ]
    money: list[tuple[Content, Style, int]] = [
        (Fixed("奖金预算"), LABEL, 1),
        (_budget(board) if i == 1 else Result(ck.budget(i)), _look(i), 2),
        (Fixed("原奖金"), LABEL, 1),
        (Fixed(paid_before(board)), MONEY, 1),
        (Result(ck.PAID), MONEY.shown_as('"校准后 "#,##0.00'), 1),
        (Result(ck.LEFT), MONEY.shown_as('"结余 "#,##0.00;"超出 "#,##0.00'), rest - 2),
    ]
    yield _lit(parts.spread(who, 22), {})
    yield _lit(parts.spread(asked, 30), {ck.asked(i): _OFF(i), ck.todo(i): _OPEN(i)})
    yield _lit(parts.spread(money, 22), {ck.LEFT: _OVER})


def _budget(board: Board) -> Asked:
    # The company's budget is not the department's: its head sees what is the department's own.
    own = board.results.teams.of(board.department) if board.department else board.results.budget
    return Asked(ck.BUDGET, own)


def _look(i: int) -> Style:
    return sp.MONEY_INPUT if i == 1 else MONEY


def _lit(block: Block, marks: dict[str, Expr]) -> Block:
    cells = tuple(
        parts.highlighted(cell, Highlight(marks[cell.content.key], ALERT))
        if isinstance(cell.content, Result) and cell.content.key in marks
        else cell
        for cell in block.cells
    )
    return Block(cells, block.height, block.heights)


def _OFF(i: int) -> Expr:  # noqa: N802 - a test over a sheet's cells, like those that are constants
    return Not(equal(Var(ck.asked(i), text=True), Text(ck.ALL_FIT)))


def _OPEN(i: int) -> Expr:  # noqa: N802 - see above
    return Not(equal(Var(ck.todo(i), text=True), Text(DONE)))


_OVER = If(IsNumber(Var(ck.LEFT)), Compare(Rel.LT, Var(ck.LEFT), number(0)), NEVER)


def paid_before(board: Board) -> Decimal:
    """What the grades of the scores would pay."""
    found = (bonus(one, original_grade(one)) for one in board.people)
    return sum((due for due in found if due is not None), Decimal(0))


def model(board: Board) -> Model:
    """What the strips say."""
    found: Model = {}
    tables = [ck.table(i) for i, _ in enumerate(board.schemes, start=1)]
    sums = tuple(SumWhere(Range(f"{it}.bonus"), (Filled(Range(f"{it}.id")),)) for it in tables)
    found[ck.PAID] = Round(total(sums), 2) if sums else number(0)
    budget = Var(ck.BUDGET)
    found[ck.LEFT] = If(IsNumber(budget), Round(sub(budget, Var(ck.PAID)), 2), Blank())
    for i, scheme in enumerate(board.schemes, start=1):
        if i > 1:
            found[ck.budget(i)] = If(IsNumber(budget), budget, Blank())
        found |= _counted(i, scheme)
        found |= _remaining(i, ordered=board.ordered, scheme=scheme)
    return found


def _counted(i: int, scheme: Scheme) -> Model:
    found: Model = {}
    words: list[Expr] = []
    for g, grade in enumerate(scheme.grades):
        key = ck.after(i, g)
        found[key] = CountWhere((Same(Range(f"{ck.table(i)}.after"), Text(grade.name)),))
        words += [Text(f"{'，' if g else ''}{grade.name} "), Round(Var(key), 0), Text(" 人")]
    found[ck.line(i)] = Join(tuple(words))
    return found


def _remaining(i: int, *, ordered: bool, scheme: Scheme) -> Model:
    """How many rows want something, and whether the order within a grade is wrong."""
    rows = CountWhere((Filled(Range(f"{ck.table(i)}.told")),))
    branches: list[tuple[Expr, Expr]] = [
        (some(Var(ck.open_rows(i))), Join((Round(Var(ck.open_rows(i)), 0), Text(" 人要处理"))))
    ]
    if ordered:
        wrong = one_of(tuple(_out_of_order(i, it.name) for it in scheme.grades))
        branches.append((wrong, Text(ORDER_TWICE)))
    branches.append((IsEmpty(Var(ck.WHO, text=True)), Text(NOBODY)))
    return {ck.open_rows(i): rows, ck.todo(i): cases(tuple(branches), Text(DONE))}


def _out_of_order(i: int, grade: str) -> Expr:
    """Whether the places of a grade are not 1, 2, 3: then their sum, or their number, is another one."""
    own = Same(Range(f"{ck.table(i)}.after"), Text(grade))
    place = Range(f"{ck.table(i)}.order")
    count = CountWhere((own,))
    below = CountWhere((own, Related(place, Rel.GE, number(1)), Related(place, Rel.LE, count)))
    return Not(equal(below, count))
