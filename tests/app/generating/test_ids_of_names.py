"""Ids that Chinese names make: the form computes, and is known again when it comes back."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import openpyxl

from tests.app.command import shown
from tests.master.rows import saved, small
from tests.workbench.cached import differences
from tests.workbench.office import Office
from xladdin.domain.identifiers import made_id
from xladdin.layout.place import key_of
from xladdin.master.read_master import read_master


def _master(folder: Path) -> Path:
    rows = small()
    for sheet in ("schemes", "positions", "indicators", "elements"):
        for row in rows[sheet]:
            row["id"] = None
    rows["schemes"][0] |= {"positions": "客服", "name": "客服（月度）考核"}
    for sheet in ("indicators", "steps", "grades"):
        for row in rows[sheet]:
            row["scheme"] = "客服（月度）考核" if row["scheme"] == "月度" else row["scheme"]
    rows["figures"][1]["target"] = Decimal(10)
    return saved(folder / "总表.xlsx", rows)


def test_a_form_of_such_ids_computes_and_comes_back(tmp_path: Path, office: Office) -> None:
    master = _master(tmp_path)
    scheme = read_master(master)[0].library.schemes[0]
    assert scheme.id == made_id("客服（月度）考核")
    assert [one.id for one in scheme.indicators] == ["响应", "销售"]
    out = tmp_path / "out"
    code, told = shown("generate", str(master), "--period", "2026-11", "--out", str(out))
    assert code == 0, told
    path = next(out.rglob("*_甲_*.xlsx"))
    assert differences(path, office) == []
    names = openpyxl.load_workbook(path).defined_names
    assert all(name.isascii() for name in names)
    assert "actual.响应" in {key_of(name) for name in names}
    code, told = shown("collect", str(master), str(out), "--period", "2026-11")
    assert "没有要收的表" not in told
    assert "找不到" not in told
