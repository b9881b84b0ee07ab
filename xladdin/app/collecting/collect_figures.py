"""What of the returned forms goes into the master's sheet of targets and actuals: blanks, and what
somebody has decided for the form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from xladdin.company.company import Company
from xladdin.domain.people import Employee, Period
from xladdin.domain.schemes import Scheme
from xladdin.formula.evaluate import Value
from xladdin.intake.exports.figures import Measured
from xladdin.intake.scheme_items import Item, items_of
from xladdin.problems import Place, Problem, warning
from xladdin.returns.gathering import Received
from xladdin.returns.open_questions import ON_FORM, Settled
from xladdin.scoring import keys

COLUMN = "收回的考核表"


def filled_in(settled: Sequence[Settled], company: Company) -> tuple[list[Measured], list[Problem]]:
    """The figures to be written, in the order of the people; and targets that find no room."""
    lines: list[Measured] = []
    problems: list[Problem] = []
    for one in sorted(settled, key=lambda one: one.submission.key):
        copy = one.chosen
        employee = company.people.get(one.submission.key.person)
        if copy is None or employee is None or copy.period is None:
            continue
        template = copy.form.pattern.template
        if isinstance(template, Scheme):
            now = company.scheme_of(employee)
            items = {item.id: item for item in items_of(now).values()} if now else {}
            form = _Form(copy, employee, copy.period, _returned(one, copy), items)
            lines += form.lines(template, problems)
    return lines, problems


@dataclass(frozen=True)
class _Form:
    """A form that was settled, and what of it is to be written."""

    copy: Received
    employee: Employee
    period: Period
    returned: Mapping[str, Value]
    """What was asked and is not in the master, and what was decided for the form."""
    items: Mapping[str, Item]
    """What the master's own scheme measures, by id."""

    def lines(self, scheme: Scheme, problems: list[Problem]) -> Iterator[Measured]:
        for asked in dict.fromkeys(items_of(scheme).values()):
            if self._measured_still(asked, problems):
                yield from self._line(asked, problems)

    def _measured_still(self, asked: Item, problems: list[Problem]) -> bool:
        """Whether the scheme of now has the same item: a form may be of an earlier one."""
        now = self.items.get(asked.id)
        if now is not None and (now.unit, now.may_lack) == (asked.unit, asked.may_lack):
            return True
        key = _key(asked)
        if self.returned.get(key) is not None:
            message = f"「{asked.name}」现在的方案里没有，或者单位不同，没有写入总表"
            problems.append(warning("item_gone", message, self._place(key)))
        return False

    def _line(self, item: Item, problems: list[Problem]) -> Iterator[Measured]:
        key = _key(item)
        value, target = self.returned.get(key), self.returned.get(keys.target(item.id))
        own = self._own_rating(item)
        if value is None and (isinstance(target, Decimal) or own is not None):
            value = self.copy.form.pattern.values.get(key)
            if value is None:
                problems.append(self._waits(item, key, own))
        # What the rule refuses is told of the form already.
        if isinstance(value, Decimal) and not item.beyond(value):
            place = self._place(key)
            wanted = target if isinstance(target, Decimal) else None
            row = (self.copy.label, place.sheet, 0)
            who = (self.period, self.employee, self.items[item.id])
            yield Measured(*who, value, place, row, COLUMN, wanted, own)

    def _own_rating(self, item: Item) -> Decimal | None:
        value = self.returned.get(keys.self_rating(item.id)) if item.of_self else None
        usable = isinstance(value, Decimal) and not item.beyond(value)
        return value if isinstance(value, Decimal) and usable else None

    def _waits(self, item: Item, key: str, own: Decimal | None) -> Problem:
        if own is not None:
            message = f"「{item.name}」填了自评，还没有上级评，自评暂时没有写入总表"
            return warning("self_rating_waits", message, self._place(keys.self_rating(item.id)))
        message = f"「{item.name}」填了目标值，还没有实际达成，目标值暂时没有写入总表"
        return warning("target_waits", message, self._place(key))

    def _place(self, key: str) -> Place:
        return self.copy.form.places.get(key, Place(self.copy.label))


def _key(item: Item) -> str:
    return keys.points(item.id) if item.may_lack else keys.actual(item.id)


def _returned(one: Settled, copy: Received) -> Mapping[str, Value]:
    """What was asked and is not in the master, and what was decided for the form."""
    open_ = {question.key for question in one.open}
    known = copy.form.pattern.values
    questions = {question.key for question in one.questions}
    conflicts = {conflict.key: conflict.value for conflict in copy.form.conflicts}
    found: dict[str, Value] = {}
    for key, value in {**copy.form.inputs, **conflicts}.items():
        if key in open_ or value is None:
            continue
        if key in questions:
            if one.taken.get(key) == ON_FORM:
                found[key] = value
        elif known.get(key) is None and key not in conflicts:
            found[key] = value
    return found
