"""Writes the workbook of functions that need no Python."""

from __future__ import annotations

from pathlib import Path

from xladdin.files import (
    FileChangedError,
    FileLockedError,
    NotOursError,
    reason,
    replaceable,
    save_if_same,
)
from xladdin.functions.lambda_book import TITLE, book
from xladdin.functions.lambda_pack import functions
from xladdin.layout.writer import saved_by_us, workbook_bytes
from xladdin.problems import Place, Problem, ProblemsFound

NOT_OURS = (
    "已经有这个文件，它不是生成的函数包，或者有人保存过，没有覆盖；"
    "请换一个文件名，确实要替换请加 --overwrite"
)


def write_pack(path: Path, *, overwrite: bool = False) -> int:
    """Write the workbook of all functions, and say how many there are.

    Over an older pack that nobody has saved since; over any other file only where told to.  Raises
    ProblemsFound where the file cannot be written.
    """
    pack = functions()
    try:
        before = replaceable(path, is_pack, overwrite=overwrite)
        save_if_same(path, before, workbook_bytes(book(pack), {}))
    except (NotOursError, FileChangedError) as error:
        raise ProblemsFound([Problem("exists", NOT_OURS, Place(file=str(path)))]) from error
    except FileLockedError as error:
        raise _unwritten(path, "文件正打开着，或者不允许改写") from error
    except OSError as error:
        raise _unwritten(path, reason(error)) from error
    return len(pack)


def is_pack(content: bytes) -> bool:
    """Whether a file is a pack as it was written here."""
    return saved_by_us(content, TITLE)


def _unwritten(path: Path, why: str) -> ProblemsFound:
    return ProblemsFound([Problem("not_written", f"写不进去：{why}", Place(file=str(path)))])
