"""Sheet 数据来源: which figure comes from where, by whom, until when."""

from __future__ import annotations

from collections.abc import Sequence

from xladdin.books import parts, wording
from xladdin.domain.data_sources import DataSource
from xladdin.domain.quantities import facts
from xladdin.domain.schemes import Scheme
from xladdin.layout.cells import Block, Orientation, Paper, Sheet
from xladdin.layout.styles import CENTER, TEXT

SHEET_NAME = "数据来源"
COLUMNS = (
    ("指标", 17.0),
    ("单位", 8.0),
    ("指标定义/计算公式", 34.0),
    ("来源方式", 11.0),
    ("责任岗位", 12.0),
    ("来源表单", 18.0),
    ("截止时间", 15.0),
    ("备注", 26.0),
)
LOOKS = (CENTER, CENTER, TEXT, CENTER, CENTER, CENTER, CENTER, TEXT)


def sources_sheet(scheme: Scheme) -> Sheet:
    """One line per indicator and adjustment."""
    head = parts.head_row(name for name, _ in COLUMNS)
    title = parts.title_text("数据来源", len(COLUMNS))
    rows = [
        *(
            _row(item.name, facts(item.unit).label, item.definition, item.source, item.remark)
            for item in scheme.indicators
        ),
        *(
            _row(item.name, facts(item.points_unit).suffix, item.criteria, item.source, item.remark)
            for item in scheme.adjustments
        ),
    ]
    widths = tuple(width for _, width in COLUMNS)
    paper = Paper(Orientation.LANDSCAPE, repeat=(title.height, title.height))
    return Sheet(SHEET_NAME, widths, (title, head, *rows), paper, freeze=(title.height + 1, 1))


def _row(name: str, unit: str, definition: str, source: DataSource, remark: str) -> Block:
    texts: Sequence[str] = (
        name,
        wording.dash(unit),
        wording.dash(definition),
        source.way,
        source.post,
        wording.dash(source.form),
        wording.dash(source.due),
        remark,
    )
    return parts.text_row(texts, LOOKS)
