"""Commands about a month's way back: collect, its list, the summary, closing the month."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from xladdin.app.collecting.collect import collect as collect_forms
from xladdin.app.collecting.collect_calibrations import Take
from xladdin.app.collecting.collect_list import list_path
from xladdin.app.results.summarise import FILE_NAME, summarise
from xladdin.books.summary.summary_book import for_hr
from xladdin.path_checks import is_folder, may_be_there
from xladdin.problems import ProblemsFound
from xladdin.returns.keeping import Keeper

from . import asking_passwords, master, windows_excel
from .desk import Desk, refused
from .known_results import known_month
from .master import Master
from .message_box import listed
from .undo_recording import replaced_file

if TYPE_CHECKING:
    from xladdin.app.collecting.collected import Collected
    from xladdin.app.results.calibration_returns import TakenCalibrations
    from xladdin.domain.people import Period
    from xladdin.returns.calibration_reading import ReadCalibration

FOLDER_TITLE = "选择放着收到的表的文件夹"
SAVE_FIRST = "要读写总表的文件，请先把总表保存到这台电脑的文件夹里（点一下“保存”），再点这个按钮。"
CLOSE_FIRST = "「{name}」还开着，请保存、关闭后再点一次。"
NO_LIST = "{period}还没有收过表，没有收表清单。请先点“收回考核表”。"
COLLECT = (
    "收回{folder}里的表，按 {period} 收：读出填的内容，填入总表的空格，写一份收表清单。\n\n"
    "总表会先关闭，收完以后再打开；写入前在旁边留一份备份。"
)
CLOSE_MONTH = (
    "关闭{period}？\n\n关闭以后，台账不再接收这个月的表和得分。"
    "要再打开，请用命令 xladdin period reopen，并写明原因。\n\n"
    "台账里经办人记作「{who}」；不对的，先在 Excel“选项”的“用户名”里改。"
)
REPLACE = "「{name}」已经有了，不是这次生成的，或者有人改过。\n\n是：替换，改过的内容会丢失；\n否：不生成。"
LEDGER_STAYS = (
    "台账里已经收下的表还在（台账只增加，不删改），收表清单也还在；再收一次，总表会照样填上。"
)
EXISTS = "exists"
MORE = "各处的问题都写在收表清单里。"


def collect(desk: Desk) -> None:
    """收回考核表."""
    book = master.read(desk.book)
    path, period = file_of(book), book.period
    _refuse_open(desk, list_path(path, period))
    folder = windows_excel.chosen_folder(desk.app, FOLDER_TITLE, path.parent)
    if folder is None or not desk.agrees(
        COLLECT.format(folder=f"“{folder.name}”", period=period.label)
    ):
        return
    label = f"收回考核表：{period.label}，填入总表的格"
    with replaced_file(desk, path, label, LEDGER_STAYS), closed(desk, book, path):
        done = collect_forms(
            path,
            [folder],
            period=period,
            keeper=_keeper(path),
            calibrate=_taking(path),
            progress=lambda done, total, label: desk.progress(done, total, label, "正在收表"),
        )
        decided = _take_decisions(path, done)
    # What became of slips and answers is told here: the list has forms and 校准表.
    labels = {read.file.label for read in done.reads if not (read.slip or read.answers)}
    besides = [problem for problem in done.problems if problem.place.file not in labels]
    in_list = MORE if done.list_path and len(besides) < len(done.problems) else ""
    told = (*done.told, *decided, in_list, listed(besides))
    desk.tell("\n".join(filter(None, told)), bad=done.failed)
    if done.list_path is not None:
        desk.open(done.list_path)


def _take_decisions(path: Path, done: Collected) -> list[str]:
    """What became of appeals and answers among the files."""
    if not (done.slips or done.appeal_answers):
        return []
    from xladdin.app.collecting.collect_decisions import take_decisions  # noqa: PLC0415 - a database, as below

    return take_decisions(path, done, dt.date.today()).told


def _taking(path: Path) -> Take:
    """What takes the 校准表 among the files; most months have none."""

    def take(reads: Sequence[ReadCalibration], period: Period | None) -> TakenCalibrations:
        from xladdin.app.results.calibration_returns import take_read  # noqa: PLC0415 - a database, as below

        return take_read(path, reads, period=period)

    return take


def _keeper(path: Path) -> Keeper:
    # A database takes a while to be loaded, and only this button needs it.
    from xladdin.app.collecting.collect_ledger import LedgerKeeper  # noqa: PLC0415

    return LedgerKeeper.of(path)


def open_list(desk: Desk) -> None:
    """收表清单."""
    book = master.read(desk.book)
    path = list_path(file_of(book), book.period)
    if not may_be_there(path) or is_folder(path):
        raise refused("no_list", NO_LIST.format(period=book.period.label))
    desk.open(path)


def summary(desk: Desk) -> None:
    """月度汇总."""
    book = master.read(desk.book)
    period = book.period
    _, results, problems = known_month(book)
    place = book.destination(desk)
    if place is None:
        return
    path = place.base / FILE_NAME.format(period=period)
    _refuse_open(desk, path)
    sealing = asking_passwords.sealing(desk, book.company, f"{period.label}的汇总")
    if sealing is None:
        return
    with asking_passwords.known(sealing):
        try:
            problems += summarise(results, path, sealing=sealing)
        except ProblemsFound as found:
            if [problem.code for problem in found.problems] != [EXISTS]:
                raise
            if not desk.affirms(REPLACE.format(name=path.name)):
                return
            problems += summarise(results, path, overwrite=True, sealing=sealing)
    scored = sum(one.total is not None for one in results.people)
    lines = [
        f"{period.label}的汇总写好了，按确定打开：{len(results.people)} 人，{scored} 人有总分。文件在：",
        str(path),
    ]
    lines += [for_hr(results), results.origin]
    lines += [listed(problems), book.remark().strip()]
    desk.tell("\n".join(filter(None, lines)))
    desk.open(path, sealing.password)


def close_month(desk: Desk) -> None:
    """关闭本月."""
    from xladdin.app.results.ledger_upkeep import change_period, logged_in  # noqa: PLC0415 - see _keeper
    from xladdin.ledger.records import PeriodState  # noqa: PLC0415

    book = master.read(desk.book)
    path, period = file_of(book), book.period
    who = desk.user or logged_in()
    if desk.agrees(CLOSE_MONTH.format(period=period.label, who=who)):
        done = change_period(path, period, PeriodState.CLOSED, url=None, by=who)
        desk.tell("\n".join([*done.lines, listed(done.problems)]).strip())


def file_of(book: Master) -> Path:
    """The file of the master, as it stands on the screen; ProblemsFound where it is not saved."""
    if book.home is None or not book.book.api.Saved:
        raise refused("not_saved", SAVE_FIRST)
    path = book.home / book.book.name
    if not may_be_there(path):
        raise refused("not_saved", SAVE_FIRST)
    return path


def _refuse_open(desk: Desk, path: Path) -> None:
    if desk.is_open(path):
        raise refused("open", CLOSE_FIRST.format(name=path.name))


@contextmanager
def closed(desk: Desk, book: Master, path: Path) -> Iterator[None]:
    """The master out of Excel's hands, which lets nobody else write it; it comes back in any case."""
    book.book.close()
    try:
        yield
    finally:
        desk.open(path)
