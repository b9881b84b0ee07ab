"""述职分析: annual debriefs of the selected people, or of everybody and each department."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from xladdin.intake.months import year_in
from xladdin.ooxml.sealing import Sealing

from . import asking_passwords, master, selection, windows_excel
from .desk import Desk, refused
from .known_results import months_kept, reports_kept
from .master import Master
from .message_box import listed
from .month_buttons import EXISTS

if TYPE_CHECKING:
    from xladdin.app.reporting.debriefs import Asked, Kept, Made

FOLDER = "述职报告_{year}"
YEAR = "写哪一年的述职报告？（和前一年比）"
BAD_YEAR = "「{said}」不是年份，请写成 2026 的样子。"
AGREE = "为{whom}写{year}年的述职报告，放在：\n{folder}"
EVERYBODY = "全部 {count} 人和各部门"
DATA = (
    "有{before}年和{year}年的工单等服务数据吗？\n\n"
    "是：选放着数据的文件夹；\n否：不用数据，报告里的数留空格自己填。\n\n考核总分和等级取自台账。"
)
DATA_TITLE = "选择放着两年服务数据（工单等）的文件夹"
REPLACE = (
    "{count} 份述职报告已经有了，有人填过或改过，或者不是生成的。\n\n"
    "是：替换，填过的内容先收回来的才会填回，其余会丢失；\n否：保留原来的。"
)
WRITTEN = "{year}年的述职报告写好了 {count} 份，在：\n{folder}"
OPENED = "按确定打开。"
PRIVATE = "每人的报告只给本人和上级；里面有考核结果，给别人之前请看清楚。"


def debrief(desk: Desk) -> None:
    """述职分析."""
    book = master.read(desk.book)
    ids = [id_ for ids in _picked(desk, book).values() for id_ in ids]
    year = _year(desk, book)
    place = book.destination(desk) if year else None
    if year is None or place is None:
        return
    folder = place.base / FOLDER.format(year=year)
    if not desk.agrees(AGREE.format(whom=_whom(book, ids), year=year, folder=folder)):
        return
    data = _data(desk, book, year)
    if data is None:
        return
    sealing = asking_passwords.sealing(desk, book.company, f"{year}年的述职报告")
    if sealing is None:
        return
    with asking_passwords.known(sealing):
        _write(desk, book, ids, year, folder, data, sealing)


def _picked(desk: Desk, book: Master) -> selection.Groups:
    """The people of the selected rows; none where no row of a person is selected."""
    if selection.ROSTER not in book.finder.names:
        raise refused("no_roster", selection.NO_ROSTER)
    groups = selection.grouped(book, selection.selected(desk, book))
    return {book.period: list(dict.fromkeys(id_ for ids in groups.values() for id_ in ids))}


def _whom(book: Master, ids: list[str]) -> str:
    if not ids:
        return EVERYBODY.format(count=len(book.company.employees))
    first = book.company.people[ids[0]].name
    return f"选中的 {len(ids)} 人（{first}{'等' if ids[1:] else ''}）"


def _year(desk: Desk, book: Master) -> int | None:
    """The year of the settings' month, unless the user types another one; None: given up."""
    typed = windows_excel.typed_text(desk.app, YEAR, str(book.period.year))
    if typed is None:
        return None
    year = year_in(typed)
    if year is None:
        raise refused("bad_year", BAD_YEAR.format(said=typed[:20]))
    return year


def _data(desk: Desk, book: Master, year: int) -> list[Path] | None:
    """The folder of service records, none where there are none; None where the user gives up."""
    answer = desk.answer(DATA.format(before=year - 1, year=year))
    if not answer:
        return [] if answer is False else None
    first = book.home or windows_excel.documents(desk.app)
    folder = windows_excel.chosen_folder(desk.app, DATA_TITLE, first)
    return None if folder is None else [folder]


def _write(
    desk: Desk,
    book: Master,
    ids: list[str],
    year: int,
    folder: Path,
    data: list[Path],
    sealing: Sealing,
) -> None:
    # As for the other reports: Ibis and DuckDB take half a second to import.
    from xladdin.analysis.debrief_figures import months_of  # noqa: PLC0415
    from xladdin.app.reporting.debriefs import Asked  # noqa: PLC0415

    kept, told = months_kept(book, [*months_of(year - 1), *months_of(year)])
    returned = reports_kept(book)
    asked = Asked(year, folder, ids, data=data, sealing=sealing, returned=returned)
    made = _made(desk, book, asked, kept)
    problems = [*told, *made.problems]
    single = made.written[0] if len(made.written) == 1 else None
    lines = [
        WRITTEN.format(year=year, count=len(made.written), folder=folder),
        *dict.fromkeys(f"{one}。" for one in made.put_back),
        PRIVATE if made.written else "",
        OPENED if single else "",
        listed(problems),
        book.remark().strip(),
    ]
    desk.tell("\n".join(filter(None, lines)), bad=not made.written)
    if single is not None:
        desk.open(single, sealing.password)


def _made(desk: Desk, book: Master, asked: Asked, kept: Kept) -> Made:
    """What came of it; what is in the way is replaced where the user says so."""
    from xladdin.app.reporting.debriefs import debriefs  # noqa: PLC0415 - see _write

    def progress(done: int, total: int, name: str) -> None:
        desk.progress(done, total, name, "正在写述职报告")

    with desk.busy("正在写述职报告"):
        made = debriefs(book.company, asked, kept, progress)
    there = sum(problem.code == EXISTS for problem in made.problems)
    if there and desk.affirms(REPLACE.format(count=there)):
        with desk.busy("正在写述职报告"):
            made = debriefs(book.company, replace(asked, overwrite=True), kept, progress)
    return made
