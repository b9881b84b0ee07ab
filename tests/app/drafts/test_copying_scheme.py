"""A copied scheme says what the old one says, under a name and an id of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.app.command import shown
from tests.master.finished import shipped_master
from xladdin.app.drafts.copying_scheme import copied_cells, copy_scheme
from xladdin.master.read_master import read_master
from xladdin.problems import errors


@pytest.fixture
def master(tmp_path: Path) -> Path:
    path = tmp_path / "总表.xlsx"
    path.write_bytes(shipped_master())
    return path


@pytest.mark.parametrize("old", ["销售客服KPI考核", "after_sales_monthly"])
def test_the_copy_is_read_back(old: str, master: Path) -> None:
    added = copy_scheme(master, old, "大客户（试行）考核")
    assert added.written
    assert [one.code for one in added.problems] == ["still_the_old"]
    company, problems = read_master(master)
    assert errors(problems) == []
    source = next(one for one in company.library.schemes if old in (one.id, one.name))
    copy = company.library.schemes[-1]
    assert copy.name == "大客户（试行）考核"
    assert copy.id.startswith("大客户_试行_考核_")
    own = {"id", "name", "version"}
    assert copy.model_dump(exclude=own) == source.model_dump(exclude=own)


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("没有的", "新的", "unknown_scheme"),
        ("customer_service", "新的", "wrong_form"),
        ("销售客服KPI考核", "售后客服月度绩效考核", "name_taken"),
        ("销售客服KPI考核", "", "bad_name"),
    ],
)
def test_what_cannot_be_copied(old: str, new: str, code: str, master: Path) -> None:
    before = master.read_bytes()
    added = copy_scheme(master, old, new)
    assert [one.code for one in added.problems] == [code]
    assert master.read_bytes() == before
    assert copied_cells(master, old, new).cells == []


def test_the_command(master: Path) -> None:
    code, told = shown(
        "scheme", "copy", str(master), "--scheme", "销售客服KPI考核", "--as", "新方案"
    )
    assert code == 0
    assert "已写进总表：「新方案」" in told
