"""How much there may be of anything: what models refuse, and the master's live check before them."""

from __future__ import annotations

LABEL, SENTENCE = 60, 600
"""Most characters of a name, and of a longer text."""
MOST_INDICATORS = 100
"""More would pass what a spreadsheet takes as arguments and as the length of a formula."""
MOST_SECTIONS, MOST_IN_SECTION = 8, 40
MOST_GRADES = 10
MOST_STEPS, MOST_BANDS = 12, 8
MOST_PAY_STEPS = 12
MOST_ELEMENTS = 30
"""More would not be rated with care: a form of 30 elements has four pages or more."""
MOST_LEVELS, MOST_BEHAVIOURS = 6, 6
MOST_DUTIES = 40
STARS = 5
LONGEST_LIST = 255
"""Characters of a drop-down list in Excel, commas included."""
