"""A position's duties and standards drafted as a KPI scheme, duty by duty.

A duty's share of time becomes the weight of its standards, and the kind of a standard its scoring
method.  The draft says of every line where it came from, and leaves the data sources to fill in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from decimal import ROUND_DOWN, Decimal
from typing import Any

from xladdin.domain.methods import METHOD_LABELS
from xladdin.domain.positions import Cycle, Duty, Position, Standard
from xladdin.domain.quantities import plain
from xladdin.domain.raw import FULL
from xladdin.domain.schemes import Scheme
from xladdin.domain.sizes import MOST_INDICATORS
from xladdin.problems import Problem, warning
from xladdin.schemes.labels import CHOICE_LABELS
from xladdin.schemes.write import to_yaml

from .clause_meaning import NOT_STATED, is_bare
from .clause_reader import read_standards
from .draft_methods import GRAIN, JUDGED, Shape, measurable, shape_of
from .numerals import has_number

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


SECTION_SIZE = 40
"""Most indicators that a section may have."""

GRADES: tuple[dict[str, Any], ...] = (
    {
        "name": "优秀",
        "lower": 90,
        "coefficient": Decimal("1.2"),
        "reward": "发放优秀奖励并予以表彰",
    },
    {"name": "良好", "lower": 80, "coefficient": Decimal(1), "reward": "发放良好奖励"},
    {"name": "一般", "lower": 70, "coefficient": Decimal("0.8"), "reward": "不另行奖励"},
    {"name": "待改进", "lower": 60, "coefficient": Decimal("0.6"), "reward": "制定培训改进计划"},
    {"name": "不合格", "coefficient": Decimal(0), "reward": "制定培训改进计划并重新考核"},
)


@dataclass(frozen=True, slots=True)
class Draft:
    """A scheme to be completed, the origin of each of its lines, and what a clerk should know."""

    scheme_data: dict[str, Any]
    scheme: Scheme
    lines: tuple[Origin, ...]
    unread: tuple[UnreadStandard, ...] = ()
    problems: tuple[Problem, ...] = ()
    """Warnings: what was not understood, and what is to be decided."""

    @property
    def yaml(self) -> str:
        """The scheme as a file, with the origin above each indicator."""
        return to_yaml(self.scheme, {line.indicator: str(line) for line in self.lines})

    def as_json(self) -> dict[str, Any]:
        """Plain data for machines."""
        return {
            "scheme": self.scheme.model_dump(mode="json"),
            "origins": [{**asdict(line), "share": plain(line.share)} for line in self.lines],
            "unread": [asdict(line) for line in self.unread],
        }


def draft_scheme(position: Position) -> Draft:
    """A KPI scheme out of a job analysis: it loads and totals 100, and is to be checked."""
    lines = Lines(len(position.duties))
    for duty, points in zip(position.duties, _points(position.duties), strict=True):
        lines.add(duty, points)
    data = {
        **_head(position),
        "sections": [
            *_sections("key", "关键KPI", lines.measured),
            *_sections("general", "综合能力", lines.judged),
        ],
        "grades": list(GRADES),
        "note": _note(position, lines),
    }
    return Draft(
        data,
        Scheme.model_validate(data),
        tuple(lines.origins),
        tuple(lines.unread),
        tuple(lines.problems),
    )


def _points(duties: Sequence[Duty]) -> list[Decimal]:
    """Each duty's share in points of two decimals, which total 100 whatever was rounded off."""
    points = [duty.share.quantize(GRAIN, ROUND_DOWN) for duty in duties]
    largest = points.index(max(points))
    points[largest] += FULL - sum(points)
    return points


def _head(position: Position) -> dict[str, Any]:
    company = f"（{position.company[:12]}）" if position.company else ""
    return {
        "kind": "kpi_scheme",
        "id": f"{position.id[:36].rstrip('_')}_kpi",
        "name": f"{position.name[:36]}{company}月度KPI草案",
        "title": f"{position.name[:50]}月度绩效考核表",
        "positions": [position.name],
    }


def _sections(id_: str, name: str, items: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for start in range(0, len(items), SECTION_SIZE):
        part, number = items[start : start + SECTION_SIZE], start // SECTION_SIZE + 1
        yield {
            "id": f"{id_}_{number}" if start else id_,
            "name": f"{name}（{number}）" if start else name,
            "weight": sum(item["weight"] for item in part),
            "indicators": part,
        }


def _note(position: Position, lines: Lines) -> str:
    judged = "没有可衡量标准的职责列在“综合能力”中，由主管评分；" if lines.judged else ""
    missed = f"有{len(lines.unread)}处标准没有读懂，未列入；" if lines.unread else ""
    return (
        f"由“{position.name}”的工作分析生成的草案：权重取自占用时间，计分方法按标准的种类选定；"
        f"{judged}{missed}数据来源待填，目标、扣分和权重请核对后使用。"
    )
