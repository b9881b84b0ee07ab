"""Monthly appraisals and sales lists: whose form is which, and who has none."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from tests.books.opened import Opened
from xladdin.app.generating.generate import Outcome, generate
from xladdin.company.company import Company, Figure
from xladdin.domain.people import Actual, Employee, Period
from xladdin.schemes.library import Library

PERIOD = Period("2026-10")
SALES = Employee(
    id="E1", name="程雅雯", department="网络销售部", position="销售客服", scheme="sales_service"
)
AGENT = Employee(
    id="E2", name="韩雪凝", department="客服部", position="网销", scheme="online_shop_monthly"
)
DRIVER = Employee(id="E3", name="任素心", department="客服部", position="司机")


def made(folder: Path, form: str, actuals: tuple[Actual, ...] = ()) -> Outcome:
    company = Company(
        (SALES, AGENT, DRIVER), Library.shipped(), figures=tuple(map(Figure, actuals))
    )
    return generate(company, PERIOD, folder, form=form)


def test_the_sales_list_is_for_those_whose_scheme_is_one(tmp_path: Path) -> None:
    outcome = made(tmp_path, "sales")
    assert [path.name.split("_")[1] for path in outcome.written] == ["E1"]
    assert [problem.code for problem in outcome.problems] == ["no_sales_scheme"] * 2
    assert ["韩雪凝（E2）" in str(problem) for problem in outcome.problems] == [True, False]
    book = Opened(tmp_path / outcome.written[0])
    assert book.identity["id.scheme"] == "sales_service"


def test_the_monthly_form_is_for_everybody_with_a_scheme(tmp_path: Path) -> None:
    outcome = made(tmp_path, "monthly")
    assert [path.name.split("_")[1] for path in outcome.written] == ["E1", "E2"]
    assert [problem.code for problem in outcome.problems] == ["no_scheme"]


def test_the_same_form_comes_from_both(tmp_path: Path) -> None:
    monthly, sales = made(tmp_path / "monthly", "monthly"), made(tmp_path / "sales", "sales")
    first, second = (
        tmp_path / "monthly" / monthly.written[0],
        tmp_path / "sales" / sales.written[0],
    )
    assert first.read_bytes() == second.read_bytes()


def test_somebody_without_any_figures_is_named(tmp_path: Path) -> None:
    actual = Actual(period=PERIOD, employee="E1", indicator="sales", actual=Decimal(1))
    outcome = made(tmp_path, "monthly", (actual,))
    assert [problem.code for problem in outcome.problems] == ["no_figures", "no_scheme"]
    assert "韩雪凝" in str(outcome.problems[0])
