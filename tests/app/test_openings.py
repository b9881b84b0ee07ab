"""One command opens a file once, whatever it needs of it."""

from __future__ import annotations

import hashlib
import io
import sys
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.master.small_company import sound_master
from tests.patch.masters import write_master
from xladdin.company.tokens import LIST_NAME
from xladdin.ooxml import archive, opening

from .command import Done, xladdin

MONTH = "2026-10"
SEEN: list[str] = []
"""Every file that the process opens to read it, while somebody listens."""
_LISTENING: list[bool] = []


def _hear(event: str, arguments: tuple[Any, ...]) -> None:
    if _LISTENING and event == "open" and str(arguments[1]).startswith("r"):
        SEEN.append(str(arguments[0]))


class Openings:
    """What was opened: through the floor, by the system, and as a zip file."""

    def __init__(self) -> None:
        self.read: Counter[str] = Counter()
        self.unpacked: Counter[str] = Counter()

    def by_the_system(self, path: Path) -> int:
        return sum(Path(name).resolve() == path.resolve() for name in SEEN)


@pytest.fixture(scope="module", autouse=True)
def hook() -> None:
    sys.addaudithook(_hear)  # for good, but deaf unless somebody listens


@pytest.fixture
def openings(monkeypatch: pytest.MonkeyPatch) -> Iterator[Openings]:
    found, read = Openings(), opening._read

    def reading(path: Path) -> Any:
        found.read[str(path.resolve())] += 1
        return read(path)

    class Counted(zipfile.ZipFile):
        def __init__(self, file: Any, mode: Any = "r", *others: Any) -> None:
            if mode == "r" and isinstance(file, io.BytesIO):
                found.unpacked[hashlib.sha256(file.getvalue()).hexdigest()] += 1
            super().__init__(file, mode, *others)

    monkeypatch.setattr(opening, "_read", reading)
    monkeypatch.setattr(archive.zipfile, "ZipFile", Counted)
    SEEN.clear()
    _LISTENING.append(True)
    yield found
    _LISTENING.clear()


@pytest.fixture
def master(tmp_path: Path) -> Path:
    path = tmp_path / "总表.xlsx"
    path.write_bytes(sound_master())
    return path


def once(openings: Openings, *paths: Path) -> None:
    """Each path was read once through the floor, and nothing else; no content was unpacked twice."""
    assert openings.read == Counter({str(path.resolve()): 1 for path in paths})
    assert set(openings.unpacked.values()) <= {1}


def test_init_opens_nothing_that_it_was_not_asked_for(tmp_path: Path, openings: Openings) -> None:
    assert xladdin("init", tmp_path / "总表.xlsx").code == 0
    once(openings)
    assert sum(openings.unpacked.values()) <= 1, "what XlsxWriter wrote, to be edited"


def test_check(master: Path, openings: Openings) -> None:
    assert xladdin("check", master).code == 0
    once(openings, master)
    assert openings.by_the_system(master) == 1
    assert sum(openings.unpacked.values()) == 1


def test_annotate(master: Path, tmp_path: Path, openings: Openings) -> None:
    copy = tmp_path / "副本.xlsx"
    assert xladdin("check", master, "--annotate", copy).code == 0
    once(openings, master)
    assert openings.by_the_system(master) == 1
    assert xladdin("check", master, "--annotate", copy).code == 0
    assert openings.read[str(master.resolve())] == 2


def test_import(tmp_path: Path, openings: Openings) -> None:
    master, export = write_master(tmp_path / "总表.xlsx"), tmp_path / "导出.csv"
    export.write_text("姓名,询单转化率\n陆雨桐,66%\n", "utf-8")
    done = xladdin("import", master, export, "--period", "2026-11", "--json")
    assert '"written": true' in done.out, done.err
    once(openings, master, export)
    assert openings.by_the_system(export) == 1
    assert sum(openings.unpacked.values()) == 2, "the master before and after"


def test_score(master: Path, openings: Openings) -> None:
    """The schemes, the people and the figures out of one workbook."""
    assert xladdin("score", master, "--actuals", master).code == 0
    once(openings, master)
    assert openings.by_the_system(master) == 1


def test_score_without_a_roster(tmp_path: Path, openings: Openings) -> None:
    """The figures are looked through twice, for the people first."""
    figures = tmp_path / "数据.csv"
    figures.write_text(
        "月份,工号,指标,目标,实际\n2026-10,C001,销售目标达成,100,90\n", encoding="utf-8"
    )
    done = xladdin("score", "online_shop_monthly", "--actuals", figures)
    assert "C001" in done.out, done.err
    once(openings, figures)
    assert openings.by_the_system(figures) == 1


def test_generate(master: Path, tmp_path: Path, openings: Openings) -> None:
    done = xladdin("generate", master, "--period", MONTH, "--out", tmp_path / "表")
    assert done.code == 0, done.err
    once(openings, master)
    assert openings.by_the_system(master) == 1


def test_generate_with_one_workbook_for_everything(tmp_path: Path, openings: Openings) -> None:
    book = openpyxl.Workbook()
    roster = book.active
    assert roster is not None
    roster.append(["工号", "姓名", "部门", "岗位", "直接上级"])
    roster.append(["C001", "张三", "客服部", "客服", "李四"])
    roster.append(["C002", "李四", "客服部", "客服主管", ""])
    raters = book.create_sheet("评价人")
    raters.append(["被评价人工号", "评价人类型", "评价人"])
    raters.append(["C001", "同事", "王五"])
    book.save(tmp_path / "公司.xlsx")
    path = tmp_path / "公司.xlsx"
    options = ["--roster", path, "--raters", path, "--form", "competency", "--period", MONTH]
    done = xladdin("generate", *options, "--out", tmp_path / "表")
    assert list((tmp_path / "表").rglob("*.xlsx")), done.err
    once(openings, path, next((tmp_path / "表").rglob(LIST_NAME)))
    assert openings.by_the_system(path) == 1


def test_the_list_of_raters_is_read_once(master: Path, tmp_path: Path, openings: Openings) -> None:
    command = ["generate", master, "--form", "competency", "--out", tmp_path / "表"]
    assert xladdin(*command, "--period", MONTH).code == 0
    tokens = next((tmp_path / "表").rglob(LIST_NAME))
    openings.read.clear()
    openings.unpacked.clear()
    assert xladdin(*command, "--period", "2026-11").code == 0
    once(openings, master, tokens)


def written_once(openings: Openings, done: Done, master: Path, *others: Path) -> None:
    """Before it is written over, a master workbook is opened once, and once what it becomes."""
    assert '"written": true' in done.out, done.err
    once(openings, master, *others)
    workbooks = [path for path in (master, *others) if path.suffix == ".xlsx"]
    assert sum(openings.unpacked.values()) == len(workbooks) + 1


def test_a_position_becomes_a_scheme(master: Path, openings: Openings) -> None:
    position = ("--position", "online_service_agent")
    done = xladdin("scheme", "from-position", master, *position, "--json")
    written_once(openings, done, master)


def test_a_form_becomes_a_scheme(master: Path, tmp_path: Path, openings: Openings) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for line in (
        ("指标", "权重", "评分标准"),
        ("客服销售额", "60%", "完成率×权重"),
        ("平均响应时长", "40%", "由主管评分"),
    ):
        sheet.append(line)
    form = tmp_path / "考核表.xlsx"
    book.save(form)
    written_once(openings, xladdin("scheme", "from-form", master, form, "--json"), master, form)


def test_a_form_that_is_handed_in_first_is_opened_once(
    master: Path, tmp_path: Path, openings: Openings
) -> None:
    form = tmp_path / "表.xlsx"
    openpyxl.Workbook().save(form)
    assert xladdin("scheme", "from-form", form).code == 1
    once(openings, form)
