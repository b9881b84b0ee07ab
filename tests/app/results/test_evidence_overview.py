"""The page of a pack of evidence: the rules in words, the inputs by their names, nothing that runs."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from tests.ledger.entries import MONTH, NOW, returned
from xladdin import books
from xladdin.app.results.evidence_overview import COMMENTS, local, overview
from xladdin.books.wording import rule_text, total_text
from xladdin.ledger.records import ScoreResult
from xladdin.ledger.store import Entry
from xladdin.schemes.library import Library
from xladdin.scoring import keys


def test_a_score_can_be_worked_out_again_from_the_page() -> None:
    scheme = Library.shipped().schemes[0]
    item = next(iter(scheme.indicators))
    form = returned(inputs={keys.actual(item.id): Decimal("87.25"), "comment.self": "<script>"})
    score = ScoreResult(
        "monthly", "CS001", MONTH, form.scheme_hash, {keys.TOTAL: Decimal("91.5")}, Decimal("91.5")
    )
    entries = {4: Entry(4, NOW, form), 5: Entry(5, NOW, score)}
    page = overview(
        "CS001", (MONTH, MONTH), entries, {4: "原件/4_a.xlsx"}, {form.scheme_hash: scheme}
    )
    text = page.decode().replace("<br>", "\n")
    for said in (f"{item.name}：实际</td><td>87.25", "最终得分</td><td>91.5", "原件/4_a.xlsx"):
        assert said in text
    assert rule_text(item, brief=False, scheme=scheme) in text
    assert total_text(scheme) in text
    assert "<script>" not in text
    for english in ("comment.", "monthly"):
        assert english not in text
    assert "自我评价</td><td>&lt;script&gt;" in text
    bare = overview("CS001", (MONTH, MONTH), entries, {}, {}).decode()
    assert "当时的方案已不能读出" in bare
    assert "没有放入" in bare


@pytest.fixture
def in_shanghai(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "Asia/Shanghai")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.usefixtures("in_shanghai")
def test_times_are_those_of_the_computers_clock_and_the_page_fits_paper() -> None:
    """The form was entered at half past nine UTC."""
    page = overview(
        "陆雨桐（CS001）", (MONTH, MONTH), {4: Entry(4, NOW, returned())}, {}, {}
    ).decode()
    assert "<h1>证据概览：陆雨桐（CS001），" in page
    assert "（登记于 2026-12-01 17:30）" in page
    assert "收到时间</td><td>2026-12-01 17:30<" in page
    assert "当地的时间（UTC+08:00）" in page
    assert "@page{size:A4" in page
    assert local(NOW) == "2026-12-01 17:30（UTC+08:00）"


def test_every_comment_of_the_forms_has_a_name() -> None:
    sources = (path.read_text("utf-8") for path in Path(books.__file__).parent.rglob("*.py"))
    assert set(re.findall(r'"(comment\.\w+)"', "".join(sources))) == set(COMMENTS)
