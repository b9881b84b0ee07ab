"""One pass over an XML part that somebody else wrote, in memory that does not grow with it.

Expat is linear when it gets a part in one piece (in pieces, older versions look at a long token
again with each piece).  Document types are refused, so that there are no entities to expand.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from xml.parsers import expat

from .limits import DEEPEST, LONGEST_MARKUP, MOST_ELEMENTS, MOST_NAMES
from .refused import DamagedError, TooLargeError

Attributes = dict[str, str]
Start = Callable[[Attributes], None]
End = Callable[[], None]

_UTF16 = (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")
_DECLARATION = re.compile(rb"\A<\?xml [^>]*>")
_EVERY = 1_000


class Allowance:
    """How many elements may still be read of a file, all its parts together."""

    def __init__(self, elements: int = MOST_ELEMENTS) -> None:
        self.most = self.elements = elements


class Stream:
    """Calls ``starts`` and ``ends`` by the local names of elements, whatever their prefix."""

    def __init__(self, data: bytes, allowance: Allowance) -> None:
        """Raises DamagedError for a part whose bytes cannot be a workbook's XML."""
        self.data = as_utf8(data)
        self.starts: Mapping[str, Start] = {}
        self.ends: Mapping[str, End] = {}
        self.elements = self.attributes = 0
        self._allowance = allowance
        self._most = allowance.elements
        self._depth = self._next = 0
        self._starts: dict[str, Start | None] = {}
        self._ends: dict[str, End | None] = {}
        self._text: list[str] = []
        self._ended = ""
        # The encoding is ours to say: another one, declared, would hide what is looked for here.
        self._parser = expat.ParserCreate("utf-8")
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CommentHandler = self._parser.ProcessingInstructionHandler = self._other
        self._parser.StartDoctypeDeclHandler = _refuse_document_type

    def run(self) -> None:
        """Raises DamagedError for what is no XML, and TooLargeError."""
        _refuse_long_markup(self.data)
        try:
            self._parser.Parse(self.data, True)
        except (expat.ExpatError, ValueError) as error:
            raise DamagedError(str(error)) from error
        finally:
            self._allowance.elements = self._most - self.elements

    def collect(self) -> None:
        """Keep the text from here on."""
        self._text.clear()
        self._parser.CharacterDataHandler = self._text.append

    def collected(self) -> str:
        """The text since ``collect``."""
        self._parser.CharacterDataHandler = None
        return "".join(self._text)

    @property
    def position(self) -> int:
        """Where in the data the tag that is being told of begins."""
        return self._parser.CurrentByteIndex

    @property
    def end(self) -> int:
        """Where the element that has just ended ends in the data."""
        at = self.position
        # Of an element without content the parser tells the place behind it.
        closes = self.data.startswith(b"</" + self._ended.encode(), at)
        return self.data.index(b">", at) + 1 if closes else at

    def _start(self, name: str, attributes: Attributes) -> None:
        self.elements += 1
        self.attributes += len(attributes)
        self._depth += 1
        if self._depth > DEEPEST:
            raise DamagedError("elements too deep within each other")
        if self.elements >= self._next:
            self._look()
        try:
            handler = self._starts[name]
        except KeyError:
            handler = self._starts[name] = self.starts.get(local_name(name))
        if handler is not None:
            handler(attributes)

    def _other(self, *_: str) -> None:
        """Comments and instructions take as much room as elements, where they are kept."""
        self.elements += 1
        if self.elements > self._most:
            raise self._too_many()

    def _look(self) -> None:
        """Now and then: whether there are too many elements, or too many names of them."""
        if self.elements > self._most:
            raise self._too_many()
        self._next = min(self.elements + _EVERY, self._most + 1)
        if len(self._parser.intern) > MOST_NAMES:
            raise DamagedError("too many names")

    def _too_many(self) -> TooLargeError:
        return TooLargeError(f"内容超过{self._allowance.most // 10_000}万项")

    def _end(self, name: str) -> None:
        self._depth -= 1
        try:
            handler = self._ends[name]
        except KeyError:
            handler = self._ends[name] = self.ends.get(local_name(name))
        if handler is not None:
            self._ended = name
            handler()


def as_utf8(data: bytes) -> bytes:
    """A part in UTF-8 and without a declaration that says otherwise."""
    if not data.startswith(_UTF16):
        return data
    try:
        # Without a mark at the beginning, the first sign tells the order of the bytes.
        order = "utf-16-be" if data.startswith(b"\0<") else "utf-16-le"
        text = data.decode("utf-16" if data.startswith(_UTF16[:2]) else order)
        return _DECLARATION.sub(b"", text.encode())
    except ValueError as error:
        raise DamagedError(str(error)) from error


def _refuse_long_markup(data: bytes) -> None:
    """No tag may have a million attributes: the parser makes room for all before it tells of any.

    The sign < cannot stand within a tag, so a window without it lies in a tag or text too long.
    """
    for begin in range(0, len(data) - LONGEST_MARKUP, LONGEST_MARKUP):
        if data.find(b"<", begin, begin + LONGEST_MARKUP) < 0:
            raise DamagedError("a tag or text too long")


def _refuse_document_type(*_: object) -> None:
    raise DamagedError("document type")


def local_name(name: str) -> str:
    """A tag or attribute without its prefix."""
    return name.rpartition(":")[2]
