"""The open master workbook, as it is now: also what has not been saved yet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import xlwings as xw

from xladdin.app.company import Company, company_of
from xladdin.app.folders import folder_of
from xladdin.domain.people import Period
from xladdin.intake.master.content import FOLDER_SETTING, Content
from xladdin.intake.master.read import read_master
from xladdin.intake.master.whose import Finder, finder
from xladdin.problems import Problem, ProblemsFound, errors

from .desk import refused

UNFIT = ("not_master", "not_workbook")
NOT_MASTER = "当前打开的「{name}」不是总表。请先切换到总表；还没有总表就点“新建总表”。"
NOT_SAVED = (
    "总表还没有保存到本机的文件夹里，不知道把生成的表放在哪里。"
    "请先保存总表，或者在“设置”的“存放文件夹”里写明一个文件夹。"
)
SUFFIXES = (".xlsx", ".xlsm", ".xls", ".xlsb")


@dataclass(frozen=True, slots=True)
class Master:
    """What the master workbook says."""

    book: xw.Book
    content: Content
    company: Company
    problems: tuple[Problem, ...]
    finder: Finder

    @property
    def period(self) -> Period:
        """The month of the settings, else the last one with figures, else the current one."""
        today = dt.date.today()
        current = Period.parse(f"{today.year}-{today.month}")
        return self.content.month or next(reversed(self.company.periods), current)

    def folder(self, form: str, period: Period) -> Path:
        """Where forms of a kind go; ProblemsFound where that is not known."""
        return self._base() / folder_of(form, period)

    def _base(self) -> Path:
        named = self.content.setting(FOLDER_SETTING)
        # A path that begins at a drive or server replaces the one in front of it.
        base = Path(folder) / named if (folder := _folder(self.book)) else Path(named)
        if not base.is_absolute():
            raise refused("not_saved", NOT_SAVED)
        return base

    def remark(self) -> str:
        """What is to be said beside a result, where the workbook is not in order."""
        wrong = len(errors(self.problems))
        return f"\n总表里有 {wrong} 处错误，有错的行没有用上，请点“检查本表”查看。" if wrong else ""


def read(book: xw.Book) -> Master:
    """Read the open workbook; ProblemsFound where it is no master workbook, or unreadable."""
    with saved_copy(book) as path:
        content, problems = read_master(path)
        found = finder(path)
    unfit = [problem for problem in errors(problems) if problem.code in UNFIT]
    if unfit:
        raise refused("not_master", NOT_MASTER.format(name=book.name))
    unreadable = [problem for problem in errors(problems) if problem.code.startswith("file_")]
    if unreadable:
        raise ProblemsFound(unreadable)
    return Master(book, content, company_of(content, book.name), tuple(problems), found)


@contextmanager
def saved_copy(book: xw.Book) -> Iterator[Path]:
    """The workbook as it stands, in a file of the same name that is gone afterwards.

    The user's own file is not saved for that, nor is it marked as saved.
    """
    with TemporaryDirectory(prefix="xladdin-", ignore_cleanup_errors=True) as folder:
        path = Path(folder) / book.name
        if path.suffix.lower() not in SUFFIXES:
            path = path.with_name(f"{path.name}.xlsx")
        book.api.SaveCopyAs(str(path))
        yield path


def _folder(book: xw.Book) -> str:
    """The folder on this computer where a workbook lies; empty where there is none.

    xlwings gives up on some workbooks in the cloud: they have no folder here, either.
    """
    try:
        path = Path(book.fullname)
    except xw.XlwingsError:
        return ""
    return str(path.parent) if path.is_absolute() and path.parent.is_dir() else ""
