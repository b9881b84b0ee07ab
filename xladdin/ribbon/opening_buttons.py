"""开新月份 and 收数表: a month begins in the master's file, and its figures are asked for."""

from __future__ import annotations

from pydantic_core import PydanticCustomError

from xladdin.app.months.asking_figures import FOLDER, ask_for_figures
from xladdin.app.months.opening_month import open_month as open_in_master
from xladdin.company.month_results import month_after
from xladdin.domain.people import Period

from . import master, windows_excel
from .desk import Desk, refused
from .master import Master
from .message_box import listed
from .month_buttons import closed, file_of
from .undo_recording import replaced_file

WHICH = "开哪个月？请写成 2026-12 的样子。"
NO_MONTH = "「{said}」不是月份，请写成 2026-12 的样子。"
SURE = (
    "开新月份 {period}：在“月度目标与实际”里给在岗的每人、每个指标加一行，目标沿用上月"
    "（指标表里填了目标增长率的，按增长率）。已有的行不动。\n\n"
    "总表会先关闭，写好以后再打开；写入前在旁边留一份备份。"
)
ASK = (
    "写{period}的收数表：每个报数人一份，要他报的数是总表里还没有的，放在：\n{folder}\n\n"
    "谁报数：先看“设置”里的“报数人：…”，没有写的按指标的数据来源岗位。"
)
REPLACE = "{names}的收数表有人填过或改过。\n\n是：重新写，填过的会丢失；\n否：保留。"


def open_month(desk: Desk) -> None:
    """开新月份."""
    book = master.read(desk.book)
    path = file_of(book)
    said = windows_excel.typed_text(desk.app, WHICH, str(_next(book)))
    if not (said or "").strip():
        return
    try:
        period = Period.parse(str(said))
    except PydanticCustomError:
        raise refused("bad_period", NO_MONTH.format(said=said)) from None
    if not desk.agrees(SURE.format(period=period.label)):
        return
    label = f"开新月份 {period.label}"
    with replaced_file(desk, path, label, ""), closed(desk, book, path), desk.busy("正在开新月份"):
        done = open_in_master(path, period)
    desk.tell("\n".join([*done.told, listed(done.problems)]).strip(), bad=not done.company)


def _next(book: Master) -> Period:
    """The month after the last one that has figures, else the current one."""
    months = book.company.periods
    return month_after(months[-1]) if months else book.period


def ask_figures(desk: Desk) -> None:
    """收数表."""
    book = master.read(desk.book)
    period = book.period
    place = book.destination(desk)
    if place is None:
        return
    folder = place.base / FOLDER / period
    if not desk.agrees(ASK.format(period=period.label, folder=folder) + book.remark()):
        return

    def progress(done: int, total: int, label: str) -> None:
        desk.progress(done, total, label, "正在写收数表")

    done = ask_for_figures(book.company, period, folder, progress=progress)
    if done.kept and desk.affirms(REPLACE.format(names="、".join(done.kept))):
        done = ask_for_figures(book.company, period, folder, overwrite=True, progress=progress)
    desk.tell("\n".join([*done.told, listed(done.problems)]).strip())
