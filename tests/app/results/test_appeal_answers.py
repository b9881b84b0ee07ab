"""Answers to appeals: what is sound counts and corrects, whatever is wrong is told and left."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from tests.app.results.issued import PERIOD
from xladdin.app.reading_company import read_master_company
from xladdin.app.results.appeal_answers import TakenAnswers, take_answers
from xladdin.app.results.ledger_results import informed
from xladdin.app.results.month_scores import month_results
from xladdin.books.summary.appeal_sheet import items
from xladdin.company.month_results import PersonResult
from xladdin.domain.quantities import Unit
from xladdin.ledger.ledger_place import ledger_place
from xladdin.ledger.records import Appeal, AppealAnswer, Correction
from xladdin.ledger.store import Ledger
from xladdin.problems import Place
from xladdin.returns.answer_reading import GivenAnswer, ReadAnswers
from xladdin.schemes.library import Library
from xladdin.scoring import keys

CASES: list[dict[str, Any]] = yaml.safe_load(
    Path(__file__).with_name("answer_cases.yaml").read_text("utf-8")
)
PERSON = "QC025"
DAY = dt.date(2026, 12, 1)
TOTAL_BEFORE = Decimal(98)


@cache
def offered() -> dict[str, tuple[str, str, Unit]]:
    scheme = Library.shipped().scheme("after_sales_monthly")
    assert scheme is not None
    return items(scheme)


def appeal_in(master: Path, item: str = "首次响应时间") -> int:
    key, label, unit = offered()[item]
    made = Appeal(PERSON, str(PERIOD), "漏记", DAY, DAY, key, label, unit, None, DAY, DAY)
    with Ledger(ledger_place(master)) as ledger:
        return ledger.append(made).seq


def given(number: int, /, *, file: str = "清单.xlsx", **row: Any) -> ReadAnswers:
    row = {"number": str(number), "outcome": "", "after": None, "answer": "", "by": "", **row}
    said = GivenAnswer(places={"number": Place(file, sheet="申诉清单", cell="Q5")}, **row)
    return ReadAnswers(file, (said,))


def entries(master: Path) -> tuple[list[AppealAnswer], list[Correction]]:
    with Ledger(ledger_place(master), write=False) as ledger:
        answers = [it.record for it in ledger.read(AppealAnswer)]
        return answers, [it.record for it in ledger.read(Correction)]


def result(master: Path) -> PersonResult:
    company, _ = read_master_company(master)
    known = informed(master, company, PERIOD)
    found, _ = month_results(company, PERIOD, [company.people[PERSON]], known.kept)
    return found.people[0]


def codes(done: TakenAnswers) -> list[str]:
    return sorted(problem.code for problem in done.problems)


def test_what_rows_answer(issued_master: Path) -> None:
    """All cases in one run: each answers an appeal of its own, and is told by its own file."""
    reads = []
    for case in CASES:
        item = case.get("item", "首次响应时间" if case.get("figure", True) else "其他")
        number = appeal_in(issued_master, item)
        reads.append(given(number, file=case["name"], **case["row"]))
    done = take_answers(issued_master, reads)
    wrong = [told for case in CASES if (told := apart(case, done))]
    assert wrong == []
    upheld, rejected = (sum(case.get(what, 0) for case in CASES) for what in ("upheld", "rejected"))
    assert (done.upheld, done.rejected) == (upheld, rejected)
    answers, corrections = entries(issued_master)
    assert len(answers) == upheld + rejected
    assert len(corrections) == upheld - 1, "one of them was upheld without a figure"


def apart(case: dict[str, Any], done: TakenAnswers) -> str:
    """What is told otherwise than it is due; empty: nothing."""
    problems = [it for it in done.problems if it.place.file == case["name"]]
    told = "\n".join(map(str, problems))
    found = sorted(it.code for it in problems)
    fine = found == case.get("codes", []) and case.get("words", "") in told
    return "" if fine else f"{case['name']}: {found}: {told}"


def test_a_correction_is_an_entry_of_its_own_and_counts(issued_master: Path) -> None:
    number = appeal_in(issued_master)
    done = take_answers(
        issued_master, [given(number, outcome="成立", after="20秒", answer="属实", by="赵敏")]
    )
    assert done.corrected == ["韩雪凝（QC025）2026年10月 首次响应时间：14秒→20秒，总分 98→96.5"]
    (answer,), (made,) = entries(issued_master)
    assert (answer.outcome, answer.text, answer.by) == ("成立", "属实", "赵敏")
    assert (made.before, made.after, made.appeal) == (Decimal(14), Decimal(20), number)
    one = result(issued_master)
    assert one.total == Decimal("96.5")
    assert one.values[made.item] == Decimal(20)
    assert [it.change for it in one.corrected] == ["首次响应时间：14秒→20秒"]


def test_the_same_answer_again_is_no_entry_and_another_one_is_told(issued_master: Path) -> None:
    number = appeal_in(issued_master)
    row = {"outcome": "成立", "after": "20秒", "answer": "属实", "by": "赵敏"}
    take_answers(issued_master, [given(number, **row)])
    again = take_answers(issued_master, [given(number, **row)])
    assert (again.same, again.upheld, codes(again)) == (1, 0, [])
    other = take_answers(issued_master, [given(number, **{**row, "after": "16秒"})])
    assert codes(other) == ["answer_changed"]
    _, made = entries(issued_master)
    assert [(it.before, it.after) for it in made] == [(14, 20), (14, 16)]
    back = take_answers(
        issued_master, [given(number, outcome="不成立", answer="重新核对", by="赵敏")]
    )
    assert codes(back) == ["answer_changed"]
    assert "取消先前的更正 16秒" in back.corrected[0]
    assert result(issued_master).total == TOTAL_BEFORE
    assert result(issued_master).corrected == ()


def test_two_answers_to_one_appeal_are_told(issued_master: Path) -> None:
    number = appeal_in(issued_master)
    one = given(number, outcome="不成立", answer="已核对", by="赵敏")
    other = given(number, outcome="成立", after="20秒", answer="属实", by="赵敏")
    done = take_answers(issued_master, [one, one, other])
    assert (done.rejected, done.upheld, codes(done)) == (1, 0, ["answered_twice"])


def test_whoever_has_no_result_cannot_be_corrected(issued_master: Path) -> None:
    number = appeal_in(issued_master)
    with Ledger(ledger_place(issued_master)) as ledger:
        gone = ledger.read(Appeal)[0].record
        number = ledger.append(replace(gone, person="QC999")).seq
        lost = ledger.append(replace(gone, item="actual.gone", text="别的")).seq
    row = {"outcome": "成立", "after": "20秒", "answer": "属实", "by": "赵敏"}
    done = take_answers(issued_master, [given(number, **row), given(lost, **row)])
    assert codes(done) == ["item_gone", "no_result"]


def test_points_are_scored_by_the_bands(issued_master: Path) -> None:
    number = appeal_in(issued_master, "服务态度")
    take_answers(
        issued_master, [given(number, outcome="成立", after="4分", answer="属实", by="赵敏")]
    )
    assert result(issued_master).values[keys.score("attitude")] == 4
