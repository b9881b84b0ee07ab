"""Summary and slips from the ledger: as it was collected, as it was closed, and what differs is told."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from tests.app import kept
from tests.app.command import xladdin
from tests.app.kept import FIGURES, JUDGED, PERIOD, PERSON, SCHEME
from tests.patch.masters import write_master
from xladdin.app.collecting.collect import collect
from xladdin.app.collecting.collect_ledger import LedgerKeeper
from xladdin.app.generating.generate import generate
from xladdin.app.reading_company import read_master_company
from xladdin.app.results.ledger_results import informed, kept_months
from xladdin.app.results.month_scores import month_results
from xladdin.books.forms import SLIP_SUITE
from xladdin.company.kept_results import KeptForm, KeptResults
from xladdin.company.month_results import MonthResults
from xladdin.domain.people import Employee, Period
from xladdin.layout.place import defined_name
from xladdin.ledger.ledger_place import LEDGER_NAME, ledger_place
from xladdin.ledger.records import PeriodState
from xladdin.ledger.store import Ledger
from xladdin.problems import Place, Problem, ProblemsFound
from xladdin.schemes.library import Library
from xladdin.scoring import keys

OTHER = Employee(id="QC003", name="方嘉禾", department="网络销售部", position="网销客服")
MONTHS = (Period("2026-09"), Period("2026-10"), PERIOD)


def rows(months: Sequence[Period], **changed: str) -> list[dict[str, Any]]:
    """Figures of both people, of the person who returns a form without what is judged there."""
    return [
        {
            "period": str(month),
            "employee": person.id,
            "indicator": item,
            "target": None if target is None else Decimal(target),
            "actual": Decimal(changed.get(item, value)),
        }
        for month in months
        for person in (PERSON, OTHER)
        for item, (target, value) in FIGURES.items()
        if person is OTHER or item not in JUDGED
    ]


def put_master(path: Path, months: Sequence[Period] = MONTHS, **changed: str) -> Path:
    return write_master(
        path,
        rows(months, **changed),
        library=Library((SCHEME,)),
        employees=(PERSON, OTHER),
        mappings=(),
    )


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a master into which one person's forms of three months were collected."""
    folder = tmp_path_factory.mktemp("collected")
    master = put_master(folder / "总表.xlsx")
    for month in MONTHS:
        company, _ = read_master_company(master)
        back = folder / "收到" / month
        (made,) = generate(company, month, back, ids=[PERSON.id]).paths
        book = openpyxl.load_workbook(back / made)
        for item in JUDGED:
            ((sheet, cell),) = book.defined_names[defined_name(keys.actual(item))].destinations
            book[sheet][cell].value = float(FIGURES[item][1])
        book.save(back / made)
        done = collect(master, [back], period=month, keeper=LedgerKeeper.of(master))
        assert done.kept == 1
    return folder


@pytest.fixture
def folder(collected: Path, tmp_path: Path) -> Path:
    shutil.copytree(collected, tmp_path / "now")
    return tmp_path / "now"


def results(folder: Path, *, ledger: bool = True) -> tuple[MonthResults, list[Problem]]:
    master = folder / "总表.xlsx"
    company, _ = read_master_company(master)
    known = informed(master, company, PERIOD) if ledger else None
    found, problems = month_results(company, PERIOD, kept=known.kept if known else None)
    return found, [*(known.problems if known else ()), *problems]


def codes(problems: Sequence[Problem]) -> list[str]:
    return sorted(problem.code for problem in problems)


def test_with_the_master_that_it_was_collected_into_the_ledger_says_the_same(folder: Path) -> None:
    ours, problems = results(folder)
    plain, _ = results(folder, ledger=False)
    assert codes(problems) == ["not_in_ledger"]
    assert [one.total for one in ours.people] == [one.total for one in plain.people]
    assert ours.history == plain.history
    assert set(ours.history[PERSON.id]) == set(MONTHS[:-1])
    by_id = {one.employee.id: one for one in ours.people}
    assert by_id[PERSON.id].note == ""
    assert "按总表" in by_id[OTHER.id].note
    assert "台账" in ours.origin


def test_a_master_that_says_otherwise_is_told_and_never_taken(folder: Path) -> None:
    before, _ = results(folder)
    put_master(folder / "总表.xlsx", response_time="300")
    after, problems = results(folder)
    told = [problem.message for problem in problems if problem.code == "ledger_differs"]
    who = f"{PERSON.name}（{PERSON.id}）"
    assert f"{who}的「平均响应时间」的得分：台账 10，总表 0，按台账" in told
    # Judgements were wiped out with it: the ledger has them.
    assert f"{who}的「团队协作」的实际：台账 4分，总表 空着，按台账" in told
    assert len(told) == 1 + len(JUDGED)
    one, other = (next(it for it in m.people if it.employee == PERSON) for m in (before, after))
    assert one.total == other.total
    assert after.history[PERSON.id] == before.history[PERSON.id]


def test_a_trend_is_the_ledgers_where_it_knows_the_month(folder: Path) -> None:
    before, _ = results(folder)
    company, _ = read_master_company(folder / "总表.xlsx")
    lines = [
        line.actual.model_copy(update={"actual": Decimal(0)})
        if (line.actual.period, line.actual.indicator) == (MONTHS[0], "teamwork")
        else line.actual
        for line in company.figures
    ]
    known = informed(folder / "总表.xlsx", company, PERIOD)
    after, problems = month_results(company.with_actuals(lines), PERIOD, kept=known.kept)
    told = [problem for problem in problems if problem.code == "ledger_trend_differs"]
    assert len(told) == 1
    assert f"{PERSON.name}（{PERSON.id}）2026年9月的总分：台账 " in told[0].message
    assert after.history[PERSON.id] == before.history[PERSON.id]
    assert after.history[OTHER.id] != before.history[OTHER.id]


def test_a_closed_month_stays_as_it_was_closed(folder: Path) -> None:
    """Also where the scheme that it was scored by is no longer in the master."""
    before, _ = results(folder)
    with Ledger(ledger_place(folder / "总表.xlsx")) as ledger:
        ledger.change_period(str(PERIOD), PeriodState.CLOSED, by="赵敏")
    heavy = {
        "sections": tuple(
            section.model_copy(update={"indicators": section.indicators[::-1]})
            for section in SCHEME.sections
        ),
        "grades": tuple(
            grade.model_copy(update={"coefficient": grade.coefficient / 2})
            for grade in SCHEME.grades
        ),
    }
    now = SCHEME.model_copy(update=heavy)
    write_master(
        folder / "总表.xlsx",
        rows(MONTHS),
        library=Library((now,)),
        employees=(PERSON, OTHER),
        mappings=(),
    )
    after, problems = results(folder)
    one = next(it for it in after.people if it.employee == PERSON)
    assert one.values[keys.COEFFICIENT] == before.people[0].values[keys.COEFFICIENT]
    assert one.scheme == SCHEME
    assert "赵敏" in after.origin
    assert "已关闭" in after.origin
    told = [problem.message for problem in problems if problem.code == "ledger_differs"]
    assert told
    # Two versions of one scheme in a month: each has a page of its own.
    apart = after.with_schemes_apart()
    assert len({scheme.id for scheme in apart.schemes}) == len(apart.schemes) == 2
    assert len({scheme.name for scheme in apart.schemes}) == 2
    assert [it.values for it in apart.people] == [it.values for it in after.people]


def test_the_commands_take_the_ledger_beside_the_master_and_say_so(folder: Path) -> None:
    master, out = folder / "总表.xlsx", folder / "汇总.xlsx"
    told = xladdin("summary", master, "--period", PERIOD, "--out", out)
    assert told.code == 0, told.err
    assert f"台账 {LEDGER_NAME}：2026年11月考核表 1 份。" in told.out
    assert "方嘉禾（QC003）：台账里没有收到的表，按总表的数据算" in told.err
    ranking = CalamineWorkbook.from_path(out).get_sheet_by_name("排名").to_python()
    assert "取自台账" in ranking[1][0]
    plain = xladdin(
        "summary", master, "--period", PERIOD, "--out", folder / "b.xlsx", "--no-ledger"
    )
    assert "台账" not in plain.out + plain.err
    slips = xladdin("feedback", master, "--period", PERIOD, "--out", folder / "反馈单")
    assert "新生成 2 份" in slips.out
    assert f"台账 {LEDGER_NAME}" in slips.out
    form = ("generate", master, "--period", PERIOD, "--out", folder / "反馈单", "--form")
    assert "没有变化 2 份" in xladdin(*form, SLIP_SUITE.id).out
    refused = xladdin(*form, "monthly", "--ledger", "x.db")
    assert refused.code == 2
    both = xladdin(
        "summary", master, "--period", PERIOD, "--out", out, "--no-ledger", "--ledger", "x"
    )
    assert both.code == 2


def test_a_ledger_that_was_named_must_be_there_and_none_may_be_touched(folder: Path) -> None:
    master = folder / "总表.xlsx"
    missing = xladdin(
        "summary",
        master,
        "--period",
        PERIOD,
        "--out",
        folder / "s.xlsx",
        "--ledger",
        folder / "x.db",
    )
    assert missing.code == 1
    assert "还没有台账" in missing.err
    with closing(sqlite3.connect(folder / LEDGER_NAME)) as raw:
        raw.execute("UPDATE ledger_results SET total='99'")
        raw.commit()
    company, _ = read_master_company(master)
    with pytest.raises(ProblemsFound, match="台账被改动过"):
        informed(master, company, PERIOD)
    assert not (folder / "s.xlsx").exists()


def test_whoever_is_in_the_ledger_alone_is_named() -> None:
    months = kept.usual()
    form = replace(months.kept, person="X9", place=Place("绩效台账.db", field="第9条"))
    both: dict[tuple[str, Period], KeptForm] = {
        (PERSON.id, PERIOD): months.kept,
        ("X9", PERIOD): form,
    }
    found, problems = month_results(
        months.master, PERIOD, kept=KeptResults(kept.LEDGER, PERIOD, both)
    )
    assert [one.employee.id for one in found.people] == [PERSON.id]
    assert codes(problems) == ["not_on_roster"]
    assert "X9" in problems[0].message
    left = PERSON.model_copy(update={"left": PERIOD.first_day.replace(month=1)})
    gone = replace(months.master, employees=(left,))
    found, problems = month_results(gone, PERIOD, kept=months.results())
    assert [one.total for one in found.people] == [months.joined()[0].total]
    assert codes(problems) == ["ledger_absent"]


def test_a_month_of_which_nothing_was_collected_is_told_in_one_line() -> None:
    months = kept.usual()
    found, problems = month_results(months.master, PERIOD, kept=KeptResults(kept.LEDGER, PERIOD))
    assert codes(problems) == ["ledger_empty"]
    assert len(found.people) == 1


def test_several_months_come_with_their_totals_and_nothing_else(folder: Path) -> None:
    master = folder / "总表.xlsx"
    company, _ = read_master_company(master)
    months = [Period("2025-11"), *MONTHS]
    name, forms, problems = kept_months(master, company, months)
    assert (name, problems) == (LEDGER_NAME, [])
    assert set(forms) == {(PERSON.id, month) for month in MONTHS}
    kept_ = results(folder)[0]
    (one,) = [each for each in kept_.people if each.employee == PERSON]
    assert forms[PERSON.id, PERIOD].total == one.total
    assert forms[PERSON.id, PERIOD].results[keys.GRADE] == one.values[keys.GRADE]


def test_months_without_a_ledger_are_none_and_one_that_was_touched_is_refused(
    folder: Path, tmp_path: Path
) -> None:
    master = put_master(tmp_path / "ohne.xlsx")
    company, _ = read_master_company(master)
    assert kept_months(master, company, MONTHS) == ("", {}, [])
    with closing(sqlite3.connect(folder / LEDGER_NAME)) as ledger:
        ledger.execute("DROP TRIGGER IF EXISTS ledger_results_no_update")
        triggers = ledger.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        ).fetchall()
        for (trigger,) in triggers:
            ledger.execute(f'DROP TRIGGER "{trigger}"')
        ledger.execute("UPDATE ledger_results SET total = '100'")
        ledger.commit()
    with pytest.raises(ProblemsFound, match="台账被改动过"):
        kept_months(folder / "总表.xlsx", company, MONTHS)
