"""The whole loop on the shipped example company."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from xladdin.books import job_analysis, monthly, personal_summary
from xladdin.domain.people import Period
from xladdin.files import FileChangedError, reason, save_if_same
from xladdin.paths import templates_dir
from xladdin.problems import Place, Problem, ProblemsFound

from .company import Company, read_company
from .folders import folder_of
from .generate import COMPETENCY, Outcome, Progress, generate, quiet

EXAMPLE = "example_company"
INPUT_FOLDER = "资料"


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
    schemes = [str(templates_dir()), str(data)]
    company, problems = read_company(
        data / "roster.csv",
        data / "actuals.csv",
        schemes,
        data / "raters.csv",
        data / "ratings.csv",
    )
    outcomes = {
        title: generate(
            company,
            period,
            folder / folder_of(form, period),
            form=form,
            ids=ids,
            progress=progress(title),
        )
        for title, form, period, ids in _work(company)
    }
    problems = [*problems, *(p for outcome in outcomes.values() for p in outcome.problems)]
    return Demo(company, outcomes, tuple(problems))


def _work(company: Company) -> Iterator[tuple[str, str, Period, list[str]]]:
    """What is generated: title, form, month, and for whom (nobody named: for all)."""
    for period in company.periods:
        yield f"{period.label}考核表", monthly.FORM, period, []
    for period in company.periods[-1:]:
        rated = list(dict.fromkeys(line.ratee for line in company.raters))
        yield "工作分析表", job_analysis.FORM, period, []
        yield "能力评分表", COMPETENCY, period, rated
        yield "个人工作总结表", personal_summary.FORM, period, []


def _copy_missing(source: Path, folder: Path) -> None:
    for path in source.rglob("*"):
        target = folder / path.relative_to(source)
        if path.is_file() and not target.exists():
            with suppress(FileChangedError):
                save_if_same(target, None, path.read_bytes())
