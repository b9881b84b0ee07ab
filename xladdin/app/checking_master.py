"""Check a master workbook, and show its problems in a copy of it."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from xladdin.company.company import Company
from xladdin.company.settling import provisional, settled_on, settling_days
from xladdin.company.team_budgets import unread_budgets
from xladdin.intake.handed_in import HandedIn, handed_in
from xladdin.master.people_sheets import FIGURES
from xladdin.master.read_master import read_master
from xladdin.path_checks import is_folder
from xladdin.problems import Place, Problem, errors, warning

from .annotate import annotate
from .check import Checked, check_templates
from .listed_problems import wrong_rows

SUFFIXES = (".xlsx", ".xlsm")


def is_master(path: Path) -> bool:
    """Whether a path is a workbook, as against templates and folders of them."""
    return path.suffix.lower() in SUFFIXES and not is_folder(path)


def check_paths(paths: Sequence[Path]) -> list[Checked]:
    """Check master workbooks, and whatever else there is as templates."""
    found = [check_master(path) for path in paths if is_master(path)]
    others = [path for path in paths if not is_master(path)]
    return [*found, *([check_templates(others)] if others else [])]


def check_master(source: Path | HandedIn) -> Checked:
    """Everything that is wrong with a master workbook, without writing anything."""
    file = handed_in(source)
    company, problems = read_master(file)
    problems += [*unread_budgets(company), *overdue(company, file.name, dt.date.today())]
    rows = wrong_rows(problems)
    wrong = f"；有错的 {rows} 行" if rows else ""
    seen = (f"{file.name}：{_seen(company)}{wrong}",) if _read(problems) else ()
    return Checked(seen, tuple(problems))


def overdue(company: Company, file: str, today: dt.date) -> list[Problem]:
    """Months whose figures should be final by now, and of which some are still provisional."""
    counted = Counter(one.actual.period for one in provisional(company))
    days = settling_days(company)
    return [
        warning(
            "still_provisional",
            f"{period.label}有 {count} 条数据还是暂定，{_day(settled_on(period, days))}起应是最终："
            "请重新导入定稿的数据；手填的核对后把数据状态改成最终",
            Place(file, sheet=FIGURES.name),
        )
        for period, count in sorted(counted.items())
        if today >= settled_on(period, days)
    ]


def _day(day: dt.date) -> str:
    return f"{day.month}月{day.day}日"


def _read(problems: Sequence[Problem]) -> bool:
    """A file that could not be opened, or is no master, has nothing in it to count."""
    return _opened(problems) and not any(each.code == "not_master" for each in errors(problems))


def _opened(problems: Sequence[Problem]) -> bool:
    return not any(problem.code.startswith("file_") for problem in errors(problems))


def _seen(company: Company) -> str:
    library = company.library
    schemes = len(library.schemes) + len(library.competencies)
    parts = [
        f"员工 {len(company.employees)} 人",
        f"岗位 {len(library.positions)} 个",
        f"考核方案 {schemes} 个",
        f"数据 {len(company.figures)} 条",
    ]
    return "，".join(parts)


def check_annotated(path: Path, target: Path, *, overwrite: bool = False) -> list[Checked]:
    """Check a master workbook and write a copy with the problems in it; what is said about both.

    There is no copy of what cannot be read: it would be as damaged as the file.
    """
    file = handed_in(path)
    found = check_master(file)
    if not _opened(found.problems):
        return [found]
    faults = annotate(file.file, found.problems, target, overwrite=overwrite)
    said = () if errors(faults) else (f"带批注的副本：{target}（问题见最后一张表“检查结果”）",)
    return [found, Checked(said, tuple(faults))]
