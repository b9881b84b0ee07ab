"""方案试算, 证据包, in a real spreadsheet: months are asked for, results of the ledger are tried or packed."""

from __future__ import annotations

import datetime as dt
import zipfile
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.master.small_company import small
from tests.ribbon.desks import ROSTER, Workplace
from xladdin.app.results.evidence import verify_evidence
from xladdin.domain.people import Employee
from xladdin.domain.schemes import Scheme
from xladdin.ledger.ledger_place import ledger_place
from xladdin.ledger.records import Returned, SchemeSnapshot, ScoreResult
from xladdin.ledger.store import Ledger
from xladdin.ribbon import windows_excel
from xladdin.scoring import keys
from xladdin.scoring.model import input_defaults
from xladdin.scoring.scorer import scorer_of

pytestmark = pytest.mark.xdist_group("calc")
MONTH, FILE = "2026-10", "方案试算_2026-01至2026-10.xlsx"
NOW = dt.datetime(2026, 11, 3, tzinfo=dt.UTC)


def person() -> tuple[Employee, Scheme]:
    company = small()
    one = next(it for it in company.employees if it.id == "QC003")
    scheme = company.scheme_of(one)
    assert scheme is not None
    return one, scheme


@pytest.fixture
def kept(work: Workplace) -> Employee:
    """Somebody's form of October in the ledger."""
    one, scheme = person()
    said: dict[str, Any] = {}
    for item in scheme.indicators:
        best = max((band.high for band in item.method.described), default=Decimal(1))
        said[keys.actual(item.id)] = best
        if item.uses_target:
            said[keys.target(item.id)] = Decimal(1)
    values = scorer_of(scheme).values({**input_defaults(scheme), **said})
    items = {key: value for key, value in values.items() if key not in said}
    about = (one.id, MONTH, scheme.fingerprint())
    total: Any = values[keys.TOTAL]
    with Ledger(ledger_place(work.folder / work.book.name)) as ledger:
        ledger.append(SchemeSnapshot(about[2], scheme.id, scheme.name, scheme.model_dump_json()))
        ledger.append(Returned("monthly", *about, said, "交回.xlsx", "0" * 64, NOW))
        ledger.append(ScoreResult("monthly", *about, items, total, str(values[keys.GRADE])))
    return one


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What the user types into Excel's box; nothing more: what it offers."""
    words: list[Any] = []
    monkeypatch.setattr(
        windows_excel, "typed_text", lambda *given: words.pop(0) if words else given[2]
    )
    return words


def test_sheets_are_written_for_everybody_who_decides_and_the_companys_is_opened(
    work: Workplace,
) -> None:
    told = work.click("calibrate")
    files = work.files("校准表/*/*.xlsx")
    assert f"的校准表写好了 {len(files)} 份" in told
    assert len(files) > 1
    assert "全公司" in work.calc.books.active.name
    shown = work.calc.books.active
    work.calc.books[work.book.name].activate()
    assert f"「{shown.name}」" in work.click("calibrate")  # it is open
    shown.close()
    assert "写好了" in work.click("calibrate")


@pytest.mark.usefixtures("typed", "kept")
def test_the_months_of_the_ledger_are_tried_and_the_workbook_is_opened(work: Workplace) -> None:
    told = work.click("simulate")
    assert "方案试算写好了" in told
    assert "试算" in told
    assert FILE in told
    assert work.files(f"**/{FILE}")
    assert work.calc.books.active.name == FILE
    assert [sheet.name for sheet in work.calc.books[FILE].sheets] == [
        "概览",
        "逐月明细",
        "没有试算",
    ]


@pytest.mark.usefixtures("kept")
@pytest.mark.parametrize(
    ("said", "told"),
    [
        (None, ""),
        ("去年", "「去年」不是月份"),
        ("2026-10 至 2026-01", "开始的月份在结束的月份之后"),
        ("2026-01 至 2026-02 至 2026-03", "不是月份"),
        ("2025-01 到 2025-12", "台账里没有2025年1月至2025年12月考核表的得分"),
    ],
)
def test_who_gives_up_or_types_no_months_gets_nothing(
    work: Workplace, typed: list[Any], said: str | None, told: str
) -> None:
    typed[:] = [said]
    assert told in work.click("simulate")
    assert work.files("**/方案试算*.xlsx") == []


@pytest.mark.usefixtures("typed")
def test_without_a_ledger_it_is_said_what_to_do(work: Workplace) -> None:
    assert "没有绩效台账" in work.click("simulate")


@pytest.mark.usefixtures("typed", "kept")
def test_a_trial_that_somebody_has_worked_on_is_replaced_only_when_told(work: Workplace) -> None:
    work.click("simulate")
    path = work.folder / work.files(f"**/{FILE}")[0]
    work.calc.books[FILE].close()
    path.write_bytes(b"mine")
    for answer, kept in (("no", True), ("yes", False)):
        work.book.activate()
        assert "已经有了" in work.click("simulate", answer)
        assert (path.read_bytes() == b"mine") is kept


@pytest.mark.usefixtures("typed")
def test_a_pack_is_made_for_the_selected_person(work: Workplace, kept: Employee) -> None:
    work.select(ROSTER, f"B{work.rows_of(kept.id)[0]}")
    told = work.click("evidence", "ok")
    assert f"{kept.name}（{kept.id}）" in told
    assert "证据包已写好" in told
    (path,) = Path(work.folder).glob("**/*.zip")
    assert kept.id in path.name
    assert not [it for it in verify_evidence(path).problems if it.is_error]
    with zipfile.ZipFile(path) as opened:
        assert f"{kept.name}（{kept.id}）" in opened.read("概览.html").decode()


@pytest.mark.usefixtures("typed", "kept")
def test_of_several_people_none_is_packed(work: Workplace) -> None:
    work.select(ROSTER, "B5:B7")
    assert "一次只为一名员工打" in work.click("evidence")
    work.select(ROSTER, f"B{work.rows_of('QC003')[0]}")
    work.click("evidence", "cancel")
    assert list(Path(work.folder).glob("**/*.zip")) == []
