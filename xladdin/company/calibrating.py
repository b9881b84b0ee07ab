"""Calibration: grades before and after, and whether they keep what the schemes ask of their numbers.

The engine behind the 校准表 and behind its way back: groups of people whose grades are counted together,
what is asked of each, and by how many it is missed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property

from xladdin.domain.grades import Grade
from xladdin.domain.guidelines import LABELS, least, most, verdict
from xladdin.domain.schemes import Scheme
from xladdin.formula.compiled import compiled
from xladdin.formula.evaluate import Value
from xladdin.formula.nodes import Var
from xladdin.scoring import keys

from .calibrated import Calibrated
from .company import Company
from .company_settings import MOST_TEAM, ORDER_SETTING, TEAM_SETTING
from .month_results import MonthResults, PersonResult

FITS = "符合"
_ASKS, _SHARE, _UPPER = Var("asks", text=True), Var("share"), Var("upper")
_LEAST = compiled(least(_ASKS, _SHARE, Var("people")))
_MOST = compiled(most(_ASKS, _SHARE, _UPPER, Var("people")))
_VERDICT = compiled(verdict(Var("count"), Var("low"), Var("high")))
Grades = Mapping[str, str]
"""Employee id -> grade."""


def team_size(company: Company) -> int:
    """From how many people of a scheme on a department is counted by itself; 0: none is."""
    said = company.setting(TEAM_SETTING).strip()
    size = int(said) if said.isascii() and said.isdigit() else 0
    return size if size <= MOST_TEAM else 0


def is_ordered(company: Company) -> bool:
    """Whether those who have the same grade are put in an order."""
    return company.setting(ORDER_SETTING).strip() == "是"


def original_grade(one: PersonResult) -> str:
    """The grade that the score gives, whatever was decided since; empty without a total."""
    if one.total is None:
        return ""
    return one.calibrated.before if one.calibrated else str(one.values.get(keys.GRADE) or "")


def current_grade(one: PersonResult) -> str:
    """The grade that counts; empty without a total."""
    return "" if one.total is None else str(one.values.get(keys.GRADE) or "")


def most_of_a_grade(people: Iterable[PersonResult]) -> int:
    """How many people have the grade that most of them have."""
    return max(Counter(filter(None, map(current_grade, people))).values(), default=0)


def with_grade(one: PersonResult, grade: str) -> PersonResult:
    """The same person with another grade and its coefficient."""
    coefficient = next((it.coefficient for it in one.scheme.grades if it.name == grade), None)
    return replace(one, values={**one.values, keys.GRADE: grade, keys.COEFFICIENT: coefficient})


def calibrated(one: PersonResult, decided: Calibrated) -> PersonResult:
    """The same person with the grade that was decided."""
    return replace(with_grade(one, decided.after), calibrated=decided)


def bonus(one: PersonResult, grade: str) -> Decimal | None:
    """What the scheme pays somebody who has this grade; None where something lacks."""
    scheme = one.scheme
    coefficient = next((it.coefficient for it in scheme.grades if it.name == grade), None)
    env: dict[str, Value] = {
        "base": one.base if scheme.bonus_rule.needs_base else None,
        "score": one.total,
        "grade": grade,
        "coefficient": coefficient,
    }
    due = compiled(scheme.bonus_expression)(env)
    return due if isinstance(due, Decimal) else None


@dataclass(frozen=True, slots=True)
class Verdict:
    """How many of a group have a grade, and what is said of that."""

    grade: Grade
    count: int
    told: str
    """``多 2 人``, ``少 1 人``, ``符合``; empty where nothing is asked."""

    @property
    def is_off(self) -> bool:
        return self.told not in ("", FITS)

    @property
    def is_binding(self) -> bool:
        return self.grade.guideline is not None and self.grade.guideline.binding


@dataclass(frozen=True, slots=True)
class Group:
    """People of a scheme whose grades are counted together."""

    scheme: Scheme
    department: str
    """Empty: several departments."""
    people: tuple[PersonResult, ...]

    @property
    def label(self) -> str:
        return self.department or POOLED

    def counts(self, grades: Grades) -> Counter[str]:
        """Grade -> people; of whom nothing is said, the grade that counts now."""
        return Counter(grades.get(it.employee.id, current_grade(it)) for it in self.people)

    def verdicts(self, grades: Grades) -> Iterator[Verdict]:
        """Each grade, the best first."""
        counts = self.counts(grades)
        people = sum(counts[grade.name] for grade in self.scheme.grades)
        for grade in self.scheme.grades:
            yield Verdict(grade, counts[grade.name], judged(grade, counts[grade.name], people))


POOLED = "各部门合计"


def judged(grade: Grade, count: int, people: int) -> str:
    """What is said of so many people with a grade among so many."""
    asked = grade.guideline
    if asked is None:
        return ""
    env: dict[str, Value] = {
        "asks": LABELS[asked.asks],
        "share": asked.share,
        "upper": asked.most,
        "people": Decimal(people),
        "count": Decimal(count),
    }
    env |= {"low": _LEAST(env), "high": _MOST(env)}
    return str(_VERDICT(env))


@dataclass(frozen=True)
class Board:
    """What a calibration is about: a month's results, for one department or for all."""

    results: MonthResults
    department: str = ""
    """Empty: the company's."""
    team_size: int = 0
    ordered: bool = False

    @classmethod
    def of(cls, company: Company, results: MonthResults, department: str = "") -> Board:
        """As the company's settings want it."""
        return cls(
            results.with_schemes_apart(), department, team_size(company), is_ordered(company)
        )

    @cached_property
    def everybody(self) -> tuple[PersonResult, ...]:
        """All of the company who have a grade."""
        return tuple(one for one in self.results.people if current_grade(one))

    @cached_property
    def people(self) -> tuple[PersonResult, ...]:
        """Those whose grades may be changed here: by department, the best first."""
        own = [it for it in self.everybody if self.department in ("", it.employee.department)]
        return tuple(sorted(own, key=_order))

    @cached_property
    def waiting(self) -> int:
        """How many have no total yet, and so no grade to calibrate."""
        open_ = (it for it in self.results.people if not current_grade(it))
        return sum(self.department in ("", it.employee.department) for it in open_)

    @cached_property
    def schemes(self) -> tuple[Scheme, ...]:
        """The schemes of these people, each once."""
        return tuple({it.scheme.id: it.scheme for it in self.people}.values())

    def of_scheme(self, scheme: Scheme) -> tuple[PersonResult, ...]:
        return tuple(it for it in self.people if it.scheme.id == scheme.id)

    def groups(self, scheme: Scheme) -> tuple[Group, ...]:
        """All groups of a scheme in which somebody of the board is, with everybody who is counted there."""
        return self._groups[scheme.id]

    @cached_property
    def _groups(self) -> dict[str, tuple[Group, ...]]:
        return {scheme.id: self._grouped(scheme) for scheme in self.schemes}

    @cached_property
    def group_numbers(self) -> Mapping[str, int]:
        """Employee id -> which of the groups of their scheme, from 1."""
        return {
            one.employee.id: t
            for groups in self._groups.values()
            for t, group in enumerate(groups, start=1)
            for one in group.people
        }

    @cached_property
    def departments(self) -> Mapping[str, int]:
        """The departments of these people, each with its number, from 1."""
        names = dict.fromkeys(it.employee.department for it in self.people)
        return {name: d for d, name in enumerate(names, start=1)}

    def _grouped(self, scheme: Scheme) -> tuple[Group, ...]:
        teams: dict[str, list[PersonResult]] = {}
        for one in self.everybody:
            if one.scheme.id == scheme.id:
                teams.setdefault(one.employee.department, []).append(one)
        large = {name for name, own in teams.items() if 0 < self.team_size <= len(own)}
        pooled = [one for name, own in teams.items() if name not in large for one in own]
        found = [Group(scheme, name, tuple(teams[name])) for name in sorted(large)]
        found += [Group(scheme, "", tuple(pooled))] if pooled else []
        own = {it.employee.id for it in self.people}
        return tuple(it for it in found if any(one.employee.id in own for one in it.people))


def _order(one: PersonResult) -> tuple[str, Decimal, str]:
    return one.employee.department, -(one.total or Decimal(0)), one.employee.id


def third(place: int, count: int) -> str:
    """高, 中 or 低: the place (from 0, the best first) among so many steps."""
    edge = max(1, count // 3)
    return "高" if place < edge else "低" if place >= count - edge else "中"


def thirds(names: Sequence[str]) -> dict[str, str]:
    """The same of every step by name."""
    return {name: third(place, len(names)) for place, name in enumerate(names)}
