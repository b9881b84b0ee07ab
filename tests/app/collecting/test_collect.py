"""Forms collected into a master workbook, as a clerk does it: again and again, with odd files."""

from __future__ import annotations

import io
import shutil
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.patch.masters import SMALL, write_master
from xladdin.app.collecting.collect import collect
from xladdin.app.collecting.collect_ledger import LedgerKeeper
from xladdin.app.collecting.collected import Collected
from xladdin.app.generating.generate import generate
from xladdin.books import return_list
from xladdin.company.starting import example_company
from xladdin.domain.people import Period
from xladdin.layout.place import defined_name
from xladdin.ledger.archive_folder import Archive
from xladdin.ledger.records import Decision, PeriodState, Returned, ScoreResult
from xladdin.ledger.store import Ledger
from xladdin.master.read_master import read_master

PERIOD = Period("2026-11")
ANSWERS = {"actual.reply_quality": 1, "actual.initiative": 5, "actual.teamwork": 4.5}
ANSWERS |= {"actual.learning": 4, "comment.self": "按时完成"}
PEOPLE = ["QC002", "QC003", "QC004"]
ROWS = [{"period": "2026-10", "employee": "QC005", "indicator": "销售目标达成", "actual": 90000}]


class Desk:
    """A master workbook, forms that went out, and a folder of what came back."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.master, self.out, self.back = folder / "总表.xlsx", folder / "发出", folder / "收到"
        self.forms = {path.name.split("_")[1]: path for path in self.out.rglob("*.xlsx")}

    def fill(self, person: str, answers: Mapping[str, Any] = ANSWERS, name: str = "") -> Path:
        """One form filled in and sent back under some name."""
        book = openpyxl.load_workbook(self.forms[person])
        for key, value in answers.items():
            ((sheet, place),) = book.defined_names[defined_name(key)].destinations
            book[sheet][place].value = value
        path = self.back / (name or f"{person}.xlsx")
        book.save(path)
        return path

    def collect(self, *paths: Path, **settings: Any) -> Collected:
        return collect(self.master, paths or [self.back], **settings)

    def figures(self, person: str) -> dict[str, Any]:
        company, _ = read_master(self.master)
        return {
            line.indicator: line.actual
            for line in company.actuals_of(company.people[person], PERIOD)
        }

    def listed(self, sheet: str = return_list.LIST) -> list[dict[str, Any]]:
        """The rows of a sheet of the list."""
        rows = list(openpyxl.load_workbook(self.list)[sheet].iter_rows(values_only=True))
        return [dict(zip(rows[3], row, strict=True)) for row in rows[4:]]

    @property
    def list(self) -> Path:
        return self.folder / f"收表清单_{PERIOD}.xlsx"

    def decide(self, choice: str) -> None:
        """Choose the same for everything that is open, as the clerk does it in the list."""
        book = openpyxl.load_workbook(self.list)
        sheet = book[return_list.OPEN]
        column = return_list.OPEN_HEADS.index(return_list.CHOICE) + 1
        for row in range(5, sheet.max_row + 1):
            sheet.cell(row, column).value = choice
        book.save(self.list)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small master workbook and forms of its people, as they went out."""
    folder = tmp_path_factory.mktemp("desk")
    (folder / "收到").mkdir()
    few = {**SMALL, "employees": example_company().employees[1:5]}
    company, _ = read_master(write_master(folder / "总表.xlsx", ROWS, **few))
    assert len(generate(company, PERIOD, folder / "发出", ids=PEOPLE).paths) == len(PEOPLE)
    return folder


@pytest.fixture
def desk(made: Path, tmp_path: Path) -> Desk:
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    return Desk(tmp_path)


def codes(done: Collected) -> set[str]:
    return {problem.code for problem in done.problems}


def states(desk: Desk) -> dict[str, str]:
    return {row["工号"]: row["状态"] for row in desk.listed() if row["工号"] in PEOPLE}


def test_blanks_of_the_master_are_filled_and_the_list_says_who_is_missing(desk: Desk) -> None:
    desk.fill("QC002", name="月度考核 (1) 副本.xlsx")
    done = desk.collect()
    assert done.written
    figures = desk.figures("QC002")
    assert {name: str(value) for name, value in figures.items()} == {
        "reply_quality": "1",
        "initiative": "5",
        "teamwork": "4.5",
        "learning": "4",
    }
    assert states(desk) == {"QC002": "有问题", "QC003": "缺", "QC004": "缺"}
    (row,) = [row for row in desk.listed() if row["工号"] == "QC002"]
    assert row["文件"] == "月度考核 (1) 副本.xlsx"
    assert "没有填" in row["问题"]
    names = " ".join(str(row["名单"]) for row in desk.listed(return_list.REMIND))
    assert "方嘉禾" in names
    assert "陆雨桐" not in names
    assert list(desk.folder.glob("总表.备份-*"))


def test_collecting_again_changes_nothing(desk: Desk) -> None:
    desk.fill("QC002")
    desk.collect()
    before = desk.master.read_bytes(), desk.list.read_bytes()
    again = desk.collect()
    assert not again.written
    assert (desk.master.read_bytes(), desk.list.read_bytes()) == before


def test_a_figure_of_the_master_is_never_overwritten_without_a_decision(desk: Desk) -> None:
    desk.fill("QC002")
    desk.collect()
    desk.fill("QC002", {**ANSWERS, "actual.initiative": 4})
    done = desk.collect()
    assert len(done.settled[0].open) == 1
    assert str(desk.figures("QC002")["initiative"]) == "5"
    assert states(desk)["QC002"] == return_list.UNDECIDED
    desk.decide("表上")
    done = desk.collect()
    assert str(desk.figures("QC002")["initiative"]) == "4"
    assert not done.settled[0].open


def test_a_decision_for_the_master_leaves_it_as_it_is(desk: Desk) -> None:
    desk.fill("QC002")
    desk.collect()
    desk.fill("QC002", {**ANSWERS, "actual.initiative": 4})
    desk.collect()
    desk.decide("总表")
    done = desk.collect()
    assert not done.settled[0].open
    assert str(desk.figures("QC002")["initiative"]) == "5"
    assert [row[return_list.CHOICE] for row in desk.listed(return_list.OPEN)] == ["总表"]


def test_two_copies_that_differ_are_a_question(desk: Desk) -> None:
    desk.fill("QC002", name="a.xlsx")
    desk.fill("QC002", {**ANSWERS, "actual.initiative": 4}, name="b.xlsx")
    done = desk.collect()
    assert "copies_differ" in codes(done)
    assert desk.figures("QC002") == {}
    desk.decide("第 2 份")
    desk.collect()
    chosen = desk.figures("QC002")["initiative"]
    options = [row["表上"] for row in desk.listed(return_list.OPEN)]
    assert str(chosen) == ("5" if "第 2 份：a.xlsx" in options[0] else "4")


def test_copies_that_say_the_same_are_one(desk: Desk) -> None:
    desk.fill("QC002", name="a.xlsx")
    desk.fill("QC002", name="a-final.xlsx")
    done = desk.collect()
    assert "copies_differ" not in codes(done)
    assert len(done.settled) == 1


def test_zips_folders_and_files_that_are_none(desk: Desk) -> None:
    form = desk.fill("QC002")
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as package:
        package.writestr("里面/陆雨桐.xlsx", form.read_bytes())
    with zipfile.ZipFile(desk.back / "交表.zip", "w") as package:
        package.writestr("内层.zip", inner.getvalue())
        package.writestr("截图.png", b"\x89PNG\r\n\x1a\n" + bytes(50))
    form.unlink()
    (desk.back / "加密.xlsx").write_bytes(bytes(range(1, 256)) * 40 + b"\0")
    (desk.back / "表.pdf").write_bytes(b"%PDF-1.7 ...")
    done = desk.collect()
    assert desk.figures("QC002")
    assert {"file_picture", "file_encrypted", "file_pdf"} <= codes(done)


def test_what_was_read_is_moved_and_nothing_is_overwritten(desk: Desk) -> None:
    full = {**ANSWERS}
    form = desk.fill("QC002", full, "表.xlsx")
    done_folder = desk.folder / "已收"
    done_folder.mkdir()
    (done_folder / "表.xlsx").write_bytes(b"another")
    (desk.back / "坏.xlsx").write_bytes(b"PK\x03\x04 broken")
    content = form.read_bytes()
    done = desk.collect(move_to=done_folder)
    assert done.moved == 1
    assert (done_folder / "表.xlsx").read_bytes() == b"another"
    assert (done_folder / "表 (2).xlsx").read_bytes() == content
    assert [path.name for path in desk.back.iterdir()] == ["坏.xlsx"]
    desk.collect(move_to=done_folder)
    assert states(desk)["QC002"] == "有问题"  # as the list said when it was read


def test_a_damaged_form_is_written_anew_with_its_answers(desk: Desk) -> None:
    path = desk.fill("QC002")
    book = openpyxl.load_workbook(path)
    ((sheet, place),) = book.defined_names[defined_name("total")].destinations
    book[sheet][place].value = 100
    book.save(path)
    repaired = desk.folder / "修复"
    done = desk.collect(repair_to=repaired)
    assert "formula_overwritten" in codes(done)
    (made,) = done.repaired
    again = desk.collect(made)
    assert again.settled[0].chosen
    form = again.settled[0].chosen.form
    assert [str(one) for one in form.problems] == []
    assert form.inputs["comment.self"] == "按时完成"
    assert desk.collect(repair_to=repaired).repaired == [made]


def test_accepted_forms_are_kept_once_with_scheme_result_and_decision(desk: Desk) -> None:
    keeper = LedgerKeeper.of(desk.master)
    desk.fill("QC002")
    for new, known in ((1, 0), (0, 1)):
        done = desk.collect(keeper=keeper)
        assert (done.kept, done.known) == (new, known)
    assert "台账：记下 0 份，1 份先前已经记过" in done.told
    desk.fill("QC002", {**ANSWERS, "actual.initiative": 4})
    assert desk.collect(keeper=keeper).kept == 0
    desk.decide("表上")
    assert desk.collect(keeper=keeper).kept == 1
    with Ledger(keeper.place, write=False) as ledger:
        returned = [entry.record for entry in ledger.read(Returned)]
        assert [str(one.inputs["actual.initiative"]) for one in returned] == ["5", "4"]
        kept = [Archive(desk.folder).find(one.file_sha256) for one in returned]
        assert kept[1]
        assert kept[1].read_bytes() == (desk.back / "QC002.xlsx").read_bytes()
        (decision,) = [entry.record for entry in ledger.read(Decision)]
        assert (decision.on_form, decision.in_master, decision.choice) == ("4分", "5分", "表上")
        result = ledger.read(ScoreResult)[-1].record
        assert result.total is None
        assert "销售目标达成" in result.incomplete


def test_the_files_are_kept_as_they_came(desk: Desk) -> None:
    keeper = LedgerKeeper.of(desk.master)
    desk.fill("QC002")
    desk.collect(keeper=keeper)
    (form,) = kept_forms(keeper)
    kept = Archive(desk.folder).find(form.file_sha256)
    assert kept is not None
    assert kept.read_bytes() == (desk.back / "QC002.xlsx").read_bytes()
    # Nor does the next run take it, or the ledger, for something that was handed in.
    assert not [
        read
        for read in desk.collect(desk.folder, keeper=keeper).reads
        if read.file.name == kept.name
    ]


def test_an_older_file_does_not_win_again_by_itself(desk: Desk) -> None:
    keeper = LedgerKeeper.of(desk.master)
    desk.fill("QC002")
    desk.collect(keeper=keeper)
    older = (desk.back / "QC002.xlsx").read_bytes()
    desk.fill("QC002", {**ANSWERS, "actual.initiative": 4})
    desk.collect(keeper=keeper)
    desk.decide("表上")
    desk.collect(keeper=keeper)
    (desk.back / "QC002.xlsx").write_bytes(older)
    desk.collect(keeper=keeper)
    desk.decide("表上")
    done = desk.collect(keeper=keeper)
    assert "older_form" in {problem.code for problem in done.problems}
    assert [str(form.inputs["actual.initiative"]) for form in kept_forms(keeper)] == ["5", "4"]


def kept_forms(keeper: LedgerKeeper) -> list[Returned]:
    with Ledger(keeper.place, write=False) as ledger:
        return [entry.record for entry in ledger.read(Returned)]


def test_a_closed_month_takes_nothing_and_nothing_is_written(desk: Desk) -> None:
    keeper = LedgerKeeper.of(desk.master)
    with Ledger(keeper.place) as ledger:
        ledger.change_period(str(PERIOD), PeriodState.CLOSED)
    desk.fill("QC002")
    before = desk.master.read_bytes()
    done = desk.collect(keeper=keeper, move_to=desk.folder / "已收")
    assert done.failed
    assert desk.master.read_bytes() == before
    assert (desk.back / "QC002.xlsx").exists()


def test_remarks_in_the_list_stay(desk: Desk) -> None:
    desk.fill("QC002")
    desk.collect()
    book = openpyxl.load_workbook(desk.list)
    sheet = book[return_list.LIST]
    column = return_list.LIST_HEADS.index(return_list.REMARK) + 1
    sheet.cell(5, column).value = "已电话催过"
    book.save(desk.list)
    desk.collect()
    assert desk.listed()[0][return_list.REMARK] == "已电话催过"


def test_an_empty_folder_is_said_to_be_empty(desk: Desk) -> None:
    told = desk.collect().told
    assert told[0] == "看了 0 个文件，收下 0 份表；里面没有文件，请把收到的表放进去，再收一次"
