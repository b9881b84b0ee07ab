"""Answers of a form about which there is nothing to tell, read as quickly as can be.

Nearly all cells of nearly all forms hold what the same cell of another form has held, or a plain number: how
such a content reads is worked out once, by the reader of answers itself.  Where anything would be told (a guess,
a changed figure, a score that its answers do not give), there is no straight way, and the form is for
``FormReader`` to read.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from xladdin.formula import evaluate
from xladdin.formula.walk import variables
from xladdin.intake.text import written_text
from xladdin.layout.cell_rules import Distinct, Holds
from xladdin.layout.cells import Cell, Result
from xladdin.ooxml.addresses import address
from xladdin.ooxml.cell_scan import Value
from xladdin.ooxml.sheet_cells import number_in
from xladdin.problems import Place

from .answers import is_figure, read_answer
from .book_view import ViewCell
from .form_changes import is_same_value
from .form_pattern import Pattern, spot_of, text_key

MOST_KNOWN = 5_000
"""Contents of one cell that are remembered."""
View = Callable[[str, Value], ViewCell | None]
"""A cell as it is seen, of its address and what the file has in it; None: as if it were empty."""
NOWHERE = Place()
SURE = 1e-9
"""Numbers that are no further apart are one, whatever their rounding; of greater differences the careful reading decides."""


class StraightRead(NamedTuple):
    """What a form says of which nothing is to be told."""

    inputs: Mapping[str, evaluate.Value]
    results: Mapping[str, evaluate.Value]


@dataclass(slots=True)
class _Question:
    """One cell that is asked or given."""

    cell: Cell
    place: str
    figure: bool
    alone: bool
    """Whether its own content decides on what may be told of it."""
    known: dict[Value, evaluate.Value] = field(default_factory=dict)
    """Contents of which nothing is told, and what they are worth."""


class _ToldError(Exception):
    """Something of the form has to be told."""


class StraightAnswers:
    """Reads forms of one frame: every cell stands where it was."""

    def __init__(self, pattern: Pattern, view: View) -> None:
        self._view = view
        asked = {key: pattern.cell(key) for key in (*pattern.asked, *pattern.given)}
        self._questions = {key: _question(key, cell) for key, cell in asked.items() if cell}
        self._results = tuple(
            (cell.content.key, address(*spot_of(cell)))
            for cell in pattern.main.sheet.cells
            if isinstance(cell.content, Result)
        )

    def places(self, pattern: Pattern) -> Mapping[str, str]:
        """Address of everything that a form asks."""
        known = self._questions
        return {key: known[key].place for key in pattern.asked if key in known}

    def read(self, pattern: Pattern, values: Mapping[str, Value]) -> StraightRead | None:
        """What a form says; None where there is something to tell of it.

        ``pattern``: of this copy; which of the figures are given and which asked may be another matter.
        """
        try:
            inputs = dict(self._asked(pattern, values))
            self._compare(pattern, values)
            results = pattern.computed(inputs)
        except (_ToldError, KeyError):
            return None
        shown = all(self._shows(results.get(key), values.get(at), at) for key, at in self._results)
        return StraightRead(inputs, results) if shown else None

    def _asked(
        self, pattern: Pattern, values: Mapping[str, Value]
    ) -> list[tuple[str, evaluate.Value]]:
        said: dict[str, evaluate.Value] = dict(pattern.values)
        found = []
        for key in pattern.asked:
            question = self._questions[key]
            said[key] = self._worth(key, question, values.get(question.place), said)
            found.append((key, said[key]))
        return found

    def _worth(
        self,
        key: str,
        question: _Question,
        content: Value | None,
        others: Mapping[str, evaluate.Value],
    ) -> evaluate.Value:
        if content is None:
            return None
        if content in question.known:
            return question.known[content]
        seen = self._view(question.place, content)
        if seen is None:
            return None
        answer = read_answer(question.cell, seen, NOWHERE, others, key=key)
        if answer.problems:
            raise _ToldError
        if question.alone:
            if len(question.known) >= MOST_KNOWN:
                question.known.clear()
            question.known[content] = answer.value
        return answer.value

    def _compare(self, pattern: Pattern, values: Mapping[str, Value]) -> None:
        """Whether what was given is what it was."""
        for key in pattern.given:
            question = self._questions.get(key)
            if question is None:
                continue
            known, content = pattern.values.get(key), values.get(question.place)
            if question.figure:
                if self._worth(key, question, content, pattern.values) != known:
                    raise _ToldError
            elif not _says(known, content):
                seen = None if content is None else self._view(question.place, content)
                there = "" if seen is None else written_text(seen.value)
                if text_key(written_text(known)) != text_key(there):
                    raise _ToldError

    def _shows(self, ours: evaluate.Value, content: Value | None, place: str) -> bool:
        """Whether a score is the one that the form shows; one that shows nothing was not computed."""
        if content is None or _says(ours, content) or _is_number(ours, content):
            return True
        seen = self._view(place, content)
        return seen is None or seen.blank or is_same_value(ours, seen)


def _says(value: evaluate.Value, content: Value | None) -> bool:
    """Whether a text is letter by letter the same."""
    return content is not None and content.kind != "n" and content.text == value


def _is_number(value: evaluate.Value, content: Value) -> bool:
    """Whether a number is certainly the same."""
    if content.kind != "n" or not isinstance(value, Decimal):
        return False
    number = number_in(content.text)
    return isinstance(number, float) and abs(number - float(value)) < SURE


def _question(key: str, cell: Cell) -> _Question:
    rule = cell.check.rule if cell.check else None
    alone = not isinstance(rule, Distinct)
    if isinstance(rule, Holds):
        alone = set(variables(rule.test)) <= {key}
    return _Question(cell, address(*spot_of(cell)), is_figure(cell), alone)
