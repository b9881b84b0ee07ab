"""Workbooks printed by the LibreOffice of this computer, and by one that crashes or hangs."""

from __future__ import annotations

import stat
import sys
from pathlib import Path

import openpyxl
import pytest
from pypdf import PdfReader

from xladdin.app.printing import libreoffice
from xladdin.app.printing.libreoffice import LibreOffice, installed

HEAD = """#!{python}
import pathlib, sys, time
arguments = sys.argv[1:]
out = pathlib.Path(arguments[arguments.index("--outdir") + 1])
for name in arguments[arguments.index("--outdir") + 2:]:
"""
PRINTS = "    (out / name).with_suffix('.pdf').write_bytes(b'%PDF-1.4 ... %%EOF')\n"


def office(folder: Path, body: str, patience: float = 5.0) -> LibreOffice:
    """A program that is called as LibreOffice is, and does with each file what ``body`` says."""
    program = folder / "soffice"
    program.write_text(HEAD.format(python=sys.executable) + body, "utf-8")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    return LibreOffice(str(program), patience)


def books(folder: Path, *names: str) -> list[Path]:
    files = [folder / f"{name}.xlsx" for name in names]
    for file in files:
        file.write_bytes(b"a workbook")
    return files


def printed(found: object) -> list[str]:
    assert isinstance(found, dict)
    return [file.stem for file in found]


def test_each_workbook_becomes_a_pdf_and_one_that_is_none_does_not_stop_the_others(
    tmp_path: Path,
) -> None:
    files = books(tmp_path, "1", "2", "3")
    book = openpyxl.Workbook()
    book.worksheets[0]["A1"] = "甲"
    for file in (files[0], files[2]):
        book.save(file)
    program = installed()
    assert program is not None
    told: list[int] = []
    found = program.pdfs(files, tmp_path, told.append)
    assert set(found) >= {files[0], files[2]}
    assert len(PdfReader(found[files[0]]).pages) == 1
    assert told == sorted(told)
    assert told[-1] <= len(files)


def test_a_file_that_crashes_it_is_left_out_alone(tmp_path: Path) -> None:
    crashing = "    if name == '2.xlsx': sys.exit(134)\n" + PRINTS
    files = books(tmp_path, "1", "2", "3")
    found = office(tmp_path, crashing).pdfs(files, tmp_path, lambda done: None)
    assert printed(found) == ["1", "3"]


def test_a_file_that_never_ends_is_left_out_alone(tmp_path: Path) -> None:
    hanging = "    if name == '2.xlsx': time.sleep(600)\n" + PRINTS
    files = books(tmp_path, "1", "2", "3")
    found = office(tmp_path, hanging, patience=1.0).pdfs(files, tmp_path, lambda done: None)
    assert printed(found) == ["1", "3"]


def test_half_a_pdf_is_none(tmp_path: Path) -> None:
    half = "    (out / name).with_suffix('.pdf').write_bytes(b'%PDF-1.4 ...')\n"
    files = books(tmp_path, "1")
    assert office(tmp_path, half).pdfs(files, tmp_path, lambda done: None) == {}


def test_many_files_are_several_starts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(libreoffice, "AT_ONCE", 2)
    files = books(tmp_path, *"12345")
    counting = PRINTS + "(out / f'start-{time.monotonic_ns()}').touch()\n"
    assert printed(office(tmp_path, counting).pdfs(files, tmp_path, lambda done: None)) == [
        *"12345"
    ]
    assert len([*tmp_path.glob("start-*")]) == 3


def test_stopping_ends_it(tmp_path: Path) -> None:
    class Stop(Exception):
        pass

    def stop(done: int) -> None:
        raise Stop

    waiting = "    time.sleep(600)\n"
    with pytest.raises(Stop):
        office(tmp_path, waiting).pdfs(books(tmp_path, "1"), tmp_path, stop)


def test_where_it_is_looked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("PROGRAMFILES", str(tmp_path))
    assert installed() is None
    there = tmp_path / "LibreOffice" / "program" / "soffice.com"
    there.parent.mkdir(parents=True)
    there.touch()
    assert installed() == LibreOffice(str(there))
