from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xladdin.domain.people import Employee
from xladdin.intake.roster import read_roster
from xladdin.paths import templates_dir

EXAMPLE = templates_dir() / "example_company"


def test_the_example_company_reads_without_a_problem() -> None:
    employees, problems = read_roster(EXAMPLE / "roster.csv")
    assert not problems
    assert len(employees) == 40
    assert employees[1] == Employee(
        id="QC002",
        name="陆雨桐",
        nickname="晴川-小雨",
        department="网络销售部",
        position="网销客服",
        superior="沈知远",
    )


def test_every_superior_of_the_example_company_is_in_it_but_the_two_at_the_top() -> None:
    employees, _ = read_roster(EXAMPLE / "roster.csv")
    names = {employee.name for employee in employees}
    assert {each.superior for each in employees} - names == {"销售部经理", "客服经理"}


def test_an_old_workbook_with_numbers_for_ids() -> None:
    employees, problems = read_roster(Path(__file__).with_name("roster.xls"))
    assert [problem.code for problem in problems] == ["error_values_unseen"]
    assert [(each.id, each.department) for each in employees][2:] == [
        ("1003", "客服部"),
        ("1004", "客服部"),
    ]


@pytest.mark.parametrize(
    "header",
    ["工号,姓名,部门,岗位", "员工编号,员工姓名,所属部门,职位", "ID,Name,Department,Position"],
)
def test_synonyms(tmp_path: Path, header: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f"{header}\n1001,陆雨桐,网络销售部,网销客服\n合计,1\n", encoding="utf-8")
    employees, problems = read_roster(path)
    assert not problems
    assert [each.id for each in employees] == ["1001"]


def test_text_that_looks_like_a_formula_is_kept_as_text(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("工号,姓名,部门,岗位\n1001,=1+1,甲,乙\n", encoding="utf-8")
    employees, problems = read_roster(path)
    assert employees[0].name == "=1+1"
    assert not any(problem.is_error for problem in problems)


@settings(deadline=None)  # it writes files
@given(st.one_of(st.binary(), st.text().map(lambda text: f"工号,姓名,部门,岗位\n{text}".encode())))
def test_no_content_raises(data: bytes) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.csv"
        path.write_bytes(data)
        employees, problems = read_roster(path)
    assert employees or problems


def test_superiors_whom_nobody_knows_are_told_once(tmp_path: Path) -> None:
    path = tmp_path / "名册.csv"
    superiors = ["欧阳白玖", "客服经理", "欧阳白九", "组长", "无", "欧阳白玖", "欧阳白　九"]
    lines = [f"K{i},白{i},部,岗,{name}" for i, name in enumerate(superiors, start=1)]
    path.write_text(
        "\n".join(["工号,姓名,部门,岗位,直接上级", *lines, "K9,欧阳白九,部,组长,"]), "utf-8"
    )
    _, problems = read_roster(path, (), ["客服经理"])
    (told,) = problems
    assert (told.code, told.is_error) == ("unknown_superior", False)
    assert (told.place.line, told.place.field) == (2, "直接上级")
    assert "「欧阳白玖」" in told.message
    assert "2 行" in told.message
    assert "是不是「欧阳白九」" in told.message
    assert read_roster(path)[1] == []
