"""From job analysis to scheme: a position's duties and standards drafted as a KPI scheme.

A duty's share of time becomes the weight of its standards, and the kind of a standard its scoring
method.  The draft says of every line where it came from, and leaves the data sources to fill in.
"""

from .draft import Draft, draft_scheme
from .lines import Origin, UnreadStandard
from .source import (
    OutExistsError,
    PositionUnclearError,
    choose,
    read_positions,
    save_draft,
)

__all__ = [
    "Draft",
    "Origin",
    "OutExistsError",
    "PositionUnclearError",
    "UnreadStandard",
    "choose",
    "draft_scheme",
    "read_positions",
    "save_draft",
]
