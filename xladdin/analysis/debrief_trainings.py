"""When somebody was trained: lines of the master's settings such as ``培训日期 = 2026-05-12 产品知识``.

``培训日期`` holds for everybody, ``培训日期 网络销售部`` for a department, ``培训日期 QC002`` (or a name) for
one person.  Several stand apart by ``；``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from xladdin.company.company import Company
from xladdin.company.company_settings import TRAINING
from xladdin.intake.near_names import hint
from xladdin.intake.text import clean
from xladdin.intake.times import read_day
from xladdin.problems import Place, Problem, warning

from .debrief_figures import Training

MOST = 3
"""As many as the workbook has lines for."""
_ENTRY = re.compile(r"\s*(\d{4}(?:[-/.]\d{1,2}[-/.]\d{1,2}|年\d{1,2}月\d{1,2}日)|\d{8})\s*(.*)")
_APART = re.compile("[；;\n]")


def trainings_of(
    company: Company, named: Sequence[str], year: int
) -> tuple[tuple[Training, ...], list[Problem]]:
    """The trainings of whom these names mean, in the year or the one before, and what could not be used.

    One's own come before the department's and everybody's; where there are more than the workbook has
    lines for, the last ones are told.
    """
    found: list[tuple[int, Training]] = []
    problems: list[Problem] = []
    at = Place(file=company.file)
    known = {called for one in company.employees for called in (one.id, one.name, one.department)}
    for setting in company.settings:
        name = clean(setting.name)
        if not name.startswith(TRAINING) or not setting.value.strip():
            continue
        whose = name.removeprefix(TRAINING).strip(" ：:")
        if whose and whose not in known:
            message = f"「设置」里的「{name}」：名册中没有「{whose[:20]}」{hint(whose, [*known])}，没有用上"
            problems.append(warning("training_unread", message, at))
            continue
        entries, wrong = _entries(setting.value)
        problems += [
            warning(
                "training_unread", f"「设置」里的「{name}」「{text[:20]}」不是日期，没有用上", at
            )
            for text in wrong
        ]
        if not whose or whose in named:
            place = named.index(whose) if whose else len(named)
            found += [(place, one) for one in entries if one.day.year in (year - 1, year)]
    found.sort(key=lambda one: one[0])
    several = tuple(dict.fromkeys(training for _, training in found))
    for one in several[MOST:]:
        message = f"{named[0]}的培训多于{MOST}次，{one.day.isoformat()} {one.name} 没有列出"
        problems.append(warning("trainings_left_out", message, at))
    return several[:MOST], problems


def _entries(text: str) -> tuple[list[Training], list[str]]:
    """What stands in a setting, and what is no day."""
    entries, wrong = [], []
    for part in filter(str.strip, _APART.split(text)):
        seen = _ENTRY.fullmatch(part)
        day = read_day(re.sub("[年月]", "-", seen[1]).rstrip("日")) if seen else None
        if seen is None or day is None:
            wrong.append(part.strip())
        else:
            entries.append(Training(day, clean(seen[2])))
    return entries, wrong
