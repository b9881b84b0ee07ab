"""Which forms a workbook holds, and whose: by hidden identity, and by what is seen where it is lost."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from xladdin.books import forms
from xladdin.books.appraisal import head
from xladdin.books.forms import Copy, FormKind
from xladdin.books.identity import FORM_VERSION, Identity, Origin, identity_of, is_identity
from xladdin.books.ratings.questionnaire import SERVED
from xladdin.company.company import Company
from xladdin.domain.competency import SOURCE_LABELS, CompetencyScheme
from xladdin.domain.people import Employee, Period
from xladdin.domain.positions import Position
from xladdin.domain.schemes import Scheme
from xladdin.intake.text import key_text, name_key, written_text
from xladdin.problems import Place, Problem, errors, warning
from xladdin.schemes.library import Library
from xladdin.schemes.load import Template

from .alignment import Texts, align, likeness, texts_of
from .book_view import BookView, Spot, ViewSheet
from .form_pattern import Pattern, PatternSheet, pattern_of, sheets_of

LIKE, ALIKE = 0.35, 0.6
"""Share of a form's texts by which a sheet may be the form of its identity, and by which it is one
without any identity."""
_MONTH = re.compile(r"(20[0-9]{2}) ?[-年/.] ?([0-9]{1,2})")
_SERVED, _WHEN = "为您服务的客服", "服务时间"


@dataclass(frozen=True)
class Instance:
    """One form in a workbook: the sheet that people filled in, and what it is."""

    sheet: ViewSheet
    pattern: Pattern
    identity: Identity
    identified: bool
    """Whether by its hidden identity, as against by what is seen."""
    problems: tuple[Problem, ...] = ()
    alone: bool = True
    """Whether it is the workbook's only form, so that all names are its names."""


@dataclass
class Recognised:
    """What was recognised in one workbook."""

    instances: list[Instance] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


KeptTemplate = Callable[[str], Template | None]
"""A template of an earlier time by its fingerprint, where somebody has kept it."""


def recognise(view: BookView, company: Company, kept: KeptTemplate = lambda _: None) -> Recognised:
    """Every form of a workbook; what cannot be one is told."""
    return _Recognising(view, company, kept).done()


def month_of(text: str) -> Period | None:
    """The month that a title or a span of days names first."""
    found = _MONTH.search(text)
    if found is None or not 1 <= int(found[2]) <= 12:
        return None
    return Period(f"{found[1]}-{int(found[2]):02d}")


class _Recognising:
    def __init__(self, view: BookView, company: Company, kept: KeptTemplate) -> None:
        self.view, self.company, self.kept = view, company, kept
        self.found = Recognised()
        self.texts: dict[str, Texts] = {}

    def done(self) -> Recognised:
        hidden = [sheet for sheet in self.view.sheets if is_identity(sheet.grid)]
        others = [sheet for sheet in self.view.sheets if sheet not in hidden]
        self.texts = {sheet.name: texts_of(sheet) for sheet in others}
        identities = list(self._identities(hidden))
        left = list(others)
        for identity in identities:
            instance = self._identified(identity, left, alone=len(identities) == 1)
            if instance is not None:
                self.found.instances.append(instance)
                left.remove(instance.sheet)
        if self.found.instances or not identities:
            self._unidentified(left, lost=not identities)
        self._single_out()
        return self.found

    def _identities(self, sheets: Sequence[ViewSheet]) -> Iterator[Identity]:
        for sheet in sheets:
            identity, problems = identity_of(sheet.grid)
            self.found.problems += [_as_warning(problem) for problem in problems]
            if identity is not None:
                yield identity

    # By identity.

    def _identified(
        self, identity: Identity, sheets: Sequence[ViewSheet], *, alone: bool
    ) -> Instance | None:
        kind = forms.kind_of(identity.origin.form)
        if kind is None or not kind.returned:
            self._not_one(identity, kind)
            return None
        template, problems = self._template(kind, identity)
        if template is None:
            self.found.problems += problems
            return None
        copy = copy_of(self.company, kind, identity)
        if copy is None and kind is not forms.JOB:
            message = f"名册里没有工号「{identity.employee}」，这份表没有收下；请核对名册"
            self.found.problems.append(Problem("unknown_employee", message, identity.place))
            return None
        pattern = pattern_of(kind, template, copy, identity.origin.rows)
        sheet = self._sheet_of(pattern, identity, sheets, alone=alone)
        if sheet is None:
            message = f"有隐藏的身份，但没有「{pattern.main.name}」这张表；请交原来的整个文件"
            self.found.problems.append(Problem("form_sheet_missing", message, identity.place))
            return None
        return Instance(sheet, pattern, identity, identified=True, problems=tuple(problems))

    def _not_one(self, identity: Identity, kind: FormKind[Any] | None) -> None:
        if kind is None:
            message = f"不认识这种表（{identity.origin.form}），可能是别的版本生成的"
            self.found.problems.append(Problem("unknown_form", message, identity.place))
        else:
            message = f"{kind.label}是人力资源部门自己的表，不用收回"
            self.found.problems.append(warning("not_returned", message, identity.place))

    def _template(
        self, kind: FormKind[Any], identity: Identity
    ) -> tuple[Template | None, list[Problem]]:
        """The template as it was, else as it is now, which is told."""
        found, problems = forms.template_of(identity, self.company.library)
        if found is not None:
            return found, problems
        kept = self._kept(kind, identity)
        if kept is not None:
            message = (
                f"「{kept.name}」在这份表发出以后改过或删掉了：按台账里留存的、发出时的方案读和计分；"
                "要按现在的方案，请重新发表"
            )
            return kept, [warning("scheme_kept", message, identity.place)]
        named: list[Template] = [
            one for one in kind.templates(self.company.library) if one.id == identity.origin.scheme
        ]
        if not named:
            return None, problems
        if identity.version != FORM_VERSION:
            message = f"是别的版本生成的表（{identity.version}），按现在的方案「{named[0].name}」读"
            return named[0], [warning("form_version", message, identity.place)]
        message = f"「{named[0].name}」在这份表发出以后改过：按现在的方案读，并按现在的方案重新计分"
        return named[0], [warning("scheme_changed", message, identity.place)]

    def _kept(self, kind: FormKind[Any], identity: Identity) -> Template | None:
        """What was kept of the template of then, where it can make a form of this kind."""
        if identity.version != FORM_VERSION:
            return None
        kept = self.kept(identity.origin.content)
        if kept is None or kept.id != identity.origin.scheme:
            return None
        return next((one for one in kind.templates(library_of(kept))), None)

    def _sheet_of(
        self, pattern: Pattern, identity: Identity, sheets: Sequence[ViewSheet], *, alone: bool
    ) -> ViewSheet | None:
        """The sheet that an identity speaks of; the person in its head tells copies apart."""
        like = {
            sheet.name: likeness(pattern.main, self.texts[sheet.name])
            for sheet in sheets
            if sheet.name in self.texts
        }
        fitting = [sheet for sheet in sheets if like.get(sheet.name, 0) >= LIKE]
        if len(fitting) > 1 and identity.employee:
            own = [
                sheet
                for sheet in fitting
                if (person := self._person(pattern, sheet)) and person.id == identity.employee
            ]
            fitting = own or fitting
        named = {place[0].casefold() for place in self.view.names.values()}
        ranked = sorted(
            fitting,
            key=lambda sheet: (
                sheet.name == pattern.main.name,
                sheet.name.casefold() in named,
                like[sheet.name],
            ),
        )
        return ranked[-1] if ranked else None

    # By what is seen.

    def _unidentified(self, sheets: Sequence[ViewSheet], *, lost: bool) -> None:
        for sheet in sheets:
            best = self._most_like(sheet)
            if best is None:
                continue
            instance = self._seen(sheet, *best)
            if instance is not None:
                self.found.instances.append(instance)
        if lost and not self.found.instances and not errors(self.found.problems):
            message = (
                "不是本工具生成的表，也看不出是哪种考核表，没有收；请交原来的整个文件（.xlsx）"
            )
            self.found.problems.append(Problem("no_identity", message, Place(self.view.file)))

    def _most_like(self, sheet: ViewSheet) -> tuple[FormKind[Any], Template] | None:
        """The kind and template whose texts a sheet shows most of."""
        texts, best = self.texts[sheet.name], (ALIKE, None)
        for kind, template, pattern in _patterns(self.company):
            like = likeness(pattern, texts)
            if like > best[0]:
                best = (like, (kind, template))  # type: ignore[assignment]
        return best[1]

    def _seen(self, sheet: ViewSheet, kind: FormKind[Any], template: Template) -> Instance | None:
        blank = pattern_of(kind, template, None)
        employee = None if kind is forms.JOB else self._person(blank, sheet)
        if employee is None and kind is not forms.JOB:
            message = (
                f"像是{kind.label}，但隐藏的身份没有一起交来，也看不出是谁的（工号、姓名在名册里找不到"
                "或不止一位），没有收；请交原来的整个文件"
            )
            self.found.problems.append(Problem("person_unclear", message, sheet.whole))
            return None
        period = self._month(blank, sheet)
        if period is None and kind is not forms.JOB:
            message = f"像是{kind.label}，但看不出是哪个月的，没有收；请交原来的整个文件"
            self.found.problems.append(Problem("month_unclear", message, sheet.whole))
            return None
        chosen = kind.chosen(self.company, employee) if employee else None
        template = chosen or template
        identity, problems = self._stand_in(kind, template, employee, period, sheet)
        if identity is None:
            self.found.problems += problems
            return None
        copy = copy_of(self.company, kind, identity)
        return Instance(
            sheet,
            pattern_of(kind, template, copy),
            identity,
            identified=False,
            problems=tuple(problems),
        )

    def _stand_in(
        self,
        kind: FormKind[Any],
        template: Template,
        employee: Employee | None,
        period: Period | None,
        sheet: ViewSheet,
    ) -> tuple[Identity | None, list[Problem]]:
        """What the identity must have said; an anonymous rater can be told by a token only."""
        rater = ""
        if kind.source is not None and employee is not None:
            lines = [one for one in self.company.raters_of(employee) if one.source is kind.source]
            if kind.anonymous or len(lines) != 1:
                label = SOURCE_LABELS[kind.source]
                message = (
                    f"是{employee.name}（{employee.id}）的{label}，但编号随隐藏的身份丢了，"
                    "对不上评价人，没有收；请评价人交原来的整个文件"
                )
                return None, [Problem("token_lost", message, sheet.whole)]
            rater = lines[0].rater_id
        whose = f"{employee.name}（{employee.id}）{period.label}的" if employee and period else ""
        message = f"隐藏的身份没有一起交来，按表上写的认作{whose}{kind.label}，按格子旁边的文字读"
        origin = Origin(kind.id, template.id, template.fingerprint())
        identity = Identity(
            origin,
            FORM_VERSION,
            employee.id if employee else "",
            period,
            rater=rater,
            place=sheet.whole,
        )
        return identity, [warning("identity_lost", message, sheet.whole)]

    def _person(self, pattern: Pattern, sheet: ViewSheet) -> Employee | None:
        """Whom the head of a sheet names, where the roster has one such person."""
        said = self._said(pattern, sheet)
        id_ = key_text(said.get(head.EMPLOYEE_ID, ""))
        if id_ in self.company.people:
            return self.company.people[id_]
        served = written_text(said.get(SERVED, "")).partition(_SERVED)[2].partition(_WHEN)[0]
        name = name_key(said.get(head.NAME) or served.strip(" 　:："))
        found = [
            one
            for one in self.company.employees
            if name and name in (name_key(one.name), name_key(one.nickname))
        ]
        return found[0] if len(found) == 1 else None

    def _month(self, pattern: Pattern, sheet: ViewSheet) -> Period | None:
        said = self._said(pattern, sheet)
        texts = (written_text(said.get(key, "")) for key in (head.TIME, head.TITLE, SERVED))
        return next((month for text in texts if (month := month_of(text))), None)

    def _said(self, pattern: Pattern, sheet: ViewSheet) -> dict[str, object]:
        """What stands in the head's cells of a sheet."""
        named: dict[str, Spot] = dict(self.view.local.get(sheet.name, {}))
        if not named:
            named = {k: at for k, (name, at) in self.view.names.items() if name == sheet.name}
        alignment = align(pattern.main, sheet, named)
        found: dict[str, object] = {}
        for key in (head.EMPLOYEE_ID, head.NAME, head.TIME, head.TITLE, SERVED):
            cell = pattern.cell(key)
            spot = named.get(key) or (
                alignment.place((cell.row + 1, cell.col + 1)) if cell is not None else None
            )
            if cell is not None and spot is not None:
                found[key] = sheet.at(spot).value
        return found

    def _single_out(self) -> None:
        """Several forms in one workbook: names of the whole workbook belong to one of them only."""
        found = self.found.instances
        if len(found) > 1:
            message = f"这个文件里有 {len(found)} 份表，分别收下"
            self.found.problems.append(warning("several_forms", message, Place(self.view.file)))
            self.found.instances = [replace(each, alone=False) for each in found]


def copy_of(company: Company, kind: FormKind[Any], identity: Identity) -> Copy | None:
    """Whose copy a form is; None where it is of nobody whom the company knows, or of no month."""
    employee = company.people.get(identity.employee)
    if employee is None or identity.period is None or kind is forms.JOB:
        return None
    return Copy(company, employee, identity.period, identity.token, identity.rater)


def _as_warning(problem: Problem) -> Problem:
    """A damaged identity is no reason to refuse a form that can be told by what is seen."""
    return warning(problem.code, problem.message, problem.place)


def library_of(template: Template) -> Library:
    """A library of this one template."""
    match template:
        case Scheme():
            return Library((template,))
        case CompetencyScheme():
            return Library(competencies=(template,))
        case Position():
            return Library(positions=(template,))


def _patterns(company: Company) -> list[tuple[FormKind[Any], Template, PatternSheet]]:
    return _patterns_of(
        company.library.schemes, company.library.competencies, company.library.positions
    )


@cache
def _patterns_of(
    schemes: tuple[Any, ...], competencies: tuple[Any, ...], positions: tuple[Any, ...]
) -> list[tuple[FormKind[Any], Template, PatternSheet]]:
    library = Library(schemes, positions, competencies)
    return [
        (kind, template, next(one for one in sheets_of(kind, template, ()) if one.asks))
        for kind in forms.KINDS
        if kind.returned
        for template in kind.templates(library)
    ]
