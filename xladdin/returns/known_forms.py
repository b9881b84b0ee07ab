"""Forms that are as they went out but for what was filled in, read without reading them all through.

Of the many forms that come back most differ in a few cells alone.  The first of a kind is read cell by
cell; where nothing but its answers is to be told of it, its frame is noted: all that does not belong
to answers, given values and results.  A further form with the same frame is read by looking these
cells up; what is told of them is told by the same code.  Every other form is read cell by cell, and
so is one in which somebody has written what might make a row of the form look like another one.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any

from xladdin.books.appraisal import head
from xladdin.books.identity import Identity, identity_of, is_identity
from xladdin.company.company import Company
from xladdin.intake.grids import Grid
from xladdin.intake.text import written_text
from xladdin.layout.cells import Result, Slot
from xladdin.ooxml.addresses import address, position
from xladdin.ooxml.archive import Archive, Packed
from xladdin.ooxml.book_parts import BookParts, book_parts
from xladdin.ooxml.budget import Budget
from xladdin.ooxml.cell_scan import Scanner, Unusual, Value, inflated, shared_texts
from xladdin.ooxml.cell_styles import CellStyle
from xladdin.ooxml.limits import MOST_FORM_CELLS, MOST_READ
from xladdin.ooxml.refused import RefusedError
from xladdin.ooxml.relations import main_part
from xladdin.ooxml.sheet_cells import number_in
from xladdin.problems import Place

from .alignment import likeness, texts_of
from .book_view import BookView, Spot, ViewCell, ViewSheet, seen_value
from .form_changes import changes_of_values, is_as_it_went_out
from .form_pattern import spot_of, text_key
from .form_reading import FormReader, ReadForm
from .handed_files import HandedFile
from .recognising import LIKE, Instance, copy_of
from .straight_answers import StraightAnswers

MOST_FRAMES, MOST_PARTS = 500, 500
"""What is kept: a frame is a hash and what is known of its form."""


@dataclass
class KnownForms:
    """What is known of the forms of one collecting."""

    company: Company
    _layouts: OrderedDict[object, _Layout] = field(default_factory=OrderedDict)
    _parts: OrderedDict[Packed, bytes] = field(default_factory=OrderedDict)
    _plain: OrderedDict[Packed, bytes] = field(default_factory=OrderedDict)
    _books: OrderedDict[object, tuple[BookParts, int]] = field(default_factory=OrderedDict)
    _numbers: dict[BookParts, int] = field(default_factory=dict)
    """Workbooks with the same sheets, names and parts have the same number."""

    def read(self, file: HandedFile) -> ReadForm | None:
        """The form that a file holds; None: it is to be read cell by cell."""
        try:
            found = self._laid_out(file)
            if found is None:
                return None
            layout, package = found
            values = package.values(layout)
            frame = layout.frames.get(values.frame)
            return None if frame is None else frame.form(file, values, self.company)
        except (Unusual, RefusedError):
            return None

    def learn(self, file: HandedFile, view: BookView, reader: FormReader, form: ReadForm) -> None:
        """Note a form that was read cell by cell, where nothing but its values is told of it."""
        if not _is_plain(view, reader, form):
            return
        try:
            package = _Package(file.opened.archive, self)
            layout = self._layouts.setdefault(package.key, _Layout.of(package.book, view, reader))
            values = package.values(layout)
        except (Unusual, RefusedError):
            return
        frame = _Frame(layout, view, reader)
        if frame.is_sure(values):
            layout.frames[values.frame] = frame
        _forget(layout.frames, MOST_FRAMES)
        _forget(self._layouts, MOST_PARTS)

    def _laid_out(self, file: HandedFile) -> tuple[_Layout, _Package] | None:
        if not self._layouts:
            return None
        package = _Package(file.opened.archive, self)
        layout = self._layouts.get(package.key)
        return None if layout is None else (layout, package)

    def inflated(self, packed: Packed) -> bytes:
        """A part; the same ones are in many files."""
        found = self._plain.get(packed)
        if found is None:
            found = self._plain[packed] = inflated(packed)
            _forget(self._plain, MOST_PARTS // 10)
        return found

    def digest(self, packed: Packed) -> bytes:
        """A hash of what a part says; parts of many files are alike."""
        found = self._parts.get(packed)
        if found is None:
            found = self._parts[packed] = _hash(inflated(packed))
            _forget(self._parts, MOST_PARTS)
        return found

    def book(self, archive: Archive) -> tuple[BookParts, int]:
        """Which sheets, names and parts a workbook has, and the number of all that have the same."""
        names = [entry.filename for entry in archive.entries]
        known = tuple(archive.lying(name) for name in names if name.endswith((".rels", "book.xml")))
        found = self._books.get(known)
        if found is None:
            readable, allowance = archive.within(MOST_READ), Budget(MOST_FORM_CELLS).elements
            main = main_part(readable, allowance)
            if not main:
                raise Unusual("no main part")
            parts = book_parts(readable, main, allowance)
            number = self._numbers.setdefault(parts, len(self._numbers))
            found = self._books[known] = (parts, number)
            _forget(self._books, MOST_PARTS)
        return found


def _hash(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def _forget(kept: OrderedDict[Any, Any], most: int) -> None:
    while len(kept) > most:
        kept.popitem(last=False)


@dataclass(frozen=True)
class _Values:
    """What a form says in the cells that are looked up, and all else of it as a hash."""

    frame: bytes
    main: Mapping[str, Value]
    identity: Mapping[str, Value]


class _Package:
    """The parts of one file."""

    def __init__(self, archive: Archive, known: KnownForms) -> None:
        self._archive, self._known = archive, known
        self.book, number = known.book(archive)
        names = sorted(entry.filename.lower() for entry in archive.entries)
        styles = self.book.styles and known.digest(archive.lying(self.book.styles))
        self.key = (number, styles, tuple(names))

    @cached_property
    def texts(self) -> list[bytes]:
        part = self.book.strings
        return shared_texts(inflated(self._archive.lying(part))) if part else []

    def values(self, layout: _Layout) -> _Values:
        frames: list[bytes] = []
        found: dict[str, Mapping[str, Value]] = {}
        for sheet in self.book.sheets:
            packed = self._archive.lying(sheet.part)
            seen = layout.scanner(sheet.name).scan(self._known.inflated(packed), self.texts)
            frames.append(seen.frame)
            found[sheet.name] = seen.values
        return _Values(_hash(b"".join(frames)), found[layout.main], found[layout.identity])


@dataclass
class _Layout:
    """Where the cells of a kind of form lie."""

    main: str
    identity: str
    wanted: Mapping[str, frozenset[bytes]]
    """Sheet -> addresses of what differs from copy to copy."""
    frames: OrderedDict[bytes, _Frame] = field(default_factory=OrderedDict)
    _scanners: dict[str, Scanner] = field(default_factory=dict)

    def scanner(self, sheet: str) -> Scanner:
        """What looks through the sheets of this name."""
        if sheet not in self._scanners:
            self._scanners[sheet] = Scanner(self.wanted.get(sheet, ()))
        return self._scanners[sheet]

    @classmethod
    def of(cls, book: BookParts, view: BookView, reader: FormReader) -> _Layout:
        main = reader.sheet.name
        identity = next(sheet.name for sheet in view.sheets if is_identity(sheet.grid))
        ours = {reader.pattern.main.name: main}
        wanted: dict[str, frozenset[bytes]] = {}
        for sheet in reader.pattern.book.sheets:
            name = ours.get(sheet.name, identity if sheet.visibility == "very_hidden" else "")
            if name:
                wanted[name] = frozenset(
                    address(*spot_of(cell)).encode()
                    for cell in sheet.cells
                    if isinstance(cell.content, Slot | Result)
                )
        return cls(main, identity, wanted)


class _Frame:
    """A form that was read cell by cell, and stands for all with the same frame."""

    def __init__(self, layout: _Layout, view: BookView, reader: FormReader) -> None:
        self._layout, self._view = layout, view
        self._instance, self._alignment = reader.instance, reader.alignment
        self._named, self._own = reader.named, reader.sheet.own
        sheet = view.sheet(layout.identity)
        self._lines = [] if sheet is None else [list(row) for row in sheet.grid.rows]
        self._styles: dict[str, tuple[Spot, CellStyle]] = {}
        whose = reader.pattern.cell(head.EMPLOYEE_ID)
        self._whose = None if whose is None else address(*spot_of(whose))
        self._alone = _has_one_alike(view, reader)
        self._fixed = frozenset(reader.pattern.main.fixed.values())
        self._sure = _sure_texts(reader.pattern.main.fixed)
        self._computed = frozenset(
            address(*spot_of(cell))
            for cell in reader.pattern.main.sheet.cells
            if isinstance(cell.content, Result)
        )
        self._straight = StraightAnswers(reader.pattern, self._cell)

    def is_sure(self, values: _Values) -> bool:
        """Whether no text that somebody wrote could have made a row look like another one.

        A row of the form is found by a text that the form has once.  What is written into a cell
        that is asked takes nothing away from the rows, unless it is such a text itself.
        """
        written = [
            _as_label(content)
            for place, content in values.main.items()
            if place not in self._computed
        ]
        taken = self._fixed.intersection(written)
        if not taken:
            return True
        unsure = [texts for own, texts in self._sure if own <= taken]
        return not any(texts & taken for texts in unsure)

    def form(self, file: HandedFile, values: _Values, company: Company) -> ReadForm | None:
        """The form with these values; None where they are unlike those that went out."""
        if not self.is_sure(values):
            return None
        identity = self._identity(file, values)
        if identity is None or not (self._alone or self._is_of(identity, values)):
            return None
        known = self._instance
        copy = copy_of(company, known.pattern.kind, identity)
        if copy is None:
            return None
        pattern = known.pattern.of(copy)
        sheet = ViewSheet(
            file.label,
            self._layout.main,
            known.sheet.visible,
            _Cells(self, values.main),
            known.sheet.merged,
            self._own,
        )
        instance = Instance(sheet, pattern, identity, identified=True)
        straight = self._straight.read(pattern, values.main)
        if straight is not None:
            places = {
                key: Place(file.label, sheet=sheet.name, cell=at)
                for key, at in self._straight.places(pattern).items()
            }
            return ReadForm(instance, straight.inputs, places=places, results=straight.results)
        reader = FormReader(self._view, instance)
        reader.__dict__.update(named=self._named, elsewhere={}, alignment=self._alignment)
        form = reader.read()
        told = (*form.problems, *changes_of_values(reader, form))
        return ReadForm(
            form.instance,
            form.inputs,
            form.refused,
            form.places,
            form.conflicts,
            form.results,
            tuple(dict.fromkeys(told)),
        )

    def _is_of(self, identity: Identity, values: _Values) -> bool:
        """Whether the head names the person: that tells the sheet from one that is like it."""
        said = values.main.get(self._whose or "")
        return said is not None and said.text == identity.employee

    def _identity(self, file: HandedFile, values: _Values) -> Identity | None:
        rows = [list(row) for row in self._lines]
        for place in self._layout.wanted[self._layout.identity]:
            said = values.identity.get(place.decode())
            if said is not None and said.kind == "n":
                return None
            (row, column), _ = self._spot(place.decode())
            cells = rows[row - 1]
            cells.extend([None] * (column - len(cells)))
            cells[column - 1] = None if said is None else said.text
        grid = Grid(file.label, rows, self._layout.identity, hidden=True)
        identity, problems = identity_of(grid)
        same = identity is not None and identity.origin == self._instance.identity.origin
        return identity if same and not problems else None

    def cells(self, values: Mapping[str, Value]) -> Iterator[tuple[Spot, ViewCell]]:
        """Cells as they are seen."""
        for place, said in values.items():
            if (seen := self._cell(place, said)) is not None:
                yield seen.spot, seen

    def _cell(self, place: str, said: Value) -> ViewCell | None:
        value = said.text if said.kind != "n" else number_in(said.text)
        if value is None:
            return None
        spot, style = self._spot(place)
        formula = "computed" if place in self._computed else ""
        return ViewCell(spot, seen_value(value, style, date1904=False), value, formula, style)

    def _spot(self, place: str) -> tuple[Spot, CellStyle]:
        found = self._styles.get(place)
        if found is None:
            spot = position(place)
            assert self._own is not None  # noqa: S101 - only an .xlsx is known
            found = self._styles[place] = (spot, self._own.at(*spot).style)
        return found


@lru_cache(maxsize=20_000)
def _as_label(content: Value) -> str:
    """What a cell says, to compare with the form's own texts; the same is said in many forms."""
    return text_key(content.text if content.kind != "n" else written_text(number_in(content.text)))


class _Cells(Mapping[Spot, ViewCell]):
    """The cells of a form, made when somebody asks for one: mostly nobody does."""

    def __init__(self, frame: _Frame, values: Mapping[str, Value]) -> None:
        self._frame, self._values = frame, values

    @cached_property
    def _made(self) -> dict[Spot, ViewCell]:
        return dict(self._frame.cells(self._values))

    def __getitem__(self, spot: Spot) -> ViewCell:
        return self._made[spot]

    def __iter__(self) -> Iterator[Spot]:
        return iter(self._made)

    def __len__(self) -> int:
        return len(self._made)


def _is_plain(view: BookView, reader: FormReader, form: ReadForm) -> bool:
    """Whether a form lies as it went out, and is the only thing in its workbook."""
    instance = reader.instance
    if instance.problems or not instance.identified or not instance.alone:
        return False
    if not view.cells_known or reader.sheet.own is None or reader.sheet.date1904:
        return False
    if reader.moved or reader.unnamed or reader.elsewhere:
        return False
    rows, columns = reader.alignment.rows, reader.alignment.columns
    if any(one != other for found in (rows, columns) for one, other in found.items()):
        return False
    for key in (*reader.pattern.asked, *reader.pattern.given):
        cell = reader.pattern.cell(key)
        if cell is None:
            continue
        spot = spot_of(cell)
        if reader.named.get(key) != spot or reader.sheet.at(spot).formula:
            return False
    return is_as_it_went_out(reader, form)


def _has_one_alike(view: BookView, reader: FormReader) -> bool:
    """Whether no other sheet could be taken for the form's."""
    alike = [one for one in view.sheets if likeness(reader.pattern.main, texts_of(one)) >= LIKE]
    return len(alike) == 1


def _sure_texts(fixed: Mapping[Spot, str]) -> list[tuple[frozenset[str], frozenset[str]]]:
    """Of each row of a form: the texts that the form has once, and all of its texts."""
    counts: dict[str, int] = {}
    for text in fixed.values():
        counts[text] = counts.get(text, 0) + 1
    rows: dict[int, set[str]] = {}
    for (row, _), text in fixed.items():
        rows.setdefault(row, set()).add(text)
    return [
        (frozenset(text for text in texts if counts[text] == 1), frozenset(texts))
        for texts in rows.values()
    ]
