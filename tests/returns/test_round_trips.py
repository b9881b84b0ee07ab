"""Forms filled in cell by cell in a spreadsheet and saved by it, or by another: all comes back."""

from __future__ import annotations

import subprocess
from collections import Counter
from pathlib import Path

import pytest

from tests.proof.fixtures import Proofs
from tests.returns.samples import KINDS, Sample, different, read, sample
from tests.returns.test_file_reading import by_openpyxl
from tests.workbench.office import Office
from tests.workbench.tools import program
from xladdin.books import forms
from xladdin.layout.place import results

LAW = "returns_round_trip"
OLD_KINDS = {"xls": "MS Excel 97", "ods": "calc8"}


def by_hand(form: Sample, folder: Path, office: Office, filter_name: str = "") -> Path:
    """Filled in in LibreOffice and saved by it."""
    sent = folder / f"sent-{form.name}"
    sent.write_bytes(form.blank)
    saved = folder / f"saved-{form.name}"
    main = form.pattern.main.name
    with office.open(sent) as document:
        for key, value in form.answers.items():
            document.set(
                main, form.address(key), value if isinstance(value, str | None) else float(value)
            )
        document.recalculate()
        document.save_as(saved, *([filter_name] if filter_name else []))
    return saved


def by_openpyxl_and_libreoffice(form: Sample, folder: Path, office: Office) -> Path:
    """Filled in by a program that computes nothing, then saved by LibreOffice, which does."""
    sent, saved = folder / f"sent-{form.name}", folder / f"saved-{form.name}"
    sent.write_bytes(by_openpyxl(form))
    with office.open(sent) as document:
        document.recalculate()
        document.save_as(saved)
    return saved


def by_gnumeric(form: Sample, folder: Path) -> Path:
    """Filled in by a program that computes nothing, then saved by Gnumeric, which does."""
    sent, saved = folder / f"sent-{form.name}", folder / f"gnumeric-{form.name}"
    sent.write_bytes(by_openpyxl(form))
    command = [program("ssconvert"), "--recalc", str(sent), str(saved)]
    subprocess.run(command, check=True, capture_output=True)
    return saved


def faults(form: Sample, data: bytes, where: str) -> list[str]:
    """What did not come back, and what was told without a reason."""
    found = read(data, form.name)
    if len(found.forms) != 1:
        return [f"{where}: {len(found.forms)} forms"]
    told = [f"{where}: {problem}" for problem in found.all_problems]
    wrong = different(form, found.forms[0].inputs)
    if found.forms[0].results != results(form.pattern.book, form.values):
        told.append(f"{where}: other scores")
    return told + [f"{where}: {key} {pair}" for key, pair in wrong.items()]


WAYS = ("ours", "openpyxl", "libreoffice", "openpyxl and libreoffice", "gnumeric")


def tried(number: int, folder: Path, office: Office) -> tuple[str, list[str]]:
    """The kind of one form, and what is wrong with it; kinds and ways take turns."""
    kind, how = KINDS[number % len(KINDS)], WAYS[number // len(KINDS) % len(WAYS)]
    form = sample(kind, 1000 + number)
    match how:
        case "libreoffice":
            data = by_hand(form, folder, office).read_bytes()
        case "openpyxl and libreoffice":
            data = by_openpyxl_and_libreoffice(form, folder, office).read_bytes()
        case "gnumeric":
            data = by_gnumeric(form, folder).read_bytes()
        case "openpyxl":
            data = by_openpyxl(form)
        case _:
            data = form.data
    return form.pattern.kind.id, faults(form, data, f"{kind} {number} {how}")


@pytest.mark.parametrize("kind", KINDS)
def test_forms_that_were_filled_in_by_hand(kind: str, tmp_path: Path, office: Office) -> None:
    form = sample(kind, 3)
    assert faults(form, by_hand(form, tmp_path, office).read_bytes(), "LibreOffice") == []
    assert faults(form, by_gnumeric(form, tmp_path).read_bytes(), "Gnumeric") == []


@pytest.mark.parametrize("ending", OLD_KINDS)
def test_other_kinds_of_files_are_read_by_what_stands_in_them(
    ending: str, tmp_path: Path, office: Office
) -> None:
    form = sample("monthly", 4)
    saved = by_hand(form, tmp_path, office, OLD_KINDS[ending])
    found = read(saved.read_bytes(), f"收到.{ending}")
    assert [problem.code for problem in found.all_problems] == ["old_kind"]
    assert different(form, found.forms[0].inputs) == {}


@pytest.mark.proof
def test_twelve_hundred_forms(tmp_path: Path, office: Office, proofs: Proofs) -> None:
    count = proofs.count(LAW)
    kinds, found = Counter[str](), list[list[str]]()
    for number in range(count):
        kind, wrong = tried(number, tmp_path, office)
        kinds[kind] += 1
        found += [wrong] * bool(wrong)
    note = ", ".join(f"{kind} {number}" for kind, number in sorted(kinds.items()))
    proofs.record(LAW, tried=count, survived=count - len(found), note=note)
    assert found == []
    assert set(kinds) == {kind.id for kind in forms.KINDS if kind.returned}
