"""What is to be done next in a folder, in a few lines: for whoever types ``xladdin`` and nothing else.

Everything is only looked at.  What was typed before fills in names of folders; it decides nothing.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from xladdin.path_checks import is_folder, may_be_there

from .recent_use import Used, typed

MASTER = "总表.xlsx"
BOOKS = (".xlsx", ".xlsm")
OPEN_ELSEWHERE, COPIES = ("~$", ".~lock"), re.compile(r"\.备份-|_检查结果\.")
"""Names of what is no master, or only a copy of one."""
MOST_LOOKED_AT = 200
"""Workbooks of a folder that are opened to find the masters among them."""
SOME = 3
"""Names that one line tells."""


def next_steps(
    folder: Path, recent: dict[Path, Used] | None = None, today: dt.date | None = None
) -> list[str]:
    """How things stand, and what to type next."""
    known = recent or {}
    masters = _masters(folder)
    if not masters:
        return list(_without_a_master(known))
    # Whoever has no master yet waits for nothing that reads them.
    from .months.month_standing import MonthStanding  # noqa: PLC0415

    chosen = _latest(masters)
    used = known.get(chosen.resolve(), Used())
    told = list(MonthStanding(chosen, used, today or dt.date.today()).lines())
    if len(masters) > 1:
        others = "、".join(path.name for path in masters[:SOME])
        more = f"等 {len(masters)} 个" if len(masters) > SOME else ""
        told.insert(0, f"这里的总表有{others}{more}，下面说的是最近保存的 {chosen.name}。")
    return told


def _masters(folder: Path) -> list[Path]:
    try:
        found = sorted(path for path in folder.iterdir() if path.suffix.lower() in BOOKS)
    except OSError:
        return []
    books = [
        path
        for path in found
        if not (path.name.startswith(OPEN_ELSEWHERE) or COPIES.search(path.name))
    ]
    return [path for path in books[:MOST_LOOKED_AT] if not is_folder(path) and _is_master(path)]


def _is_master(path: Path) -> bool:
    from xladdin.intake.sheets import is_master_book  # noqa: PLC0415 - many a folder holds no workbook
    from xladdin.ooxml.opening import open_file  # noqa: PLC0415

    return is_master_book(open_file(path))


def _latest(masters: Sequence[Path]) -> Path:
    return max(masters, key=lambda path: path.stat().st_mtime)


def _without_a_master(known: dict[Path, Used]) -> Iterator[str]:
    yield "这个文件夹里还没有总表。"
    yield f"新建总表：{typed('init', MASTER)}"
    yield f"先看示例公司怎么用：{typed('demo')}"
    if (last := next(reversed(known), None) if known else None) and may_be_there(last):
        yield f"上次用的总表：{last}"
