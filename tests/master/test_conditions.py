"""Conditional formats: their formulas, put into cells, are true where a cell should light up."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.formula.translate import Translator

from tests.workbench.addresses import Area
from tests.workbench.office import Office
from xladdin.layout.styles import ALERT_FILL, MISSING_FILL, UNUSED
from xladdin.master.cell_kinds import Row
from xladdin.master.setting_columns import COLUMNS, METHOD_WORDS, PARAMETERS

from .rows import PLACES, SPECS, Rows, saved, small

FILLS = {MISSING_FILL: "missing", ALERT_FILL: "wrong", UNUSED.fill: "unused"}
Lit = dict[tuple[int, str], str]


def lit(rows: Rows, sheet: str, folder: Path, office: Office) -> Lit:
    """Row and column -> the first look that applies there."""
    return lit_in(rows, [sheet], folder, office)[sheet]


def lit_in(rows: Rows, sheets: Sequence[str], folder: Path, office: Office) -> dict[str, Lit]:
    """The same of several sheets, in one workbook."""
    book = openpyxl.load_workbook(saved(folder / "master.xlsx", rows))
    asked = [
        (sheet, number, key, look, _moved(formula, place, number))
        for sheet in sheets
        for place, look, formula in _conditions(book[SPECS[sheet].name])
        for number in range(len(rows[sheet]))
        if (key := _key(sheet, place.left)) is not None
    ]
    scratch = book.create_sheet("试")
    for line, (sheet, _, _, _, formula) in enumerate(asked, start=1):
        scratch.cell(line, 1).value = "=" + _elsewhere(formula, f"'{SPECS[sheet].name}'!")
    book.save(folder / "asked.xlsx")
    with office.open(folder / "asked.xlsx") as document:
        document.recalculate()
        answers = [row[0] for row in document.grid("试")]
    found: dict[str, Lit] = {sheet: {} for sheet in sheets}
    for (sheet, number, key, look, _), answer in zip(asked, answers, strict=True):
        assert answer in (0.0, 1.0), answer
        if answer:
            found[sheet].setdefault((number, key), look)
    return found


def _conditions(page: Any) -> list[tuple[Area, str, str]]:
    found = []
    for places, rules in page.conditional_formatting._cf_rules.items():
        for rule in rules:
            fill = rule.dxf.fill
            color = (fill.bgColor.rgb if fill else "")[2:]
            look = FILLS.get(f"#{color}", "")
            found.append((rule.priority, Area.parse(str(places.sqref)), look, rule.formula[0]))
    return [(place, look, formula) for _, place, look, formula in sorted(found, key=_priority)]


def _priority(found: tuple[int, Area, str, str]) -> int:
    return found[0]


def _key(sheet: str, left: int) -> str | None:
    key = PLACES[sheet][left - 1]
    return key if key in {column.key for column in SPECS[sheet].columns} else None


def _moved(formula: str, place: Area, rows: int) -> str:
    moved = Translator(f"={formula}", origin=f"A{place.top}")
    return str(moved.translate_formula(f"A{place.top + rows}")).removeprefix("=")


def _elsewhere(formula: str, sheet: str) -> str:
    """The formula as another sheet has to write it: `$A5` is in this one."""
    tokens = openpyxl.formula.Tokenizer(f"={formula}").items
    return "".join(
        sheet + token.value if token.subtype == "RANGE" and "$" in token.value else token.value
        for token in tokens
    )


def test_a_whole_master_is_calm(tmp_path: Path, office: Office) -> None:
    sheets = ("roster", "positions", "duties", "schemes", "raters")
    for sheet, found in lit_in(small(), sheets, tmp_path, office).items():
        assert not {"missing", "wrong"} & {*found.values()}, sheet


@pytest.mark.parametrize(
    ("sheet", "row", "entered", "expected"),
    [
        ("roster", 0, {"name": None}, {"name": "missing"}),
        ("roster", 0, {"name": "—"}, {"name": "missing"}),
        ("roster", 0, {"position": "司机"}, {"position": "wrong", "name": "missing"}),
        ("roster", 1, {"id": "001"}, {"id": "wrong", "name": "missing"}),
        ("indicators", 0, {"weight": None}, {"weight": "missing", "name": "missing"}),
        ("figures", 1, {"employee": "B"}, {"employee": "wrong", "period": "missing"}),
        ("figures", 0, {"actual": None}, {"actual": "missing"}),
    ],
)
def test_what_lights_up(
    sheet: str, row: int, entered: Row, expected: dict[str, str], tmp_path: Path, office: Office
) -> None:
    rows = small()
    rows[sheet][row] |= entered
    found = lit(rows, sheet, tmp_path, office)
    here = {key: look for (at, key), look in found.items() if at == row and look != "unused"}
    assert here == expected


def test_settings_that_a_method_does_not_use_are_grey(tmp_path: Path, office: Office) -> None:
    rows = small()
    labels = METHOD_WORDS
    rows["indicators"] = [
        {**rows["indicators"][0], "id": kind, "name": kind, "method": label, "weight": Decimal(0)}
        for kind, label in labels.items()
    ]
    found = lit(rows, "indicators", tmp_path, office)
    for number, kind in enumerate(labels):
        grey = {key for (at, key), look in found.items() if at == number and look == "unused"}
        assert grey & COLUMNS == COLUMNS - {item.column for item in PARAMETERS[kind]}


def test_an_empty_row_has_no_colours(tmp_path: Path, office: Office) -> None:
    rows, sheets = small(), ("roster", "indicators", "figures")
    for sheet in sheets:
        rows[sheet].append({})
    for sheet, found in lit_in(rows, sheets, tmp_path, office).items():
        assert not [key for (at, key) in found if at == len(rows[sheet]) - 1]
