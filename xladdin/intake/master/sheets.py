"""Every sheet of the master workbook, in its order."""

from __future__ import annotations

from .people_sheets import FIGURES, RATERS, ROSTER
from .position_sheets import DUTIES, POSITIONS, STANDARDS
from .scheme_sheets import ELEMENTS, GRADES, INDICATORS, SCHEMES, STEPS
from .setting_sheets import MAPPINGS, SETTINGS

SHEETS = (
    ROSTER,
    POSITIONS,
    DUTIES,
    STANDARDS,
    SCHEMES,
    INDICATORS,
    ELEMENTS,
    STEPS,
    GRADES,
    RATERS,
    FIGURES,
    SETTINGS,
    MAPPINGS,
)
"""Every sheet of the master workbook with a table, in its order; 使用说明 stands before them."""

GUIDE_NAME = "使用说明"
