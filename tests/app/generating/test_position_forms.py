"""`generate --form` for one employee, a department, or all; job analyses and personal summaries."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.app.command import xladdin
from tests.books.opened import Opened
from xladdin.app.generating.generate import Outcome, generate
from xladdin.company.company import Company
from xladdin.domain.people import Employee, Period
from xladdin.domain.positions import Position
from xladdin.paths import templates_dir
from xladdin.schemes.library import Library

PERIOD = Period("2026-10")
EXAMPLE = templates_dir() / "example_company"
HEAD = "工号,姓名,昵称,部门,岗位,直接上级,考核方案"
PEOPLE = (
    "QC001,沈知远,,网络销售部,网销主管,销售部经理,",
    "QC016,程雅雯,晴川-雯雯,网络销售部,销售客服,沈知远,",
    "QC025,韩雪凝,晴川-雪球,客服部,售后客服,唐静宜,",
    "QC024,唐静宜,,客服部,客服主管,客服经理,",
)
HR = {"绩效总结（人力资源专用）", "发给评价人", "评价人对照表（人力资源专用）.xlsx"}

EXPECTED = {
    ("sales", "QC016"): ["网络销售部/2026-10_QC016_程雅雯_销售客服KPI考核表.xlsx"],
    ("sales", "客服部"): [],
    ("sales", ""): ["网络销售部/2026-10_QC016_程雅雯_销售客服KPI考核表.xlsx"],
    ("job", "QC016"): ["工作分析/工作分析表_销售客服.xlsx"],
    ("job", "客服部"): ["工作分析/工作分析表_售后客服.xlsx", "工作分析/工作分析表_客服主管.xlsx"],
    ("job", ""): [
        "工作分析/工作分析表_售后客服.xlsx",
        "工作分析/工作分析表_客服主管.xlsx",
        "工作分析/工作分析表_网销主管.xlsx",
        "工作分析/工作分析表_销售客服.xlsx",
    ],
    ("summary", "QC016"): ["网络销售部/2026-10_QC016_程雅雯_个人工作总结表.xlsx"],
    ("summary", "客服部"): [
        "客服部/2026-10_QC024_唐静宜_个人工作总结表.xlsx",
        "客服部/2026-10_QC025_韩雪凝_个人工作总结表.xlsx",
    ],
    ("summary", ""): [
        "客服部/2026-10_QC024_唐静宜_个人工作总结表.xlsx",
        "客服部/2026-10_QC025_韩雪凝_个人工作总结表.xlsx",
        "网络销售部/2026-10_QC001_沈知远_个人工作总结表.xlsx",
        "网络销售部/2026-10_QC016_程雅雯_个人工作总结表.xlsx",
    ],
    ("competency", "QC016"): ["QC016 主管评", "QC016 绩效总结", "QC016 自评"],
    ("competency", "客服部"): [
        "QC024 主管评",
        "QC024 绩效总结",
        "QC024 自评",
        "QC025 主管评",
        "QC025 同事评",
        "QC025 绩效总结",
        "QC025 自评",
    ],
    ("competency", ""): [
        "QC001 主管评",
        "QC001 绩效总结",
        "QC001 自评",
        "QC016 主管评",
        "QC016 绩效总结",
        "QC016 自评",
        "QC024 主管评",
        "QC024 绩效总结",
        "QC024 自评",
        "QC025 主管评",
        "QC025 同事评",
        "QC025 绩效总结",
        "QC025 自评",
    ],
}


def short(path: Path) -> str:
    """A competency form: whom it is about and what it is."""
    parts = path.stem.split("_")
    if path.stem.endswith("绩效总结"):
        return f"{parts[1]} 绩效总结"
    return f"{parts[2]} {parts[1]}"


@pytest.mark.parametrize(("form", "chosen"), EXPECTED)
def test_generate_for_one_a_department_or_all(tmp_path: Path, form: str, chosen: str) -> None:
    roster, raters, out = tmp_path / "roster.csv", tmp_path / "raters.csv", tmp_path / "out"
    roster.write_text("\n".join([HEAD, *PEOPLE]) + "\n", "utf-8")
    raters.write_text("被评人工号,评价身份,评价人\nQC025,同事评,唐静宜\n", "utf-8")
    whom = ("--employee", chosen) if chosen.startswith("QC") else ("--department", chosen)
    done = xladdin(
        *("generate", "--form", form, "--period", PERIOD, "--out", out),
        *("--roster", roster, "--raters", raters),
        *("--scheme", templates_dir(), "--scheme", EXAMPLE),
        *(whom if chosen else ()),
    )
    assert done.code == 0, done.err
    made = sorted(path.relative_to(out) for path in out.rglob("*.xlsx"))
    if form == "competency":
        assert {path.parts[0] for path in made} == HR
        assert sorted(short(path) for path in made if len(path.parts) > 1) == EXPECTED[form, chosen]
    else:
        assert sorted(map(str, made)) == sorted(EXPECTED[form, chosen])


def test_an_unknown_form_an_unknown_employee_and_department(tmp_path: Path) -> None:
    roster = EXAMPLE / "roster.csv"
    base = ("generate", "--period", "2026-10", "--out", tmp_path / "out", "--roster", roster)
    assert xladdin(*base, "--form", "yearly").code == 2
    done = xladdin(*base, "--form", "competency", "--employee", "QC999")
    assert done.code == 1
    assert "名册中没有工号「QC999」" in done.err
    assert xladdin(*base, "--form", "summary", "--department", "无此部").code == 1
    assert not list(tmp_path.rglob("*.xlsx"))


# Whose job analysis it is.


def employee(position: str, superior: str = "", id_: str = "E1") -> Employee:
    return Employee(
        id=id_, name="任素心", department="客服部", position=position, superior=superior
    )


def made(folder: Path, *people: Employee, library: Library | None = None) -> Outcome:
    company = Company(people, library or Library.shipped())
    return generate(company, PERIOD, folder, form="summary", ids=["E1"])


def with_position(**changes: str) -> Library:
    shipped = Library.shipped().position("service_specialist")
    assert shipped is not None
    return Library(positions=(Position.model_validate(shipped.model_dump() | changes),))


def test_two_analyses_of_one_name_are_not_guessed(tmp_path: Path) -> None:
    outcome = made(tmp_path, employee("客服专员"))
    assert [problem.code for problem in outcome.problems] == ["two_job_analyses"]
    assert "service_specialist" in str(outcome.problems[0])
    assert outcome.total == 0


def test_the_superiors_position_decides_between_them(tmp_path: Path) -> None:
    boss = Employee(id="E2", name="唐静宜", department="客服部", position="客服主管")
    outcome = made(tmp_path, employee("客服专员", "唐静宜"), boss)
    assert outcome.problems == []
    book = Opened(tmp_path / outcome.written[0])
    assert book.identity["id.scheme"] == "service_specialist"


def test_a_position_without_analysis_is_named(tmp_path: Path) -> None:
    outcome = made(tmp_path, employee("司机"))
    assert [problem.code for problem in outcome.problems] == ["no_job_analysis"]


def test_the_company_of_a_shipped_analysis_is_nobodys_employer(tmp_path: Path) -> None:
    boss = Employee(id="E2", name="唐静宜", department="客服部", position="客服主管")
    outcome = made(tmp_path, employee("客服专员", "唐静宜"), boss)
    assert Opened(tmp_path / outcome.written[0]).value("head.company") is None


def test_the_company_of_an_own_analysis_is_filled_in(tmp_path: Path) -> None:
    outcome = made(tmp_path, employee("客服专员"), library=with_position(company="晴川数码旗舰店"))
    assert Opened(tmp_path / outcome.written[0]).value("head.company") == "晴川数码旗舰店"


@pytest.mark.parametrize(
    ("keys", "names"),
    [
        (["online_sales_supervisor"], ["工作分析表_网销主管"]),
        (["COO", "网销主管", "COO"], ["工作分析表_COO", "工作分析表_网销主管"]),
        (["service_specialist"], ["工作分析表_客服专员_第二家公司"]),
        (["客服专员"], ["工作分析表_客服专员_第二家公司", "工作分析表_客服专员_培训公司"]),
        (["没有的"], []),
    ],
)
def test_job_analyses_of_positions_that_nobody_holds(
    tmp_path: Path, keys: list[str], names: list[str]
) -> None:
    nobody = Company((), Library.shipped(), file="名册.csv")
    outcome = generate(nobody, PERIOD, tmp_path, form="job", positions=keys)
    assert [path.stem for path in outcome.written] == names
    assert [p.code for p in outcome.problems] == ([] if names else ["no_job_analysis"])
