"""Commands that write forms: for the selected people, for many, or into the open workbook."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from xladdin.app.forms import Request
from xladdin.app.generate import COMPETENCY, Outcome, generate, plan
from xladdin.app.one_sheet import one_sheet
from xladdin.books import job_analysis, monthly, personal_summary
from xladdin.domain.people import Period
from xladdin.problems import Problem

from . import master, selection
from .desk import Desk, refused
from .inserting import insert_sheet
from .master import Master
from .selection import Groups
from .wording import listed

KEPT = "kept"
"""Code of the problem that somebody has changed a form since; the user is asked instead."""
REPLACE = (
    "{count} 份表已经生成过，而且有人填过或改过。\n\n"
    "是：重新生成，里面填过的内容会丢失；\n否：保留原来的表；\n取消：什么也不做。"
)


@dataclass(slots=True)
class Done:
    """What became of the forms, over all months and folders."""

    folders: list[Path] = field(default_factory=list)
    paths: list[Path] = field(default_factory=list)
    kept: int = 0
    left_out: int = 0
    problems: list[Problem] = field(default_factory=list)

    def add(self, folder: Path, outcome: Outcome) -> None:
        self.folders += [folder] if outcome.paths else []
        self.paths += [folder / path for path in outcome.paths]
        self.kept += len(outcome.kept)
        self.left_out += outcome.left_out
        self.problems += [problem for problem in outcome.problems if problem.code != KEPT]


def one(desk: Desk) -> None:
    """生成考核表."""
    _for_selected(desk, monthly.FORM, "考核表")


def rating(desk: Desk) -> None:
    """评分表."""
    _for_selected(desk, COMPETENCY, "评分表和绩效总结")


def summary(desk: Desk) -> None:
    """个人总结."""
    _for_selected(desk, personal_summary.FORM, "个人工作总结表")


def batch(desk: Desk) -> None:
    """批量生成."""
    book = master.read(desk.book)
    chosen = selection.many(desk, book)
    months = "、".join(period.label for period in chosen.groups)
    where = "\n".join(str(book.folder(monthly.FORM, period)) for period in chosen.groups)
    question = f"为{chosen.how} {chosen.count} 人生成{months}的考核表，放在：\n{where}"
    if desk.agrees(f"{question}{book.remark()}"):
        _report(desk, book, _generate(desk, book, monthly.FORM, chosen.groups), f"{months}的考核表")


def job(desk: Desk) -> None:
    """工作分析表."""
    book = master.read(desk.book)
    keys = selection.positions(desk, book)
    folder = book.folder(job_analysis.FORM, book.period)

    def write(overwrite: bool) -> Done:
        done = Done()
        outcome = generate(
            book.company,
            book.period,
            folder,
            form=job_analysis.FORM,
            positions=keys,
            overwrite=overwrite,
            progress=desk.progress,
        )
        done.add(folder, outcome)
        return done

    _report(desk, book, _asking(desk, write), "工作分析表")


def insert(desk: Desk) -> None:
    """插入到本工作簿."""
    book = master.read(desk.book)
    groups = selection.people(desk, book)
    problems: list[Problem] = []
    forms = []
    for period, ids in groups.items():
        employees, _ = book.company.selected(ids, None)
        request = Request(book.company, period, tuple(employees), Path())
        forms += [(period, form) for form in plan(request, monthly.FORM, problems)]
    for done, (period, form) in enumerate(forms):
        desk.progress(done, len(forms), form.label)
        insert_sheet(desk, book.book, one_sheet(form), f"{form.label} {period}")
    if problems:
        desk.tell(f"插入了 {len(forms)} 张考核表。\n{listed(problems)}", bad=not forms)


def _for_selected(desk: Desk, form: str, what: str) -> None:
    book = master.read(desk.book)
    groups = selection.people(desk, book)
    months = "、".join(period.label for period in groups)
    _report(desk, book, _generate(desk, book, form, groups), f"{months}的{what}")


def _generate(desk: Desk, book: Master, form: str, groups: Groups) -> Done:
    def write(overwrite: bool) -> Done:
        done = Done()
        for period, ids in groups.items():
            folder = book.folder(form, period)
            done.add(folder, _month(desk, book, form, period, ids, overwrite))
        return done

    return _asking(desk, write)


def _month(
    desk: Desk, book: Master, form: str, period: Period, ids: Iterable[str], overwrite: bool
) -> Outcome:
    return generate(
        book.company,
        period,
        book.folder(form, period),
        form=form,
        ids=tuple(ids),
        overwrite=overwrite,
        progress=desk.progress,
    )


def _asking(desk: Desk, write: Callable[[bool], Done]) -> Done:
    """Write what may be written, and ask before anything that somebody has filled in is lost."""
    done = write(False)
    if not done.kept or done.left_out:
        return done
    replace = desk.answer(REPLACE.format(count=done.kept))
    if replace is None:
        raise refused("cancelled", "已取消；没有替换任何表。")
    return write(True) if replace else done


def _report(desk: Desk, book: Master, done: Done, what: str) -> None:
    """Open the form where there is one alone, and say where everything is."""
    if not done.paths and not done.left_out:
        desk.tell(f"没有生成{what}。\n{listed(done.problems)}{book.remark()}", bad=True)
        return
    if len(done.paths) == 1 and not done.left_out:
        desk.open(done.paths[0])
    desk.tell("\n".join(filter(None, _lines(book, done, what))), bad=bool(done.left_out))


def _lines(book: Master, done: Done, what: str) -> list[str]:
    single = len(done.paths) == 1
    where = done.paths if single else list(dict.fromkeys(done.folders))
    return [
        f"按 Esc 停下了，还有 {done.left_out} 份没有生成；再点一次会接着生成。"
        if done.left_out
        else "",
        f"{what}已经打开，文件在：" if single else f"{what}共 {len(done.paths)} 份，在文件夹：",
        *map(str, where),
        f"其中 {done.kept} 份有人填过，保留了原来的。" if done.kept else "",
        listed(done.problems),
        book.remark().strip(),
    ]
