"""The case files of this folder.

A rule's file, which has the name of its kind, is a list of groups.  A group states what its cases share (``method``, ``direction``,
``unit``, ``full``, ``target``); a case states its ``name``, the ``actual`` and the ``score``, and
may state any of the shared fields otherwise.  ``score: null`` is a blank cell.  Points outside the
100 have no full points; their ``actual`` is what a person entered.  A group with ``brief`` and
``in_full`` states what the rule says of itself instead: as a form prints it, and as the explanations
do; ``full: null`` there is full points that are not fixed, and are called 满分.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import TypeAdapter

from xladdin.domain.grades import Grade
from xladdin.domain.methods import RULES
from xladdin.domain.quantities import Direction, Unit
from xladdin.domain.rule_models import Adjustment, ScoringRule
from xladdin.domain.schemes import Scheme
from xladdin.formula.evaluate import Value
from xladdin.formula.nodes import Expr
from xladdin.scoring import keys
from xladdin.scoring.model import (
    Model,
    input_defaults,
    score_model,
)

FOLDER = Path(__file__).parent
SOURCE = {"way": "手工统计", "post": "客服组长"}
GRADES: TypeAdapter[tuple[Grade, ...]] = TypeAdapter(tuple[Grade, ...])
SCORE = "score"


@dataclass(frozen=True)
class Case:
    """Trees by name, what they read, and the values that they must have."""

    name: str
    model: Model
    inputs: dict[str, Value]
    expected: dict[str, Value]

    @property
    def numeric(self) -> bool:
        """Whether no input is a text."""
        return not any(isinstance(value, str) for value in self.inputs.values())


@dataclass(frozen=True)
class Rated(Case):
    """A case of one rule: the model is its score alone."""

    method: ScoringRule
    direction: Direction
    unit: Unit

    @property
    def expr(self) -> Expr:
        """The rule's tree."""
        return self.model[SCORE]


class _Exact(yaml.SafeLoader):
    """Numbers become Decimal, from their very digits."""


def _number(loader: yaml.SafeLoader, node: yaml.ScalarNode) -> Decimal:
    return Decimal(loader.construct_scalar(node))


for _kind in ("int", "float"):
    _Exact.add_constructor(f"tag:yaml.org,2002:{_kind}", _number)


def read(name: str) -> list[dict[str, Any]]:
    """What a file of this folder holds."""
    text = (FOLDER / f"{name}.yaml").read_text("utf-8")
    groups: list[dict[str, Any]] = yaml.load(text, _Exact)  # noqa: S506 - a SafeLoader
    return groups


def _cases(file: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each case of a file with its full name, the group's fields included."""
    for group in read(file):
        shared = {key: value for key, value in group.items() if key not in ("name", "cases")}
        for case in group.get("cases", ()):
            yield f"{file}: {group['name']}: {case['name']}", shared | case


def told_groups() -> list[dict[str, Any]]:
    """What the rules say of themselves, rule by rule."""
    return [group for rule in RULES for group in read(rule) if "in_full" in group]


@cache
def rated_cases() -> tuple[Rated, ...]:
    """Every case of the rules."""
    return tuple(_rated(name, case) for rule in RULES for name, case in _cases(rule))


def rule_from(raw: dict[str, Any]) -> ScoringRule:
    """A rule out of its settings; what else an adjustment has is filled in."""
    rule = RULES[raw["kind"]]
    parts = {"id": "extra", "name": rule.label, "criteria": "", "source": SOURCE}
    return rule.model_validate((parts if issubclass(rule, Adjustment) else {}) | raw)


def _rated(name: str, case: dict[str, Any]) -> Rated:
    method = rule_from(case["method"])
    direction = Direction(case.get("direction", "higher"))
    unit = Unit(case.get("unit", "number"))
    inputs = {"full": case.get("full"), "actual": case["actual"], "target": case.get("target")}
    model = {SCORE: method.expression(direction, unit)}
    return Rated(name, model, inputs, {SCORE: case[SCORE]}, method, direction, unit)


@cache
def form_cases() -> tuple[Case, ...]:
    """Every case of grades and whole forms."""
    readers = {"grades": _graded, "totals": _form}
    return tuple(reader(*case) for file, reader in readers.items() for case in _cases(file))


def _graded(name: str, case: dict[str, Any]) -> Case:
    item = {"id": "sales", "weight": 100, "method": {"kind": "pass_fail"}}
    section = {"id": "key", "weight": 100, "indicators": [item]}
    scheme = scheme_of({"sections": [section], "grades": case["grades"], "total": {"cap": None}})
    wanted = (keys.GRADE, keys.COEFFICIENT)
    model = {key: tree for key, tree in score_model(scheme).items() if key in wanted}
    inputs = {keys.TOTAL: case["total"]}
    return Case(name, model, inputs, {key: case[key] for key in wanted})


def _form(name: str, case: dict[str, Any]) -> Case:
    scheme = scheme_of(case["scheme"])
    inputs: dict[str, Value] = {**input_defaults(scheme), **case["inputs"]}
    return Case(name, score_model(scheme), inputs, case["values"])


def scheme_of(spec: dict[str, Any]) -> Scheme:
    """A scheme from what matters to its scores; names and sources are filled in."""
    sections = [
        _named(section) | {"indicators": [_named(i) | {"source": SOURCE} for i in items]}
        for section in spec["sections"]
        for items in [section["indicators"]]
    ]
    adjustments = [
        _named(item) | {"criteria": "", "source": SOURCE} for item in spec.get("adjustments", ())
    ]
    filled = {"sections": sections, "adjustments": adjustments}
    return Scheme.model_validate({"id": "case", "name": "案例", "title": "考核表"} | spec | filled)


def _named(item: dict[str, Any]) -> dict[str, Any]:
    return {"name": item["id"]} | item
