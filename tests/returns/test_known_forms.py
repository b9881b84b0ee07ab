"""Forms that are read quickly are read as if they had been read cell by cell: the same answers, the
same problems at the same places, whatever somebody has done to the file."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from tests.returns.damaging import damaged, packed
from tests.returns.samples import Sample, company, sample
from tests.returns.test_damage import WAYS, kinds_of
from tests.returns.test_file_reading import by_openpyxl
from tests.returns.test_round_trips import by_openpyxl_and_libreoffice
from tests.workbench.office import Office
from xladdin.layout.cells import Fixed
from xladdin.returns.file_reading import FileRead, read_file
from xladdin.returns.handed_files import HandedFile
from xladdin.returns.known_forms import KnownForms

KINDS = ("monthly", "sales", "rating", "questionnaire", "summary")
"""Those that belong to a person: job analyses are few."""


class Reading:
    """Reads files in both ways and counts."""

    def __init__(self) -> None:
        self.known = KnownForms(company())
        self.quick = self.all = 0

    def taught(self, *kinds: str, seeds: int = 3) -> Reading:
        for kind in kinds:
            for seed in range(seeds):
                self.both(sample(kind, seed).data)
        return self

    def both(self, data: bytes, name: str = "收到.xlsx") -> FileRead:
        file = HandedFile(name, Path(name), data)
        self.all += 1
        self.quick += self.known.read(file) is not None
        found = read_file(file, company(), known=self.known)
        assert said(found) == carefully_read(name, data)
        return found


@lru_cache(maxsize=100)
def carefully_read(name: str, data: bytes) -> object:
    """What is said of a file by itself; most tests begin with the same few."""
    return said(read_file(HandedFile(name, Path(name), data), company()))


def said(read: FileRead) -> object:
    """All that somebody could learn of a file."""
    return (
        read.problems,
        read.readable,
        read.untouched,
        read.saved_at,
        [
            (
                form.inputs,
                form.refused,
                form.places,
                form.conflicts,
                form.results,
                form.problems,
                form.answered,
                form.instance.identity,
                form.instance.identity.place,
                form.instance.identified,
                form.instance.alone,
                form.pattern.values,
                form.pattern.asked,
                form.pattern.given,
            )
            for form in read.forms
        ],
    )


@pytest.mark.parametrize("kind", KINDS)
def test_forms_that_are_alike_are_read_quickly_and_the_same(kind: str) -> None:
    reading = Reading()
    for seed in range(12):
        reading.both(sample(kind, seed).data)
    # Summaries of one position are few.
    assert reading.quick >= (0 if kind == "summary" else 4)


def test_a_form_of_another_person_is_hers() -> None:
    reading = Reading().taught("monthly", seeds=6)
    people = {
        reading.both(sample("monthly", seed).data).forms[0].instance.identity.employee
        for seed in range(6, 20)
    }
    assert len(people) > 3
    assert reading.quick > 5


@pytest.mark.parametrize("how", WAYS, ids=[how["name"] for how in WAYS])
def test_whatever_was_done_to_a_form_is_told_as_ever(how: Mapping[str, Any]) -> None:
    kinds = [kind for kind in kinds_of(how) if kind in ("monthly", "rating")] or ["monthly"]
    if kinds[0] not in kinds_of(how):
        kinds = [kinds_of(how)[0]]
    reading = Reading().taught(*kinds)
    for kind in kinds:
        for _ in range(2):  # what is told of the first may not be forgotten over the second
            reading.both(damaged(kind, 1, how)[1])


def texts_of(form: Sample) -> Iterator[str]:
    """What stands on a form by itself."""
    for cell in form.pattern.main.sheet.cells:
        match cell.content:
            case Fixed(value=str(text)) if text:
                yield text
            case Fixed(value=Decimal() as number):
                yield f"{number:f}"


@pytest.mark.parametrize("kind", ["monthly", "summary"])
def test_answers_that_say_what_the_form_says_are_read_the_same(kind: str) -> None:
    """They might make one row look like another one."""
    reading, pick = Reading().taught(kind), random.Random(kind)
    form = sample(kind, 1)
    words = [key for key, value in form.answers.items() if isinstance(value, str)]
    for text in pick.sample(list(texts_of(form)), 15):
        answers = {**form.answers, pick.choice(words): text}
        reading.both(Sample(form.pattern, answers, form.name).data)


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def spoilt(data: bytes, pick: random.Random) -> bytes:
    """One place of one part is another one."""
    parts = parts_of(data)
    name = pick.choice([name for name in parts if name.startswith(("xl/w", "xl/s", "xl/_"))])
    part = bytearray(parts[name])
    begin = pick.randrange(len(part))
    match pick.randrange(4):
        case 0:
            part[begin] = pick.choice(b"0123456789<>/&'\" as")
        case 1:
            del part[begin : begin + pick.randrange(1, 40)]
        case 2:
            end = begin + pick.randrange(1, 200)
            part[begin:begin] = part[begin:end]
        case 3:
            digits = [at for at, sign in enumerate(part) if sign in b"0123456789"]
            part[pick.choice(digits)] = pick.choice(b"0123456789")
    parts[name] = bytes(part)
    return packed(parts)


def test_files_with_odd_bytes_are_read_the_same() -> None:
    many_spoilt(Reading().taught("monthly"), 60)


def many_spoilt(reading: Reading, count: int) -> None:
    pick = random.Random(count)
    sound = [sample("monthly", seed).data for seed in range(3)]
    for _ in range(count):
        reading.both(spoilt(pick.choice(sound), pick))


def test_what_a_library_saved_is_known_too() -> None:
    reading = Reading()
    for seed in range(8):
        reading.both(by_openpyxl(sample("monthly", seed)))
    assert reading.all == 8


def test_what_an_office_program_saved_is_known_too(office: Office, tmp_path: Path) -> None:
    reading = Reading()
    for seed in range(6):
        saved = by_openpyxl_and_libreoffice(sample("monthly", seed), tmp_path, office)
        reading.both(saved.read_bytes())
    assert reading.quick >= 1


def test_somebody_whom_the_roster_lacks_is_told(tmp_path: Path) -> None:
    reading = Reading().taught("monthly", seeds=6)
    for seed in range(6, 9):
        form = sample("monthly", seed)
        values = {**form.values, "id.employee": "X999"}
        found = reading.both(Sample(form.pattern, values, form.name).data)
        assert [one.code for one in found.problems] == ["unknown_employee"]
