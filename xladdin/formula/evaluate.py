"""Back-end 1: the value of a tree in Python, and of a whole model of trees.

Number policy (DESIGN 2): Decimal arithmetic, half-up, and every argument of a rounding or of a
comparison is first rounded to 6 places; the formula back-end prints the same snap.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from decimal import ROUND_DOWN, ROUND_HALF_UP, ROUND_UP, Context, Decimal, localcontext
from functools import cached_property
from typing import TypeAlias, assert_never

from .nodes import (
    NAMES_SEPARATOR,
    AllOf,
    AnyOf,
    Arith,
    Blank,
    CellOf,
    Compare,
    Condition,
    Contains,
    CountNumbers,
    CountWhere,
    Differs,
    Digits,
    Either,
    Expr,
    Filled,
    FirstMatch,
    Greatest,
    If,
    IsEmpty,
    IsNumber,
    Join,
    Least,
    Length,
    Listing,
    Lists,
    Named,
    Not,
    NthFilled,
    NthName,
    Num,
    Op,
    PickWhere,
    PlaceWhere,
    Range,
    RangeExpr,
    Rel,
    Related,
    Rising,
    Round,
    Rounding,
    Same,
    Spelled,
    SumNumbers,
    SumWhere,
    Text,
    Var,
)
from .walk import ranges_in, textual, variables

Value: TypeAlias = Decimal | str | bool | None


class Cells(tuple[Value, ...]):
    """What stands in a range; its texts and where each stands are worked out once."""

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """Each cell as texts are compared: without regard to case."""
        return tuple(text_of(cell).casefold() for cell in self)

    @cached_property
    def first_places(self) -> dict[str, int]:
        """Each different text, and in which cell (from 1) it stands first."""
        found: dict[str, int] = {}
        for place, cell in enumerate(self, start=1):
            if isinstance(cell, str) and cell:
                found.setdefault(cell.casefold(), place)
        return found


Env: TypeAlias = Mapping[str, Value | tuple[Value, ...]]
"""Variables and ranges by name."""
Read: TypeAlias = Callable[[Expr], Value]
"""Gives the value of an expression inside a condition."""

SNAP_DIGITS = 6
SPELLED = 80
"""Characters of a text that a question about its spelling looks at."""
MOST_DIGITS = 9
NAME_ROOM = 99
"""More than the characters of one name in a list of names."""
ARITHMETIC = Context(prec=34, rounding=ROUND_HALF_UP)
WIDE = Context(prec=60)
"""Rounding must not itself run out of digits."""
GRAINS = {digits: Decimal(1).scaleb(-digits) for digits in range(10)}
MODES = {
    Rounding.HALF_UP: ROUND_HALF_UP,
    Rounding.UP: ROUND_UP,
    Rounding.DOWN: ROUND_DOWN,
}


class NotANumberError(Exception):
    """A rule used a missing value or a text as a number without asking first: a bug in the rule."""


def evaluate(expr: Expr, env: Env) -> Value:
    """The value of a tree; ``env`` gives variables and ranges, a variable that it lacks is empty."""
    with localcontext(ARITHMETIC):
        return _value(expr, env)


def solve(model: Mapping[str, Expr], inputs: Env) -> dict[str, Value]:
    """The values of all expressions of a model, each of which may read the others by name.

    Raises RecursionError on a model that reads itself in a circle: a bug of who built it.
    """
    known = dict(inputs)

    def settle(name: str) -> None:
        for needed in variables(model[name]):
            if needed in model and needed not in known:
                settle(needed)
        known[name] = _value(model[name], known)

    with localcontext(ARITHMETIC):
        for name in model:
            if name not in known:
                settle(name)
    return {name: _held(name, known) for name in model}


def snap(value: Decimal) -> Decimal:
    """A number rounded half-up to 6 places, without a negative zero."""
    return rounded(value, SNAP_DIGITS, Rounding.HALF_UP)


def rounded(value: Decimal, digits: int, mode: Rounding) -> Decimal:
    """A number rounded to so many places."""
    grain = GRAINS.get(digits) or Decimal(1).scaleb(-digits)
    result = value.quantize(grain, rounding=MODES[mode], context=WIDE)
    return result if result else abs(result)


def _value(expr: Expr, env: Env) -> Value:
    if isinstance(expr, RangeExpr):
        return _range_value(expr, env, lambda inner: _value(inner, env))
    match expr:
        case Num(value) | Text(value):
            return value
        case Blank():
            return None
        case Var(name):
            return _held(name, env)
        case Arith(op, left, right):
            return _arith(op, _number(left, env), _number(right, env))
        case Compare(rel, left, right):
            return _compare(rel, _value(left, env), _value(right, env), expr)
        case AllOf(tests):
            return all(_truths(tests, env))
        case AnyOf(tests):
            return any(_truths(tests, env))
        case IsNumber(of):
            return isinstance(_value(of, env), Decimal)
        case IsEmpty(of):
            return _value(of, env) is None or not text_of(_value(of, env)).strip(" ")
        case Not(of):
            return not _truth(of, env)
        case If(test, then, otherwise):
            return _value(then if _truth(test, env) else otherwise, env)
        case Round(of, digits, mode):
            return rounded(snap(_number(of, env)), digits, mode)
        case Least(of, cap):
            return min(_number(of, env), _number(cap, env))
        case Greatest(of, floor):
            return max(_number(of, env), _number(floor, env))
        case CountNumbers(of):
            return Decimal(len(_numbers(of, env)))
        case Length(of):
            return _length(_held(of.name, env))
        case SumNumbers(of):
            return sum(_numbers(of, env), Decimal(0))
        case Join(parts):
            return "".join(_part(_value(part, env)) for part in parts)
        case Listing(items, separator):
            return separator.join(text for test, text in items if _truth(test, env))
        case Named(_, of):
            return _value(of, env)
        case Contains(of, parts):
            return any(part in text_of(_value(of, env)) for part in parts)
        case Spelled(of, first, rest):
            return _spelled(text_of(_held(of.name, env))[:SPELLED], first, rest)
        case Digits(of):
            return _digits(text_of(_held(of.name, env)))
        case NthName(of, n):
            return _nth_name(text_of(_held(of.name, env)), n)
        case _:
            assert_never(expr)


def _held(name: str, env: Env) -> Value:
    """The value of a variable."""
    value = env.get(name)
    if isinstance(value, tuple):
        raise NotANumberError(f"the range {name} used as one value")
    return value


def _numbers(of: tuple[Var, ...], env: Env) -> list[Decimal]:
    values = (_held(var.name, env) for var in of)
    return [value for value in values if isinstance(value, Decimal)]


def _number(expr: Expr, env: Env) -> Decimal:
    value = _value(expr, env)
    if isinstance(value, Decimal):
        return value
    raise NotANumberError(f"{value!r} used as a number in {expr!r}")


def _truth(expr: Expr, env: Env) -> bool:
    value = _value(expr, env)
    if isinstance(value, bool):
        return value
    raise NotANumberError(f"{value!r} used as a truth value in {expr!r}")


def _truths(tests: tuple[Expr, ...], env: Env) -> list[bool]:
    # Every test, also after the answer is known: a spreadsheet does the same, and an error in
    # the last one shows there too.
    return [_truth(test, env) for test in tests]


def _arith(op: Op, left: Decimal, right: Decimal) -> Decimal:
    match op:
        case Op.ADD:
            return left + right
        case Op.SUB:
            return left - right
        case Op.MUL:
            return left * right
        case Op.DIV:
            return left / right
        case _:
            assert_never(op)


def _compare(rel: Rel, left: Value, right: Value, asked: Compare) -> bool:
    if isinstance(left, Decimal) and isinstance(right, Decimal):
        return _related(rel, snap(left), snap(right))
    if rel is Rel.EQ and isinstance(left, str | None) and isinstance(right, str | None):
        # Spreadsheets compare text without regard to case, and empty equals empty text.
        return (left or "").casefold() == (right or "").casefold()
    if rel is Rel.EQ and textual(asked.left) and textual(asked.right):
        return False  # a number is no text, whatever it looks like
    raise NotANumberError(f"{left!r} {rel} {right!r}")


def _related(rel: Rel, left: Decimal, right: Decimal) -> bool:
    match rel:
        case Rel.GE:
            return left >= right
        case Rel.GT:
            return left > right
        case Rel.LE:
            return left <= right
        case Rel.LT:
            return left < right
        case Rel.EQ:
            return left == right
        case _:
            assert_never(rel)


def _length(value: Value) -> Decimal:
    """As spreadsheets count: an emoji outside the basic plane is two characters."""
    if isinstance(value, str):
        return Decimal(len(value.encode("utf-16-le")) // 2)
    if value is None:
        return Decimal(0)
    raise NotANumberError(f"the length of {value!r}: engines write numbers differently")


def _part(value: Value) -> str:
    if isinstance(value, bool):
        raise NotANumberError(f"{value!r} joined to a text; engines write it differently")
    return text_of(value)


def _range_value(expr: RangeExpr, env: Env, read: Read) -> Value:
    """The value of a node over ranges."""
    match expr:
        case CountWhere(tests):
            return Decimal(sum(1 for _ in _rows(tests, env, read)))
        case SumWhere(of, tests):
            cells = _cells(of, env)
            found = (cells[row] for row in _rows(tests, env, read))
            return sum((cell for cell in found if isinstance(cell, Decimal)), Decimal(0))
        case PickWhere(of, tests):
            row = next(_rows(tests, env, read), None)
            return "" if row is None else text_of(_cells(of, env)[row])
        case FirstMatch(of, within):
            sought = text_of(read(of)).casefold()
            return Decimal(_cells(within, env).first_places.get(sought, 0))
        case NthFilled(of, n):
            return _nth_filled(_cells(of, env), read(n))
        case PlaceWhere(tests, last, above):
            rows = _rows(tests, env, read, None if above is None else read(above))
            return Decimal(max(rows, default=-1) if last else next(rows, -1)) + 1
        case CellOf(of, n, text):
            return _nth(_cells(of, env), read(n), text)
        case Rising(of):
            return all(map(_follows, _cells(of, env)[1:], _cells(of, env)))
        case _:
            assert_never(expr)


def text_of(value: Value) -> str:
    """What a cell's value is as text; numbers without exponent or trailing zeros."""
    match value:
        case None:
            return ""
        case str():
            return value
        case bool():
            raise TypeError("engines write truth values differently")
        case Decimal():
            text = format(value or abs(value), "f")
            return text.rstrip("0").rstrip(".") if "." in text else text


def _nth_filled(cells: Cells, n: Value) -> str:
    filled = [shown for cell in cells if (shown := text_of(cell))]
    return filled[int(n) - 1] if isinstance(n, Decimal) and 1 <= n <= len(filled) else ""


def _cells(of: Range, env: Env) -> Cells:
    cells = env[of.name]
    if not isinstance(cells, tuple):
        raise TypeError(f"{of.name} is no range")
    return cells if isinstance(cells, Cells) else Cells(cells)


def _rows(tests: tuple[Condition, ...], env: Env, read: Read, above: Value = None) -> Iterator[int]:
    """The rows (from 0) in which all conditions hold; ``above`` a row (from 1) where it is told."""
    asked = [_asked(test, env, read) for test in tests]
    count = len(_cells(ranges_in(tests)[0], env))
    if isinstance(above, Decimal):
        count = min(count, int(above) - 1)
    return (row for row in range(count) if all(holds(row) for holds in asked))


def _asked(test: Condition, env: Env, read: Read) -> Callable[[int], bool]:
    """A condition as a question about one row; its value is worked out once."""
    match test:
        case Same(of, value):
            texts, sought = _cells(of, env).texts, text_of(read(value)).casefold()
            return lambda row: texts[row] == sought
        case Differs(of, value):
            texts, sought = _cells(of, env).texts, text_of(read(value)).casefold()
            return lambda row: texts[row] != sought
        case Filled(of):
            texts = _cells(of, env).texts
            return lambda row: texts[row] != ""
        case Lists(of, value):
            return _among(_cells(of, env), _fenced(text_of(read(value))))
        case Related(of, rel, value):
            cells, bound = _cells(of, env), _as_number(read(value))
            return lambda row: _is_related(cells[row], rel, bound)
        case Either(inner):
            asked = [_asked(one, env, read) for one in inner]
            return lambda row: any(holds(row) for holds in asked)
        case _:
            assert_never(test)


def _as_number(value: Value) -> Decimal:
    if isinstance(value, Decimal):
        return value
    raise NotANumberError(f"{value!r} compared with numbers of a range")


def _is_related(cell: Value, rel: Rel, bound: Decimal) -> bool:
    return isinstance(cell, Decimal) and _related(rel, cell, bound)


def _nth(cells: Cells, n: Value, text: bool) -> Value:
    there = isinstance(n, Decimal) and 1 <= n <= len(cells)
    value = cells[int(n) - 1] if there and isinstance(n, Decimal) else None
    return text_of(value) if text else value


def _follows(cell: Value, above: Value) -> bool:
    """Whether a cell is no number, or a greater one than the one above."""
    return not isinstance(cell, Decimal) or (isinstance(above, Decimal) and cell > above)


def _spelled(text: str, first: str, rest: str) -> bool:
    return not text or (text[0] in first and all(sign in rest for sign in text[1:]))


def _digits(text: str) -> Decimal:
    digits = text.replace("-", "")
    fine = digits.isascii() and digits.isdigit() and len(digits) <= MOST_DIGITS
    return Decimal(digits) if fine else Decimal(0)


def _nth_name(text: str, n: int) -> str:
    """As spreadsheets do it: the names moved apart, and a piece cut out."""
    apart = text.replace(NAMES_SEPARATOR, " " * NAME_ROOM)
    piece = apart[(n - 1) * NAME_ROOM : n * NAME_ROOM]
    return " ".join(part for part in piece.split(" ") if part)


def _among(cells: Cells, sought: str) -> Callable[[int], bool]:
    return lambda row: sought in _fenced(text_of(cells[row]))


def _fenced(text: str) -> str:
    return NAMES_SEPARATOR + text + NAMES_SEPARATOR
