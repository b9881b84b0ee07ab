"""收数表: the figures of a month that one person delivers, of all their people on one sheet.

It carries the record that reports carry (``reports.sent_cells``), so that it is read without the master
that it was made from.  What is known already stands there to be seen; what lacks is asked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from xladdin.domain.people import Employee, Period
from xladdin.domain.quantities import Unit, facts
from xladdin.domain.schemes import Indicator
from xladdin.formula.nodes import CountNumbers, Expr, Var, total
from xladdin.layout.cell_rules import Between, Check
from xladdin.layout.cells import (
    Asked,
    Block,
    Book,
    Cell,
    Content,
    Fixed,
    Orientation,
    Paper,
    Properties,
    Result,
    Sheet,
)
from xladdin.layout.place import keyed_cells
from xladdin.layout.styles import (
    CENTER,
    HEAD,
    INPUT,
    LABEL,
    NAME,
    NOTE,
    PROGRESS,
    REMARK,
    SECTION,
    SIGNED,
    TEXT,
    Style,
)

from . import entry, parts, wording
from .reports.report_identity import request_identity
from .reports.sent_cells import COMPUTED, Rule, SentCell, recorded
from .reports.sent_cells import TEXT as WORDS

TITLE = "收数表"
LEADING = (("序号", 6.0), ("姓名", 11.0), ("工号", 11.0))
LED = len(LEADING)
NUMBER, PERSON, ID = range(LED)
AIM, VALUE = "目标", "实际"
MOST_COLUMNS = 12
"""Columns of figures beside each other; what is more stands in a further part."""
NARROWEST, WIDEST = 10.0, 34.0
UPRIGHT, ACROSS = 92.0, 136.0
"""Characters that fit beside each other on a page."""
MOST_PEOPLE = 25
"""Of one part, so that it stays together on a page with its heads."""
ROW = 21.0
HINT = "只填黄色格子，填好变白；没有数的空着，不要写 0。填好保存，把文件原样交回。"
ABOUT = (
    "百分比写成 65%，时间、金额、次数只写数字。还没有的空着，不要写 0。灰字的数已经有了，不用再填。"
)
NOTE_KEY, DONE_KEY = "note", "told.progress"
FIGURE = "fig."
"""Beginning of the keys of figures: employee and indicator come behind it."""
CODED = "e"
"""Before the bytes of an employee's id in hexadecimal digits."""
KNOWN = replace(CENTER, color=REMARK.color)


@dataclass(frozen=True, slots=True)
class Wanted:
    """One figure: whose, of what, what was to be reached, and what is known of it."""

    employee: Employee
    item: Indicator
    target: Decimal | None
    actual: Decimal | None = None
    state: str = ""

    @property
    def asked(self) -> bool:
        return self.actual is None

    @property
    def key(self) -> str:
        """``fig.e413031.sales``: ids of employees may hold what names may not.

        Not with an x: ``_x4130_`` stands for a character in what programs write.
        """
        return f"{FIGURE}{CODED}{self.employee.id.encode().hex()}.{self.item.id}"

    @property
    def label(self) -> str:
        """What a person calls it."""
        return f"{self.employee.name}（{self.employee.id}）·{self.item.name}"


def figure_of(key: str) -> tuple[str, str] | None:
    """Ids of employee and indicator out of a key; None where it is of no figure."""
    person, _, item = key.removeprefix(f"{FIGURE}{CODED}").partition(".")
    try:
        return (
            (bytes.fromhex(person).decode(), item) if key.startswith(f"{FIGURE}{CODED}") else None
        )
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked of one deliverer."""

    deliverer: str
    period: Period
    figures: tuple[Wanted, ...]
    """Those of one person beside each other, in the order of the roster."""

    @property
    def asked(self) -> tuple[Wanted, ...]:
        """Those that are not known yet."""
        return tuple(one for one in self.figures if one.asked)


def book(request: Request) -> Book:
    """The workbook, ready to be filled in."""
    divided = list(_parts(request.figures))
    sheet = _sheet(request, divided)
    model: dict[str, Expr] = {
        part.key: CountNumbers(tuple(Var(one.key) for one in part.asked)) for part in divided
    }
    model[DONE_KEY] = total(tuple(Var(part.key) for part in divided))
    made = Book((sheet,), model, Properties(title=_title(request), subject=request.deliverer))
    whose = request_identity(request.period, request.deliverer)
    return recorded(made, whose, _cells(made, divided))


def _title(request: Request) -> str:
    return f"{request.period.label}{TITLE}"


# Parts: people of a department beside the same indicators.


@dataclass(frozen=True, slots=True)
class _Part:
    """People and what is asked of them; each has the same indicators."""

    at: int
    department: str
    items: tuple[Indicator, ...]
    people: tuple[tuple[Wanted, ...], ...]
    first: int
    """The number of its first line."""

    @property
    def key(self) -> str:
        return f"told.part.{self.at}"

    @property
    def asked(self) -> tuple[Wanted, ...]:
        return tuple(one for person in self.people for one in person if one.asked)

    @property
    def columns(self) -> int:
        return sum(map(_columns_of, self.items))


def _columns_of(item: Indicator) -> int:
    return 2 if item.uses_target else 1


def _parts(figures: Sequence[Wanted]) -> Iterator[_Part]:
    """In the order in which departments and indicators come; nobody of whom all is known."""
    alike: dict[tuple[str, tuple[Indicator, ...]], list[tuple[Wanted, ...]]] = {}
    for person in _by_person(figures):
        for some in _side_by_side(person):
            if any(one.asked for one in some):
                key = (some[0].employee.department, tuple(one.item for one in some))
                alike.setdefault(key, []).append(some)
    at = first = 1
    for (department, items), people in alike.items():
        for start in range(0, len(people), MOST_PEOPLE):
            own = tuple(people[start : start + MOST_PEOPLE])
            yield _Part(at, department, items, own, first)
            at, first = at + 1, first + len(own)


def _by_person(figures: Sequence[Wanted]) -> Iterator[tuple[Wanted, ...]]:
    found: dict[str, list[Wanted]] = {}
    for one in figures:
        found.setdefault(one.employee.id, []).append(one)
    return map(tuple, found.values())


def _side_by_side(person: Sequence[Wanted]) -> Iterator[tuple[Wanted, ...]]:
    """What fits beside each other."""
    own: list[Wanted] = []
    for one in person:
        if sum(_columns_of(each.item) for each in (*own, one)) > MOST_COLUMNS:
            yield tuple(own)
            own = []
        own.append(one)
    if own:
        yield tuple(own)


# The sheet.


def _sheet(request: Request, divided: Sequence[_Part]) -> Sheet:
    columns = max((part.columns for part in divided), default=1)
    upright = LED * 9.5 + columns * NARROWEST <= UPRIGHT
    room = (UPRIGHT if upright else ACROSS) - sum(width for _, width in LEADING)
    each = min(WIDEST, max(NARROWEST, int(room / columns * 2) / 2))
    widths = (*(width for _, width in LEADING), *(each,) * columns)
    width, count = len(widths), len(request.asked)
    over = min(3, columns)
    done = Cell(
        0, width - over, Result(DONE_KEY), PROGRESS.shown_as(f'"已填 "0" / {count}"'), cols=over
    )
    blocks = [
        parts.screen_bar(HINT, width, done, count),
        parts.title(Fixed(_title(request)), width),
        parts.note(_about(request), width, LABEL_LEFT),
        parts.note(ABOUT, width),
        *(_part(part, width) for part in divided),
        _closing(width),
        *_explained(request, width),
    ]
    paper = Paper(Orientation.PORTRAIT if upright else Orientation.LANDSCAPE)
    return Sheet(TITLE, widths, tuple(blocks), paper, freeze=(1, 0), screen_rows=1)


LABEL_LEFT = replace(LABEL, align="left", indent=1)
HEADING_LEFT = replace(SECTION, align="left", indent=1)


def _about(request: Request) -> str:
    """Who delivers, of how many people, until when."""
    dues = dict.fromkeys(one.item.source.due for one in request.asked if one.item.source.due)
    people = len({one.employee.id for one in request.asked})
    until = f"　　截止：{'、'.join(dues)}" if dues else ""
    return f"报数人：{request.deliverer}　　{people} 人，要报 {len(request.asked)} 个数{until}"


def _part(part: _Part, width: int) -> Block:
    """A heading with how much is there, the heads of the indicators, a row per person."""
    over = min(3, width - LED)
    count = PROGRESS.shown_as(f'"已填 "0" / {len(part.asked)}"')
    heading = Block(
        (
            Cell(0, 0, Fixed(part.department), HEADING_LEFT, cols=width - over),
            Cell(0, width - over, Result(part.key), count, cols=over),
        ),
        1,
        {0: 20.0},
    )
    rows = [_person(person, part.first + i) for i, person in enumerate(part.people)]
    return parts.joined((heading, _heads(part.items), *rows))


def _heads(items: Sequence[Indicator]) -> Block:
    """Each indicator over its columns, below it what they hold."""
    cells = [Cell(0, col, Fixed(text), HEAD, rows=2) for col, (text, _) in enumerate(LEADING)]
    col = LED
    for item in items:
        cells.append(Cell(0, col, Fixed(item.name), HEAD, cols=_columns_of(item)))
        unit = facts(item.unit).suffix or facts(item.unit).label
        if item.uses_target:
            cells.append(Cell(1, col, Fixed(AIM), SMALL_HEAD))
        col += _columns_of(item)
        cells.append(Cell(1, col - 1, Fixed(f"{VALUE} {unit}"), SMALL_HEAD))
    return Block(tuple(cells), 2, {0: 30.0, 1: 20.0})


SMALL_HEAD = replace(LABEL, size=NOTE.size)


def _person(person: Sequence[Wanted], line: int) -> Block:
    first, col = person[0].employee, LED
    cells = [
        Cell(0, NUMBER, Fixed(str(line)), KNOWN),
        Cell(0, PERSON, Fixed(first.name), NAME),
        Cell(0, ID, Fixed(first.id), CENTER),
    ]
    for one in person:
        shown = entry.number_format(one.item.unit)
        if one.item.uses_target:
            cells.append(Cell(0, col, Fixed(one.target), KNOWN.shown_as(shown)))
        col += _columns_of(one.item)
        cells.append(_value(col - 1, one, shown))
    return Block(tuple(cells), 1, {0: ROW})


def _value(col: int, one: Wanted, shown: str) -> Cell:
    """The figure: asked for, or seen."""
    if not one.asked:
        return Cell(0, col, Fixed(one.actual), KNOWN.shown_as(shown))
    wrong = (
        entry.between_bands(one.item, one.key)
        if one.item.subjective
        else entry.out_of_range(one.key, one.item.unit)
    )
    marks = (entry.missing(one.key), wrong)
    look = INPUT.shown_as(shown)
    return Cell(0, col, Asked(one.key), look, check=_check(one), highlights=marks)


def _check(one: Wanted) -> Check:
    """What the cell takes; the prompt says whose it is."""
    known = (
        entry.rating_check(one.item, one.key)
        if one.item.subjective
        else entry.figure_check(one.item.unit, one.item.name, VALUE)
    )
    return replace(known, prompt=f"{one.employee.name}：{known.prompt}")


def _closing(width: int) -> Block:
    """A place for remarks, and who answers for the figures."""
    signed: list[tuple[Content, Style, int]] = [
        (Fixed("报数人签字"), SIGNED, 2),
        (Fixed("日期："), SIGNED, 1),
        (Fixed("复核人签字、日期："), SIGNED, width - LED),
    ]
    remark = parts.comment_box("备注", NOTE_KEY, width, 1, 44)
    return parts.joined((remark, parts.spread(signed, 26)))


def _explained(request: Request, width: int) -> Iterator[Block]:
    """What each figure is, out of which register it comes, and how it is judged."""
    items = {(one.item.name, one.item.definition): one.item for one in request.asked}
    heading, *rows = (
        parts.heading("各指标怎样填", width),
        *(_explanation(item, width) for item in items.values()),
    )
    yield parts.joined((heading, *rows[:1]))
    yield from rows[1:]


def _explanation(item: Indicator, width: int) -> Block:
    form = f"来源：{item.source.form}" if item.source.form else ""
    lines = "\n".join(filter(None, (item.definition, *wording.band_lines(item), form)))
    row: list[tuple[Content, Style, int]] = [
        (Fixed(item.name), NAME, 2),
        (Fixed(wording.dash(lines)), TEXT, width - 2),
    ]
    return parts.spread(row)


# What goes out is listed.


def _cells(made: Book, divided: Sequence[_Part]) -> Iterator[SentCell]:
    """Every cell that is asked for, with the number of its line."""
    known = {
        one.key: (one, str(part.first + i))
        for part in divided
        for i, person in enumerate(part.people)
        for one in person
    }
    for key, sheet, cell in keyed_cells(made):
        spot = (cell.row + 1, cell.col + 1)
        if key in known:
            one, line = known[key]
            anchor = (NUMBER + 1, line)
            yield SentCell(key, sheet.name, one.label, _rule(one), None, None, WORDS, spot, anchor)
        elif key == NOTE_KEY:
            yield SentCell(key, sheet.name, "备注", None, None, None, WORDS, spot, (1, "备注"))
        else:
            yield SentCell(key, sheet.name, "已填", None, None, None, COMPUTED, spot)


def _rule(one: Wanted) -> Rule:
    """What the cell takes; of a judged indicator from the lowest to the highest points of its bands."""
    shown, bands = entry.number_format(one.item.unit), one.item.method.described
    if bands:
        return Rule(min(band.low for band in bands), max(band.high for band in bands), shown)
    rule = _check(one).rule
    assert isinstance(rule, Between)  # noqa: S101 - of all that is measured
    return Rule(rule.low, rule.high, shown, rule.whole, one.item.unit is Unit.DATE)
