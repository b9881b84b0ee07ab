"""What is opened for changes, and what is refused in plain words."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from xladdin.ooxml import xml
from xladdin.ooxml.archive import Packer
from xladdin.patch.sheet import SheetPatch
from xladdin.patch.workbook_opening import open_workbook, workbook_of

from .parts import parts
from .small import small

FAULTS = Path(__file__).parents[1] / "faults" / "intake"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
STRICT_BOOK = f'<workbook xmlns="{xml.STRICT}"><sheets/></workbook>'
BINARY = f"""<Relationships xmlns="{xml.RELATIONS}"><Relationship Id="rId1" \
Type="{xml.RELATION}/officeDocument" Target="xl/workbook.bin"/></Relationships>"""
ENTITY = f"""<!DOCTYPE a [<!ENTITY b "c">]><workbook xmlns="{xml.MAIN}"><sheets/></workbook>"""


def code(path: Path) -> str:
    book, problems = open_workbook(path)
    assert book is None
    (problem,) = problems
    assert problem.place.file == path.name
    return problem.code


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", "file_not_workbook"),
        (b"a,b\n", "file_not_workbook"),
        (OLE, "file_old"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "file_protected"),
        (b"PK\x03\x04" + bytes(60), "file_corrupt"),
        (small()[:-40], "file_corrupt"),
        (small(others={"xl/workbook.xml": "<workbook"}), "file_corrupt"),
        (small(others={"xl/workbook.xml": ENTITY}), "file_corrupt"),
        (small(others={"xl/workbook.xml": STRICT_BOOK}), "file_strict"),
        (small(others={"_rels/.rels": BINARY, "xl/workbook.bin": b"\x00"}), "file_binary"),
        (small(others={"_xmlsignatures/sig1.xml": "<a/>"}), "file_signed"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_cannot_be_changed(data: bytes, expected: str, tmp_path: Path) -> None:
    path = tmp_path / "总表.xlsx"
    path.write_bytes(data)
    assert code(path) == expected


def test_what_is_no_file(tmp_path: Path) -> None:
    folder = tmp_path / "夹.xlsx"
    folder.mkdir()
    assert code(tmp_path / "没有.xlsx") == "file_missing"
    assert code(folder) == "file_is_folder"
    assert code(tmp_path / "~$总表.xlsx") == "file_is_lock"


def test_a_file_with_a_password() -> None:
    assert code(FAULTS / "protected.xlsx") == "file_protected"
    assert code(FAULTS / "roster_corrupt.xlsx") == "file_corrupt"


def test_macros_are_kept(tmp_path: Path) -> None:
    macros = {"xl/vbaProject.bin": b"\x00macro\xff" * 50, "customXml/item1.xml": b"<a>\r\n</a>"}
    data = small(others=macros)
    path = tmp_path / "总表.xlsm"
    path.write_bytes(data)
    book, problems = open_workbook(path)
    assert (book is not None, problems) == (True, [])
    assert book
    SheetPatch(book, "S").set("A1", Decimal(1))
    after = parts(book.to_bytes())
    assert {name: after[name] for name in macros} == macros


def test_part_names_in_another_case() -> None:
    moved = {
        name.upper() if "sheet1" in name else name: body for name, body in parts(small()).items()
    }
    packer = Packer()
    for name, body in moved.items():
        packer.add(name, body)
    book = workbook_of(packer.done().getvalue())
    assert [entry.name for entry in book.sheets] == ["S"]
