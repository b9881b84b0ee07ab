from __future__ import annotations

from pathlib import Path

import pytest

from xladdin.intake.grids import Cells, Grid
from xladdin.intake.handed_in import Openings, handed_in, read_grids
from xladdin.intake.headers import find_headers
from xladdin.problems import Problem

WANTED = {"id": ("工号",), "name": ("姓名",)}


def fit(rows: list[Cells]) -> int:
    return find_headers(rows, WANTED).score


def read(folder: Path, data: bytes, name: str = "a.csv") -> tuple[list[Grid], list[Problem]]:
    path = folder / name
    path.write_bytes(data)
    return read_grids(path, fit)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_encodings_delimiters_and_line_ends(
    tmp_path: Path, encoding: str, delimiter: str, end: str
) -> None:
    text = f"工号{delimiter}姓名{end}1001{delimiter}陆雨桐{end}"
    grids, problems = read(tmp_path, text.encode(encoding))
    assert not problems
    assert [grid.rows for grid in grids] == [[["工号", "姓名"], ["1001", "陆雨桐"]]]


def test_the_delimiter_that_gives_headers_wins_over_commas_in_remarks(tmp_path: Path) -> None:
    grids, _ = read(tmp_path, "a,b,c,d\n工号;姓名\n1;x,y,z\n".encode())
    assert grids[0].rows[1:] == [["工号", "姓名"], ["1", "x,y,z"]]


def test_line_numbers_count_lines_inside_quoted_cells(tmp_path: Path) -> None:
    grids, _ = read(tmp_path, '工号,姓名\n1,"a\nb\nc"\n2,x\n'.encode())
    assert [*grids[0].lines] == [1, 2, 5]


def test_an_open_quote_is_named_and_what_stood_before_is_read(tmp_path: Path) -> None:
    grids, problems = read(tmp_path, '工号,姓名\n1,x\n2,"y\n3,z\n'.encode())
    assert len(grids[0].rows) == 2
    assert [(problem.code, problem.place.line) for problem in problems] == [("csv_broken", 3)]


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.csv", b"", "empty_file"),
        ("a.csv", b"\xef\xbb\xbf\r\n ", "empty_file"),
        ("a.csv", b"\xef\xbb\xbfa\xff", "file_encoding"),
        ("a.csv", b"\xff\xfe\x00\xd8", "file_not_table"),
        ("a.pdf", b"%PDF-1.7\n\0\1", "file_not_table"),
        ("a.xls", b"\n<HTML><table>", "file_is_html"),
        ("~$a.xlsx", b"\x05admin", "file_is_lock"),
    ],
)
def test_what_is_no_table(tmp_path: Path, name: str, data: bytes, code: str) -> None:
    grids, problems = read(tmp_path, data, name)
    assert not grids
    assert [problem.code for problem in problems] == [code]


def test_what_is_too_much_of_a_text_file(tmp_path: Path) -> None:
    head = "工号,姓名\n1,x\n"
    cases = {
        "too_many_columns": head + "," * 3000,
        "line_too_long": head + 'x,"a\n",' * 200_000,
        "cell_too_long": head + "x" * 33_000 + ",2\n",
        "csv_broken": head + "x" * 200_000,
    }
    for code, text in cases.items():
        (grid,), (problem,) = read(tmp_path, text.encode())
        assert (problem.code, problem.place.line) == (code, 3)
        assert grid.rows[:2] == [["工号", "姓名"], ["1", "x"]]


def test_a_file_of_too_many_lines_is_not_read_at_all(tmp_path: Path) -> None:
    (grid,), (problem,) = read(tmp_path, b"a,b\n" * 70_000)
    assert (grid.rows, problem.code) == ([], "file_too_large")
    assert "共约70001行" in problem.message


def test_empty_lines_do_not_count(tmp_path: Path) -> None:
    (grid,), problems = read(tmp_path, "工号,姓名\n".encode() + b",\n" * 70_000)
    assert (grid.rows, problems) == ([["工号", "姓名"]], [])


def test_a_workbook_is_told_by_its_content(tmp_path: Path) -> None:
    book = (Path(__file__).with_name("roster.xls")).read_bytes()
    grids, problems = read(tmp_path, book, "名册.csv")
    assert [problem.is_error for problem in problems] == [False]
    assert grids[0].sheet == "名册"


def test_a_name_that_no_system_takes(tmp_path: Path) -> None:
    assert [problem.code for problem in read_grids(Path("a\0.csv"), fit)[1]] == ["file_unreadable"]


def test_cells_are_read_once_and_nobody_else_sees_what_is_done_to_the_lists(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("工号,姓名\n1,张三\n", encoding="utf-8")
    file = handed_in(path)
    first, problems = file.grids(fit)
    path.unlink()
    again, _ = handed_in(file).grids(fit)
    assert again[0] is first[0]
    first.clear()
    problems.append(Problem("a", "b"))
    assert [len(found) for found in file.grids(fit)] == [1, 0]


def test_another_delimiter_is_another_reading(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("a,b;c\n", encoding="utf-8")
    file = handed_in(path)
    widths = [
        len(file.grids(lambda rows, wanted=wanted: int(len(rows[0]) == wanted))[0][0].rows[0])  # type: ignore[misc]
        for wanted in (2, 1)
    ]
    assert widths == [2, 1]


def test_a_file_for_several_purposes_is_opened_once_and_then_let_go(tmp_path: Path) -> None:
    path, other = tmp_path / "a.csv", tmp_path / "b.csv"
    for each in (path, other):
        each.write_text("工号\n1\n", encoding="utf-8")
    opened = Openings(path, other, None, tmp_path / "x" / ".." / "a.csv")
    first = opened(path)
    assert opened(other) is not first
    assert opened(str(path)) is first
    assert opened(path) is not first, "nobody was to ask for it a third time"
