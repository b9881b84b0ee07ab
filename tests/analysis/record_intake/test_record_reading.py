"""Exports as they come in, read into the tables: what comes out, and what is told."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from xladdin.analysis.engines import table
from xladdin.analysis.record_intake.record_reading import ServiceRecords, read_records
from xladdin.analysis.service_records import Source
from xladdin.company.company import Company
from xladdin.company.company_settings import Setting
from xladdin.domain.people import Employee
from xladdin.domain.quantities import Unit
from xladdin.intake.exports.mapping import Mapping as Noted

HERE = Path(__file__).parent
CASES = [
    pytest.param(case, id=f"{path.stem}: {case['says']}")
    for path in sorted((HERE / "cases").glob("*.yaml"))
    for case in yaml.safe_load(path.read_text("utf-8"))
]
TODAY = dt.date(2026, 11, 27)
EPOCH = dt.datetime(1970, 1, 1)
TIMES = ("opened", "started")
UNSHOWN = ("column_lacking", "holidays_unknown")
"""What is about no line."""


def company_of(case: Mapping[str, Any]) -> Company:
    """The company that a case speaks of."""
    people = [
        Employee(department="客服部", position="客服", **one) for one in case.get("employees", ())
    ]
    noted = [
        Noted(
            one["column"],
            one["target"],
            Unit(one["unit"]) if "unit" in one else None,
            condition=one.get("condition", ""),
        )
        for one in case.get("mappings", ())
    ]
    settings = [Setting(name, value) for name, value in case.get("settings", {}).items()]
    return Company(tuple(people), mappings=tuple(noted), settings=tuple(settings))


def read(case: Mapping[str, Any], folder: Path) -> tuple[ServiceRecords | None, Counter[str]]:
    for name, text in case["files"].items():
        (folder / name).write_bytes(text.encode(case.get("encoding", "utf-8")))
    today = case.get("today", TODAY)
    records, problems = read_records([folder], company_of(case), today=today)
    return records, Counter(problem.code for problem in problems)


def lines(records: ServiceRecords, names: list[str]) -> Iterator[dict[str, Any]]:
    """The lines of the one table that has some, these columns of each; None where nobody has said any."""
    (source,) = [source for source in Source if records.counts[source]]
    have = records.engine.have(source)
    there = ["file", *(name for name in names if name in have and name != "file")]
    asked = table(source, have).order_by(["file", "line"]).select(*there)
    for row in records.engine.rows(asked):
        said = dict(zip(there, row, strict=True))
        yield {name: shown(name, said.get(name)) for name in names}


def shown(name: str, value: Any) -> Any:
    if name in TIMES and value is not None:
        return EPOCH + dt.timedelta(microseconds=value)
    return value


@pytest.mark.parametrize("case", CASES)
def test_an_export_is_read_as_it_is_right(case: dict[str, Any], tmp_path: Path) -> None:
    records, problems = read(case, tmp_path)
    assert records is not None, problems
    with records:
        quality: Counter[str] = Counter()
        for one in records.quality:
            quality[one.code] += one.count
        wanted = case.get("rows", [])
        names = list(dict.fromkeys(name for row in wanted for name in row))
        found = list(lines(records, names)) if wanted else []
        compared = [
            {name: row[name] for name in right} for row, right in zip(found, wanted, strict=True)
        ]
        assert compared == wanted
        told = case.get("quality", {})
        assert {code: quality[code] for code in told} == told
        if case.get("exact"):
            assert set(quality) - {"column_lacking"} == set(told)
        for code, words in case.get("done", {}).items():
            assert any(words in one.done for one in records.quality if one.code == code)
        asked = case.get("problems", {})
        assert {code: problems[code] for code in asked} == asked
        counts = case.get("counts", {})
        assert {source: records.counts[Source(source)] for source in counts} == counts
        for one in records.quality:
            assert len(one.examples) == min(one.count, 5) or one.code in UNSHOWN
