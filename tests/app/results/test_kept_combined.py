"""Combined scores in the ledger: kept once, a changed one supersedes, a closed month takes none."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from tests.company.people import employee
from xladdin.app.results.kept_combined import keep_combined, kind_of
from xladdin.company.combined_results import PersonCombined
from xladdin.domain.combined_rules import CombinedRule
from xladdin.domain.month_spans import Span
from xladdin.domain.people import Period
from xladdin.ledger.ledger_place import ledger_place
from xladdin.ledger.records import PeriodState, SchemeSnapshot, ScoreResult
from xladdin.ledger.store import Ledger
from xladdin.ledger.verifying import verify
from xladdin.schemes.library import Library

MONTH = Period("2026-11")


def people() -> list[PersonCombined]:
    library, rule = Library.shipped(), CombinedRule.model_validate("70/30")
    (rated,) = library.competencies
    scheme = library.schemes[0].model_copy(update={"combined": rule})
    whole = PersonCombined(employee("E1"), scheme, rule, Decimal(90), rated, Decimal(3))
    half = PersonCombined(
        employee("E2"), scheme, rule, Decimal(80), lack="没有能力得分（没有收到评分）"
    )
    return [whole, half]


@pytest.fixture
def master(tmp_path: Path) -> Path:
    return tmp_path / "总表.xlsx"


def kept(master: Path, **asked: str) -> list[ScoreResult]:
    with Ledger(ledger_place(master), write=False) as ledger:
        assert verify(ledger).touched == ()
        return [it.record for it in ledger.read(ScoreResult, superseded=False, **asked)]


def test_both_halves_the_whole_and_by_which_schemes(master: Path) -> None:
    assert keep_combined(master, MONTH, people()) == (2, [])
    whole, half = kept(master)
    assert (whole.kind, whole.period, whole.person) == ("combined", "2026-11", "E1")
    assert (whole.total, whole.grade) == (Decimal("85.5"), people()[0].grade)
    assert (whole.items["kpi"], whole.items["competency"]) == (90, 75)
    assert (half.total, half.incomplete) == (None, "没有能力得分（没有收到评分）")
    with Ledger(ledger_place(master), write=False) as ledger:
        hashes = {it.record.hash for it in ledger.read(SchemeSnapshot)}
    assert {whole.scheme_hash, whole.items["competency_scheme"]} == hashes


def test_the_same_again_is_none_and_a_change_supersedes(master: Path) -> None:
    keep_combined(master, MONTH, people())
    assert keep_combined(master, MONTH, people()) == (0, [])
    whole, half = people()
    assert keep_combined(master, MONTH, [replace(whole, kpi=Decimal(100)), half]) == (1, [])
    assert [it.total for it in kept(master)] == [None, Decimal("92.5")]


def test_a_quarter_stands_beside_its_last_month(master: Path) -> None:
    quarter = Span.parse("2026Q4")
    assert kind_of(quarter) == ("combined:2026Q4", "2026-12")
    keep_combined(master, MONTH, people())
    keep_combined(master, quarter, people())
    keep_combined(master, Period("2026-12"), people())
    assert len(kept(master)) == 6


def test_a_closed_month_takes_nothing_new_and_says_so(master: Path) -> None:
    keep_combined(master, MONTH, people())
    with Ledger(ledger_place(master)) as ledger:
        ledger.change_period("2026-11", PeriodState.CLOSED)
    assert keep_combined(master, MONTH, people()) == (0, [])
    whole, _ = people()
    new, (told,) = keep_combined(master, MONTH, [replace(whole, kpi=Decimal(1))])
    assert (new, told.code, told.severity) == (0, "period_closed", "warning")
    assert "period reopen" in told.message
    assert kept(master)[0].total == Decimal("85.5")
