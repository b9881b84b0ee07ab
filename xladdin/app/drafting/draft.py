"""A position's duties and standards drafted as a KPI scheme."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from decimal import ROUND_DOWN, Decimal
from typing import Any

from xladdin.domain.positions import Duty, Position
from xladdin.domain.quantities import plain
from xladdin.domain.raw import FULL
from xladdin.domain.schemes import Scheme
from xladdin.problems import Problem
from xladdin.schemes.write import to_yaml

from .lines import Lines, Origin, UnreadStandard
from .methods import GRAIN

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
