"""Reports filled in and saved by other programs: what was filled in comes back, nothing else is told."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.returns.report_returns import read, report_of, returned, written
from tests.workbench.office import Office

FILLED: dict[str, dict[str, Any]] = {
    "monthly": {
        "act.reply_target_missed.0.owner": "赵敏",
        "act.reply_target_missed.0.due": 46346,
        "next.satisfied": 0.9,
        "m.requests.12": 360,
        "told.requests": "本月来量平稳。",
    },
    "shop": {"next.converted": 0.55, "brief.introduction": "这是十月的店铺报告。"},
    "debrief": {"superior.comment": "进步明显。", "d.complaints.this.3": 28},
}
EXPECTED = {
    kind: {key: str(value) for key, value in values.items()} for kind, values in FILLED.items()
}
OLD_KINDS = {"xls": "MS Excel 97", "ods": "calc8"}


@pytest.mark.xdist_group("office")
@pytest.mark.parametrize("kind", FILLED)
def test_what_libreoffice_saves_comes_back(kind: str, tmp_path: Path, office: Office) -> None:
    sent, saved = tmp_path / "发出.xlsx", tmp_path / "收到.xlsx"
    sent.write_bytes(returned(kind, FILLED[kind]))
    with office.open(sent) as document:
        document.recalculate()
        document.save_as(saved)
    found = read(saved.read_bytes())
    assert [str(one) for one in found.all_problems] == []
    assert written(found.reports[0].inputs) == EXPECTED[kind]


@pytest.mark.xdist_group("office")
@pytest.mark.parametrize("kind", OLD_KINDS)
def test_a_report_of_another_kind_of_file_is_read_by_its_texts(
    kind: str, tmp_path: Path, office: Office
) -> None:
    sent, saved = tmp_path / "发出.xlsx", tmp_path / f"收到.{kind}"
    sent.write_bytes(returned("monthly", FILLED["monthly"]))
    with office.open(sent) as document:
        document.recalculate()
        document.save_as(saved, OLD_KINDS[kind])
    found = report_of(saved.read_bytes(), saved.name)
    values = {
        key: value for key, value in EXPECTED["monthly"].items() if not key.startswith("told.")
    }
    assert written(found.inputs) == values
    unclear = [one for one in found.problems if one.code == "sentence_unclear"]
    assert any("这个月怎么样" in one.message for one in unclear)
    assert {one.code for one in found.problems} <= {"sentence_unclear", "text_number"}
