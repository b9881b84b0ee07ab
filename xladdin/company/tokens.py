"""HR's list: which token stands for which rater.  Nothing else in the world tells.

Tokens are random, and kept: generating again gives every form the token that it had.

The list also remembers of whose ratings the 反馈单 of each month told something.  It says who, never
what: by that the next one tells nothing that would give somebody away beside it (``scoring.cohorts``).
"""

from __future__ import annotations

import secrets
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from xladdin.domain.competency import SOURCE_LABELS, Assignment, Source
from xladdin.domain.people import Employee, Period
from xladdin.intake.handed_in import handed_in
from xladdin.intake.months import EXAMPLE, month_in
from xladdin.intake.tables import Row, read_table
from xladdin.intake.text import shown
from xladdin.ooxml.opening import OpenedFile
from xladdin.problems import Problem, errors

LIST_NAME = "评价人对照表（人力资源专用）.xlsx"
HEADERS = {
    "period": ("考核月份",),
    "ratee": ("被评人工号",),
    "ratee_name": ("被评人",),
    "source": ("评价身份",),
    "rater": ("评价人",),
    "rater_id": ("评价人工号",),
    "token": ("编号",),
    "elements": ("反馈单用过的要素",),
    "told": ("要素编号",),
}
OF_SLIPS = frozenset({"elements", "told"})
"""What slips add; earlier lists have one column for it, of ids, or none."""
REQUIRED = tuple(name for name in HEADERS if name not in OF_SLIPS)
Key = tuple[str, str, str, str]
Raters = frozenset[str]
Told = Mapping[tuple[Source, str], Raters]
"""Of whom something is told, by source and element."""
MEMORY = 12
"""Months: nobody will suppose that somebody still rates as a year ago."""
JOINT = "、"


@dataclass(frozen=True, slots=True)
class Line:
    """One form that is out: whom it rates, as what, by whom, under which token."""

    period: str
    ratee: str
    ratee_name: str
    source: str
    rater: str
    rater_id: str
    token: str
    elements: str = ""
    """The names of the elements in ``told``, for whoever reads the list."""
    told: str = ""
    """The ids of the elements of which the month's 反馈单 told something out of this form."""

    @property
    def who(self) -> str:
        """The rater."""
        return self.rater_id or self.rater


def who(assignment: Assignment) -> str:
    """A rater as the list tells raters apart."""
    return assignment.rater_id or assignment.rater


LETTERS, DIGITS = "abcdefghjkmnpqrstuvwxyz", "23456789"
"""Without those that are easily mistaken for each other."""


def random_token() -> str:
    """Eight letters and digits: hopeless to guess, short enough to read out.

    The first is a letter, so that no spreadsheet takes a token for a number.
    """
    rest = "".join(secrets.choice(LETTERS + DIGITS) for _ in range(7))
    return secrets.choice(LETTERS) + rest


def _key(line: Line) -> Key:
    return (line.period, line.ratee, line.source, line.who)


@dataclass(slots=True)
class Tokens:
    """The list as it is on disk, and what has been added to it since."""

    path: Path
    lines: dict[Key, Line] = field(default_factory=dict)
    make: Callable[[], str] = random_token
    added: bool = False
    """Whether anything is not on disk yet."""
    before: OpenedFile | None = None
    """What the list's file held when it was read."""
    taken: set[str] = field(default_factory=set)

    @classmethod
    def read(
        cls, path: Path, make: Callable[[], str] = random_token
    ) -> tuple[Tokens | None, list[Problem]]:
        """The list, empty where there is none yet; None and the reason where it is wrong."""
        file = handed_in(path)
        if file.file.is_missing:
            return cls(path, make=make), []
        table, problems = read_table(file, wanted=HEADERS, required=REQUIRED)
        tokens = cls(path, make=make, before=file.file)
        problems += [fault for row in table.rows for fault in tokens._take(row)]
        return (None if errors(problems) else tokens), problems

    def _take(self, row: Row) -> Iterator[Problem]:
        """Add a line of the list, unless its token is missing or stands for somebody else too."""
        line = Line(*(row.text(name) for name in HEADERS))
        raw, place = row.cell("period")
        # A month that was typed anew is a date in Excel; unread, its rater would get a second form.
        month = month_in(raw, date1904=row.grid.date1904)
        if month is None:
            yield Problem("period", f"{shown(raw)}不是月份，{EXAMPLE}", place)
        line = replace(line, period=month or line.period, told=line.told or line.elements)
        known = self.lines.setdefault(_key(line), line)
        if not line.token:
            yield Problem("missing_value", "没有编号", row.where("token"))
        elif known.token != line.token:
            message = f"同一份评分表有两个编号：{known.token} 和 {line.token}"
            yield Problem("two_tokens", message, row.where("token"))
        elif known is line and line.token in self.taken:
            message = f"编号 {line.token} 用了两次，分不清是谁的"
            yield Problem("duplicate_token", message, row.where("token"))
        self.taken.add(line.token)

    def of(self, period: Period, employee: Employee, assignment: Assignment) -> str:
        """The token of one rater's form, made now if there is none yet."""
        wanted = Line(
            str(period),
            employee.id,
            employee.name,
            SOURCE_LABELS[assignment.source],
            assignment.rater,
            assignment.rater_id,
            "",
        )
        known = self.lines.get(_key(wanted))
        if known is None:
            known = replace(wanted, token=self._unused())
            self.lines[_key(known)] = known
            self.added = True
        return known.token

    def _unused(self) -> str:
        while (token := self.make()) in self.taken:
            pass
        self.taken.add(token)
        return token

    # What was told.

    def told_at_other_times(
        self, period: Period
    ) -> dict[str, dict[tuple[Source, str], list[Raters]]]:
        """Of whom something was told in each of the months around, by ratee, source and element."""
        found: dict[tuple[str, Source, str], dict[str, set[str]]] = defaultdict(dict)
        for line in self.lines.values():
            source = _SOURCES.get(line.source)
            near = line.period != period and _apart(line.period, period) <= MEMORY
            if source is None or not line.told or not near:
                continue
            for element in line.told.split(JOINT):
                place = (line.ratee, source, element)
                found[place].setdefault(line.period, set()).add(line.who)
        times: dict[str, dict[tuple[Source, str], list[Raters]]] = defaultdict(dict)
        for (ratee, source, element), months in found.items():
            times[ratee][source, element] = [Raters(months[month]) for month in sorted(months)]
        return times

    def remember(
        self, period: Period, told: Mapping[str, Told], names: Mapping[str, Mapping[str, str]]
    ) -> list[str]:
        """Keep of whom something is told now, by ratee; of whom the month told otherwise before.

        ``names`` has what the elements are called, by ratee and id.
        """
        changed, before = set[str](), set[str]()
        for key, line in self.lines.items():
            if line.period != period or line.ratee not in told:
                continue
            elements = [
                element
                for (source, element), raters in told[line.ratee].items()
                if SOURCE_LABELS[source] == line.source and line.who in raters
            ]
            called = JOINT.join(names[line.ratee].get(element, element) for element in elements)
            now = replace(line, told=JOINT.join(elements), elements=called)
            if line.told:
                before.add(line.ratee)
            if now.told != line.told:
                changed.add(line.ratee)
            if now != line:
                self.lines[key] = now
                self.added = True
        return [ratee for ratee in told if ratee in changed & before]


_SOURCES = {label: source for source, label in SOURCE_LABELS.items()}


def _apart(one: str, other: str) -> int:
    """Months between two."""
    first, second = (int(each[:4]) * 12 + int(each[5:7]) for each in (one, other))
    return abs(first - second)
