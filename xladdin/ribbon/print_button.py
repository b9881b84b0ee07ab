"""打成PDF: the forms of many people, a file for each department, printed by the Excel that is open."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from xladdin.app.generating.generate import Stopped
from xladdin.app.printing.print_forms import (
    FOLDER,
    Outcome,
    forms_to_print,
    print_forms,
    title_of,
)
from xladdin.books.forms import Suite
from xladdin.domain.people import Period
from xladdin.ooxml.sealing import Sealing
from xladdin.problems import Place, warning

from . import asking_passwords
from .desk import Desk
from .form_buttons import Done, Many, generated
from .known_results import for_suite
from .master import Master
from .message_box import listed
from .windows_excel import export_pdf

ASK = (
    "把{how} {people} 人的{what}打成 PDF，一个部门一份，放在“{folder}”文件夹；没有生成过的先生成。\n\n"
    "是：双面打印，每个人从新的一张纸开始；\n否：单面打印。"
)
OPEN = "正在 Excel 里开着，打的是保存过的内容"
STOPPED = "按 Esc 停下了，没有打成 PDF；再点一次会从头打。"


@dataclass(frozen=True, slots=True)
class ExcelPrinter:
    """The Excel that the clerk works in."""

    desk: Desk

    def pdfs(
        self, files: Sequence[Path], folder: Path, progress: Callable[[int], None]
    ) -> Mapping[Path, Path]:
        """File -> its PDF; what Excel cannot open is missing."""
        found = {}
        with self.desk.quietly():
            for done, file in enumerate(files):
                progress(done)
                made = folder / f"{file.stem}.pdf"
                if self._print(file, made):
                    found[file] = made
        return found

    def _print(self, file: Path, made: Path) -> bool:
        # Whatever Excel says of a file: it is told as one that cannot be opened, and the others go on.
        try:
            book = self.desk.opened(file)
        except Exception:
            return False
        try:
            export_pdf(book, made)
        except Exception:
            return False
        finally:
            book.close()
        return made.exists()


def print_all(desk: Desk, suite: Suite) -> None:
    """打成PDF, 反馈单打成PDF."""
    many = Many.picked(desk, suite)
    if many is None:
        return
    book, groups = many.book, many.chosen.groups
    ask = ASK.format(how=many.chosen.how, people=many.people, what=many.what, folder=FOLDER)
    duplex = desk.answer(f"{ask}{book.remark()}")
    if duplex is None:
        return
    done = generated(desk, book, many.place, suite, groups)
    if done is None:
        return
    sealing = Sealing(done.password)
    front = desk.book
    try:
        with asking_passwords.known(sealing):
            printed = [
                _printed(desk, many, suite, period, ids, duplex=duplex, sealing=sealing)
                for period, ids in groups.items()
                if not done.left_out
            ]
    except Stopped:
        desk.tell(STOPPED)
        return
    finally:
        desk.bring_forward(front)
    _report(desk, book, done, printed, many.what)


def _printed(
    desk: Desk,
    many: Many,
    suite: Suite,
    period: Period,
    ids: Sequence[str],
    *,
    duplex: bool,
    sealing: Sealing,
) -> tuple[Path, Outcome]:
    """The folder of a month's forms, and what was printed of them."""
    folder = many.place.folder(suite, period)
    known = for_suite(many.book, suite, period, folder)
    forms = forms_to_print(
        known.company, period, folder, suite=suite, ids=ids, kept=known.kept, sealing=sealing
    )
    outcome = print_forms(
        folder,
        forms,
        ExcelPrinter(desk),
        title=title_of(suite, period),
        duplex=duplex,
        sealing=sealing,
        progress=lambda done, total, label: desk.progress(done, total, label, "正在打成 PDF"),
    )
    for form in forms:
        if desk.is_open(folder / form.path):
            place_ = Place(file=form.path.name)
            outcome.problems.append(warning("open_form", f"{form.label}的表{OPEN}", place_))
    return folder, outcome


def _report(
    desk: Desk, book: Master, done: Done, printed: Sequence[tuple[Path, Outcome]], what: str
) -> None:
    """Say where the PDFs are, and what is in none of them."""
    problems = [*done.problems, *(problem for _, one in printed for problem in one.problems)]
    lines = [
        f"{folder / one.path}：{one.forms} 份，{one.pages} 页"
        for folder, outcome in printed
        for one in outcome.written
    ]
    head = f"{what}打好了：" if lines else f"{what}没有打成 PDF。"
    told = [head, *lines, listed(problems), book.remark()]
    desk.tell("\n".join(line.strip() for line in told if line.strip()), bad=not lines)
