"""Which forms a month is to bring back: everybody's appraisal, and what else was generated for it.

A clerk who wants job analyses or personal summaries generates them beside the master: that is how
they say that these are expected.  A job analysis belongs to no month, and is expected until it came.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from xladdin.app.generating.generate import plan
from xladdin.app.generating.planning import Form, Request
from xladdin.app.months.asking_figures import request_paths
from xladdin.books import forms
from xladdin.books.forms import Suite
from xladdin.books.reports.report_identity import request_identity
from xladdin.books.return_list import ListLine
from xladdin.company.company import Company
from xladdin.company.company_settings import FOLDER_SETTING
from xladdin.domain.people import Period
from xladdin.domain.presence import presence
from xladdin.path_checks import may_be_there
from xladdin.returns.gathering import APPRAISAL, FormKey
from xladdin.returns.keeping import Keeper

from .collect_calibrations import expected

Expected = tuple[FormKey, ListLine]
_SOME = 3
"""Names that fit into a cell."""


@dataclass(frozen=True)
class Expectation:
    """The forms of a month that are expected, and those that lie where they were generated."""

    company: Company
    period: Period
    master: Path
    keeper: Keeper | None

    def appraisals(self) -> Iterator[Expected]:
        """Of everybody who is there and has a scheme."""
        for employee in self.company.employees:
            scheme = self.company.scheme_of(employee)
            if scheme is None or presence(employee, self.period).absent:
                continue
            key = FormKey(APPRAISAL, employee.id, str(self.period))
            who = (employee.department, employee.id, employee.name)
            by = self.company.superior_of(employee).name
            yield key, ListLine(key.id, *who, scheme.title, by, "")

    def asked_besides(self) -> Iterator[Expected]:
        """Personal summaries of the month and job analyses that were generated."""
        for form in self._generated(forms.SUMMARY_SUITE):
            employee = self.company.people[form.person]
            key = FormKey(form.kind.id, employee.id, str(self.period))
            who = (employee.department, employee.id, employee.name)
            yield key, ListLine(key.id, *who, form.kind.label, employee.name, "", "是")
        for form in self._generated(forms.JOB_SUITE):
            key = FormKey(form.kind.id, form.template.id)
            came = self.keeper and self.keeper.earlier(form.kind.id, form.template.id, "", "")
            if not came:
                line = (key.id, "", "", form.template.name, form.kind.label)
                yield key, ListLine(*line, self._holders(form), "", "是")

    def figures(self) -> Iterator[Expected]:
        """The 收数表 that lie where they are written, as long as figures lack."""
        base = self.master.parent / (self.company.setting(FOLDER_SETTING) or ".")
        for deliverer, path in request_paths(self.company, base, self.period).items():
            if may_be_there(path):
                whose = request_identity(self.period, deliverer)
                key = FormKey(whose.kind, deliverer, str(self.period))
                yield key, ListLine(key.id, "", "", "", whose.label, deliverer, "", "是")

    def calibrations(self) -> Iterator[ListLine]:
        """The 校准表 of departments that lie where they are written."""
        base = self.master.parent / (self.company.setting(FOLDER_SETTING) or ".")
        teams = dict.fromkeys(one.department for one in self.company.employees)
        yield from expected(base, self.period, sorted(teams))

    def sent(self) -> set[FormKey]:
        """The appraisals that lie where they were generated."""
        generated = self._generated(forms.MONTHLY_SUITE)
        return {FormKey(APPRAISAL, form.person, str(self.period)) for form in generated}

    def _generated(self, suite: Suite) -> Iterator[Form]:
        base = self.master.parent / (self.company.setting(FOLDER_SETTING) or ".")
        request = Request(self.company, self.period, self.company.employees, base)
        for form in plan(request, suite.id, []):
            if (base / suite.folder(self.period) / form.path).exists():
                yield form

    def _holders(self, form: Form) -> str:
        """Who holds a position, and so fills in its analysis."""
        names = [
            employee.name
            for employee in self.company.employees
            if form.template in self.company.positions_of(employee)
        ]
        more = f"等{len(names)}人" if len(names) > _SOME else ""
        return f"{'、'.join(names[:_SOME])}{more}"
