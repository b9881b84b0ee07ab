"""方案试算: what a changed scheme would have made of earlier months, as a workbook.

概览, 逐月明细, 没有试算; the overview hangs on the rows by formulas.
"""

from __future__ import annotations

from xladdin.company.simulation import Simulation
from xladdin.layout.cells import Book, Properties

from . import trial_overview, trial_rows

TITLE = "方案试算"


def book(found: Simulation) -> Book:
    """The workbook of a simulation."""
    sheets = (
        trial_overview.sheet(found),
        trial_rows.rows_sheet(found),
        trial_rows.open_sheet(found),
    )
    subject = "、".join(month.label for month in found.months)
    properties = Properties(title=TITLE, subject=subject, company=found.company)
    return Book(sheets, trial_overview.model(found), properties, named_cells=False)
