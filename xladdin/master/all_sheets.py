"""Every sheet of the master workbook, in its order."""

from __future__ import annotations

from .indicator_sheet import INDICATORS
from .level_sheets import ELEMENTS, GRADES
from .people_sheets import FIGURES
from .position_sheets import DUTIES, POSITIONS, STANDARDS
from .rater_sheet import RATERS
from .roster_sheet import ROSTER
from .scheme_sheets import SCHEMES
from .setting_sheets import MAPPINGS, SETTINGS
from .step_sheet import STEPS

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
