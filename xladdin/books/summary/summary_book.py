"""月度汇总: a sheet for each question that is asked of a month.

排名, 明细, 分布, 奖金, 趋势, 未交, 评价人, 能力 (where anybody was rated), 签批; everything hangs together
by formulas, from the item scores of 明细 to the sum of the bonuses, so that a changed figure is seen
everywhere.
"""

from __future__ import annotations

from xladdin.company.month_results import MonthResults
from xladdin.layout.cells import Block, Book, Properties, Sheet

from . import (
    summary_approval,
    summary_bonus,
    summary_competency,
    summary_detail,
    summary_distribution,
    summary_lists,
    summary_ranking,
    summary_teams,
    summary_trend,
)

TITLE = "月度绩效汇总"
HIDDEN = "_distribution"


def book(results: MonthResults) -> Book:
    """The workbook of a month; without anybody in it there would be nothing to rank."""
    sheets = (
        summary_ranking.sheet(results),
        *summary_detail.sheets(results),
        summary_distribution.sheet(results),
        summary_bonus.sheet(results),
        *([summary_teams.sheet(results, summary_bonus.AMOUNT)] if results.teams.amounts else []),
        summary_trend.sheet(results),
        summary_lists.open_sheet(results),
        summary_lists.raters_sheet(results),
        *summary_competency.sheets(results),
        summary_approval.sheet(results),
        _ends(results),
    )
    model = {
        **summary_distribution.model(results),
        **summary_bonus.model(results),
        **summary_trend.model(results),
        **summary_approval.model(results),
    }
    properties = Properties(title=TITLE, subject=results.period.label, company=results.company)
    return Book(sheets, model, properties, named_cells=False)


def for_hr(results: MonthResults) -> str:
    """Which pages nobody but HR may see, in a sentence; empty where there are none."""
    pages = [
        *([f"“{summary_lists.RATERS_NAME}”"] if results.leans else []),
        *([f"“{summary_competency.SHEET_NAME}”"] if results.rated else []),
    ]
    if not pages:
        return ""
    names = "、".join(pages)
    return f"{names}只给人力资源部门看，有评价人的姓名或匿名的评分，交给别人以前请删去。"


def _ends(results: MonthResults) -> Sheet:
    """Whole numbers of people that conclusions read, out of sight."""
    cells = tuple(summary_distribution.ends_sheet_cells(results))
    height = 1 + max((cell.row for cell in cells), default=0)
    return Sheet(HIDDEN, (10.0, 10.0), (Block(cells, height),), visibility="very_hidden")
