"""From a cell to Python and back, for every worksheet function: in LibreOffice, see ``bridge``."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import xladdin_udfs

import xladdin.ribbon
from tests.udfs.stubs import PACKAGE, excel
from xladdin import functions
from xladdin.addin.buttons import Button, buttons
from xladdin.addin.ribbon_xml import PREFIX
from xladdin.functions.spilling import LOGGED
from xladdin.ribbon.commands import COMMANDS
from xladdin.unforeseen import log_file

from . import samples
from .bridge import CALLED_FROM_A_CELL, WRAPPER, Book, Bridge, bridged
from .bridge_cases import UNWRITTEN, Case, bridge_cases
from .office import MacroOffice

pytestmark = pytest.mark.xdist_group("bridge")
CASES = bridge_cases()


@pytest.fixture(scope="module")
def bridge() -> Iterator[Bridge]:
    with excel() as called:
        yield Bridge(called)


@pytest.fixture(scope="module")
def book(bridge: Bridge, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    path = tmp_path_factory.mktemp("bridge") / "bridge.xlam"
    with MacroOffice() as office, bridged(office, path, bridge) as opened:
        yield opened


@pytest.fixture(autouse=True)
def empty_log(bridge: Bridge) -> None:
    bridge.log.clear()


@pytest.mark.parametrize("case", CASES, ids=map(str, CASES))
def test_a_formula_is_answered_by_the_function(book: Book, bridge: Bridge, case: Case) -> None:
    expected = _shown(case.computed)
    book.fill(case.cells)
    assert _calculated(book, case, expected) == expected
    if case.shows is not UNWRITTEN:
        assert expected == _shown(case.shows)
    assert bridge.log == [("CallUDF", PACKAGE, case.name, case.sent)]


def _calculated(book: Book, case: Case, expected: Any) -> object:
    if isinstance(expected, list):
        return book.values(case.spelled, len(expected), len(expected[0]))
    return book.value(case.spelled)


def _shown(answer: Any) -> Any:
    """Blanks are empty texts."""
    if isinstance(answer, list):
        return [list(map(_shown, row)) for row in answer]
    return "" if answer is None else answer


def test_an_answer_comes_from_nowhere_else(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(functions, "kpi_rank", lambda scores: [["换了"] for _ in scores])
    book.fill([[90], [80]])
    assert book.values("=KPI_RANK(A1:A2)", 2, 1) == [["换了"], ["换了"]]


def test_what_no_function_foresaw_is_an_error_of_the_cell_alone(
    book: Book, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(Path, "home", lambda: tmp_path)

    def broken(*_: object) -> None:
        raise LookupError("a fault")

    book.fill([])
    with monkeypatch.context() as patched:
        patched.setattr(functions, "kpi_grade", broken)
        assert book.value("=KPI_GRADE(90)") == LOGGED
    assert "LookupError" in log_file().read_text("utf-8")
    assert book.value("=KPI_GRADE(91)") == "优秀"


def test_what_cells_more_or_fewer_than_the_answer_show(book: Book) -> None:
    """As docs/手册/06 tells of Excel before 365: the wrapper hands over rows, and not only the first."""
    book.fill([[90], [75], [80]])
    assert book.values("=KPI_RANK(A1:A3)", 4, 1) == [[1], [3], [2], [None]]
    assert book.values("=KPI_RANK(A1:A3)", 2, 1)[:2] == [[1], [3]]


def test_a_changed_cell_is_calculated_again(book: Book, bridge: Bridge) -> None:
    book.fill([[18, 20, 20]])
    assert book.value("=KPI_SCORE(A1;B1;C1)") == 18
    book.change("A1", 10)
    assert book.shown() == 10
    assert len(bridge.log) == 2


@pytest.mark.parametrize("button", buttons(), ids=lambda each: each.id)
def test_each_button_of_the_add_in_reaches_its_command(
    book: Book, bridge: Bridge, monkeypatch: pytest.MonkeyPatch, button: Button
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(xladdin.ribbon, "run", lambda command, _: asked.append(command))
    bridge.execute = lambda statement: exec(statement, {})  # noqa: S102 - what the macro sends
    book.press(f"{PREFIX}{button.id}")
    assert asked == [button.id]
    assert asked[0] in COMMANDS
    # Excel itself comes first, where the command looks for it.
    assert bridge.log[:2] == [
        ("Module", "xladdin.ribbon"),
        ("SetAttr", "xladdin.ribbon", "APPLICATION", "Application"),
    ]


# That the cases are enough, and the wrapper xlwings' own.


@pytest.mark.parametrize("name", xladdin_udfs.__all__)
def test_every_function_has_all_kinds_of_cases(name: str) -> None:
    cases = [case for case in CASES if case.name == name]
    parameters = inspect.signature(cases[0].function).parameters.values()
    counts = {len(case.given) for case in cases}
    assert {len(parameters), sum(it.default is it.empty for it in parameters)} <= counts
    assert [case for case in cases if not case.places]
    assert [case for case in cases if any(":" in place for place in case.places)]
    assert [case for case in cases if case.shows is None]


def test_only_a_condition_is_taken_out_of_the_wrapper() -> None:
    (module,) = [module for module in samples.modules() if module.name == WRAPPER]
    assert module.source.count(CALLED_FROM_A_CELL) == len(xladdin_udfs.__all__)
    assert module.source.count(f"{CALLED_FROM_A_CELL}On Error GoTo failed") == len(
        xladdin_udfs.__all__
    )


def test_a_case_reads_its_formula() -> None:
    case = Case('=KPI_SCORE(A1,B1:B2,2.5,"甲,乙")', [[None, 7], [1, "字"]])
    assert case.given == [None, [[7.0], ["字"]], 2.5, "甲,乙"]
    assert case.sent == (None, ((7.0,), ("字",)), 2.5, "甲,乙", -2147352572)
    assert case.spelled == '=KPI_SCORE(A1;B1:B2;2.5;"甲,乙")'
    assert replace(case, formula="=KPI_RANK(A1)").given == [None]
