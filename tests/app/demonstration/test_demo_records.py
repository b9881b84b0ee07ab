"""The example company's service records: the same at every run, untidy, and read as such."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from xladdin.analysis.measuring import measure
from xladdin.analysis.metrics import workload
from xladdin.analysis.record_intake.record_reading import read_records
from xladdin.analysis.service_records import Source
from xladdin.app.demonstration.demo_records import AGENTS, MONTHS, sample
from xladdin.app.reading_company import read_company
from xladdin.paths import templates_dir


def test_they_are_read_and_told_of(tmp_path: Path) -> None:
    sample(tmp_path)
    example = templates_dir() / "example_company"
    company, _ = read_company(example / "roster.csv", None, [str(templates_dir())])
    records, problems = read_records([tmp_path], company)
    assert records is not None
    with records:
        assert problems == []
        months = measure(records.engine, [workload.REQUESTS], ("month",))
        assert [f"{year}-{month:02d}" for year, month in MONTHS] == sorted(one for (one,) in months)
        assert min(found["requests"].basis for found in months.values()) > 250
        agents = measure(records.engine, [workload.REQUESTS], ("agent",))
        assert {one for (one,) in agents} == {f"QC{25 + number:03d}" for number in range(AGENTS)}
        assert all(records.counts[source] > 4000 for source in Source)
        told = Counter(one.code for one in records.quality)
        untidy = ("sum_row", "copied_line", "earlier_line", "before_replied", "day_order_dmy")
        assert [code for code in untidy if not told[code]] == []
        assert [code for code in told if code.startswith(("unread", "unknown", "csv"))] == []


def test_they_are_the_same_at_every_run_and_what_somebody_has_changed_stays(tmp_path: Path) -> None:
    changed, removed, *_ = sample(tmp_path)
    content = removed.read_bytes()
    removed.unlink()
    changed.write_text("改过", "utf-8")
    sample(tmp_path)
    assert (changed.read_text("utf-8"), removed.read_bytes()) == ("改过", content)
