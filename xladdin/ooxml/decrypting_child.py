"""Decrypt a workbook from standard input, in a process that may die of it.

Run as a script by ``decrypting.py`` through ``limited_start.py``, never imported.  In: the length of
a list of passwords (four bytes, little-endian), the list as JSON, the file.  Argument: the most rounds
that a password may have to be hashed.  Out: a line of JSON (``{}`` or why there is nothing), and the
workbook.  Passwords come this way and not as arguments, which everybody on the machine can list.
"""

from __future__ import annotations

import io
import json
import sys
from typing import Any


def decrypted(passwords: list[str], data: bytes, most: int) -> tuple[dict[str, Any], bytes]:
    """Which of the passwords opens it (``index``) and what is in it, or ``fault``."""
    from msoffcrypto import exceptions  # noqa: PLC0415 - what goes wrong in them is told as well
    from msoffcrypto.format.ooxml import OOXMLFile  # noqa: PLC0415

    try:
        book = OOXMLFile(io.BytesIO(data))
    except exceptions.DecryptionError as error:
        return {"fault": "rounds" if "spinCount" in str(error) else "kind"}, b""
    # Before anything is worked out: the file says how long that takes.
    if book.type == "agile" and book.info["spinValue"] > most:
        return {"fault": "rounds"}, b""
    for index, password in enumerate(passwords):
        if opens(book, password):
            content = io.BytesIO()
            book.decrypt(content, **({"verify_integrity": True} if book.type == "agile" else {}))
            return {"index": index}, content.getvalue()
    return {"fault": "password"}, b""


def opens(book: Any, password: str) -> bool:
    """Whether this is the password; then the key is known to ``book``."""
    from msoffcrypto import exceptions  # noqa: PLC0415
    from msoffcrypto.method.ecma376_agile import ECMA376Agile  # noqa: PLC0415

    if book.type == "agile":
        # First by itself: the key is worth working out for the right one only.
        salt, verifier = ("passwordSalt", "passwordHashAlgorithm"), "encryptedVerifierHash"
        names = (*salt, f"{verifier}Input", f"{verifier}Value", "spinValue", "passwordKeyBits")
        if not ECMA376Agile.verify_password(password, *(book.info[name] for name in names)):
            return False
        book.load_key(password=password)
        return True
    try:
        book.load_key(password=password, verify_password=True)
    except exceptions.InvalidKeyError:
        return False
    return True


def main() -> None:
    """Exit code 0 whatever the file: another one means that the process did not survive it."""
    (most,) = sys.argv[1:]
    length = int.from_bytes(sys.stdin.buffer.read(4), "little")
    passwords = json.loads(sys.stdin.buffer.read(length))
    head: dict[str, Any]
    content = b""
    try:
        head, content = decrypted(passwords, sys.stdin.buffer.read(), int(most))
    except MemoryError:
        head = {"fault": "memory"}
    except BaseException as error:
        # Without its words, in which a piece of the file may stand.
        head = {"fault": "damaged", "why": type(error).__name__}
    sys.stdout.buffer.write(json.dumps(head).encode() + b"\n" + content)
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
