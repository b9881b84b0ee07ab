"""The summary workbook: its formulas give what the engine gives, whoever recalculates them."""

from __future__ import annotations

import itertools
import random
from collections import Counter
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path

import pytest

from tests.books.golden import hold
from tests.books.random_months import PERIOD, random_month, small
from tests.domain.test_budget_rules import by_hand
from tests.equality.collecting import collect
from tests.equality.forms import Filled, forms
from tests.proof.fixtures import Proofs
from tests.workbench.cached import differences
from tests.workbench.office import Office
from tests.workbench.repair import repair_problems
from tests.workbench.validator import validate
from xladdin.books.summary.summary_book import book
from xladdin.company.month_results import MonthResults, PersonResult
from xladdin.company.team_budgets import TeamBudgets
from xladdin.domain.grades import Grade
from xladdin.domain.people import Employee
from xladdin.domain.schemes import Scheme
from xladdin.formula.evaluate import Cells, Value, evaluate
from xladdin.layout.place import columns, results
from xladdin.layout.writer import workbook_bytes
from xladdin.schemes.library import Library
from xladdin.scoring import keys

SHARDS = 40
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
    dues: list[Decimal | None] = []
    for one, cell in zip(month.people, table["bonus.amount"], strict=True):
        env = {
            "base": one.base if one.scheme.bonus_rule.needs_base else None,
            "score": one.total,
            "grade": one.values[keys.GRADE],
            "coefficient": one.values[keys.COEFFICIENT],
        }
        due = evaluate(one.scheme.bonus_expression, env)
        assert (None if cell == "" else cell) == due
        dues.append(due if isinstance(due, Decimal) else None)
    scaled = _scaled(month, dues)
    assert [None if cell == "" else cell for cell in table["bonus.paid"]] == scaled
    paid = sum((each for each in scaled if each is not None), Decimal(0))
    assert found["pay.total"] == paid
    assert found["pay.left"] == (None if month.budget is None else month.budget - paid)


def _scaled(month: MonthResults, dues: list[Decimal | None]) -> list[Decimal | None]:
    """What departments' budgets leave of it, in exact fractions."""
    found = list(dues)
    teams = [one.employee.department.casefold() for one in month.people]
    for team in set(teams):
        rows = [i for i, each in enumerate(teams) if each == team]
        own = by_hand([dues[i] for i in rows], month.teams.of(team), month.teams.rule)
        for i, each in zip(rows, own, strict=True):
            found[i] = each
    return found


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


def first_months(drawn: list[Filled], count: int, start: int) -> list[MonthResults]:
    """So many months whose figures every engine can hold."""
    found = (random_month(random.Random(seed), drawn) for seed in itertools.count(start))
    return list(itertools.islice(filter(small, found), count))


def test_libreoffice_works_out_the_same(
    drawn: list[Filled], office: Office, tmp_path: Path, proofs: Proofs
) -> None:
    tried = first_months(drawn, proofs.count("summaries"), 1000)
    assert tried
    assert disagreeing(tried, office, tmp_path) == []


@cache
def many_drawn() -> list[Filled]:
    return collect(forms(), share=2)


@pytest.mark.proof
@pytest.mark.parametrize("shard", range(SHARDS))
def test_libreoffice_works_out_the_same_for_many(
    shard: int, office: Office, tmp_path: Path, proofs: Proofs
) -> None:
    count = proofs.count("summaries") // SHARDS
    tried = first_months(many_drawn(), count, 100_000 * (shard + 1))
    found = disagreeing(tried, office, tmp_path)
    proofs.record("summaries", tried=count, survived=count - len(found))
    assert found == []


def disagreeing(tried: list[MonthResults], office: Office, folder: Path) -> list[str]:
    """The months whose workbooks come out otherwise, with some of the cells."""
    faults = []
    for number, month in enumerate(tried):
        path = folder / "summary.xlsx"
        path.write_bytes(workbook_bytes(book(month), {}))
        if found := differences(path, office):
            faults.append(f"month {number}: " + "\n".join(map(str, found[:5])))
    return faults


def hand_made() -> MonthResults:
    """Two people of one shipped scheme: every item full for the first, one less for the second."""
    scheme = Library.shipped().scheme("sales_service")
    assert scheme is not None
    people = []
    for number, lost in ((1, 0), (2, 1)):
        values: dict[str, Value] = {keys.score(it.id): it.weight - lost for it in scheme.indicators}
        values |= {keys.counted(it.id): Decimal(0) for it in scheme.adjustments}
        person = Employee(
            id=f"E{number}",
            name=f"员工{number}",
            department="客服部",
            position="客服",
            bonus_base=Decimal(1000),
        )
        people.append(PersonResult(person, scheme, values))
    return MonthResults("青禾", PERIOD, tuple(people), budget=Decimal(2000))


def at(grid: list[list[object]], head: str, name: str) -> object:
    """The cell under a head, in the row of somebody."""
    top = next(row for row, cells in enumerate(grid) if head in cells and "姓名" in cells)
    row = next(cells for cells in grid[top + 1 :] if name in cells)
    return row[grid[top].index(head)]


def test_a_changed_score_moves_total_rank_grade_and_bonus(office: Office, tmp_path: Path) -> None:
    """The clerk corrects items in 明细, and a base in 奖金."""
    path = tmp_path / "summary.xlsx"
    path.write_bytes(workbook_bytes(book(hand_made()), {}))
    with office.open(path) as document:
        before = {name: document.grid(name) for name in ("排名", "明细", "奖金", "签批")}
        assert [at(before["排名"], "公司名次", f"员工{i}") for i in (1, 2)] == [1.0, 2.0]
        assert at(before["排名"], "总分", "员工1") == 100.0
        detail = before["明细"]
        row = next(number for number, cells in enumerate(detail, start=1) if "员工1" in cells)
        document.set("明细", f"C{row}", 0)
        bonus = before["奖金"]
        top = next(cells for cells in bonus if "奖金基数" in cells)
        own = next(number for number, cells in enumerate(bonus, start=1) if "员工2" in cells)
        document.set("奖金", f"{'ABCDEFGHIJKL'[top.index('奖金基数')]}{own}", 1500)
        document.recalculate()
        after = {name: document.grid(name) for name in ("排名", "奖金")}
    lost = float(detail[row - 1][2])
    assert at(after["排名"], "总分", "员工1") == 100.0 - lost
    assert [at(after["排名"], "公司名次", f"员工{i}") for i in (1, 2)] == [2.0, 1.0]
    factors = [at(after["排名"], "系数", f"员工{i}") for i in (1, 2)]
    assert at(after["奖金"], "奖金", "员工2") == 1500 * factors[1]
    totals = next(cells for cells in after["奖金"] if "实发合计" in cells)
    paid = totals[totals.index("实发合计") + 1]
    assert paid == 1000 * factors[0] + 1500 * factors[1]
    assert totals[totals.index("结余") + 1] == 2000 - paid


def test_a_changed_budget_or_adjustment_moves_what_is_paid(office: Office, tmp_path: Path) -> None:
    """The clerk corrects a department's budget, and somebody's adjustment."""
    path = tmp_path / "summary.xlsx"
    month = replace(hand_made(), teams=TeamBudgets({"客服部": Decimal(1000)}))
    path.write_bytes(workbook_bytes(book(month), {}))
    assert differences(path, office) == []
    with office.open(path) as document:
        before = document.grid("奖金")
        assert at(before, "按预算实发", "员工1") + at(before, "按预算实发", "员工2") == 1000  # type: ignore[operator]
        teams = document.grid("部门奖金")
        row = next(number for number, cells in enumerate(teams, start=1) if cells[0] == "客服部")
        document.set("部门奖金", f"B{row}", 1500)
        own = next(number for number, cells in enumerate(before, start=1) if "员工2" in cells)
        document.set("奖金", f"I{own}", -600)
        document.recalculate()
        after = {name: document.grid(name) for name in ("奖金", "部门奖金")}
    due = [at(after["奖金"], "应发", f"员工{i}") for i in (1, 2)]
    paid = [at(after["奖金"], "按预算实发", f"员工{i}") for i in (1, 2)]
    known = [Decimal(str(each)).quantize(Decimal("0.01")) for each in due]
    assert known[1] == known[0] - 600
    assert [Decimal(str(each)).quantize(Decimal("0.01")) for each in paid] == by_hand(
        known, Decimal(1500), month.teams.rule
    )
    assert sum(map(float, map(str, paid))) == pytest.approx(min(1500, float(sum(known))))


def test_a_summary_with_budgets_is_as_somebody_last_looked_at_it(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    path = tmp_path / "summary.xlsx"
    month = replace(hand_made(), teams=TeamBudgets({"客服部": Decimal("1000.01")}))
    path.write_bytes(workbook_bytes(book(month), {}))
    hold(path, "books/budgets", request)


BOUNDS = ("95", "90", "80.5", "60")


def stepped(linear: bool) -> MonthResults:
    """People whose totals lie at the bounds of the steps of pay, right beside them and between."""
    scheme = Library.shipped().scheme("sales_service")
    assert scheme is not None
    steps = [{"lower": low, "share": f"{130 - 20 * at}%"} for at, low in enumerate(BOUNDS)]
    steps[2]["sign"] = ">"
    rule = {"kind": "steps", "linear": linear, "steps": [*steps, {"share": "7.5%"}]}
    whole = Scheme.model_validate({**scheme.model_dump(), "bonus": rule})
    first, *others = scheme.indicators
    near = [Decimal(low) + part for low in BOUNDS for part in map(Decimal, ("-0.01", "0", "0.01"))]
    totals = [
        *near,
        Decimal("110"),
        Decimal("92.37"),
        Decimal("85.55"),
        Decimal("71.43"),
        Decimal("0"),
    ]
    people = []
    for number, points in enumerate(totals):
        scores: dict[str, Value] = {keys.score(it.id): Decimal(0) for it in others}
        scores |= {keys.counted(it.id): Decimal(0) for it in scheme.adjustments}
        scores[keys.score(first.id)] = points
        person = Employee(
            id=f"E{number}",
            name=f"员工{number}",
            department="客服部",
            position="客服",
            bonus_base=Decimal(3333 + number),
        )
        total = min(points, scheme.total.cap or points)
        people.append(PersonResult(person, whole, {**scores, keys.TOTAL: total}))
    return MonthResults("青禾", PERIOD, tuple(people), budget=Decimal(50_000))


@pytest.mark.parametrize("linear", [False, True])
def test_pay_by_steps_of_the_score_is_the_same_in_libreoffice_and_by_hand(
    linear: bool, office: Office, tmp_path: Path
) -> None:
    month = stepped(linear)
    path = tmp_path / "summary.xlsx"
    path.write_bytes(workbook_bytes(book(month), {}))
    assert differences(path, office) == []
    with office.open(path) as document:
        grid = document.grid("奖金")
    shares = [Decimal(130 - 20 * at) / 100 for at in range(len(BOUNDS))]
    bounds = [*map(Decimal, BOUNDS)]
    for one in month.people:
        score = one.total
        assert score is not None
        at = next(
            (i for i, low in enumerate(bounds) if score > low or (score == low and i != 2)), None
        )
        share = Decimal("0.075") if at is None else shares[at]
        if linear and at:
            rise, width = shares[at - 1] - share, bounds[at - 1] - bounds[at]
            share += rise * (score - bounds[at]) / width
        due = (share * (one.base or 0)).quantize(Decimal("0.01"), ROUND_HALF_UP)
        assert at_money(grid, one.employee.name) == due, (score, share)


def at_money(grid: list[list[object]], name: str) -> Decimal:
    return Decimal(str(at(grid, "奖金", name))).quantize(Decimal("0.01"))


def test_own_ratings_stand_beside_the_superiors_and_the_converted_score_beside_the_total(
    office: Office, tmp_path: Path
) -> None:
    month = hand_made()
    shipped = month.people[0].scheme
    raw = {**shipped.model_dump(), "scale": 5, "self_weight": Decimal(30)}
    scheme = Scheme.model_validate(raw)
    judged = [item for item in scheme.indicators if scheme.asks_self(item)]
    assert judged
    people = [
        replace(
            one,
            scheme=scheme,
            values={
                **one.values,
                **{keys.self_rating(item.id): item.weight for item in judged},
                **{keys.actual(item.id): item.weight - 1 for item in judged},
            },
        )
        for one in month.people
    ]
    path = tmp_path / "summary.xlsx"
    path.write_bytes(workbook_bytes(book(replace(month, people=tuple(people))), {}))
    assert differences(path, office) == []
    with office.open(path) as document:
        grid = document.grid("明细")
    heads = next(row for row in grid if "姓名" in row)
    for item in judged:
        assert at(grid, f"{item.name}自评", "员工1") == float(item.weight)
        assert at(grid, f"{item.name}上级评", "员工1") == float(item.weight) - 1
        assert heads.index(f"{item.name}上级评") - heads.index(f"{item.name}自评") == 1
    total = at(grid, "总分", "员工2")
    assert isinstance(total, float)
    assert at(grid, "5分制", "员工2") == pytest.approx(total / 20, abs=0.005)
    assert at(grid, "等级", "员工2")


def test_whom_to_remind_stands_by_superior(drawn: list[Filled]) -> None:
    """Nobody without a total is left out, and nobody else is reminded."""
    for month in months(drawn, range(30)):
        sheet = next(each for each in book(month).sheets if each.name == "未交")
        assert sheet.table is not None
        waiting = [one.employee.id for one in month.people if one.total is None]
        assert [row["id"] for row in sheet.table.rows] == [
            *waiting,
            *(each.employee.id for each in month.left_out),
        ]


def test_raters_are_told_high_or_low(drawn: list[Filled]) -> None:
    for month in months(drawn, range(30)):
        told = columns(book(month))["raters.told"]
        leans = sorted(month.leans, key=lambda each: -abs(each.lean))
        due = ["偏高" if it.lean > 1 else "偏低" if it.lean < -1 else "正常" for it in leans]
        assert [cell for cell in told if cell] == due


def test_every_sheet_is_there_and_one_page_of_items_per_scheme(drawn: list[Filled]) -> None:
    for month in months(drawn, range(20)):
        names = [sheet.name for sheet in book(month).sheets if sheet.visibility == "visible"]
        due = [*SHEETS[:3], *(["部门奖金"] if month.teams.amounts else []), *SHEETS[3:]]
        assert [name for name in names if not name.startswith("明细")] == due
        assert sum(name.startswith("明细") for name in names) == len(month.schemes)


def test_excel_would_take_it_without_a_question(drawn: list[Filled], tmp_path: Path) -> None:
    """Valid for Microsoft's schema, and nothing that Excel 2010 asks to repair."""
    paths = []
    for number, month in enumerate(months(drawn, range(500, 506))):
        paths.append(tmp_path / f"summary{number}.xlsx")
        paths[-1].write_bytes(workbook_bytes(book(month), {}))
    assert {path.name: found for path, found in validate(paths).items() if found} == {}
    for path in paths:
        assert [str(problem) for problem in repair_problems(path, excel_2010=True)] == []


def test_each_sheet_is_headed_frozen_and_printed_wide_enough(drawn: list[Filled]) -> None:
    for sheet in book(months(drawn, range(3))[0]).sheets:
        if sheet.table is not None:
            assert sheet.freeze is not None
            assert sheet.freeze[0] == sheet.table_top + 1
            assert sheet.paper.repeat == (sheet.table_top, sheet.table_top)
