"""Findings as live formulas: which of the shipped rules hold for a month, and what they say.

A rule becomes one candidate for whatever it is about (the team, a type, somebody, an hour).  Those that
hold when the report is made are laid out, each as a formula that says so only while it holds.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from xladdin.analysis.month_figures import MonthFigures
from xladdin.domain.report_findings import (
    PLACEHOLDER,
    AgentWhen,
    ChangeWhen,
    Finding,
    HourWhen,
    LevelWhen,
    RecordWhen,
    ReportFindings,
    Side,
    StreakWhen,
    TargetWhen,
    TeamWhen,
    TogetherWhen,
    TypeChangeWhen,
    TypeLevelWhen,
    TypesShareWhen,
)
from xladdin.formula.evaluate import Env, Value, evaluate, solve
from xladdin.formula.nodes import Expr, If, Join, Text
from xladdin.formula.walk import variables
from xladdin.paths import templates_dir
from xladdin.problems import ProblemsFound
from xladdin.schemes.load import load_findings

from . import finding_groups, finding_months
from .finding_candidates import Candidate

NO_LONGER = "（已不成立）"
MOST_OF_A_RULE = 3
"""So many findings of one rule are laid out; how many more there are is told."""
FILE, SHOP_FILE = "monthly_findings.yaml", "shop_findings.yaml"


@dataclass(frozen=True, slots=True)
class Laid:
    """A finding that holds: its cell's formula, and what is suggested."""

    key: str
    side: Side
    rule: str
    formula: Expr
    measure: str


@dataclass(frozen=True, slots=True)
class Findings:
    """What a month's report points out."""

    laid: tuple[Laid, ...] = ()
    helpers: Mapping[str, Expr] = field(default_factory=dict)
    """Cells that the formulas read, for a sheet that nobody sees."""
    left_out: int = 0
    """How many more hold of rules that have been laid out often enough."""

    def of(self, side: Side) -> tuple[Laid, ...]:
        """Those under one heading."""
        return tuple(each for each in self.laid if each.side is side)


@cache
def shipped_findings(file: str = FILE) -> ReportFindings:
    """The rules of a report that come with the package; ProblemsFound if these are damaged."""
    found, problems = load_findings(templates_dir() / "reports" / file)
    if found is None:
        raise ProblemsFound(problems)
    return found


def candidates(rule: Finding, figures: MonthFigures) -> Iterator[Candidate]:
    """Everything that a rule might point out in this month."""
    when = rule.when
    match when:
        case LevelWhen() | TargetWhen() | ChangeWhen() | StreakWhen() | RecordWhen():
            yield from finding_months.of_metric(when, figures)
        case TogetherWhen():
            yield finding_months.together(when, figures)
        case TypesShareWhen() | TypeChangeWhen() | TypeLevelWhen():
            yield from finding_groups.of_types(when, figures)
        case AgentWhen():
            yield from finding_groups.of_agents(when, figures)
        case HourWhen():
            yield from finding_groups.of_hours(when, figures)
        case TeamWhen():
            yield finding_groups.of_team(when)


def findings(rules: Sequence[Finding], figures: MonthFigures, known: Env) -> Findings:
    """The findings that hold where the report's cells hold what ``known`` says."""
    laid: list[Laid] = []
    helpers: dict[str, Expr] = {}
    left_out = 0
    worked_out: dict[Expr, Value] = {}
    for rule in rules:
        holding = [
            candidate.named(f"find.{rule.id}.{i}")
            for i, candidate in enumerate(candidates(rule, figures))
        ]
        holding = [each for each in holding if holds(each, known, worked_out)]
        left_out += len(holding[MOST_OF_A_RULE:])
        for each in holding[:MOST_OF_A_RULE]:
            helpers |= each.helpers
            formula = If(each.test, _sentence(rule, each), Text(NO_LONGER))
            key = f"finding.{rule.id}.{_about(each, known)}"
            laid.append(Laid(key, rule.side, rule.id, formula, rule.measure))
    return Findings(tuple(laid), helpers, left_out)


ABOUT = ("type", "types", "agent", "hour")
"""Words of a rule that say what of several things a finding is about."""


def _about(candidate: Candidate, known: Env) -> str:
    """What a finding is about, in a few signs: the same whatever else is found.

    So a measure that was decided for it finds it again in another report of the month.
    """
    words = {word: said for word, said in candidate.words.items() if word in ABOUT}
    if not words:
        return "0"
    told = solve({**candidate.helpers, **words}, known)
    named = "\0".join(str(told[word]) for word in words)
    return hashlib.sha256(named.encode()).hexdigest()[:8]


def holds(candidate: Candidate, known: Env, worked_out: dict[Expr, Value] | None = None) -> bool:
    """Whether a candidate holds; ``worked_out`` keeps what many of them ask for, as a team's median is."""
    worked_out = {} if worked_out is None else worked_out
    shared: dict[str, Value] = {}
    for key, of in candidate.helpers.items():
        if not variables(of).keys() & candidate.helpers.keys():
            if of not in worked_out:
                worked_out[of] = evaluate(of, known)
            shared[key] = worked_out[of]
    model = {**candidate.helpers, "#holds": candidate.test}
    found: Mapping[str, Value] = solve(model, {**known, **shared})
    return found["#holds"] is True


def _sentence(rule: Finding, candidate: Candidate) -> Expr:
    """The rule's sentence with what the figures say in place of its ``{...}``."""
    parts: list[Expr] = []
    for i, piece in enumerate(PLACEHOLDER.split(rule.says)):
        if i % 2:
            parts.append(candidate.words[piece])
        elif piece:
            parts.append(Text(piece))
    return Join(tuple(parts))
