"""One file that came back: the forms in it, and everything about it that a clerk should know."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from xladdin.books.appeals.appeal_list import FORM as APPEALS
from xladdin.books.calibration.calibration_book import SENT_NAME
from xladdin.books.identity import identity_of, is_identity
from xladdin.books.summary.feedback_slip import FORM as SLIP
from xladdin.company.company import Company
from xladdin.formula.evaluate import Value
from xladdin.intake.grids import Grid
from xladdin.intake.handed_in import HandedIn
from xladdin.intake.sheets import read_opened
from xladdin.layout.saved import part_of, saved_by_us
from xladdin.ooxml.book_cells import BookCells
from xladdin.ooxml.opening import OLE, ZIP
from xladdin.ooxml.refused import RefusedError, protected
from xladdin.problems import Place, Problem, errors, warning

from .alignment import texts_of
from .answer_reading import ReadAnswers, read_answers
from .appeal_reading import ReadSlip, read_slip
from .book_view import BookView, ViewSheet, view_of, view_of_grids
from .calibration_reading import ReadCalibration, read_calibration
from .file_kinds import unusable
from .form_changes import changes
from .form_pattern import PatternSheet, text_key
from .form_reading import FormReader, ReadForm
from .handed_files import HandedFile
from .known_forms import KnownForms
from .recognising import Instance, KeptTemplate, recognise
from .report_reading import ReadReport, read_report, report_identity

_SAVED = re.compile(r"<dcterms:modified[^>]*>\s*([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8})Z?")
_BESIDE: tuple[tuple[str, str, str], ...] = (
    ("xl/comments", "comments_added", "表里有批注，没有读"),
    ("xl/threadedcomments", "comments_added", "表里有批注，没有读"),
    ("xl/media/", "pictures_added", "表里插入了图片，没有读"),
    ("xl/vbaproject", "macros_added", "表里有宏，没有运行"),
    ("xl/externallinks/", "links_added", "表里有指向别的文件的链接，没有用"),
)
_NUMBERING = "0123456789 _()（）"
NOTHING_READ = (
    "打得开，但是里面读不出任何内容，没有收；请对方打开看看，另存为“Excel 工作簿（*.xlsx）”后再交"
)
OLD_KIND = "只能读到数值，看不到公式、名称和格式（不是 .xlsx），按旁边的文字读"


@dataclass(frozen=True)
class FileRead:
    """A file with the forms in it."""

    file: HandedFile
    forms: tuple[ReadForm, ...] = ()
    problems: tuple[Problem, ...] = ()
    """Of the file as a whole; each form has its own."""
    reports: tuple[ReadReport, ...] = ()
    calibration: ReadCalibration | None = None
    """What it says where it is a 校准表: whoever collects hands that on."""
    slip: ReadSlip | None = None
    """The same of a 反馈单, which may hold appeals."""
    answers: ReadAnswers | None = None
    """The same of a 申诉清单, which may hold answers to them."""

    @property
    def all_problems(self) -> list[Problem]:
        forms = [one for form in self.forms for one in form.problems]
        return [*self.problems, *forms, *(one for it in self.reports for one in it.problems)]

    @property
    def readable(self) -> bool:
        """Whether something was recognised in it, and nothing in it was left unread."""
        return bool(self.forms or self.reports) and not errors(self.problems)

    @property
    def handed_on(self) -> bool:
        """Whether it is for somebody else than who keeps forms."""
        return bool(self.calibration or self.slip or self.answers)

    @cached_property
    def sha256(self) -> str:
        return hashlib.sha256(self.file.as_it_came).hexdigest()

    @cached_property
    def saved_at(self) -> dt.datetime | None:
        """When an office program saved it, as it says itself; else when it was put there."""
        found = _SAVED.search(part_of(self.file.opened, "docProps/core.xml"))
        if found and not saved_by_us(self.file.opened):
            try:
                return dt.datetime.fromisoformat(found[1])
            except ValueError:
                return self.file.at
        return self.file.at

    @cached_property
    def untouched(self) -> bool:
        """Whether it is still as it was generated: nobody has returned it."""
        return (
            bool(self.forms or self.reports or self.handed_on)
            and saved_by_us(self.file.opened)
            and not any(report.changes for report in self.reports)
            and all(
                _same(value, form.pattern.values.get(key))
                for form in self.forms
                for key, value in form.inputs.items()
            )
            and not any(form.refused or form.conflicts for form in self.forms)
        )


def _same(one: Value, other: Value) -> bool:
    return one == other or (one in (None, "") and other in (None, ""))


def read_file(
    file: HandedFile,
    company: Company,
    kept: KeptTemplate = lambda _: None,
    known: KnownForms | None = None,
) -> FileRead:
    """Read whatever forms a file holds; nothing is raised, and a file that holds none says why.

    ``known``: the forms of other files, beside which one that is alike is read quickly.
    """
    form = known.read(file) if known is not None and _is_package(file) else None
    if form is not None:
        return FileRead(file, (form,))
    read = _read_forms(file, company, kept, known)
    if read.forms or read.reports or read.handed_on or errors(read.problems):
        return read
    empty = Problem("nothing_read", NOTHING_READ, Place(file.label))
    return FileRead(file, problems=(*read.problems, empty))


def _is_package(file: HandedFile) -> bool:
    return not file.problems and file.data.startswith(ZIP) and not _is_foreign(file.data)


def _read_forms(
    file: HandedFile, company: Company, kept: KeptTemplate, known: KnownForms | None
) -> FileRead:
    if file.problems:
        return FileRead(file, problems=file.problems)
    why = unusable(file.label, file.data)
    if why is not None:
        return FileRead(file, problems=(why,))
    try:
        view, problems = _view(file)
    except RefusedError as error:
        return FileRead(file, problems=(error.problem(file.label),))
    if view is None:
        return FileRead(file, problems=tuple(problems))
    identity = report_identity(view)
    if identity is not None:
        report, told = read_report(view, identity, company)
        reports = () if report is None else (report,)
        return FileRead(file, problems=(*problems, *told, *_beside(file)), reports=reports)
    decided = _decided(file, view)
    if decided is not None:
        return replace(decided, problems=(*problems, *_beside(file)))
    found = recognise(view, company, kept)
    readers = [FormReader(view, instance) for instance in found.instances]
    forms = tuple(_read(reader) for reader in readers)
    if not forms:  # how it was read matters only where it is one of ours
        problems = [one for one in problems if one.code != "old_kind"]
    problems = [*problems, *found.problems, *_beside(file), *_other_sheets(view, found.instances)]
    if known is not None and len(forms) == 1 and not problems:
        known.learn(file, view, readers[0], forms[0])
    return FileRead(file, forms, tuple(problems))


def _decided(file: HandedFile, view: BookView) -> FileRead | None:
    """A file that is judged beside results, by whoever keeps decisions."""
    hidden = [sheet.grid for sheet in view.sheets if is_identity(sheet.grid)]
    calibrates = any(sheet.name == SENT_NAME for sheet in view.sheets)
    if not calibrates and not any(map(_is_decision, hidden)):
        return None
    grids = [sheet.grid for sheet in view.sheets]
    if calibrates and (calibration := read_calibration(file.label, grids)) is not None:
        return FileRead(file, calibration=calibration)
    if (slip := read_slip(file.label, grids)) is not None:
        return FileRead(file, slip=slip)
    if (answers := read_answers(file.label, grids)) is not None:
        return FileRead(file, answers=answers)
    return None


def _is_decision(grid: Grid) -> bool:
    found, _ = identity_of(grid)
    return found is not None and found.origin.form in (SLIP, APPEALS)


def _view(file: HandedFile) -> tuple[BookView | None, list[Problem]]:
    opened = file.opened
    if file.data.startswith(ZIP) and not _is_foreign(opened.data):
        return view_of(file.label, BookCells(opened)), []
    if file.data.startswith((ZIP, OLE)):
        grids, problems = read_opened(opened, hidden=True)
        if file.data.startswith(OLE) and errors(problems) and not grids:
            raise protected() if problems[0].code == "file_protected" else _old(problems[0])
    else:
        grids, problems = HandedIn(opened).grids(lambda rows: max(map(len, rows), default=0))
    told = [_labelled(one, file.label) for one in problems if one.is_error]
    if not grids:
        return None, told
    return view_of_grids(file.label, grids), [
        *told,
        warning("old_kind", OLD_KIND, Place(file.label)),
    ]


def _labelled(problem: Problem, label: str) -> Problem:
    return replace(problem, place=problem.place._replace(file=label))


def _is_foreign(data: bytes) -> bool:
    """An .ods or .xlsb: only their values are read."""
    return b"mimetypeapplication/vnd.oasis" in data[:200] or b"xl/workbook.bin" in data


def _old(problem: Problem) -> RefusedError:
    message = f"读不了（{problem.message}）；请对方另存为“Excel 工作簿（*.xlsx）”后再交"
    return RefusedError(problem.code, message)


def _read(reader: FormReader) -> ReadForm:
    form = reader.read()
    problems = [*reader.instance.problems, *form.problems, *changes(reader, form)]
    return replace(form, problems=tuple(dict.fromkeys(problems)))


def _beside(file: HandedFile) -> Iterator[Problem]:
    """What a workbook holds beside cells."""
    if not file.data.startswith(ZIP):
        return
    try:
        names = [entry.filename.lower().lstrip("/") for entry in file.opened.archive.entries]
    except RefusedError:
        return
    told = set()
    for beginning, code, message in _BESIDE:
        if code not in told and any(name.startswith(beginning) for name in names):
            told.add(code)
            yield warning(code, message, Place(file.label))


# The sheets that nothing is filled in on.


def _other_sheets(view: BookView, instances: list[Instance]) -> Iterator[Problem]:
    if not instances:
        return
    taken = {instance.sheet.name for instance in instances}
    mains = {instance.pattern.main.name for instance in instances}
    known = {one.name: one for instance in instances for one in instance.pattern.sheets}
    taken |= {sheet.name for sheet in view.sheets if is_identity(sheet.grid)}
    rest = [one for one in view.sheets if one.name not in taken]
    for sheet in rest:
        like = next((one for one in known.values() if _is_copy(sheet.name, one.name)), None)
        if like is not None and sheet.visible:
            yield from _notes(like, sheet)
        elif sheet.cells:
            message = f"另有工作表「{sheet.name}」，不是考核表，没有读"
            yield warning("sheet_extra", message, sheet.whole)
    if len(instances) == 1 and instances[0].identified and view.cells_known:
        for name in known.keys() - mains:
            if not any(_is_copy(one.name, name) for one in view.sheets):
                message = f"工作表「{name}」不见了，不影响读取"
                yield warning("sheet_missing", message, Place(view.file))


def _notes(ours: PatternSheet, theirs: ViewSheet) -> Iterator[Problem]:
    """A sheet of explanations: whether it still says what it said."""
    texts = {text for cells in texts_of(theirs).values() for text in cells.values()}
    lost = [text for text in dict.fromkeys(ours.fixed.values()) if text not in texts]
    if lost:
        message = f"「{theirs.name}」里的说明有 {len(lost)} 处被改过或删掉了，计分仍按原来的规则"
        yield warning("notes_changed", message, theirs.whole)


def _is_copy(name: str, ours: str) -> bool:
    """考核表, 考核表 (2), 考核表_2."""
    return text_key(name.rstrip(_NUMBERING)) == text_key(ours)
