"""Commands about the master workbook itself: new, check, settings; and the help."""

from __future__ import annotations

from pathlib import Path

from xladdin.app.init import init
from xladdin.app.problem_list import LIST_NAME, sheet_of
from xladdin.problems import errors

from . import master
from .desk import Desk, refused
from .inserting import drop_sheet, insert_sheet
from .manual import write_manual

SETTINGS, DOCUMENTS = "settings", "Documents"
MASTER_NAME = "绩效考核总表"
EXAMPLE = (
    "要带上示例公司的名册和数据吗？\n\n是：带上，先看看怎么用；\n否：只带内置的岗位和考核方案。"
)


def check(desk: Desk) -> None:
    """检查本表."""
    book = master.read(desk.book)
    people, figures = len(book.content.employees), len(book.content.figures)
    seen = f"员工 {people} 人，数据 {figures} 条"
    if not book.problems:
        with desk.quietly():
            drop_sheet(book.book, LIST_NAME)
        desk.tell(f"检查通过，没有发现问题：{seen}。")
        return
    names = [sheet.name for sheet in book.book.sheets]
    insert_sheet(desk, book.book, sheet_of(book.problems, names), LIST_NAME, replacing=True)
    wrong = len(errors(book.problems))
    found = f"错误 {wrong} 个，提醒 {len(book.problems) - wrong} 个"
    told = "点“单元格”一列可以跳过去；改好后再点一次“检查本表”。"
    desk.tell(f"{seen}；{found}，列在“{LIST_NAME}”表里。\n{told}", bad=wrong > 0)


def settings(desk: Desk) -> None:
    """设置."""
    book = master.read(desk.book)
    name = book.finder.names.get(SETTINGS)
    if name is None:
        raise refused("no_settings", "这个总表里没有“设置”表；不设置也可以用。")
    book.book.sheets[name].activate()


def create(desk: Desk) -> None:
    """新建总表."""
    example = desk.answer(EXAMPLE)
    if example is None:
        return
    path = free_path(_documents(), MASTER_NAME)
    init(path, example=example)
    desk.open(path)
    desk.tell(f"新的总表已经打开，从“使用说明”开始。文件在：\n{path}")


def show_help(desk: Desk) -> None:
    """帮助."""
    desk.open(write_manual())


def free_path(folder: Path, name: str) -> Path:
    """A workbook's path that no file has yet."""
    number, path = 1, folder / f"{name}.xlsx"
    while path.exists():
        number += 1
        path = folder / f"{name} ({number}).xlsx"
    return path


def _documents() -> Path:
    """The user's documents, or the home folder where these lie elsewhere."""
    documents = Path.home() / DOCUMENTS
    return documents if documents.is_dir() else Path.home()
