"""The user's settings file, as Excel's VBA reads it.

VBA knows no lines here: it takes one value after the other, two for each setting, in the ANSI code
page, and stops at the first setting of the wanted name.  A blank line is one empty value.  So one
bad line shifts all settings after it, and an odd number of values makes every look-up fail.  Our
line comes first, where no other can shift it; all other lines are kept byte for byte.
"""

from __future__ import annotations

import codecs
import re

NAME, SERVER = b"INTERPRETER_WIN", b"DEBUG UDFS"
# What has been taken is not given back: a line of nothing but blanks would take for ever.
VALUE = rb'[ \t]*+(?:"([^"\r\n]*+)"[ \t]*+|([^",\r\n]*+))'
PAIR = re.compile(VALUE + b"," + VALUE + rb"[\r\n]*")
UTF8, UTF16 = codecs.BOM_UTF8, (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def with_interpreter(content: bytes, python: str, code_page: str) -> bytes:
    """The file with our line, instead of any older one; from now on in the code page."""
    # What the code page lacks was refused before; the result is only asked for all the same.
    line = b'"%s","%s"\r\n' % (NAME, python.encode(code_page, "replace"))
    return line + _others(as_ansi(content, code_page))


def without_interpreter(content: bytes, code_page: str) -> bytes:
    """The file without our line; one that has none stays as it is."""
    ansi = as_ansi(content, code_page)
    others = _others(ansi)
    return content if others == ansi else others


def with_server(content: bytes) -> bytes:
    """The file with the line that has Excel ask for a running server, behind ours, if there is one."""
    lines = without_server(content).splitlines(keepends=True)
    first = 1 if lines and _name(lines[0]) == NAME else 0
    head = b"".join(lines[:first])
    if head and not head.endswith((b"\r", b"\n")):
        head += b"\r\n"
    return head + b'"%s","True"\r\n' % SERVER + b"".join(lines[first:])


def without_server(content: bytes) -> bytes:
    """The file without that line."""
    return _others(content, SERVER)


def uses_server(content: bytes) -> bool:
    """Whether the file says so, as Excel reads it."""
    for line in content.splitlines():
        if (pair := PAIR.fullmatch(line)) and _name(line) == SERVER:
            value = pair[3] if pair[3] is not None else pair[4]
            return value.strip().lower() == b"true"
    return False


def interpreter(content: bytes, code_page: str) -> str | None:
    """The Python that the file names, as Excel reads it."""
    for line in content.splitlines():
        if (pair := PAIR.fullmatch(line)) and _name(line) == NAME:
            value: bytes = pair[3] if pair[3] is not None else pair[4].rstrip(b" \t")
            return value.decode(code_page, "replace")
    return None


def broken_lines(content: bytes) -> list[int]:
    """The numbers of the lines that are not two values."""
    lines = enumerate(content.splitlines(), 1)
    return [number for number, line in lines if not PAIR.fullmatch(line)]


def is_marked(content: bytes) -> bool:
    """Whether it begins with a mark of Unicode, which Excel takes for part of the first name."""
    return content.startswith((UTF8, *UTF16))


def as_ansi(content: bytes, code_page: str) -> bytes:
    """What an editor saved as Unicode, in the code page where that can express it."""
    if not is_marked(content):
        return content
    try:
        text = content.decode("utf-16" if content.startswith(UTF16) else "utf-8-sig")
    except UnicodeDecodeError:
        return content.removeprefix(UTF8)
    try:
        return text.encode(code_page)
    except UnicodeEncodeError:
        return text.encode()


def inexpressible(text: str, code_page: str) -> str:
    """The letters that the code page lacks, each once."""
    return "".join(letter for letter in dict.fromkeys(text) if not _has(code_page, letter))


def _has(code_page: str, letter: str) -> bool:
    try:
        letter.encode(code_page)
    except UnicodeEncodeError:
        return False
    return True


def _others(content: bytes, name: bytes = NAME) -> bytes:
    return b"".join(line for line in content.splitlines(keepends=True) if _name(line) != name)


def _name(line: bytes) -> bytes:
    pair = PAIR.fullmatch(line)
    return (pair[1] or pair[2] or b"").rstrip(b" \t").upper() if pair else b""
