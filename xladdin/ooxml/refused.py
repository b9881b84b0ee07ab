"""Why a file, or a change to one, is refused: one set of reasons, in the clerk's words."""

from __future__ import annotations

from xladdin.problems import Place, Problem

from . import passwords

SAVE_AS = "请在Excel里另存为“Excel 工作簿（*.xlsx）”后再试"
_DAMAGED = "打不开：{maybe}已损坏，请用Excel打开并另存为没有密码的 .xlsx 后再试"
_SPLIT = "请删去多余的内容，或者分成几个文件后再试"


class RefusedError(Exception):
    """A change that would damage the workbook, or a workbook that cannot be read or changed."""

    def __init__(self, code: str, message: str, sheet: str = "", cell: str = "") -> None:
        super().__init__(message)
        self.code, self.message = code, message
        self.sheet, self.cell = sheet, cell

    def problem(self, file: str) -> Problem:
        """The same as a problem of a file."""
        return Problem(self.code, self.message, Place(file, sheet=self.sheet, cell=self.cell))


class DamagedError(RefusedError):
    """A file whose bytes are not what its kind of file should hold; ``why`` is for engineers."""

    def __init__(self, why: str = "", *, maybe_protected: bool = False) -> None:
        maybe = "可能有打开密码，或者" if maybe_protected else "文件"
        super().__init__("file_corrupt", _DAMAGED.format(maybe=maybe))
        self.why = why


class TooLargeError(RefusedError):
    """A file that would not fit into memory; ``what`` says in Chinese what is too much of it."""

    def __init__(self, what: str) -> None:
        super().__init__("file_too_large", f"文件太大，没有打开：{what}；{_SPLIT}")


def protected() -> RefusedError:
    """A file that opens with a password only."""
    way = "：请加上 --password 输入密码，或者" if passwords.can_be_given() else "，请"
    return RefusedError("file_protected", f"文件有打开密码{way}在Excel里取消密码、保存后再试")
