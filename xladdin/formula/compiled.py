"""An expression tree as a Python function, for trees that are asked of many rows.

The tree is walked once; what is left per row is one call per node.  ``evaluate`` runs the same
functions, so there is one meaning of a tree in Python.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import TypeAlias, TypeVar, assert_never

from .arithmetic import (
    ARITHMETIC,
    RELATIONS,
    Env,
    NotANumberError,
    Value,
    rounded,
    snap,
    sum_of,
    text_of,
)
from .nodes import (
    AllOf,
    AnyOf,
    Arith,
    Blank,
    Compare,
    Contains,
    CountNumbers,
    CountWhere,
    Digits,
    Expr,
    FirstMatch,
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
    NthName,
    Num,
    Op,
    PlaceWhere,
    Rel,
    Round,
    Rounding,
    Spelled,
    SumNumbers,
    Text,
    Var,
)
from .range_programs import Program, range_program
from .walk import textual

Number: TypeAlias = Callable[[Env], Decimal]
Truth: TypeAlias = Callable[[Env], bool]
T = TypeVar("T", bool, Decimal)

SPELLED = 80
"""Characters of a text that a question about its spelling looks at."""
MOST_DIGITS = 9
OPERATIONS: dict[Op, Callable[[Decimal, Decimal], Decimal]] = {
    Op.ADD: ARITHMETIC.add,
    Op.SUB: ARITHMETIC.subtract,
    Op.MUL: ARITHMETIC.multiply,
    Op.DIV: ARITHMETIC.divide,
}


def compiled(expr: Expr) -> Program:
    """The tree as a function of what its variables and ranges hold; a variable that is missing
    there is empty."""
    match expr:
        case Num(value) | Text(value):
            return lambda env: value
        case Blank():
            return lambda env: None
        case Var(name):
            return _held(name)
        case Named(_, of):
            return compiled(of)
        case If(test, then, otherwise):
            return _if(_truth(test), compiled(then), compiled(otherwise))
        case Compare() | AllOf() | AnyOf() | IsNumber() | IsEmpty() | Not():
            return _asking(expr)
        case Contains(of, parts):
            return _contains(compiled(of), parts)
        case Arith() | Round() | Least() | Greatest() | CountNumbers() | SumNumbers():
            return _counting(expr)
        case Length() | Digits() | Spelled() | NthName():
            return _spelling(expr)
        case Join(parts):
            texts = [compiled(part) for part in parts]
            return lambda env: "".join([_part(text(env)) for text in texts])
        case Listing(items, separator):
            tested = [(_truth(test), text) for test, text in items]
            return lambda env: separator.join([text for test, text in tested if test(env)])
        case _:
            return range_program(expr, compiled)


def _held(name: str) -> Program:
    """The value of a variable."""

    def program(env: Env) -> Value:
        value = env.get(name)
        if isinstance(value, tuple):
            raise NotANumberError(f"the range {name} used as one value")
        return value

    return program


def _if(test: Truth, then: Program, otherwise: Program) -> Program:
    return lambda env: then(env) if test(env) else otherwise(env)


# Truth values.


def _truth(expr: Expr) -> Truth:
    match expr:
        case Compare() | AllOf() | AnyOf() | IsNumber() | IsEmpty() | Not():
            return _asking(expr)
        case _:
            return _sure(expr, bool, "a truth value")


def _sure(expr: Expr, kind: type[T], noun: str) -> Callable[[Env], T]:
    """The program of an expression of any kind, where only values of one kind will do."""
    program = compiled(expr)

    def sure(env: Env) -> T:
        value = program(env)
        if isinstance(value, kind):
            return value
        raise NotANumberError(f"{value!r} used as {noun} in {expr!r}")

    return sure


def _asking(expr: Compare | AllOf | AnyOf | IsNumber | IsEmpty | Not) -> Truth:
    match expr:
        case Compare(Rel.EQ, Var(name, text=True), Text(value)):
            return _is_one_of(name, (value,))
        case Compare():
            return _compare(expr)
        case AnyOf(tests) if words := same_words(tests):
            return _is_one_of(*words)
        case AllOf(tests):
            return _all([_truth(test) for test in tests])
        case AnyOf(tests):
            return _any([_truth(test) for test in tests])
        case IsNumber(of):
            held = _held(of.name)
            return lambda env: isinstance(held(env), Decimal)
        case IsEmpty(of):
            return _is_empty(_held(of.name))
        case Not(of):
            truth = _truth(of)
            return lambda env: not truth(env)
        case _:
            assert_never(expr)


# Every test is asked, also after the answer is known: a spreadsheet does the same, and an error in
# the last one shows there too.


def _all(tests: list[Truth]) -> Truth:
    def truth(env: Env) -> bool:
        answers = [test(env) for test in tests]
        return False not in answers

    return truth


def _any(tests: list[Truth]) -> Truth:
    def truth(env: Env) -> bool:
        answers = [test(env) for test in tests]
        return True in answers

    return truth


def _is_empty(held: Program) -> Truth:
    def truth(env: Env) -> bool:
        value = held(env)
        return value is None or not text_of(value).strip(" ")

    return truth


def same_words(tests: tuple[Expr, ...]) -> tuple[str, tuple[str, ...]] | None:
    """The variable and the words, where each of the tests asks whether it is one of them."""
    names, words = set(), []
    for test in tests:
        match test:
            case Compare(Rel.EQ, Var(name, text=True), Text(value)):
                names.add(name)
                words.append(value)
            case _:
                return None
    return (names.pop(), tuple(words)) if len(names) == 1 else None


def _is_one_of(name: str, words: tuple[str, ...]) -> Truth:
    held, known = _held(name), frozenset(word.casefold() for word in words)

    def truth(env: Env) -> bool:
        value = held(env)
        if isinstance(value, bool):
            raise NotANumberError(f"{value!r} compared with a text")
        # A number is no text, whatever it looks like; an empty cell is an empty text.
        return not isinstance(value, Decimal) and (value or "").casefold() in known

    return truth


def _compare(expr: Compare) -> Truth:
    rel, related = expr.rel, RELATIONS[expr.rel]
    first, second = _snapped(expr.left), _snapped(expr.right)
    textually = textual(expr.left) and textual(expr.right)

    def truth(env: Env) -> bool:
        left, right = first(env), second(env)
        if isinstance(left, Decimal) and isinstance(right, Decimal):
            return related(left, right)
        if rel is Rel.EQ:
            return equal_values(left, right, textually)
        raise NotANumberError(f"{left!r} {rel} {right!r}")

    return truth


def equal_values(left: Value, right: Value, textually: bool) -> bool:
    """Whether two values are equal; ``textually``: neither is meant to be a number.

    Raises NotANumberError for what is compared by mistake.
    """
    if isinstance(left, Decimal) and isinstance(right, Decimal):
        return snap(left) == snap(right)
    if isinstance(left, str | None) and isinstance(right, str | None):
        # Spreadsheets compare text without regard to case, and empty equals empty text.
        return (left or "").casefold() == (right or "").casefold()
    if textually:
        return False  # a number is no text, whatever it looks like
    raise NotANumberError(f"{left!r} = {right!r}")


def _snapped(expr: Expr) -> Program:
    """A side of a comparison; a number is snapped."""
    program = compiled(expr)
    match expr:
        case Num(value):
            constant = snap(value)
            return lambda env: constant
        case Length() | Digits() | CountNumbers() | CountWhere() | FirstMatch() | PlaceWhere():
            return program  # whole numbers
        case _:

            def snapped(env: Env) -> Value:
                value = program(env)
                return snap(value) if isinstance(value, Decimal) else value

            return snapped


def _contains(of: Program, parts: tuple[str, ...]) -> Program:
    def program(env: Env) -> Value:
        text = text_of(of(env))
        return any(part in text for part in parts)

    return program


# Numbers.


def _number(expr: Expr) -> Number:
    match expr:
        case Num(value):
            return lambda env: value
        case Arith() | Round() | Least() | Greatest() | CountNumbers() | SumNumbers():
            return _counting(expr)
        case _:
            return _sure(expr, Decimal, "a number")


def _counting(expr: Arith | Round | Least | Greatest | CountNumbers | SumNumbers) -> Number:
    match expr:
        case Arith(op, left, right):
            operation, first, second = OPERATIONS[op], _number(left), _number(right)
            return lambda env: operation(first(env), second(env))
        case Round(of, digits, mode):
            return _round(_number(of), digits, mode)
        case Least(of, cap):
            first, second = _number(of), _number(cap)
            return lambda env: min(first(env), second(env))
        case Greatest(of, floor):
            first, second = _number(of), _number(floor)
            return lambda env: max(first(env), second(env))
        case CountNumbers(of):
            cells = [_held(var.name) for var in of]
            return lambda env: Decimal(sum(isinstance(cell(env), Decimal) for cell in cells))
        case SumNumbers(of):
            cells = [_held(var.name) for var in of]
            return lambda env: sum_of(cell(env) for cell in cells)
        case _:
            assert_never(expr)


def _round(number: Number, digits: int, mode: Rounding) -> Number:
    return lambda env: rounded(snap(number(env)), digits, mode)


# Texts.


def _part(value: Value) -> str:
    if isinstance(value, bool):
        raise NotANumberError(f"{value!r} joined to a text; engines write it differently")
    return text_of(value)


def _spelling(expr: Length | Digits | Spelled | NthName) -> Program:
    held = compiled(expr.of)
    match expr:
        case Length():
            return lambda env: _length(held(env))
        case Digits():
            return lambda env: _digits(text_of(held(env)))
        case Spelled(_, first, rest):
            return lambda env: _spelled(text_of(held(env))[:SPELLED], first, rest)
        case NthName(_, n, separator, room):
            return lambda env: _nth_name(text_of(held(env)), n, separator, room)
        case _:
            assert_never(expr)


def _length(value: Value) -> Decimal:
    """As spreadsheets count: an emoji outside the basic plane is two characters."""
    if isinstance(value, str):
        return Decimal(len(value) if value.isascii() else len(value.encode("utf-16-le")) // 2)
    if isinstance(value, bool):
        raise NotANumberError(f"the length of {value!r}: engines write truth values differently")
    # A number's is that of its text: people type a month, an id, a remark as a number, too.
    return Decimal(len(text_of(value)))


def _spelled(text: str, first: str, rest: str) -> bool:
    return not text or (text[0] in first and all(sign in rest for sign in text[1:]))


def _digits(text: str) -> Decimal:
    digits = text.replace("-", "")
    fine = digits.isascii() and digits.isdigit() and len(digits) <= MOST_DIGITS
    return Decimal(digits) if fine else Decimal(0)


def _nth_name(text: str, n: int, separator: str, room: int) -> str:
    """As spreadsheets do it: the names moved apart, and a piece cut out."""
    piece = text.replace(separator, " " * room)[(n - 1) * room : n * room]
    return " ".join(part for part in piece.split(" ") if part)
