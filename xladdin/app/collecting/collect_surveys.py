"""Survey sites' exports among the files that came back: each answer is kept as a customer's form is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from xladdin.books import forms
from xladdin.books.ratings.rating import rating_key
from xladdin.company.company import Company
from xladdin.domain.competency import Assignment, Source
from xladdin.domain.people import REFUSED, Period
from xladdin.formula.evaluate import Value
from xladdin.intake.handed_in import HandedIn
from xladdin.intake.survey_exports import Survey, is_survey, read_survey
from xladdin.problems import Place, warning
from xladdin.returns.file_reading import FileRead
from xladdin.returns.handed_files import HandedFile
from xladdin.returns.keeping import Accepted, Keeper, Kept

KIND = forms.RATED_BY[Source.CUSTOMER].id
NO_LEDGER = "是问卷网站的导出表，答卷只记在台账里；这次没有用台账，没有收"


@dataclass
class Surveys:
    """Reads files; of a survey site's export it keeps the answers aside."""

    read: Callable[[HandedFile], FileRead]
    company: Company
    found: list[tuple[FileRead, Survey]] = field(default_factory=list)

    def __call__(self, file: HandedFile) -> FileRead:
        read = self.read(file)
        if read.forms or read.reports or file.problems:
            return read
        export = HandedIn(file.opened)
        if not is_survey(export):
            return read
        survey = read_survey(export, self.company.employees, self.company.competency_of)
        told = FileRead(file, problems=survey.problems)
        self.found.append((told, survey))
        return told

    @cached_property
    def count(self) -> int:
        """How many answers can be used."""
        return sum(len(survey.assignments) for _, survey in self.found)

    def keep(self, keeper: Keeper | None, period: Period | None, now: dt.datetime) -> Kept:
        """Hand the answers to the ledger; the same export again adds nothing."""
        if not self.count or period is None:
            return Kept()
        if keeper is None:
            places = [Place(read.file.label) for read, _ in self.found]
            return Kept(problems=tuple(warning("no_ledger", NO_LEDGER, one) for one in places))
        return keeper.keep(
            [
                one
                for read, survey in self.found
                for one in self._accepted(read, survey, period, now)
            ]
        )

    def _accepted(
        self, read: FileRead, survey: Survey, period: Period, now: dt.datetime
    ) -> list[Accepted]:
        found = []
        for line in survey.assignments:
            scheme = self.company.competency_of(self.company.people[line.ratee])
            if scheme is not None:
                found.append(
                    Accepted(
                        KIND,
                        line.ratee,
                        str(period),
                        scheme,
                        _inputs(survey, line),
                        {},
                        read.file.name,
                        read.sha256,
                        read.file.as_it_came,
                        now,
                        token=line.rater,
                    )
                )
        return found


def _inputs(survey: Survey, line: Assignment) -> Mapping[str, Value]:
    """What an answer gives, by key: stars as numbers, what is none as it was written."""
    return {
        rating_key(one.element): one.level.removesuffix(REFUSED)
        if one.refused
        else Decimal(one.level)
        for one in survey.ratings
        if (one.ratee, one.rater) == (line.ratee, line.rater)
    }


def answers_told(surveys: Surveys, kept: Kept) -> str:
    """What became of the answers; empty where none came."""
    if not surveys.found:
        return ""
    before = f"，其中 {kept.known} 份先前已经记过" if kept.known else ""
    return f"问卷网站的答卷：{surveys.count} 份{before}"
