"""Worksheet functions for Excel, through xlwings: one-liners over ``xladdin.functions``."""

import inspect

from xladdin.functions.help_tables import USES
from xladdin.functions.known_schemes import MASTERS

from .appraisal import (
    KPI_COEFFICIENT,
    KPI_DISTRIBUTION,
    KPI_EXPLAIN,
    KPI_GRADE,
    KPI_HELP,
    KPI_ITEM,
    KPI_RANK,
    KPI_SCORE,
    KPI_TOTAL,
)
from .open_workbooks import opened
from .people import COMPETENCY_SCORE, DUTY_STANDARD, JOB_TIME_CHECK, METRIC_NUMBER

__all__ = [
    "COMPETENCY_SCORE",
    "DUTY_STANDARD",
    "JOB_TIME_CHECK",
    "KPI_COEFFICIENT",
    "KPI_DISTRIBUTION",
    "KPI_EXPLAIN",
    "KPI_GRADE",
    "KPI_HELP",
    "KPI_ITEM",
    "KPI_RANK",
    "KPI_SCORE",
    "KPI_TOTAL",
    "METRIC_NUMBER",
]

MASTERS.ask(opened)
USES.update({name: inspect.getdoc(globals()[name]) or "" for name in __all__})
