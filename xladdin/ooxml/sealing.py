"""Workbooks written so that they open with a password only, and what is there seen through one.

ECMA-376 agile encryption as Excel 2013 and later write it: AES-256 in CBC mode, a password hashed
100,000 times with SHA-512, an HMAC over the whole.  msoffcrypto-tool writes it (its key has 128 random
bits); ``tests/ooxml/test_sealing.py`` opens what it writes in LibreOffice.  Without the password there
is no way back.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, field

from xladdin.files import NotOursError

from . import passwords
from .decrypting import decrypted
from .opening import is_protected
from .refused import RefusedError

WEAK, LONGEST = 8, 255
"""Characters: below the first a password is soon guessed, above the second Excel takes none."""


UNKNOWN = "已经有这个文件，它有打开密码，没有给出能打开它的密码，看不出里面是什么，没有覆盖；"
UNKNOWN += "请加 --password 输入它的密码，确实要替换（原来的内容会丢失）请加 --overwrite"

SMALLEST = 4096
"""Bytes: what is smaller lies elsewhere in the container, which msoffcrypto-tool gets wrong."""


class UnknownPasswordError(NotOursError):
    """There is a file that opens with a password only, which was not given: whose it is, is unknown."""


def encrypted(content: bytes, password: str) -> bytes:
    """A workbook that opens with a password only; other bytes each time.

    Raises ValueError for less than ``SMALLEST`` bytes, which are no whole workbook.
    """
    if len(content) < SMALLEST:
        raise ValueError(len(content))
    # Loaded where it is needed: it takes as long as everything else together.
    from msoffcrypto.format.ooxml import OOXMLFile  # noqa: PLC0415

    made = io.BytesIO()
    OOXMLFile(io.BytesIO(content)).encrypt(password, made)
    return made.getvalue()


def wrong_password(word: str) -> str:
    """Why it cannot be a password that Excel takes too; empty where it can."""
    if not word:
        return "密码是空的"
    if len(word.encode("utf-16-le", "surrogatepass")) // 2 > LONGEST:
        return f"密码太长，Excel 最多{LONGEST}个字符"
    return "" if word.isprintable() else "密码里有看不见的或不能用的字符"


def plain(there: bytes) -> bytes:
    """What is in a file, whether it is encrypted or not.

    Raises UnknownPasswordError where none of the passwords that were given opens it.
    """
    if not is_protected(there):
        return there
    words = passwords.known()
    if not words:
        raise UnknownPasswordError
    try:
        return decrypted(there, words).content
    except RefusedError as error:
        raise UnknownPasswordError from error


@dataclass(frozen=True)
class Sealing:
    """How the files of a command are written: with a password, or as they are."""

    password: str = field(default="", repr=False)

    def __bool__(self) -> bool:
        return bool(self.password)

    def sealed(self, content: bytes) -> bytes:
        """The bytes to be written."""
        return encrypted(content, self.password) if self.password else content

    def holds(self, there: bytes | None, content: bytes) -> bool:
        """Whether a file holds this already, and opens as it is to open."""
        if there is None or is_protected(there) != bool(self):
            return False
        try:
            return plain(there) == content and (not self or self._opens(there))
        except UnknownPasswordError:
            return False

    def _opens(self, there: bytes) -> bool:
        return decrypted(there, passwords.known()).password == self.password

    def loses(self, there: bytes | None) -> bool:
        """Whether a file that has a password would be replaced by one that has none."""
        return there is not None and is_protected(there) and not self


UNSEALED = Sealing()
"""Files that anybody can open."""
