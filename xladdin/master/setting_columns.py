"""The rules' settings as the master's sheets hold them: columns, and what may stand in them.

Everything here is read off what the rules declare (``domain.methods``).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from xladdin.domain.methods import ADJUSTMENTS, METHODS, RULES
from xladdin.domain.rule_terms import Basis
from xladdin.domain.setting_declarations import CellColumn, Demand, Stated, StepKind, Takes
from xladdin.domain.sizes import LABEL
from xladdin.formula.nodes import Compare, Expr, IsNumber, Length, Not, Rel, Text, Var, number
from xladdin.formula.walk import substitute, variables
from xladdin.schemes.labels import CHOICE_LABELS

from .cell_demands import formula_like, misread, outside
from .cell_kinds import Kind
from .constraints import Demand as Demanded
from .constraints import Required, demand
from .row_questions import NEVER, both, either, word
from .sheet_spec import Bounds, Case, Column, Constraint, Rule, bounds

NARROW = 8.5
"""Width of a setting: they stand close together, since most rows use two or three of them."""
ANY_NUMBER, POSITIVE = Bounds(), bounds(0, above=True)
KINDS = {
    Takes.RATIO: Kind.RATIO,
    Takes.POINTS: Kind.NUMBER,
    Takes.MEASURE: Kind.MEASURE,
    Takes.CHOICE: Kind.CHOICE,
    Takes.YES_NO: Kind.YES_NO,
    Takes.TEXT: Kind.TEXT,
}
_FIELD_NAMES = re.compile(r"（[a-z_]+）")
"""What messages call a field in YAML files means nothing to whoever edits a workbook."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """One setting of a rule: its column, its field, and how the cell is read for this rule."""

    stated: Stated

    @property
    def column(self) -> str:
        return self.stated.setting.column.key

    @property
    def path(self) -> tuple[str, ...]:
        return self.stated.path

    @property
    def kind(self) -> Kind:
        return KINDS[self.stated.setting.takes]

    @property
    def required(self) -> bool:
        return self.stated.required

    @property
    def bounds(self) -> Bounds:
        return POSITIVE if self.stated.above else ANY_NUMBER


PARAMETERS: dict[str, tuple[Parameter, ...]] = {
    kind: tuple(map(Parameter, rule.settings())) for kind, rule in RULES.items()
}
"""Rule -> its settings."""
_CELLS: dict[str, CellColumn] = {
    item.column: item.stated.setting.column for items in PARAMETERS.values() for item in items
}
"""Every column that holds a setting of some rule, in the order of the sheet."""
COLUMNS = frozenset(_CELLS)

LISTS: dict[str, StepKind] = {
    kind: each.listed.kind for kind, rule in RULES.items() for each in rule.lists()
}
"""Rule -> the kind of its rows on the sheet of steps; the other rules have none there."""
STEP_KINDS: dict[str, StepKind] = {each.key: each for each in LISTS.values()}
MOST_STEPS = {
    kind: each.most for kind, rule in RULES.items() for each in rule.lists() if not each.single
}
"""Rule -> most rows."""

METHOD_WORDS = {kind: rule.label for kind, rule in RULES.items()}
"""Rule -> what it is called in a cell."""
METHOD_ALIASES = {alias: kind for kind, rule in RULES.items() for alias in rule.aliases}


def scored_by(*kinds: str) -> Expr:
    """The row is scored by one of these rules."""
    return word("method", *(METHOD_WORDS[kind] for kind in kinds)) if kinds else NEVER


def with_steps(*keys: str) -> Expr:
    """The row's rule has rows of these kinds on the sheet of steps."""
    return scored_by(*(kind for kind, steps in LISTS.items() if steps.key in keys))


def users_of(column: str) -> list[str]:
    """The rules that have a setting in this column."""
    return [
        kind for kind, items in PARAMETERS.items() if any(one.column == column for one in items)
    ]


ADJUSTING = scored_by(*ADJUSTMENTS)
ADDING = scored_by(*(kind for kind, rule in ADJUSTMENTS.items() if not rule.taken))
KNOWN_METHOD = scored_by(*RULES)
FALLING = word("direction", CHOICE_LABELS["direction"]["lower"])
_BASES = {
    kind: rule.model_fields["basis"].default
    for kind, rule in METHODS.items()
    if "basis" in rule.model_fields
}


def _of_completion() -> Expr:
    completion, actual = (
        word("basis", CHOICE_LABELS["basis"][each]) for each in ("completion", "actual")
    )
    tests = [
        both(scored_by(kind), Not(actual) if usual is Basis.COMPLETION else completion)
        for kind, usual in _BASES.items()
    ]
    return either(*tests) if tests else NEVER


OF_COMPLETION = _of_completion()
"""The thresholds of the row's rule are shares of the target."""


def called(case: Case) -> str:
    """The row's method, as a message begins with it."""
    return f"「{case.said('method')}」"


# Columns.


def setting_columns() -> Iterator[Column]:
    """The columns of settings on the sheet of indicators."""
    for key, cell in _CELLS.items():
        items = [item for items in PARAMETERS.values() for item in items if item.column == key]
        kinds = {item.kind for item in items}
        words = {value: said for it in items for value, said in it.stated.setting.choices.items()}
        yield Column(
            key,
            cell.head,
            kinds.pop() if len(kinds) == 1 else Kind.MEASURE,
            _prompt(cell),
            min(cell.width, NARROW),
            words=words,
            usual=cell.usual,
        )


def _prompt(cell: CellColumn) -> str:
    """The column's own prompt, and what it holds for each rule: ``扣分制、加分项填最多分数``."""
    told: dict[str, list[str]] = {}
    for kind, items in PARAMETERS.items():
        for item in items:
            if item.column == cell.key and item.stated.setting.told:
                told.setdefault(item.stated.setting.told, []).append(METHOD_WORDS[kind])
    parts = [f"{'、'.join(rules)}{what}" for what, rules in told.items()]
    return cell.prompt + (f"{'；'.join(parts)}。" if parts else "")


# What is demanded.


def demanded_settings() -> Iterator[Required]:
    """Settings without which a rule cannot score."""
    for kind, items in PARAMETERS.items():
        for item in items:
            if item.required:
                yield Required(
                    (item.column,), scored_by(kind), "parameter_missing", says=_needs(item.column)
                )
    for when, column, each in _demands():
        if each.wrong is None:
            yield Required((column,), when, each.code, says=_saying(_plain(each.message)))


def demands_between() -> Iterator[Constraint]:
    """What a rule's settings must not say together."""
    for when, column, each in _demands():
        if each.wrong is not None:
            yield demand(each.code, both(when, each.wrong), _plain(each.message), column)


def _demands() -> Iterator[tuple[Expr, str, Demand]]:
    """When, to which column, and the demand over columns."""
    for kind, rule in RULES.items():
        columns = {item.stated.field: item.column for item in PARAMETERS[kind]}
        for each in rule.demands:
            when = both(scored_by(kind), FALLING) if each.lower else scored_by(kind)
            wrong = None if each.wrong is None else over_columns(kind, each.wrong)
            yield when, columns[each.field], Demand(each.code, each.message, each.field, wrong)


def over_columns(kind: str, tree: Expr) -> Expr:
    """A tree over a rule's settings, by their columns."""
    return substitute(tree, {item.stated.field: Var(item.column) for item in PARAMETERS[kind]})


def known(tree: Expr) -> Expr:
    """Every variable of a tree holds a number."""
    tests = [IsNumber(var) for var in variables(tree).values()]
    return both(*tests) if tests else Compare(Rel.GT, number(1), number(0))


def _plain(message: str) -> str:
    return _FIELD_NAMES.sub("", message)


def _needs(column: str) -> Callable[[Case], str]:
    return lambda case: f"{called(case)}须填「{case.head(column)}」"


def _saying(message: str) -> Callable[[Case], str]:
    return lambda _: message


def setting_rules() -> Iterator[Demanded]:
    """Each rule's settings hold what the rule reads there."""
    for kind, items in PARAMETERS.items():
        for item in items:
            yield from _setting(scored_by(kind), item)


def _setting(when: Expr, item: Parameter) -> Iterator[Demanded]:
    key, head = item.column, item.stated.setting.column.head
    words = item.stated.setting.choices.values()
    unit_at = "step_at" if key == "step" else "unit_at"
    wrongs = [*misread(key, item.kind, words, unit_at)]
    if item.kind is Kind.TEXT:
        wrongs = [(Compare(Rel.GT, Length(Var(key)), number(LABEL)), f"最多{LABEL}个字")]
        odd = formula_like(key)
        yield Demanded(replace(odd, wrong=both(when, odd.wrong)))
    for wrong, what in wrongs:
        yield Demanded(Rule(both(when, wrong), Text(head + what), key))
    if item.bounds.above:
        low = outside(key, item.bounds.low, None, above=True)
        yield demand("out_of_range", both(when, low), f"{head}应大于{item.bounds.low}", key)
