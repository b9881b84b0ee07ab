"""The whole loop on the shipped example company."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from xladdin.app.generating.generate import Outcome, Progress, generate, quiet
from xladdin.app.reading_company import read_company
from xladdin.books import forms
from xladdin.books.forms import Suite
from xladdin.company.company import Company
from xladdin.company.company_settings import COMPANY_NAME, Setting
from xladdin.company.starting import example_company
from xladdin.domain.people import Period
from xladdin.files import FileChangedError, reason, save_if_same
from xladdin.paths import templates_dir
from xladdin.problems import Place, Problem, ProblemsFound

from .demo_month import FOLDER, DemoMonth, demo_month

if TYPE_CHECKING:
    from .demo_report import DemoReport

EXAMPLE = "example_company"
INPUT_FOLDER = "资料"


@dataclass(frozen=True, slots=True)
class Demo:
    """What the demo made: the company, the forms by what they are, all problems."""

    company: Company
    outcomes: dict[str, Outcome]
    problems: tuple[Problem, ...]
    month: DemoMonth | None = None
    """One month of one department, with what comes back; None where nobody has a form."""
    report: DemoReport | None = None
    """The report over service records; None where it could not be written."""


def demo(folder: Path, progress: Callable[[str], Progress] = lambda title: quiet) -> Demo:
    """Copy the example data into a folder, generate every form out of it, and walk through a month.

    Data that is there already is used as it is: somebody may have tried something out in it.
    Raises ProblemsFound where the folder cannot be written.
    """
    data = folder / INPUT_FOLDER
    try:
        _copy_missing(templates_dir() / EXAMPLE, data)
    except OSError as error:
        message = f"示例资料写不进去：{reason(error)}"
        raise ProblemsFound([Problem("not_written", message, Place(file=str(data)))]) from error
    schemes = [str(templates_dir()), str(data)]
    company, problems = read_company(
        data / "roster.csv",
        data / "actuals.csv",
        schemes,
        data / "raters.csv",
        data / "ratings.csv",
    )
    company = replace(company, settings=(Setting(COMPANY_NAME, example_company().name),))
    outcomes = {
        title: generate(
            company,
            period,
            folder / suite.folder(period),
            form=suite.id,
            ids=ids,
            progress=progress(title),
        )
        for title, suite, period, ids in _work(company)
    }
    problems = [*problems, *(p for outcome in outcomes.values() for p in outcome.problems)]
    month, more = _month(company, folder / FOLDER)
    # Ibis and DuckDB take half a second to import: no other command waits for them.
    from .demo_report import FOLDER as REPORTS  # noqa: PLC0415
    from .demo_report import demo_report  # noqa: PLC0415

    report, odd = demo_report(company, folder / REPORTS)
    return Demo(company, outcomes, (*problems, *more, *odd), month, report)


def _month(company: Company, folder: Path) -> tuple[DemoMonth | None, list[Problem]]:
    """The month, and what went wrong: the forms generated before are there all the same."""
    try:
        month = demo_month(company, folder)
    except ProblemsFound as found:
        return None, list(found.problems)
    except OSError as error:
        message = f"收回的表写不进去：{reason(error)}"
        return None, [Problem("not_written", message, Place(file=str(folder)))]
    return month, month.problems if month else []


def _work(company: Company) -> Iterator[tuple[str, Suite, Period, list[str]]]:
    """What is generated: title, suite, month, and for whom (nobody named: for all)."""
    every_month = forms.MONTHLY_SUITE
    for period in company.periods:
        yield f"{period.label}{every_month.title}", every_month, period, []
    rated = list(dict.fromkeys(line.ratee for line in company.raters))
    for period in company.periods[-1:]:
        for suite in forms.SUITES.values():
            if not set(suite.kinds) <= set(every_month.kinds):
                ids = rated if suite is forms.COMPETENCY_SUITE else []
                yield suite.title, suite, period, ids


def _copy_missing(source: Path, folder: Path) -> None:
    for path in source.rglob("*"):
        target = folder / path.relative_to(source)
        if path.is_file() and not target.exists():
            with suppress(FileChangedError):
                save_if_same(target, None, path.read_bytes())
