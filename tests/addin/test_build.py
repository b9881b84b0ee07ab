"""The finished file, as other programs read it."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xladdin_udfs

from tests.app.command import xladdin
from tests.workbench.office import OfficeError
from xladdin.addin import build
from xladdin.addin.addin_package import ADD_IN, CONTENT_TYPES, WORKBOOK
from xladdin.addin.buttons import TAB
from xladdin.addin.glue import GlueChangedError
from xladdin.addin.vba import Module
from xladdin.addin.windows.setup_folder import APP
from xladdin.explorer.command_process import done
from xladdin.explorer.entry_jobs import JOBS, START
from xladdin.layout.package_edits import edited
from xladdin.layout.writer import macro_workbook
from xladdin.problems import ProblemsFound

from . import samples
from .directives import resolved
from .office import MacroOffice

pytestmark = pytest.mark.xdist_group("addin")
BROKEN = "\r\nFunction Broken(x\r\n    Broken = \r\nEnd Function\r\n"


def rows(sheet: str, content: bytes = b"") -> list[list[str]]:
    types = {CONTENT_TYPES: lambda xml: xml.replace(ADD_IN, WORKBOOK)}
    book = openpyxl.load_workbook(io.BytesIO(edited(content or samples.file(), types)))
    found = book[sheet].iter_rows(values_only=True)
    return [[str(value) for value in row if value is not None] for row in found]


def test_equal_sources_give_equal_bytes() -> None:
    assert build.build() == build.build() == samples.file()


def test_windows_makes_the_same_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Python notes in each entry of a zip file on which system it was written."""
    begun = zipfile.ZipInfo.__init__

    def on_windows(self: zipfile.ZipInfo, *args: Any, **named: Any) -> None:
        begun(self, *args, **named)
        self.create_system = 0

    monkeypatch.setattr(zipfile.ZipInfo, "__init__", on_windows)
    assert zipfile.ZipInfo("a").create_system == 0
    assert build.build() == samples.file()


def test_the_settings_leave_the_interpreter_to_the_user() -> None:
    assert rows("xladdin.conf") == [list(row) for row in build.SETTINGS]
    assert not [row for row in rows("xladdin.conf") if "interpreter" in row[0].lower()]


def test_an_add_in_on_a_share_names_the_python_beside_it(tmp_path: Path) -> None:
    """And nothing is written for its user: Excel reads the add-in's own settings before those."""
    python = tmp_path / APP / "python" / "python.exe"
    python.parent.mkdir(parents=True)
    python.write_bytes(b"")
    ended = done(JOBS["share"], [tmp_path], lambda _: None)
    assert ended.code == 0, ended.text
    made = (tmp_path / START / "xladdin.xlam").read_bytes()
    assert rows("xladdin.conf", made) == [
        *map(list, build.SETTINGS),
        [build.INTERPRETER, str(python)],
    ]


def test_the_words_without_python_stand_in_a_sheet() -> None:
    (title,), *messages, (starting,) = rows("xladdin.text")
    assert TAB in title
    assert all("xladdin addin doctor" in message for (message,) in messages)
    assert "正在启动" in starting


def test_every_function_has_its_help_in_the_sheet() -> None:
    found = rows("xladdin.help")
    assert [tuple(row) for row in found] == list(samples.generated().help)
    assert {row[0] for row in found} == set(xladdin_udfs.__all__)


def test_what_is_shown_while_a_formula_is_typed_stands_in_the_last_sheet() -> None:
    (mark,), *found = rows("_IntelliSense_")
    assert mark == "FunctionInfo"
    helped = {row[0]: row for row in rows("xladdin.help")}
    assert {row[0] for row in found} == helped.keys()
    assert {row[2] for row in samples.generated().in_cell} == {""}, "a link"
    for name, description, *arguments in found:
        assert [description, *arguments[1::2]] == helped[name][2:]
    score = next(row for row in found if row[0] == "KPI_SCORE")
    assert score[2::2] == ["actual", "target", "weight", "method", "options"]
    sheets = re.findall(r'<sheet name="([^"]+)"', samples.part("xl/workbook.xml").decode())
    assert sheets[-1] == "_IntelliSense_"


def test_the_sheets_are_joined_to_their_modules() -> None:
    for number in (1, 2, 3, 4):
        xml = samples.part(f"xl/worksheets/sheet{number}.xml").decode()
        assert f'<sheetPr codeName="Sheet{number}"/>' in xml
    assert 'codeName="ThisWorkbook"' in samples.part("xl/workbook.xml").decode()


def test_all_vba_is_ascii_in_short_lines_that_end_as_on_windows() -> None:
    for module in samples.modules():
        assert module.source.isascii()
        assert module.source.count("\n") == module.source.count("\r\n") > 0
        assert max(map(len, module.source.split("\r\n"))) <= 1023


def test_the_command_writes_the_file(tmp_path: Path) -> None:
    out = tmp_path / "folder" / "xladdin.xlam"
    done = xladdin("addin", "build", "--out", out)
    assert (done.code, done.err) == (0, "")
    assert out.read_bytes() == samples.file()


def test_the_command_says_what_it_cannot_write(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    done = xladdin("addin", "build", "--out", tmp_path / "file" / "x.xlam")
    assert done.code == 1
    assert "写不进去" in done.err


def test_only_an_add_in_of_ours_is_replaced(tmp_path: Path) -> None:
    out = tmp_path / "xladdin.xlam"
    out.write_bytes(samples.file())
    assert xladdin("addin", "build", "--out", out).code == 0
    workbook = macro_workbook({"A": [["x"]]}, b"")
    edited_by_hand = edited(
        samples.file(), {"docProps/core.xml": lambda xml: xml.replace("2026-", "2027-")}
    )
    for content in (b"", b"mine", workbook, edited_by_hand):
        out.write_bytes(content)
        refused = xladdin("addin", "build", "--out", out)
        assert refused.code == 1
        assert "--overwrite" in refused.err
        assert out.read_bytes() == content
    assert xladdin("addin", "build", "--out", out, "--overwrite").code == 0
    assert out.read_bytes() == samples.file()


def changed_glue() -> str:
    raise GlueChangedError


@pytest.mark.parametrize(
    ("name", "stand_in", "code"),
    [("find_spec", lambda _: None, "no_xlwings"), ("glue", changed_glue, "wrong_xlwings")],
)
def test_the_command_asks_for_the_right_xlwings(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str, stand_in: object, code: str
) -> None:
    monkeypatch.setattr(build, name, stand_in)
    with pytest.raises(ProblemsFound, match="pip install") as found:
        build.write(tmp_path / "xladdin.xlam")
    assert [problem.code for problem in found.value.problems] == [code]
    assert not list(tmp_path.iterdir())


# In LibreOffice.


@pytest.fixture(scope="module")
def office() -> Iterator[MacroOffice]:
    with MacroOffice() as started:
        yield started


def twin(path: Path, broken: str = "") -> Path:
    """The add-in as LibreOffice can run it; with a broken function in one module, if wanted."""

    def translated(module: Module) -> Module:
        text = resolved(module.source)
        return replace(module, source=text + BROKEN if module.name == broken else text)

    content = build.add_in([*map(translated, samples.modules())], samples.generated())
    path.write_bytes(content)
    return path


def test_vba_runs_from_a_cell(office: MacroOffice, tmp_path: Path) -> None:
    path = twin(tmp_path / "twin.xlam")
    assert office.calculated(path, "=XLADDIN_PROBE(21)") == 42
    assert office.calculated(path, "=XLADDIN_PROBE(21;3)") == 63


@pytest.mark.parametrize("name", [module.name for module in samples.modules()])
def test_a_fault_in_any_module_silences_the_probe(
    office: MacroOffice, tmp_path: Path, name: str
) -> None:
    """So the probe shows that all modules compile."""
    path = twin(tmp_path / "broken.xlam", name)
    try:
        assert office.calculated(path, "=XLADDIN_PROBE(21)") != 42
    except OfficeError:
        pytest.fail("the file could not even be opened")
