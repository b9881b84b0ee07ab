"""What stands beside a figure is part of it, at every door: see seen_cells.yaml."""

from __future__ import annotations

import io
from collections.abc import Sequence
from decimal import Decimal
from itertools import product
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
import yaml

from xladdin.domain.quantities import Unit
from xladdin.intake.sheets import read_workbook

from .doors import DOORS, INDICATORS

CASES: list[dict[str, Any]] = yaml.safe_load(
    Path(__file__).with_name("seen_cells.yaml").read_text("utf-8")
)
every_door = pytest.mark.parametrize("door", DOORS)


def as_read(cells: Sequence[tuple[object, str]]) -> list[object]:
    """Values in cells of a number format each, through a real workbook."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        sheet = book.add_worksheet()
        formats = {code: book.add_format({"num_format": code}) for _, code in cells if code}
        for row, (value, code) in enumerate(cells):
            sheet.write(row, 0, value, formats.get(code))
    ((grid,), _) = read_workbook("表.xlsx", stream.getvalue())
    return [row[0] for row in grid.rows]


READ = as_read([(case.get("text", case.get("number")), case.get("format", "")) for case in CASES])
PAIRS = [*zip(CASES, READ, strict=True)]


@every_door
@pytest.mark.parametrize(("case", "cell"), PAIRS, ids=[str(case) for case in CASES])
def test_a_cell_and_what_stands_beside_it(case: dict[str, Any], cell: object, door: str) -> None:
    found = DOORS[door]([cell], Unit(case["unit"]), case.get("head", ""), case.get("word", ""))
    if door == "export" and case.get("export"):
        assert (found.values, found.codes) == ((None,), (case["export"],))
        return
    if door == "export" and case.get("code") == "number" and found.codes != ("number",):
        # An export tells once for the whole column that its unit is another one.
        assert (found.values, found.codes) == ((None,), ("unit_differs",))
        return
    value = case.get("value")
    assert found.values == (None if value is None else Decimal(value),)
    assert found.codes == ((case["code"],) if case.get("code") else ())


COLUMNS: list[tuple[list[object], str, list[str | None]]] = [
    ([0.8, 52.0], "percent_unsure", [None, None]),
    ([4.0, 1.0, 5.0], "percent_unsure", [None, None, None]),
    (["0.8", "52", "60%"], "percent_unsure", [None, None, "0.6"]),
    ([95.0, 8.5], "percent_unsure", [None, None]),
    ([0.8, 0.52, 0.0], "", ["0.8", "0.52", "0"]),
    ([80.0, 52.0], "number_guess", ["0.8", "0.52"]),
    (["80%", 0.52], "", ["0.8", "0.52"]),
]


@every_door
@pytest.mark.parametrize(("cells", "code", "values"), COLUMNS, ids=[str(one[0]) for one in COLUMNS])
def test_doubt_belongs_to_the_column(
    cells: list[object], code: str, values: list[str | None], door: str
) -> None:
    found = DOORS[door](cells, Unit.PERCENT)
    assert found.values == tuple(None if one is None else Decimal(one) for one in values)
    assert found.codes == ((code,) if code else ())


NUMBERS = (0, 0.8, 1, 4.5, 29, 155307.28, -3)
FORMATS = ("General", "0.00", "00000", "0%", '0"%"', '0.0"万元"', '0!.0,"万"', '0"分钟"', "#,##0,")
BESIDE = (("", ""), ("万元", ""), ("分钟", ""), ("%", ""), ("", "秒"), ("", "%"))


def test_the_doors_read_odd_cells_alike() -> None:
    """Every number in every format with every unit beside it, for indicators of three units."""
    cells = as_read([*product(NUMBERS, FORMATS)])
    assert len(cells) * len(BESIDE) * len(INDICATORS) >= 1000
    for (head, word), unit in product(BESIDE, INDICATORS):
        found = {name: door(cells, unit, head, word, apart=True) for name, door in DOORS.items()}
        first = found["figures"].values
        for name, outcome in found.items():
            pairs = zip(cells, first, outcome.values, strict=True)
            assert [one for one in pairs if one[1] != one[2]] == [], (name, head, word, unit)
            # What is not read is told, cell by cell.
            assert outcome.errors >= outcome.values.count(None), (name, head, word, unit)
