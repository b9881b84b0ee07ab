"""Which of the files that were sent is the master workbook; where none is, the one that lies near."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from xladdin.app.checking_master import is_master
from xladdin.app.reading_company import read_master_company
from xladdin.books.forms import MONTHLY_SUITE
from xladdin.company.company import Company
from xladdin.company.company_settings import FOLDER_SETTING, MONTH_SETTING
from xladdin.domain.people import Period
from xladdin.problems import Place, Problem, ProblemsFound, errors

UNFIT = ("not_master", "not_workbook")
MOST_NEAR = 40
"""Workbooks of a folder that are looked into for a master."""
FOLDERS_UP = 3
"""A form is written into 考核表, the month's folder, and that of its department."""
OWNER = "~$"
ANNOTATED = "_检查结果.xlsx"
"""How the copy of a master ends that shows its problems: nobody collects into that."""


@dataclass(frozen=True, slots=True)
class Sent:
    """The files that were sent, told apart."""

    masters: tuple[Path, ...]
    others: tuple[Path, ...]


def told_apart(paths: Iterable[Path]) -> Sent:
    """Master workbooks, and all else: forms, folders, archives."""
    found: dict[bool, list[Path]] = {True: [], False: []}
    for path in paths:
        found[holds_master(path)].append(path)
    return Sent(tuple(found[True]), tuple(found[False]))


def holds_master(path: Path) -> bool:
    """Whether a path is a workbook with the sheets of a master, whatever it is called."""
    if not is_master(path) or path.name.startswith(OWNER):
        return False
    _, problems = read_master_company(path)
    # One that cannot be opened may be a master all the same; the command says what is wrong with it.
    return not any(each.code in UNFIT or each.code.startswith("file_") for each in errors(problems))


def near(paths: Sequence[Path]) -> tuple[Path, ...]:
    """The masters that lie beside what was sent, else those above it, the nearest."""
    for up in range(1, FOLDERS_UP + 2):
        folders = {
            path.resolve().parents[up - 1] for path in paths if len(path.resolve().parents) >= up
        }
        if found := tuple(each for folder in sorted(folders) for each in _masters_in(folder)):
            return found
    return ()


def _masters_in(folder: Path) -> Iterator[Path]:
    try:
        books = sorted(each for each in folder.iterdir() if _may_be_master(each))
    except OSError:
        return
    if len(books) <= MOST_NEAR:
        yield from (each for each in books if holds_master(each))


def _may_be_master(path: Path) -> bool:
    return is_master(path) and not path.name.endswith(ANNOTATED)


@dataclass(frozen=True, slots=True)
class ThisMonth:
    """What 生成本月考核表 means for a master: which month, and into which folder."""

    period: Period
    folder: Path
    remark: str = ""


def this_month(master: Path, today: dt.date | None = None) -> ThisMonth:
    """The month of the settings, else the last one with figures, else the current one.

    The folder is the one beside the workbook that the buttons in Excel write to.  Raises ProblemsFound
    where the settings name what is no month, or the workbook is no master.
    """
    company, problems = read_master_company(master)
    if unfit := [each for each in errors(problems) if each.code in UNFIT]:
        raise ProblemsFound(unfit)
    period = _month(company, master, today or dt.date.today())
    named = company.setting(FOLDER_SETTING)
    remark = f"“设置”里的“{FOLDER_SETTING}”（{named}）只对 Excel 里的按钮有效，这里写在总表旁边。"
    return ThisMonth(period, master.parent / MONTHLY_SUITE.folder(period), remark if named else "")


def _month(company: Company, master: Path, today: dt.date) -> Period:
    named = company.setting(MONTH_SETTING)
    if named and company.month is None:
        message = f"“设置”里的“{MONTH_SETTING}”写的是「{named}」，不是月份，请写成 2026-11 这样"
        raise ProblemsFound([Problem("bad_period", message, Place(file=master.name))])
    current = Period.parse(f"{today.year}-{today.month}")
    return company.month or next(reversed(company.periods), current)
