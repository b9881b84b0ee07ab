"""A duty's standards out of its text: every clause becomes a standard or is named as unread."""

from __future__ import annotations

from dataclasses import dataclass, replace

from xladdin.domain.positions import Standard, StandardKind

from .clause_meaning import (
    LONGEST,
    Context,
    has_demand,
    has_figure,
    is_bare,
    own_subject,
    says_all,
    standard_of,
    tidy,
)
from .clauses import MARK, Clause, inside, listed, plain, prepared, sentences, without_brackets
from .doubts import WHOLE_SENTENCE, doubt_in, nothing_found
from .numerals import has_number

DEEPEST = 3
"""Brackets within brackets within a duty's bracket; nobody writes more."""
LONGEST_CONTEXT = 24
LONGEST_TEXT = 1000
"""A duty has at most 600 characters; far longer text is something else."""


@dataclass(frozen=True, slots=True)
class Unread:
    """A clause that was not understood, and in Chinese why not."""

    clause: str
    reason: str


Line = Standard | Unread


def read_standards(text: str) -> tuple[list[Standard], list[Unread]]:
    """The standards in a duty line with its brackets, or in what stands inside of them."""
    whole = prepared(text)
    if len(whole) > LONGEST_TEXT:
        return [], [Unread(whole, f"超过{LONGEST_TEXT}个字，请分开写")]
    lines = _level(whole, Context(), 0)
    return (
        [line for line in lines if isinstance(line, Standard)],
        [line for line in lines if isinstance(line, Unread)],
    )


def _level(text: str, context: Context, depth: int) -> list[Line]:
    """What stands at one depth of brackets, and below."""
    if depth > DEEPEST:
        return [Unread(text, "括号套得太深")]
    whole = without_brackets(text)
    # The duty itself, in front of its brackets, is no standard, unless it holds a figure.
    duty = depth == 0 and bool(whole.brackets)
    found: list[Line] = []
    for sentence in sentences(whole, _says_all):
        found += _Sentence(context, depth, duty).read(sentence)
    return found


def _only_limits(line: Line, read: Standard) -> bool:
    """及时率98%以上（24小时内）: the time belongs to the rate and is no demand of its own."""
    if isinstance(line, Unread) or line.kind is not StandardKind.WITHIN:
        return False
    return line.subject == read.subject


def _says_all(text: str) -> bool:
    return says_all(plain(text))


@dataclass(slots=True)
class _Sentence:
    """Reads clause after clause, remembering what they are about."""

    context: Context
    depth: int
    duty: bool
    waiting: Clause | None = None
    """A clause that demands nothing itself but may be what the next one is about."""

    def read(self, clauses: list[Clause]) -> list[Line]:
        outside = "，".join(clause.outside for clause in clauses)
        if reason := doubt_in(plain(outside), WHOLE_SENTENCE):
            return self._refused(clauses, reason)
        found: list[Line] = []
        for clause in clauses:
            for piece in listed(clause, _says_all):
                found += self._clause(piece)
        return [*found, *self._unmet()]

    def _refused(self, clauses: list[Clause], reason: str) -> list[Line]:
        """All of the sentence; a duty without a figure is none, but its brackets are read."""
        found: list[Line] = []
        for clause in clauses:
            if not self.duty or has_figure(plain(clause.outside)):
                found.append(self._missed(clause.written, reason))
            else:
                found += self._brackets(clause)
        return found

    def _clause(self, clause: Clause) -> list[Line]:
        text = plain(clause.outside)
        demands = has_figure(text) if self.duty else has_demand(text)
        if not clause.brackets:
            if self.duty and not demands and not has_number(text):
                return []
            return self._plain(clause, text, demands)
        if not demands:
            return [*self._unmet(), *self._brackets(clause), *self._named_only(clause.tail)]
        if not clause.closed:
            return [self._missed(clause.written, "句子中间夹着括号，读不准")]
        return self._with_remark(clause, text)

    def _plain(self, clause: Clause, text: str, demands: bool) -> list[Line]:
        """A clause without brackets."""
        read = self._standard(text, clause.written)
        if isinstance(read, Standard):
            return [*self._unmet(), read]
        if demands or has_number(text):
            return [*self._unmet(), self._missed(clause.written, read)]
        unmet = self._unmet()
        self.waiting = clause
        return unmet

    def _with_remark(self, clause: Clause, text: str) -> list[Line]:
        """A clause with brackets behind it: further standards, or a remark on this one."""
        read = self._standard(text, clause.outside)
        if isinstance(read, str):
            return [self._missed(clause.outside, read), *self._brackets(clause, "")]
        brackets = self._brackets(clause, read.subject)
        changed = any(doubt_in(plain(bracket), WHOLE_SENTENCE[1:]) for bracket in clause.brackets)
        if changed or any(_only_limits(line, read) for line in brackets):
            return [self._missed(clause.written, "括号里的话改变了这个标准，读不准")]
        if any(isinstance(line, Standard) or has_number(line.clause) for line in brackets):
            return [*self._unmet(), read, *brackets]
        if len(clause.written) > 4 * LONGEST:
            return [self._missed(clause.written, "括号里的话太长，读不准")]
        return [*self._unmet(), read.model_copy(update={"text": self._in_context(clause.written)})]

    def _standard(self, text: str, wording: str) -> Standard | str:
        """The standard, about what the clause says, else about what was said before it."""
        held = self.waiting if is_bare(own_subject(text)) else None
        if held is not None:
            context = Context(tidy(plain(held.outside)), named=True)
            read = standard_of(text, f"{held.written}，{wording}", context)
        else:
            read = standard_of(text, self._in_context(wording), self.context)
        if isinstance(read, Standard):
            self.context = replace(self.context, previous=read.subject)
            self.waiting = None if held else self.waiting
        return read

    def _in_context(self, wording: str) -> str:
        """A clause of an inner bracket means nothing without the words in front of it."""
        return f"{self.context.name}（{wording}）" if self.context.named else wording

    def _missed(self, wording: str, reason: str) -> Unread:
        return Unread(self._in_context(wording), reason)

    def _brackets(self, clause: Clause, about: str | None = None) -> list[Line]:
        """What the brackets of a clause hold, about the words in front of each."""
        found: list[Line] = []
        for before, bracket in zip(clause.text.split(MARK), clause.brackets, strict=False):
            name = tidy(plain(before)) or self.context.name if about is None else about
            lines = _level(inside(bracket), self._context_of(name), self.depth + 1)
            found += lines or (self._named_only(before) if about is None else [])
        return found

    def _context_of(self, name: str) -> Context:
        numbered = has_number(name)  # 3分钟响应率 names a thing by a figure
        short = name if numbered or len(name) <= LONGEST_CONTEXT else ""
        return Context(short, named=bool(short) and (numbered or self.depth > 0))

    def _named_only(self, words: str) -> list[Line]:
        """Words with a figure of which nothing is demanded: no standard, but not to be lost."""
        text = plain(words)
        return [self._missed(words.strip(), nothing_found(text))] if has_number(text) else []

    def _unmet(self) -> list[Line]:
        """The waiting clause, now that nothing came of it."""
        if self.waiting is None:
            return []
        clause, self.waiting = self.waiting.written, None
        return [self._missed(clause, nothing_found(plain(clause)))]
