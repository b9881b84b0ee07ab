"""校准表 that come back: what was filled in counts, whatever was spoilt is named, and nothing else."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.app.results.calibration_filling import DAMAGES, chosen, filled, read, written
from tests.books.random_cohorts import PERIOD, graded, random_person, shipped
from tests.proof.fixtures import Proofs
from tests.workbench.office import Office
from xladdin.app.results.calibration_returns import Taking, keep_sheets, take_calibrations
from xladdin.app.results.decided_grades import with_decided
from xladdin.app.results.kept_calibrations import calibrations_of
from xladdin.company.calibrating import Board, current_grade, original_grade
from xladdin.company.company import Company
from xladdin.company.company_settings import ORDER_SETTING, TEAM_SETTING, Setting
from xladdin.company.kept_results import KeptResults
from xladdin.company.month_results import MonthResults, PersonResult
from xladdin.domain.people import Employee
from xladdin.domain.schemes import Scheme
from xladdin.ledger.ledger_place import ledger_place
from xladdin.ledger.records import Calibration
from xladdin.ledger.store import Ledger
from xladdin.schemes.library import Library

SCHEME = shipped("online_shop_monthly")
TAMPERED = 30
OF = 500


def company_of(people: tuple[PersonResult, ...], *settings: Setting) -> Company:
    schemes = {one.scheme.id: one.scheme for one in people}
    employees = tuple(one.employee for one in people)
    return Company(employees, Library(tuple(schemes.values())), settings=settings, file="总表.xlsx")


def many(teams: int, chance: random.Random) -> MonthResults:
    """Departments of two to six people without earlier calibrations."""
    people: list[PersonResult] = []
    for team in range(teams):
        for _ in range(chance.randint(2, 6)):
            one = random_person(chance, len(people), f"{team}部", SCHEME)
            people.append(graded(one.employee, SCHEME, one.total or Decimal(0)))
    return MonthResults("青禾", PERIOD, tuple(people))


def _rounds(count: int, spoilt: int, folder: Path) -> list[str]:
    """So many departments' sheets, written, filled in, some spoilt, taken, read again out of the ledger."""
    chance = random.Random(count)
    results = many(count, chance)
    company = company_of(results.people)
    harmed = dict(zip(chance.sample(range(count), spoilt), _damages(spoilt), strict=True))
    elsewhere = results.people[0].employee.id
    reads, wanted, faults = [], dict[str, str](), list[str]()
    for team in range(count):
        board = Board.of(company, results, f"{team}部")
        grades, damage = chosen(chance, board), harmed.get(team)
        if damage and damage.get("value") == "!elsewhere" and team == 0:
            damage = {**damage, "elsewhere": results.people[-1].employee.id}
        elif damage:
            damage = {"elsewhere": elsewhere, **damage}
        content = filled(written(board), grades, damage=damage)
        reads.append(read(content, f"{team}部.xlsx"))
        if damage is None:
            wanted |= {id_: grade for id_, (grade, _) in grades.items()}
    taking = Taking(company, results, None, PERIOD)
    sheets = taking.without_broken(taking.sound(reads))
    for team in range(count):
        label = f"{team}部.xlsx"
        codes = sorted({it.code for it in taking.problems if it.place.file == label})
        due = sorted(harmed[team]["codes"]) if team in harmed else []
        if codes != due or (label in sheets) == (team in harmed):
            faults.append(f"{label}: {codes}, due {due}")
    place = ledger_place(folder / "总表.xlsx", None)
    keep_sheets(place, PERIOD, sheets, None)
    with Ledger(place, write=False) as ledger:
        kept = KeptResults("台账", PERIOD, calibrations=calibrations_of(ledger, PERIOD))
    after, told = with_decided(results.people, kept)
    assert told == []
    for one in after:
        due_grade = wanted.get(one.employee.id, original_grade(one))
        if current_grade(one) != due_grade:
            faults.append(f"{one.employee.id}: {current_grade(one)}, due {due_grade}")
    return faults


def _damages(count: int) -> list[dict[str, Any]]:
    return [DAMAGES[number % len(DAMAGES)] for number in range(count)]


def test_what_was_filled_in_counts_and_what_was_spoilt_is_named(
    tmp_path: Path, proofs: Proofs
) -> None:
    count = proofs.count("calibration_returns")
    assert _rounds(count, min(count - 4, len(DAMAGES)), tmp_path) == []


@pytest.mark.proof
def test_what_was_filled_in_counts_and_what_was_spoilt_is_named_for_many(
    tmp_path: Path, proofs: Proofs
) -> None:
    count = proofs.count("calibration_returns")
    faults = _rounds(count, TAMPERED, tmp_path)
    proofs.record("calibration_returns", tried=count, survived=max(0, count - len(faults)))
    assert faults == []


# Guidelines that bind.


def binding(**asked: Any) -> Scheme:
    raw: dict[str, Any] = SCHEME.model_dump()
    for grade, guideline in asked.items():
        found = next(it for it in raw["grades"] if it["name"] == grade)
        found["guideline"] = {**guideline, "binding": guideline.get("binding", True)}
    return Scheme.model_validate(raw)


def team(scheme: Scheme, totals: Mapping[str, list[int]]) -> tuple[PersonResult, ...]:
    return tuple(
        graded(
            Employee(
                id=f"{name}{i}", name=f"员工{name}{i}", department=f"{name}部", position="客服"
            ),
            scheme,
            Decimal(points),
        )
        for name, own in totals.items()
        for i, points in enumerate(own)
    )


def taken(
    people: tuple[PersonResult, ...],
    sheets: Mapping[str, Mapping[str, tuple[str, str]]],
    *settings: Setting,
    orders: Mapping[str, int] | None = None,
) -> tuple[set[str], list[str]]:
    """Which of the departments' sheets are taken, and the messages."""
    results = MonthResults("青禾", PERIOD, people)
    company = company_of(people, *settings)
    reads = []
    for name, grades in sheets.items():
        one = read(filled(written(Board.of(company, results, name)), grades), name or "公司")
        if orders:
            rows = [replace(it, texts={**it.texts, "order": str(orders[it.id])}) for it in one.rows]
            one = replace(one, rows=tuple(rows))
        reads.append(one)
    taking = Taking(company, results, None, PERIOD)
    kept = taking.without_broken(taking.sound(reads))
    return set(kept), [str(problem) for problem in taking.problems]


MOST_ONE = {"asks": "<=", "share": "25%"}


def test_a_sheet_that_breaks_a_binding_guideline_is_refused_by_how_many() -> None:
    people = team(binding(优秀=MOST_ONE), {"甲": [95, 92, 85, 75], "乙": [91, 82, 75, 65]})
    good = {"甲1": ("良好", "差一点")}
    kept, told = taken(people, {"甲部": {}, "乙部": {}}, Setting(TEAM_SETTING, "2"))
    assert kept == {"乙部"}
    assert told == [
        f"甲部：{SCHEME.name}（甲部）的「优秀」有 2 人，多 1 人：要求不超过25%，必须符合，没有收"
    ]
    assert taken(people, {"甲部": good, "乙部": {}}, Setting(TEAM_SETTING, "2"))[0] == {
        "甲部",
        "乙部",
    }


def test_small_teams_are_counted_together_and_sheets_that_come_together_are_seen_together() -> None:
    people = team(binding(优秀=MOST_ONE), {"甲": [95, 92, 85, 75], "乙": [91, 82, 75, 65]})
    kept, told = taken(people, {"甲部": {}, "乙部": {}})
    assert kept == set()
    assert [it.partition("：")[0] for it in told] == ["甲部", "乙部"]
    assert "（各部门合计）的「优秀」有 3 人，多 1 人" in told[0]
    one = {"甲1": ("良好", "差一点")}
    assert taken(people, {"甲部": one, "乙部": {}}) == ({"甲部", "乙部"}, [])


def test_a_guideline_that_does_not_bind_refuses_nothing() -> None:
    loose = binding(优秀={**MOST_ONE, "binding": False})
    people = team(loose, {"甲": [95, 92, 85, 75]})
    assert taken(people, {"甲部": {}}) == ({"甲部"}, [])


def test_two_sheets_that_differ_about_a_person_are_both_refused() -> None:
    people = team(SCHEME, {"甲": [95, 85], "乙": [75, 65]})
    sheets = {"": {"甲0": ("良好", "一")}, "甲部": {"甲0": ("一般", "二")}, "乙部": {}}
    kept, told = taken(people, sheets)
    assert kept == {"乙部"}
    assert "工号「甲0」在两份校准表里不一样" in told[0]


def test_an_order_within_a_grade_is_1_2_3() -> None:
    people = team(SCHEME, {"甲": [95, 92, 91, 75]})
    asked = Setting(ORDER_SETTING, "是")
    right = {"甲0": 2, "甲1": 1, "甲2": 3, "甲3": 1}
    assert taken(people, {"甲部": {}}, asked, orders=right) == ({"甲部"}, [])
    kept, told = taken(people, {"甲部": {}}, asked, orders={**right, "甲2": 2})
    assert kept == set()
    assert [it.partition("：")[2] for it in told] == [
        "员工甲0（甲0）的“同级顺序”2重复：「优秀」里有 2 人排第 2",
        "员工甲2（甲2）的“同级顺序”2重复：「优秀」里有 2 人排第 2",
    ]
    wrong = taken(people, {"甲部": {}}, asked, orders={**right, "甲2": 4})[1]
    assert "员工甲2（甲2）的“同级顺序”4不对：「优秀」有 3 人，应是 1 至 3" in wrong[0]


# The ledger.


def test_the_ledger_keeps_both_grades_by_whom_and_why_and_a_way_back(tmp_path: Path) -> None:
    people = team(SCHEME, {"甲": [95, 85]})
    results, company = MonthResults("青禾", PERIOD, people), company_of(people)
    place = ledger_place(tmp_path / "总表.xlsx", None)

    def turn(grades: Mapping[str, tuple[str, str]], kept: KeptResults | None) -> KeptResults:
        now = replace(results, people=tuple(with_decided(people, kept)[0]) if kept else people)
        content = filled(written(Board.of(company, now, "甲部")), grades)
        taking = Taking(company, now, kept, PERIOD)
        sheets = taking.sound([read(content)])
        assert taking.problems == []
        keep_sheets(place, PERIOD, sheets, kept)
        with Ledger(place, write=False) as ledger:
            return KeptResults("台账", PERIOD, calibrations=calibrations_of(ledger, PERIOD))

    first = turn({"甲1": ("优秀", "带新人")}, None)
    turn({}, first)
    turn({"甲1": ("良好", "")}, first)
    with Ledger(place, write=False) as ledger:
        kept = [it.record for it in ledger.read(Calibration)]
    common = ("甲1", "2026-11", "grade", "良好")
    assert kept == [
        Calibration(*common, "优秀", "王经理", "带新人"),
        Calibration(*common, "良好", "王经理", "改回原等级"),
    ]


def test_a_sheet_from_before_a_result_changed_is_refused() -> None:
    people = team(SCHEME, {"甲": [95, 85]})
    results, company = MonthResults("青禾", PERIOD, people), company_of(people)
    content = filled(written(Board.of(company, results, "甲部")), {})
    changed = team(SCHEME, {"甲": [95, 79]})
    taking = Taking(company, replace(results, people=changed), None, PERIOD)
    assert taking.sound([read(content)]) == {}
    assert [it.code for it in taking.problems] == ["calibration_outdated"]
    assert "85 分「良好」→ 79 分「一般」" in taking.problems[0].message


def test_a_closed_month_takes_no_sheet() -> None:
    people = team(SCHEME, {"甲": [95, 85]})
    results, company = MonthResults("青禾", PERIOD, people), company_of(people)
    content = filled(written(Board.of(company, results, "甲部")), {})
    kept = KeptResults("台账", PERIOD, closed=frozenset({PERIOD}))
    taking = Taking(company, results, kept, PERIOD)
    assert taking.sound([read(content)]) == {}
    assert [it.code for it in taking.problems] == ["period_closed"]


# Who fills it in, and with what.


def test_two_of_one_name_are_told_apart_by_their_ids(tmp_path: Path) -> None:
    people = tuple(
        graded(Employee(id=id_, name="张伟", department="甲部", position="客服"), SCHEME, total)
        for id_, total in (("A1", Decimal(95)), ("A2", Decimal(85)))
    )
    results, company = MonthResults("青禾", PERIOD, people), company_of(people)
    board = Board.of(company, results, "甲部")
    taking = Taking(company, results, None, PERIOD)
    sheets = taking.sound([read(filled(written(board), {"A2": ("优秀", "带新人")}))])
    assert taking.problems == []
    changed = [id_ for own in sheets.values() for id_, one in own.items() if one.is_changed]
    assert changed == ["A2"]
    told = taken(people, {"甲部": {"A2": ("优秀", "")}})[1]
    assert [it.partition("：")[2] for it in told] == [
        "张伟（A2）的等级由「良好」改成「优秀」，没有写理由"
    ]
    ordered = {"A1": 1, "A2": 3}
    told = taken(people, {"甲部": {}}, Setting(ORDER_SETTING, "是"), orders=ordered)[1]
    assert "张伟（A2）的“同级顺序”3不对" in told[0]


@pytest.mark.xdist_group("office")
def test_a_sheet_that_another_office_program_saved_is_taken(tmp_path: Path, office: Office) -> None:
    people = team(SCHEME, {"甲": [95, 85, 75]})
    results, company = MonthResults("青禾", PERIOD, people), company_of(people)
    content = filled(written(Board.of(company, results, "甲部")), {"甲1": ("优秀", "带新人")})
    path = tmp_path / "校准表.xlsx"
    path.write_bytes(content)
    with office.open(path) as document:
        document.recalculate()
        document.save_as(path)
    taking = Taking(company, results, None, PERIOD)
    sheets = taking.sound([read(path.read_bytes())])
    assert taking.problems == []
    assert {id_ for own in sheets.values() for id_, one in own.items() if one.is_changed} == {"甲1"}


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("校准表.csv", "工号,校准后\nA1,优秀\n".encode("gbk"), "是 .xlsx 工作簿，这个是文本文件"),
        ("校准表.pdf", b"%PDF-1.7\n", "是 PDF，不是 Excel 文件"),
        ("校准表.xlsx", b"", "文件是空的"),
    ],
)
def test_what_is_no_workbook_is_called_what_it_is(
    tmp_path: Path, name: str, data: bytes, told: str
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    done = take_calibrations(tmp_path / "总表.xlsx", [path])
    assert done.taken == {}
    assert told in done.problems[0].message
