"""Lines of days, calls, orders and accounts into one figure for each person and month.

What does not cover the month is no figure of the month: it is told with the days that are there
and those that are not.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from xladdin.domain.people import Period
from xladdin.domain.quantities import facts, written
from xladdin.intake.decimals import snapped
from xladdin.intake.month_writings import Days
from xladdin.problems import Place, Problem, warning

from .aggregation import ZERO, aggregated
from .days_covered import days_in, ends_month, lacking, needed, overlap, said_days
from .figures import Measured, Part
from .mapping import COUNTS, HOW_LABELS, TWO_COLUMNS, How

_MOST = 5
"""People that one line names."""
_WHO = "\0"
"""Stands in a message for those whom it concerns."""
_ALONE = (*COUNTS, How.RATIO)
"""What even a single line is not yet the figure of."""
_STRICT = (How.SUM, How.RATIO, How.WEIGHTED)
"""Where the same line twice makes another figure, and so must not be a slip."""


@dataclass(slots=True)
class FileParts:
    """What one file says, before it is put together."""

    file: str
    parts: list[Part] = field(default_factory=list)
    spans: set[Days] = field(default_factory=set)
    """The days that its lines are of, whoever they are about."""
    whole: bool = False
    """A title says that it is of all days of the month."""
    broken: bool = False
    """Some of it could not be read."""
    doubtful: set[str] = field(default_factory=set)
    """Ids of those of whom a line could not be read."""


@dataclass(slots=True)
class _Book:
    """Files whose lines go together."""

    files: list[FileParts]
    missing: frozenset[int] = frozenset()

    @property
    def covered(self) -> frozenset[int]:
        return days_in(span for file in self.files for span in file.spans)


class PersonMonths:
    """Puts the lines of files together."""

    def __init__(self, period: Period, today: dt.date) -> None:
        self._period, self._today = period, today
        self.problems: list[Problem] = []
        self.told: dict[str, list[str]] = {}
        """Of each file which days it covers, and who lacks some."""
        self._causes: dict[tuple[str, str], list[Part]] = {}

    def figures(self, files: Sequence[FileParts]) -> list[Measured]:
        """The figures; what is wrong is in ``problems`` then, one line for each cause."""
        found: list[Measured] = []
        for book in self._books(files):
            for group in _groups(book):
                found += filter(self._within, self._of_group(group, book))
            self._tell_days(book)
        for (code, message), parts in self._causes.items():
            people = list(dict.fromkeys(part.line.employee.name for part in parts))
            names = "、".join(people[:_MOST]) + ("等" if len(people) > _MOST else "")
            count = f"共{len(people)}人" if len(people) > 1 else ""
            text = message.replace(_WHO, f"{names}{count}")
            self.problems.append(Problem(code, text, parts[0].place))
        self._causes.clear()
        return found

    def _within(self, figure: Measured) -> bool:
        """Whether points are no more than the scheme allows."""
        beyond = figure.item.beyond(figure.value)
        if beyond:
            self.problems.append(Problem("points_beyond", f"{beyond}，没有导入", figure.place))
        return not beyond

    def _books(self, files: Sequence[FileParts]) -> list[_Book]:
        """Files that cover the month only together are one book."""
        books = [_Book([file], self._missing(file)) for file in files]
        partial = [book for book in books if book.missing]
        if len(partial) > 1:
            together = _Book([file for book in partial for file in book.files])
            apart = sum(len(book.covered) for book in partial) == len(together.covered)
            if apart and not lacking(together.covered, self._period, self._today):
                return [*(book for book in books if not book.missing), together]
        return books

    def _missing(self, file: FileParts) -> frozenset[int]:
        if not file.spans or file.whole:
            return frozenset()
        return lacking(days_in(file.spans), self._period, self._today)

    def _refuse(self, code: str, message: str, group: Sequence[Part]) -> list[Measured]:
        """One line for all whom a cause concerns: ``_WHO`` in the message."""
        self._causes.setdefault((code, message), []).append(group[0])
        return []

    def _of_group(self, group: Sequence[Part], book: _Book) -> list[Measured]:
        first = group[0]
        partial = [part for part in group if part.line.days]
        if len(group) == 1 and not partial and first.mapping.how not in _ALONE:
            return [self._measured(first, first.value)] if first.value is not None else []
        if first.mapping.how is How.LAST:
            return self._of_last_day(group, partial, book)
        if book.missing and partial:
            return self._not_covered(group, book)
        return self._several(group, partial, book)

    def _several(
        self, group: Sequence[Part], partial: Sequence[Part], book: _Book
    ) -> list[Measured]:
        first, how = group[0], group[0].mapping.how
        named = f"「{first.column}」"
        if how is None and (partial or _accounts(group) > 1):
            kind = "是一天天的数据" if partial else "一个人有几行（几个账号）"
            return self._refuse(
                "how_missing",
                f"{named}{kind}，怎样合成一个月的数字没有写，{_WHO}的「{first.item.name}」"
                "没有导入；请在“导入对照”表的“汇总方式”里写明",
                group,
            )
        if how is None or (first.mapping.assumed and how not in COUNTS and _repeats(group)):
            return self._each(group)
        if partial and len(partial) < len(group):
            message = f"{named}既有整月的行，又有按天的行，{_WHO}的「{first.item.name}」没有导入"
            return self._refuse("days_mixed", message, group)
        if _overlaps(partial):
            message = f"{named}有的行日期互相重叠，{_WHO}的「{first.item.name}」没有导入"
            return self._refuse("days_overlap", message, group)
        if how in _STRICT and _identical(group):
            message = (
                f"{named}有一模一样的行，不知道是不是重复，{_WHO}的「{first.item.name}」没有导入"
            )
            return self._refuse("rows_alike", message, group)
        if self._unread(group, book):
            return []
        return self._together(group, how)

    def _of_last_day(
        self, group: Sequence[Part], partial: Sequence[Part], book: _Book
    ) -> list[Measured]:
        """The value at the end of the month: days before it may be lacking, the last one not."""
        first, period = group[0], self._period
        days = [Decimal(part.line.days[1]) for part in partial if part.line.days]
        whose = f"{_WHO}的「{first.item.name}」没有导入"
        if len(partial) < len(group):
            message = f"「{first.column}」要取期末值，有的行没有写是哪一天的，{whose}"
            return self._refuse("days_mixed", message, group)
        end = max(book.covered)
        ended = ends_month(end, period, self._today) or any(file.whole for file in book.files)
        if not ended or max(days) < end:
            there = said_days([int(max(days))], period)
            message = (
                f"「{first.column}」要取期末值，最后一天的数据是{there}的，不是期末的，{whose}"
            )
            return self._refuse("last_missing", message, group)
        if self._unread(group, book):
            return []
        value = aggregated(How.LAST, [part.value or ZERO for part in group], days)
        if value is None:
            message = f"「{first.column}」要取期末值，最后一天有几个不同的数，{whose}"
            return self._refuse("last_several", message, group)
        return self._plausible(group, How.LAST, snapped(value))

    def _unread(self, group: Sequence[Part], book: _Book) -> bool:
        """Whether a part of the month could not be read, so that the rest is not the figure."""
        first = group[0]
        bad = [part for part in group if part.value is None]
        doubtful = any(first.line.employee.id in file.doubtful for file in book.files)
        broken = any(file.broken for file in book.files)
        if len(group) == 1 and bad:
            return True  # told where it stands
        if not (bad or doubtful or broken):
            return False
        why = "文件没有读完整" if broken else "有的行读不出"
        message = f"「{first.column}」{why}，合起来不全，{_WHO}的「{first.item.name}」没有导入"
        self._refuse("rows_unread", message, bad or group)
        return True

    def _together(self, group: Sequence[Part], how: How) -> list[Measured]:
        first = group[0]
        seconds = [part.second for part in group]
        single = len(group) == 1 and how is How.WEIGHTED
        if how in TWO_COLUMNS and not single and any(second is None for second in seconds):
            message = (
                f"「{first.column}」要按「{first.mapping.by}」{HOW_LABELS[how]}，"
                f"有的行没有这一列或没有填，{_WHO}的「{first.item.name}」没有导入"
            )
            return self._refuse("second_missing", message, group)
        if how is How.DISTINCT:
            value: Decimal | None = Decimal(len({part.text for part in group} - {""}))
        elif single:
            value = first.value
        else:
            values = [part.value or ZERO for part in group]
            value = aggregated(how, values, [second or ZERO for second in seconds])
        if value is None:
            message = (
                f"「{first.mapping.by}」合计是 0，{_WHO}的「{first.item.name}」算不出，没有导入"
            )
            return self._refuse("second_zero", message, group)
        return self._plausible(group, how, snapped(value))

    def _plausible(self, group: Sequence[Part], how: How, value: Decimal) -> list[Measured]:
        first, limits = group[0], facts(group[0].item.unit)
        if not limits.low <= value <= limits.high or (limits.whole and value != int(value)):
            message = (
                f"「{first.column}」{HOW_LABELS[how]}得 {written(value, first.item.unit)}，"
                f"不像「{first.item.name}」的数字，{_WHO}的没有导入；请检查“导入对照”表"
            )
            return self._refuse("figure_implausible", message, group)
        if how not in _STRICT and _identical(group) and len(group) > 1:
            self._alike(first)
        rows = (
            ""
            if len(group) == 1 and how is How.WEIGHTED
            else f"（{len(group)}行{HOW_LABELS[how]}）"
        )
        return [replace(self._measured(first, value), column=f"{first.column}{rows}")]

    def _alike(self, first: Part) -> None:
        """Once for a file."""
        place = Place(first.place.file, sheet=first.place.sheet)
        message = "有的行和别的行一模一样，都算进去了；如果是重复的，请删去后再导入"
        if not any(p.code == "rows_alike" and p.place == place for p in self.problems):
            self.problems.append(warning("rows_alike", message, place))

    def _not_covered(self, group: Sequence[Part], book: _Book) -> list[Measured]:
        period, last = self._period, self._period.last_day
        there, missing = book.covered, book.missing
        message = (
            f"只有{said_days(there, period)}的数据，缺{said_days(missing, period)}"
            f"（{len(missing)}天），不是{period.label}整个月的，{_WHO}的数据没有导入；"
            "请导出整个月的再导入；如果缺的这几天确实没有数据，请在表格上方加一行"
            f"“统计时间：{period}-01 至 {last.isoformat()}”"
        )
        return self._refuse("days_missing", message, group)

    def _each(self, group: Sequence[Part]) -> list[Measured]:
        """As they are: which of them is meant, or none, is for whoever settles them."""
        return [self._measured(part, part.value) for part in group if part.value is not None]

    def _measured(self, part: Part, value: Decimal | None) -> Measured:
        line = part.line
        assert value is not None  # noqa: S101
        return Measured(
            self._period, line.employee, part.item, value, part.place, line.row, part.column
        )

    def _tell_days(self, book: _Book) -> None:
        """Which days were there, and who lacks some of them."""
        if not book.covered or book.missing:
            return
        wanted = needed(self._period, self._today) & book.covered
        people: dict[str, set[Days]] = {}
        for file in book.files:
            for part in file.parts:
                if part.line.days:
                    people.setdefault(part.line.employee.name, set()).add(part.line.days)
        short = {n: len(wanted - days_in(spans)) for n, spans in people.items()}
        short = {name: count for name, count in short.items() if count}
        covered = f"按天的数据：{said_days(book.covered, self._period)}，{len(book.covered)}天"
        lines = [covered]
        if short:
            named = "、".join(f"{name}缺{count}天" for name, count in list(short.items())[:_MOST])
            more = f"等{len(short)}人" if len(short) > _MOST else ""
            lines.append(f"有的人没有全部日子的数据：{named}{more}")
        for file in book.files:
            self.told.setdefault(file.file, []).extend(lines)
        few = [name for name, count in short.items() if count * 2 > len(wanted)]
        if few:
            names = "、".join(few[:_MOST]) + (f"等{len(few)}人" if len(few) > _MOST else "")
            message = f"{names}有数据的日子不到一半，按现有的算成了一个月，请核对"
            self.problems.append(warning("days_few", message, Place(book.files[0].file)))


def _groups(book: _Book) -> Iterable[list[Part]]:
    groups: dict[tuple[str, str, str], list[Part]] = {}
    for file in book.files:
        for part in file.parts:
            key = (part.line.employee.id, part.item.id, part.column)
            groups.setdefault(key, []).append(part)
    return groups.values()


def _accounts(group: Sequence[Part]) -> int:
    """As how many accounts somebody is there; one account twice is another matter."""
    accounts = {part.line.account for part in group}
    return len(accounts) if len(accounts) == len(group) else 1


def _repeats(group: Sequence[Part]) -> bool:
    """Whether there are several lines of one account and the same days."""
    return len({(part.line.account, part.line.days) for part in group}) < len(group)


def _overlaps(group: Sequence[Part]) -> bool:
    """Whether one account has lines of different spans that share a day."""
    accounts: dict[str, list[Days]] = {}
    for part in group:
        if part.line.days:
            accounts.setdefault(part.line.account, []).append(part.line.days)
    return any(map(overlap, accounts.values()))


def _identical(group: Sequence[Part]) -> bool:
    return len({part.line.same for part in group}) < len(group)
