"""The company's name and logo, out of the settings, at the head of forms."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from tests.company.people import company, employee
from xladdin.app.letterheads import LARGEST, letterhead_of, logo_of
from xladdin.company.company import Company
from xladdin.company.company_settings import COMPANY_NAME, LOGO_SETTING, Setting
from xladdin.layout.cells import Block, Book, Cell, CompanyName, Properties, Sheet
from xladdin.layout.letterhead import Letterhead
from xladdin.layout.logos import HIGH, WIDE
from xladdin.layout.styles import COMPANY
from xladdin.layout.writer import workbook_bytes

EMU = 9525
"""Units of a drawing in a pixel."""


def png(width: int, height: int) -> bytes:
    """A grey picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        whole = kind + data
        return struct.pack(">I", len(data)) + whole + struct.pack(">I", zlib.crc32(whole))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress((b"\0" + b"\x80" * width) * height)
    begin = b"\x89PNG\r\n\x1a\n"
    return begin + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def named(logo: str) -> Company:
    settings = (Setting(COMPANY_NAME, "晴川数码旗舰店"), Setting(LOGO_SETTING, logo))
    return replace(company(employee("A1")), settings=settings)


def test_a_logo_lies_beside_the_master(tmp_path: Path) -> None:
    (tmp_path / "标志.png").write_bytes(png(40, 20))
    logo, problems = logo_of(named("标志.png"), tmp_path, "总表.xlsx")
    assert (logo, problems) == (png(40, 20), [])
    known = replace(named("标志.png"), logo=logo)
    assert letterhead_of(known) == Letterhead("晴川数码旗舰店", logo)
    assert logo_of(named(""), tmp_path, "总表.xlsx") == (b"", [])


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (None, "读不了"),
        (b"GIF89a", "不是 PNG 或 JPEG 图片"),
        (b"\x89PNG\r\n\x1a\n", "不是 PNG 或 JPEG 图片"),
        (b"\xff\xd8\xff\xe0nothing", "不是 PNG 或 JPEG 图片"),
        (png(4, 4) + b"\0" * LARGEST, "超过 2 MB"),
    ],
)
def test_without_a_picture_there_is_no_logo_and_a_word(
    content: bytes | None, told: str, tmp_path: Path
) -> None:
    if content is not None:
        (tmp_path / "标志.png").write_bytes(content)
    logo, (problem,) = logo_of(named("标志.png"), tmp_path, "总表.xlsx")
    assert logo == b""
    assert told in str(problem)
    assert not problem.is_error


@pytest.mark.parametrize(("width", "height"), [(400, 100), (30, 90), (8, 8)])
def test_a_logo_keeps_its_shape_and_its_place(width: int, height: int) -> None:
    cells = (Cell(0, 0, CompanyName(), COMPANY),)
    book = Book((Sheet("表", (20.0,), (Block(cells, 1),)),), {}, Properties("表"))
    made = workbook_bytes(book, {}, Letterhead("晴川", png(width, height)))
    sheet = openpyxl.load_workbook(io.BytesIO(made)).worksheets[0]
    assert sheet["A1"].alignment.indent > 1
    with zipfile.ZipFile(io.BytesIO(made)) as package:
        drawn = package.read("xl/drawings/drawing1.xml").decode()
    found = re.search(r'<a:ext cx="(\d+)" cy="(\d+)"/>', drawn)
    assert found
    wide, high = (int(size) / EMU for size in found.groups())
    assert wide <= WIDE + 1
    assert high <= HIGH + 1
    assert wide / high == pytest.approx(width / height, rel=0.1)
