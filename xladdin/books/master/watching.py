"""Every sheet of the master workbook with its checks."""

from __future__ import annotations

from .watch import Watch
from .watching_people import FIGURES, RATERS, ROSTER
from .watching_positions import DUTIES, MAPPINGS, POSITIONS, SETTINGS, STANDARDS
from .watching_schemes import ELEMENTS, GRADES, INDICATORS, SCHEMES, STEPS

WATCHES: dict[str, Watch] = {
    "roster": ROSTER,
    "positions": POSITIONS,
    "duties": DUTIES,
    "standards": STANDARDS,
    "schemes": SCHEMES,
    "indicators": INDICATORS,
    "elements": ELEMENTS,
    "steps": STEPS,
    "grades": GRADES,
    "raters": RATERS,
    "figures": FIGURES,
    "settings": SETTINGS,
    "mappings": MAPPINGS,
}
"""Sheet key -> how it is checked."""
