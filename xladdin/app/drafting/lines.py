"""The indicators of a draft, duty by duty, and what there is to say about each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import ROUND_DOWN, Decimal
from typing import Any

from xladdin.domain.methods import METHOD_LABELS
from xladdin.domain.positions import Cycle, Duty, Standard
from xladdin.domain.quantities import plain
from xladdin.domain.scheme_faults import MOST_INDICATORS
from xladdin.intake.standards import NOT_STATED, has_number, is_bare, read_standards
from xladdin.problems import Problem, warning
from xladdin.schemes.labels import CHOICE_LABELS

from .methods import GRAIN, JUDGED, Shape, measurable, shape_of

PER_DUTY = 7
"""Most standards of one duty that become indicators; fewer where there are many duties."""
TO_FILL = "待填"
SOURCE = {"way": TO_FILL, "post": TO_FILL, "form": TO_FILL}
_LONG_CYCLES = (Cycle.TWO_MONTHS, Cycle.QUARTER, Cycle.YEAR)
_PAUSE = re.compile(r"[，,。；;：:（(【\[｛{]")
_BRACKET = re.compile(r"[（(【\[｛{]")


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an indicator of a draft came from."""

    indicator: str
    name: str
    duty: int
    share: Decimal
    """The duty's share of time, in percent."""
    standard: str
    """The standard's wording; empty where the duty has none and is judged as a whole."""
    method: str

    def __str__(self) -> str:
        said = self.standard or "没有可衡量的标准，由主管评分"
        return f"来自职责{self.duty}（占用时间{plain(self.share)}%）：{said} → {self.method}"


@dataclass(frozen=True, slots=True)
class UnreadStandard:
    """A part of a duty's text that was not understood, and why."""

    duty: int
    clause: str
    reason: str

    def __str__(self) -> str:
        return f"职责{self.duty}的“{self.clause}”没有读懂，未列入草案：{self.reason}"


@dataclass(slots=True)
class Lines:
    """Collects a draft's indicators, measured ones and judged ones apart."""

    duties: int
    """How many there are, which share the indicators that a scheme may have."""
    measured: list[dict[str, Any]] = field(default_factory=list)
    judged: list[dict[str, Any]] = field(default_factory=list)
    origins: list[Origin] = field(default_factory=list)
    unread: list[UnreadStandard] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    names: set[str] = field(default_factory=set)

    def add(self, duty: Duty, points: Decimal) -> None:
        """The indicators of one duty, which share its points."""
        if not points:
            self._warn("no_time", f"职责{duty.rank}的占用时间为0，未列入草案")
            return
        standards = self._standards(duty)
        kept = standards[: min(PER_DUTY, MOST_INDICATORS // self.duties, int(points / GRAIN))]
        if len(kept) < len(standards):
            said = f"职责{duty.rank}有{len(standards)}条标准，只列入前{len(kept)}条"
            self._warn("too_many_standards", said)
        if not kept:
            self._judge(duty, points)
        for i, weight in enumerate(divided(points, len(kept))):
            self._measure(duty, kept[i], i + 1, weight)

    def _standards(self, duty: Duty) -> list[Standard]:
        """The structured standards; where there are none, those that the text itself states."""
        if duty.standards:
            lacking = [item for item in duty.standards if not measurable(item)]
            self._miss(duty, [(item.text, "缺少数值") for item in lacking])
            return [item for item in duty.standards if measurable(item)]
        found, unread = read_standards(duty.text)
        stated = _BRACKET.search(duty.text) is not None
        missed = [item for item in unread if stated or has_number(item.clause)]
        self._miss(duty, [(item.clause, item.reason) for item in missed])
        return found

    def _miss(self, duty: Duty, clauses: list[tuple[str, str]]) -> None:
        for clause, reason in clauses:
            line = UnreadStandard(duty.rank, clause, reason)
            self.unread.append(line)
            self._warn("unread_standard", str(line))

    def _judge(self, duty: Duty, points: Decimal) -> None:
        said = (
            f"职责{duty.rank}“{_short(duty)}”没有可衡量的标准，暂列入综合能力由主管评分，请补充指标"
        )
        self._warn("no_standard", said)
        self.judged.append(self._indicator(duty, None, "general", JUDGED, points))

    def _measure(self, duty: Duty, standard: Standard, number: int, points: Decimal) -> None:
        shape = shape_of(standard, points)
        item = self._indicator(duty, standard, f"standard_{number}", shape, points)
        if standard.cycle in _LONG_CYCLES:
            cycle = CHOICE_LABELS["cycle"][standard.cycle]
            said = f"周期是{cycle}，按月考核时请确定未到期的月份怎么填"
            item["remark"] += f"；{said}"
            self._warn("long_cycle", f"「{item['name']}」的{said}")
        self.measured.append(item)

    def _indicator(
        self, duty: Duty, standard: Standard | None, part: str, shape: Shape, points: Decimal
    ) -> dict[str, Any]:
        id_, name = f"duty_{duty.rank}_{part}", self._name(duty, standard, shape)
        wording, label = standard.text if standard else "", METHOD_LABELS[shape.method["kind"]]
        self.origins.append(Origin(id_, name, duty.rank, duty.share, wording, label))
        share = f"占用时间{plain(duty.share)}%"
        remarks = [f"来自职责{duty.rank}：{duty.text[:200]}（{share}）", shape.hint]
        return {
            "id": id_,
            "name": name,
            "weight": points,
            "unit": shape.unit,
            "direction": shape.direction,
            "target": shape.target,
            "method": shape.method,
            "definition": "：".join(filter(None, [(wording or duty.text)[:400], shape.measured])),
            "source": SOURCE,
            "remark": "；".join(filter(None, remarks)),
            "restored": duty.restored,
        }

    def _name(self, duty: Duty, standard: Standard | None, shape: Shape) -> str:
        """The subject, named by the duty where it is a mere verb, and never twice the same."""
        subject = standard.subject if standard else _short(duty)
        if standard and subject == NOT_STATED:
            subject = _short(duty)
        elif standard and is_bare(subject):
            subject = _short(duty) + ("" if subject in _short(duty) else subject)
        wanted = shape.name(subject)[:44]
        name = next(name for name in _variants(wanted, duty.rank) if name not in self.names)
        self.names.add(name)
        return name

    def _warn(self, code: str, message: str) -> None:
        self.problems.append(warning(code, message))


def divided(points: Decimal, count: int) -> list[Decimal]:
    """Points in equal parts of two decimals; the first takes what is left over."""
    if not count:
        return []
    each = (points / count).quantize(GRAIN, ROUND_DOWN)
    return [points - each * (count - 1), *[each] * (count - 1)]


def _short(duty: Duty) -> str:
    """A duty in few words: up to its first pause."""
    return _PAUSE.split(duty.text)[0].strip()[:24] or f"职责{duty.rank}"


def _variants(name: str, rank: int) -> Iterator[str]:
    yield name
    yield f"{name}（职责{rank}）"
    for number in range(2, 1000):
        yield f"{name}（职责{rank}-{number}）"
