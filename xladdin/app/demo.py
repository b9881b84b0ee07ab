"""The whole loop on the shipped example company."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from xladdin.books import job_analysis, monthly
from xladdin.paths import templates_dir
from xladdin.problems import Problem

from .company import Company, read_company
from .generate import Outcome, Progress, generate, quiet

EXAMPLE = "example_company"
INPUT_FOLDER, FORMS_FOLDER = "资料", "考核表"


@dataclass(frozen=True, slots=True)
class Demo:
    """What the demo made: the company, the forms by what they are, all problems."""

    company: Company
    outcomes: dict[str, Outcome]
    problems: tuple[Problem, ...]


def demo(folder: Path, progress: Callable[[str], Progress] = lambda title: quiet) -> Demo:
    """Copy the example data into a folder and generate every form out of it."""
    data = folder / INPUT_FOLDER
    shutil.copytree(templates_dir() / EXAMPLE, data, dirs_exist_ok=True)
    schemes = [str(templates_dir() / "kpi_schemes"), str(data)]
    company, problems = read_company(data / "roster.csv", data / "actuals.csv", schemes)
    outcomes = {}
    latest = company.periods[-1]
    outcomes["工作分析表"] = generate(
        company, latest, folder, form=job_analysis.FORM, progress=progress("工作分析表")
    )
    for period in company.periods:
        title = f"{period.label}考核表"
        outcomes[title] = generate(
            company,
            period,
            folder / FORMS_FOLDER / str(period),
            form=monthly.FORM,
            progress=progress(title),
        )
    problems = [*problems, *(p for outcome in outcomes.values() for p in outcome.problems)]
    return Demo(company, outcomes, tuple(problems))
