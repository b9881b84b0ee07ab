"""Grades that managers have decided, in place of those that the scores give; whatever no longer fits is told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from xladdin.app.generating.planning import named
from xladdin.company.calibrating import calibrated, current_grade
from xladdin.company.kept_results import KeptResults
from xladdin.company.month_results import PersonResult
from xladdin.problems import Place, Problem, warning


def with_decided(
    people: Iterable[PersonResult], kept: KeptResults
) -> tuple[list[PersonResult], list[Problem]]:
    """The same people, with the grades that the ledger has of the month's calibration."""
    found: list[PersonResult] = []
    problems: list[Problem] = []
    place = Place(file=kept.name)
    for one in people:
        decided, now = kept.calibrations.get(one.employee.id), current_grade(one)
        if decided is None:
            found.append(one)
            continue
        before, names = decided.before or now, {grade.name for grade in one.scheme.grades}
        if before != now:
            message = (
                f"{named(one.employee)}校准时原等级是「{before}」，现在是「{now or '没有总分'}」，"
                f"校准成的「{decided.after}」没有用上；请重新校准"
            )
            problems.append(warning("calibration_stale", message, place))
        elif decided.after and decided.after not in names:
            message = f"{named(one.employee)}校准成的「{decided.after}」现在的方案里没有，没有用上"
            problems.append(warning("calibration_grade", message, place))
        else:
            sure = replace(decided, before=before, after=decided.after or now)
            found.append(calibrated(one, sure))
            continue
        found.append(one)
    return found, problems
