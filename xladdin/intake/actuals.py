"""Targets and actuals in long format: one line for one employee, indicator and month."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from xladdin.domain.people import Actual, Employee, Period
from xladdin.domain.schemes import Scheme
from xladdin.ooxml.limits import MOST_CAREFUL, MOST_LINES
from xladdin.problems import Place, Problem
from xladdin.schemes.load import Broken

from .careful_lines import CarefulReader
from .exports.mapping import Mapping as NotedHead
from .handed_in import FileOrPath
from .headers import Wanted
from .months import MonthColumn
from .noted_heads import heads_not_there, noted_heads
from .quick_lines import QuickReader
from .table_rows import Rows
from .tables import SUMMARY_ROWS, Table, read_table
from .unplaced_lines import placed

ACTUALS: Wanted = {
    "period": ("考核月份", "月份", "期间", "考核期间", "考核时间", "年月", "period"),
    "employee": ("工号", "员工编号", "员工工号", "编号", "人员编号", "employee"),
    "name": ("姓名", "员工姓名", "名字", "name"),
    "indicator": ("指标", "指标名称", "考核指标", "具体指标", "考核项目", "indicator"),
    "target": ("目标值", "目标", "目标额", "target"),
    "actual": ("实际值", "实际", "实际达成", "实际完成", "完成值", "上级评", "上级评分", "actual"),
    "self_rating": ("自评", "自评分", "自评分数", "自我评分", "员工自评", "本人自评", "self"),
    "unit": ("单位", "计量单位", "数据单位", "指标单位", "unit"),
    "remark": ("备注", "说明", "事由", "remark"),
}
REQUIRED = ("period", "employee", "indicator", "actual")


_EXAMPLES = 5
"""Lines of which is told what is wrong, where there are too many such lines."""

SchemeOf = Callable[[Employee], Scheme | None]
BrokenOf = Callable[[Employee], Broken | None]


class FigureLines:
    """What the lines of a table say, in their order.

    Of plain lines there are only numbers (``quick_lines``); the figures are made of them when they
    are asked for.
    """

    def __init__(self, quick: QuickReader, read: Mapping[int, Actual | None]) -> None:
        self._quick, self._read = quick, read
        self.more: Sequence[Actual] = ()
        """Refused entries besides: lines that may be any of those that are lacking."""

    def __len__(self) -> int:
        return len(self._quick.found.month)

    def __iter__(self) -> Iterator[Actual]:
        return chain(self.of_lines(range(len(self))), self.more)

    def of_lines(self, lines: Iterable[int]) -> Iterator[Actual]:
        """What some lines say; nothing of those of which it is not known what they are of."""
        quick, read = self._quick, self._read
        for line in lines:
            actual = read[line] if line in read else quick.actual(line)
            if actual:
                yield actual

    def months(self) -> Iterator[PersonMonth]:
        """Who has figures of which month, in the order of the lines that are not refused; last
        whoever has no others."""
        quick, groups = self._quick, self._quick.found.groups
        more: dict[tuple[str, Period], list[Actual]] = {}
        for one in self.more:
            more.setdefault((one.employee, one.period), []).append(one)
        for person, month in self._in_order():
            known = quick.people[person].id, quick.months[month]
            yield PersonMonth(*known, groups[person, month], more.pop(known, ()))
        for known, entries in more.items():
            yield PersonMonth(*known, (), entries)

    def _in_order(self) -> Iterable[tuple[int, int]]:
        groups = self._quick.found.groups
        refused = {line for line, one in self._read.items() if one and one.refused}
        if not refused:
            return groups
        begun = {
            key: next((line for line in lines if line not in refused), len(self))
            for key, lines in groups.items()
        }
        return sorted(begun, key=begun.__getitem__)

    def figures_of(self, month: PersonMonth) -> Sequence[Actual]:
        """Its figures, refused ones last."""
        found = [*self.of_lines(month.lines), *month.more]
        return sorted(found, key=lambda one: bool(one.refused))


@dataclass(frozen=True, slots=True)
class PersonMonth:
    """One person's figures of one month."""

    employee: str
    """The id."""
    period: Period
    lines: Sequence[int]
    more: Sequence[Actual]


def read_actuals(
    path: FileOrPath,
    employees: Sequence[Employee],
    scheme_of: SchemeOf,
    broken_of: BrokenOf = lambda _: None,
    mappings: Sequence[NotedHead] = (),
) -> tuple[list[Actual], list[Problem]]:
    """Every line that can be read, its indicator by id, and every line or cell that cannot.

    A line whose figures cannot be used, but of which it is known what they are of, is there as
    refused.

    ``broken_of``: the scheme with faults on account of which somebody has none; ``mappings``: heads
    that the company has noted in its master workbook.
    """
    table, problems = figure_table(path, mappings)
    lines, found = figure_lines(table.rows, employees, scheme_of, broken_of)
    return [*lines], [*problems, *found]


def figure_table(
    path: FileOrPath, mappings: Sequence[NotedHead] = (), *, many: bool = False
) -> tuple[Table, list[Problem]]:
    """A table with the fields of ``ACTUALS``, and what is wrong with the file.

    ``many``: a text file may have as many lines as are read by column.
    """
    noted = noted_heads(mappings, ACTUALS)
    table, problems = read_table(
        path, wanted=ACTUALS, required=REQUIRED, summary=SUMMARY_ROWS, noted=noted, many=many
    )
    return table, [*problems, *heads_not_there(mappings, ACTUALS, table)]


def figure_lines(
    rows: Rows,
    employees: Sequence[Employee],
    scheme_of: SchemeOf,
    broken_of: BrokenOf = lambda _: None,
) -> tuple[FigureLines, list[Problem]]:
    """The figures in the rows of such a table, and what is wrong with them.

    Only lines of which something may have to be told are read one by one.
    """
    reader = _reader(
        employees, scheme_of, broken_of, MonthColumn(rows.differing("period"), "period")
    )
    quick = QuickReader(reader)
    for part in rows.parts:
        quick.read(part)
    found = quick.done()
    careful = sorted(found.careful)
    reader.newest = found.newest
    if len(rows) > MOST_LINES and len(careful) > MOST_CAREFUL:
        for line in careful[:_EXAMPLES]:
            reader.read(rows[line])
        reader.tell_strangers()
        return FigureLines(QuickReader(reader), {}), [
            _too_large(rows, len(careful)),
            *reader.problems,
        ]
    reader.look_through(rows[line] for line in careful)
    lines = FigureLines(quick, {line: reader.read(rows[line]) for line in careful})
    reader.tell_strangers()
    lines.more = placed(reader.unplaced, lines)
    return lines, reader.problems


def _too_large(rows: Rows, careful: int) -> Problem:
    message = (
        f"文件太大，没有读：共{len(rows)}行，其中{careful}行有要提醒或改正的地方（下面是最前面的几处），"
        f"这样的行最多{MOST_CAREFUL}行；请先改好，或者分成几个文件后再试"
    )
    return Problem("file_too_large", message, Place(rows.parts[0].grid.file))


def read_one_by_one(
    rows: Rows,
    employees: Sequence[Employee],
    scheme_of: SchemeOf,
    broken_of: BrokenOf = lambda _: None,
) -> tuple[list[Actual], list[Problem]]:
    """The same, with nothing read by column: what ``figure_lines`` is to be equal to."""
    reader = _reader(employees, scheme_of, broken_of, MonthColumn(rows, "period"))
    reader.look_through(rows)
    found = [actual for row in rows if (actual := reader.read(row))]
    reader.tell_strangers()
    return [*found, *placed(reader.unplaced, found)], reader.problems


def _reader(
    employees: Sequence[Employee], scheme_of: SchemeOf, broken_of: BrokenOf, months: MonthColumn
) -> CarefulReader:
    return CarefulReader({each.id: each for each in employees}, scheme_of, broken_of, months)
