"""Commands about the master workbook itself: new, check, settings; and the help."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from xladdin.app import handbook
from xladdin.app.help_workbook import write_manual
from xladdin.app.init import init
from xladdin.app.listed_problems import LIST_NAME, MOST_SHOWN, sheet_of, wrong_rows
from xladdin.files import FileLockedError
from xladdin.problems import errors
from xladdin.schemes.company_kinds import STANDARD, offered, picked_kind
from xladdin.unforeseen import log_file

from . import master, windows_excel
from .colouring import colour
from .desk import Desk, refused
from .inserting import drop_sheet, insert_sheet, refuse_where_no_sheet_fits
from .undo_recording import Recorder, recorded

SETTINGS = "settings"
MASTER_NAME = "绩效考核总表"
CHECKED = "检查本表：颜色和“检查结果”"
SHOWN = "设置：“设置”表取消隐藏"
NO_SETTINGS = "没有找到“设置”表，或者它的表头不全（设置项、内容、说明）；不设置也可以用。"
HIDDEN = "“设置”表被隐藏了，而且工作簿的结构有保护。请先撤消工作簿保护，再取消隐藏。"
EXAMPLE = "要带上示例公司的名册和数据吗？\n\n是：带上，先看看怎么用；\n否：做自己公司的，接着选公司的种类。"
KIND = "公司是哪一种？请写编号或名称：\n{lines}\n不写：各种岗位和方案都带上一些。"


def check(desk: Desk) -> None:
    """检查本表."""
    book = master.read(desk.book)
    people, figures = len(book.company.employees), len(book.company.figures)
    seen = f"员工 {people} 人，数据 {figures} 条"
    if not book.problems:
        with recorded(desk, book.book, CHECKED) as step:
            _drop_list(desk, step)
            colour(desk, step, ())
        desk.tell(f"检查通过，没有发现问题：{seen}。")
        return
    names = [sheet.name for sheet in book.book.sheets]
    refuse_where_no_sheet_fits(book.book)
    with recorded(desk, book.book, CHECKED) as step:
        bare = colour(desk, step, book.problems)
        insert_sheet(desk, step, sheet_of(book.problems, names), LIST_NAME, replacing=True)
    wrong = len(errors(book.problems))
    where = f"，在 {rows} 行" if (rows := wrong_rows(book.problems)) else ""
    found = f"错误 {wrong} 个（红{where}），提醒 {len(book.problems) - wrong} 个（黄）"
    told = "点“单元格”一列可以跳过去；改好后再点一次“检查本表”，颜色随着去掉。"
    most = (
        f"\n问题太多，只给前 {MOST_SHOWN} 个上了颜色（先上错误）。"
        if len(book.problems) > MOST_SHOWN
        else ""
    )
    protected = f"\n有保护、没有上颜色的表：{'、'.join(bare)}。" if bare else ""
    desk.tell(f"{seen}；{found}，列在“{LIST_NAME}”表里。\n{told}{most}{protected}", bad=wrong > 0)


def _drop_list(desk: Desk, step: Recorder) -> None:
    """Take away the list of an earlier check."""
    if LIST_NAME in [sheet.name for sheet in step.book.sheets]:
        refuse_where_no_sheet_fits(step.book)
        with desk.quietly():
            drop_sheet(step, LIST_NAME)


def settings(desk: Desk) -> None:
    """设置."""
    book = master.read(desk.book)
    name = book.finder.names.get(SETTINGS)
    if name is None:
        raise refused("no_settings", NO_SETTINGS)
    sheet = book.book.sheets[name]
    # Excel's own numbers: -1 where a sheet is to be seen.
    if int(sheet.visible) not in (-1, 1):
        if book.book.api.ProtectStructure:
            raise refused("hidden_settings", HIDDEN)
        with recorded(desk, book.book, SHOWN) as step:
            step.shows(sheet)
            sheet.visible = True
    desk.bring_forward(sheet)


def create(desk: Desk) -> None:
    """新建总表."""
    example = desk.answer(EXAMPLE)
    if example is None:
        return
    kind = STANDARD if example else _kind(desk)
    if kind is None:
        return
    path = free_path(windows_excel.documents(desk.app), MASTER_NAME, desk.is_open)
    init(path, example=example, kind=kind)
    # Told first: behind a workbook that has just come up nobody would see it.
    desk.tell(f"新的总表写好了，按确定打开，从“使用说明”开始。文件在：\n{path}")
    desk.open(path)


def _kind(desk: Desk) -> str | None:
    """Which kind of company the user names; None where they give up."""
    lines = "\n".join(f"{n}　{one.name}" for n, one in enumerate(offered(), start=1))
    question = KIND.format(lines=lines)
    while True:
        said = windows_excel.typed_text(desk.app, question)
        if said is None:
            return None
        if (chosen := picked_kind(said)) is not None:
            return chosen.id
        question = f"没有「{said.strip()}」这一种。\n{KIND.format(lines=lines)}"


def show_help(desk: Desk) -> None:
    """帮助: the manual in the browser; where none opens, what it says in short as a workbook."""
    if handbook.shown():
        return
    try:
        path = write_manual()
    except (OSError, FileLockedError) as error:
        raise refused(
            "no_manual", f"使用说明写不进 {log_file().parent}，请检查这个文件夹。"
        ) from error
    desk.open(path)


def free_path(folder: Path, name: str, is_open: Callable[[Path], bool]) -> Path:
    """A workbook's path that no file has yet, and whose name no open workbook has."""
    number, path = 1, folder / f"{name}.xlsx"
    while path.exists() or is_open(path):
        number += 1
        path = folder / f"{name} ({number}).xlsx"
    return path
