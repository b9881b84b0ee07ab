"""Small masters for the tests, and finding cells in them by sheet, row and column."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from tests.workbench.addresses import address
from tests.workbench.document import Document
from tests.workbench.values import OfficeValue
from xladdin.layout.cells import Book, Sheet
from xladdin.layout.place import columns
from xladdin.layout.writer import workbook_bytes
from xladdin.master.all_sheets import SHEETS
from xladdin.master.cell_kinds import Row
from xladdin.master.master_book import book
from xladdin.master.table_sheet import in_order
from xladdin.ooxml.addresses import letters

Rows = Mapping[str, list[Row]]
SPECS = {spec.key: spec for spec in SHEETS}
PLACES = {spec.key: [one.key for one in in_order(spec)] for spec in SHEETS}
"""The columns of each sheet, from left to right."""


def cell(sheet: str, key: str, row: int = 5) -> str:
    """Where a column stands in a sheet row: ``D5``."""
    return f"{letters(PLACES[sheet].index(key) + 1)}{row}"


def small() -> dict[str, list[Row]]:
    """Two employees, one position, a scheme of two indicators, one of competency: no problems."""
    owned: Row = {"scheme": "月度", "way": "系统抓取", "post": "组长", "section": "关键"}
    return {
        "roster": [
            {"id": "001", "name": "甲", "department": "客服部", "position": "客服"},
            {"id": "A-1", "name": "乙", "department": "客服部", "position": "客服"},
        ],
        "positions": [
            {"id": "agent", "name": "客服", "superior": "主管", "department": "客服部"},
            {"id": "other", "name": "质检", "superior": "主管", "department": "质检部"},
        ],
        "duties": [
            {"position": "客服", "rank": Decimal(1), "text": "接待", "share": Decimal("0.6")},
            {"position": "客服", "rank": Decimal(2), "text": "回访", "share": Decimal("0.4")},
            {"position": "质检", "rank": Decimal(1), "text": "抽查", "share": Decimal(1)},
        ],
        "standards": [
            {
                "position": "客服",
                "rank": Decimal(1),
                "text": "30秒内",
                "subject": "响应",
                "kind": "不超过",
                "value": Decimal(30),
                "unit": "秒",
            },
        ],
        "schemes": [
            {
                "id": "monthly",
                "name": "月度",
                "title": "月度表",
                "form": "月度考核",
                "positions": "质检、客服",
            },
            {"id": "ability", "name": "能力", "title": "能力表", "form": "能力考核"},
        ],
        "indicators": [
            {
                **owned,
                "id": "speed",
                "name": "响应",
                "weight": Decimal("0.7"),
                "unit": "秒",
                "direction": "越低越好",
                "method": "阶梯计分",
            },
            {
                **owned,
                "id": "sales",
                "name": "销售",
                "weight": Decimal("0.3"),
                "unit": "元",
                "direction": "越高越好",
                "method": "百分比计分制",
                "cap": Decimal("1.2"),
            },
            {
                **owned,
                "section": None,
                "id": "extra",
                "name": "加分",
                "method": "加分项",
                "cap": Decimal(10),
                "definition": "突出贡献",
            },
            {
                **owned,
                "section": None,
                "id": "mixed",
                "name": "加减",
                "method": "加减分项",
                "cap": Decimal(5),
                "most_off": Decimal(10),
                "definition": "表扬加分，投诉减分",
            },
        ],
        "elements": [
            {
                "scheme": "能力",
                "id": "talk",
                "name": "沟通",
                "weight": Decimal(1),
                "behaviours": "清楚\n礼貌",
                "superior": Decimal("0.6"),
                "peer": Decimal("0.4"),
            }
        ],
        "steps": [
            {
                "scheme": "月度",
                "item": "响应",
                "kind": "阶梯",
                "low": Decimal(30),
                "share": Decimal(1),
            },
            {"scheme": "能力", "item": "沟通", "kind": "等级描述", "text": "好"},
            {"scheme": "能力", "item": "沟通", "kind": "等级描述", "text": "差"},
        ],
        "grades": [
            {
                "scheme": "月度",
                "name": "优秀",
                "lower": Decimal(90),
                "coefficient": Decimal("1.2"),
            },
            {"scheme": "月度", "name": "其余", "coefficient": Decimal(1)},
            {"scheme": "能力", "name": "优秀", "lower": Decimal(3), "points": Decimal(4)},
            {"scheme": "能力", "name": "其余", "points": Decimal(2)},
        ],
        "raters": [{"ratee": "001", "source": "同事评", "rater": "乙", "rater_id": "A-1"}],
        "figures": [
            {
                "period": "2026-11",
                "employee": "001",
                "name": "甲",
                "indicator": "响应",
                "actual": Decimal(28),
            },
            {"period": "2026-11", "employee": "A-1", "indicator": "销售", "actual": Decimal(9)},
            {"period": "2026-11", "employee": "A-1", "indicator": "响应"},
            {"period": "2026-11", "employee": "001", "indicator": "加减", "actual": Decimal(-4)},
        ],
        "settings": [{"setting": "公司名称"}],
        "mappings": [{"column": "响应时长", "target": "响应"}],
    }


def checks(rows: Rows, sheet: str, column: str = "check") -> list[str]:
    """What a computed column says, row by row, as Python works it out."""
    found = columns(book(rows))[f"{sheet}.{column}"]
    return [str(value) for value in found[: len(rows[sheet])]]


SPARE = 3
"""Blank rows of each table: what has none takes a fraction of the time to read."""


def saved(path: Path, rows: Rows) -> Path:
    path.write_bytes(workbook_bytes(book(rows, spare=SPARE), {}))
    return path


@dataclass(frozen=True)
class Opened:
    """A master workbook open in LibreOffice, its cells found by key."""

    document: Document
    layout: Book

    def set(self, sheet: str, row: int, column: str, value: float | str | None) -> None:
        """Type into a cell; rows of a table count from 0."""
        self.document.set(*self.place(sheet, row, column), value)
        self.document.recalculate()

    def get(self, sheet: str, row: int, column: str = "check") -> OfficeValue:
        return self.document.get(*self.place(sheet, row, column))

    def place(self, sheet: str, row: int, column: str) -> tuple[str, str]:
        found = self.sheet(sheet)
        assert found.table is not None
        keys = [one.key for one in found.table.columns]
        return found.name, address(found.table_top + 2 + row, keys.index(column) + 1)

    def sheet(self, key: str) -> Sheet:
        return next(one for one in self.layout.sheets if one.table and one.table.key == key)
