"""The sound files that cases are made from: one company, small, in every kind of file."""

from __future__ import annotations

import csv
import io
import re
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from random import Random
from unittest import mock

import xlsxwriter

from tests.app.command import xladdin
from tests.patch.masters import write_master
from tests.workbench.tools import ROOT
from xladdin.app import init
from xladdin.company.company import Company
from xladdin.company.starting import example_company
from xladdin.master.people_sheets import FIGURES
from xladdin.master.writing_rows import rows_of
from xladdin.ooxml.sealing import encrypted

from . import archives

WORD = "口令 Aa-123456"
TEMPLATES, SEEDS = ROOT / "workbook_templates", Path(__file__).parent / "seeds"
COMPANY = TEMPLATES / "example_company"
PERIOD = "2026-10"
PEOPLE = ("QC001", "QC002", "QC003", "QC012", "QC016", "QC027", "QC040")
"""Few, but of every position and kind of scheme, so that a case takes a fraction of a second."""

EXPORT = (
    ("月度客服数据", "", "", "", ""),
    ("工号", "姓名", "旺旺昵称", "客服销售额", "询单转化率"),
    ("QC002", "陆雨桐", "晴川-小雨", "123,456.78", "64.1%"),
    ("QC003", "方嘉禾", "晴川-禾苗", "98000", "0.55"),
    ("", "", "店铺汇总值", "221456.78", "--"),
)


@dataclass(frozen=True)
class Seed:
    """A sound file: what it is for, and its suffix."""

    role: str
    suffix: str
    data: bytes


@cache
def corpus() -> dict[str, tuple[Seed, ...]]:
    """The seeds by their role; the same bytes whenever they are made."""
    with tempfile.TemporaryDirectory() as folder:
        found = [*_masters(Path(folder)), *_forms(Path(folder)), *_tables(), *_templates()]
    found += _sealed(found)
    roles = dict.fromkeys(seed.role for seed in found)
    return {role: tuple(seed for seed in found if seed.role == role) for role in roles}


def _masters(folder: Path) -> Iterable[Seed]:
    """A master as ``xladdin init`` writes it, and one with plain sheets, which reads much faster."""
    full, plain = folder / "总表.xlsx", folder / "plain.xlsx"
    content = small_company()
    init.write(full, content)
    figures = rows_of(content)[FIGURES.key]
    write_master(
        plain, figures, employees=content.employees, raters=content.raters, library=content.library
    )
    for path in (plain, plain, full):
        yield Seed("master", ".xlsx", _undated(path.read_bytes()))


def small_company() -> Company:
    """The example company with a handful of its people."""
    company = example_company()
    return replace(
        company,
        employees=tuple(it for it in company.employees if it.id in PEOPLE),
        raters=tuple(
            it for it in company.raters if {it.ratee, it.rater_id or it.ratee} <= {*PEOPLE}
        ),
        figures=tuple(it for it in company.figures if _is_small(it.actual)),
    )


def _is_small(actual: object) -> bool:
    return (
        getattr(actual, "employee", "") in PEOPLE and str(getattr(actual, "period", "")) == PERIOD
    )


def _forms(folder: Path) -> Iterable[Seed]:
    """Filled-in forms; the token of a rating form is chosen here, so that it is the same again."""
    with mock.patch("secrets.choice", Random(0).choice):
        for kind in ("monthly", "sales", "job", "competency", "summary"):
            out = folder / kind
            xladdin(
                "generate", folder / "plain.xlsx", "--period", PERIOD, "--out", out, "--form", kind
            )
            written = sorted(path for path in out.rglob("*.xlsx") if "对照表" not in path.name)
            for path in written[:2]:
                yield Seed("form", ".xlsx", path.read_bytes())
                yield Seed("saved", ".xlsx", _saved(path.read_bytes()))
    yield Seed("bundle", ".zip", _bundled(folder))
    (tokens,) = (folder / "competency").glob("*对照表*.xlsx")
    yield Seed("tokens", ".xlsx", tokens.read_bytes())


def _bundled(folder: Path) -> bytes:
    """Some forms in one file, as a chat programme packs them."""
    found = sorted((folder / "monthly").rglob("*.xlsx"))[:3]
    return archives.pack([archives.Entry(path.name, _saved(path.read_bytes())) for path in found])


def _sealed(found: Sequence[Seed]) -> Iterable[Seed]:
    """Some of them with a password, and the password; salts and times are fixed."""
    container = "msoffcrypto.method.container.ecma376_encrypted.datetime2filetime"
    with (
        mock.patch("secrets.token_bytes", Random(0).randbytes),
        mock.patch(container, return_value=0),
    ):
        for role in ("master", "saved", "actuals"):
            book = next(it.data for it in found if (it.role, it.suffix) == (role, ".xlsx"))
            yield Seed("sealed", ".xlsm", encrypted(book, WORD))
    yield Seed("key", ".txt", WORD.encode())


def _saved(book: bytes) -> bytes:
    """The same form after somebody has saved it: a later time stands in its properties."""
    entries = archives.unpack(book)
    later = (replace(it, data=it.data.replace(b">2026-01-01T", b">2026-11-05T")) for it in entries)
    return archives.pack([*later])


def _tables() -> Iterable[Seed]:
    for role in ("roster", "actuals", "raters", "ratings"):
        rows = _few(role)
        yield Seed(role, ".csv", _csv(rows))
        yield Seed(role, ".xlsx", _xlsx(rows))
    yield Seed("export", ".csv", _csv(EXPORT))
    yield Seed("export", ".csv", _csv(EXPORT).decode("utf-8-sig").encode("gbk"))
    yield Seed("export", ".xlsx", _xlsx(EXPORT))
    for role in ("roster", "actuals", "raters"):
        yield Seed(role, ".ods", (SEEDS / f"{role}.ods").read_bytes())
    yield Seed("roster", ".xls", (ROOT / "tests" / "intake" / "roster.xls").read_bytes())
    yield Seed("actuals", ".xls", (SEEDS / "actuals.xls").read_bytes())


def _few(role: str) -> list[list[str]]:
    """The example company's table, with the rows of those few people."""
    with (COMPANY / f"{role}.csv").open(encoding="utf-8-sig", newline="") as stream:
        head, *rows = csv.reader(stream)
    lines = [dict(zip(head, row, strict=True)) for row in rows]
    return [head, *(row for row, line in zip(rows, lines, strict=True) if _is_among(line))]


def _is_among(line: dict[str, str]) -> bool:
    """Whether a line is about those people alone, and about that month where it names one."""
    ids = {cell for cell in line.values() if re.fullmatch(r"QC\d{3}", cell)}
    rater = line.get("评价人", "")
    return (
        ids <= {*PEOPLE}
        and line.get("考核月份", PERIOD) == PERIOD
        and (not rater or rater.startswith("客户") or rater in _names())
    )


@cache
def _names() -> set[str]:
    return {person.name for person in small_company().employees}


def _csv(rows: Iterable[Sequence[str]]) -> bytes:
    stream = io.StringIO(newline="")
    csv.writer(stream).writerows(rows)
    return stream.getvalue().encode("utf-8-sig")


def _xlsx(rows: Iterable[Sequence[str]]) -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"strings_to_numbers": True, "in_memory": True}) as book:
        sheet = book.add_worksheet("数据")
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return _undated(buffer.getvalue())


def _undated(book: bytes) -> bytes:
    """The same workbook without the time at which it was made."""
    entries = archives.unpack(book)
    return archives.pack([it for it in entries if it.name != "docProps/core.xml"])


def _templates() -> Iterable[Seed]:
    folders = {"scheme": ("kpi_schemes", "competency_schemes"), "position": ("positions",)}
    for role, names in folders.items():
        for path in sorted(path for name in names for path in (TEMPLATES / name).glob("*.yaml")):
            yield Seed(role, ".yaml", path.read_bytes())
