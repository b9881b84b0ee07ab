"""What a line of figures costs on its way in: as csv, scored, and in a master workbook.

``python -m benchmarks.intake`` makes the files, runs each way in turn, each time in a process of its own, and prints
CPU seconds, microseconds a line and megabytes.  ``--counts 1000,10000,100000`` says how many lines;
``--pandas PYTHON`` names an interpreter that has pandas.  ``python -m benchmarks.intake make|ours|... FILE [COUNT]``
runs one of the ways and prints a line of JSON.

- ``csv``: the standard library's reader, which only splits the lines.
- ``pandas``: ``read_csv`` with types found by itself, percentages made numbers, doubles looked for.
- ``ours``: every cell read in its unit and checked, doubles and whatever else is wrong found with its place.
- ``careful``: the same with every line read one by one.
- ``score``: ``xladdin score``, its table written to nowhere.
- ``write``, ``read``: the master workbook with so many figures, ten of each person in each of three months.
"""

# Each way imports its own packages and no others, since they are weighed too.
# ruff: noqa: PLC0415

from __future__ import annotations

import argparse
import json
import random
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from xladdin.company.company import Company
    from xladdin.domain.schemes import Scheme

SCHEME = "after_sales_monthly"
MOST_CAREFUL, MOST_MASTER = 50_000, 150_000
"""Lines beyond which a way is not tried: what is read one by one, and a master workbook."""
_AS_PERCENT = ("percent",)


def make(path: Path, count: int) -> dict[str, Any]:
    """A file of so many lines, ten of each person in each of two months, nothing wrong with any."""
    chance, items = random.Random(1), list(_scheme().indicators)  # noqa: S311
    with path.open("w", encoding="utf-8") as file:
        file.write("考核月份,工号,姓名,指标,目标值,实际值,备注\n")
        for number in range(count):
            group, which = divmod(number, len(items))
            item, person = items[which], group // 2
            share = item.unit.value in _AS_PERCENT
            target = "95%" if share else "30" if item.uses_target else ""
            actual = f"{chance.uniform(60, 100):.1f}%" if share else chance.choice("02345")
            month = f"2026-{10 + group % 2}"
            file.write(f"{month},QC{person:06},王梓萱,{item.name},{target},{actual},\n")
    return {"lines": count}


def _scheme() -> Scheme:
    from xladdin.schemes.library import Library

    return next(one for one in Library.shipped().schemes if one.id == SCHEME)


def split(path: Path, _: int) -> dict[str, Any]:
    """Lines split into cells."""
    import csv

    with path.open(encoding="utf-8", newline="") as file:
        return {"lines": sum(1 for _ in csv.reader(file)) - 1}


def pandas(path: Path, _: int) -> dict[str, Any]:
    """A table with numbers, and doubles told."""
    import pandas  # type: ignore[import-not-found,import-untyped,unused-ignore]

    table = pandas.read_csv(path)
    for name in ("目标值", "实际值"):
        texts = table[name].astype(str)
        shares = texts.str.endswith("%")
        numbers = pandas.to_numeric(texts.str.rstrip("%"), errors="coerce")
        table[name] = numbers.where(~shares, numbers / 100)
    doubles = table.duplicated(["考核月份", "工号", "指标"]).sum()
    return {"lines": len(table), "doubles": int(doubles)}


def ours(path: Path, _: int) -> dict[str, Any]:
    """Figures and problems."""
    from xladdin.intake.actuals import figure_lines

    lines, problems = figure_lines(*read_table(path))
    return {"lines": len(lines), "problems": len(problems)}


def careful(path: Path, _: int) -> dict[str, Any]:
    """The same line by line."""
    from xladdin.intake.actuals import read_one_by_one

    lines, problems = read_one_by_one(*read_table(path))
    return {"lines": len(lines), "problems": len(problems)}


def read_table(path: Path) -> Any:
    """Its lines, their people, and whose scheme is which."""
    from xladdin.company.company import Company
    from xladdin.intake.actuals import figure_table
    from xladdin.intake.named_people import read_people
    from xladdin.schemes.library import Library

    table, _ = figure_table(path, many=True)
    people, _ = read_people(table, SCHEME)
    return table.rows, people, Company(tuple(people), Library.shipped()).scheme_of


def score(path: Path, _: int) -> dict[str, Any]:
    """The command itself."""
    from xladdin.cli.running import run

    sys.argv = ["xladdin", "score", SCHEME, "--actuals", str(path)]
    out, sys.stdout = sys.stdout, Path("/dev/null").open("w", encoding="utf-8")  # noqa: SIM115
    code = run()
    sys.stdout = out
    if code:
        raise RuntimeError(path)  # what it told went to standard error
    return {"code": code}


def write(path: Path, count: int) -> dict[str, Any]:
    """A master workbook, laid out and written."""
    from xladdin.layout.writer import workbook_bytes
    from xladdin.master.master_book import book
    from xladdin.master.writing_rows import rows_of

    content = workbook_bytes(book(rows_of(company_of(count))), {})
    path.with_suffix(".xlsx").write_bytes(content)
    return {"bytes": len(content)}


def company_of(count: int) -> Company:
    """With so many figures, ten of each person in each of three months."""
    from xladdin.company.company import Figure
    from xladdin.company.starting import example_company
    from xladdin.domain.people import Actual, Employee, Period

    example, scheme = example_company(), _scheme()
    items = list(scheme.indicators)
    people = [
        Employee(
            id=f"P{n:05}",
            name=f"员工{n}",
            department=f"客服{n % 40}部",
            position=scheme.positions[0],
        )
        for n in range(max(1, count // (3 * len(items))))
    ]
    measured = {
        item.id: (
            _sound(item) if item.uses_target else None,
            _sound(item),
        )
        for item in items
    }
    figures = tuple(
        Figure(
            Actual(
                period=Period(f"2026-{month:02}"),
                employee=one.id,
                indicator=id_,
                target=target,
                actual=actual,
            )
        )
        for month in (8, 9, 10)
        for one in people
        for id_, (target, actual) in measured.items()
    )
    return replace(example, employees=tuple(people), figures=figures, raters=())


def _sound(item: Any) -> Decimal:
    """A figure that nothing is to be told of."""
    return Decimal("0.95") if item.unit.value in _AS_PERCENT else Decimal(3)


def read(path: Path, _: int) -> dict[str, Any]:
    """The same workbook, read and checked."""
    from xladdin.master.read_master import read_master

    company, problems = read_master(path.with_suffix(".xlsx"))
    return {"lines": len(company.figures), "problems": len(problems)}


WAYS: Mapping[str, Callable[[Path, int], dict[str, Any]]] = {
    "make": make,
    "csv": split,
    "pandas": pandas,
    "ours": ours,
    "careful": careful,
    "score": score,
    "write": write,
    "read": read,
}


def tried(way: str, count: int, python: str) -> bool:
    """Whether a way is worth its time."""
    limits = {"careful": MOST_CAREFUL, "write": MOST_MASTER, "read": MOST_MASTER}
    if way == "pandas" and not python:
        return False
    return way != "make" and count <= limits.get(way, count)


def one(way: str, path: Path, count: int) -> dict[str, Any]:
    """A way in this process, and what it took."""
    found = WAYS[way](path, count)
    used = resource.getrusage(resource.RUSAGE_SELF)
    spent = {"cpu": used.ru_utime + used.ru_stime, "megabytes": used.ru_maxrss // 1024}
    return {**spent, **found}


def in_process(way: str, path: Path, count: int, python: str) -> dict[str, Any]:
    """A way in a process of its own."""
    command = [python, "-m", "benchmarks.intake", way, str(path), str(count)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603 - ourselves
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def compare(counts: Sequence[int], python: str) -> None:
    """Every way over files of so many lines."""
    print(f"{'lines':>9} {'way':8} {'CPU s':>8} {'µs/line':>8} {'MB':>6}")
    with tempfile.TemporaryDirectory() as folder:
        for count in counts:
            path = Path(folder) / f"{count}.csv"
            make(path, count)
            for way in WAYS:
                if tried(way, count, python):
                    by = python if way == "pandas" else sys.executable
                    found = in_process(way, path, count, by)
                    each = found["cpu"] / count * 1e6
                    print(
                        f"{count:>9} {way:8} {found['cpu']:8.2f} {each:8.1f} {found['megabytes']:6}",
                        flush=True,
                    )


def main() -> None:
    """What was asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("way", nargs="?", default="compare", choices=["compare", *WAYS])
    parser.add_argument("file", nargs="?", type=Path)
    parser.add_argument("count", nargs="?", type=int, default=0)
    parser.add_argument("--counts", default="1000,10000,100000,1000000")
    parser.add_argument("--pandas", default=sys.executable if find_spec("pandas") else "")
    asked = parser.parse_args()
    if asked.way == "compare":
        compare([int(count) for count in asked.counts.split(",")], asked.pandas)
    else:
        print(json.dumps(one(asked.way, asked.file, asked.count)))


if __name__ == "__main__":
    main()
