"""What every scoring rule is: a frozen model of its settings, and the tree that they mean.

Each rule has a module of its own in ``domain.methods``; that module and a case file are all that
it takes, since every door reads what it declares.  A rule either scores an indicator
(``MethodSettings``) or counts points outside the 100 (``Adjustment``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Annotated, Any, ClassVar, Literal

from xladdin.formula.evaluate import Value, evaluate
from xladdin.formula.nodes import AllOf, Compare, Expr, Rel, Var
from xladdin.formula.nodes import number as constant
from xladdin.formula.walk import variables

from .base import Fault, Id, Label, Loc, Model, NonNegative, Positive, Sentence
from .data_sources import DataSource
from .quantities import Direction, Unit, plain, written
from .raw import number
from .rule_terms import CAP, MOST_POINTS, Basis, of_target
from .setting_declarations import (
    Argument,
    CellColumn,
    Demand,
    Setting,
    Stated,
    StatedList,
    Takes,
    Variant,
    lists_of,
    settings_of,
)

EFFECT_GRADE = CellColumn(
    "effect_grade", "封顶等级", "整表影响为“等级封顶”时填最好能得的等级。", 10.0
)


class Band(Model):
    """One described band of a subjective rating, both ends included, in points."""

    low: NonNegative
    high: NonNegative
    text: Sentence

    def holds(self, points: Expr) -> Expr:
        """Whether points lie inside, both ends included."""
        low, high = constant(self.low), constant(self.high)
        if self.low == self.high:
            return Compare(Rel.EQ, points, low)
        return AllOf((Compare(Rel.GE, points, low), Compare(Rel.LE, points, high)))

    @property
    def ends(self) -> str:
        """``4-5``, or ``0`` where there is one value only."""
        low, high = plain(self.low), plain(self.high)
        return low if low == high else f"{low}-{high}"


class WholeForm(Model):
    """What a veto does to the whole form: the total becomes 0, or the grade is limited."""

    effect: Annotated[
        Literal["total_zero", "grade_cap"],
        Setting(
            Takes.CHOICE,
            CellColumn("effect", "整表影响", "否决时对总分或等级的影响，可以不填。", 11.0),
            choices={"total_zero": "总分为0", "grade_cap": "等级封顶"},
        ),
    ]
    grade: Annotated[Label | None, Setting(Takes.TEXT, EFFECT_GRADE)] = None
    """With grade_cap: the best grade that is still possible."""


class ScoringRule(Model):
    """A rule's settings, and what they mean."""

    kind: str
    place: ClassVar[int]
    """Where the rule stands in lists of all rules."""
    label: ClassVar[str]
    """What the rule is called, in cells, forms, functions and messages."""
    aliases: ClassVar[tuple[str, ...]] = ()
    """Other words for it."""
    documented: ClassVar[str]
    """Where the rule is documented: a form, a convention, a law."""
    actual_word: ClassVar[str] = "实际达成"
    """What the actual is called in the rule's explanation."""
    demands: ClassVar[tuple[Demand, ...]] = ()
    variants: ClassVar[tuple[Variant, ...]] = ()
    """Its functions in the LAMBDA pack."""

    def expression(self, direction: Direction = Direction.HIGHER, unit: Unit = Unit.NUMBER) -> Expr:
        """Points over ``full`` (full points), ``actual`` and ``target`` (in the unit)."""
        raise NotImplementedError

    def refusal(self, actual: Decimal) -> str:
        """Why a figure is none that may be entered; empty where it is one."""
        return ""

    @classmethod
    def kind_name(cls) -> str:
        """What a scheme calls this rule."""
        name: str = cls.model_fields["kind"].default
        return name

    @classmethod
    def settings(cls) -> tuple[Stated, ...]:
        """Its settings, each at its place."""
        return _settings(cls)

    @classmethod
    def lists(cls) -> tuple[StatedList, ...]:
        """Its settings that are lists of entries, or ends of a line."""
        return _lists(cls)

    @classmethod
    def faults(cls, raw: Mapping[str, Any], lower: bool, loc: Loc) -> Iterator[Fault]:
        """Contradictions in raw settings, which may be malformed; ``lower``: lower is better."""
        known: dict[str, Value] = {name: number(raw, name) for name in cls.model_fields}
        for each in cls.demands:
            lacking = each.wrong is None and raw.get(each.field) is None
            wrong = each.wrong is not None and evaluate(each.wrong, known)
            if (lower or not each.lower) and (lacking or wrong):
                yield Fault(each.code, each.message, (*loc, each.field))


class MethodSettings(ScoringRule):
    """A rule that scores an indicator, out of its full points."""

    @property
    def uses_target(self) -> bool:
        """Whether the score depends on a target, which differs per employee and month."""
        return _uses_target(self)

    @property
    def most_share(self) -> Decimal | None:
        """Most that it gives of the full points; None where there is no limit."""
        return Decimal(1)

    @property
    def of_target(self) -> bool:
        """Whether it goes by the completion of the target, which then cannot be negative."""
        return of_target(self.expression())

    @property
    def dated(self) -> bool:
        """Whether actual and target are dates."""
        return False

    @property
    def of_completion(self) -> bool:
        """Whether its measures are shares of the target, whatever the unit."""
        return getattr(self, "basis", None) is Basis.COMPLETION

    @property
    def described(self) -> tuple[Band, ...]:
        """The bands in which a person picks points; none where nobody judges."""
        return ()

    def rated(self, own: Decimal) -> Expr:
        """Its points over ``own`` too: so many percent by the self-rating, the rest by the actual.

        Only of a rule with described bands.
        """
        raise NotImplementedError

    @property
    def effect(self) -> WholeForm | None:
        """What it does to the whole form when it is triggered."""
        return None

    def triggered(self, actual: Expr) -> Expr:
        """Whether an actual triggers that effect."""
        raise NotImplementedError


class Adjustment(ScoringRule):
    """Points outside the 100, entered by a person; left blank they count as none."""

    points_unit: ClassVar[Unit] = Unit.POINT
    """Of the points that are entered."""
    actual_word: ClassVar[str] = "分数"
    taken: ClassVar[bool] = False
    """Whether what counts is taken off the total, not added to it."""
    refuses: ClassVar[bool] = False
    """Whether points outside what may be entered leave no result, instead of the nearest."""
    least: ClassVar[Expr] = constant(0)
    most: ClassVar[Expr] = Var("cap")
    """Fewest and most points that may be entered, over the settings."""

    id: Id
    kind: str
    name: Label
    cap: Annotated[
        Positive,
        Setting(
            Takes.POINTS,
            CAP,
            ("最多加", "封顶"),
            "最多加=10",
            MOST_POINTS,
            argument=Argument("most_points", "加分上限", "7.9"),
        ),
    ]
    """Most points, 10 for ±10%."""
    criteria: Sentence
    source: DataSource
    remark: Sentence = ""
    restored: bool = False

    @property
    def low(self) -> Decimal:
        """Fewest points that may be entered."""
        return self._end(self.least)

    @property
    def high(self) -> Decimal:
        """Most points that may be entered."""
        return self._end(self.most)

    def _end(self, tree: Expr) -> Decimal:
        settings: dict[str, Value] = {each.field: each.of(self) for each in self.settings()}
        found = evaluate(tree, settings)
        assert isinstance(found, Decimal)  # noqa: S101 - every such setting is demanded
        return found

    def refusal(self, actual: Decimal) -> str:
        """Why points are none that may be entered: outside, where these are not cut."""
        if not self.refuses or self.low <= actual <= self.high:
            return ""
        return f"应在 {'～'.join(written(end, self.points_unit) for end in (self.low, self.high))} 之间"

    @property
    def span(self) -> tuple[Decimal, Decimal]:
        """What it may change the total by, from the least to the most."""
        return (-self.high, -self.low) if self.taken else (self.low, self.high)


@lru_cache(maxsize=1024)  # asked for every figure
def _uses_target(method: MethodSettings) -> bool:
    return "target" in variables(method.expression())


@lru_cache
def _settings(rule: type[ScoringRule]) -> tuple[Stated, ...]:
    return tuple(settings_of(rule))


@lru_cache
def _lists(rule: type[ScoringRule]) -> tuple[StatedList, ...]:
    return tuple(lists_of(rule))
