"""Writing a file that is made here over an older one of its kind, and saying in Chinese why not.

For whatever a command makes anew each time: add-ins, extensions, packs of functions.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from .files import (
    FileChangedError,
    FileLockedError,
    NotOursError,
    reason,
    replaceable,
    save_if_same,
)
from .problems import Place, Problem, ProblemsFound


def replace_ours(
    path: Path,
    made: Callable[[], bytes],
    is_ours: Callable[[bytes], bool],
    *,
    overwrite: bool,
    not_ours: str,
    ending: str,
) -> None:
    """Write what is ``made``, over an older one of ours; over any other file only where told to.

    Raises ProblemsFound with ``not_ours`` where another file is there, or with the reason for which the
    file cannot be written; what ``made`` raises goes through.
    """
    if path.suffix.lower() != ending:
        message = f"文件名要以 {ending} 结尾，用别的扩展名会打不开、装不上；没有写"
        raise refused_file("wrong_ending", message, path)
    try:
        before = replaceable(path, is_ours, overwrite=overwrite)
        save_if_same(path, before, made())
    except (NotOursError, FileChangedError) as error:
        raise refused_file("exists", not_ours, path) from error
    except FileLockedError as error:
        message = "写不进去：文件正打开着，或者不允许改写"
        raise refused_file("not_written", message, path) from error
    except OSError as error:
        raise refused_file("not_written", f"写不进去：{reason(error)}", path) from error


def refused_file(code: str, message: str, path: Path) -> ProblemsFound:
    """One problem that a whole file has."""
    return ProblemsFound([Problem(code, message, Place(file=str(path)))])
