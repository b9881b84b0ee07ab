"""A master is read once for each content; what is done with the answer changes no other one."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.master.small_company import small_master
from xladdin.master import known_masters
from xladdin.master.known_masters import read_once
from xladdin.master.read_master import read_master
from xladdin.ooxml.opening import ZIP, OpenedFile
from xladdin.problems import Place, Problem


@pytest.fixture(autouse=True)
def nothing_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(known_masters, "_known", type(known_masters._known)())


def asked(*files: OpenedFile) -> int:
    """How often somebody has to read, for all of these in turn."""
    calls = []
    for file in files:
        read_once(file, lambda: (calls.append(1), ([], []))[1])  # type: ignore[arg-type, return-value]
    return len(calls)


def workbook(content: bytes) -> bytes:
    """What is taken for one by how it begins."""
    return ZIP + content


ONE = OpenedFile(Path("a/总表.xlsx"), workbook(b"one"))
OTHER = OpenedFile(Path("b/总表.xlsx"), workbook(b"other"))


@pytest.mark.parametrize(
    ("second", "reads"),
    [
        (OpenedFile(Path("elsewhere/总表.xlsx"), workbook(b"one")), 1),
        (OTHER, 2),
        (OpenedFile(Path("a/别名.xlsx"), workbook(b"one")), 2),
    ],
)
def test_the_same_is_what_has_the_name_and_the_bytes(second: OpenedFile, reads: int) -> None:
    assert asked(ONE, second, ONE, second) == reads


@pytest.mark.parametrize(
    "file",
    [
        OpenedFile(Path("总表.xlsx"), workbook(b"x" * known_masters.LARGEST)),
        OpenedFile(Path("总表.xlsx"), workbook(b"one"), encrypted=b"sealed"),
        OpenedFile(Path("总表.csv"), "工号,姓名".encode()),
        OpenedFile(Path("总表.xlsx"), problems=(Problem("file_locked", "打不开", Place()),)),
    ],
)
def test_what_is_large_sealed_a_text_or_nothing_is_read_each_time(file: OpenedFile) -> None:
    assert asked(file, file) == 2
    assert not known_masters._known


def test_the_oldest_is_forgotten_and_the_last_used_is_not() -> None:
    files = [
        OpenedFile(Path("总表.xlsx"), workbook(bytes([n])))
        for n in range(known_masters.MOST_KNOWN + 1)
    ]
    assert asked(*files[:-1], files[0], files[-1], files[0]) == len(files)
    assert asked(files[1]) == 1


def test_what_is_done_with_the_problems_is_nothing_to_the_next_reader(tmp_path: Path) -> None:
    path = tmp_path / "总表.xlsx"
    path.write_bytes(small_master())
    company, problems = read_master(path)
    first = [*problems]
    assert first
    problems.clear()
    again, told = read_master(path)
    assert again is company
    assert told == first


def test_a_master_that_was_saved_anew_is_read_anew(tmp_path: Path) -> None:
    path = tmp_path / "总表.xlsx"
    path.write_bytes(small_master())
    assert read_master(path)[0].employees
    path.write_bytes(b"")
    assert not read_master(path)[0].employees
