"""Open a month: a row for everybody who is there and each indicator of their scheme, with its target.

What is there already stays as it is; doing it again adds what lacks, and says so.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from xladdin.app.imports.figure_cells import NewRow, as_cell
from xladdin.app.imports.importing_check import others_changed
from xladdin.app.imports.importing_rows import Aim, FigureSheet, figures_sheet, held
from xladdin.app.opening_books import open_to_change
from xladdin.company.company import Company
from xladdin.company.deliverers import Deliverers
from xladdin.domain.people import Actual, Period
from xladdin.domain.quantities import Unit
from xladdin.folding import some_of
from xladdin.intake.grids import Grid
from xladdin.intake.near_names import hint
from xladdin.intake.scheme_items import Item, items_of
from xladdin.intake.sheets import read_opened, read_workbook
from xladdin.master.read_master import master_of, read_sheets
from xladdin.ooxml.opening import OpenedFile, open_file
from xladdin.ooxml.refused import RefusedError
from xladdin.ooxml.sealing import Sealing
from xladdin.patch.saving import save_over
from xladdin.patch.workbook import Workbook
from xladdin.problems import Place, Problem, errors, warning

from .carried_targets import HUNDRED_PERCENT, CarriedTargets, Origin, Target
from .month_people import month_people

NOTHING = "没有写入任何内容，总表没有改动"
MOST_NAMED = 8
"""Names that one line tells."""


@dataclass(frozen=True, slots=True)
class Opening:
    """A row that is added: whose, of what, with which target."""

    aim: Aim
    target: Target
    deliverer: str

    @property
    def said(self) -> str:
        """Whose target of what, for a message."""
        return f"{self.aim.employee.name}「{self.aim.item.name}」"


@dataclass
class Opened:
    """What came of opening a month."""

    period: Period
    added: list[Opening] = field(default_factory=list)
    there: int = 0
    """Rows that the month had already."""
    people: int = 0
    """Who is there and has a scheme."""
    partly: list[str] = field(default_factory=list)
    """Who is there for a part of the month only, with the days."""
    left_out: list[str] = field(default_factory=list)
    """Who got no rows, with the reason."""
    problems: list[Problem] = field(default_factory=list)
    written: bool = False
    company: Company | None = field(default=None, repr=False)
    """What the master says now; None where it cannot be read."""

    @property
    def told(self) -> list[str]:
        """What was done, for a person."""
        lines = [self._rows]
        if self.added:
            lines.append(f"目标：{self._targets}")
            posts = Counter(one.deliverer for one in self.added)
            lines.append(
                f"要报的数：{'，'.join(f'{who} {n} 个' for who, n in posts.most_common())}"
            )
        for what, who in (("不满一个月", self.partly), ("没有加行", self.left_out)):
            if who:
                lines.append(f"{what}：{some_of(who, MOST_NAMED)}")
        return lines

    @property
    def _rows(self) -> str:
        there = f"，原有的 {self.there} 行没有动" if self.there else ""
        if errors(self.problems) and not self.written:
            return f"{NOTHING}。"
        if not self.added:
            return f"{self.period.label}：{self.people} 人的 {self.there} 行都有了，没有要加的。"
        return f"{self.period.label}：{self.people} 人，加了 {len(self.added)} 行{there}。"

    @property
    def _targets(self) -> str:
        counts = Counter(one.target.origin for one in self.added)
        parts = [
            f"{origin} {counts[origin]}" for origin in Origin if counts[origin] and origin != "空"
        ]
        if empty := [one.said for one in self.added if one.target.origin is Origin.NONE]:
            parts.append(f"空 {len(empty)}（{some_of(empty, MOST_NAMED)}）")
        return "，".join(parts)

    def as_json(self) -> dict[str, Any]:
        """Plain data, without the problems."""
        counts = Counter(one.target.origin.name.lower() for one in self.added)
        return {
            "period": str(self.period),
            "written": self.written,
            "people": self.people,
            "added": len(self.added),
            "there": self.there,
            "targets": dict(counts),
            "asked": dict(Counter(one.deliverer for one in self.added)),
            "partly": self.partly,
            "left_out": self.left_out,
        }


def open_month(
    master: Path,
    period: Period,
    growth: Mapping[str, Decimal] | None = None,
    *,
    now: dt.datetime | None = None,
) -> Opened:
    """Write a month's rows into a master workbook; a copy of it as it was stays beside.

    ``growth``: name or id of an indicator -> rate, under the empty name that of all.  Nothing is raised.
    """
    done = Opened(period)
    file = open_file(master)
    book, problems = open_to_change(file)
    if book is None:
        done.problems += problems
        return done
    grids, faults = read_opened(file, hidden=True)
    company, found = read_sheets(file, grids, faults)
    done.problems += _refused(master.name, company, found, growth or {})
    sheet, missing = figures_sheet(master.name, grids)
    done.problems += missing
    if sheet is None or errors(done.problems):
        return done
    done.company = company
    target = FigureSheet(book, sheet, company)
    _plan(done, target, company, growth or {})
    if done.added:
        _write(done, file, book, target, now or dt.datetime.now())
    return done


def _refused(
    file: str, company: Company, found: Sequence[Problem], growth: Mapping[str, Decimal]
) -> Iterator[Problem]:
    """Why nothing is opened at all; and that the master has faults, which the check lists."""
    whole = [one for one in errors(found) if not one.place.cell]
    yield from whole
    if not whole and not company.employees:
        message = "名册里没有人；请在“名册”里填姓名、部门和岗位，一人一行，保存以后再开新月份"
        yield Problem("no_people", message, Place(file))
    if others := len(errors(found)) - len(whole):
        message = f"总表里有 {others} 个错误，涉及的人和方案可能没有加行；请先用 check 命令检查"
        yield warning("master_errors", message, Place(file))
    items = [item for scheme in company.library.schemes for item in scheme.indicators]
    known = {name for item in items for name in (item.name, item.id)}
    for name in growth:
        if name and name not in known:
            message = f"没有一个考核方案有指标「{name}」{hint(name, list(known))}，增长率没有用上"
            yield Problem("unknown_indicator", message, Place(file))


# What is to be added.


def _plan(
    done: Opened, sheet: FigureSheet, company: Company, growth: Mapping[str, Decimal]
) -> None:
    month = month_people(company, done.period)
    done.people, done.partly, done.left_out = len(month.people), month.partly, month.left_out
    targets, deliverers = CarriedTargets(company, done.period, growth), Deliverers(company)
    rows: list[Opening] = []
    items: dict[str, Mapping[str, Item]] = {}
    for employee, scheme in month.people:
        known = items.setdefault(scheme.id, items_of(scheme))
        for indicator in scheme.indicators:
            aim = Aim(done.period, employee, known[indicator.id])
            target = targets.of(employee, scheme, indicator)
            rows.append(Opening(aim, target, deliverers.of(employee, indicator.source)))
    lacking = set(map(id, sheet.lacking([row.aim for row in rows])))
    done.added = [row for row in rows if id(row.aim) in lacking]
    done.there = len(rows) - len(done.added)
    done.problems += [*sheet.problems, *_doubts(done), *_of_other_schemes(sheet, done.period)]
    sheet.problems.clear()


def _doubts(done: Opened) -> Iterator[Problem]:
    """Targets that were to grow and could not, or grew beyond a whole."""
    if baseless := [one.said for one in done.added if one.target.baseless]:
        message = f"有目标增长率、没有基数的 {len(baseless)} 个，没有按增长率：{some_of(baseless, MOST_NAMED)}"
        yield warning("growth_baseless", message)
    beyond = [
        one.said
        for one in done.added
        if one.target.origin is Origin.GROWN
        and one.aim.item.unit is Unit.PERCENT
        and (one.target.value or 0) > HUNDRED_PERCENT
    ]
    if beyond:
        message = f"按增长率算，目标超过 100% 的 {len(beyond)} 个，请看看是不是合适：{some_of(beyond, MOST_NAMED)}"
        yield warning("target_beyond", message)


def _of_other_schemes(sheet: FigureSheet, period: Period) -> Iterator[Problem]:
    """Rows of the month that are of a scheme which the person no longer has."""
    found = list(sheet.strangers(period))
    if found:
        named = some_of(list(dict.fromkeys(name for name, _ in found)), MOST_NAMED)
        message = f"{period.label}有 {len(found)} 行的指标不在本人现在的方案里（调过岗或换过方案），没有动：{named}"
        yield warning("other_scheme", message, found[0][1])


# Writing.


def _write(
    done: Opened, file: OpenedFile, book: Workbook, sheet: FigureSheet, now: dt.datetime
) -> None:
    try:
        sheet.cells.append([_row(one) for one in done.added])
        faults = _unconfirmed(done, file.name, book.to_bytes(), sheet.company)
    except RefusedError as error:
        faults = [error.problem(file.name)]
    faults = faults or save_over(file.path, file.on_disk, book, now, sealing=Sealing(file.password))
    done.problems += faults
    done.written = not errors(faults)


def _row(one: Opening) -> NewRow:
    aim, value = one.aim, one.target.value
    target = {} if value is None else {"target": as_cell(held(value), aim.item.unit)}
    return NewRow(aim.period, aim.employee, aim.item, target)


def _unconfirmed(done: Opened, file: str, content: bytes, before: Company) -> list[Problem]:
    """Rows that are not read as they were written, and anything else that is not what it was."""
    grids: list[Grid]
    grids, faults = read_workbook(file, content, hidden=True)
    after = done.company = master_of(file, grids, faults)[0]
    read = {_key_of(one.actual): one.actual.target for one in after.figures}
    wanted = {
        (one.aim.period, one.aim.employee.id, one.aim.item.id): one.target.value
        for one in done.added
    }
    lost = [
        one.said
        for one, (key, value) in zip(done.added, wanted.items(), strict=True)
        if key not in read or read[key] != (None if value is None else held(value))
    ]
    if lost:
        message = (
            f"写好后再读一遍，{len(lost)} 行读出来不一样（{some_of(lost, MOST_NAMED)}）；{NOTHING}"
        )
        return [Problem("write_not_confirmed", message, Place(file))]
    return others_changed(file, before, after, wanted.keys())


def _key_of(line: Actual) -> tuple[str, str, str]:
    return line.period, line.employee, line.indicator
