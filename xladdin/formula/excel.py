"""Back-end 2: the tree as the text of a spreadsheet formula.

Only functions that Excel 2010, WPS and LibreOffice 7 all have: IF, AND, OR, ROUND, ROUNDUP,
ROUNDDOWN, MIN, MAX, SUM, COUNT, ISNUMBER, LEN, TRIM, NOT, MID, and those over ranges (``_range_text``).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import TypeAlias, assert_never

from .arithmetic import SNAP_DIGITS
from .compiled import MOST_DIGITS, SPELLED
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
    Median,
    Named,
    Not,
    NthFilled,
    NthName,
    Num,
    Op,
    PickWhere,
    PlaceWhere,
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
from .walk import ranges_in, textual

Print: TypeAlias = Callable[[Expr], str]
"""Gives the formula text of an expression as an operand of ``&``."""
BEHIND = 1_000_000
"""More than the rows that a range can have."""
FENCE = f'"{NAMES_SEPARATOR}"'

# Binding strength, as Excel's: comparison, then &, then + -, then * /, then atoms.
COMPARISON, JOINING, SUM, PRODUCT, ATOM = range(5)
STRENGTH = {Op.ADD: SUM, Op.SUB: SUM, Op.MUL: PRODUCT, Op.DIV: PRODUCT}
LONGEST = 120
"""Characters in one text literal: some count twice there, and 255 are allowed."""
LONGEST_TEXT = 32767
FUNCTIONS: dict[type[Expr], str] = {
    AllOf: "AND",
    AnyOf: "OR",
    CountNumbers: "COUNT",
    Greatest: "MAX",
    IsNumber: "ISNUMBER",
    Least: "MIN",
    Length: "LEN",
    SumNumbers: "SUM",
}
ROUND_FUNCTIONS = {
    Rounding.HALF_UP: "ROUND",
    Rounding.UP: "ROUNDUP",
    Rounding.DOWN: "ROUNDDOWN",
}


def excel(expr: Expr, places: Mapping[str, str]) -> str:
    """The formula without its leading ``=``; ``places`` says where each variable stands.

    Raises KeyError for a variable that stands nowhere: a bug of who laid the sheet out.
    """
    return _text(expr, places)[0]


def literal(value: Decimal) -> str:
    """A number as formula text: no exponent, no trailing zeros, no negative zero."""
    text = format(value or abs(value), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def quoted(text: str) -> str:
    """A text as formula text; a long one in pieces, since a literal holds 255 characters."""
    pieces = [text[i : i + LONGEST] for i in range(0, len(text), LONGEST)] or [""]
    return "&".join('"' + piece.replace('"', '""') + '"' for piece in pieces)


def _text(expr: Expr, places: Mapping[str, str]) -> tuple[str, int]:
    """The text and its binding strength."""
    if isinstance(expr, RangeExpr):
        return _range_text(expr, places, lambda inner: _bare(inner, SUM, places)), ATOM
    match expr:
        case Num(value):
            return literal(value), ATOM if value >= 0 else SUM
        case Text(value):
            return quoted(value), ATOM if len(value) <= LONGEST else JOINING
        case Blank():
            return '""', ATOM
        case Var(name, text=True):
            # An empty cell that is the result would show as 0.
            return f'{places[name]}&""', JOINING
        case Var(name):
            return places[name], ATOM
        case Arith(op, left, right):
            return _arith(op, left, right, places)
        case Compare(rel, left, right):
            return _compare(rel, left, right, places), COMPARISON
        case AllOf(tests) | AnyOf(tests):
            return _call(FUNCTIONS[type(expr)], tests, places), ATOM
        case IsNumber(of):
            return _asked(FUNCTIONS[type(expr)], (of,), places), ATOM
        case Length(of):
            return f"{FUNCTIONS[Length]}({_bare(of, COMPARISON, places)})", ATOM
        case IsEmpty(of):
            return f'TRIM({places[of.name]})=""', COMPARISON
        case Not(of):
            return _call("NOT", (of,), places), ATOM
        case If(test, then, otherwise):
            return _call("IF", (test, then, otherwise), places), ATOM
        case Round(of, digits, mode):
            return f"{ROUND_FUNCTIONS[mode]}({_snapped(of, places)},{digits})", ATOM
        case Least(of, limit) | Greatest(of, limit):
            return _call(FUNCTIONS[type(expr)], (of, limit), places), ATOM
        case CountNumbers(of) | SumNumbers(of):
            return _asked(FUNCTIONS[type(expr)], of, places), ATOM
        case Join(parts):
            return _joined(parts, places), JOINING
        case Listing(items, separator):
            return _listing(items, separator, places), ATOM
        case Named(_, of):
            return _text(of, places)
        case Contains(of, parts):
            return _contains(of, parts, places), ATOM
        case Spelled(of, first, rest):
            return _spelled(places[of.name], first, rest), ATOM
        case Digits(of):
            return _digits(places[of.name]), ATOM
        case NthName(of, n, separator, room):
            wide = f'REPT(" ",{room})'
            apart = f'SUBSTITUTE({places[of.name]}&"",{quoted(separator)},{wide})'
            return f"TRIM(MID({apart},{(n - 1) * room + 1},{room}))", ATOM
        case _:
            assert_never(expr)


def _within(expr: Expr, strength: int, places: Mapping[str, str]) -> str:
    """The text, in brackets where it binds more loosely than its surroundings."""
    text, own = _text(expr, places)
    return text if own >= strength else f"({text})"


def _joined(parts: tuple[Expr, ...], places: Mapping[str, str]) -> str:
    """The parts with ``&`` between them; with an empty text where one alone could be a number."""
    texts = [_bare(part, SUM, places) for part in parts]
    return "&".join(texts if len(texts) > 1 else [*texts, quoted("")])


def _listing(items: tuple[tuple[Expr, str], ...], separator: str, places: Mapping[str, str]) -> str:
    """Each text with a separator before it; the first separator is cut off again."""
    texts = [_call("IF", (test, Text(separator + text), Text("")), places) for test, text in items]
    return f"MID({'&'.join(texts)},2,{LONGEST_TEXT})"


def _bare(expr: Expr, strength: int, places: Mapping[str, str]) -> str:
    """An operand that may be an empty cell: it counts as an empty text here."""
    return places[expr.name] if isinstance(expr, Var) else _within(expr, strength, places)


def _asked(name: str, cells: tuple[Var, ...], places: Mapping[str, str]) -> str:
    """A function over cells as they are, whatever they hold."""
    return f"{name}({','.join(places[cell.name] for cell in cells)})"


def _call(name: str, arguments: tuple[Expr, ...], places: Mapping[str, str]) -> str:
    return f"{name}({','.join(_text(argument, places)[0] for argument in arguments)})"


def _arith(op: Op, left: Expr, right: Expr, places: Mapping[str, str]) -> tuple[str, int]:
    strength = STRENGTH[op]
    # a-(b-c), a/(b/c), a*(b/c): keep the order in which the tree computes.
    grouped = op in (Op.SUB, Op.DIV) or (isinstance(right, Arith) and right.op is Op.DIV)
    tighter = strength + 1 if grouped else strength
    text = f"{_within(left, strength, places)}{op}{_within(right, tighter, places)}"
    return text, strength


def _compare(rel: Rel, left: Expr, right: Expr, places: Mapping[str, str]) -> str:
    return f"{_comparable(left, places)}{rel}{_comparable(right, places)}"


def _comparable(expr: Expr, places: Mapping[str, str]) -> str:
    return _bare(expr, JOINING, places) if textual(expr) else _snapped(expr, places)


def _snapped(expr: Expr, places: Mapping[str, str]) -> str:
    """The number rounded to 6 places, unless it is already no finer than that."""
    match expr:
        case Num(value) if value == round(value, SNAP_DIGITS):
            return literal(value)
        case Round(digits=digits) if digits <= SNAP_DIGITS:
            return _text(expr, places)[0]
        case CountNumbers() | Length() | CountWhere() | FirstMatch() | PlaceWhere() | Digits():
            return _text(expr, places)[0]
        case _:
            return f"ROUND({_text(expr, places)[0]},{SNAP_DIGITS})"


def _range_text(expr: RangeExpr, places: Mapping[str, str], show: Print) -> str:
    """The formula text of a node over ranges."""
    match expr:
        case CountWhere(tests):
            return f"SUMPRODUCT({_product(tests, places, show)})"
        case SumWhere(of, tests):
            return f"SUMPRODUCT({_product(tests, places, show)},{places[of.name]})"
        case PickWhere(of, tests):
            cells = places[of.name]
            # The first row has the greatest weight; where none fits, INDEX asks for one too many.
            weight = f"ROWS({cells})+ROW(INDEX({cells},1))-ROW({cells})"
            best = f"SUMPRODUCT(MAX({_factors(tests, places, show)}*({weight})))"
            return f'IFERROR(INDEX({cells},ROWS({cells})+1-{best})&"","")'
        case FirstMatch(of, within):
            found = f"IFERROR(MATCH({_masked(show(of))},{places[within.name]},0),0)"
            # MATCH would find an empty text where a formula gives one.
            return found if _never_empty(of) else f'IF({show(of)}&""="",0,{found})'
        case NthFilled(of, n):
            cells = places[of.name]
            own = f"ROW({cells})-ROW(INDEX({cells},1))+1"
            # Nothing that Excel takes apart into single cells (IF, IFERROR) may stand in here.
            place = f'SUMPRODUCT(SMALL({own}+{BEHIND}*({cells}=""),{show(n)}))'
            return f'IFERROR(INDEX({cells},{place})&"","")'
        case PlaceWhere(tests, last, above):
            return _place(tests, last, None if above is None else show(above), places, show)
        case CellOf(of, n, text):
            cell = f"INDEX({places[of.name]},{show(n)})"
            held = f'{cell}&""' if text else f'IF({cell}="","",{cell})'
            return f'IF({show(n)}<1,"",IFERROR({held},""))'
        case Rising(of):
            cells = places[of.name]
            lower = f"INDEX({cells},2):INDEX({cells},ROWS({cells}))"
            upper = f"INDEX({cells},1):INDEX({cells},ROWS({cells})-1)"
            breaks = f"SUMPRODUCT(--ISNUMBER({lower}),1-ISNUMBER({upper})*({lower}>{upper}))"
            return f"IFERROR({breaks}=0,TRUE)"
        case Median(of):
            return f'IFERROR(MEDIAN({places[of.name]}),"")'
        case _:
            assert_never(expr)


def _place(
    tests: tuple[Condition, ...],
    last: bool,
    above: str | None,
    places: Mapping[str, str],
    show: Print,
) -> str:
    cells = places[ranges_in(tests)[0].name]
    own = f"(ROW({cells})-ROW(INDEX({cells},1))+1)"
    factors = _factors(tests, places, show)
    if above is not None:
        factors += f"*({own}<{above})"
    if last:
        return f"SUMPRODUCT(MAX({factors}*{own}))"
    # The first row has the greatest weight; where none fits, one row too many is left: 0.
    behind = f"(ROWS({cells})+1)"
    return f"MOD({behind}-SUMPRODUCT(MAX({factors}*({behind}-{own}))),{behind})"


def _contains(of: Expr, parts: tuple[str, ...], places: Mapping[str, str]) -> str:
    sought = "{" + ",".join(quoted(part) for part in parts) + "}"
    return f"(SUMPRODUCT(--ISNUMBER(FIND({sought},{_bare(of, SUM, places)})))>0)"


def _spelled(cell: str, first: str, rest: str) -> str:
    """Made longer with what may stand there: engines differ on looking for an empty text."""
    beginning = f"ISNUMBER(FIND(LEFT({cell}&{quoted(first[0])},1),{quoted(first)}))"
    long = f"{cell}&REPT({quoted(rest[0])},{SPELLED})"
    return f"AND({beginning},{_foreign(long, 2, SPELLED, rest)}=0)"


def _digits(cell: str) -> str:
    bare = f'SUBSTITUTE({cell}&"","-","")'
    foreign = _foreign(f'{bare}&REPT("0",{MOST_DIGITS})', 1, MOST_DIGITS, "0123456789")
    fine = f"AND(LEN({bare})>0,LEN({bare})<={MOST_DIGITS},{foreign}=0)"
    return f"IF({fine},VALUE({bare}),0)"


def _foreign(text: str, start: int, end: int, letters: str) -> str:
    """How many characters of a text, from one place to another, are none of the letters."""
    places = "{" + ",".join(str(i) for i in range(start, end + 1)) + "}"
    return f"SUMPRODUCT(--ISERROR(FIND(MID({text},{places},1),{quoted(letters)})))"


def _product(tests: tuple[Condition, ...], places: Mapping[str, str], show: Print) -> str:
    """The conditions as one array of 1 and 0."""
    factors = _factors(tests, places, show)
    return factors if len(tests) > 1 else f"--{factors}"


def _factors(tests: tuple[Condition, ...], places: Mapping[str, str], show: Print) -> str:
    return "*".join(f"({_test(test, places, show)})" for test in tests)


def _test(test: Condition, places: Mapping[str, str], show: Print) -> str:
    match test:
        case Same(of, value):
            return f'{places[of.name]}&""={show(value)}&""'
        case Differs(of, value):
            return f'{places[of.name]}&""<>{show(value)}&""'
        case Filled(of):
            return f'{places[of.name]}<>""'
        case Lists(of, value):
            sought = f"{FENCE}&LOWER({show(value)})&{FENCE}"
            return f"ISNUMBER(FIND({sought},{FENCE}&LOWER({places[of.name]})&{FENCE}))"
        case Related(of, rel, value):
            return f"ISNUMBER({places[of.name]})*({places[of.name]}{rel}{show(value)})"
        case Either(inner):
            return "+".join(f"({_test(one, places, show)})" for one in inner) + ">0"
        case _:
            assert_never(test)


def _never_empty(expr: Expr) -> bool:
    match expr:
        case Text(value):
            return value != ""
        case Join(parts):
            return any(map(_never_empty, parts))
        case _:
            return False


def _masked(text: str) -> str:
    """A text whose wildcards MATCH takes as plain characters."""
    shown = f'{text}&""'
    for wildcard in "~*?":
        shown = f'SUBSTITUTE({shown},"{wildcard}","~{wildcard}")'
    return shown
