"""What a person has to decide, and what was decided: rows of the list, not questions at a prompt."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeAlias

from xladdin.company.company import Company
from xladdin.domain.schemes import Scheme
from xladdin.intake.scheme_items import items_of
from xladdin.intake.text import key_text
from xladdin.problems import Place, Problem

from .form_reading import said, what
from .gathering import C, Copies, FormKey, Received, Submission, short_hash

ON_FORM, IN_MASTER = "表上", "总表"
TAKE, LEAVE = "收下", "不收"
"""Of a form that may not be whose it says."""
THIS, EARLIER = "这次的", "先前的"
"""Of a form that came before with other answers."""
LEFT = (LEAVE, EARLIER)
TOKEN_KEY, EARLIER_KEY = "id.token", "id.earlier"
"""Keys of questions about a whole form."""


@dataclass(frozen=True, slots=True)
class Question:
    """Something on which a form and the master, or copies of a form, differ."""

    form: FormKey
    key: str
    """The form's key; empty where it is about whole copies."""
    what: str
    known: str
    returned: str
    place: Place
    options: tuple[str, ...] = (ON_FORM, IN_MASTER)
    fault: str = ""
    """What is told while it is open, of a question about a whole form."""

    @property
    def id(self) -> str:
        """The same as long as it is about the same values: then a decision holds."""
        return short_hash(self.form.id, self.key, self.known, self.returned)

    @property
    def problem(self) -> Problem:
        """That it is open."""
        if self.fault:
            message = f"{self.fault}，没有收下；请在收表清单的“待定”里选{'或'.join(self.options)}"
            return Problem("form_doubtful", message, self.place)
        if not self.key:
            message = (
                f"同一份表交来几份，填的不一样（{self.returned}）；请在收表清单的“待定”里选一份"
            )
            return Problem("copies_differ", message, self.place)
        message = (
            f"「{self.what}」总表里是 {self.known}，表上是 {self.returned}，没有写入总表；"
            "请在收表清单的“待定”里选用哪一个"
        )
        return Problem("undecided", message, self.place)


@dataclass(frozen=True)
class Settling(Generic[C]):
    """What was sent in with what was decided about it."""

    submission: Copies[C]
    chosen: C | None
    """The copy that counts; None while that is open."""
    questions: tuple[Question, ...] = ()
    taken: Mapping[str, str] = field(default_factory=dict)
    """Key of the form -> 表上 or 总表, where it was a question and is decided."""
    open: tuple[Question, ...] = ()

    @property
    def settled(self) -> bool:
        """Whether nothing is open about it and it was not left."""
        return not self.open and not self.left

    @property
    def left(self) -> str:
        """That it was decided not to take it, in the words of the choice; empty where it is taken."""
        return next((choice for choice in self.taken.values() if choice in LEFT), "")


Settled: TypeAlias = Settling[Received]
"""A form, settled."""
Doubts = Callable[[Received], Iterable[Question]]
"""What is to be asked of a whole form."""


def settle(
    submission: Submission,
    company: Company,
    decisions: Mapping[str, str],
    doubts: Doubts = lambda _: (),
) -> Settled:
    """Ask what must be asked, and take over what was decided."""

    def asked(copy: Received) -> Iterator[Question]:
        yield from doubts(copy)
        yield from _of_values(submission.key, copy, company)

    return settled_by(submission, decisions, asked)


def settled_by(
    submission: Copies[C],
    decisions: Mapping[str, str],
    asked: Callable[[C], Iterable[Question]],
) -> Settling[C]:
    """Which copy counts, and what is asked of it; what was decided is taken over."""
    first: list[Question] = []
    chosen: C | None = submission.latest
    if submission.differing:
        question = _copies(submission)
        first.append(question)
        choice = decisions.get(question.id, "")
        chosen = dict(zip(question.options, submission.variants, strict=True)).get(choice)
    if chosen is None:
        return Settling(submission, None, tuple(first), open=tuple(first))
    own = list(asked(chosen))
    choices = {one.key: decisions[one.id] for one in own if decisions.get(one.id) in one.options}
    if any(choice in LEFT for choice in choices.values()):
        return Settling(submission, None, (*first, *own), choices)
    left = tuple(one for one in own if one.key not in choices)
    return Settling(submission, chosen, (*first, *own), choices, left)


def _copies(submission: Copies[C]) -> Question:
    options = tuple(f"第 {i} 份" for i in range(1, len(submission.variants) + 1))
    listed = "；".join(
        f"{option}：{one.label}（{one.saved_at:%Y-%m-%d %H:%M} 保存，填了 {one.answered} 项）"
        for option, one in zip(options, submission.variants, strict=True)
    )
    place = Place(submission.latest.label)
    return Question(submission.key, "", "交来几份，填的不一样", "", listed, place, options)


def _of_values(form: FormKey, copy: Received, company: Company) -> Iterator[Question]:
    """Figures of the form that are others in the master."""
    for one in copy.form.conflicts:
        # What cannot be read cannot be taken over; it is a fault of the form.
        if one.value is not None:
            yield Question(form, one.key, one.what, one.known, one.returned, one.place)
    pattern = copy.form.pattern
    if not isinstance(pattern.template, Scheme):
        return
    unusable = _refused(copy, company)
    for key, value in copy.form.inputs.items():
        if not key.startswith(("actual.", "points.", "self.")) or value is None:
            continue
        known, cell = pattern.values.get(key), pattern.cell(key)
        refused = unusable.get(key, "")
        if cell is None or (known is None and not refused) or known == value:
            continue
        ours = refused or said(cell, known)
        place = copy.form.places.get(key, Place(copy.label))
        yield Question(form, key, what(cell, key), ours, said(cell, value), place)


def _refused(copy: Received, company: Company) -> dict[str, str]:
    """What stands in the master and is no figure: not blank, so that nothing fills it unasked."""
    identity = copy.form.instance.identity
    employee = company.people.get(identity.employee)
    template = copy.form.pattern.template
    if employee is None or identity.period is None or not isinstance(template, Scheme):
        return {}
    items = items_of(template)
    return {
        f"{prefix}.{item.id}": line.refused
        for line in company.actuals_of(employee, identity.period)
        if line.refused and (item := items.get(key_text(line.indicator)))
        for prefix in ("actual", "points")
    }
