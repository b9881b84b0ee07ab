"""校准表 of a month, written: one for the company, one for each department."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from xladdin.app.letterheads import letterhead_of
from xladdin.books.calibration.calibration_book import TITLE, book, values
from xladdin.company.calibrating import Board
from xladdin.company.company import Company
from xladdin.company.month_results import MonthResults
from xladdin.domain.people import Period
from xladdin.files import make_folder, reason, safe_name
from xladdin.intake.text import clean
from xladdin.layout.writer import workbook_bytes
from xladdin.ooxml.sealing import UNSEALED, Sealing
from xladdin.problems import Place, Problem, ProblemsFound

from .result_files import SUFFIX, ResultFile, refused

CALIBRATION = ResultFile("校准表", TITLE)
COMPANY = "全公司"
NOBODY_GRADED = "{month}没有一个有等级的人，没有可以校准的"


@dataclass
class WrittenSheets:
    """What was written for whom."""

    period: Period
    written: dict[str, tuple[Path, int]] = field(default_factory=dict)
    """Department (全公司: the company) -> file, and how many people are in it."""
    problems: list[Problem] = field(default_factory=list)

    @property
    def told(self) -> list[str]:
        """What was done, for a person."""
        lines = [f"{who}：{count} 人，{path}" for who, (path, count) in self.written.items()]
        if lines:
            lines.append("填好以后用 calibrate take（或 collect）收回。")
        return lines

    def as_json(self) -> dict[str, Any]:
        """Plain data, without the problems."""
        return {
            "sheets": [
                {"for": who, "file": str(path), "people": count}
                for who, (path, count) in self.written.items()
            ]
        }


def sheet_path(folder: Path, period: Period, department: str) -> Path:
    """``校准表_2026-11_客服一部.xlsx``."""
    return folder / f"{safe_name(f'校准表_{period}_{department or COMPANY}')}{SUFFIX}"


def write_calibration(
    company: Company,
    results: MonthResults,
    out: Path,
    *,
    department: str | None = None,
    overwrite: bool = False,
    sealing: Sealing = UNSEALED,
) -> WrittenSheets:
    """Write to a file the sheet of the company, or of one department; to a folder those of all.

    One that somebody has filled in stays unless told otherwise.  Raises ProblemsFound where nobody has
    a grade, where there is no such department, or where the one file cannot be written.
    """
    done = WrittenSheets(results.period)
    whole = Board.of(company, results)
    if not whole.people:
        raise refused("nobody", NOBODY_GRADED.format(month=results.period.label), out)
    teams = list(dict.fromkeys(one.employee.department for one in whole.people))
    chosen = [clean(department)] if department is not None else ["", *sorted(teams)]
    if missing := [one for one in chosen if one and one not in teams]:
        message = f"「{missing[0]}」没有这个月有等级的人，有的部门：{'、'.join(teams)}"
        raise ProblemsFound([Problem("unknown_department", message, Place(file=company.file))])
    if out.suffix.lower() == SUFFIX:
        _write(company, results, chosen[0], out, done, overwrite=overwrite, sealing=sealing)
        return done
    try:
        make_folder(out)
    except OSError as error:
        raise refused("not_written", f"文件夹建不了：{reason(error)}", out) from error
    for one in chosen:
        path = sheet_path(out, results.period, one)
        try:
            _write(company, results, one, path, done, overwrite=overwrite, sealing=sealing)
        except ProblemsFound as found:
            done.problems += found.problems
    return done


def _write(
    company: Company,
    results: MonthResults,
    department: str,
    path: Path,
    done: WrittenSheets,
    *,
    overwrite: bool,
    sealing: Sealing,
) -> None:
    board = Board.of(company, results, department)
    made = workbook_bytes(book(board), values(board), letterhead_of(company))
    done.problems += CALIBRATION.write(made, path, overwrite=overwrite, sealing=sealing)
    done.written[department or COMPANY] = (path, len(board.people))
