"""Every regular expression of the package, and texts on which a bad one would take for ever."""

from __future__ import annotations

import ast
import random
import re
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields, is_dataclass
from functools import cache
from pathlib import Path
from re import _constants as codes
from re import _parser as parser
from types import ModuleType
from typing import Any, AnyStr

from .every_module import modules

ANYWHERE = ("search", "sub", "split", "finditer", "findall")
"""Methods that begin anew at every place of a text."""
METHODS = frozenset({*ANYWHERE, "match", "fullmatch"})
LENGTHS = (12, 16, 20, 24, 28, 32, 40, 60, 100, 250, 1_000, 4_000, 16_000)
"""Of the texts: in small steps at first, where a pattern may double its time with every sign."""
SLOW = 25
"""How many times as long as it takes here and now to find every sign of the longest text.

Seconds would say as much of the machine as of the pattern.  Quadratic patterns take forty times that and
more, linear ones seldom this.
"""
GROWTH = 8
"""Of the time, where the text is four times as long: a linear pattern's is four, a quadratic one's sixteen."""
MOST_TEXTS = 50
"""For one pattern and seed."""
Found = dict[tuple[Any, int], tuple[str, bool]]
"""Pattern and flags -> where it stands, and whether it is looked for anywhere in a text."""


@cache
def patterns() -> Found:
    """All of them: held by modules, in tables and models too, or written where they are used."""
    found: Found = {}
    for module in modules():
        source = Path(str(module.__file__)).read_text("utf-8")
        held = [
            (name, value, *each)
            for name, value in vars(module).items()
            for each in _within(value, set())
        ]
        if not held and "re." not in source:
            continue
        tree = ast.parse(source)
        used = dict(_methods(tree))
        for name, value, pattern, field in held:
            # One in a table without a field of its own may be looked for in any way.
            ways = used.get(name if value is pattern else field, set())
            _add(found, pattern, f"{module.__name__}.{name}", ways)
        for pattern, line, way in _written(tree, module):
            _add(found, pattern, f"{module.__name__}:{line}", {way})
    return found


def _add(found: Found, pattern: re.Pattern[Any], where: str, ways: set[str]) -> None:
    key = pattern.pattern, pattern.flags
    anywhere = not ways or bool(ways & set(ANYWHERE))
    found[key] = found.get(key, (where, False))[0], found.get(key, ("", False))[1] or anywhere


def _methods(tree: ast.Module) -> dict[str, set[str]]:
    used: dict[str, set[str]] = {}
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(value=ast.Name(id=name), attr=way) if way in METHODS:
                used.setdefault(name, set()).add(way)
            case ast.Attribute(value=ast.Attribute(attr=field), attr=way) if way in METHODS:
                used.setdefault(f".{field}", set()).add(way)
    return used


def _within(
    value: Any, seen: set[int], field: str = "", depth: int = 0
) -> Iterator[tuple[re.Pattern[Any], str]]:
    """Each with the field of the record that holds it, as ``_methods`` names its uses."""
    if isinstance(value, re.Pattern):
        yield value, field
    if id(value) in seen or depth > 6 or isinstance(value, type):
        return
    seen.add(id(value))
    inner: Iterable[tuple[Any, str]] = ()
    if isinstance(value, dict):
        inner = [(item, field) for item in value.values()]
    elif isinstance(value, list | tuple | set | frozenset):
        inner = [(item, field) for item in value]
    elif is_dataclass(value):
        inner = [(getattr(value, each.name, None), f".{each.name}") for each in fields(value)]
    for item, held_as in inner:
        yield from _within(item, seen, held_as, depth + 1)


def _written(tree: ast.Module, module: ModuleType) -> Iterator[tuple[re.Pattern[Any], int, str]]:
    """The arguments of ``re.sub`` and its like, where they are known before the program runs."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(
                func=ast.Attribute(value=ast.Name(id="re"), attr=way), args=[first, *_]
            ) if way in METHODS or way == "compile":
                code = compile(ast.Expression(first), "pattern", "eval")
                try:
                    text = eval(code, dict(vars(module)))  # noqa: S307 - our own source
                except NameError:
                    continue  # built from an argument; those stand in TAKEN_APART
                if way in METHODS:
                    yield re.compile(text), node.lineno, way


class Sampler:
    """Texts that a pattern, or a part of it, would match."""

    def __init__(self, pattern: re.Pattern[Any], seed: int) -> None:
        source = pattern.pattern
        text = source.decode("latin-1") if isinstance(source, bytes) else source
        self.tree = list(parser.parse(text, pattern.flags & ~re.UNICODE & ~re.DEBUG))
        self.chance = random.Random(seed)
        self.own = sorted({sign for item in self.tree for sign in _literals(item)})

    def pumps(self) -> Iterator[tuple[str, str]]:
        """What may stand before a repetition, and what is repeated."""
        yield from self._repeated(self.tree, "")

    def _repeated(self, items: list[Any], before: str) -> Iterator[tuple[str, str]]:
        for item in items:
            op, argument = item
            for body in _bodies(op, argument):
                if op in REPEATS:
                    for _ in range(3):
                        yield before, self._text(body)
                yield from self._repeated(body, before)
            before += self._text([item])

    def signs(self) -> list[str]:
        """One or two signs of every kind that the pattern names."""
        return sorted({sign for item in self.tree for sign in self._all_signs(item)})[:30]

    def _all_signs(self, item: Any) -> Iterator[str]:
        op, argument = item
        if op in (codes.LITERAL, codes.NOT_LITERAL, codes.IN, codes.ANY):
            yield self._sign(item)
            yield self._sign(item)
        for body in _bodies(op, argument):
            for inner in body:
                yield from self._all_signs(inner)

    def _text(self, items: list[Any]) -> str:
        return "".join(map(self._one, items))

    def _one(self, item: Any) -> str:
        op, argument = item
        if op in REPEATS:
            low, high, body = argument
            times = min(low + self.chance.randrange(3), high)
            return "".join(self._text(list(body)) for _ in range(max(times, low)))
        if op is codes.BRANCH:
            return self._text(list(self.chance.choice(argument[1])))
        if op in (codes.SUBPATTERN, codes.ATOMIC_GROUP):
            return "".join(map(self._text, _bodies(op, argument)))
        return (
            self._sign(item)
            if op in (codes.LITERAL, codes.NOT_LITERAL, codes.IN, codes.ANY)
            else ""
        )

    def _sign(self, item: Any) -> str:
        op, argument = item
        if op is codes.LITERAL:
            return chr(argument)
        if op is codes.ANY:
            return self.chance.choice([*self.own, "x"])
        allowed = argument if op is codes.IN else [(codes.NEGATE, None), (codes.LITERAL, argument)]
        fits = [sign for sign in SIGNS if _allows(allowed, sign)]
        named = [chr(value) for kind, value in allowed if kind is codes.LITERAL]
        named += [chr(value[0]) for kind, value in allowed if kind is codes.RANGE]
        if allowed[0][0] is not codes.NEGATE and named:
            fits += named
        return self.chance.choice(fits or ["x"])


REPEATS = (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT)
SIGNS = "ax1 ,.-\t\n()\"'<>/:[]%年月日不第一"


def _bodies(op: Any, argument: Any) -> list[list[Any]]:
    if op in REPEATS:
        return [list(argument[2])]
    if op is codes.BRANCH:
        return [list(branch) for branch in argument[1]]
    if op is codes.SUBPATTERN:
        return [list(argument[3])]
    if op is codes.ATOMIC_GROUP:
        return [list(argument)]
    if op in (codes.ASSERT, codes.ASSERT_NOT):
        return [list(argument[1])]
    return []


def _literals(item: Any) -> Iterator[str]:
    """The signs that a pattern names one by one; a bad one often trips over its own."""
    op, argument = item
    if op in (codes.LITERAL, codes.NOT_LITERAL):
        yield chr(argument)
    if op is codes.IN:
        yield from (chr(value) for kind, value in argument if kind is codes.LITERAL)
    for body in _bodies(op, argument):
        for inner in body:
            yield from _literals(inner)


def _allows(allowed: list[Any], sign: str) -> bool:
    negated = allowed[0][0] is codes.NEGATE
    return negated != any(_covers(item, sign) for item in allowed)


def _covers(item: Any, sign: str) -> bool:
    kind, value = item
    if kind is codes.LITERAL:
        return bool(ord(sign) == value)
    if kind is codes.RANGE:
        return bool(value[0] <= ord(sign) <= value[1])
    if kind is codes.CATEGORY:
        return bool(re.match(CATEGORIES[value], sign))
    return False


CATEGORIES = {
    codes.CATEGORY_DIGIT: r"\d",
    codes.CATEGORY_NOT_DIGIT: r"\D",
    codes.CATEGORY_SPACE: r"\s",
    codes.CATEGORY_NOT_SPACE: r"\S",
    codes.CATEGORY_WORD: r"\w",
    codes.CATEGORY_NOT_WORD: r"\W",
}


def slowest(
    pattern: re.Pattern[AnyStr], anywhere: bool, seed: int = 0, most: int = MOST_TEXTS
) -> tuple[float, str]:
    """The longest time that one of so many texts takes, as ``SLOW`` counts it, and the text's beginning."""
    sampler = Sampler(pattern, seed)
    found = {(before, pump) for before, pump in sampler.pumps() if pump}
    if anywhere:
        # Begun again and again, and never finished.
        found |= {("", before + pump) for before, pump in found} | {("", b) for b, _ in found if b}
    found |= {("", sign) for sign in sampler.signs()}
    found |= {
        ("", "".join(sampler.chance.choices(sampler.signs() or ["x"], k=2))) for _ in range(12)
    }
    found |= {(before, sign) for before, _ in sorted(found)[:3] for sign in sampler.signs()[:8]}
    tried = sorted(found)
    if len(tried) > most:
        tried = sampler.chance.sample(tried, most)
    worst = 0.0, ""
    for before, pump in tried:
        for after in ("", "\x01!"):
            worst = max(worst, (_time(pattern, anywhere, before, pump, after), f"{before}…{pump}"))
            if worst[0] > SLOW:
                return worst
    return worst


def _time(pattern: re.Pattern[AnyStr], anywhere: bool, before: str, pump: str, after: str) -> float:
    """By longer and longer texts, so that a bad pattern is found out before it takes for ever."""

    def once(length: int, times: int = 1) -> float:
        text = before + pump * (length // len(pump) + 1) + after
        given: Any = text.encode("utf-8") if isinstance(pattern.pattern, bytes) else text
        return min(_once(pattern, anywhere, given) for _ in range(times))

    for length in LENGTHS:
        found = once(length) / _first_unit()
        if found > SLOW:
            # What else the machine does makes one time long, not four.
            took = once(length, times=4)
            found = took / max(_unit(), _first_unit())
            if found > SLOW and took > GROWTH * once(length // 4, times=4):
                return found
    return min(found, SLOW)


_EVERY_SIGN = re.compile(".")


def _unit() -> float:
    text = "x" * LENGTHS[-1]
    return min(_once(_EVERY_SIGN, True, text) for _ in range(5))


@cache
def _first_unit() -> float:
    return _unit()


def _once(pattern: re.Pattern[Any], anywhere: bool, text: Any) -> float:
    look: Callable[[Any], object] = pattern.fullmatch
    begin = time.process_time()
    look(text)
    pattern.match(text)
    if anywhere:
        for _ in pattern.finditer(text):
            pass
    return time.process_time() - begin
