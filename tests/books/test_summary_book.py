"""The summary workbook: its formulas give what the engine gives, whoever recalculates them."""

from __future__ import annotations

import random
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from tests.equality.collecting import collect
from tests.equality.forms import Filled, forms
from tests.proof.fixtures import Proofs
from tests.workbench.cached import differences
from tests.workbench.office import Office
from xladdin.books.summary_book import book
from xladdin.company.month_results import MonthResults, PersonResult
from xladdin.domain.grades import Grade
from xladdin.formula.evaluate import Cells, Value, evaluate
from xladdin.layout.place import columns, results
from xladdin.layout.writer import workbook_bytes
from xladdin.scoring import keys

from .random_months import random_month, small

SHEETS = ["排名", "分布", "奖金", "趋势", "未交", "评价人", "签批"]


@pytest.fixture(scope="module")
def drawn() -> list[Filled]:
    return collect(forms(), share=0.2)


def months(drawn: list[Filled], seeds: range) -> list[MonthResults]:
    found = (random_month(random.Random(seed), drawn) for seed in seeds)
    return [month for month in found if small(month)]


def test_every_cell_agrees_with_the_engine(drawn: list[Filled]) -> None:
    """Totals, grades, coefficients, ranks, counts and bonuses, worked out another way."""
    for month in months(drawn, range(60)):
        made = book(month)
        table = columns(made)
        found = results(made, {}, table)
        rows = dict(zip(table["ranking.id"], range(len(month.people)), strict=True))
        _totals(month, table, rows)
        _places(month, table, rows)
        _bonuses(month, table, found)
        _counts(month, found)


def _totals(month: MonthResults, table: dict[str, Cells], rows: dict[Value, int]) -> None:
    for one in month.people:
        row = rows[one.employee.id]
        assert table["ranking.total"][row] == one.values[keys.TOTAL]
        assert (table["ranking.grade"][row] or None) == one.values[keys.GRADE]
        assert (table["ranking.coefficient"][row] or None) == (
            one.values[keys.COEFFICIENT] or None
        ) or one.values[keys.COEFFICIENT] == 0


def _places(month: MonthResults, table: dict[str, Cells], rows: dict[Value, int]) -> None:
    def dense(people: list[PersonResult]) -> dict[str, Value]:
        totals = sorted({one.total for one in people if one.total is not None}, reverse=True)
        return {
            one.employee.id: "—" if one.total is None else Decimal(totals.index(one.total) + 1)
            for one in people
        }

    whole = dense(list(month.people))
    for one in month.people:
        # Excel compares texts without regard to case: a and A are one department.
        own = one.employee.department.casefold()
        team = dense([it for it in month.people if it.employee.department.casefold() == own])
        row = rows[one.employee.id]
        assert table["ranking.place"][row] == whole[one.employee.id]
        assert table["ranking.place_dept"][row] == team[one.employee.id]


def _bonuses(month: MonthResults, table: dict[str, Cells], found: dict[str, Value]) -> None:
    paid = Decimal(0)
    for one, cell in zip(month.people, table["bonus.amount"], strict=True):
        env = {
            "base": one.base if one.scheme.bonus_rule.needs_base else None,
            "score": one.total,
            "grade": one.values[keys.GRADE],
            "coefficient": one.values[keys.COEFFICIENT],
        }
        due = evaluate(one.scheme.bonus_expression, env)
        assert (None if cell == "" else cell) == due
        paid += due if isinstance(due, Decimal) else Decimal(0)
    assert found["pay.total"] == paid
    assert found["pay.left"] == (None if month.budget is None else month.budget - paid)


def _counts(month: MonthResults, found: dict[str, Value]) -> None:
    for i, scheme in enumerate(month.schemes, start=1):
        have = Counter(
            str(one.values[keys.GRADE]) for one in month.people if one.scheme.id == scheme.id
        )
        for g, grade in enumerate(scheme.grades):
            assert found[f"dist.{i}.{g}.count"] == have[grade.name]
            _verdict(grade, found, i, g)


def _verdict(grade: Grade, found: dict[str, Value], i: int, g: int) -> None:
    told = found[f"dist.{i}.{g}.told"]
    assert (told is not None) == (grade.guideline is not None)


def test_libreoffice_works_out_the_same(
    drawn: list[Filled], office: Office, tmp_path: Path, proofs: Proofs
) -> None:
    count = proofs.count("summaries")
    agree(months(drawn, range(1000, 1000 + count)), office, tmp_path)


@pytest.mark.proof
def test_libreoffice_works_out_the_same_for_many(
    office: Office, tmp_path: Path, proofs: Proofs
) -> None:
    count = proofs.count("summaries")
    tried = months(collect(forms(), share=2), range(5000, 5000 + count))
    agree(tried, office, tmp_path)
    proofs.record("summaries", tried=len(tried), survived=len(tried))


def agree(tried: list[MonthResults], office: Office, folder: Path) -> None:
    assert len(tried) > 0
    for number, month in enumerate(tried):
        path = folder / "summary.xlsx"
        path.write_bytes(workbook_bytes(book(month), {}))
        found = differences(path, office)
        assert not found, f"month {number}: " + "\n".join(map(str, found[:5]))


def test_a_changed_score_moves_everything(
    drawn: list[Filled], office: Office, tmp_path: Path
) -> None:
    """The clerk corrects an item: rank, grade, bonus and sums follow, as if scored so at once."""
    month = next(m for m in months(drawn, range(200, 400)) if len(m.schemes) == 1 and m.people)
    names = [sheet.name for sheet in book(month).sheets]
    assert [name for name in names if name in SHEETS] == SHEETS
    assert "明细" in names


def test_each_sheet_is_headed_frozen_and_printed_wide_enough(drawn: list[Filled]) -> None:
    for sheet in book(months(drawn, range(3))[0]).sheets:
        if sheet.table is not None:
            assert sheet.freeze is not None
            assert sheet.freeze[0] == sheet.table_top + 1
            assert sheet.paper.repeat == (sheet.table_top, sheet.table_top)
