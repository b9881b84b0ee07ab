"""Which rating forms are out: HR's list of tokens says it, wherever it lies."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from xladdin.books import forms
from xladdin.company.company import Company
from xladdin.company.company_settings import FOLDER_SETTING
from xladdin.company.tokens import LIST_NAME, Line, Tokens
from xladdin.domain.competency import SOURCE_LABELS
from xladdin.domain.people import Period
from xladdin.formula.evaluate import Value
from xladdin.path_checks import is_folder, may_be_there
from xladdin.problems import Place, Problem
from xladdin.returns.file_reading import FileRead
from xladdin.returns.form_reading import ReadForm
from xladdin.returns.gathering import FormKey, Received, canonical
from xladdin.returns.keeping import Earlier, Keeper
from xladdin.returns.open_questions import (
    EARLIER,
    EARLIER_KEY,
    LEAVE,
    TAKE,
    THIS,
    TOKEN_KEY,
    Question,
)

_SOURCES = {label: source for source, label in SOURCE_LABELS.items()}


@dataclass
class RaterForms:
    """The rating forms of a month, by token."""

    lines: Mapping[str, Line] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    known: bool = False
    """Whether there is a list at all."""
    others: Mapping[str, Line] = field(default_factory=dict)
    """Those of other months, by token."""

    def kind_of(self, line: Line) -> str:
        """The kind of form of a line."""
        source = _SOURCES.get(line.source)
        return forms.RATED_BY[source].id if source else ""


def rater_forms(
    master: Path, paths: Sequence[Path], company: Company, period: Period | None
) -> RaterForms:
    """The list's lines of a month; without a list, none."""
    for path in _places(master, paths, company):
        if not may_be_there(path) or is_folder(path):
            continue
        tokens, problems = Tokens.read(path)
        if tokens is None:
            return RaterForms(problems=problems)
        lines = {line.token: line for line in tokens.lines.values() if line.period == period}
        others = {line.token: line for line in tokens.lines.values() if line.period != period}
        return RaterForms(lines, problems, known=True, others=others)
    return RaterForms()


# Whether a rater's form is what it says.


def with_tokens(reads: Iterable[FileRead], raters: RaterForms) -> list[FileRead]:
    """The files, with the tokens of raters who were told by name: the list has them."""
    return [
        replace(read, forms=tuple(_with_token(form, raters) for form in read.forms))
        if any(_nameless(form) for form in read.forms)
        else read
        for read in reads
    ]


def _nameless(form: ReadForm) -> bool:
    identity = form.instance.identity
    return form.pattern.kind.source is not None and not identity.token


def _with_token(form: ReadForm, raters: RaterForms) -> ReadForm:
    if not _nameless(form):
        return form
    identity, source = form.instance.identity, form.pattern.kind.source
    wanted = (identity.employee, SOURCE_LABELS[source] if source else "", identity.rater)
    found = [
        one for one in raters.lines.values() if (one.ratee, one.source, one.rater_id) == wanted
    ]
    if len(found) != 1:
        return form
    named = replace(identity, token=found[0].token)
    return replace(form, instance=replace(form.instance, identity=named))


def doubts(
    copy: Received, raters: RaterForms, keeper: Keeper | None, company: Company
) -> Iterator[Question]:
    """What is to be asked of a rater's form: whether it is theirs, and which of their answers counts."""
    if copy.form.pattern.kind.source is None:
        return
    yield from _of_token(copy, raters, company)
    if keeper is not None:
        key, identity = copy.key, copy.form.instance.identity
        earlier = keeper.earlier(key.kind, key.person, key.period, identity.token)
        if earlier is not None and _said(earlier.inputs) != _said(copy.form.inputs):
            yield _of_earlier(copy, earlier)


def _of_token(copy: Received, raters: RaterForms, company: Company) -> Iterator[Question]:
    token, kind = copy.form.instance.identity.token, copy.form.pattern.kind
    line = raters.lines.get(token) or raters.others.get(token)
    if (
        line is not None
        and FormKey(raters.kind_of(line), line.ratee, line.period, token) == copy.key
    ):
        return
    employee = company.people.get(copy.key.person)
    form = f"{kind.label}，评{employee.name if employee else copy.key.person}，{copy.key.period}"
    if line is not None:
        known = f"{line.source}，{line.rater}评{line.ratee_name}，{line.period}"
        fault = (
            f"编号 {token} 在评价人对照表里是{known}的，这份却是{form}，可能是替别人填的或拿错了表"
        )
    elif raters.known:
        known = "对照表里没有这个编号"
        fault = f"评价人对照表里没有编号「{token}」，不知道是谁填的"
    else:
        known = "没有找到评价人对照表"
        fault = f"没有找到“{LIST_NAME}”，编号「{token}」没有核对；把它放回原处再收一次就会核对"
    what = f"编号 {token}"
    place = Place(copy.label)
    yield Question(copy.key, TOKEN_KEY, what, known, form, place, (TAKE, LEAVE), fault)


def _of_earlier(copy: Received, earlier: Earlier) -> Question:
    known = f"{earlier.at:%Y-%m-%d} 收的 {earlier.file_name}（{earlier.file_sha256[:6]}）"
    returned = f"{copy.label}（{copy.read.sha256[:6]}），填了 {copy.form.answered} 项"
    fault = f"同一个编号先前收过一份（{earlier.file_name}），填的不一样，可能有人替别人填"
    options = (THIS, EARLIER)
    place = Place(copy.label)
    return Question(copy.key, EARLIER_KEY, "先后交来两份", known, returned, place, options, fault)


def _said(inputs: Mapping[str, Value]) -> dict[str, str]:
    return {key: said for key, value in inputs.items() if (said := canonical(value))}


def _places(master: Path, paths: Sequence[Path], company: Company) -> Iterator[Path]:
    base = forms.COMPETENCY_SUITE.base
    folders = [Path(company.setting(FOLDER_SETTING) or "."), Path()]
    for folder in folders:
        yield master.parent / folder / base / LIST_NAME
        yield master.parent / folder / LIST_NAME
    for path in paths:
        below = path if is_folder(path) else path.parent
        for folder in (below, below.parent, below / base, *below.parents[:4]):
            yield folder / LIST_NAME
