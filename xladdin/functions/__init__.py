"""What the worksheet functions compute: cells in, cells out; nothing here knows Excel or xlwings.

Every function takes single values or whole ranges (lists of rows), and answers in the same shape.
A bad argument becomes a short Chinese message that begins with ``#`` and names it; nothing raises.
"""

from .competency_scores import competency_score
from .help_tables import kpi_help
from .item_scores import kpi_explain, kpi_item, kpi_score
from .readings import duty_standard, job_time_check, metric_number
from .totals import kpi_coefficient, kpi_distribution, kpi_grade, kpi_rank, kpi_total

__all__ = [
    "competency_score",
    "duty_standard",
    "job_time_check",
    "kpi_coefficient",
    "kpi_distribution",
    "kpi_explain",
    "kpi_grade",
    "kpi_help",
    "kpi_item",
    "kpi_rank",
    "kpi_score",
    "kpi_total",
    "metric_number",
]
