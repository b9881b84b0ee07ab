"""Generate forms: one workbook per employee (or per position), whole or not at all.

Running it again does no harm: a form that would come out the same is left as it is, and one that
somebody has saved in the meantime is never overwritten without being told to.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from xladdin.books import job_analysis, monthly
from xladdin.domain.people import Employee, Period
from xladdin.domain.schemes import Scheme
from xladdin.files import FileLockedError, in_use, reason, safe_name, save_whole
from xladdin.formula.evaluate import Value
from xladdin.layout.cells import Book
from xladdin.layout.writer import saved_by_us, workbook_bytes
from xladdin.problems import Place, Problem, warning

from .company import Company

Progress = Callable[[int, int, str], None]
"""Told before each form: how many are done, how many there are, and whose it is."""


@dataclass(frozen=True, slots=True)
class Form:
    """One form to be written: the file below the output folder, the book, its slots."""

    path: Path
    label: str
    """For whom, in messages: ``张三（C001）``."""
    book: Callable[[], Book]
    values: Mapping[str, Value]


@dataclass(slots=True)
class Outcome:
    """What became of the forms: paths below the output folder, and every problem."""

    written: list[Path] = field(default_factory=list)
    unchanged: list[Path] = field(default_factory=list)
    kept: list[Path] = field(default_factory=list)
    """Left alone because somebody has saved them since."""
    problems: list[Problem] = field(default_factory=list)

    @property
    def total(self) -> int:
        return len(self.written) + len(self.unchanged) + len(self.kept)


def quiet(done: int, total: int, label: str) -> None:
    """No progress display."""


def generate(
    company: Company,
    period: Period,
    out: Path,
    *,
    form: str = monthly.FORM,
    ids: Sequence[str] = (),
    department: str | None = None,
    overwrite: bool = False,
    progress: Progress = quiet,
) -> Outcome:
    """Write the forms of the selected employees; nobody is left out without a problem saying so."""
    employees, problems = company.selected(ids, department)
    outcome = Outcome(problems=problems)
    if out.exists() and not out.is_dir():
        message = "这里已经有一个同名文件，放不了考核表，请换一个文件夹"
        outcome.problems.append(Problem("not_a_folder", message, Place(file=str(out))))
        return outcome
    planned = list(_distinct(_planned(company, period, employees, form, problems), problems))
    for done, item in enumerate(planned):
        progress(done, len(planned), item.label)
        _write(item, out, overwrite, outcome)
    progress(len(planned), len(planned), "")
    return outcome


def _planned(
    company: Company,
    period: Period,
    employees: Sequence[Employee],
    form: str,
    problems: list[Problem],
) -> Iterator[Form]:
    if form == job_analysis.FORM:
        yield from _job_forms(company, employees, problems)
        return
    for employee in employees:
        scheme = company.scheme_of(employee)
        if scheme is None:
            message = f"{_named(employee)}的岗位「{employee.position}」没有考核方案，未生成"
            problems.append(warning("no_scheme", message, Place(file=company.roster)))
        else:
            yield _monthly_form(company, period, employee, scheme, problems)


def _distinct(planned: Iterator[Form], problems: list[Problem]) -> Iterator[Form]:
    """The forms without those whose file another one takes (letter case does not tell apart)."""
    taken: dict[str, str] = {}
    for item in planned:
        first = taken.setdefault(str(item.path).casefold(), item.label)
        if first is item.label:
            yield item
        else:
            message = f"{item.label}的表与{first}的表文件名相同，未生成，请改名区分"
            problems.append(Problem("same_file", message, Place(file=str(item.path))))


def _named(employee: Employee) -> str:
    return f"{employee.name}（{employee.id}）"


@cache
def _monthly_book(scheme: Scheme) -> Book:
    return monthly.book(scheme)


def _monthly_form(
    company: Company,
    period: Period,
    employee: Employee,
    scheme: Scheme,
    problems: list[Problem],
) -> Form:
    figures = company.actuals_of(employee, period)
    if company.actuals and not figures:
        message = f"{_named(employee)}在{period.label}没有任何数据，生成的是空表"
        problems.append(warning("no_figures", message))
    name = safe_name(f"{period}_{employee.id}_{employee.name}_{scheme.title}")
    return Form(
        Path(safe_name(employee.department)) / f"{name}.xlsx",
        _named(employee),
        lambda: _monthly_book(scheme),
        monthly.values(scheme, employee, period, figures),
    )


def _job_forms(
    company: Company, employees: Sequence[Employee], problems: list[Problem]
) -> Iterator[Form]:
    """One job analysis per position that somebody holds."""
    for name in dict.fromkeys(employee.position for employee in employees):
        found = company.library.positions_named(name)
        if not found:
            message = f"岗位「{name}」没有工作分析，未生成"
            problems.append(warning("no_job_analysis", message, Place(file=company.roster)))
        for position in found:
            # Two companies may have a position of one name; the file's name tells them apart.
            suffix = f"_{position.company}" if len(found) > 1 and position.company else ""
            yield Form(
                Path("工作分析") / f"{safe_name(f'工作分析表_{name}{suffix}')}.xlsx",
                f"岗位 {name}",
                lambda position=position: job_analysis.book(position),  # type: ignore[misc]
                job_analysis.values(position),
            )


def _write(item: Form, out: Path, overwrite: bool, outcome: Outcome) -> None:
    target = out / item.path
    try:
        if in_use(target):
            raise FileLockedError(str(target))
        content = workbook_bytes(item.book(), item.values)
        before = target.read_bytes() if target.is_file() else None
        if before == content:
            outcome.unchanged.append(item.path)
        elif before is None or overwrite or saved_by_us(before):
            save_whole(target, content)
            outcome.written.append(item.path)
        else:
            outcome.kept.append(item.path)
            message = f"{item.label}的表已有人改动过，没有覆盖；确实要重新生成请加 --overwrite"
            outcome.problems.append(warning("kept", message, Place(file=str(item.path))))
    except FileLockedError:
        message = f"{item.label}的表打不开或正在被 Excel、WPS 使用，请关闭后再生成"
        outcome.problems.append(Problem("file_locked", message, Place(file=str(item.path))))
    except OSError as error:
        message = f"{item.label}的表写不进去：{reason(error)}"
        outcome.problems.append(Problem("not_written", message, Place(file=str(item.path))))
