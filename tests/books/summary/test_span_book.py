"""多月汇总: every formula gives what the engine gives, over any months, rules and gaps."""

from __future__ import annotations

import random
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.books.golden import hold
from tests.company.people import employee
from tests.workbench.cached import cached_values, differences
from tests.workbench.office import Office
from tests.workbench.repair import repair_problems
from tests.workbench.validator import validate
from xladdin.books.summary.span_book import SHEET_NAME, book
from xladdin.company.span_results import PersonSpan, SpanResults
from xladdin.domain.average_rules import AverageRule
from xladdin.domain.month_spans import Span
from xladdin.formula.evaluate import evaluate
from xladdin.formula.nodes import Var
from xladdin.layout.writer import workbook_bytes
from xladdin.schemes.library import Library
from xladdin.scoring.model import grade_expression

RULES = ("平均", "加权：20%、30%、50%", "最好2个月", "最好1个月", "加权：1、1、1、2、2、3")


def results(seed: int, code: str) -> SpanResults:
    """People of schemes with different rules, any month missing."""
    chance, span = random.Random(seed), Span.parse(code)
    shipped = Library.shipped().schemes[:3]
    people = []
    for i in range(chance.randint(1, 12)):
        rule = AverageRule.model_validate(chance.choice(RULES))
        scheme = chance.choice(shipped).model_copy(update={"average": rule})
        totals = tuple(
            None if chance.random() < 0.2 else Decimal(chance.choice((80, 90, chance.randint(0, 11000) / 100))).quantize(Decimal("0.01"))
            for _ in span.months
        )  # fmt: skip
        people.append(PersonSpan(employee(f"E{i}", name=f"员工{i}"), scheme, totals))
    return SpanResults("晴川", span, tuple(people))


@pytest.mark.parametrize("code", ["2026Q1", "2026H2", "2026"])
def test_the_sheet_is_what_the_engine_gives(code: str, tmp_path: Path, office: Office) -> None:
    for seed in range(4):
        made, path = results(seed, code), tmp_path / f"{seed}.xlsx"
        path.write_bytes(workbook_bytes(book(made), {}))
        assert [str(one) for one in differences(path, office)] == []
        told = rows(path)
        for one in made.people:
            mean = one.average(made.span)
            row = told[one.employee.id]
            assert row["多月得分"] == mean
            grade = (
                evaluate(grade_expression(one.scheme.grades, Var("x")), {"x": mean})
                if mean is not None
                else None
            )
            assert row["等级"] == grade
            assert (row["系数"] is None) == (mean is None)
            assert row["月数"] == sum(total is not None for total in one.totals)
            assert all(month in str(row["备注"]) for month in one.lacks(made.span))
        means = [told[each.employee.id]["多月得分"] for each in made.people]
        best = sorted({mean for mean in means if mean is not None}, reverse=True)
        assert [told[one.employee.id]["名次"] for one in made.people] == [
            "—" if mean is None else best.index(mean) + 1 for mean in means
        ]


def rows(path: Path) -> dict[str, dict[str, Any]]:
    """What stands in the sheet, by id."""
    sheet = openpyxl.load_workbook(path)[SHEET_NAME]
    cached = cached_values(path)
    grid = [
        [cached.get((SHEET_NAME, cell.coordinate), cell.value) for cell in row]
        for row in sheet.iter_rows()
    ]
    (head,) = [i for i, row in enumerate(grid) if "工号" in row]
    names = [str(cell) for cell in grid[head]]
    found = [dict(zip(names, row, strict=True)) for row in grid[head + 1 :]]
    return {
        row["工号"]: {name: None if value == "" else value for name, value in row.items()}
        for row in found
        if row["工号"]
    }


def test_it_is_as_somebody_last_looked_at_it(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    path = tmp_path / "多月.xlsx"
    path.write_bytes(workbook_bytes(book(results(3, "2026Q4")), {}))
    hold(path, "books/span", request)


def test_excel_opens_it(tmp_path: Path) -> None:
    path = tmp_path / "多月.xlsx"
    path.write_bytes(workbook_bytes(book(results(1, "2026Q4")), {}))
    assert [str(one) for one in repair_problems(path, excel_2010=True)] == []
    assert validate([path])[path] == []
