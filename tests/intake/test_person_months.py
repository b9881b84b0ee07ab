"""What lines of days, accounts and single things become: ``summaries.yaml`` has every case."""

from __future__ import annotations

import calendar
import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.patch.masters import EMPLOYEES, SALES
from xladdin.company.column_mappings import completed
from xladdin.domain.people import Period
from xladdin.domain.quantities import Unit
from xladdin.intake.exports.export_reader import Report, read_exports
from xladdin.intake.exports.figures import Measured
from xladdin.intake.exports.mapping import How, Mapping
from xladdin.problems import Problem

from .appraising import scheme_of

CASES: dict[str, dict[str, Any]] = yaml.safe_load(
    Path(__file__).with_name("summaries.yaml").read_text(encoding="utf-8")
)
NOVEMBER = Period("2026-11")
LATER = dt.date(2026, 12, 31)
EVERY_DAY = range(1, 31)


def laid_out(days: dict[str, Any]) -> list[str]:
    """The lines of each day; ``share`` alternates."""
    shares = days.get("share", [""])
    working = [day for day in EVERY_DAY if calendar.weekday(2026, 11, day) < 5]
    pairs = ((days.get("all"), EVERY_DAY), (days.get("all_but_weekends"), working))
    return [
        line.format(day=day, share=shares[day % len(shares)])
        for lines, among in pairs
        for day in among
        for line in lines or ()
    ]


def mapping(column: str, target: str, how: str = "", by: str = "", condition: str = "") -> Mapping:
    return Mapping(column, target, None, "", How(how) if how else None, by, condition)


def read(
    folder: Path,
    case: dict[str, Any],
    *,
    today: dt.date = LATER,
    names: tuple[str, ...] = ("e.csv",),
) -> tuple[list[Measured], list[Report], list[Problem]]:
    lines = [*laid_out(case.get("days", {})), *case.get("lines", ())]
    text = "\n".join([*case.get("above", ()), case["head"], *lines])
    paths = [folder / name for name in names]
    for path in paths:
        path.write_text(text, encoding="utf-8")
    nickname = case.get("nickname", EMPLOYEES[0].nickname)
    people = [EMPLOYEES[0].model_copy(update={"nickname": nickname}), *EMPLOYEES[1:]]
    own = tuple(mapping(*line) for line in case.get("own", ()))
    known = completed(own, case.get("names", ()))
    return read_exports(paths, people, scheme_of, known, NOVEMBER, today=today)


def figures_of(lines: list[Measured]) -> list[str]:
    return [f"{line.employee.id} {line.item.name} {line.said}" for line in lines]


@pytest.mark.parametrize("name", CASES)
def test_a_file_becomes_these_figures_and_problems(name: str, tmp_path: Path) -> None:
    case = CASES[name]
    lines, (report,), problems = read(tmp_path, case)
    assert figures_of(lines) == case.get("figures", [])
    assert [problem.code for problem in problems] == case.get("problems", [])
    assert case.get("says", "") in "\n".join(problem.message for problem in problems)
    assert list(report.days) == case.get("told", [])
    assert list(report.unknown_columns) == case.get("unknown", [])
    assert report.summaries == case.get("summaries", 0)


def _sales(days: range) -> dict[str, Any]:
    head = "日期,工号,客服销售额"
    return {"head": head, "lines": [f"2026-11-{day:02},1001,{day}" for day in days]}


def _write(path: Path, days: range) -> Path:
    case = _sales(days)
    path.write_text("\n".join([case["head"], *case["lines"]]), encoding="utf-8")
    return path


def together(*paths: Path) -> tuple[list[str], list[str]]:
    known = completed(())
    lines, _, problems = read_exports(paths, EMPLOYEES, scheme_of, known, NOVEMBER, today=LATER)
    return figures_of(lines), [problem.code for problem in problems]


def test_files_that_cover_the_month_together(tmp_path: Path) -> None:
    first = _write(tmp_path / "上.csv", range(1, 16))
    second = _write(tmp_path / "下.csv", range(16, 31))
    assert together(first, second) == ([f"1001 {SALES} 465元"], [])
    assert together(first) == ([], ["days_missing"])
    again = _write(tmp_path / "上(1).csv", range(1, 16))
    assert together(first, again, second)[0] == []


def test_the_same_file_twice_is_not_added_up(tmp_path: Path) -> None:
    lines, _, problems = read(tmp_path, _sales(EVERY_DAY), names=("a.csv", "a(1).csv"))
    assert figures_of(lines) == [f"1001 {SALES} 465元"]
    assert problems == []


@pytest.mark.parametrize(("until", "found"), [(18, []), (19, [f"1001 {SALES} 190元"])])
def test_a_month_that_is_not_over_is_covered_by_the_days_that_are(
    until: int, found: list[str], tmp_path: Path
) -> None:
    case = _sales(range(1, until + 1))
    lines, (report,), problems = read(tmp_path, case, today=dt.date(2026, 11, 20))
    assert figures_of(lines) == found
    assert [problem.code for problem in problems] == ([] if found else ["days_missing"])
    assert list(report.days) == (["按天的数据：11月1日—19日，19天"] if found else [])


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("赤兔_2026-11-01~2026-11-07.csv", ["days_missing"]),
        ("客服日报2026-11-30.csv", ["days_missing"]),
        ("赤兔_2026-11-01~2026-11-30.csv", []),
        ("赤兔2026年11月.csv", []),
    ],
)
def test_the_days_that_a_files_name_says(name: str, codes: list[str], tmp_path: Path) -> None:
    case = {"head": "工号,客服销售额", "lines": ["1001,5"]}
    lines, _, problems = read(tmp_path, case, names=(name,))
    assert [problem.code for problem in problems] == codes
    assert len(lines) == (0 if codes else 1)


def test_where_a_figure_comes_from_says_of_how_many_lines(tmp_path: Path) -> None:
    (line,), _, _ = read(tmp_path, _sales(EVERY_DAY))
    assert line.column == "客服销售额（30行求和）"
    assert (line.value, line.item.unit) == (Decimal(465), Unit.YUAN)


def test_a_message_of_names_with_braces(tmp_path: Path) -> None:
    """What others wrote is never taken for a place to fill in."""
    case = {
        "own": [["{who}{0}", "平均响应时间"]],
        "head": "日期,工号,{who}{0}",
        "days": {"all": ["2026-11-{day:02},1001,3"]},
    }
    _, _, (problem,) = read(tmp_path, case)
    assert problem.message.startswith("「{who}{0}」是一天天的数据")


CALLS = st.lists(
    st.tuples(
        st.sampled_from(["1001", "1002", "1004"]), st.integers(0, 5000), st.sampled_from("是否")
    ),
    min_size=1,
    max_size=30,
)


@settings(
    deadline=None, max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(calls=CALLS)
def test_any_calls_are_summed_up_as_by_hand(
    calls: list[tuple[str, int, str]], tmp_path: Path
) -> None:
    case = {
        "own": [
            ["时长", "平均响应时间", "mean"],
            ["金额", "销售目标达成", "sum"],
            ["差评", "客服中差评率", "share", "", "是"],
            ["编号", "回复质量", "count", "", "差评=是"],
        ],
        "head": "编号,工号,时长,金额,差评",
        "lines": [f"{i},{who},{n},{n}.25,{bad}" for i, (who, n, bad) in enumerate(calls)],
    }
    lines, _, problems = read(tmp_path, case)
    assert {problem.code for problem in problems} <= {"condition_unmet"}
    found = {(line.employee.id, line.item.name): float(line.value) for line in lines}
    expected = {}
    for person in {who for who, *_ in calls}:
        own = [(n, bad) for who, n, bad in calls if who == person]
        times = [n for n, _ in own]
        expected[person, "平均响应时间"] = sum(times) / len(times)
        expected[person, "销售目标达成"] = sum(n + 0.25 for n in times)
        expected[person, "客服中差评率"] = sum(bad == "是" for _, bad in own) / len(own)
        expected[person, "回复质量"] = sum(bad == "是" for _, bad in own)
    assert found.keys() == expected.keys()
    for key, value in expected.items():
        assert found[key] == pytest.approx(value, abs=1e-6)
