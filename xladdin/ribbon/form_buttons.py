"""Commands that write forms: for the selected people, for many, or into the open workbook."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from os.path import commonpath
from pathlib import Path

from xladdin.app.generating.generate import Outcome, generate, plan
from xladdin.app.generating.one_sheet import one_sheet
from xladdin.app.generating.planning import Request, present
from xladdin.books.forms import SLIP_SUITE, Suite
from xladdin.domain.people import Period
from xladdin.ooxml.sealing import UNSEALED, Sealing
from xladdin.problems import Problem

from . import asking_passwords, master, selection
from .desk import Desk
from .inserting import insert_sheet
from .known_results import for_suite, slips_kept
from .master import Master
from .message_box import listed
from .output_folder import Destination
from .selection import Chosen, Groups
from .undo_recording import recorded

MANY = 5
"""People for whom forms are made without a question."""
KEPT = "kept"
"""Code of the problem that somebody has changed a form since; the user is asked instead."""
REPLACE = (
    "{count} 份表已经生成过，而且有人填过或改过。\n\n"
    "是：重新生成，里面填过的内容会丢失；\n否：保留原来的表。"
)


INSERTED = "插入到本工作簿：{names}"
MOVE = (
    "{count} 份表在别的文件夹里：那时在别的部门，或者部门、姓名改过。\n\n"
    "是：移到现在的文件夹；\n否：留在原处。两种都不会另外再生成一份。"
)


@dataclass(frozen=True, slots=True)
class Consent:
    """What may be done to forms that are there."""

    overwrite: bool = False
    move: bool = False


@dataclass(slots=True)
class Done:
    """What became of the forms, over all months."""

    paths: list[Path] = field(default_factory=list)
    kept: int = 0
    elsewhere: int = 0
    left_out: int = 0
    problems: list[Problem] = field(default_factory=list)
    password: str = field(default="", repr=False)

    def add(self, folder: Path, outcome: Outcome) -> None:
        self.paths += [folder / path for path in outcome.paths]
        self.kept += len(outcome.kept)
        self.elsewhere += len(outcome.elsewhere)
        self.left_out += outcome.left_out
        self.problems += [problem for problem in outcome.problems if problem.code != KEPT]


def for_selected(desk: Desk, suite: Suite) -> None:
    """生成考核表, 评分表, 个人总结."""
    book = master.read(desk.book)
    groups = selection.people(desk, book)
    what = f"{selection.months(groups)}的{suite.title}"
    if not _agreed(desk, groups, f"生成{what}"):
        return
    place = book.destination(desk)
    if place is not None and (done := generated(desk, book, place, suite, groups)):
        _report(desk, book, done, what)


@dataclass(frozen=True, slots=True)
class Many:
    """Forms for many people: of which master, for whom, what they are called, where they go."""

    book: Master
    chosen: Chosen
    what: str
    place: Destination

    @classmethod
    def picked(cls, desk: Desk, suite: Suite) -> Many | None:
        """What the selection says; None where there is no folder."""
        book = master.read(desk.book)
        chosen = selection.many(desk, book)
        place = book.destination(desk)
        what = f"{selection.months(chosen.groups)}的{suite.title}"
        return None if place is None else cls(book, chosen, what, place)

    @property
    def people(self) -> int:
        return selection.heads(self.chosen.groups)


def batch(desk: Desk, suite: Suite) -> None:
    """批量生成."""
    many = Many.picked(desk, suite)
    if many is None:
        return
    groups = many.chosen.groups
    where = "\n".join(str(many.place.folder(suite, period)) for period in groups)
    question = f"为{many.chosen.how} {many.people} 人生成{many.what}，放在：\n{where}"
    if not desk.agrees(f"{question}{many.book.remark()}"):
        return
    if done := generated(desk, many.book, many.place, suite, groups):
        _report(desk, many.book, done, many.what)


def job(desk: Desk, suite: Suite) -> None:
    """工作分析表."""
    book = master.read(desk.book)
    keys = selection.positions(desk, book)
    period = book.period
    place = book.destination(desk)
    if place is None:
        return
    folder = place.folder(suite, period)

    def write(consent: Consent) -> Done:
        done = Done()
        done.add(folder, _write(desk, book, folder, suite, period, consent, positions=keys))
        return done

    _report(desk, book, _asking(desk, write), suite.title)


def insert(desk: Desk, suite: Suite) -> None:
    """插入到本工作簿."""
    book = master.read(desk.book)
    groups = selection.people(desk, book)
    if not _agreed(desk, groups, "插入考核表，每人一张工作表"):
        return
    problems: list[Problem] = []
    forms = []
    for period, ids in groups.items():
        employees, _ = book.company.selected(ids, None)
        there = present(book.company, period, employees, problems)
        request = Request(book.company, period, tuple(there), Path())
        forms += [(period, form) for form in plan(request, suite.id, problems)]
    with recorded(
        desk, book.book, INSERTED.format(names="、".join(f.label for _, f in forms))
    ) as step:
        for done, (period, form) in enumerate(forms):
            desk.progress(done, len(forms), form.label)
            insert_sheet(desk, step, one_sheet(form), f"{form.label} {period}")
    if problems or not forms:
        made = f"插入了 {len(forms)} 张考核表。" if forms else "没有插入考核表。"
        desk.tell(_told(made, listed(problems), book.remark()), bad=not forms)


def _agreed(desk: Desk, groups: Groups, what: str) -> bool:
    """Many are asked about first: a whole column is quickly selected."""
    people = selection.heads(groups)
    return people <= MANY or desk.agrees(f"选中了 {people} 人，都{what}吗？")


def generated(
    desk: Desk, book: Master, place: Destination, suite: Suite, groups: Groups
) -> Done | None:
    """The forms, written where they were not there; None where the user gives no password."""
    results = suite.id == SLIP_SUITE.id
    sealing = asking_passwords.sealing(desk, book.company, suite.title) if results else UNSEALED
    if sealing is None:
        return None

    def write(consent: Consent) -> Done:
        done = Done(password=sealing.password)
        for period, ids in groups.items():
            if done.left_out:
                done.left_out += len(ids)
                continue
            folder = place.folder(suite, period)
            made = _write(desk, book, folder, suite, period, consent, ids=ids, sealing=sealing)
            done.add(folder, made)
        return done

    with asking_passwords.known(sealing):
        return _asking(desk, write)


def _write(
    desk: Desk,
    book: Master,
    folder: Path,
    suite: Suite,
    period: Period,
    consent: Consent,
    *,
    ids: Sequence[str] = (),
    positions: Sequence[str] = (),
    sealing: Sealing = UNSEALED,
) -> Outcome:
    known = for_suite(book, suite, period, folder)
    outcome = generate(
        known.company,
        period,
        folder,
        form=suite.id,
        ids=ids,
        positions=positions,
        overwrite=consent.overwrite,
        move=consent.move,
        kept=known.kept,
        sealing=sealing,
        progress=desk.progress,
        busy=desk.is_open,
    )
    outcome.problems += [*known.problems, *slips_kept(book, suite, folder, outcome)]
    return outcome


def _asking(desk: Desk, write: Callable[[Consent], Done]) -> Done:
    """Write what may be written; ask before anything filled in is lost, or any form is moved."""
    done = write(Consent())
    if done.left_out:
        return done
    consent = Consent(
        overwrite=bool(done.kept) and desk.affirms(REPLACE.format(count=done.kept)),
        move=bool(done.elsewhere) and desk.affirms(MOVE.format(count=done.elsewhere)),
    )
    return done if consent == Consent() else write(consent)


def _report(desk: Desk, book: Master, done: Done, what: str) -> None:
    """Open the form where there is one alone, and say where everything is."""
    stopped = f"按 Esc 停下了，还有 {done.left_out} 份没有生成；再点一次会接着生成。"
    if not done.paths:
        nothing = stopped if done.left_out else f"没有生成{what}。"
        desk.tell(_told(nothing, listed(done.problems), book.remark()), bad=not done.left_out)
        return
    single = len(done.paths) == 1 and not done.left_out
    where = done.paths[0] if single else commonpath(path.parent for path in done.paths)
    made = f"{what}生成好了，按确定打开。文件在：" if single else _count(done, what)
    kept = f"其中 {done.kept} 份有人填过，保留了原来的。" if done.kept else ""
    # Told first: behind a workbook that has just come up nobody would see it.
    desk.tell(
        _told(
            stopped if done.left_out else "",
            made,
            str(where),
            kept,
            listed(done.problems),
            book.remark(),
        )
    )
    if single:
        desk.open(done.paths[0], done.password)


def _count(done: Done, what: str) -> str:
    return f"{what}共 {len(done.paths)} 份，在文件夹："


def _told(*lines: str) -> str:
    return "\n".join(line.strip() for line in lines if line.strip())
