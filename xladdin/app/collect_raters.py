"""Which rating forms are out: HR's list of tokens says it, wherever it lies."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from xladdin.books import forms
from xladdin.company.company import Company
from xladdin.company.company_settings import FOLDER_SETTING
from xladdin.company.tokens import LIST_NAME, Line, Tokens
from xladdin.domain.competency import SOURCE_LABELS, Source
from xladdin.domain.people import Period
from xladdin.path_checks import is_folder, may_be_there
from xladdin.problems import Problem

_SOURCES = {label: source for source, label in SOURCE_LABELS.items()}


@dataclass
class RaterForms:
    """The rating forms of a month, by token."""

    lines: Mapping[str, Line] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    known: bool = False
    """Whether there is a list at all."""

    def kind_of(self, line: Line) -> str:
        """The kind of form of a line."""
        source = _SOURCES.get(line.source)
        return forms.RATED_BY[source].id if source else ""

    def is_anonymous(self, line: Line) -> bool:
        return _SOURCES.get(line.source) not in (Source.SELF, Source.SUPERIOR, None)


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
        return RaterForms(lines, problems, known=True)
    return RaterForms()


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
