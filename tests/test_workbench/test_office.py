from __future__ import annotations

import builtins
import os
import signal
import subprocess
import sys
import time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.workbench import unobridge
from tests.workbench.document import TooManyInvalidCells
from tests.workbench.office import Office, OfficeError
from tests.workbench.sample import DEPARTMENTS, PARAMETERS, PEOPLE, SCORES, SUMMARY
from tests.workbench.tools import ROOT, SETUP_COMMAND, ToolMissing
from tests.workbench.values import ErrorText

from .conftest import Maker


def test_sheet_names_come_in_tab_order(office: Office, sample: Path) -> None:
    with office.open(sample) as document:
        assert document.sheet_names == [PARAMETERS, SCORES, SUMMARY]


def test_grid_holds_the_recalculated_used_area(office: Office, sample: Path) -> None:
    with office.open(sample) as document:
        grid = document.grid(SCORES)
    assert grid[0][5] == "总分"
    assert [row[5] for row in grid[1:]] == [float(person.total) for person in PEOPLE]
    assert grid[3][4] == ""


def test_formulas_are_read_beside_constants(office: Office, sample: Path) -> None:
    with office.open(sample) as document:
        formulas = document.formulas(SUMMARY)
    assert formulas[1][0] == "部门"
    assert formulas[8][1] == "=NA()"


def test_values_can_be_set_and_formulas_follow(office: Office, sample: Path) -> None:
    with office.open(sample) as document:
        document.set(SCORES, "D2", Decimal("100"))
        document.set(SCORES, "E2", None)
        assert document.get(SCORES, "F2") == 70.0
        assert document.get(SCORES, "H2") == "缺项"
        document.set(SCORES, "B2", "=1+1")
        assert document.get(SCORES, "B2") == "=1+1"


def test_recalculate_reaches_volatile_formulas(office: Office, make: Maker) -> None:
    with office.open(make(lambda _, sheet: sheet.write_formula("A1", "=RAND()"))) as document:
        before = document.get("S", "A1")
        document.recalculate()
        assert document.get("S", "A1") != before


def test_stored_values_are_not_trusted(office: Office, make: Maker) -> None:
    with office.open(make(lambda _, sheet: sheet.write_formula("A1", "=1+1", None, 7))) as document:
        assert document.get("S", "A1") == 2.0


def test_errors_have_a_type_of_their_own(office: Office, make: Maker) -> None:
    def fill(_: Any, sheet: Any) -> None:
        sheet.write_column("A1", ["=1/0", "=NA()", '="#N/A"', "=1"])

    with office.open(make(fill)) as document:
        assert document.error_cells("S") == {"A1": "#DIV/0!", "A2": "#N/A"}
        values = [row[0] for row in document.grid("S")]
        assert values == ["#DIV/0!", "#N/A", "#N/A", 1.0]
        assert [isinstance(value, ErrorText) for value in values] == [True, True, False, False]
        assert isinstance(document.get("S", "A1"), ErrorText)


def test_a_good_workbook_has_no_invalid_cells(office: Office, sample: Path) -> None:
    with office.open(sample) as document:
        assert document.invalid_cells(SCORES) == set()
        assert document.invalid_cells(SUMMARY) == set()


def test_invalid_cells_are_exactly_those_that_break_their_rule(
    office: Office, sample: Path
) -> None:
    wrong: dict[str, float | str] = {"D2": 105.5, "E3": -1, "E4": "满分", "C5": "没有部", "J1": "Z"}
    right: dict[str, float | str | None] = {"D3": 0, "D4": 105, "D5": None, "C2": DEPARTMENTS[1]}
    with office.open(sample) as document:
        for place, value in (wrong | right).items():
            document.set(SCORES, place, value)
        assert document.invalid_cells(SCORES) == set(wrong)
        document.set(SCORES, "D2", 105)
        assert document.invalid_cells(SCORES) == set(wrong) - {"D2"}


def test_invalid_cells_on_odd_sheets_with_merged_areas(office: Office, make: Maker) -> None:
    def fill(book: Any, _: Any) -> None:
        sheet = book.add_worksheet("a.b $'c")
        sheet.insert_textbox("H1", "a shape that is no circle")
        sheet.merge_range("B2:C3", "no")
        for area in ("B2:C3", "E1:E9"):
            sheet.data_validation(area, {"validate": "list", "source": ["yes"]})
        sheet.write_column("E1", ["yes", "no", "yes"])

    with office.open(make(fill)) as document:
        assert document.invalid_cells("a.b $'c") == {"B2", "E2"}


def test_too_many_invalid_cells_are_not_cut_short(office: Office, make: Maker) -> None:
    def fill(_: Any, sheet: Any) -> None:
        sheet.write_column("A1", [1] * 1001)
        rule = {"validate": "integer", "criteria": ">", "value": 5}
        sheet.data_validation("A1:A1001", rule)

    with office.open(make(fill)) as document, pytest.raises(TooManyInvalidCells):
        document.invalid_cells("S")


def test_copies_are_written_and_read_again(office: Office, sample: Path, tmp_path: Path) -> None:
    with office.open(sample) as document:
        assert document.pdf(tmp_path / "a.pdf").read_bytes().startswith(b"%PDF")
        copy = document.save_as(tmp_path / "a.xlsx")
    with office.open(copy) as document:
        assert document.sheet_names == [PARAMETERS, SCORES, SUMMARY]


def test_an_open_file_leaves_no_lock_beside_it(office: Office, make: Maker) -> None:
    path = make(lambda _, sheet: sheet.write("A1", 1))
    with office.open(path):
        assert list(path.parent.iterdir()) == [path]


def test_failures_say_what_was_asked(office: Office, sample: Path, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError), office.open(tmp_path / "absent.xlsx"):
        pass
    text = tmp_path / "letter.txt"
    text.write_text("hello")
    with pytest.raises(OfficeError, match=r"letter\.txt"), office.open(text):
        pass
    with office.open(sample) as document:
        with pytest.raises(OfficeError, match="没有"):
            document.grid("没有")
        with pytest.raises(OfficeError, match=r"汇总!\?"):
            document.get(SUMMARY, "?")


def test_an_office_that_was_not_entered_says_so(sample: Path) -> None:
    with pytest.raises(OfficeError, match="not running"), Office().open(sample):
        pass


def test_a_hanging_office_is_killed_and_leaves_nothing(sample: Path) -> None:
    with Office(call_limit=0.5) as office:
        profile = office.process.profile
        for process in _processes(profile):
            os.kill(process, signal.SIGSTOP)
        with pytest.raises(OfficeError, match=r"sample\.xlsx"), office.open(sample):
            pass
    _wait_until_gone(profile)


def test_the_office_of_a_killed_process_ends_too() -> None:
    script = (
        "import time\nfrom tests.workbench.office import Office\n"
        "with Office() as office:\n    print(office.process.profile, flush=True)\n    time.sleep(60)"
    )
    command = [sys.executable, "-c", script]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as started:
        assert started.stdout is not None
        profile = Path(started.stdout.readline().strip())
        assert _processes(profile)
        started.kill()
    _wait_until_gone(profile)


def _wait_until_gone(profile: Path) -> None:
    end = time.monotonic() + 10
    while (_processes(profile) or profile.exists()) and time.monotonic() < end:
        time.sleep(0.05)
    assert _processes(profile) == []
    assert not profile.exists()


def _processes(profile: Path) -> list[int]:
    """List the soffice processes that use a profile, by their command lines."""
    found = []
    for entry in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = entry.read_bytes().split(b"\0")
        except OSError:
            continue  # it ended meanwhile
        if f"-env:UserInstallation={profile.as_uri()}".encode() in words[1:2]:
            found.append(int(entry.parent.name))
    return found


def test_the_bridge_leaves_no_trace_in_python(office: Office) -> None:
    assert office.process.running
    assert builtins.__import__.__module__ == "builtins"
    assert unobridge.SYSTEM_PACKAGES not in sys.path
    assert not any("libreoffice" in entry for entry in sys.path)
    inherited = subprocess.run(["env"], capture_output=True, text=True, check=True).stdout
    assert "URE_BOOTSTRAP" not in inherited


def test_a_missing_binding_names_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "uno", None)
    with pytest.raises(ToolMissing, match=SETUP_COMMAND):
        unobridge.load_uno.__wrapped__()


def test_a_missing_program_names_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nonexistent")
    with pytest.raises(ToolMissing, match=rf"soffice is missing.*{SETUP_COMMAND}"), Office():
        pass
