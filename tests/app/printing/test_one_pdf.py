"""Several PDFs as one."""

from __future__ import annotations

import io
from pathlib import Path

from pypdf import PasswordType, PdfReader, PdfWriter

from xladdin.app.printing.one_pdf import Part, joined
from xladdin.layout.saved import printed_by_us

WORD = "一二三四五六七八"


def part(folder: Path, label: str, pages: int) -> Part:
    made = PdfWriter()
    for _ in range(pages):
        made.add_blank_page(200, 100 + pages)
    path = folder / f"{label}.pdf"
    with path.open("wb") as file:
        made.write(file)
    return Part(label, path)


def parts(folder: Path) -> list[Part]:
    return [part(folder, "甲", 1), part(folder, "乙", 2), part(folder, "丙", 3)]


def starts(content: bytes) -> dict[str, int | None]:
    """Bookmark -> the page that it leads to."""
    whole = PdfReader(io.BytesIO(content))
    return {
        str(one.title): whole.get_destination_page_number(one)
        for one in whole.outline
        if not isinstance(one, list)
    }


def test_parts_follow_each_other_with_a_bookmark_each(tmp_path: Path) -> None:
    whole = joined(parts(tmp_path))
    assert whole.pages == 6
    assert starts(whole.content) == {"甲": 0, "乙": 1, "丙": 3}


def test_on_both_sides_each_begins_on_a_new_sheet_of_paper(tmp_path: Path) -> None:
    whole = joined(parts(tmp_path), duplex=True)
    assert starts(whole.content) == {"甲": 0, "乙": 2, "丙": 4}
    assert whole.pages == 8


def test_it_opens_with_its_password_only(tmp_path: Path) -> None:
    whole = joined(parts(tmp_path), password=WORD)
    there = PdfReader(io.BytesIO(whole.content))
    assert there.is_encrypted
    assert there.decrypt("wrong") is PasswordType.NOT_DECRYPTED
    assert there.decrypt(WORD) is not PasswordType.NOT_DECRYPTED
    assert len(there.pages) == 6


def test_whoever_changes_it_makes_it_theirs(tmp_path: Path) -> None:
    content = joined(parts(tmp_path)).content
    assert printed_by_us(content)
    again = PdfWriter(clone_from=PdfReader(io.BytesIO(content)))
    made = io.BytesIO()
    again.write(made)
    assert not printed_by_us(made.getvalue())
