"""The fixed words of the master workbook: what a model's value is called in a cell."""

from __future__ import annotations

from xladdin.domain.competency import SOURCE_LABELS
from xladdin.domain.methods import METHOD_LABELS
from xladdin.domain.positions import StandardKind
from xladdin.schemes.labels import CHOICE_LABELS

COMPETENCY = "competency"
"""The one form of appraisal that the field ``form`` of KPI schemes does not know."""

STATES = ("暂定", "最终")

_OF_COLUMN: dict[str, dict[str, str]] = {
    "positions.part_time": {"有": "有", "无": "无"},
    "standards.kind": {kind.value: CHOICE_LABELS["kind"][kind.value] for kind in StandardKind},
    "schemes.form": {"monthly": "月度考核", "sales": "销售考核", COMPETENCY: "能力考核"},
    "indicators.method": {**METHOD_LABELS, "bonus": "加分项", "deduction": "减分项"},
    "steps.kind": {
        "steps": "阶梯",
        "bands": "评分档",
        "ends": "线性端点",
        "descriptors": "等级描述",
    },
    "grades.sign": {">=": "≥", ">": "＞"},
    "raters.source": {source.value: label for source, label in SOURCE_LABELS.items()},
    "figures.state": {state: state for state in STATES},
}
"""Where a column's words are not the labels of the field that has the column's key."""


def words(sheet: str, column: str) -> dict[str, str]:
    """Value -> word of a column with fixed choices."""
    return _OF_COLUMN.get(f"{sheet}.{column}") or CHOICE_LABELS[column]


def word(sheet: str, column: str, value: str) -> str:
    """What a value is called in a cell."""
    return words(sheet, column)[value]
