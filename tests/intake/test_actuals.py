from __future__ import annotations

import datetime as dt
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from xlsxwriter import Workbook

from xladdin.domain.methods.signed import Signed
from xladdin.domain.people import Actual, Employee, Period
from xladdin.domain.schemes import Scheme
from xladdin.intake.actuals import read_actuals
from xladdin.intake.roster import read_roster
from xladdin.paths import templates_dir
from xladdin.problems import Problem

from .appraising import scheme_of

EXAMPLE = templates_dir() / "example_company"
EMPLOYEE = Employee(id="1001", name="陆雨桐", department="网络销售部", position="网销客服")


def read(folder: Path, lines: str) -> tuple[list[Actual], list[Problem]]:
    path = folder / "a.csv"
    path.write_text(f"月份,工号,姓名,指标名称,目标,实际达成,备注\n{lines}", encoding="utf-8")
    return read_actuals(path, [EMPLOYEE], scheme_of)


@pytest.fixture(scope="module")
def example() -> tuple[list[Actual], list[Problem]]:
    employees, _ = read_roster(EXAMPLE / "roster.csv")
    return read_actuals(EXAMPLE / "actuals.csv", employees, scheme_of)


def test_the_example_company_reads_without_a_problem(
    example: tuple[list[Actual], list[Problem]],
) -> None:
    actuals, problems = example
    assert {problem.code for problem in problems} == {"number_guess"}
    assert all("% 读" in problem.message for problem in problems)
    lines = (EXAMPLE / "actuals.csv").read_text(encoding="utf-8-sig").splitlines()
    assert len(actuals) == len(lines) - 1


def test_the_example_company_has_a_line_for_every_indicator_of_three_months(
    example: tuple[list[Actual], list[Problem]],
) -> None:
    actuals, _ = example
    employees, _ = read_roster(EXAMPLE / "roster.csv")
    there = {(each.period, each.employee, each.indicator) for each in actuals}
    months = Counter(
        employee.name
        for employee in employees
        if (scheme := scheme_of(employee))
        for month in ("2026-08", "2026-09", "2026-10")
        if all((month, employee.id, item.id) in there for item in scheme.indicators)
    )
    assert len(months) == 37
    assert [name for name, count in months.items() if count < 3] == ["袁梦洁"]


def test_the_example_company_leaves_only_ratings_of_the_last_month_open(
    example: tuple[list[Actual], list[Problem]],
) -> None:
    missing = [each for each in example[0] if each.actual is None]
    ratings = {"initiative", "teamwork", "learning", "attitude", "personal_quality"}
    assert {each.period for each in missing} == {"2026-10"}
    assert {each.indicator for each in missing} == ratings


def test_figures_are_read_in_the_unit_of_their_indicator(tmp_path: Path) -> None:
    actuals, problems = read(
        tmp_path,
        "2026年8月,1001,陆雨桐,日常询盘转换率,,６２．５％,\n"
        '202608,1001,,sales_target,15万,"￥98,000",冲量\n'
        "2026/8/1,1001,陆雨桐,减分项,,3,口径有误\n"
        "2026-08,1001,陆雨桐,回复质量,,-,\n",
    )
    assert not problems
    common = {"period": Period("2026-08"), "employee": "1001"}
    assert actuals == [
        Actual(indicator="inquiry_conversion", actual=Decimal("0.625"), **common),
        Actual(indicator="sales_target", target=150_000, actual=98_000, remark="冲量", **common),
        Actual(indicator="after_sales_complaint", actual=3, remark="口径有误", **common),
        Actual(indicator="reply_quality", **common),
    ]


def test_months_and_ids_as_excel_keeps_them(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with Workbook(path, {"default_date_format": "yyyy-mm"}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["考核月份", "工号", "指标", "实际值", "备注"])
        for row, month in enumerate([dt.date(2026, 9, 1), 202610, "2026-11"], start=1):
            sheet.write_row(row, 0, [month, 1001, "平均响应时间", 0.00165509259259, "一\n二"])
    actuals, problems = read_actuals(path, [EMPLOYEE], scheme_of)
    assert [each.period for each in actuals] == ["2026-09", "2026-10", "2026-11"]
    assert {each.actual for each in actuals} == {Decimal("143")}
    assert {each.remark for each in actuals} == {"一\n二"}
    assert [str(problem.place) for problem in problems] == [
        f"a.xlsx!Sheet1!D{i}" for i in (2, 3, 4)
    ]


def test_a_wrong_name_is_a_warning_and_the_line_is_kept(tmp_path: Path) -> None:
    actuals, problems = read(tmp_path, "2026-08,1001,陆雨彤,回复质量,,1,\n")
    assert len(actuals) == 1
    assert [(problem.code, problem.is_error) for problem in problems] == [("name_mismatch", False)]


def test_a_scheme_is_asked_for_once_per_employee(tmp_path: Path) -> None:
    asked: list[str] = []

    def ask(employee: Employee) -> Scheme | None:
        asked.append(employee.id)
        return None

    path = tmp_path / "a.csv"
    path.write_text("月份,工号,指标,实际\n" + "2026-08,1001,回复质量,1\n" * 3, encoding="utf-8")
    actuals, problems = read_actuals(path, [EMPLOYEE], ask)
    assert (actuals, len(problems), asked) == ([], 3, ["1001"])


def test_signed_points_lie_within_their_limits(tmp_path: Path) -> None:
    scheme = scheme_of(EMPLOYEE)
    assert scheme is not None
    source = scheme.adjustments[0].source
    mixed = Signed(
        id="mixed",
        name="表扬投诉",
        cap=Decimal(5),
        most_off=Decimal(10),
        criteria="",
        source=source,
    )
    own = scheme.model_copy(update={"adjustments": (mixed,)})
    path = tmp_path / "a.csv"
    lines = ("2026-08,-10", "2026-09,５分", "2026-10,-10.5", "2026-11,6", "2026-12,1001")
    rows = (
        f"{month},1001,表扬投诉,{value}" for month, value in (each.split(",") for each in lines)
    )
    path.write_text("月份,工号,指标,实际\n" + "\n".join(rows), encoding="utf-8")
    actuals, problems = read_actuals(path, [EMPLOYEE], lambda _: own)
    assert [each.actual for each in actuals[:2]] == [Decimal(-10), Decimal(5)]
    refused = ["-10.5（有误）", "6（有误）", "1001（有误）"]
    assert [each.refused for each in actuals[2:]] == refused
    assert [(each.code, each.place.line, each.message) for each in problems] == [
        ("points_beyond", 4, "「表扬投诉」填了 -10.5，应在 -10分～5分 之间"),
        ("points_beyond", 5, "「表扬投诉」填了 6，应在 -10分～5分 之间"),
        ("number", 6, "「1001」超出合理范围，应在 -1000分～1000分 之间"),
    ]


REFUSED = yaml.safe_load(Path(__file__).with_name("refused.yaml").read_text("utf-8"))


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: case["name"])
def test_what_is_refused_is_there_as_missing(case: dict[str, Any], tmp_path: Path) -> None:
    actuals, problems = read(tmp_path, "".join(f"{line},\n" for line in case["lines"]))
    refused = [f"{each.period} {each.indicator} {each.refused}" for each in actuals if each.refused]
    assert refused == case["refused"]
    assert all(each.actual is each.target is None for each in actuals if each.refused)
    assert [f"{problem.code} {problem.message}" for problem in problems] == case["told"]


def rated(folder: Path, lines: str, weight: int | None = 30) -> tuple[list[Actual], list[Problem]]:
    """Lines with a column of self-ratings, read for a scheme that asks for them (or does not)."""
    usual = scheme_of(EMPLOYEE)
    assert usual
    path = folder / "a.csv"
    path.write_text(f"月份,工号,指标,自评,上级评\n{lines}", encoding="utf-8")
    scheme = usual.model_copy(update={"self_weight": None if weight is None else Decimal(weight)})
    return read_actuals(path, [EMPLOYEE], lambda _: scheme)


def test_both_ratings_stand_in_one_line(tmp_path: Path) -> None:
    actuals, problems = rated(
        tmp_path,
        "2026-11,1001,工作主动性,5,4.5\n2026-11,1001,团队协作,,2\n2026-11,1001,学习能力,３分,\n",
    )
    assert problems == []
    found = [(each.self_rating, each.actual) for each in actuals]
    assert found == [(Decimal(5), Decimal("4.5")), (None, Decimal(2)), (Decimal(3), None)]


def test_a_self_rating_outside_the_bands_is_refused(tmp_path: Path) -> None:
    (line,), (problem,) = rated(tmp_path, "2026-11,1001,工作主动性,3.5,4\n")
    assert (line.self_rating, line.actual, bool(line.refused)) == (None, None, True)
    assert (problem.code, problem.place.field) == ("points_beyond", "自评")
    assert "「工作主动性」填了 3.5，不在评分档" in problem.message


@pytest.mark.parametrize(("item", "weight"), [("工作主动性", None), ("回复质量", 30)])
def test_a_self_rating_that_nobody_asks_for_is_told(
    item: str, weight: int | None, tmp_path: Path
) -> None:
    (line,), (problem,) = rated(tmp_path, f"2026-11,1001,{item},4,2\n", weight)
    assert (line.self_rating, line.actual) == (None, Decimal(2))
    assert (problem.code, problem.is_error) == ("unused_value", False)
    assert problem.message == f"「{item}」没有自评，填的自评没有用上"
