"""A workbook that opens with a password, opened with one of those that were given.

[MS-OFFCRYPTO] standard and agile encryption (ECMA-376), as Excel, WPS and LibreOffice write them.
Their reader trusts what a file says, so it works in a process of its own.
"""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from .limited_process import run_limited
from .passwords import MOST
from .refused import DamagedError, RefusedError, TooLargeError

MOST_ROUNDS = 500_000
"""How often a password may have to be hashed; office programs write 50,000 or 100,000."""
MEMORY, SECONDS = 500_000_000, 7
"""Bytes and seconds of CPU time that the process gets."""
_CHILD = Path(__file__).with_name("decrypting_child.py")
_NEEDED = ("msoffcrypto", "olefile", "cryptography", "_cffi_backend")


@dataclass(frozen=True)
class Decrypted:
    """What is in a file, and the password that opens it."""

    content: bytes = field(repr=False)
    password: str = field(repr=False)


@lru_cache(maxsize=1)
def decrypted(data: bytes, passwords: tuple[str, ...]) -> Decrypted:
    """The workbook inside an encrypted one; raises RefusedError.

    The first ``passwords.MOST`` are tried.  The last answer is remembered, since who writes a file
    looks twice at what is there.
    """
    words = list(passwords[:MOST])
    told = json.dumps(words).encode()
    done = run_limited(
        _CHILD,
        [str(MOST_ROUNDS)],
        len(told).to_bytes(4, "little") + told + data,
        packages=_folders(),
        memory=MEMORY,
        seconds=SECONDS,
    )
    head, content = _answer(done)
    if "fault" not in head:
        return Decrypted(content, words[head["index"]])
    raise _refused(head, len(passwords))


def _folders() -> list[Path]:
    """Where the packages lie that the process needs."""
    found = [spec.origin for name in _NEEDED if (spec := find_spec(name)) and spec.origin]
    folders = [Path(one).parents[1 if one.endswith("__init__.py") else 0] for one in found]
    return list(dict.fromkeys(folders))


def _answer(done: subprocess.CompletedProcess[bytes]) -> tuple[dict[str, Any], bytes]:
    if done.returncode:
        return {"fault": "memory"}, b""
    line, _, content = done.stdout.partition(b"\n")
    head: dict[str, Any] = json.loads(line)
    return head, content


def _refused(head: dict[str, Any], count: int) -> RefusedError:
    match head["fault"]:
        case "password":
            given = "给出的密码打不开它" if count == 1 else f"给出的{count}个密码都打不开它"
            more = f"（只试了前{MOST}个）" if count > MOST else ""
            message = f"文件有打开密码，{given}{more}；请核对密码：分大小写，注意中英文输入法"
            return RefusedError("file_password_wrong", message)
        case "rounds":
            message = (
                f"文件的密码设置不正常（要反复计算超过{MOST_ROUNDS // 10_000}万次），没有打开；"
                "请在Excel里取消密码、保存后再试"
            )
            return RefusedError("file_password_odd", message)
        case "kind":
            message = "文件的加密方式不认识，没有打开；请在Excel里取消密码、保存后再试"
            return RefusedError("file_password_odd", message)
        case "memory":
            return TooLargeError("解密后的内容放不进内存，或者文件已损坏")
        case _:
            return DamagedError(head.get("why", ""))
