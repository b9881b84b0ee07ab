"""Which table a part of a file is of, and which of its columns holds what.

Heads that a company has noted in 导入对照 go before those that are shipped, and those before nothing: a
head that nobody knows is told, never guessed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import yaml

from xladdin.analysis.service_records import Source
from xladdin.domain.quantities import Unit
from xladdin.intake.exports.mapping import PERSON, UNUSED
from xladdin.intake.exports.mapping import Mapping as Noted
from xladdin.intake.headers import HeadRows, header_key
from xladdin.intake.stated_units import stated_in_head
from xladdin.intake.times import SECONDS
from xladdin.paths import templates_dir

from .record_fields import BEGINS, FIELDS, KINDS, Kind

FILE = "reports/record_columns.yaml"
OWN, LABEL = -2, -1
"""Ranks of heads: noted by the company, the label itself; then as the shipped list has them."""
_TELLING = ("id",)
"""Fields that tell more than others of which table a part is."""
_HINTS = {
    Source.ORDERS: ("订单", "交易"),
    Source.CHATS: ("会话", "聊天", "接待", "对话"),
    Source.REQUESTS: ("工单", "请求", "诉求", "信件", "12345", "ticket", "incident"),
}


@cache
def shipped() -> Mapping[str, Any]:
    """The shipped heads and words."""
    found: Mapping[str, Any] = yaml.safe_load((templates_dir() / FILE).read_text("utf-8"))
    return found


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a part that is read."""

    index: int
    label: str
    unit: Unit | None = None
    """In which bare durations are counted; None where nobody says."""
    order: str = ""
    """In which day, month and year follow each other, where the company has noted it."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a part holds."""

    source: Source
    row: int
    """The head row."""
    columns: Mapping[str, Column]
    unknown: tuple[str, ...] = ()
    """Heads that stand for nothing here."""
    passed_over: Mapping[str, str] = field(default_factory=dict)
    """Heads that would do for a field, but for one that does better -> that one."""


@dataclass(frozen=True, slots=True)
class _Known:
    """What a head stands for in one table."""

    field: str
    rank: int
    unit: Unit | None = None
    order: str = ""


ORDERS = {"年月日": "ymd", "日月年": "dmy", "月日年": "mdy"}
"""How a company notes down the order of a date's parts, in 条件."""


class RecordPlan:
    """The heads that are known."""

    def __init__(self, noted: Sequence[Noted] = ()) -> None:
        self._units = {
            header_key(head): Unit(unit)
            for unit, heads in shipped()["units"].items()
            for head in heads
        }
        self._known = {source: self._of(source, noted) for source in Source}
        self._unused = {header_key(head) for head in shipped()["unused"]}
        self._refused = {header_key(one.column) for one in noted if one.target == UNUSED}

    def _of(self, source: Source, noted: Sequence[Noted]) -> dict[str, _Known]:
        known: dict[str, _Known] = {}
        for name, heads in shipped()["tables"][source].items():
            for rank, head in enumerate(heads):
                key = header_key(head)
                known.setdefault(key, _Known(name, rank, self._units.get(key)))
        labels = {header_key(field.label): field.name for field in FIELDS[source]}
        known |= {key: _Known(name, LABEL) for key, name in labels.items()}
        for one in noted:
            person = "agent" if one.target in PERSON else None
            name = labels.get(header_key(one.target)) or person
            if name:
                known[header_key(one.column)] = _Known(name, OWN, one.unit, order_of(one.condition))
        return known

    def choose(self, head: HeadRows, hint: str = "") -> Chosen | None:
        """The table and columns of the first rows of a part; ``hint``: its names.

        None where no row names the time that a line is of and something beside it.
        """
        best: tuple[tuple[int, int, int], Chosen] | None = None
        for row in range(len(head.keys)):
            for source in Source:
                chosen = self._columns(head, row, source)
                if BEGINS[source] not in chosen.columns or len(chosen.columns) < 2:
                    continue
                said = any(word in hint.lower() for word in _HINTS[source])
                told = sum(name in chosen.columns for name in _TELLING)
                score = (2 * told + len(chosen.columns) + said, said, -row)
                if best is None or score > best[0]:
                    best = score, chosen
        return best[1] if best else None

    def fit(self, head: HeadRows) -> int:
        """How many heads the best row has that are known at all."""
        counted = (
            len(self._columns(head, row, source).columns)
            for row in range(len(head.keys))
            for source in Source
        )
        return max(counted, default=0)

    def seen(self, head: HeadRows) -> tuple[int, Source, Chosen] | None:
        """What fits best where nothing can be read, to say what is missing."""
        counted = [
            (len(chosen.columns), source, chosen)
            for row in range(len(head.keys))
            for source in Source
            for chosen in [self._columns(head, row, source)]
        ]
        return max(counted, key=lambda each: each[0], default=None)

    def _columns(self, head: HeadRows, row: int, source: Source) -> Chosen:
        labels = head.labels(row)
        found: dict[str, list[tuple[int, Column]]] = {}
        unknown: list[str] = []
        for column, key, bare in head.keys[row]:
            known = self._known[source].get(key) or self._known[source].get(bare)
            if key in self._refused:
                continue
            if known is None:
                if key not in self._unused and bare not in self._unused:
                    unknown.append(labels[column])
                continue
            unit = known.unit or self._unit(labels[column], KINDS[source][known.field])
            rank, own = known.rank, Column(column, labels[column], unit, known.order)
            found.setdefault(known.field, []).append((rank, own))
        best = {name: min(each, key=lambda one: one[0])[1] for name, each in found.items()}
        passed = {
            one.label: best[name].label
            for name, each in found.items()
            for _, one in each
            if one is not best[name]
        }
        return Chosen(source, row, best, tuple(unknown), passed)

    def _unit(self, label: str, kind: Kind) -> Unit | None:
        if kind is not Kind.SPAN:
            return None
        stated = stated_in_head(label, Unit.SECOND)
        return stated.unit if stated and stated.unit in SECONDS and stated.factor == 1 else None


def order_of(condition: str) -> str:
    """``日/月/年`` as 条件 of a date's column -> dmy; empty for anything else."""
    letters = "".join(sign for sign in condition if sign in "年月日")
    return ORDERS.get(letters, "")
