"""收数表 for everybody who delivers figures of a month: what the master does not have yet."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from xladdin.app.letterheads import letterhead_of, logo_of
from xladdin.app.results.result_files import SUFFIX, ResultFile
from xladdin.books.data_request import TITLE, Request, Wanted, book
from xladdin.company.company import Company, Figure
from xladdin.company.deliverers import Deliverers
from xladdin.domain.people import Period
from xladdin.files import make_folder, reason, safe_name
from xladdin.layout.writer import workbook_bytes
from xladdin.path_checks import is_folder
from xladdin.problems import Place, Problem, ProblemsFound, warning

from .month_people import month_people
from .opening_month import Opened

FOLDER = TITLE
"""Below the company's folder, and below that a folder for each month."""
Progress = Callable[[int, int, str], None]


@dataclass
class AskedFor:
    """What was asked of whom."""

    period: Period
    written: dict[str, tuple[Path, int]] = field(default_factory=dict)
    """Deliverer -> file, and how many figures it asks for."""
    complete: list[str] = field(default_factory=list)
    """Deliverers who have nothing left to deliver."""
    kept: list[str] = field(default_factory=list)
    """Deliverers whose file is there and has been filled in or changed."""
    problems: list[Problem] = field(default_factory=list)

    @property
    def told(self) -> list[str]:
        """What was done, for a person."""
        lines = []
        if self.written:
            folder = next(iter(self.written.values()))[0].parent
            parts = "，".join(f"{who} {count} 个数" for who, (_, count) in self.written.items())
            lines.append(f"收数表 {len(self.written)} 份，在 {folder}：{parts}")
            lines.append("填好以后放回一个文件夹，用 collect（收回考核表）一起收。")
        elif not self.kept:
            lines.append("没有要报的数，没有写收数表。")
        if self.complete:
            lines.append(f"已经报齐：{'、'.join(self.complete)}")
        return lines

    def as_json(self) -> dict[str, Any]:
        """Plain data, without the problems."""
        return {
            "requests": [
                {"deliverer": who, "file": str(path), "asked": count}
                for who, (path, count) in self.written.items()
            ],
            "complete": self.complete,
            "kept": self.kept,
        }


def requests_of(company: Company, period: Period) -> list[Request]:
    """What every deliverer has to deliver of a month, known figures among it; in the order of the roster."""
    known = {
        (one.actual.employee, one.actual.indicator): one
        for one in company.figures
        if one.actual.period == period
    }
    deliverers = Deliverers(company)
    found: dict[str, list[Wanted]] = {}
    for employee, scheme in month_people(company, period).people:
        for item in scheme.indicators:
            figure = known.get((employee.id, item.id))
            wanted = Wanted(employee, item, *_known(figure, item.target))
            found.setdefault(deliverers.of(employee, item.source), []).append(wanted)
    return [Request(who, period, tuple(figures)) for who, figures in found.items()]


def _known(figure: Figure | None, default: Any) -> tuple[Any, Any, str]:
    """Target, actual and state."""
    if figure is None:
        return default, None, ""
    line = figure.actual
    return (default if line.target is None else line.target), line.actual, figure.state


def request_path(folder: Path, period: Period, deliverer: str) -> Path:
    """``收数表_2026-12_财务.xlsx``."""
    return folder / f"{safe_name(f'{TITLE}_{period}_{deliverer}')}{SUFFIX}"


def ask_for_figures(
    company: Company,
    period: Period,
    folder: Path,
    *,
    overwrite: bool = False,
    progress: Progress = lambda *_: None,
) -> AskedFor:
    """Write a file for each deliverer; one that somebody has filled in stays unless told otherwise."""
    done = AskedFor(period)
    requests = requests_of(company, period)
    done.complete = [one.deliverer for one in requests if not one.asked]
    open_ = [one for one in requests if one.asked]
    try:
        if open_:
            make_folder(folder)
    except OSError as error:
        message = f"文件夹建不了：{reason(error)}，没有写收数表"
        done.problems.append(Problem("not_written", message, Place(file=str(folder))))
        return done
    for number, request in enumerate(open_):
        progress(number, len(open_), request.deliverer)
        _write(company, request, request_path(folder, period, request.deliverer), overwrite, done)
    progress(len(open_), len(open_), "")
    return done


def _write(company: Company, request: Request, path: Path, overwrite: bool, done: AskedFor) -> None:
    made = book(request)
    file = ResultFile(TITLE, made.properties.title)
    content = workbook_bytes(made, {}, letterhead_of(company))
    try:
        done.problems += file.write(content, path, overwrite=overwrite)
        done.written[request.deliverer] = (path, len(request.asked))
    except ProblemsFound as found:
        if [one.code for one in found.problems] != ["exists"]:
            done.problems += found.problems
            return
        done.kept.append(request.deliverer)
        message = "已经有这份收数表，有人填过或改过，没有覆盖；收回以后再写，或加 --overwrite"
        done.problems.append(warning("request_kept", message, Place(file=str(path))))


def ask_after(
    opened: Opened,
    master: Path,
    folder: Path,
    *,
    overwrite: bool = False,
    progress: Progress = lambda *_: None,
) -> AskedFor:
    """The same for a month that has just been opened."""
    if opened.company is None:
        return AskedFor(opened.period)
    logo, told = logo_of(opened.company, master.parent, master.name)
    company = replace(opened.company, logo=logo)
    done = ask_for_figures(company, opened.period, folder, overwrite=overwrite, progress=progress)
    done.problems[:0] = told
    return done


def request_paths(company: Company, base: Path, period: Period) -> Mapping[str, Path]:
    """Deliverer who has something left to deliver -> where the file lies, where none other is chosen."""
    below = base / FOLDER / period
    if not is_folder(below):
        return {}
    open_ = (one.deliverer for one in requests_of(company, period) if one.asked)
    return {who: request_path(below, period, who) for who in open_}
