"""A month's forms as they lie in their folder, printed: one PDF for each department, in the roster's order."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from xladdin.app.generating.generate import plan
from xladdin.app.generating.planning import Form, Request, present
from xladdin.books.forms import JOB_SUITE, Suite
from xladdin.company.company import Company
from xladdin.company.kept_results import KeptResults
from xladdin.domain.people import Period
from xladdin.files import (
    FileChangedError,
    FileLockedError,
    NotOursError,
    content_of,
    reason,
    replaceable,
    save_if_same,
)
from xladdin.layout.cells import Book, Given
from xladdin.layout.saved import printed_by_us
from xladdin.ooxml.sealing import UNSEALED, Sealing, UnknownPasswordError, plain
from xladdin.patch.hiding import without_sheets
from xladdin.problems import Place, Problem, warning

from .one_pdf import Part, joined

FOLDER = "打印"
NO_PRINTER = (
    "这台电脑上没有找到 LibreOffice，没有打成 PDF；表都在文件夹里。装了 Excel 的电脑，请点功能区的“打成PDF”；"
    "也可以装 LibreOffice 后再运行一次，表不会重做"
)
NOT_OURS = "已经有这个文件，不是这个命令写的，没有覆盖；请把它改名或移走，再打一次"
LOCKED = "这个 PDF 正开着，没有写；请把它关掉，再打一次"
SEALED = "的表有打开密码，没有给出能打开它的密码，没有打进 PDF；请加 --password"
UNREADABLE = "的表打不开，没有打进 PDF；请在 Excel 里打开看看，或加 --overwrite 重新生成"
GONE = "的表不在这个文件夹里，没有打进 PDF"


def forms_to_print(
    company: Company,
    period: Period,
    out: Path,
    *,
    suite: Suite,
    ids: Sequence[str] = (),
    department: str | None = None,
    positions: Sequence[str] = (),
    kept: KeptResults | None = None,
    sealing: Sealing = UNSEALED,
) -> list[Form]:
    """The forms that ``generate`` writes for these people, in the roster's order.

    Whom it writes none for, it has said.
    """
    told: list[Problem] = []
    employees, _ = company.selected(ids, department)
    if suite.id != JOB_SUITE.id:
        employees = present(company, period, employees, told)
    request = Request(company, period, tuple(employees), out, tuple(positions), kept, sealing)
    return list(plan(request, suite.id, told))


def title_of(suite: Suite, period: Period) -> str:
    """What the PDFs of a suite are called, before the department."""
    return f"{period}_{suite.title}" if suite.by_month else suite.title


class Printer(Protocol):
    """A program that opens workbooks and prints them."""

    def pdfs(
        self, files: Sequence[Path], folder: Path, progress: Callable[[int], None]
    ) -> Mapping[Path, Path]:
        """File -> its PDF in ``folder``; what cannot be read is missing."""


@dataclass(frozen=True, slots=True)
class Printed:
    """One PDF: below the folder of the forms, how many forms, how many pages."""

    path: Path
    forms: int
    pages: int


@dataclass(slots=True)
class Outcome:
    """What was printed, and what was not."""

    written: list[Printed] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def told(self) -> Iterator[str]:
        """A line for each PDF."""
        for one in self.written:
            yield f"{one.path}：{one.forms} 份，{one.pages} 页"


Progress = Callable[[int, int, str], None]
"""How many are printed, of how many, and of which department the next one is."""


def print_forms(
    folder: Path,
    forms: Iterable[Form],
    printer: Printer,
    *,
    title: str,
    whole: bool = False,
    duplex: bool = False,
    sealing: Sealing = UNSEALED,
    progress: Progress = lambda done, total, label: None,
) -> Outcome:
    """Print what lies in ``folder`` of these forms, in their order, filled in or not.

    A department's are one PDF in the folder 打印, called by ``title`` and the department; it replaces
    an earlier one and nothing else.  ``whole`` prints every sheet, also what everybody's says alike.
    ``duplex``: no sheet of paper has two people's forms where both sides are printed.  ``sealing``
    gives the PDFs a password.  What is left out is a problem that says why.
    """
    outcome = Outcome()
    # Its owner's alone: what opens with a password lies here without one while it is printed.
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as aside:
        copies = dict(_copies(folder, forms, Path(aside), whole, outcome.problems))
        names = [_name(title, form) for form in copies.values()]

        def tell(done: int) -> None:
            progress(done, len(names), names[min(done, len(names) - 1)])

        made = printer.pdfs([*copies], Path(aside), tell) if copies else {}
        parts: dict[str, list[Part]] = {}
        for copy, form in copies.items():
            if copy in made:
                parts.setdefault(_name(title, form), []).append(Part(form.label, made[copy]))
            else:
                outcome.problems.append(_left_out("cannot_print", form, UNREADABLE))
        for name, own in parts.items():
            _join(folder, Path(FOLDER, f"{name}.pdf"), own, duplex, sealing, outcome)
    return outcome


def _copies(
    folder: Path, forms: Iterable[Form], aside: Path, whole: bool, problems: list[Problem]
) -> Iterator[tuple[Path, Form]]:
    """Each form under a short name that no other has, without its password."""
    for number, form in enumerate(forms, start=1):
        try:
            there = content_of(folder / form.path)
            if there is None:
                problems.append(_left_out("not_there", form, GONE))
                continue
            content = plain(there)
        except UnknownPasswordError:
            problems.append(_left_out("sealed", form, SEALED))
            continue
        except (FileLockedError, OSError):
            problems.append(_left_out("cannot_print", form, UNREADABLE))
            continue
        copy = aside / f"{number:05}.xlsx"
        copy.write_bytes(content if whole else without_sheets(content, alike(form.book())))
        yield copy, form


def alike(book: Book) -> list[str]:
    """The sheets that are the same in everybody's form, where others are not: how it is filled in,
    where figures come from."""
    seen = [sheet for sheet in book.sheets if sheet.visibility == "visible"]
    own = [sheet for sheet in seen if any(isinstance(cell.content, Given) for cell in sheet.cells)]
    return [sheet.name for sheet in seen if own and sheet not in own]


def _name(title: str, form: Form) -> str:
    """Of which PDF a form is a part: those that lie in one folder are one."""
    return "_".join((title, *form.path.parent.parts))


def _left_out(code: str, form: Form, why: str) -> Problem:
    return warning(code, f"{form.label}{why}", Place(file=str(form.path)))


def _join(
    folder: Path,
    path: Path,
    parts: Sequence[Part],
    duplex: bool,
    sealing: Sealing,
    outcome: Outcome,
) -> None:
    """Write one PDF, or say why it is not written."""
    whole = joined(parts, duplex=duplex, password=sealing.password)
    target, place = folder / path, Place(file=str(path))
    try:
        before = replaceable(target, printed_by_us, overwrite=False)
        save_if_same(target, before, whole.content)
    except (NotOursError, FileChangedError):
        outcome.problems.append(Problem("exists", NOT_OURS, place))
    except FileLockedError:
        outcome.problems.append(Problem("locked", LOCKED, place))
    except OSError as error:
        outcome.problems.append(Problem("cannot_write", f"写不了：{reason(error)}", place))
    else:
        outcome.written.append(Printed(path, len(parts), whole.pages))
