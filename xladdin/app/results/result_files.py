"""Workbooks that tell results: a file of its owner's alone, over nothing that somebody has worked on."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from xladdin.files import (
    FileChangedError,
    FileLockedError,
    NotOursError,
    reason,
    replaceable,
    save_if_same,
)
from xladdin.layout.writer import saved_by_us
from xladdin.ooxml.sealing import UNKNOWN, UNSEALED, Sealing, UnknownPasswordError, plain
from xladdin.problems import Place, Problem, ProblemsFound, warning

SUFFIX = ".xlsx"
EXISTS = (
    "已经有这个文件，它不是生成的{what}，或者有人改过，没有覆盖；"
    "请换一个文件名，确实要替换（改过的内容会丢失）请加 --overwrite"
)
NOW_OPEN = "原来的文件有打开密码，替换成的这份没有；要有密码请加 --password 再写一次"


@dataclass(frozen=True, slots=True)
class ResultFile:
    """A workbook of one kind: what it is called, and the title that tells it from others."""

    what: str
    title: str

    def check_name(self, path: Path) -> None:
        """Raise ProblemsFound for a name that no spreadsheet would open."""
        if path.suffix.lower() != SUFFIX:
            raise refused("wrong_suffix", f"{self.what}的文件名应以 {SUFFIX} 结尾", path)

    def write(
        self, made: bytes, path: Path, *, overwrite: bool = False, sealing: Sealing = UNSEALED
    ) -> list[Problem]:
        """Over an earlier one that nobody has saved since; over any other file only where told to.

        ``sealing`` gives it a password; what comes back is what is to be said of that.
        Raises ProblemsFound where the file cannot be written.
        """
        try:
            before = replaceable(
                path, lambda there: saved_by_us(plain(there), self.title), overwrite=overwrite
            )
            if not sealing.holds(before, made):
                save_if_same(path, before, sealing.sealed(made), private=True)
        except UnknownPasswordError as error:
            raise refused("exists", UNKNOWN, path) from error
        except (NotOursError, FileChangedError) as error:
            raise refused("exists", EXISTS.format(what=self.what), path) from error
        except FileLockedError as error:
            message = "文件打不开或正在被 Excel、WPS 使用，请关闭后再试"
            raise refused("file_locked", message, path) from error
        except OSError as error:
            raise refused("not_written", f"写不进去：{reason(error)}", path) from error
        if sealing.loses(before):
            return [warning("now_open", NOW_OPEN, Place(file=str(path)))]
        return []


def refused(code: str, message: str, path: Path) -> ProblemsFound:
    """A result that was not written, and why."""
    return ProblemsFound([Problem(code, message, Place(file=str(path)))])
