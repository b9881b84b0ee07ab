"""校准表, 方案试算, 证据包: grades to be decided; what a changed scheme would have made of earlier
months; a pack for one employee."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic_core import PydanticCustomError

from xladdin.domain.people import Period
from xladdin.files import safe_name
from xladdin.problems import Problem, ProblemsFound

from . import asking_passwords, master, selection, windows_excel
from .desk import Desk, refused
from .known_results import known_month
from .master import Master
from .message_box import listed
from .month_buttons import CLOSE_FIRST, EXISTS, REPLACE, SAVE_FIRST

if TYPE_CHECKING:
    from xladdin.company.simulation import Simulation

MONTHS = "{what}哪几个月？\n\n写成“2026-01 至 2026-12”的样子；一个月就只写那个月。"
BAD_MONTHS = "「{said}」不是月份，请写成 2026-01 至 2026-12 的样子。"
BACKWARDS = "「{said}」里开始的月份在结束的月份之后。"
WRITTEN = "方案试算写好了，按确定打开。文件在："
PRIVATE = "里面有得分和奖金，给别人之前请看清楚。"
ONE_ONLY = "证据包一次只为一名员工打。请只选他所在的一行，再点按钮。"
PACK = "为{who}打{first}至{last}的仲裁证据包，放在：\n{folder}"
PACKS = "证据包"
CALIBRATED = "{period}的校准表写好了 {count} 份，按确定打开全公司的。文件在："
BACK = "部门负责人填好校准后等级和理由，和别的表一样用“收回考核表”收。"
FILLED = "有人填过或改过的没有覆盖；要重写，请先移走原来的文件。"
PACK_NAME = "证据包_{id}_{name}_{first}至{last}_{now:%Y%m%d%H%M%S}.zip"
_TO = re.compile(r"至|到|~|～|—+")

Span = tuple[Period, Period]


def calibrate(desk: Desk) -> None:
    """校准表."""
    # A database takes a while to be loaded, and few buttons need it.
    from xladdin.app.collecting.collect_calibrations import FOLDER  # noqa: PLC0415
    from xladdin.app.results.calibration_sheets import sheet_path, write_calibration  # noqa: PLC0415

    book = master.read(desk.book)
    period = book.period
    known = known_month(book)
    place = book.destination(desk)
    if place is None:
        return
    sealing = asking_passwords.sealing(desk, book.company, f"{period.label}的校准表")
    if sealing is None:
        return
    folder = place.base / FOLDER / period
    if already := [path for path in folder.glob("*.xlsx") if desk.is_open(path)]:
        raise refused("open", CLOSE_FIRST.format(name=already[0].name))
    with asking_passwords.known(sealing), desk.busy("正在写校准表"):
        done = write_calibration(known.company, known.results, folder, sealing=sealing)
    kept = [problem for problem in done.problems if problem.code == EXISTS]
    others = [problem for problem in done.problems if problem.code != EXISTS]
    lines = [
        CALIBRATED.format(period=period.label, count=len(done.written)),
        str(folder),
        BACK,
        FILLED if kept else "",
        known.results.origin,
        listed([*known.problems, *others]),
        book.remark().strip(),
    ]
    desk.tell("\n".join(filter(None, lines)))
    desk.open(sheet_path(folder, period, ""), sealing.password)


def simulate(desk: Desk) -> None:
    """方案试算."""
    from xladdin.app.results.trying_out import (  # noqa: PLC0415 - see calibrate
        FILE_NAME,
        Asked,
        told_in_words,
        try_out,
    )

    book = master.read(desk.book)
    home = _home(book)
    span = _asked(desk, book, "试算")
    place = book.destination(desk) if span else None
    if span is None or place is None:
        return
    path = place.base / FILE_NAME.format(first=span[0], last=span[1])
    if desk.is_open(path):
        raise refused("open", CLOSE_FIRST.format(name=path.name))
    with desk.busy("正在试算"):
        found, problems = try_out(home / book.book.name, book.company, Asked(*span))
    written = _write(desk, book, found, path)
    if written is None:
        return
    told, password = written
    lines = [
        WRITTEN,
        str(path),
        *told_in_words(found),
        PRIVATE,
        listed([*problems, *told]),
        book.remark().strip(),
    ]
    desk.tell("\n".join(filter(None, lines)))
    desk.open(path, password)


def _write(
    desk: Desk, book: Master, found: Simulation, path: Path
) -> tuple[list[Problem], str] | None:
    """What is to be said of the file, and its password; None where the user gives up."""
    from xladdin.app.results.trying_out import write_trial  # noqa: PLC0415 - see calibrate

    sealing = asking_passwords.sealing(desk, book.company, "方案试算")
    if sealing is None:
        return None
    with asking_passwords.known(sealing), desk.busy("正在写方案试算"):
        try:
            return write_trial(found, path, sealing=sealing), sealing.password
        except ProblemsFound as there:
            if [problem.code for problem in there.problems] != [EXISTS]:
                raise
        if not desk.affirms(REPLACE.format(name=path.name)):
            return None
        return write_trial(found, path, overwrite=True, sealing=sealing), sealing.password


def evidence(desk: Desk) -> None:
    """证据包."""
    from xladdin.app.results.evidence import pack_evidence  # noqa: PLC0415 - see calibrate

    book = master.read(desk.book)
    home = _home(book)
    ids = {id_ for group in selection.people(desk, book).values() for id_ in group}
    if len(ids) > 1:
        raise refused("several", ONE_ONLY)
    person = book.company.people[ids.pop()]
    span = _asked(desk, book, "打包")
    place = book.destination(desk) if span else None
    if span is None or place is None:
        return
    first, last = span
    folder, who = place.base / PACKS, f"{person.name}（{person.id}）"
    if not desk.agrees(PACK.format(who=who, first=first.label, last=last.label, folder=folder)):
        return
    now = dt.datetime.now(dt.UTC)
    name = PACK_NAME.format(
        id=person.id, name=person.name, first=first, last=last, now=now.astimezone()
    )
    out = folder / safe_name(name)
    with desk.busy("正在打证据包"):
        done = pack_evidence(
            home / book.book.name,
            None,
            person.id,
            (str(first), str(last)),
            out,
            now,
            person.name,
        )
    desk.tell("\n".join(filter(None, [*done.lines, str(out), listed(done.problems)])))


def _home(book: Master) -> Path:
    """The folder of the master, beside which the ledger lies."""
    if book.home is None:
        raise refused("not_saved", SAVE_FIRST)
    return book.home


def _asked(desk: Desk, book: Master, what: str) -> Span | None:
    """From which month to which, as typed; None where the user gives up."""
    last = book.period
    default = f"{last.year}-01 至 {last}"
    said = windows_excel.typed_text(desk.app, MONTHS.format(what=what), default)
    if said is None:
        return None
    try:
        months = [Period.parse(part.strip()) for part in _TO.split(said)]
    except PydanticCustomError:
        months = []
    if len(months) not in (1, 2):
        raise refused("bad_months", BAD_MONTHS.format(said=said[:30]))
    if months[0] > months[-1]:
        raise refused("bad_months", BACKWARDS.format(said=said[:30]))
    return months[0], months[-1]
