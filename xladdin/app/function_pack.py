"""Writes the workbook of functions that need no Python."""

from __future__ import annotations

from pathlib import Path

from xladdin.functions.lambda_book import TITLE, book
from xladdin.functions.lambda_pack import functions
from xladdin.layout.writer import saved_by_us, workbook_bytes
from xladdin.replacing import replace_ours

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
    replace_ours(
        path,
        lambda: workbook_bytes(book(pack), {}),
        is_pack,
        overwrite=overwrite,
        not_ours=NOT_OURS,
        ending=".xlsx",
    )
    return len(pack)


def is_pack(content: bytes) -> bool:
    """Whether a file is a pack as it was written here."""
    return saved_by_us(content, TITLE)
