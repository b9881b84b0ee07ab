"""A duty line taken apart: brackets, sentences, clauses; and a clause as the phrases expect it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from xladdin.characters import clean, narrow

_OPENING, _CLOSING = "（({｛【［[〔", "）)}｝】］]〕"
MARK = "\ue000"
"""Stands where a bracket was: a private sign, which no text of a form holds."""

_DIGIT = "[0-9０-９]"


def _parting(signs: str) -> str:
    """These signs, but not between two digits: 1,200 and a mistyped 99。5 are one figure."""
    return rf"(?<!{_DIGIT}){signs}|{signs}(?!{_DIGIT})"


_SENTENCE = re.compile(rf"[；;！!？?]|{_parting('。')}|(?=[①-⑳])")
_COMMA = re.compile(_parting("[，,]"))
# In 1、满意度90%以上 the number is the item's, not a clause.
_PAUSE = re.compile(rf"(?<!^{_DIGIT})(?<!^{_DIGIT}{{2}})(?:{_parting('、')})")
_OUTSET = re.compile(r"(?:后|之时|期间)$")
_NUMBERED = re.compile(r"^(?:\([1-9][0-9]?\)|[1-9][0-9]?(?:[、)]|\.(?![0-9])))(?=.)|^[①-⑳]")

_PART_OF_TEXT = re.compile(r"不?含(?:本数)?|[0-9]{1,2}")
_BLANK = re.compile(r"(?<![0-9a-zA-Z]) | (?![0-9a-zA-Z])")
_SAME = (
    (re.compile(r"\(含(?:本数)?\)"), ""),
    (re.compile(r"不(?:得|能|可|应当?|允许|许|准|会)(?=[低少小高超大多突出])"), "不"),
    (re.compile(r"达到或(?:者)?超过"), "达到"),
    (re.compile(r"大于(?:或者?)?等于|高于或等于|≧"), "≥"),
    (re.compile(r"小于(?:或者?)?等于|低于或等于|≦"), "≤"),
    (re.compile(r"个自然日"), "天"),
    (re.compile(r"达到?(目标|计划)的?(?=[0-9])"), r"\1达到"),
)
"""Ways of writing that mean the same and never matter to how a clause is understood."""


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch of text with signs where its brackets were, and these brackets as written."""

    text: str
    brackets: tuple[str, ...] = ()

    @property
    def written(self) -> str:
        """The clause as it stands in the text."""
        parts = self.text.split(MARK)
        return "".join(
            part + inside for part, inside in zip(parts, (*self.brackets, ""), strict=True)
        ).strip()

    @property
    def tail(self) -> str:
        """The text behind the last bracket."""
        return self.text.split(MARK)[-1].strip()

    @property
    def outside(self) -> str:
        """The text without its brackets."""
        return self.text.replace(MARK, "").strip()

    @property
    def closed(self) -> bool:
        """Whether brackets, if any, stand at the end only."""
        return MARK not in self.text.strip().rstrip(MARK)


Sentence = list[Clause]
Says = Callable[[str], bool]


def prepared(text: str) -> str:
    """One line without control characters; a line break in a cell parts like a full stop."""
    lines = (" ".join(clean(line).replace(MARK, " ").split()) for line in text.splitlines())
    return "；".join(line for line in lines if line)


def plain(text: str) -> str:
    """A clause as the phrases expect it: narrow signs, no blanks, no number of its own."""
    found = _BLANK.sub("", _NUMBERED.sub("", narrow(text)))
    for pattern, same in _SAME:
        found = pattern.sub(same, found)
    return found


def without_brackets(text: str) -> Clause:
    """Text with its outermost brackets taken out; one left open reaches to the end."""
    kept, start, depth = "", 0, 0
    brackets: list[str] = []
    for i, sign in enumerate(text):
        if sign in _OPENING:
            depth += 1
            if depth == 1:
                kept, start = kept + text[start:i], i
        elif sign in _CLOSING:
            depth -= 1
            if not depth:
                kept, start = kept + _taken(text[start : i + 1], brackets), i + 1
            elif depth < 0:  # closed without having been opened: the text goes on behind it
                kept, start, depth = f"{kept}{text[start:i]}；", i + 1, 0
    kept += _taken(text[start:], brackets) if depth else text[start:]
    return Clause(kept, tuple(brackets))


def _taken(bracket: str, brackets: list[str]) -> str:
    """The sign for a bracket; (含) and (1) stay in the text."""
    if _PART_OF_TEXT.fullmatch(narrow(inside(bracket))):
        return bracket
    brackets.append(bracket)
    return MARK


def inside(bracket: str) -> str:
    """What a bracket holds."""
    end = len(bracket) - 1 if bracket[-1] in _CLOSING else len(bracket)
    return bracket[1:end].strip()


def sentences(whole: Clause, speaks: Says) -> Iterator[Sentence]:
    """The clauses of each sentence: up to a full stop or semicolon, parted at commas."""
    for sentence in _parted(whole, _SENTENCE):
        yield list(_joined(_parted(sentence, _COMMA), "，", lambda text: _sets_out(text, speaks)))


def listed(clause: Clause, speaks: Says) -> list[Clause]:
    """A clause parted at 、 where each part says something: 下达及时、准确率100% stays whole."""
    pieces = list(_joined(_parted(clause, _PAUSE), "、", lambda text: not speaks(text)))
    return list(_rejoined(pieces))


def _parted(clause: Clause, sign: re.Pattern[str]) -> Iterator[Clause]:
    taken = 0
    for text in sign.split(clause.text):
        count = text.count(MARK)
        if text.strip():
            yield Clause(text.strip(), clause.brackets[taken : taken + count])
        taken += count


def _joined(pieces: Iterable[Clause], sign: str, leads_on: Says) -> Iterator[Clause]:
    """Pieces joined to the next one as long as they only lead on to it."""
    held: Clause | None = None
    for piece in pieces:
        whole = piece if held is None else _together(held, sign, piece)
        held = whole if not piece.brackets and leads_on(piece.text) else None
        if held is None:
            yield whole
    if held is not None:
        yield held


def _rejoined(pieces: Iterable[Clause]) -> Iterator[Clause]:
    """无丢失 goes with the 客户档案无差错 before it."""
    held: Clause | None = None
    for piece in pieces:
        again = held and not held.brackets and re.match("[无零]", piece.text)
        if held is not None and again and re.search("[无零][^0-9]{2,5}$", held.text):
            held = _together(held, "、", piece)
            continue
        if held is not None:
            yield held
        held = piece
    if held is not None:
        yield held


def _together(first: Clause, sign: str, second: Clause) -> Clause:
    return Clause(f"{first.text}{sign}{second.text}", first.brackets + second.brackets)


def _sets_out(text: str, speaks: Says) -> bool:
    """研讨会结束后 only says from when the next clause counts, 每月5日前 until when."""
    return _OUTSET.search(text) is not None or (text.endswith("前") and not speaks(text))
