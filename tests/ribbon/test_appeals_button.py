"""申诉清单, in a real spreadsheet: open appeals are written and opened, a filled-in list is not lost."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from tests.ribbon.desks import Workplace
from xladdin.domain.quantities import Unit
from xladdin.ledger.ledger_place import ledger_place
from xladdin.ledger.records import Appeal
from xladdin.ledger.store import Ledger

pytestmark = pytest.mark.xdist_group("calc")
DAY = dt.date.today()


def test_open_appeals_are_written_and_opened(work: Workplace) -> None:
    assert "没有要答复的申诉，没有写清单" in work.click("appeals")
    assert not work.files("**/申诉清单.xlsx")
    one = Appeal(
        "QC003", "2026-10", "漏记", DAY, DAY, "actual.first_reply_time", "首次响应时间", Unit.SECOND, Decimal(12), DAY
    )  # fmt: skip
    with Ledger(ledger_place(work.folder / work.book.name)) as ledger:
        ledger.append(one)
    told = work.click("appeals")
    assert "申诉清单写好了" in told
    assert "没有答复的申诉 1 条" in told
    assert "「首次响应时间」" in told
    assert len(work.files("**/申诉清单.xlsx")) == 1
    shown = work.calc.books.active
    assert shown.name == "申诉清单.xlsx"
    work.calc.books[work.book.name].activate()
    assert "「申诉清单.xlsx」" in work.click("appeals")  # it is open
    shown.close()
    assert "写好了" in work.click("appeals")
