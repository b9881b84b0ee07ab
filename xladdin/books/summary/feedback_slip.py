"""绩效反馈单: what one employee is told of a month, alone in a file: result, trend, strengths, plan.

Plain values, no formula: what may be known of ratings comes in as words that
``scoring.disclosure`` lets out, and nothing of anybody else stands in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from xladdin.books import identity, parts
from xladdin.books.appraisal import head
from xladdin.books.wording import scaled_label
from xladdin.company.appealing import Issue
from xladdin.company.month_results import MONTHS, PersonResult, months_until
from xladdin.domain.people import Period
from xladdin.domain.quantities import plain, written
from xladdin.domain.raw import FULL
from xladdin.domain.schemes import Indicator, Scheme
from xladdin.formula.evaluate import Value
from xladdin.formula.nodes import number
from xladdin.layout import theme
from xladdin.layout.cell_rules import AtMost, Check, DataBar
from xladdin.layout.cells import (
    Asked,
    Block,
    Book,
    Cell,
    Content,
    Fixed,
    Given,
    Paper,
    Properties,
    Shaded,
    Sheet,
    escaped,
    footer,
)
from xladdin.layout.drawings import Lines, Series
from xladdin.layout.measure import PIXELS_PER_POINT, column_points
from xladdin.layout.styles import (
    CENTER,
    GRAND,
    HEAD,
    INPUT,
    INPUT_TEXT,
    LABEL,
    NOTE,
    PLAIN,
    SCORE,
    SECTION,
    SIGNED,
    TEXT,
    Style,
)
from xladdin.scoring import keys

from . import appeal_sheet

FORM, SHEET_NAME, TITLE = "slip", "反馈单", "绩效反馈单"
WIDTH = 12
WIDTHS = (10.2,) * WIDTH
SPANS = (2, 3, 1, 2, 2, 1, 1)
HEADS = ("分项", "指标", "满分", "目标", "实际", "得分", "得分率")
TOTAL, GRADE, REWARD = "told.total", "told.grade", "told.reward"
SCALED = "told.scaled"
"""The total out of the scheme's own scale, where that is not 100."""
GOOD, GAPS, COMPETENCE = "told.good", "told.gaps", "told.competence"
STRONG, WEAK = Decimal("0.9"), Decimal("0.8")
"""Share of the full points from which an item is a strength, and below which it is a gap."""
MOST_TOLD = 4
PLANS = 3
CHART_ROWS, CHART_ROW = 6, 19.0
CORRECTED = "有申诉后的更正，见“申诉”表"
NOTHING_WEAK, NOTHING_STRONG = "各项都在八成以上，请保持。", "没有九成以上的项目。"
NO_COMPETENCE = "本月没有能力评价。"
APPEAL = (
    "签字只表示已经看过，不表示同意。对结果有异议的，请填这个文件里的“申诉”表，"
    "在那里写的期限以前交给人力资源部门。"
)
TASK = "主管与本人面谈后填写黄色格，打印签字，交回人力资源部门。"


def _item(id_: str, what: str) -> str:
    return f"told.{what}.{id_}"


def _month(i: int) -> str:
    return f"trend.{i}"


def _label(i: int) -> str:
    return f"month.{i}"


def book(scheme: Scheme) -> Book:
    """The blueprint of a scheme's slip."""
    origin = identity.Origin(FORM, scheme.id, scheme.fingerprint())
    sheets = (
        _sheet(scheme),
        appeal_sheet.sheet(scheme),
        identity.identity_sheet(origin, appeal_sheet.HIDDEN),
    )
    return Book(sheets, {}, Properties(title=TITLE, subject=scheme.name))


def values(
    one: PersonResult,
    period: Period,
    issue: Issue,
    history: Mapping[Period, Decimal],
    competence: Sequence[str] = (),
) -> dict[str, Value]:
    """The slots of one person's slip; ``competence`` are lines that may be shown."""
    return {**told(one, period, history, competence), **appeal_sheet.values(issue)}


def told(
    one: PersonResult,
    period: Period,
    history: Mapping[Period, Decimal],
    competence: Sequence[str] = (),
) -> dict[str, Value]:
    """What the slip tells, whenever it goes out."""
    scheme = one.scheme
    found = head.values(
        one.employee, period, f"{period.label}{TITLE}", provisional=bool(one.provisional)
    )
    found |= {identity.EMPLOYEE: one.employee.id, identity.PERIOD: str(period)}
    for item in scheme.indicators:
        found |= _figures(item, one)
    for extra in scheme.adjustments:
        found[_item(extra.id, "score")] = _number(one, keys.counted(extra.id))
    grade = one.values.get(keys.GRADE)
    reward = next((each.reward for each in scheme.grades if each.name == grade), "")
    words = [reward, _calibrated(one), CORRECTED if one.corrected else ""]
    found |= {TOTAL: one.total, GRADE: grade, REWARD: "；".join(filter(None, words)) or None}
    found |= appeal_sheet.of_person(one, period)
    if scheme.scale != FULL:
        found[SCALED] = _number(one, keys.SCALED)
    for i, month in enumerate(months_until(period), start=1):
        found[_label(i)] = f"{month.month}月"
        found[_month(i)] = one.total if month == period else history.get(month)
    found[GOOD] = "\n".join(_strengths(one)) or NOTHING_STRONG
    found[GAPS] = "\n".join(_gaps(one)) or NOTHING_WEAK
    found[COMPETENCE] = "\n".join(competence) or NO_COMPETENCE
    return found


def _calibrated(one: PersonResult) -> str:
    """That the grade is not that of the score; who reads the slip would work it out otherwise."""
    decided = one.calibrated
    if decided is None or not decided.is_changed:
        return ""
    return f"等级经过校准，按得分是“{decided.before}”"


def _number(one: PersonResult, key: str) -> Decimal | None:
    value = one.values.get(key)
    return value if isinstance(value, Decimal) else None


def _figures(item: Indicator, one: PersonResult) -> dict[str, Value]:
    target, actual = (_number(one, key) for key in (keys.target(item.id), keys.actual(item.id)))
    score = _number(one, keys.score(item.id))
    return {
        _item(item.id, "target"): "—" if target is None else written(target, item.unit),
        _item(item.id, "actual"): "—" if actual is None else written(actual, item.unit),
        _item(item.id, "score"): score,
        _item(item.id, "rate"): None if score is None else score / item.weight,
    }


def _rated(one: PersonResult) -> list[tuple[Decimal, Indicator]]:
    """Items with the share of their full points, in the form's order."""
    found = []
    for item in one.scheme.indicators:
        score = _number(one, keys.score(item.id))
        if score is not None:
            found.append((score / item.weight, item))
    return found


def _strengths(one: PersonResult) -> Iterator[str]:
    best = sorted((each for each in _rated(one) if each[0] >= STRONG), key=lambda it: -it[0])
    for _, item in best[:MOST_TOLD]:
        yield f"· {item.name}：{_reached(one, item)}"


def _gaps(one: PersonResult) -> Iterator[str]:
    worst = sorted((each for each in _rated(one) if each[0] < WEAK), key=lambda it: it[0])
    for _, item in worst[:MOST_TOLD]:
        yield f"· {item.name}：{_reached(one, item)}{_aim(one, item)}"


def _reached(one: PersonResult, item: Indicator) -> str:
    """What was reached: the words of the band that was given, else the figure."""
    actual = _number(one, keys.actual(item.id))
    score = _number(one, keys.score(item.id)) or Decimal(0)
    points = f"得 {plain(score)} 分（满分 {plain(item.weight)}）"
    if actual is None:
        return points
    for band in item.method.described:
        if band.low <= actual <= band.high:
            return f"{points}，{band.text}"
    return f"{points}，实际 {written(actual, item.unit)}"


def _aim(one: PersonResult, item: Indicator) -> str:
    """What would earn the full points, as far as the scheme says it."""
    if bands := item.method.described:
        best = max(bands, key=lambda band: band.high)
        return f"。{best.ends}分的要求：{best.text}"
    target = _number(one, keys.target(item.id))
    return "" if target is None else f"，目标 {written(target, item.unit)}"


# The sheet.


def _sheet(scheme: Scheme) -> Sheet:
    blocks = (
        parts.screen_bar(TASK, WIDTH),
        parts.title(Given(head.TITLE, TITLE), WIDTH),
        head.row(((head.EMPLOYEE_ID, 4), (head.NAME, 4)), 2),
        head.row(((head.POST, 4), (head.TIME, 4)), 2),
        _outcome(scheme),
        parts.joined((parts.heading("各项得分", WIDTH), *_items(scheme))),
        parts.joined((parts.heading("近十二个月", WIDTH), *_trend())),
        parts.joined((parts.heading("优势与差距", WIDTH), *_words())),
        parts.joined((parts.heading("改进计划", WIDTH), *_plan())),
        parts.joined(
            (
                parts.comment_box("主管意见", "comment.superior", WIDTH, 2, 40),
                parts.comment_box("本人意见", "comment.own", WIDTH, 2, 40),
                _signatures(),
                parts.note(APPEAL, WIDTH, NOTE),
            )
        ),
    )
    made = f"由 xladdin 生成，{escaped(scheme.name)} 第{scheme.version}版"
    return Sheet(SHEET_NAME, WIDTHS, blocks, Paper(footer=footer(right=made)), screen_rows=1)


def _outcome(scheme: Scheme) -> Block:
    points, scaled = GRAND.shown_as("0.00"), scheme.scale != FULL
    row: list[tuple[Content, Style, int]] = [
        (Fixed("最终得分"), HEAD, 2),
        (Given(TOTAL), points, 1 if scaled else 2),
    ]
    if scaled:
        row += [(Fixed(scaled_label(scheme)), HEAD, 2), (Given(SCALED), points, 1)]
    row += [
        (Fixed("等级"), HEAD, 1),
        (Given(GRADE), GRAND, 1 if scaled else 2),
        (Fixed("奖励与改进"), HEAD, 2),
        (Given(REWARD), CENTER, 2 if scaled else 3),
    ]
    return parts.spread(row, 34)


def _items(scheme: Scheme) -> Iterator[Block]:
    yield parts.spread(
        [(Fixed(text), HEAD, span) for text, span in zip(HEADS, SPANS, strict=True)], 22
    )
    for section in scheme.sections:
        rows = [_row(item) for item in section.indicators]
        whole = parts.joined(rows)
        name = Cell(0, 0, Fixed(section.name), SECTION, rows=whole.height, cols=SPANS[0])
        yield Block((name, *whole.cells), whole.height, whole.heights, shades=whole.shades)
    for extra in scheme.adjustments:
        yield parts.spread(
            [
                (Fixed("加减分"), SECTION, 2),
                (Fixed(f"{extra.name}{'（减去）' if extra.taken else ''}"), TEXT, 8),
                (Given(_item(extra.id, "score")), SCORE, 1),
                (Fixed("—"), CENTER, 1),
            ],
            20,
        )


def _row(item: Indicator) -> Block:
    contents: tuple[tuple[Content, Style], ...] = (
        (Fixed(item.name), TEXT),
        (Fixed(item.weight), CENTER),
        (Given(_item(item.id, "target")), CENTER),
        (Given(_item(item.id, "actual")), CENTER),
        (Given(_item(item.id, "score")), SCORE),
        (Given(_item(item.id, "rate")), CENTER.shown_as("0%")),
    )
    cells, col = [], SPANS[0]
    for (content, style), span in zip(contents, SPANS[1:], strict=True):
        cells.append(Cell(0, col, content, style, cols=span))
        col += span
    bar = Shaded(0, WIDTH - 1, 1, 1, DataBar(theme.BAR_DONE, number(1)))
    return Block(tuple(cells), 1, {0: 17.5}, shades=(bar,))


def _trend() -> Iterator[Block]:
    months = range(1, MONTHS + 1)
    yield parts.spread([(Given(_label(i)), LABEL, 1) for i in months], 18)
    yield parts.spread([(Given(_month(i)), CENTER.shown_as("0.00"), 1) for i in months], 20)
    chart = Lines(
        0,
        0,
        "最终得分",
        tuple(_label(i) for i in months),
        (Series("最终得分", tuple(_month(i) for i in months), theme.CHART_DARK),),
        int(sum(map(column_points, WIDTHS)) * PIXELS_PER_POINT) - 6,
        int(CHART_ROWS * CHART_ROW * PIXELS_PER_POINT) - 6,
        unit="分",
    )
    frame = Cell(0, 0, Fixed(""), PLAIN, rows=CHART_ROWS, cols=WIDTH)
    heights = dict.fromkeys(range(CHART_ROWS), CHART_ROW)
    yield Block((frame,), CHART_ROWS, heights, charts=(chart,))


def _words() -> Iterator[Block]:
    lines = (("做得好的", GOOD), ("要改进的", GAPS), ("能力评价", COMPETENCE))
    for label, key in lines:
        row: list[tuple[Content, Style, int]] = [
            (Fixed(label), LABEL, 2),
            (Given(key), TEXT, WIDTH - 2),
        ]
        yield parts.spread(row, 30)


def _plan() -> Iterator[Block]:
    spans = (4, 4, 2, 2)
    heads = ("改进事项", "怎样做", "完成时间", "需要的支持")
    yield parts.spread(
        [(Fixed(text), SECTION, span) for text, span in zip(heads, spans, strict=True)], 20
    )
    for row in range(1, PLANS + 1):
        cells, col = [], 0
        for what, (name, span) in enumerate(zip(heads, spans, strict=True)):
            style = INPUT if name == "完成时间" else INPUT_TEXT
            told = f"{name}，最多 100 字。"
            check = Check(AtMost(100), told, f"{name}不能超过 100 字。", name)
            key = f"plan.{row}.{what + 1}"
            cells.append(Cell(0, col, Asked(key), style, cols=span, check=check))
            col += span
        yield Block(tuple(cells), 1, {0: 30.0})


def _signatures() -> Block:
    row: list[tuple[Content, Style, int]] = [
        (Fixed("本人签字"), SIGNED, 3),
        (Fixed("日期："), SIGNED, 3),
        (Fixed("主管签字"), SIGNED, 3),
        (Fixed("日期："), SIGNED, 3),
    ]
    return parts.spread(row, 28)
