"""HR's list: which token stands for which rater.  Nothing else in the world tells.

Tokens are random, and kept: generating again gives every form the token that it had.  The list is
read, completed and saved under one lock, before any form is written: of two runs at once the second
goes on from what the first has saved.
"""

from __future__ import annotations

import itertools
import secrets
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from xladdin.books import rater_list
from xladdin.books.rater_list import Line
from xladdin.domain.competency import SOURCE_LABELS, Assignment
from xladdin.domain.people import Employee, Period
from xladdin.files import (
    FileChangedError,
    FileLockedError,
    content_of,
    in_use,
    reason,
    save_if_same,
)
from xladdin.intake.handed_in import handed_in
from xladdin.intake.months import EXAMPLE, month_in
from xladdin.intake.tables import Row, read_table
from xladdin.intake.text import shown
from xladdin.layout.writer import saved_by_us, workbook_bytes
from xladdin.ooxml.opening import OpenedFile
from xladdin.problems import Place, Problem, errors, warning

LIST_NAME = "评价人对照表（人力资源专用）.xlsx"
Key = tuple[str, str, str, str]


LETTERS, DIGITS = "abcdefghjkmnpqrstuvwxyz", "23456789"
"""Without those that are easily mistaken for each other."""


def random_token() -> str:
    """Eight letters and digits: hopeless to guess, short enough to read out.

    The first is a letter, so that no spreadsheet takes a token for a number.
    """
    rest = "".join(secrets.choice(LETTERS + DIGITS) for _ in range(7))
    return secrets.choice(LETTERS) + rest


def _key(line: Line) -> Key:
    return (line.period, line.ratee, line.source, line.rater_id or line.rater)


@dataclass(slots=True)
class Tokens:
    """The list as it is on disk, and what has been added to it since."""

    path: Path
    lines: dict[Key, Line] = field(default_factory=dict)
    make: Callable[[], str] = random_token
    added: bool = False
    before: OpenedFile | None = None
    """What the list's file held when it was read."""
    taken: set[str] = field(default_factory=set)

    @classmethod
    def read(
        cls, path: Path, make: Callable[[], str] = random_token
    ) -> tuple[Tokens | None, list[Problem]]:
        """The list, empty where there is none yet; None and the reason where it is unreadable."""
        file = handed_in(path)
        if file.file.is_missing:
            return cls(path, make=make), []
        table, problems = read_table(file, wanted=rater_list.HEADERS, required=rater_list.REQUIRED)
        tokens = cls(path, make=make, before=file.file)
        problems += [fault for row in table.rows for fault in tokens._take(row)]
        if errors(problems):
            message = "评价人对照表读不出来或有误，没有生成评分表，以免已发出的编号对不上人"
            return None, [*problems, Problem("tokens_unreadable", message, Place(file=path.name))]
        return tokens, problems

    def _take(self, row: Row) -> Iterator[Problem]:
        """Add a line of the list, unless its token is missing or stands for somebody else too."""
        line = Line(*(row.text(name) for name in rater_list.HEADERS))
        raw, place = row.cell("period")
        # A month that was typed anew is a date in Excel; unread, its rater would get a second form.
        month = month_in(raw, date1904=row.grid.date1904)
        if month is None:
            yield Problem("period", f"{shown(raw)}不是月份，{EXAMPLE}", place)
        line = replace(line, period=month or line.period)
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

    def save(self) -> list[Problem]:
        """Write the list if anything was added; what HR changed in it is kept beside it."""
        if not self.added:
            return []
        problems = []
        lines = list(self.lines.values())
        content = workbook_bytes(rater_list.book(len(lines)), rater_list.values(lines))
        try:
            if in_use(self.path):
                raise FileLockedError(str(self.path))
            if self.before is not None and not saved_by_us(self.before):
                kept = self._keep(self.before.data)
                message = f"评价人对照表有人改动过，原样另存为「{kept.name}」，再加进新的编号"
                problems.append(warning("list_kept", message, Place(file=self.path.name)))
            before = self.before.data if self.before else None
            save_if_same(self.path, before, content, private=True)
        except FileChangedError:
            message = "评价人对照表在处理期间被别人保存过，没有生成评分表；请再运行一次"
            return [*problems, Problem("file_changed", message, Place(file=self.path.name))]
        except (FileLockedError, PermissionError):
            message = "评价人对照表正在被 Excel、WPS 使用或写不进去，请关闭后再生成"
            return [*problems, Problem("file_locked", message, Place(file=self.path.name))]
        except OSError as error:
            message = f"评价人对照表写不进去：{reason(error)}；没有生成评分表"
            return [*problems, Problem("not_written", message, Place(file=self.path.name))]
        self.added, self.before = False, OpenedFile(self.path, content)
        return problems

    def _keep(self, before: bytes) -> Path:
        """A copy under the first free name; one that a killed run has made is not made again."""
        for number in itertools.count(1):
            kept = self.path.with_stem(f"{self.path.stem}（改动过 {number}）")
            if content_of(kept) == before:
                break
            with suppress(FileChangedError):
                save_if_same(kept, None, before, private=True)
                break
        return kept
