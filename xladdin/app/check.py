"""Check a company's data without writing anything."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from xladdin.company.company import Company
from xladdin.path_checks import is_folder, may_be_there
from xladdin.problems import Place, Problem
from xladdin.schemes.library import Library
from xladdin.schemes.load import load_any

from . import sources
from .reading_company import read_company

TEMPLATE_SUFFIXES = (".yaml", ".yml")


@dataclass(frozen=True, slots=True)
class Checked:
    """What was looked at, in words, and everything that is wrong with it."""

    seen: tuple[str, ...]
    problems: tuple[Problem, ...]


OLD_MASTER = (
    "总表要是 .xlsx 文件：请用 Excel 或 WPS 打开，另存为“Excel 工作簿（*.xlsx）”再检查；"
    "单独的名册、数据请用 --roster、--actuals 给出"
)
_TABLES = frozenset({".csv", ".et", ".ods", ".xls", ".xlsb", ".xlsm"})


def _unknown(path: Path) -> str:
    """Why a file is none of those that are checked."""
    if not may_be_there(path):
        return "找不到这个文件"
    if path.suffix.lower() in _TABLES:
        return OLD_MASTER
    return "不认识这种文件：请给出总表（.xlsx）、方案或岗位的 .yaml 文件，或放这些文件的文件夹"


def check_templates(paths: Sequence[Path]) -> Checked:
    """Check scheme and position files, or folders of them."""
    seen: list[str] = []
    problems: list[Problem] = []
    for path in paths:
        if is_folder(path):
            library, faults = Library.from_dir(path)
            seen.append(f"{path}：{len(library.schemes)} 个方案，{len(library.positions)} 个岗位")
            problems += faults
        elif path.suffix.lower() in TEMPLATE_SUFFIXES:
            template, faults = load_any(path)
            seen.append(f"{path}：{template.name if template else '读不出来'}")
            problems += faults
        else:
            message = _unknown(path)
            problems.append(Problem("unknown_file", message, Place(file=str(path))))
    return Checked(tuple(seen), tuple(problems))


def check_company(
    roster: Path,
    actuals: Path | None,
    schemes: Sequence[str],
    beside: Sequence[Path] = (),
    told: Collection[Problem] = (),
) -> Checked:
    """Check roster, figures and schemes together.

    Where no schemes are named, those count that are checked ``beside``.  ``told``: what has been said
    of these already.
    """
    own = [] if schemes else sources.with_schemes(beside)
    company, problems = read_company(roster, actuals, schemes or own)
    return Checked(tuple(_seen(company, own)), tuple(each for each in problems if each not in told))


def _seen(company: Company, own: Sequence[str]) -> list[str]:
    people, figures = len(company.employees), len(company.figures)
    read = f"员工 {people} 人" if people else "没有读到员工"
    where = f"（{'、'.join(Path(each).name for each in own)}）" if own else ""
    found = [f"{read}，考核方案 {len(company.library.schemes)} 个{where}"]
    if figures:
        months = "、".join(company.periods)
        found.append(f"数据 {figures} 条（{months}）")
    return found
