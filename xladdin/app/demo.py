"""The whole loop on the shipped example company."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from xladdin.books import job_analysis, monthly
from xladdin.files import reason, save_whole
from xladdin.paths import templates_dir
from xladdin.problems import Place, Problem, ProblemsFound

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
    """Copy the example data into a folder and generate every form out of it.

    Data that is there already is used as it is: somebody may have tried something out in it.
    Raises ProblemsFound where the folder cannot be written.
    """
    data = folder / INPUT_FOLDER
    try:
        _copy_missing(templates_dir() / EXAMPLE, data)
    except OSError as error:
        message = f"示例资料写不进去：{reason(error)}"
        raise ProblemsFound([Problem("not_written", message, Place(file=str(data)))]) from error
    schemes = [str(templates_dir() / "kpi_schemes"), str(data)]
    company, problems = read_company(data / "roster.csv", data / "actuals.csv", schemes)
    outcomes = {}
    for period in company.periods[-1:]:
        outcomes["工作分析表"] = generate(
            company, period, folder, form=job_analysis.FORM, progress=progress("工作分析表")
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


def _copy_missing(source: Path, folder: Path) -> None:
    for path in source.rglob("*"):
        target = folder / path.relative_to(source)
        if path.is_file() and not target.exists():
            save_whole(target, path.read_bytes())
