"""The summary workbook of a month, written where it is asked for."""

from __future__ import annotations

from pathlib import Path

from xladdin.books.summary_book import TITLE, book
from xladdin.company.month_results import MonthResults
from xladdin.files import (
    FileChangedError,
    FileLockedError,
    NotOursError,
    reason,
    replaceable,
    save_if_same,
)
from xladdin.layout.writer import saved_by_us, workbook_bytes
from xladdin.ooxml.sealing import (
    UNKNOWN,
    UNSEALED,
    Sealing,
    UnknownPasswordError,
    plain,
)
from xladdin.problems import Place, Problem, ProblemsFound, warning

SUFFIX = ".xlsx"
FILE_NAME = "月度汇总_{period}.xlsx"
"""What it is called where nobody says otherwise."""
EXISTS = (
    "已经有这个文件，它不是生成的汇总，或者有人改过，没有覆盖；"
    "请换一个文件名，确实要替换（改过的内容会丢失）请加 --overwrite"
)

NOW_OPEN = "原来的文件有打开密码，替换成的这份没有；要有密码请加 --password 再写一次"


def summarise(
    results: MonthResults, path: Path, *, overwrite: bool = False, sealing: Sealing = UNSEALED
) -> list[Problem]:
    """Write a month's summary: a file of its owner's alone, since it holds pay and ratings.

    Over an earlier summary that nobody has saved since; over any other file only where told to.
    ``sealing`` gives it a password; what comes back is what is to be said of that.
    Raises ProblemsFound where nobody has a result, or the file cannot be written.
    """
    if path.suffix.lower() != SUFFIX:
        raise _refused("wrong_suffix", f"汇总的文件名应以 {SUFFIX} 结尾", path)
    if not results.people:
        message = f"{results.period.label}没有一个有考核方案的人，没有可以汇总的"
        raise _refused("nobody", message, path)
    made = workbook_bytes(book(results.with_schemes_apart()), {})
    try:
        before = replaceable(
            path, lambda there: saved_by_us(plain(there), TITLE), overwrite=overwrite
        )
        if not sealing.holds(before, made):
            save_if_same(path, before, sealing.sealed(made), private=True)
    except UnknownPasswordError as error:
        raise _refused("exists", UNKNOWN, path) from error
    except (NotOursError, FileChangedError) as error:
        raise _refused("exists", EXISTS, path) from error
    except FileLockedError as error:
        message = "文件打不开或正在被 Excel、WPS 使用，请关闭后再试"
        raise _refused("file_locked", message, path) from error
    except OSError as error:
        raise _refused("not_written", f"写不进去：{reason(error)}", path) from error
    if sealing.loses(before):
        return [warning("now_open", NOW_OPEN, Place(file=str(path)))]
    return []


def _refused(code: str, message: str, path: Path) -> ProblemsFound:
    return ProblemsFound([Problem(code, message, Place(file=str(path)))])
