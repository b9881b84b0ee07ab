"""申诉清单: the open appeals, written beside the master and opened."""

from __future__ import annotations

import datetime as dt

from xladdin.problems import ProblemsFound

from . import asking_passwords, master
from .desk import Desk, refused
from .message_box import listed
from .month_buttons import CLOSE_FIRST, EXISTS, REPLACE, SAVE_FIRST

WRITTEN = "申诉清单写好了，按确定打开。文件在："
BACK = "填好答复、保存、关闭以后，把它和别的表放在一起，用“收回考核表”收。"
NONE = "没有要答复的申诉，没有写清单。申诉填在反馈单的“申诉”表里，交回来以后用“收回考核表”收。"
LINES = 8
"""So many appeals are told in the message; the workbook has all."""


def appeals(desk: Desk) -> None:
    """申诉清单."""
    # A database takes a while to be loaded, and few buttons need it.
    from xladdin.app.results.appeals import FILE_NAME, list_appeals, write_appeals_list  # noqa: PLC0415

    book = master.read(desk.book)
    if book.home is None:
        raise refused("not_saved", SAVE_FIRST)
    found = list_appeals(book.home / book.book.name, book.company, dt.date.today())
    if not found.listed:
        desk.tell("\n".join(filter(None, [NONE, book.remark().strip()])))
        return
    place = book.destination(desk)
    if place is None:
        return
    path = place.base / FILE_NAME
    if desk.is_open(path):
        raise refused("open", CLOSE_FIRST.format(name=path.name))
    sealing = asking_passwords.sealing(desk, book.company, "申诉清单")
    if sealing is None:
        return
    with asking_passwords.known(sealing), desk.busy("正在写申诉清单"):
        try:
            problems = write_appeals_list(book.company, found, path, sealing=sealing)
        except ProblemsFound as there:
            if [problem.code for problem in there.problems] != [EXISTS]:
                raise
            if not desk.affirms(REPLACE.format(name=path.name)):
                return
            problems = write_appeals_list(
                book.company, found, path, overwrite=True, sealing=sealing
            )
    more = len(found.told) - 1 - LINES
    lines = [
        WRITTEN,
        str(path),
        *found.told[: LINES + 1],
        f"……还有 {more} 条" if more > 0 else "",
        BACK,
        listed([*found.problems, *problems]),
        book.remark().strip(),
    ]
    desk.tell("\n".join(filter(None, lines)))
    desk.open(path, sealing.password)
