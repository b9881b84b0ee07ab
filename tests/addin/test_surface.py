"""What somebody else's workbook can reach of the add-in: by a formula, a button, a link, a macro.

Excel finds macros by their names in all open workbooks, add-ins too, and asks nobody whether the
workbook that calls them has any macros of its own.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path

import olefile
import pytest
import xladdin_udfs

from tests.udfs.stubs import excel
from xladdin.addin import glue
from xladdin.addin.glue import PYTHON
from xladdin.addin.ribbon_xml import CALLBACK
from xladdin.addin.vba import standard

from . import samples
from .bridge import DOUBLE, Book, Bridge, bridged
from .office import MacroOffice
from .vba.reading import modules_of

pytestmark = pytest.mark.xdist_group("bridge")
PROCEDURE = re.compile(
    r"^[ \t]*((?:Public|Private|Friend)\s+)?(?:Static\s+)?(?:Function|Sub|Property\s+\w+)\s+(\w+)",
    re.MULTILINE | re.IGNORECASE,
)
DECLARED = re.compile(r"\bDeclare\s+(?:PtrSafe\s+)?(?:Function|Sub)\s+(\w+)", re.IGNORECASE)
SHARED = re.compile(r"^[ \t]*(?:Public|Global)\s+(?!Function|Sub)", re.MULTILINE | re.IGNORECASE)
ALLOWED = {
    "xlwings_udfs": {*xladdin_udfs.__all__},
    # Multiplies two numbers.
    "XladdinProbe": {"XLADDIN_PROBE"},
    # Takes a button of a ribbon, which neither a cell nor a link has, and of it only small letters.
    "XladdinRibbon": {CALLBACK},
}
"""Module -> what may be reached by its name; each has a reason why it does no harm."""
STATEMENT = "import os; os.system('calc.exe')"
ARGUMENTS = (
    [],
    [STATEMENT],
    [r"C:\Windows\win.ini"],
    ["os", "system"],
    [STATEMENT, "pythonw", "C:/"],
    ["os", "system", "calc.exe", "", "x"],
)
UNGUARDED = standard(
    "Unguarded",
    f"""\
Private XLPy As New {DOUBLE}
Public Function RunPython(PythonCommand As String)
    XLPy.Exec "" & PythonCommand & ""
End Function
""",
)


def stored() -> dict[str, str]:
    """Every module of the finished file, as another program reads it."""
    found = modules_of(samples.part(samples.PROJECT))
    return {name: text.decode("ascii") for name, text in found.items()}


def kinds() -> dict[str, str]:
    """Module -> ``Module``, ``Class`` or ``Document``."""
    with olefile.OleFileIO(io.BytesIO(samples.part(samples.PROJECT))) as project:
        lines = project.openstream("PROJECT").read().decode("ascii").splitlines()
    pairs = (line.partition("=") for line in lines)
    return {
        name.partition("/")[0]: kind
        for kind, _, name in pairs
        if kind in ("Module", "Class", "Document")
    }


def procedures(text: str) -> dict[str, str]:
    """Name -> the word in front of it."""
    return {name: scope.strip().lower() for scope, name in PROCEDURE.findall(text)}


def test_names_reach_only_what_is_allowed() -> None:
    """Private ones count: ``Application.Run`` calls them, LibreOffice answers a formula with them."""
    texts = {name: text for name, text in stored().items() if kinds()[name] == "Module"}
    assert {name: set(procedures(text)) for name, text in texts.items()} == ALLOWED


def test_no_module_shares_a_variable_or_a_declared_function() -> None:
    for name, text in stored().items():
        assert not SHARED.search(text), name
        assert len(DECLARED.findall(text)) == len(re.findall(r"Private Declare", text)), name


def test_what_reaches_python_stands_in_a_class_that_nobody_else_can_make() -> None:
    text = stored()[PYTHON]
    assert kinds()[PYTHON] == "Class"
    for key in ("GlobalNameSpace", "Creatable", "PredeclaredId", "Exposed"):
        assert f"Attribute VB_{key} = False\r\n" in text
    public = {name for name, scope in procedures(text).items() if scope != "private"}
    assert public == {"CallUDF", "Click"}
    others = "".join(text for name, text in stored().items() if name != PYTHON)
    assert not re.search(r"CreateObject|Declare|\.Exec\b", others)


def test_documents_have_only_what_excel_itself_calls() -> None:
    for name, kind in kinds().items():
        if kind == "Document":
            assert set(procedures(stored()[name]).values()) <= {"private"}


def test_the_callback_refuses_a_cell_and_anything_but_small_letters_and_underscores() -> None:
    assert 'TypeName(Application.Caller) = "Range" Then Exit Sub' in stored()["XladdinRibbon"]
    click = stored()[PYTHON].partition("Public Sub Click(")[2].partition("End Sub")[0]
    check = click.index('command Like "*[!a-z_]*" Then Err.Raise')
    assert check < click.index("XLPy.")


def test_functions_leave_the_workbook_in_front_out() -> None:
    """xlwings would run what stands in a sheet of it called ``….py``, given a licence."""
    call = stored()[PYTHON].partition("Public Function CallUDF(")[2].partition("End F")[0]
    assert "XLPy.CallUDF(FUNCTIONS, fname, args, Nothing, caller)" in call
    assert "ActiveWorkbook" not in stored()[PYTHON]


# In LibreOffice, whose cells see more of VBA than Excel's do.


@pytest.fixture(scope="module")
def office() -> Iterator[MacroOffice]:
    with MacroOffice() as started:
        yield started


@pytest.fixture(scope="module")
def told() -> list[str]:
    """What Python was told to run."""
    return []


@pytest.fixture(scope="module")
def bridge(told: list[str]) -> Iterator[Bridge]:
    with excel() as called:
        yield Bridge(called, told.append)


@pytest.fixture(scope="module")
def book(
    office: MacroOffice, bridge: Bridge, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Book]:
    path = tmp_path_factory.mktemp("surface") / "surface.xlam"
    with bridged(office, path, bridge) as opened:
        yield opened


def names() -> list[str]:
    """Every procedure of xlwings' glue, shipped or not, and of the add-in, but for the functions.

    The probe multiplies whatever it gets, in LibreOffice even texts.
    """
    text = glue.installed() + "".join(stored().values())
    found = {*procedures(text), *DECLARED.findall(text)}
    return sorted(found - {*xladdin_udfs.__all__, "XLADDIN_PROBE"})


def spelled(name: str, arguments: list[str]) -> str:
    texts = ";".join(f'"{each}"' for each in arguments)
    return f"={name}({texts})"


def test_the_names_are_those_of_the_attack() -> None:
    attack = {"RunPython", "RunFrozenPython", "ExecuteWindows", "SaveConfigToFile", "ReadFile"}
    assert attack | {"XLPy", "LoadLibrary", "GetConfigFromFile", "Click", "CallUDF"} <= {*names()}


@pytest.mark.parametrize("name", names())
def test_a_cell_gets_nothing_by_any_other_name(book: Book, bridge: Bridge, name: str) -> None:
    bridge.log.clear()
    shown = {text: book.error(text) for text in (spelled(name, each) for each in ARGUMENTS)}
    assert all(shown.values()), shown
    assert bridge.log == []


def test_the_functions_still_answer(book: Book, bridge: Bridge) -> None:
    assert book.value("=KPI_SCORE(18;20;20)") == 18
    assert book.value("=KPI_GRADE(90)") == "优秀"
    assert [entry[0] for entry in bridge.log] == ["CallUDF", "CallUDF"]


@pytest.mark.parametrize(
    "button", ["xladdin_x');import os#", "xladdin_", "", "xladdin_Help", "xladdin_a b", "x\r\ny"]
)
def test_a_button_of_another_ribbon_says_nothing_to_python(
    book: Book, bridge: Bridge, told: list[str], button: str
) -> None:
    bridge.log.clear()
    book.press(button)
    assert (bridge.log, told) == ([], [])


def test_the_attack_would_be_seen(office: MacroOffice, tmp_path: Path) -> None:
    """The same in an add-in with xlwings' function as xlwings has it."""
    got: list[str] = []
    with excel() as called:
        bridge = Bridge(called, got.append)
        with bridged(office, tmp_path / "unguarded.xlam", bridge, UNGUARDED) as book:
            book.value(spelled("RUNPYTHON", [STATEMENT]))
    assert got == [STATEMENT]
