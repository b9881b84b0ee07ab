"""Range nodes as Chinese phrases."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias, assert_never

from ..nodes import Expr
from .nodes import (
    Condition,
    CountWhere,
    Differs,
    Either,
    Filled,
    FirstMatch,
    Lists,
    NthFilled,
    PickWhere,
    RangeExpr,
    Same,
    SumWhere,
)

Say: TypeAlias = Callable[[Expr], str]


def range_words(expr: RangeExpr, words: Mapping[str, str], say: Say) -> str:
    """A node over ranges as a phrase; ``words`` names the ranges."""
    match expr:
        case CountWhere(tests):
            return f"{_told(tests, words, say)}的行数"
        case SumWhere(of, tests):
            return f"{_told(tests, words, say)}的各行{words[of.name]}之和"
        case PickWhere(of, tests):
            return f"{_told(tests, words, say)}的第一行的{words[of.name]}"
        case FirstMatch(of, within):
            return f"{say(of)}在{words[within.name]}中第一次出现的位置"
        case NthFilled(of, n):
            return f"{words[of.name]}中第{say(n)}个已填的内容"
        case _:
            assert_never(expr)


def _told(tests: tuple[Condition, ...], words: Mapping[str, str], say: Say) -> str:
    return "且".join(_condition(test, words, say) for test in tests)


def _condition(test: Condition, words: Mapping[str, str], say: Say) -> str:
    match test:
        case Same(of, value):
            return f"{words[of.name]}＝{say(value)}"
        case Differs(of, value):
            return f"{words[of.name]}≠{say(value)}"
        case Filled(of):
            return f"{words[of.name]}已填"
        case Lists(of, value):
            return f"{words[of.name]}含{say(value)}"
        case Either(inner):
            return "（" + "或".join(_condition(one, words, say) for one in inner) + "）"
        case _:
            assert_never(test)
