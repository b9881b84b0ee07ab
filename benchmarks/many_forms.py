"""What a group's month costs: forms generated into a folder, and read back when they have returned.

``python -m benchmarks.many_forms [--people 2000] [--jobs 2]`` prints seconds, milliseconds of CPU a form
and the most memory.  Figures are made up in memory: reading them is measured elsewhere.

- *generated*: planned, stamped with its score, written, safe on the disk.
- *again*: nothing has changed.
- *read back*: a returned form known, its answers read, its scores computed again, everything told; beside
  it the same cell by cell, and openpyxl read-only merely reading the cells with names.
"""

from __future__ import annotations

import argparse
import io
import random
import resource
import tempfile
import time
from collections.abc import Callable, Sequence
from decimal import Decimal
from pathlib import Path

import openpyxl

from xladdin.app.generating.generate import generate, plan
from xladdin.app.generating.planning import Form, Request
from xladdin.company.company import Company, Figure
from xladdin.domain.people import Actual, Employee, Period
from xladdin.domain.quantities import Unit
from xladdin.layout.saved import EPOCH
from xladdin.layout.stamp import Stamps
from xladdin.ooxml.archive import Archive, Packer
from xladdin.returns.file_reading import read_file
from xladdin.returns.handed_files import HandedFile
from xladdin.returns.known_forms import KnownForms
from xladdin.schemes.library import Library

PERIOD = Period("2026-10")
CAREFULLY, SLOWLY = 40, 20
"""Forms that are read cell by cell, and by openpyxl."""


def company_of(count: int) -> Company:
    """So many people in departments of fifty, each with figures."""
    chance = random.Random(1)  # noqa: S311
    people = tuple(
        Employee(
            id=f"QC{number:06d}",
            name=chance.choice("王李张刘陈") + "".join(chance.choices("梓萱雨桐子涵", k=2)),
            department=f"客服{number // 50}部",
            position="网销客服",
        )
        for number in range(count)
    )
    library = Library.shipped()
    found = Company(people, library, file="名册.csv")
    scheme = found.scheme_of(people[0])
    assert scheme is not None  # noqa: S101 - shipped
    measured = [item for item in scheme.indicators if not item.subjective]
    figures = tuple(
        Figure(
            Actual(
                period=PERIOD,
                employee=person.id,
                indicator=item.name,
                actual=_likely(item.unit, chance),
            )
        )
        for person in people
        for item in measured
    )
    return Company(people, library, figures=figures, file="名册.csv")


def _likely(unit: Unit, chance: random.Random) -> Decimal:
    """A figure that a form takes as it is."""
    match unit:
        case Unit.PERCENT:
            return Decimal(chance.randint(4000, 10_000)) / 10_000
        case Unit.POINT | Unit.STAR:
            return Decimal(chance.randint(3, 5))
        case _:
            return Decimal(chance.randint(0, 20))


def returned(form: Form, stamps: Stamps, chance: random.Random) -> bytes:
    """A form as somebody sends it back: filled in, with the time at which it was saved."""
    asked = {
        key: Decimal(chance.choice((2, 3, 4, 5)))
        for key in ("actual.initiative", "actual.teamwork", "actual.learning")
    }
    content = stamps.workbook(form.book(), {**form.values, **asked}, form.letterhead)
    archive, packer = Archive(content), Packer()
    for entry in archive.entries:
        data = archive.read(entry.filename)
        if entry.filename == "docProps/core.xml":
            data = data.replace(f"{EPOCH:%Y-%m-%d}".encode(), b"2026-11-03")
        packer.add(entry.filename, data)
    return packer.done().getvalue()


def by_openpyxl(data: bytes) -> dict[str, object]:
    """The values of all cells with names."""
    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    wanted: dict[str, set[str]] = {}
    for name in book.defined_names.values():
        sheet, _, place = str(name.attr_text).rpartition("!")
        wanted.setdefault(sheet.strip("'"), set()).add(place.replace("$", ""))
    return {
        f"{sheet}!{cell.coordinate}": cell.value
        for sheet, places in wanted.items()
        for row in book[sheet].iter_rows()
        for cell in row
        if cell.value is not None and cell.coordinate in places
    }


def cpu() -> float:
    """Seconds of this process and of those that it started and that have ended."""
    own = time.process_time()
    others = resource.getrusage(resource.RUSAGE_CHILDREN)
    return own + others.ru_utime + others.ru_stime


def measured(name: str, count: int, work: Callable[[], object]) -> float:
    """Print what something costs; milliseconds of CPU for each."""
    begun, began = cpu(), time.perf_counter()
    work()
    spent, seconds = cpu() - begun, time.perf_counter() - began
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    each = spent / count * 1000
    print(f"{name:28} {count:7} {seconds:8.1f} s {each:9.3f} ms CPU each   {most} MB")
    return each


def read_back(company: Company, files: Sequence[HandedFile]) -> None:
    """Read returned forms in three ways."""
    known = KnownForms(company)
    for file in files[:20]:  # what is met first is read cell by cell
        read_file(file, company, known=known)
    ways: list[tuple[str, int, Callable[[HandedFile], object]]] = [
        ("read back", len(files), lambda file: read_file(file, company, known=known)),
        ("cell by cell", CAREFULLY, lambda file: read_file(file, company)),
        ("openpyxl read-only", SLOWLY, lambda file: by_openpyxl(file.data)),
    ]
    ours = 0.0
    for name, count, way in ways:
        some = files[:count]
        each = measured(name, len(some), lambda some=some, way=way: [way(file) for file in some])  # type: ignore[misc]
        ours = ours or each
        print(f"{'':28} {each / ours:7.1f} x")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--people", type=int, default=2000)
    parser.add_argument("--jobs", type=int, default=None)
    asked = parser.parse_args()
    company = company_of(asked.people)
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder)
        for name in ("generated", "again"):
            measured(name, asked.people, lambda: generate(company, PERIOD, out, jobs=asked.jobs))
    chance, stamps = random.Random(2), Stamps()  # noqa: S311
    forms = plan(Request(company, PERIOD, company.employees[:500], Path()), "monthly", [])
    files = [
        HandedFile(form.path.name, form.path, returned(form, stamps, chance)) for form in forms
    ]
    read_back(company, files)


if __name__ == "__main__":
    main()
