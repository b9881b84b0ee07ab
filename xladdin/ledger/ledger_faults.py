"""What databases refuse, as problems that say what to do."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa

from xladdin.files import REASONS
from xladdin.locks import BusyError
from xladdin.problems import Problem, ProblemsFound

from .ledger_place import LedgerPlace

BUSY = "台账正被别的程序使用，没有写入；请关闭打开它的程序（如数据库浏览工具），或过一会儿再运行"
READ_ONLY = "台账是只读的，没有写入；请检查文件和所在文件夹的权限"
CORRUPTED = "台账文件已损坏，没有改动；请用 xladdin ledger restore 从备份恢复"
FULL = "磁盘已满，没有写入；请腾出空间后再运行一次"
FAILED = "读写台账时磁盘或网络出错，这一次的内容没有写入"

_SQLITE = {
    "SQLITE_BUSY": ("ledger_busy", BUSY),
    "SQLITE_LOCKED": ("ledger_busy", BUSY),
    "SQLITE_PROTOCOL": ("ledger_busy", BUSY),
    "SQLITE_READONLY": ("ledger_read_only", READ_ONLY),
    "SQLITE_PERM": ("ledger_read_only", READ_ONLY),
    "SQLITE_AUTH": ("ledger_read_only", READ_ONLY),
    "SQLITE_CANTOPEN": ("ledger_unopened", "台账文件打不开，请检查文件和所在文件夹的权限"),
    "SQLITE_CORRUPT": ("ledger_corrupted", CORRUPTED),
    "SQLITE_NOTADB": ("ledger_corrupted", CORRUPTED),
    "SQLITE_FORMAT": ("ledger_corrupted", CORRUPTED),
    "SQLITE_FULL": ("ledger_full", FULL),
    "SQLITE_IOERR": ("ledger_failed", FAILED),
    # A table or column that is not there, though the version says it is.
    "SQLITE_ERROR": ("ledger_corrupted", CORRUPTED),
    "SQLITE_TOOBIG": ("ledger_too_big", "内容太大，台账存不下，没有写入"),
}
_NO_DATABASE, _REFUSED = "没有这个数据库，请先建好或检查地址", "用户名或密码不对，没有连上"
_NOT_ALLOWED = "这个用户没有写台账的权限，没有写入；请让数据库管理员授权"
_POSTGRES = {
    "3D000": ("ledger_no_database", _NO_DATABASE),
    "28": ("ledger_refused", _REFUSED),
    "25006": ("ledger_read_only", "数据库是只读的，没有写入"),
    "42501": ("ledger_read_only", _NOT_ALLOWED),
    "55P03": ("ledger_busy", BUSY),
    "57014": ("ledger_busy", BUSY),
    "3F": ("ledger_read_only", _NOT_ALLOWED),
    "40": ("ledger_busy", BUSY),
    "53100": ("ledger_full", "数据库服务器的磁盘已满，没有写入"),
    "53300": ("ledger_busy", "数据库的连接已用完，没有写入；请过一会儿再运行"),
    "57P": ("ledger_unreachable", "数据库服务器正在停止或启动，没有写入；请过一会儿再运行"),
    "XX001": ("ledger_corrupted", "数据库报告数据已损坏，没有写入；请数据库管理员从备份恢复"),
    "42": ("ledger_corrupted", "台账的表不全或被改过，没有写入；请数据库管理员从备份恢复"),
}
UNREACHABLE = "连不上数据库服务器，没有写入；请检查地址、端口和网络"


@contextmanager
def told(place: LedgerPlace) -> Iterator[None]:
    """Raise ProblemsFound for what a database or a disk refuses; anything else goes through."""
    try:
        yield
    except BusyError as error:
        message = "另一个程序正在写台账，没有写入；请过一会儿再运行一次"
        raise ProblemsFound([place.problem("ledger_busy", message)]) from error
    except (sa.exc.DBAPIError, sqlite3.Error) as error:
        problem = explained(place, error)
        if problem is None:
            raise
        raise ProblemsFound([problem]) from error
    except UnicodeDecodeError as error:
        # SQLite quotes what it has found in a damaged file, and Python cannot read that.
        raise ProblemsFound([place.problem("ledger_corrupted", CORRUPTED)]) from error
    except OSError as error:
        raise ProblemsFound([place.problem(*_of_disk(error))]) from error


def _of_disk(error: OSError) -> tuple[str, str]:
    if isinstance(error, TimeoutError | ConnectionError):
        return "ledger_unreachable", UNREACHABLE
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return "ledger_read_only", READ_ONLY
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return "ledger_full", FULL
    said = REASONS.get(error.errno or 0)
    return "ledger_failed", f"{said}，没有写入" if said else FAILED


def explained(place: LedgerPlace, error: Exception) -> Problem | None:
    """The problem that an error of a database stands for; None for a fault of the program."""
    found: BaseException | None = error.orig if isinstance(error, sa.exc.DBAPIError) else error
    if isinstance(found, sqlite3.Error):
        said = _sqlite(found)
    else:
        said = _postgres(found)
        if said is None and isinstance(error, sa.exc.InterfaceError):
            said = ("ledger_unreachable", UNREACHABLE)
    return None if said is None else place.problem(*said)


def _sqlite(error: sqlite3.Error) -> tuple[str, str] | None:
    name = getattr(error, "sqlite_errorname", "")
    if not name and "decode" in str(error):
        return "ledger_corrupted", CORRUPTED
    # SQLITE_READONLY_DBMOVED and the like: the first two words are the kind.
    return _SQLITE.get("_".join(name.split("_")[:2]))


def _postgres(error: BaseException | None) -> tuple[str, str] | None:
    told = error.args[0] if error is not None and error.args else {}
    code = str(told.get("C", "")) if isinstance(told, dict) else ""
    for length in (5, 3, 2):
        if found := _POSTGRES.get(code[:length]):
            return found
    return None
