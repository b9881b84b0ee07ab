"""A clerk with a master workbook, a month's tickets, and reports that go out and come back."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from tests.app.reporting.test_month_report import tickets
from tests.master.finished import people, people_master
from tests.returns.report_returns import Returning, filled, loaded
from xladdin.app.collecting.collect import collect
from xladdin.app.collecting.collect_ledger import LedgerKeeper
from xladdin.app.collecting.collected import Collected
from xladdin.app.reporting.debriefs import Asked, Made, debriefs
from xladdin.app.reporting.kept_reports import kept_reports
from xladdin.app.reporting.month_report import ReportMade, month_report
from xladdin.company.company import Company
from xladdin.domain.people import Period
from xladdin.layout.place import defined_name
from xladdin.ledger.records import ReturnedReport
from xladdin.ledger.store import Ledger


@lru_cache(maxsize=2)
def _seen(data: bytes) -> Workbook:
    """A workbook that is only looked at: opening takes longer than looking."""
    return loaded(data, read_only=True)


OCTOBER, NOVEMBER = Period("2026-10"), Period("2026-11")
TWO_MONTHS = 61
"""Days of October and November."""


MASTER, DATA, REPORT = "总表.xlsx", "工单.csv", "报告.xlsx"


@cache
def _first_files() -> Mapping[str, bytes]:
    """What lies on every desk at first: made once."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / MASTER).write_bytes(people_master())
        data = tickets(folder / DATA, TWO_MONTHS)
        month_report(people(), [data], OCTOBER, folder / REPORT)
        return {path.name: path.read_bytes() for path in folder.iterdir()}


@dataclass
class ReportDesk:
    """Everything lies in one folder, the report of October too; what came back in one below it."""

    folder: Path
    company: Company = field(default_factory=people)

    def __post_init__(self) -> None:
        self.master, self.back = self.folder / MASTER, self.folder / "收到"
        self.data = self.folder / DATA
        self.back.mkdir()
        for name, content in _first_files().items():
            (self.folder / name).write_bytes(content)

    def report(self, name: str = REPORT, period: Period = OCTOBER, **more: Any) -> ReportMade:
        """A month's report, with what was kept."""
        how: dict[str, Any] = {"kept": kept_reports(self.master), "overwrite": True, **more}
        return month_report(self.company, [self.data], period, self.folder / name, **how)

    def debrief(self, person: str, name: str = "述职.xlsx") -> Made:
        """A person's debrief without data, with what was kept."""
        kept = kept_reports(self.master)
        asked = Asked(2026, self.folder / name, [person], overwrite=True, returned=kept)
        return debriefs(self.company, asked)

    def fill(
        self, values: Mapping[str, Any], sent: str = REPORT, name: str = "", hour: int = 10
    ) -> Path:
        """A report filled in, and sent back under some name; saved at an hour of a day."""
        data = (self.folder / sent).read_bytes()
        path = self.back / (name or sent)
        path.write_bytes(filled(data, values, dt.datetime(2026, 11, 3, hour)))
        return path

    def collect(self, **more: Any) -> Collected:
        """What came back, into the ledger."""
        keeper = LedgerKeeper.of(self.master)
        return collect(self.master, [self.back], period=NOVEMBER, keeper=keeper, **more)

    def kept(self) -> list[ReturnedReport]:
        """Every report in the ledger, the oldest first."""
        with Ledger(LedgerKeeper.of(self.master).place, write=False) as ledger:
            return [entry.record for entry in ledger.read(ReturnedReport)]

    def opened(self, name: str) -> Workbook:
        """A workbook of the folder."""
        return loaded((self.folder / name).read_bytes())

    def value(self, key: str, name: str = REPORT) -> Any:
        """What stands in a cell of a report."""
        return Returning(_seen((self.folder / name).read_bytes())).cell(key).value

    def list_rows(self, sheet: str) -> list[tuple[Any, ...]]:
        """The rows of a sheet of the list of returns."""
        (path,) = self.folder.glob("收表清单_*.xlsx")
        return list(_seen(path.read_bytes())[sheet].iter_rows(values_only=True))

    def keys(self, beginning: str, name: str = REPORT) -> list[str]:
        """The keys of named cells with this beginning."""
        wanted = defined_name(beginning)
        return [
            one.removeprefix("xl_").replace("__", ".")
            for one in _seen((self.folder / name).read_bytes()).defined_names
            if one.startswith(wanted)
        ]
