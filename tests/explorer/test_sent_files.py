"""Which of the files that were sent is the master, and what its month is."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import openpyxl
import pytest

from xladdin.app.init import init
from xladdin.explorer.sent_files import ANNOTATED, near, this_month, told_apart
from xladdin.problems import ProblemsFound


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("公司 资料") / "我的 总表.xlsx"
    init(path, example=True)
    return path


@pytest.fixture
def master(kept: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(kept, tmp_path / kept.name))


def other_book(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    openpyxl.Workbook().save(path)
    return path


def test_told_apart(master: Path, tmp_path: Path) -> None:
    form, folder = other_book(tmp_path / "张三.xlsx"), tmp_path / "收到"
    folder.mkdir()
    broken = tmp_path / "坏.xlsx"
    broken.write_bytes(b"no workbook")
    found = told_apart([form, folder, master, broken, tmp_path / "不在.xlsx"])
    assert found.masters == (master,)
    assert found.others == (form, folder, broken, tmp_path / "不在.xlsx")


def test_near(master: Path, tmp_path: Path) -> None:
    beside = other_book(tmp_path / "张三.xlsx")
    below = other_book(tmp_path / "收到" / "李四.xlsx")
    # The copy with the problems in it is as much of a master, but nobody means it.
    shutil.copy(master, tmp_path / f"{master.stem}{ANNOTATED}")
    assert near([beside]) == (master,)
    assert near([below]) == (master,)
    written = tmp_path / "考核表" / "2026-10" / "客服部"
    assert near([other_book(written / "王五.xlsx")]) == (master,)
    assert near([written]) == (master,)
    assert near([other_book(written / "更深" / "王五.xlsx")]) == ()


def test_the_month_of_the_settings_or_the_last_with_figures(master: Path) -> None:
    month = this_month(master, dt.date(2020, 1, 1))
    assert month.folder == master.parent / "考核表" / str(month.period)
    changed = openpyxl.load_workbook(master)
    cells = [cell for row in changed["设置"].iter_rows() for cell in row]
    place = next(cell for cell in cells if cell.value == "考核月份").offset(column=2)
    place.value = "2031-05"
    changed.save(master)
    assert str(this_month(master).period) == "2031-05"
    place.value = "五月吧"
    changed.save(master)
    with pytest.raises(ProblemsFound, match="五月吧"):
        this_month(master)


def test_no_master(tmp_path: Path) -> None:
    with pytest.raises(ProblemsFound):
        this_month(other_book(tmp_path / "别的.xlsx"))
