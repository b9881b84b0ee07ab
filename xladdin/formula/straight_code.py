"""A whole model of trees as one Python function: for whoever solves it ten thousand times.

``compiled`` makes a function of each node and says what a node means; here the same meaning is
printed as straight-line code, without a call per node.  The code takes for granted that values are
of the kinds that its nodes ask for.  Where they are not, it breaks off, and whoever called it asks
``compiled``, which knows the answer or says what is wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, MutableMapping
from decimal import Decimal, DecimalException
from enum import Enum, auto
from typing import Any, TypeAlias

from .arithmetic import (
    GRAINS,
    MODES,
    SNAP_DIGITS,
    WIDE,
    NotANumberError,
    rounded,
    snap,
    sum_of,
    text_of,
)
from .compiled import OPERATIONS, compiled, equal_values, same_words
from .nodes import (
    AllOf,
    AnyOf,
    Arith,
    Blank,
    Compare,
    Contains,
    CountNumbers,
    Digits,
    Expr,
    Greatest,
    If,
    IsEmpty,
    IsNumber,
    Join,
    Least,
    Length,
    Listing,
    Named,
    Not,
    Num,
    Rel,
    Round,
    Spelled,
    SumNumbers,
    Text,
    Var,
)
from .walk import nodes, textual

Run: TypeAlias = Callable[[MutableMapping[str, Any]], None]
"""Puts the values of all expressions beside the inputs."""
BROKEN_OFF = (TypeError, AttributeError, DecimalException, NotANumberError)
"""What shows that a value is of another kind than the code takes for granted."""
PLAIN = frozenset({Decimal, str, type(None)})
"""The kinds of inputs with which it may be tried."""
_ARITHMETIC = {op: f"arith_{op.name}" for op in OPERATIONS}


class Kind(Enum):
    """What is known of an expression's value before there is one."""

    NUMBER = auto()
    TRUTH = auto()
    PLAIN = auto()
    """A number, a text or nothing."""
    ANY = auto()


Code: TypeAlias = tuple[str, Kind]


def straight(model: Mapping[str, Expr]) -> Run | None:
    """The model as a function; its expressions stand behind those that they read.

    None where it nests deeper than Python reads.
    """
    try:
        return _Printer(model).function()
    except (RecursionError, SyntaxError, MemoryError):
        return None


def _truth(value: object) -> bool:
    if isinstance(value, bool):
        return value
    raise TypeError(value)


def _number(value: object) -> Decimal:
    if isinstance(value, Decimal):
        return value
    raise TypeError(value)


def _positive(value: Decimal) -> Decimal:
    """A number without a negative zero."""
    return value if value else abs(value)


def _has(text: str, parts: tuple[str, ...]) -> bool:
    return any(part in text for part in parts)


def _either(one: Kind, other: Kind) -> Kind:
    if one is other:
        return one
    return Kind.PLAIN if {one, other} == {Kind.NUMBER, Kind.PLAIN} else Kind.ANY


class _Printer:
    """Prints one model.  Names in the code are numbered; texts and numbers are handed over."""

    def __init__(self, model: Mapping[str, Expr]) -> None:
        self.model = model
        self.known: dict[str, Any] = {
            "Decimal": Decimal,
            "WIDE": WIDE,
            "GRAIN": GRAINS[SNAP_DIGITS],
            "text_of": text_of,
            "sum_of": sum_of,
            "truth": _truth,
            "number": _number,
            "positive": _positive,
            "has": _has,
            "equal": equal_values,
            "COUNTS": tuple(map(Decimal, range(200))),
            **{f"grain_{digits}": grain for digits, grain in GRAINS.items()},
            **{f"mode_{mode.name}": way for mode, way in MODES.items()},
            **{_ARITHMETIC[op]: way for op, way in OPERATIONS.items()},
        }
        self.names: dict[str, str] = {}
        self.kinds: dict[str, Kind] = {}
        self.snapped = set(_often(model))

    def function(self) -> Run:
        lines = [line for name in self._read() for line in self._taken(name)]
        for name, tree in self.model.items():
            code, self.kinds[name] = self._code(tree, alone=True)
            lines += self._held(name, f"known[{self._constant(name)}] = ", code)
        body = "\n".join(f"    {line}" for line in lines) or "    pass"
        # What is run holds nothing that anybody wrote: names are numbered, all else is handed over.
        exec(compile(f"def run(known):\n{body}\n", "<model>", "exec"), self.known)  # noqa: S102
        run: Run = self.known["run"]
        return run

    def _read(self) -> dict[str, None]:
        found = (
            node.name
            for tree in self.model.values()
            for node in nodes(tree)
            if isinstance(node, Var)
        )
        return {name: None for name in found if name not in self.model}

    def _taken(self, name: str) -> Iterator[str]:
        """An input; one that is missing is nothing."""
        yield from self._held(name, "", f"known.get({self._constant(name)})")

    def _held(self, name: str, kept: str, code: str) -> list[str]:
        here = self.names[name] = f"v{len(self.names)}"
        lines = [f"{kept}{here} = {code}", f"n{here} = {here}.__class__ is Decimal"]
        if name in self.snapped:
            lines.append(f"s{here} = {self._snap_of(here)} if n{here} else None")
        return lines

    @staticmethod
    def _snap_of(code: str) -> str:
        return f"{code}.quantize(GRAIN, mode_HALF_UP, WIDE)"

    def _constant(self, value: object) -> str:
        name = f"c{len(self.known)}"
        self.known[name] = value
        return name

    def _code(self, expr: Expr, *, alone: bool = False) -> Code:
        """The code of an expression; ``alone``: nothing stands before or behind it."""
        match expr:
            case Num(value):
                return self._constant(value), Kind.NUMBER
            case Text(value):
                return self._constant(value), Kind.PLAIN
            case Blank():
                return "None", Kind.PLAIN
            case Var(name):
                return self.names[name], self.kinds.get(name, Kind.PLAIN)
            case Named(_, of):
                return self._code(of, alone=alone)
            case If():
                return self._if(expr, alone=alone)
            case Compare() | AllOf() | AnyOf() | IsNumber() | IsEmpty() | Not() | Contains():
                return self._asking(expr), Kind.TRUTH
            case Arith() | Round() | Least() | Greatest() | CountNumbers() | SumNumbers():
                return self._counting(expr), Kind.NUMBER
            case Join(parts):
                texts = "".join(f"text_of({self._code(part)[0]}), " for part in parts)
                return f"''.join(({texts}))", Kind.PLAIN
            case Listing(items, separator):
                tested = "".join(
                    f"({self._truth(test)}, {self._constant(text)}), " for test, text in items
                )
                joined = f"[text for holds, text in ({tested}) if holds]"
                return f"{self._constant(separator)}.join({joined})", Kind.PLAIN
            case Length() | Digits():
                return self._program(expr), Kind.NUMBER
            case Spelled():
                return self._program(expr), Kind.TRUTH
            case _:
                return self._program(expr), Kind.ANY

    def _program(self, expr: Expr) -> str:
        """A node that is asked as ``compiled`` made it."""
        return f"{self._constant(compiled(expr))}(known)"

    def _if(self, expr: If, *, alone: bool) -> Code:
        test, (then, one) = self._truth(expr.test), self._code(expr.then)
        # A chain of branches need not nest.
        otherwise, other = self._code(expr.otherwise, alone=True)
        code = f"{then} if {test} else {otherwise}"
        return code if alone else f"({code})", _either(one, other)

    # Truth values.

    def _truth(self, expr: Expr) -> str:
        code, kind = self._code(expr)
        return code if kind is Kind.TRUTH else f"truth({code})"

    def _asking(self, expr: Compare | AllOf | AnyOf | IsNumber | IsEmpty | Not | Contains) -> str:
        match expr:
            case Compare():
                words = same_words((expr,))
                return self._is_word(*words) if words else self._compare(expr)
            case AnyOf(tests) if words := same_words(tests):
                return self._is_word(*words)
            # Every test is asked, as in a spreadsheet.
            case AllOf(tests):
                return f"({' & '.join(map(self._truth, tests))})"
            case AnyOf(tests):
                return f"({' | '.join(map(self._truth, tests))})"
            case IsNumber(of):
                return f"n{self.names[of.name]}"
            case IsEmpty(of):
                held = self.names[of.name]
                return f"({held} is None or not text_of({held}).strip(' '))"
            case Not(of):
                return f"(not {self._truth(of)})"
            case Contains(of, parts):
                return f"has(text_of({self._code(of)[0]}), {self._constant(parts)})"

    def _is_word(self, name: str, words: tuple[str, ...]) -> str:
        held, known = self.names[name], frozenset(word.casefold() for word in words)
        asked = f"({held} or '').casefold() in {self._constant(known)}"
        return f"(not n{held} and {asked})"

    def _compare(self, expr: Compare) -> str:
        if count := _count(expr):
            of, how_many = count
            sum_ = " + ".join(f"n{self.names[var.name]}" for var in of)
            sign = "==" if expr.rel is Rel.EQ else expr.rel.value
            return f"({sum_ or '0'} {sign} {how_many})"
        sides = (expr.left, expr.right)
        if expr.rel is Rel.EQ and any(self._kind(side) is not Kind.NUMBER for side in sides):
            left, right = (self._code(side)[0] for side in sides)
            return f"equal({left}, {right}, {textual(expr.left) and textual(expr.right)})"
        left, right = map(self._snapped, sides)
        return f"({left} {'==' if expr.rel is Rel.EQ else expr.rel.value} {right})"

    def _kind(self, expr: Expr) -> Kind:
        return self._code(expr)[1]

    def _snapped(self, expr: Expr) -> str:
        """A side of a comparison, rounded to 6 places; what is no number breaks off here."""
        match expr:
            case Num(value):
                return self._constant(snap(value))
            case Var(name) if name in self.snapped:
                return f"s{self.names[name]}"
            case CountNumbers() | Length() | Digits():
                return self._code(expr)[0]
            case Round(_, digits) if digits <= SNAP_DIGITS:
                return self._code(expr)[0]
            case _:
                return self._snap_of(self._code(expr)[0])

    # Numbers.

    def _sure(self, expr: Expr) -> str:
        code, kind = self._code(expr)
        return code if kind is Kind.NUMBER else f"number({code})"

    def _operand(self, expr: Expr) -> str:
        """What is calculated with: text and nothing are refused there, a truth value is not."""
        code, kind = self._code(expr)
        return code if kind in (Kind.NUMBER, Kind.PLAIN) else f"number({code})"

    def _counting(self, expr: Arith | Round | Least | Greatest | CountNumbers | SumNumbers) -> str:
        match expr:
            case Arith(op, left, right):
                return f"{_ARITHMETIC[op]}({self._operand(left)}, {self._operand(right)})"
            case Round(Num(value), digits, mode):
                return self._constant(rounded(snap(value), digits, mode))
            case Round(of, digits, mode) if digits in GRAINS:
                last = f"{self._snapped(of)}.quantize(grain_{digits}, mode_{mode.name}, WIDE)"
                return f"positive({last})"
            case Round():
                return self._program(expr)
            case Least(of, other):
                return f"min({self._sure(of)}, {self._sure(other)})"
            case Greatest(of, other):
                return f"max({self._sure(of)}, {self._sure(other)})"
            case CountNumbers(of):
                sum_ = " + ".join(f"n{self.names[var.name]}" for var in of)
                return f"COUNTS[{sum_ or '0'}]" if len(of) < 200 else f"Decimal({sum_})"
            case SumNumbers(of):
                return f"sum_of(({''.join(f'{self.names[var.name]}, ' for var in of)}))"


def _count(expr: Compare) -> tuple[tuple[Var, ...], int] | None:
    """Where it is asked how many of some variables are numbers: the variables, and the number."""
    match expr:
        case Compare(_, CountNumbers(of), Num(value)) if value == int(value):
            return of, int(value)
        case _:
            return None


def _often(model: Mapping[str, Expr]) -> Iterator[str]:
    """The variables that are compared or rounded several times: they are snapped once."""
    found: dict[str, int] = {}
    for tree in model.values():
        for node in nodes(tree):
            sides: tuple[Expr, ...] = ()
            match node:
                case Compare(_, left, right):
                    sides = (left, right)
                case Round(of):
                    sides = (of,)
            for side in sides:
                if isinstance(side, Var):
                    found[side.name] = found.get(side.name, 0) + 1
    return (name for name, count in found.items() if count > 1)
