"""The scoring functions of the LAMBDA pack, as the rules declare them (``domain.methods``).

What no parameter can express becomes a function of its own: the direction, and a line on the
actual instead of on the completion.  Steps and bands have a fixed number of places; whoever needs
fewer repeats the last step, or gives a band of 0 to 0.

A rule's code asks for its settings as numbers, so each setting is given a size of its own; in the
finished tree the sizes are then replaced by variables.  A number that is neither a setting, nor
computed from settings, nor one of the few that rules contain, is an error here: a formula with an
example size left in it would be worse than none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from decimal import Decimal
from functools import cached_property
from itertools import permutations
from typing import Any

from xladdin.domain.methods import RULES
from xladdin.domain.quantities import Direction
from xladdin.domain.rule_models import Adjustment, MethodSettings, ScoringRule
from xladdin.domain.setting_declarations import Argument, Path
from xladdin.domain.setting_declarations import Variant as Declared
from xladdin.formula.nodes import (
    Blank,
    Expr,
    If,
    IsNumber,
    Num,
    Text,
    Var,
    add,
    all_of,
    number,
    sub,
)
from xladdin.formula.walk import variables

OWN_NUMBERS = frozenset({Decimal(0), Decimal(1)})
"""Numbers that rules contain by themselves."""
INCOMPLETE = "#参数不全"
Sizes = Mapping[str, Decimal]
"""Parameter -> a size that no other number in the tree has."""


class StrangeNumberError(Exception):
    """A rule's tree holds a number that comes from no setting: it cannot be parameterised so."""


def parameterised(expr: Expr, sizes: Sizes) -> Expr:
    """The tree with every number that came from a setting read from a variable instead.

    Raises StrangeNumberError for a number that came from nowhere.
    """
    known: dict[Decimal, Expr] = {size: Var(name) for name, size in sizes.items()}
    for (one, first), (other, second) in permutations(sizes.items(), 2):
        known.setdefault(first - second, sub(Var(one), Var(other)))
    for name, size in sizes.items():
        known.setdefault(size + 1, add(Var(name), number(1)))
        known.setdefault(-size, sub(number(0), Var(name)))

    def found(node: Num) -> Expr:
        if node.value in OWN_NUMBERS:
            return node
        if node.value not in known:
            raise StrangeNumberError(f"{node.value} in {expr}")
        return known[node.value]

    replaced: Expr = _numbers_replaced(expr, found)
    return replaced


def guarded(rule: Expr, settings: Iterable[str]) -> Expr:
    """The rule, unless full points or a setting is missing, which Excel would take for 0."""
    full = [name for name in ("full",) if name in variables(rule)]
    needed = tuple(IsNumber(Var(name)) for name in (*full, *settings))
    incomplete = If(IsNumber(Var("actual")), Text(INCOMPLETE), Blank())
    return If(all_of(needed), rule, incomplete)


def _numbers_replaced(expr: Any, found: Callable[[Num], Expr]) -> Any:
    """Any part of a tree with its numbers replaced."""
    if isinstance(expr, Num):
        return found(expr)
    if isinstance(expr, tuple):
        return tuple(_numbers_replaced(part, found) for part in expr)
    if not is_dataclass(expr) or isinstance(expr, type):
        return expr
    parts = {each.name: getattr(expr, each.name) for each in fields(expr)}
    return replace(expr, **{n: _numbers_replaced(part, found) for n, part in parts.items()})


INPUTS = {"actual": "实际达成", "target": "目标", "full": "满分"}
PARTS = {"id": "item", "name": "加减分", "criteria": "", "source": {"way": "手工", "post": "人事"}}
"""What an adjustment has besides its settings."""


@dataclass(frozen=True)
class Variant:
    """One function: a rule whose settings are parameters."""

    rule: type[ScoringRule]
    declared: Declared

    @property
    def name(self) -> str:
        return self.declared.name

    @property
    def told(self) -> str:
        return self.declared.told

    @property
    def direction(self) -> Direction:
        return self.declared.direction

    @property
    def examples(self) -> tuple[tuple[str, ...], ...]:
        """Arguments: actual, target where there is one, full points, settings."""
        return self.declared.examples

    @property
    def settings(self) -> tuple[Argument, ...]:
        """The parameters besides the figures."""
        own = [
            replace(each.setting.argument, path=each.path)
            for each in self.rule.settings()
            if each.setting.argument and each.path[0] not in self.declared.fixed
        ]
        return (*self.declared.arguments, *own)

    @cached_property
    def built(self) -> ScoringRule:
        """The rule with the parameters' sizes for its settings."""
        raw: dict[str, Any] = dict(self.declared.fixed)
        for argument in self.settings:
            _put(raw, argument.path, Decimal(argument.size))
        for each in self.rule.lists():
            for entry in () if each.single else raw[each.field]:
                for column in each.listed.kind.optional:
                    entry.setdefault(each.listed.kind.columns[column], "")
        extra = PARTS if issubclass(self.rule, Adjustment) else {}
        return self.rule.model_validate({**extra, **raw})

    @cached_property
    def sizes(self) -> dict[str, Decimal]:
        return {argument.name: Decimal(argument.size) for argument in self.settings}

    @cached_property
    def tree(self) -> Expr:
        """The rule over figures and settings."""
        return parameterised(self.built.expression(self.direction), self.sizes)

    @cached_property
    def parameters(self) -> tuple[str, ...]:
        read = variables(self.tree)
        return (*(name for name in INPUTS if name in read), *self.sizes)

    @property
    def dated(self) -> bool:
        """Whether actual and target are dates."""
        built = self.built
        return isinstance(built, MethodSettings) and built.dated


def _put(raw: Any, path: Path, value: Decimal) -> None:
    """A value into raw data, whose lists grow as they are needed."""
    step, *rest = path
    if isinstance(step, int):
        raw += [{} for _ in range(len(raw), step + 1)]
    if not rest:
        raw[step] = value
        return
    if isinstance(raw, dict):
        raw.setdefault(step, [] if isinstance(rest[0], int) else {})
    _put(raw[step], tuple(rest), value)


VARIANTS: tuple[Variant, ...] = tuple(
    Variant(rule, declared) for rule in RULES.values() for declared in rule.variants
)
