"""What is no workbook of the wanted kind is called what it is, whichever kind is wanted."""

from __future__ import annotations

from pathlib import Path

import pytest

from xladdin.returns.filled_books import filled_books
from xladdin.returns.handed_files import HandedFile


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("答.csv", "编号,答复\n1,成立\n".encode(), "申诉清单是 .xlsx 工作簿，这个是文本文件"),
        ("答.pdf", b"%PDF-1.4\n", "是 PDF，不是 Excel 文件"),
        ("空.xlsx", b"", "文件是空的"),
    ],
)
def test_another_file_is_called_what_it_is(name: str, data: bytes, said: str) -> None:
    file = HandedFile(name, Path(name), data)
    found = filled_books([file], lambda *_: None, "申诉清单", "not_appeals")
    assert (found.reads, found.untouched) == ([], 0)
    (problem,) = found.problems
    assert problem.message.startswith(said)
    assert problem.place.file == name
