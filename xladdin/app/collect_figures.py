"""What of the returned forms goes into the master's sheet of targets and actuals: blanks, and what
somebody has decided for the form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from xladdin.company.company import Company
from xladdin.domain.people import Employee, Period
from xladdin.domain.quantities import plain
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
            lines += _lines(one, copy, employee, copy.period, template, problems)
    return lines, problems


def _lines(
    one: Settled,
    copy: Received,
    employee: Employee,
    period: Period,
    scheme: Scheme,
    problems: list[Problem],
) -> Iterator[Measured]:
    returned = _returned(one, copy)
    for item in dict.fromkeys(items_of(scheme).values()):
        key = keys.points(item.id) if item.may_lack else keys.actual(item.id)
        value = returned.get(key)
        target = returned.get(keys.target(item.id))
        place = copy.form.places.get(key, Place(copy.label))
        if value is None and isinstance(target, Decimal):
            value = copy.form.pattern.values.get(key)
            if value is None:
                message = f"「{item.name}」填了目标值，还没有实际达成，目标值暂时没有写入总表"
                problems.append(warning("target_waits", message, place))
        problems += _self_rating(copy, item)
        # What the rule refuses is told of the form already.
        if isinstance(value, Decimal) and not item.beyond(value):
            yield _line(copy, employee, period, item, value, place, target)


def _self_rating(copy: Received, item: Item) -> Iterator[Problem]:
    """A self-rating that the master does not have: it counts on the form, and is not written."""
    key = keys.self_rating(item.id)
    value = copy.form.inputs.get(key)
    if item.of_self and isinstance(value, Decimal) and copy.form.pattern.values.get(key) != value:
        message = f"「{item.name}」的自评 {plain(value)} 没有写入总表，按总表算分时请把它填在自评列"
        yield warning("self_rating_kept", message, copy.form.places.get(key, Place(copy.label)))


def _line(
    copy: Received,
    employee: Employee,
    period: Period,
    item: Item,
    value: Decimal,
    place: Place,
    target: Value,
) -> Measured:
    wanted = target if isinstance(target, Decimal) else None
    row = (copy.label, place.sheet, 0)
    return Measured(period, employee, item, value, place, row, COLUMN, wanted)


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
