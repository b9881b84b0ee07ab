"""反馈单 that go out: each is in the ledger with its day, and keeps its deadline while it tells the same."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from tests.app.command import xladdin
from tests.books.opened import Opened
from xladdin.app.generating.form_writing import Outcome
from xladdin.app.generating.generate import generate
from xladdin.app.reading_company import read_master_company
from xladdin.app.results.issued_slips import keep_issued
from xladdin.app.results.ledger_results import informed
from xladdin.books.forms import SLIP_SUITE
from xladdin.books.summary import appeal_sheet
from xladdin.company.company import Company
from xladdin.company.company_settings import APPEAL_SETTING, Setting
from xladdin.domain.people import Period
from xladdin.ledger.archive_folder import Archive
from xladdin.ledger.ledger_place import LEDGER_NAME, ledger_place
from xladdin.ledger.records import FeedbackIssued
from xladdin.ledger.store import Ledger
from xladdin.ledger.verifying import verify

PERIOD = Period("2026-10")
IDS = ["QC002", "QC004"]
DEADLINES = [
    case
    for case in yaml.safe_load(
        (Path(__file__).parents[2] / "domain" / "working_days.yaml").read_text("utf-8")
    )["cases"]
    if 1 <= case["days"] <= 60
]


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("example") / "总表.xlsx"
    assert xladdin("init", str(path), "--example").code == 0
    return path.read_bytes()


@pytest.fixture
def master(example: bytes, tmp_path: Path) -> Path:
    path = tmp_path / "总表.xlsx"
    path.write_bytes(example)
    return path


COMPANIES: dict[bytes, Company] = {}
"""Of each content of a master the company, read once."""


def company_of(master: Path) -> Company:
    content = master.read_bytes()
    if content not in COMPANIES:
        COMPANIES[content], _ = read_master_company(master)
    return COMPANIES[content]


def issue(master: Path, day: str, *, days: str = "", ids: list[str] = IDS) -> Outcome:
    """Slips that go out on a day."""
    company = company_of(master)
    if days:
        company = replace(company, settings=(Setting(APPEAL_SETTING, days), *company.settings))
    known = informed(master, company, PERIOD)
    request = {"form": SLIP_SUITE.id, "ids": ids, "kept": known.kept}
    out = master.parent / "反馈单"
    done = generate(company, PERIOD, out, today=dt.date.fromisoformat(day), **request)  # type: ignore[arg-type]
    done.problems += keep_issued(master, out, done)
    return done


def kept(master: Path) -> list[FeedbackIssued]:
    with Ledger(ledger_place(master), write=False) as ledger:
        assert verify(ledger).touched == ()
        return [entry.record for entry in ledger.read(FeedbackIssued)]


def slip(master: Path, done: Outcome) -> Opened:
    return Opened(master.parent / "反馈单" / [*done.written, *done.updated, *done.unchanged][0])


def test_a_slip_goes_into_the_ledger_with_its_day_and_its_file(master: Path) -> None:
    done = issue(master, "2026-11-27")
    first, second = kept(master)
    assert [first.person, second.person] == IDS
    assert (first.period, first.issued) == ("2026-10", dt.date(2026, 11, 27))
    assert first.deadline == dt.date(2026, 12, 8)
    path = Archive(master.parent).find(first.file_sha256)
    assert path is not None
    assert path.read_bytes() == (master.parent / "反馈单" / done.written[0]).read_bytes()
    told = str(slip(master, done).value(appeal_sheet.DEADLINE))
    assert told == "2026年12月8日以前（含当日）。本反馈单2026年11月27日发出，期限是7个工作日"
    assert slip(master, done).identity[appeal_sheet.UNTIL] == "2026-12-08"


def test_days_later_the_same_slip_keeps_its_deadline(master: Path) -> None:
    issue(master, "2026-11-27")
    again = issue(master, "2026-12-15")
    assert len(again.unchanged) == len(IDS)
    assert len(kept(master)) == len(IDS)


def test_a_slip_that_tells_something_else_begins_anew(master: Path) -> None:
    issue(master, "2026-11-27", ids=IDS[:1])
    other = replace(kept(master)[0], content="otherwise")
    with Ledger(ledger_place(master)) as ledger:
        ledger.append(other)
    again = issue(master, "2026-12-15", ids=IDS[:1])
    assert len(again.updated) == 1
    assert kept(master)[-1].deadline == dt.date(2026, 12, 24)


@pytest.mark.parametrize("case", DEADLINES, ids=lambda case: f"{case['from']} {case['why']}")
def test_deadlines_are_those_of_the_notices(case: dict[str, object], master: Path) -> None:
    done = issue(master, str(case["from"]), days=str(case["days"]), ids=IDS[:1])
    assert kept(master)[0].deadline == case["until"]
    assert "放假安排" not in str(slip(master, done).value(appeal_sheet.DEADLINE))
    assert not any(it.code == "holidays_unknown" for it in done.problems)


def test_a_year_without_a_calendar_is_told_on_the_slip_and_to_whoever_writes_it(
    master: Path,
) -> None:
    done = issue(master, "2030-12-30")
    assert "2031年" in str(slip(master, done).value(appeal_sheet.DEADLINE))
    (told,) = [it for it in done.problems if it.code == "holidays_unknown"]
    assert "申诉期限 2031-01-08：" in told.message
    assert "只避开了周六、周日" in told.message


def test_slips_alone_make_a_ledger_that_changes_no_result(master: Path) -> None:
    month = ("--period", str(PERIOD), "--out")
    out = str(master.parent / "汇总.xlsx")
    before = xladdin("summary", str(master), *month, out)
    slips = xladdin("feedback", str(master), *month, str(master.parent / "反馈单"))
    assert slips.code == 0
    assert master.with_name(LEDGER_NAME).exists()
    after = xladdin("summary", str(master), *month, out)
    assert after == before
    again = xladdin("feedback", str(master), *month, str(master.parent / "反馈单"))
    assert "新生成 0 份，没有变化" in again.out


def test_without_a_ledger_it_is_told_that_days_are_not_kept(master: Path) -> None:
    month = ("--period", str(PERIOD), "--out", str(master.parent / "反馈单"))
    done = xladdin("feedback", str(master), *month, "--no-ledger")
    assert done.code == 0
    assert "发出的日期没有记下来" in done.err
    assert not master.with_name(LEDGER_NAME).exists()
    forms = xladdin("generate", str(master), *month, "--form", "slip", "--employee", "QC002")
    assert forms.code == 0
    assert len(kept(master)) == 1


def test_a_ledger_that_cannot_be_written_is_told_beside_the_slips(master: Path) -> None:
    company, _ = read_master_company(master)
    out = master.parent / "反馈单"
    done = generate(company, PERIOD, out, form=SLIP_SUITE.id, ids=IDS)
    master.with_name(LEDGER_NAME).write_bytes(b"no database, but long enough to be looked at" * 20)
    codes = [problem.code for problem in keep_issued(master, out, done)]
    assert codes[-1] == "slips_not_kept"
    assert len(codes) > 1
    assert (out / done.written[0]).exists()
