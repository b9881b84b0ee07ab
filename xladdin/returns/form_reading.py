"""One form read: what was asked, wherever it stands now, and the scores computed again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from xladdin.domain.quantities import plain, written
from xladdin.formula.evaluate import Value
from xladdin.intake.text import shown
from xladdin.layout.cells import Cell
from xladdin.problems import Place, Problem, warning

from .alignment import Alignment, align
from .answers import Answer, is_figure, read_answer, unit_of
from .book_view import BookView, Spot, ViewCell, ViewSheet
from .form_pattern import Pattern, spot_of
from .recognising import Instance


@dataclass(frozen=True, slots=True)
class Conflict:
    """A figure that HR had given, and that is another one on the form: a person decides."""

    key: str
    what: str
    """The indicator, as people call it."""
    known: str
    """As the master has it."""
    returned: str
    """As the form has it."""
    value: Value
    """What the form's figure is worth."""
    place: Place


@dataclass(frozen=True)
class ReadForm:
    """What a returned form says."""

    instance: Instance
    inputs: Mapping[str, Value]
    """Key -> what was asked and answered; None where nothing was."""
    refused: Mapping[str, str] = field(default_factory=dict)
    """Key -> what stands there and cannot be read."""
    places: Mapping[str, Place] = field(default_factory=dict)
    conflicts: tuple[Conflict, ...] = ()
    results: Mapping[str, Value] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    @property
    def pattern(self) -> Pattern:
        return self.instance.pattern

    @property
    def answered(self) -> int:
        """How many of the questions have an answer."""
        return sum(value is not None for value in self.inputs.values())


@dataclass
class FormReader:
    """Finds the cells of one form and reads them."""

    view: BookView
    instance: Instance
    problems: list[Problem] = field(default_factory=list)
    moved: dict[str, Spot] = field(default_factory=dict)
    """Key -> where it stands, other than the texts around it tell."""
    unnamed: set[str] = field(default_factory=set)

    @property
    def sheet(self) -> ViewSheet:
        return self.instance.sheet

    @property
    def pattern(self) -> Pattern:
        return self.instance.pattern

    @cached_property
    def named(self) -> dict[str, Spot]:
        """Where names lead on the form's own sheet."""
        found = {
            key: spot
            for key, (name, spot) in self.view.names.items()
            if name.casefold() == self.sheet.name.casefold()
        }
        return found | dict(self.view.local.get(self.sheet.name, {}))

    @cached_property
    def elsewhere(self) -> dict[str, tuple[ViewSheet, Spot]]:
        """Names that lead to another sheet, where the workbook holds no other form."""
        if not self.instance.alone:
            return {}
        return {
            key: (sheet, spot)
            for key, (name, spot) in self.view.names.items()
            if key in self.pattern.main.slots
            and name.casefold() != self.sheet.name.casefold()
            and (sheet := self.view.sheet(name)) is not None
        }

    @cached_property
    def alignment(self) -> Alignment:
        return align(self.pattern.main, self.sheet, self.named)

    def read(self) -> ReadForm:
        """Everything that was asked, and what of the given has changed."""
        answers = dict(self._answers(self.pattern.asked))
        inputs = {key: answer.value for key, answer in answers.items()}
        refused = {key: answer.entered for key, answer in answers.items() if answer.refused}
        conflicts = tuple(self._conflicts())
        places = {key: self.place_of(key) for key in answers}
        results = self.pattern.computed({**inputs, **_incomplete(refused)})
        return ReadForm(
            self.instance, inputs, refused, places, conflicts, results, tuple(self.problems)
        )

    # Finding.

    def cell_of(self, key: str) -> tuple[ViewSheet, ViewCell] | None:
        """The cell of a key; None where there is none any more."""
        if key in self._found:
            return self._found[key]
        found = self._find(key)
        self._found[key] = found
        return found

    @cached_property
    def _found(self) -> dict[str, tuple[ViewSheet, ViewCell] | None]:
        return {}

    def place_of(self, key: str) -> Place:
        found = self.cell_of(key)
        return self.sheet.whole if found is None else found[0].place(found[1].spot)

    def _find(self, key: str) -> tuple[ViewSheet, ViewCell] | None:
        cell = self.pattern.cell(key)
        if cell is None:
            return None
        by_label = self.alignment.place(spot_of(cell))
        by_name = self.named.get(key)
        if by_name is None and key in self.elsewhere:
            return self._from_elsewhere(key, by_label)
        if by_name is None:
            self.unnamed.add(key)
        spot = self._settled(key, cell, by_name, by_label)
        if spot is None:
            return None
        seen = self.sheet.at(spot)
        return self.sheet, self._beside(cell, seen) if seen.blank else seen

    def _from_elsewhere(self, key: str, by_label: Spot | None) -> tuple[ViewSheet, ViewCell] | None:
        sheet, spot = self.elsewhere[key]
        here = self.sheet.at(by_label) if by_label else None
        if here is not None and not here.blank:
            return self.sheet, here
        self.moved[key] = spot
        return sheet, sheet.at(spot)

    def _settled(
        self, key: str, cell: Cell, by_name: Spot | None, by_label: Spot | None
    ) -> Spot | None:
        """Name and labels agree, or who of them is right."""
        if by_name is None or by_label is None or by_name == by_label:
            return by_name or by_label
        at_name, at_label = self.sheet.at(by_name), self.sheet.at(by_label)
        if self._of_another(by_name, cell):
            # Rows were sorted, or moved by a program that leaves names where they were.
            return by_label
        if at_label.blank or at_name.value == at_label.value:
            self.moved[key] = by_name
            return by_name
        if at_name.blank:
            return by_label
        message = (
            f"这一项有两处：{at_name.address} 是{shown(at_name.value)}，"
            f"{at_label.address} 是{shown(at_label.value)}，按标签旁边的 {at_label.address} 读"
        )
        self.problems.append(warning("two_places", message, self.sheet.place(by_label)))
        return by_label

    def _of_another(self, spot: Spot, cell: Cell) -> bool:
        """Whether the form has some other cell where a name leads, in a row told by its texts."""
        back = self.alignment.back(spot)
        return (
            back is not None
            and back != spot_of(cell)
            and back in self.pattern.main.covered
            and cell.row + 1 in self.alignment.sure_rows
        )

    def _beside(self, cell: Cell, seen: ViewCell) -> ViewCell:
        """What was typed into another cell of an area that was merged once."""
        row, column = spot_of(cell)
        if cell.rows * cell.cols == 1:
            return seen
        for down in range(cell.rows):
            for right in range(cell.cols):
                spot = self.alignment.place((row + down, column + right))
                other = self.sheet.cells.get(spot) if spot else None
                if other is not None and not other.blank:
                    return other
        return seen

    # Reading.

    def _answers(self, keys: tuple[str, ...]) -> Iterator[tuple[str, Answer]]:
        known: dict[str, Value] = dict(self.pattern.values)
        for key in keys:
            cell = self.pattern.cell(key)
            if cell is None:
                continue
            answer = self.answer(key, cell, known)
            if answer is None:
                self._missing(key, cell)
                yield key, Answer()
                continue
            known[key] = answer.value
            self.problems += answer.problems
            yield key, answer

    def answer(self, key: str, cell: Cell, known: Mapping[str, Value]) -> Answer | None:
        """One cell, read as what it asks for."""
        found = self.cell_of(key)
        if found is None:
            return None
        sheet, seen = found
        place = sheet.place(seen.spot)
        return read_answer(cell, seen, place, known, key=key, date1904=sheet.date1904)

    def _missing(self, key: str, cell: Cell) -> None:
        message = f"找不到填「{what(cell, key)}」的格子了，这一项没有收；请在重新生成的表上补填"
        self.problems.append(Problem("input_missing", message, self.sheet.whole))

    def _conflicts(self) -> Iterator[Conflict]:
        """Figures that were given and are others now."""
        blank = []
        for key in self.pattern.given:
            cell, known = self.pattern.cell(key), self.pattern.values.get(key)
            if cell is None or not is_figure(cell):
                continue
            answer = self.answer(key, cell, self.pattern.values)
            if answer is None or (answer.value is None and not answer.refused):
                if known is not None:
                    blank.append(what(cell, key))
                continue
            self.problems += answer.problems
            if answer.value != known:
                yield self._conflict(key, cell, known, answer)
        if blank:
            message = f"总表里有、表上是空的：{'、'.join(blank)}，按总表的算"
            self.problems.append(warning("given_blank", message, self.sheet.whole))

    def _conflict(self, key: str, cell: Cell, known: Value, answer: Answer) -> Conflict:
        place, name = self.place_of(key), what(cell, key)
        ours = said(cell, known)
        theirs = said(cell, answer.value) if answer.value is not None else answer.entered
        message = f"「{name}」是人力资源给的数：总表里是 {ours}，表上是 {theirs}"
        self.problems.append(warning("given_changed", message, place))
        return Conflict(key, name, ours, theirs, answer.value, place)


_BESIDE = {"target.": "（目标值）", "self.": "（自评）"}


def what(cell: Cell, key: str) -> str:
    """What a cell is about, as its prompt says."""
    if cell.check is None:
        return key
    title = cell.check.title or cell.check.error.partition("：")[0]
    return title + next((more for begin, more in _BESIDE.items() if key.startswith(begin)), "")


def said(cell: Cell, value: Value) -> str:
    """A value as people write it."""
    if value is None:
        return "空"
    if isinstance(value, str):
        return value
    return written(value, unit_of(cell)) if is_figure(cell) else plain(value)  # type: ignore[arg-type]


def _incomplete(refused: Mapping[str, str]) -> dict[str, Value]:
    """Points that cannot be read are not none: as a text they leave the total open."""
    return {key: text or "?" for key, text in refused.items() if key.startswith("points.")}
