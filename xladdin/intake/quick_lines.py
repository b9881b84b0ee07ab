"""Lines of figures of which nothing has to be told, read by column.

A line is plain where each of its cells says by itself what it means, and nothing about it depends
on other lines.  Each different cell is judged once, by the functions of the careful reading
(``careful_lines``); lines of which these would tell something are left to that reading, which then
finds the same in the same order.  ``tests/intake/test_quick_lines.py`` holds the two equal.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import repeat
from typing import NamedTuple

from pydantic import ValidationError

from xladdin.domain.people import Actual, Period
from xladdin.domain.quantities import Unit
from xladdin.problems import NOWHERE

from .careful_lines import CarefulReader, is_given, is_rest
from .coded_rows import NONE, ODD
from .doubtful_texts import text_problem
from .headers import header_key
from .months import Fault, month_of, part_told
from .scheme_items import Item
from .stated_figures import bare_percent, kind_of, read_figure
from .stated_units import UNIT_HEADS, beside
from .table_rows import Lines, Row
from .text import clean_lines, key_text, name_key, written_text

UNKNOWN = -1
FIGURES = ("target", "actual", "self_rating")
_MOST_KEPT = 100_000
"""Judgements of cells that are kept: of amounts that are all different each is asked for once."""


class _Person(NamedTuple):
    """Whom a cell names, by number."""

    named: int
    sure: int
    """The same, unless the id is hardly what was typed."""
    plain: bool


class _Figure(NamedTuple):
    """What a cell says as a figure of an item."""

    value: Decimal | None
    plain: bool
    """Whether there is nothing to tell of it."""
    bare: Decimal | None = None
    """A percentage without its sign."""


@dataclass(slots=True)
class Found:
    """What is known of every line, by its number in the whole table."""

    month: array[int] = field(default_factory=lambda: array("i"))
    person: array[int] = field(default_factory=lambda: array("i"))
    item: array[int] = field(default_factory=lambda: array("i"))
    figures: tuple[list[Decimal | None], ...] = field(default_factory=lambda: ([], [], []))
    """Those of ``FIGURES``."""
    remark: list[str] = field(default_factory=list)
    careful: set[int] = field(default_factory=set)
    """Lines of which something may have to be told."""
    groups: dict[tuple[int, int], array[int]] = field(default_factory=dict)
    """Person and month -> the lines of which it is known what they are of."""
    newest: Period | None = None

    def add(self, month: int, person: int, item: int) -> None:
        """A line; what its figures are is known already, or nothing."""
        self.month.append(month)
        self.person.append(person)
        self.item.append(item)
        if month >= 0 and person >= 0 and item >= 0:
            line = len(self.month) - 1
            group = self.groups.get((person, month))
            if group is None:
                self.groups[person, month] = array("I", (line,))
            else:
                group.append(line)

    def leave_open(self) -> None:
        """The figures of a line that is not plain."""
        for figures in self.figures:
            figures.append(None)


class QuickReader:
    """Reads the plain lines of a table, and says which are not."""

    def __init__(self, careful: CarefulReader) -> None:
        self.careful, self.found = careful, Found()
        self.people = [*careful.employees.values()]
        self.numbers = {id_: number for number, id_ in enumerate(careful.employees)}
        self.months: list[Period] = []
        self.items: list[Item] = []
        self._asked: dict[int, dict[str, int]] = {}
        self._bare: dict[tuple[object, ...], tuple[set[int], array[int]]] = {}

    def read(self, part: Lines) -> None:
        """The lines of one sheet; ``done`` when all have been read."""
        _Sheet(self, part).read()

    def done(self) -> Found:
        """Everything, after what lines say beside each other."""
        for kinds, lines in self._bare.values():
            if len(kinds - {0}) > 1:
                self.found.careful.update(lines)
        for lines in self.found.groups.values():
            items = [self.found.item[line] for line in lines]
            if len(set(items)) < len(items):
                self.found.careful.update(lines)
        return self.found

    def actual(self, line: int) -> Actual:
        """The figures of a plain line."""
        found, (targets, actuals, owns) = self.found, self.found.figures
        # Each of these has been checked; to check a model's fields takes longer than all the rest.
        return Actual.model_construct(
            _FIELDS,
            period=self.months[found.month[line]],
            employee=self.people[found.person[line]].id,
            indicator=self.items[found.item[line]].id,
            target=targets[line],
            actual=actuals[line],
            self_rating=owns[line],
            remark=found.remark[line],
            refused="",
        )

    def month(self, row: Row) -> tuple[int, bool]:
        """The number of the month that a line is of, and whether it says so plainly."""
        if not row.key("period"):
            return UNKNOWN, False
        said, raw = self.careful.months.said(row), row.raw("period")
        found = month_of(said, raw)
        if isinstance(found, Fault):
            return UNKNOWN, False
        if found not in self.months:
            self.months.append(found)
        self.found.newest = max(found, self.found.newest or found)
        return self.months.index(found), not part_told(said, raw, found)

    def person(self, raw: object) -> _Person:
        """Whom a cell names."""
        number = self.numbers.get(key_text(raw), UNKNOWN)
        doubt = text_problem(raw, NOWHERE)
        sure = UNKNOWN if doubt and doubt.is_error else number
        return _Person(number, sure, number >= 0 and not doubt)

    def item(self, person: int, name: str) -> int:
        """What an employee's scheme calls so."""
        return UNKNOWN if person < 0 else self._asked_of(person).get(name, UNKNOWN)

    def _asked_of(self, person: int) -> Mapping[str, int]:
        """What an employee's scheme asks for, by all that it may be called."""
        asked = self.careful.asked_of(self.people[person])
        if asked is None:
            return {}
        # By identity: the careful reader keeps what it has found.
        if id(asked) not in self._asked:
            start = len(self.items)
            numbers = {item.id: start + at for at, item in enumerate(asked.values())}
            self.items += asked.values()
            self._asked[id(asked)] = {name: numbers[item.id] for name, item in asked.items()}
        return self._asked[id(asked)]

    def note_bare(self, group: tuple[object, ...], bare: Decimal, line: int) -> None:
        """A percentage without its sign: beside others it may say nothing."""
        kinds, lines = self._bare.setdefault(group, (set(), array("I")))
        kinds.add(kind_of(bare))
        lines.append(line)


_FIELDS = {"period", "employee", "indicator", *FIGURES, "remark"}
_ANY = Period("2026-01")


class _Sheet:
    """The lines of one sheet; what is asked of a cell is asked of each different one."""

    def __init__(self, whole: QuickReader, part: Lines) -> None:
        self.whole, self.part, self.start = whole, part, len(whole.found.month)
        columns = {name: part.column(name) for name in part.head.columns}
        self.values = {name: column.values for name, column in columns.items() if column}
        heads = [n for n, label in enumerate(part.head.labels) if header_key(label) in UNIT_HEADS]
        self.unit = part.coded.column(heads[0]) if heads else None
        self.by_column = len(heads) < 2
        self.known: tuple[dict[tuple[int, int, int], _Figure], ...] = ({}, {}, {})
        self.named: dict[tuple[int, int], bool] = {}

    def read(self) -> None:
        """Every line, in the order of the sheet."""
        whole, found, texts = self.whole, self.whole.found, self._texts("indicator")
        months, people = self._months(), [*map(whole.person, self.values["employee"])]
        remarks = [*map(self._remark, self.values.get("remark", (None, None)))]
        for at, (month_, person_, name, item_, remark_, unit, *cells) in enumerate(self._codes()):
            if person_ == ODD or not self.by_column:
                self._alone(at)
                continue
            (month, plain), who = months[month_], people[person_]
            item = whole.item(who.named, texts[item_])
            found.add(month, who.sure, item)
            plain = plain and who.plain and item >= 0
            if item >= 0:
                plain &= self._figures(at, item, unit, cells)
            else:
                found.leave_open()
            said, remark = remarks[remark_]
            found.remark.append(remark)
            if not (plain and said and self._is_named(who.named, name)):
                found.careful.add(self.start + at)

    def _codes(self) -> Iterator[tuple[int, ...]]:
        """Of each line the numbers of its cells."""
        names = ("period", "employee", "name", "indicator", "remark")
        unit = self.part.codes(self.unit) if self.unit else repeat(NONE, len(self.part.numbers))
        return zip(*map(self._column, names), unit, *map(self._column, FIGURES), strict=True)

    def _column(self, name: str) -> Iterator[int]:
        column = self.part.column(name)
        return self.part.codes(column) if column else repeat(NONE, len(self.part.numbers))

    def _texts(self, name: str) -> Sequence[str]:
        return [key_text(raw) for raw in self.values[name]]

    def _figures(self, at: int, item: int, unit: int, cells: Sequence[int]) -> bool:
        """Whether the figures of a line are plain; they are noted."""
        plain = True
        for n, (known, code) in enumerate(zip(self.known, cells, strict=True)):
            figure = known.get((item, unit, code))
            if figure is None:
                figure = self._figure(n, item, self.part.row(at), unit)
                if len(known) < _MOST_KEPT:
                    known[item, unit, code] = figure
            if figure.bare is not None:
                self._note_bare(n, item, self.part.row(at), figure.bare, at)
            plain &= figure.plain
            self.whole.found.figures[n].append(figure.value)
        return plain

    def _figure(self, n: int, item: int, row: Row, unit: int) -> _Figure:
        of, raw = self.whole.items[item], row.raw(FIGURES[n])
        if FIGURES[n] == "self_rating" and not of.of_self:
            return _Figure(None, not is_given(raw))
        near = beside(row, FIGURES[n], of.unit)
        reading = read_figure(raw, of.unit, near, date1904=row.grid.date1904)
        value, plain = reading.value, not (reading.problem or reading.guess)
        if plain and value is not None:
            plain = not (of.aimless(value) if FIGURES[n] == "target" else of.beyond(value))
        rated = FIGURES[n] == "self_rating" or of.unit is not Unit.PERCENT
        return _Figure(value, plain, None if rated else bare_percent(raw, near))

    def _note_bare(self, n: int, item: int, row: Row, bare: Decimal, at: int) -> None:
        group = (row.grid.sheet, n, self.whole.items[item].name, row.key("period"))
        self.whole.note_bare(group, bare, self.start + at)

    def _alone(self, at: int) -> None:
        """A line whose cells are not found by column."""
        whole, row = self.whole, self.part.row(at)
        who = whole.person(row.raw("employee"))
        item = whole.item(who.named, row.key("indicator"))
        whole.found.add(whole.month(row)[0], who.sure, item)
        for n in range(len(FIGURES)) if item >= 0 else ():
            figure = self._figure(n, item, row, ODD)
            if figure.bare is not None:
                self._note_bare(n, item, row, figure.bare, at)
        whole.found.leave_open()
        whole.found.remark.append("")
        whole.found.careful.add(self.start + at)

    def _months(self) -> Mapping[int, tuple[int, bool]]:
        """What each different cell says of months."""
        found: dict[int, tuple[int, bool]] = {}
        for at, code in enumerate(self._column("period")):
            if code not in found:
                found[code] = self.whole.month(self.part.row(at))
        return found

    def _is_named(self, person: int, name: int) -> bool:
        """Whether the name beside an id is that of the roster, or there is none."""
        if name == NONE or person < 0:
            return True
        if (person, name) not in self.named:
            if len(self.named) > _MOST_KEPT:
                self.named.clear()
            said = key_text(self.values["name"][name])
            own = self.whole.people[person].name
            self.named[person, name] = not said or name_key(said) == name_key(own)
        return self.named[person, name]

    def _remark(self, raw: object) -> tuple[bool, str]:
        """Whether a remark is one that figures may have, and how it is kept."""
        text = clean_lines(written_text(raw))
        if not text:
            return True, ""
        try:
            kept = Actual(period=_ANY, employee="1", indicator="1", remark=text).remark
        except ValidationError:
            return False, ""
        return bool(self.part.grid.sheet) or not is_rest(key_text(raw)), kept
