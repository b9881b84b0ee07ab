"""The summary workbook of a month, written where it is asked for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from xladdin.books.calibration.calibration_book import added_to, values
from xladdin.books.summary.summary_book import TITLE, book
from xladdin.company.calibrating import Board
from xladdin.company.month_results import MonthResults
from xladdin.company.scaled_bonuses import scaled_bonuses
from xladdin.domain.quantities import plain
from xladdin.layout.letterhead import Letterhead
from xladdin.layout.writer import workbook_bytes
from xladdin.ooxml.sealing import UNSEALED, Sealing
from xladdin.problems import Problem

from .calibration_sheets import NOBODY_GRADED
from .result_files import ResultFile, refused

FILE_NAME = "月度汇总_{period}.xlsx"
"""What it is called where nobody says otherwise."""
SUMMARY = ResultFile("汇总", TITLE)


def told_budgets(results: MonthResults) -> Iterator[str]:
    """Each department's bonuses beside its budget, and by what they are scaled."""
    for department, one in scaled_bonuses(results).items():
        budget = results.teams.of(department)
        if budget is None or one.factor is None:
            yield f"{department}：没有可以分的奖金。"
            continue
        scale = "不缩放" if one.factor == 1 else f"按系数 {plain(one.factor)} 缩放"
        yield (
            f"{department}：应发 {plain(one.sum)} 元，预算 {plain(budget)} 元，{scale}，"
            f"实发 {plain(one.total)} 元。"
        )


def summarise(
    results: MonthResults,
    path: Path,
    *,
    board: Board | None = None,
    overwrite: bool = False,
    sealing: Sealing = UNSEALED,
) -> list[Problem]:
    """Write a month's summary: a file of its owner's alone, since it holds pay and ratings.

    ``board``: the pages of the company's 校准表 stand behind those of the summary.
    Over an earlier summary that nobody has saved since; over any other file only where told to.
    ``sealing`` gives it a password; what comes back is what is to be said of that.
    Raises ProblemsFound where nobody has a result, or the file cannot be written.
    """
    SUMMARY.check_name(path)
    if not results.people:
        message = f"{results.period.label}没有一个有考核方案的人，没有可以汇总的"
        raise refused("nobody", message, path)
    made, inputs = book(results.with_schemes_apart()), {}
    if board is not None:
        if not board.people:
            raise refused("nobody", NOBODY_GRADED.format(month=results.period.label), path)
        made, inputs = added_to(made, board), dict(values(board))
    content = workbook_bytes(made, inputs, Letterhead(results.company))
    return SUMMARY.write(content, path, overwrite=overwrite, sealing=sealing)
