"""The open master workbook, as it is now: also what has not been saved yet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from xladdin import unforeseen
from xladdin.book_folders import folder_of
from xladdin.company.company import Company
from xladdin.company.company_settings import FOLDER_SETTING, MONTH_SETTING
from xladdin.domain.people import Period
from xladdin.intake.handed_in import handed_in
from xladdin.master.read_master import read_master
from xladdin.master.row_owners import Finder, finder
from xladdin.problems import Problem, ProblemsFound, errors
from xladdin.safe_xlwings import xw

from .desk import Desk, refused
from .output_folder import Destination, destination

UNFIT = ("not_master", "not_workbook")
NOT_MASTER = "当前打开的「{name}」不是总表。请先切换到总表；还没有总表就点“新建总表”。"
BAD_MONTH = "“设置”里的“考核月份”写的是「{named}」，读不出是哪个月，请写成 2026-11 的样子。"
NO_COPY = (
    "读不到当前的工作簿。如果正在编辑单元格，请按回车；如果上面有“启用编辑”，请点一下；再试一次。"
)
LONGEST_STEM = 80
SUFFIXES = (".xlsx", ".xlsm", ".xls", ".xlsb")


@dataclass(frozen=True, slots=True)
class Master:
    """What the master workbook says."""

    book: xw.Book
    company: Company
    problems: tuple[Problem, ...]
    finder: Finder
    home: Path | None
    """The folder on this computer where it lies, if there is one."""

    @property
    def period(self) -> Period:
        """The month of the settings, else the last one with figures, else the current one.

        ProblemsFound where the settings name what is no month.
        """
        named = self.company.setting(MONTH_SETTING)
        if named and self.company.month is None:
            raise refused("bad_period", BAD_MONTH.format(named=named))
        today = dt.date.today()
        current = Period.parse(f"{today.year}-{today.month}")
        return self.company.month or next(reversed(self.company.periods), current)

    def destination(self, desk: Desk) -> Destination | None:
        """Where forms go; None where the user is asked about that and says no.

        ProblemsFound where that is not known.
        """
        return destination(desk, self.company.setting(FOLDER_SETTING), self.home)

    def remark(self) -> str:
        """What is to be said beside a result, where the workbook is not in order."""
        wrong = len(errors(self.problems))
        if not wrong:
            return ""
        where = "点“检查本表”可以看到在哪一格。"
        return f"\n另外，总表里有 {wrong} 处错误，有错的内容没有用上；{where}"


def read(book: xw.Book) -> Master:
    """Read the open workbook; ProblemsFound where it is no master workbook, or unreadable."""
    with saved_copy(book) as path:
        file = handed_in(path)
        company, problems = read_master(file)
        found = finder(file)
    unfit = [problem for problem in errors(problems) if problem.code in UNFIT]
    if unfit:
        raise refused("not_master", NOT_MASTER.format(name=book.name))
    unreadable = [problem for problem in errors(problems) if problem.code.startswith("file_")]
    if unreadable:
        raise ProblemsFound(unreadable)
    company = replace(company, file=book.name)
    return Master(book, company, tuple(problems), found, folder_of(book))


@contextmanager
def saved_copy(book: xw.Book) -> Iterator[Path]:
    """The workbook as it stands, in a file of the same name that is gone afterwards.

    The user's own file is not saved for that, nor is it marked as saved.
    """
    with TemporaryDirectory(prefix="xladdin-", ignore_cleanup_errors=True) as folder:
        name = Path(book.name)
        suffix = name.suffix if name.suffix.lower() in SUFFIXES else ".xlsx"
        # Excel opens and saves no longer paths than 218 characters.
        path = Path(folder) / f"{name.stem[:LONGEST_STEM]}{suffix}"
        try:
            book.api.SaveCopyAs(str(path))
        except Exception as error:
            unforeseen.record("no copy", error)
            raise refused("no_copy", NO_COPY) from error
        yield path
