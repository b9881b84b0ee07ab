"""A company whose 反馈单 went out, for whatever comes back of them."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest

from tests.app.command import xladdin
from tests.app.results.issued import ISSUED, PEOPLE, PERIOD
from xladdin.app.generating.generate import generate
from xladdin.app.reading_company import read_master_company
from xladdin.app.results.issued_slips import keep_issued
from xladdin.books.forms import SLIP_SUITE


@pytest.fixture(scope="session")
def _issued(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("issued")
    master = folder / "总表.xlsx"
    assert xladdin("init", str(master), "--example").code == 0
    company, _ = read_master_company(master)
    out = folder / "反馈单"
    day = dt.date.fromisoformat(ISSUED)
    done = generate(company, PERIOD, out, form=SLIP_SUITE.id, ids=PEOPLE, today=day)
    assert keep_issued(master, out, done) == []
    return folder


@pytest.fixture
def issued_master(_issued: Path, tmp_path: Path) -> Path:
    """A master workbook with its ledger; the slips lie in 反馈单 beside it."""
    shutil.copytree(_issued, tmp_path / "公司")
    return tmp_path / "公司" / "总表.xlsx"
