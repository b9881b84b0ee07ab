"""Masters of before: ids first and in every reference, the check at the far right."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from xladdin.company.company import Company
from xladdin.company.starting import example_company
from xladdin.master.read_master import read_master
from xladdin.problems import errors

from .books import Sheet, book_of, write
from .edits import calm
from .test_round_trip import corners

HEADS = {
    "职责": {"岗位": "岗位编号"},
    "衡量标准": {"岗位": "岗位编号"},
    "指标": {"考核方案": "方案编号"},
    "能力要素": {"考核方案": "方案编号"},
    "评分档位": {"考核方案": "方案编号", "指标": "指标编号"},
    "等级系数": {"考核方案": "方案编号"},
}
"""Sheet -> head -> what it was called, when its cells held ids."""


def _ids(content: Company) -> dict[tuple[str, str], str]:
    """Owner's id (or nothing) and name -> id."""
    library = content.library
    schemes = [*library.schemes, *library.competencies]
    found = {("", one.name): one.id for one in (*library.positions, *schemes)}
    for scheme in library.schemes:
        items = (*scheme.indicators, *scheme.adjustments)
        found |= {(scheme.id, one.name): one.id for one in items}
    for rated in library.competencies:
        found |= {(rated.id, one.name): one.id for one in rated.elements}
    return found


def _as_before(sheet: Sheet, ids: dict[tuple[str, str], str]) -> None:
    heads: list[Any] = sheet.cells[0]
    for now, before in HEADS.get(sheet.name, {}).items():
        at = heads.index(now)
        heads[at] = before
        scheme = heads.index("方案编号") if before == "指标编号" else -1
        for row in sheet.cells[1:]:
            owner = "" if scheme < 0 else str(row[scheme])
            row[at] = ids.get((owner, str(row[at])), row[at])
    if sheet.name in ("岗位", "考核方案", "指标", "能力要素"):
        for row in sheet.cells:
            row.insert(0, row.pop())
    if sheet.name == "员工名册":
        at = heads.index("工号")
        for row in sheet.cells:
            row.insert(0, row.pop(at))


@pytest.mark.parametrize(
    "content", [calm(example_company()), corners()], ids=["example", "corners"]
)
def test_they_are_read_as_ever(content: Company, tmp_path: Path) -> None:
    book = book_of(content)
    for sheet in book:
        _as_before(sheet, _ids(content))
    assert next(one for one in book if one.name == "指标").cells[0][0] == "指标编号"
    found, problems = read_master(write(tmp_path / "master.xlsx", book))
    assert errors(problems) == []
    assert found == content
