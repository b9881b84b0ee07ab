"""A hostile file, or a broken form, in a zip file between sound returns: it stops none of them."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import pytest

from tests.fuzz.cases import MUTATIONS, NO_ARCHIVE
from tests.proof.fixtures import Proofs
from tests.safety.collecting import filled, form_of, prepare
from tests.safety.scenes import MASTER
from xladdin.ooxml.addresses import address

from .doors import Answer, Driver
from .test_hostile import FILES

LAW = "collect_hostile"
BAD, SENT = "坏/表", "交表.zip"
WIDE = 10_000
"""Columns beside a form."""
SAMPLE = ("far_cell", "laughs_in_a_sheet", "xls_flipped_1", "xls_flipped_4")
LARGEST = 20_000_000


class Desk:
    """A master workbook, and what came back."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._driver = Driver()
        prepare(folder)
        self._master = (folder / MASTER).read_bytes()

    def close(self) -> None:
        self._driver.close()

    def collect(self, bad: bytes, ending: str) -> Answer:
        """Collect a zip file: a sound form, the bad file, another sound form."""
        one, other = filled().values()
        with zipfile.ZipFile(self.folder / SENT, "w", 8, compresslevel=1) as package:
            package.writestr("甲.xlsx", one)
            package.writestr(f"{BAD}.{ending}", bad)
            package.writestr("乙.xlsx", other)
        for path in self.folder.iterdir():
            if path.is_file() and path.name != SENT:
                path.unlink()
        (self.folder / MASTER).write_bytes(self._master)
        return self._driver.run(
            self.folder, "collect", MASTER, SENT, "--period", "2026-11", "--json"
        )


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    found = Desk(tmp_path_factory.mktemp("returns"))
    yield found
    found.close()


def faults(answer: Answer) -> list[str]:
    """What is wrong with an answer; a bad file may be read, but not pass without a word."""
    found = list(answer.faults())
    if found:
        return found
    said = json.loads(answer.output[answer.output.index("{") :])
    files = {file for form in said["forms"] for file in form["files"]}
    missing = {f"{SENT}/{name}.xlsx" for name in "甲乙"} - files
    if missing:
        found.append(f"not taken: {missing}")
    if said["kept"] < 2:
        found.append(f"kept {said['kept']}")
    return found + ([] if _told(said, files) else ["not a word of the bad file"])


def _told(said: dict[str, Any], files: set[str]) -> bool:
    named = any(BAD in problem.get("file", "") + str(problem) for problem in said["problems"])
    return named or any(BAD in file for file in files)


@pytest.mark.parametrize("name", SAMPLE)
def test_a_hostile_file_stops_no_sound_return(name: str, desk: Desk) -> None:
    make, ending = FILES[name]
    assert faults(desk.collect(make(), ending)) == []


def test_a_form_with_ten_thousand_columns_is_named(desk: Desk) -> None:
    assert faults(desk.collect(widened(), "xlsx")) == []


def test_a_bomb_among_returns_is_named(desk: Desk) -> None:
    answer = desk.collect(bytes(300_000_000), "xlsx")
    assert faults(answer) == []
    assert "file_too_large" in answer.output


def widened() -> bytes:
    """A form with figures in so many columns beside it."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(form_of(3))) as source, zipfile.ZipFile(stream, "w", 8) as to:
        for name in source.namelist():
            data = source.read(name)
            if name == "xl/worksheets/sheet1.xml":
                data = _widened(data)
            to.writestr(name, data)
    return stream.getvalue()


def _widened(sheet: bytes) -> bytes:
    parts = sheet.split(b"</row>")
    for number in range(min(40, len(parts) - 1)):
        at = int(parts[number].rpartition(b'<row r="')[2].partition(b'"')[0])
        cells = (f'<c r="{address(at, 40 + i)}"><v>1</v></c>' for i in range(WIDE))
        parts[number] += "".join(cells).encode()
    return b"</row>".join(parts)


@cache
def _sound() -> bytes:
    return form_of(3)


def broken(seed: int) -> bytes:
    """A form with one to three things broken at random."""
    chance = Random(f"returns:{seed}")
    data = _sound()
    kinds = MUTATIONS[".xlsx"]
    for _ in range(chance.choice((1, 1, 2, 3))):
        (several,) = chance.choices([it for _, it in kinds], [weight for weight, _ in kinds])
        try:
            changed = chance.choice(several)(chance, data)
        except NO_ARCHIVE:
            continue
        data = changed if len(changed) <= LARGEST else data
    return data


def break_many(desk: Desk, numbers: range) -> dict[int, list[str]]:
    return {
        number: found
        for number in numbers
        if (found := faults(desk.collect(broken(number), "xlsx")))
    }


def test_a_broken_form_stops_no_sound_return(desk: Desk) -> None:
    assert break_many(desk, range(3)) == {}


@pytest.mark.proof
@pytest.mark.parametrize("begin", range(0, 300, 100))
def test_many_broken_forms_stop_no_sound_return(begin: int, desk: Desk, proofs: Proofs) -> None:
    wrong = break_many(desk, range(begin, begin + 100))
    proofs.record(LAW, tried=100, survived=100 - len(wrong))
    assert wrong == {}


@pytest.mark.proof
def test_every_hostile_file_stops_no_sound_return(desk: Desk, proofs: Proofs) -> None:
    wrong = {}
    for name, (make, ending) in FILES.items():
        if found := faults(desk.collect(make(), ending)):
            wrong[name] = found
    proofs.record(LAW, tried=len(FILES), survived=len(FILES) - len(wrong))
    assert wrong == {}
