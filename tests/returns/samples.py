"""Forms of every kind as people send them back: filled in at random, with the answers known."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from xladdin.books import forms
from xladdin.books.forms import Copy
from xladdin.company.company import Company
from xladdin.company.starting import example_company
from xladdin.domain.competency import CompetencyScheme, Source
from xladdin.domain.people import Employee, Period
from xladdin.formula.evaluate import Value, evaluate
from xladdin.layout.cell_rules import AtMost, Between, Choice, Distinct, Holds
from xladdin.layout.cells import Cell
from xladdin.layout.writer import workbook_bytes
from xladdin.ooxml.addresses import address
from xladdin.returns.answers import unit_of
from xladdin.returns.file_reading import FileRead, read_file
from xladdin.returns.form_pattern import Pattern, pattern_of
from xladdin.returns.handed_files import HandedFile
from xladdin.schemes.library import Library

PERIOD = Period("2026-10")
WORDS = "客户反馈及时，回复耐心；下月把退款流程写成话术，争取一次解决。活动期间响应时间要再短些"


@dataclass(frozen=True)
class Sample:
    """A form that was filled in, and what was filled in."""

    pattern: Pattern
    answers: Mapping[str, Value]
    name: str

    @property
    def values(self) -> dict[str, Value]:
        return {**self.pattern.values, **self.answers}

    @property
    def data(self) -> bytes:
        """As Excel saves it: every result computed of what was filled in."""
        return workbook_bytes(self.pattern.book, self.values)

    @property
    def blank(self) -> bytes:
        """As it was sent."""
        return workbook_bytes(self.pattern.book, self.pattern.values)

    def address(self, key: str) -> str:
        cell = self.pattern.cell(key)
        assert cell is not None
        return address(cell.row + 1, cell.col + 1)


@cache
def company() -> Company:
    """The example company, with one who is appraised by a sales list, and subordinates who rate."""
    found = example_company()
    sales = found.employees[2].model_copy(update={"scheme": "sales_service"})
    people = (*found.employees[:2], sales, *found.employees[3:])
    library, rated = found.library, tuple(map(_by_subordinates, found.library.competencies))
    every_source = Library(library.schemes, library.positions, rated)
    return replace(found, employees=people, library=every_source)


def _by_subordinates(scheme: CompetencyScheme) -> CompetencyScheme:
    """Half of what the colleagues count is the subordinates'."""
    elements = []
    for element in scheme.elements:
        half = element.weights.peer / 2
        weights = element.weights.model_copy(update={"peer": half, "subordinate": half})
        elements.append(element.model_copy(update={"weights": weights}))
    return scheme.model_copy(update={"elements": tuple(elements)})


def answers(pattern: Pattern, pick: random.Random) -> dict[str, Value]:
    """Something sound for everything that is asked."""
    found: dict[str, Value] = {}
    for key in pattern.asked:
        cell = pattern.cell(key)
        assert cell is not None, key
        found[key] = answer(cell, key, pick, pattern.values.get(key))
    return found


def answer(cell: Cell, key: str, pick: random.Random, before: Value) -> Value:
    rule = cell.check.rule if cell.check else None
    match rule:
        case Between(low, high, whole):
            top = min(high, Decimal(60 if whole else 9))
            if unit_of(cell) == "percent":
                top = min(high, Decimal(1))
                return before if before is not None else Decimal(pick.randint(1, 100)) / 100 * top
            number = pick.randint(int(low), int(top))
            return Decimal(number) if whole else Decimal(number) + Decimal(pick.choice("02")) / 2
        case Holds(test):
            fitting = [
                Decimal(n) / 2 for n in range(11) if evaluate(test, {key: Decimal(n) / 2}) is True
            ]
            return pick.choice(fitting)
        case Distinct():
            return before
        case Choice(items):
            item = pick.choice(items)
            return Decimal(item) if item.isdigit() else item
        case AtMost():
            return words(pick)
    return before


def words(pick: random.Random) -> str:
    begin = pick.randrange(len(WORDS) - 12)
    return WORDS[begin : begin + pick.randint(6, 12)].strip("，；。") + "。"


KINDS = ("monthly", "sales", "job", "rating", "questionnaire", "summary")


def sample(kind: str, seed: int) -> Sample:
    """One form of a kind; the same seed gives the same form."""
    pick = random.Random(f"{kind}{seed}")
    found = company()
    employee = found.employees[2] if kind == "sales" else pick.choice(_of_kind(kind))
    pattern = _pattern(kind, found, employee, pick)
    return Sample(pattern, answers(pattern, pick), f"{kind}-{seed}.xlsx")


@cache
def _of_kind(kind: str) -> tuple[Employee, ...]:
    found = company()
    if kind == "monthly":
        return tuple(
            one
            for one in found.employees
            if (scheme := found.scheme_of(one)) and scheme.form == "monthly"
        )
    return tuple(one for one in found.employees if len(found.positions_of(one)) == 1)


def _pattern(kind: str, found: Company, employee: Employee, pick: random.Random) -> Pattern:
    copy = Copy(found, employee, PERIOD)
    if kind in ("monthly", "sales"):
        form = forms.MONTHLY if kind == "monthly" else forms.SALES
        return pattern_of(form, found.scheme_of(employee), copy)
    if kind == "job":
        return pattern_of(forms.JOB, found.positions_of(employee)[0], None)
    if kind == "summary":
        return pattern_of(forms.SUMMARY, found.positions_of(employee)[0], copy)
    scheme = found.competency_of(employee)
    source = Source.CUSTOMER if kind == "questionnaire" else pick.choice(_sources(scheme))
    token = "".join(pick.choice("abcdefgh23456789") for _ in range(8))
    copy = Copy(found, employee, PERIOD, f"a{token[1:]}", "QC001")
    return pattern_of(forms.RATED_BY[source], scheme, copy)


def _sources(scheme: Any) -> list[Source]:
    return [one for one in scheme.sources if one is not Source.CUSTOMER]


def read(data: bytes, name: str = "收到.xlsx") -> FileRead:
    return read_file(HandedFile(name, Path(name), data), company())


def different(sample_: Sample, got: Mapping[str, Value]) -> dict[str, tuple[Value, Value]]:
    """Answers that came back otherwise: key -> what was filled in, what was read."""
    return dict(_differing(sample_.answers, got))


def _differing(
    wanted: Mapping[str, Value], got: Mapping[str, Value]
) -> Iterator[tuple[str, tuple[Value, Value]]]:
    for key, value in wanted.items():
        ours, theirs = value or None, got.get(key) or None
        if value == 0:
            ours, theirs = value, got.get(key)
        if ours != theirs:
            yield key, (value, got.get(key))
