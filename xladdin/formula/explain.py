"""Back-end 3: the tree as a Chinese sentence, the text of a form's 评分原则.

``words`` gives each variable's name as a person calls it.  Named parts are explained first and
then called by their name; a guard against missing values becomes a closing remark.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TypeAlias, assert_never

from .nodes import (
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
from .walk import nodes

Say: TypeAlias = Callable[[Expr], str]

SIGNS = {Op.ADD: "＋", Op.SUB: "－", Op.MUL: "×", Op.DIV: "÷"}
RELATIONS = {Rel.GE: "≥", Rel.GT: "＞", Rel.LE: "≤", Rel.LT: "＜", Rel.EQ: "＝"}
LADDER = 2
"""From so many thresholds of one subject on, it is named only once."""

ROUNDED = {Rounding.HALF_UP: "保留{}位小数", Rounding.UP: "向上取整", Rounding.DOWN: "向下取整"}


def explain(
    expr: Expr, words: Mapping[str, str], result: str = "得分", *, brief: bool = False
) -> str:
    """The rule in Chinese: ``完成率＝实际÷目标；得分＝20×（完成率，最高120%）``.

    ``brief`` leaves out what goes without saying: rounding, a floor of 0, missing inputs.
    Raises KeyError for a variable without a word.
    """
    teller = _Teller(words, brief)
    body, missing = _unguarded(expr)
    body, negative = _signless(body)
    core, rounding = _unrounded(body)
    sentence = teller.outcome(core, result)
    parts = [*(f"{name}＝{text}" for name, text in teller.named.items()), sentence]
    if brief:
        return "；".join(parts)
    text = "；".join(parts) + (f"（{rounding}）" if rounding else "") + "。"
    if missing:
        text += f"{'或'.join(words[name] for name in missing)}未填时不计分。"
    if negative:
        text += f"{words[negative]}为负时不计分。"
    return text


def _unguarded(expr: Expr) -> tuple[Expr, list[str]]:
    """The rule without its outermost guard, and the variables that the guard wants."""
    match expr:
        case If(test, then, Blank()) if _only_presence(test):
            return then, [node.of.name for node in nodes(test) if isinstance(node, IsNumber)]
        case _:
            return expr, []


def _signless(expr: Expr) -> tuple[Expr, str]:
    """The rule without its guard against a variable below 0, and that variable."""
    match expr:
        case If(Compare(Rel.GE, Var(name), Num(zero)), then, Blank()) if not zero:
            return then, name
        case _:
            return expr, ""


def _only_presence(test: Expr) -> bool:
    match test:
        case IsNumber():
            return True
        case AllOf(tests):
            return all(isinstance(part, IsNumber) for part in tests)
        case _:
            return False


def _unrounded(expr: Expr) -> tuple[Expr, str]:
    match expr:
        case Round(of, digits, Rounding.HALF_UP):
            return of, ROUNDED[Rounding.HALF_UP].format(digits)
        case _:
            return expr, ""


@dataclass
class _Teller:
    """Writes one sentence and remembers the named parts that it met."""

    words: Mapping[str, str]
    brief: bool = False
    naming: int = 0
    """Inside so many named parts: there a floor of 0 is told also in brief, since a part that
    could be read as negative would seem to add points."""
    named: dict[str, str] = field(default_factory=dict)

    def outcome(self, expr: Expr, result: str) -> str:
        """``得分＝…``, with one clause per branch where the rule branches."""
        match expr:
            case If():
                clauses = [
                    f"{self.say(test)}时，{self.outcome(then, result)}"
                    for test, then in _branches(expr)
                ]
                last = _last(expr)
                if not (self.brief and isinstance(last, Blank)):
                    clauses.append(f"其余{self.outcome(last, result)}")
                return "；".join(clauses)
            case Blank():
                return f"{result}留空"
            case _:
                return f"{result}＝{self.say(expr)}"

    def say(self, expr: Expr) -> str:
        """A sub-expression as a phrase."""
        expr = self._shown(expr)
        if isinstance(expr, RangeExpr):
            return _range_words(expr, self.words, self.say)
        match expr:
            case Num(value, percent, suffix):
                return _figure(value, percent) + suffix
            case Text(value):
                return f"「{value}」"
            case Blank():
                return "空"
            case Var(name):
                return self.words[name]
            case Arith(op, left, right):
                return (
                    f"{self._operand(left, op, False)}{SIGNS[op]}{self._operand(right, op, True)}"
                )
            case Compare(rel, left, right):
                return f"{self.say(left)}{RELATIONS[rel]}{self.say(right)}"
            case AllOf(tests):
                # A closed range of one subject names it once: 分数为-10至5.
                return self._spans((expr,)) or "且".join(self.say(test) for test in tests)
            case AnyOf(tests):
                return self._spans(tests) or "或".join(self.say(test) for test in tests)
            case IsNumber(of) | IsEmpty(of):
                return f"{self.say(of)}{'已' if isinstance(expr, IsNumber) else '未'}填"
            case Not(of):
                return f"并非{self.say(of)}"
            case If():
                return self._inline_branches(expr)
            case Round(of, digits, mode):
                return f"{self.say(of)}（{ROUNDED[mode].format(digits)}）"
            case Least(of, cap):
                return f"{self.say(of)}，最高{self._limit(cap)}"
            case Greatest(of, floor):
                return f"{self.say(of)}，最低{self._limit(floor)}"
            case CountNumbers(of):
                return f"{len(of)}项中已填的项数"
            case Length(of):
                return f"{self.say(of)}的字数"
            case SumNumbers(of):
                return f"{len(of)}项之和"
            case Join(parts):
                return "".join(p.value if isinstance(p, Text) else self.say(p) for p in parts)
            case Listing(items, separator):
                return separator.join(f"{text}（{self.say(test)}时）" for test, text in items)
            case Contains(of, parts):
                return f"{self.say(of)}含{'或'.join(parts)}"
            case Spelled(of, first, rest):
                return f"{self.say(of)}以{first}之一开头、只用{rest}"
            case Digits(of):
                return f"{self.say(of)}中的数字"
            case NthName(of, n):
                return f"{self.say(of)}中的第{n}个名称"
            case Named(label, of):
                # Told before it is stored, so that parts it is made of come first.
                self.naming += 1
                phrase = self.say(of)
                self.naming -= 1
                self.named.setdefault(label, phrase)
                return label
            case _:
                assert_never(expr)

    def _shown(self, expr: Expr) -> Expr:
        """The part that is told: 5 x points / 5 is the points; in brief no rounding, no /0 guard."""
        match expr:
            case Arith(Op.MUL, Num(full), Arith(Op.DIV, of, Num(top))) if full == top:
                return self._shown(of)
            case Greatest(of, Num(floor)) if self.brief and not floor and not self.naming:
                return self._shown(of)
            case Round(of, _, Rounding.HALF_UP) if self.brief:
                return self._shown(of)
            case If(Compare(Rel.GT, guarded, Num(zero)), Arith(Op.DIV, _, below) as quotient) if (
                self.brief and not zero and guarded == below
            ):
                return quotient
            case _:
                return expr

    def _inline_branches(self, expr: If) -> str:
        branches = _branches(expr)
        if ladder := self._ladder(branches):
            clauses = ladder
        else:
            clauses = [f"{self.say(test)}时为{self.say(then)}" for test, then in branches]
        return "，".join([*clauses, f"其余为{self.say(_last(expr))}"])

    def _ladder(self, branches: list[tuple[Expr, Expr]]) -> list[str]:
        """Several thresholds of one subject name it once: ``实际≥65%为100%，≥60%为90%``."""
        tests = [test for test, _ in branches if isinstance(test, Compare)]
        if len(branches) < LADDER or len(tests) < len(branches):
            return []
        if any(test.left != tests[0].left for test in tests):
            return []
        steps = [
            f"{RELATIONS[test.rel]}{self.say(test.right)}为{self.say(then)}"
            for test, (_, then) in zip(tests, branches, strict=True)
        ]
        return [self.say(tests[0].left) + steps[0], *steps[1:]]

    def _spans(self, tests: tuple[Expr, ...]) -> str:
        """Alternatives of one subject name it once: ``评分为4至5、2至3或0``."""
        spans = [_span(test) for test in tests]
        subjects = {span[0] for span in spans if span}
        if None in spans or len(subjects) != 1:
            return ""
        ends = [
            self.say(span[1]) + (f"至{self.say(span[2])}" if span[2] != span[1] else "")
            for span in spans
            if span
        ]
        listed = "或".join(["、".join(ends[:-1]), ends[-1]]) if len(ends) > 1 else ends[0]
        return f"{self.say(subjects.pop())}为{listed}"

    def _limit(self, expr: Expr) -> str:
        """A cap or a floor, in brackets where it has one of its own."""
        phrase = self.say(expr)
        return f"（{phrase}）" if isinstance(expr, Least | Greatest) else phrase

    def _operand(self, expr: Expr, op: Op, right: bool) -> str:
        """An operand, in brackets where it would be read wrongly without."""
        phrase = self.say(expr)
        match self._shown(expr):
            case Arith(inner) if _bracketed(inner, op, right):
                return f"（{phrase}）"
            case Least() | Greatest() | If() | Compare():
                return f"（{phrase}）"
            case Num(value) if right and value < 0:
                return f"（{phrase}）"
            case _:
                return phrase


def _span(test: Expr) -> tuple[Expr, Expr, Expr] | None:
    """Subject, start and end of a test that is a closed range or one value."""
    match test:
        case AllOf((Compare(Rel.GE, low, start), Compare(Rel.LE, high, end))) if low == high:
            return low, start, end
        case Compare(Rel.EQ, of, value):
            return of, value, value
        case _:
            return None


def _bracketed(inner: Op, outer: Op, right: bool) -> bool:
    inner_sum, outer_sum = inner in (Op.ADD, Op.SUB), outer in (Op.ADD, Op.SUB)
    return (inner_sum and not outer_sum) or (
        right and ((outer is Op.SUB and inner_sum) or (outer is Op.DIV and not inner_sum))
    )


def _branches(expr: If) -> list[tuple[Expr, Expr]]:
    found: list[tuple[Expr, Expr]] = []
    rest: Expr = expr
    while isinstance(rest, If):
        # A guard around the last branches says nothing that "the rest: nothing" does not say.
        guard = _only_presence(rest.test) and isinstance(rest.otherwise, Blank)
        if found and guard and isinstance(rest.then, If) and isinstance(_last(rest.then), Blank):
            return [*found, *_branches(rest.then)]
        found.append((rest.test, rest.then))
        rest = rest.otherwise
    return found


def _last(expr: If) -> Expr:
    rest: Expr = expr
    while isinstance(rest, If):
        rest = rest.otherwise
    return rest


def _figure(value: Decimal, percent: bool) -> str:
    text = format((value * 100 if percent else value) or abs(value), "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return f"{text}%" if percent else text


def _range_words(expr: RangeExpr, words: Mapping[str, str], say: Say) -> str:
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
        case PlaceWhere(tests, last, above):
            which = "最后" if last else "第"
            before = "" if above is None else f"{say(above)}之前"
            return f"{before}{_told(tests, words, say)}的{which}一行的位置"
        case CellOf(of, n):
            return f"{words[of.name]}的第{say(n)}格"
        case Rising(of):
            return f"{words[of.name]}逐行递增"
        case Median(of):
            return f"{words[of.name]}的中位数"
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
        case Related(of, rel, value):
            return f"{words[of.name]}{RELATIONS[rel]}{say(value)}"
        case Either(inner):
            return "（" + "或".join(_condition(one, words, say) for one in inner) + "）"
        case _:
            assert_never(test)
