"""The demo's report: two years of the example company's service records, and what they say of the last month."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from xladdin.app.reporting.month_report import month_report
from xladdin.company.company import Company
from xladdin.company.starting import example_company
from xladdin.domain.people import Period
from xladdin.files import reason
from xladdin.problems import Place, Problem, ProblemsFound, warning

from . import demo_records

FOLDER, DATA = "报表", "数据"
FILE_NAME = "客服月度分析_{period}.xlsx"
KEPT = "报告已经有了，有人改过，没有重写"


@dataclass(frozen=True, slots=True)
class DemoReport:
    """What was written."""

    path: Path
    requests: int
    """Requests of the report's month."""
    problems: tuple[Problem, ...]


def demo_report(company: Company, folder: Path) -> tuple[DemoReport | None, list[Problem]]:
    """Write the records and the report of their last month into a folder, and what went wrong.

    A report that somebody has worked on stays.
    """
    period = Period("{}-{:02d}".format(*demo_records.MONTHS[-1]))
    path = folder / FILE_NAME.format(period=period)
    # Whatever table the demo read the people from: what the company is called stands in its settings.
    named = replace(company, settings=example_company().settings)
    try:
        demo_records.sample(folder / DATA)
        made = month_report(named, [folder / DATA], period, path)
    except ProblemsFound as found:
        if [problem.code for problem in found.problems if problem.is_error] != ["exists"]:
            return None, list(found.problems)
        return None, [warning("kept", KEPT, Place(file=str(path)))]
    except OSError as error:
        return None, [Problem("not_written", f"写不进去：{reason(error)}", Place(file=str(folder)))]
    count = int(made.figures.main[period]["requests"].value or 0)
    return DemoReport(path, count, made.problems), list(made.problems)
