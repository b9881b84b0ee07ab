"""校准表 among what came back: which are expected, and what became of those that came."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from xladdin.app.results.calibration_sheets import COMPANY, sheet_path
from xladdin.books.calibration.calibration_book import FORM, TITLE
from xladdin.books.return_list import FAULTS, FAULTY, RECEIVED, ListLine
from xladdin.domain.people import Period
from xladdin.path_checks import may_be_there
from xladdin.problems import Problem, errors
from xladdin.returns.calibration_reading import ReadCalibration
from xladdin.returns.file_reading import FileRead
from xladdin.returns.gathering import FormKey

if TYPE_CHECKING:
    from xladdin.app.results.calibration_returns import TakenCalibrations

Take = Callable[[Sequence[ReadCalibration], Period | None], "TakenCalibrations"]
"""Checks the sheets against results and keeps what they decide."""
FOLDER = "校准表"
"""Where the button writes them: below the folder of the forms, by months."""
BY = "部门负责人"


def _key(period: Period, department: str) -> FormKey:
    return FormKey(FORM, department or COMPANY, str(period))


def came(
    reads: Sequence[FileRead], taken: TakenCalibrations, remarks: Mapping[str, str]
) -> Iterator[ListLine]:
    """A line for each sheet of the month; of two of one department the one that was taken, else the last."""
    found: dict[FormKey, FileRead] = {}
    for read in reads:
        one = read.calibration
        if one is None or read.untouched or one.period is None or one.period != taken.period:
            continue
        key = _key(one.period, one.department)
        before = found.get(key)
        if before is None or before.file.label not in taken.taken:
            found[key] = read
    for key, read in found.items():
        one, label = read.calibration, read.file.label
        faults = [it for it in errors(taken.problems) if it.place.file == label]
        state = RECEIVED if label in taken.taken else FAULTY
        yield ListLine(
            key.id,
            one.department if one else "",
            "",
            "",
            TITLE,
            (one.who if one else "") or BY,
            state,
            "是",
            f"{read.saved_at:%Y-%m-%d %H:%M}",
            label,
            _told(faults) if state == FAULTY else "",
            remarks.get(key.id, ""),
        )


def _told(faults: Sequence[Problem]) -> str:
    if not faults:
        return f"没有收，见“{FAULTS}”"
    more = f"（共 {len(faults)} 个，见“{FAULTS}”）" if len(faults) > 1 else ""
    place = f"{faults[0].place.cell}：" if faults[0].place.cell else ""
    return f"{place}{faults[0].message}{more}"


def expected(base: Path, period: Period, departments: Sequence[str]) -> Iterator[ListLine]:
    """The sheets that lie where the button writes them, one for each department.

    That of the whole company lies beside them: where it came back, nobody waits for the others.
    """
    for department in departments:
        if may_be_there(sheet_path(base / FOLDER / period, period, department)):
            yield ListLine(_key(period, department).id, department, "", "", TITLE, BY, "", "是")


def whole_company(period: Period) -> str:
    """The id of the line of the sheet that stands for all departments."""
    return _key(period, "").id
