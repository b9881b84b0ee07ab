"""Write a master workbook: whole or not at all, and never over one that is already there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from xladdin.company.company import Company
from xladdin.company.starting import example_company, shipped_company
from xladdin.files import FileChangedError, FileLockedError, reason, save_if_same, save_whole, sweep
from xladdin.layout.writer import workbook_bytes
from xladdin.master.master_book import book
from xladdin.master.writing_rows import rows_of
from xladdin.problems import Place, Problem, ProblemsFound
from xladdin.schemes.company_kinds import STANDARD

SUFFIX = ".xlsx"


def init(
    path: Path, *, example: bool = False, overwrite: bool = False, kind: str = STANDARD
) -> Company:
    """Write what a kind of company begins with (or the example company) as a workbook.

    ``kind``: id or name of a shipped kind.  Raises ProblemsFound where there is no such kind, or the
    file is there already, is in use, or cannot be written.
    """
    if path.suffix.lower() != SUFFIX:
        raise _refused("wrong_suffix", f"总表的文件名应以 {SUFFIX} 结尾", path)
    with _refusals(path):
        _look(path, overwrite)
    company = example_company() if example else shipped_company(kind)
    write(path, company, overwrite=overwrite)
    return company


def _look(path: Path, overwrite: bool) -> None:
    """Refuse early what writing would refuse: making the workbook takes a while."""
    if path.is_dir():
        raise _refused("not_a_file", "这里有一个同名的文件夹，请换一个文件名", path)
    if path.exists() and not overwrite:
        # A killed run may have made it.
        sweep(path.parent)
        raise FileChangedError(str(path))


def write(path: Path, company: Company, *, overwrite: bool = False) -> None:
    """Write everything that a company keeps as its master workbook: a file of its owner's alone.

    Raises ProblemsFound where the file is there already, is in use or cannot be written.
    """
    made = workbook_bytes(book(rows_of(company)), {})
    with _refusals(path):
        if overwrite:
            save_whole(path, made, private=True)
        else:
            save_if_same(path, None, made, private=True)


@contextmanager
def _refusals(path: Path) -> Iterator[None]:
    try:
        yield
    except FileChangedError as error:
        message = "已经有这个文件，没有覆盖；确实要重新生成（原来的内容会丢失）请加 --overwrite"
        raise _refused("exists", message, path) from error
    except FileLockedError as error:
        message = "文件打不开或正在被 Excel、WPS 使用，请关闭后再试"
        raise _refused("file_locked", message, path) from error
    except OSError as error:
        raise _refused("not_written", f"写不进去：{reason(error)}", path) from error


def _refused(code: str, message: str, path: Path) -> ProblemsFound:
    return ProblemsFound([Problem(code, message, Place(file=str(path)))])
