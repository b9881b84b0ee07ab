"""What is handed in: folders, packages of every make, and files that are no forms."""

from __future__ import annotations

import io
import struct
import zipfile
from pathlib import Path

import pytest

from tests.returns.samples import sample
from xladdin.returns.file_kinds import unusable
from xladdin.returns.handed_files import HandedFile, handed_files


def packed(**files: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in files.items():
            package.writestr(name, data)
    return stream.getvalue()


def handed(folder: Path, **files: bytes) -> list[HandedFile]:
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return list(handed_files([folder]))


def codes(found: list[HandedFile]) -> list[str]:
    return [problem.code for file in found for problem in file.problems]


FORM = sample("monthly", 1).data


def test_folders_are_gone_through_and_left_overs_are_not(tmp_path: Path) -> None:
    files = {"a/b/表.xlsx": FORM, "~$表.xlsx": b"", ".hidden.xlsx": FORM, "Thumbs.db": b"x"}
    assert [file.label for file in handed(tmp_path, **files)] == ["a/b/表.xlsx"]


def test_a_file_that_is_given_twice_is_read_once(tmp_path: Path) -> None:
    (tmp_path / "表.xlsx").write_bytes(FORM)
    assert len(list(handed_files([tmp_path, tmp_path / "表.xlsx"]))) == 1


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8"])
def test_names_in_packages_that_do_not_say_how_they_are_written(
    tmp_path: Path, encoding: str
) -> None:
    """As packers in China write them: bytes of GBK, and no mark of UTF-8."""
    name = "考核表/陆雨桐.xlsx".encode(encoding)
    data = packed(**{"x" * len(name): FORM})
    data = data.replace(b"x" * len(name), name)
    (file,) = handed(tmp_path, **{"交表.zip": data})
    assert file.label == "交表.zip/考核表/陆雨桐.xlsx"
    assert file.data == FORM


def test_packages_within_packages_once(tmp_path: Path) -> None:
    inner = packed(**{"表.xlsx": FORM})
    found = handed(tmp_path, **{"外.zip": packed(**{"内.zip": inner})})
    assert [file.label for file in found] == ["外.zip/内.zip/表.xlsx"]
    deeper = packed(**{"外.zip": packed(**{"内.zip": inner})})
    assert codes(handed(tmp_path / "b", **{"套.zip": deeper})) == ["zip_too_deep"]


def test_one_broken_file_in_a_package_does_not_stop_the_others(tmp_path: Path) -> None:
    data = packed(**{"好.xlsx": FORM, "坏.xlsx": b"b" * 5000})
    begin = data.rindex(b"PK\x03\x04")
    broken = data[: begin + 45] + b"\xff" * 4 + data[begin + 49 :]
    found = handed(tmp_path, **{"a.zip": broken})
    assert [file.label for file in found if not file.problems] == ["a.zip/好.xlsx"]
    assert codes(found) == ["file_corrupt"]


def test_a_package_with_a_password_says_so(tmp_path: Path) -> None:
    data = bytearray(packed(**{"表.xlsx": b"x"}))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        struct.pack_into("<H", data, data.index(mark) + at, 1)
    assert codes(handed(tmp_path, **{"a.zip": bytes(data)})) == ["zip_protected"]


def test_bombs_are_refused(tmp_path: Path) -> None:
    bomb = packed(**{"表.xlsx": bytes(60_000_000)})
    assert codes(handed(tmp_path, **{"a.zip": bomb})) == ["file_too_large"]


def test_many_bombs_do_not_keep_a_form_from_being_read(tmp_path: Path) -> None:
    bombs = {f"{i}.xlsx": bytes(60_000_000) for i in range(5)}
    found = handed(tmp_path, **{"表.zip": packed(**bombs, **{"甲.xlsx": FORM})})
    assert codes(found) == ["file_too_large"] * 5
    assert found[-1].data == FORM


def test_what_is_left_of_a_package_that_is_too_large_is_told(tmp_path: Path) -> None:
    large = {f"{i}.txt": bytes(45_000_000) for i in range(6)}
    found = handed(tmp_path, **{"表.zip": packed(**large, **{"甲.xlsx": FORM})})
    assert codes(found)[-1] == "zip_too_large"
    assert "后面的 2 个文件没有读" in found[-1].problems[0].message


@pytest.mark.parametrize("cut", [1, 30, 200, 1000])
def test_a_package_that_was_cut_off(tmp_path: Path, cut: int) -> None:
    data = packed(**{"表.xlsx": FORM})
    found = handed(tmp_path, **{"a.zip": data[:-cut]})
    assert codes(found) == ["zip_broken"] or not found[0].problems


KINDS = {
    "file_pdf": b"%PDF-1.7 x",
    "file_picture": b"\xff\xd8\xff\xe0 JFIF",
    "file_rar": b"Rar!\x1a\x07",
    "file_is_html": b"<html><table></table></html>",
    "empty_file": b"",
    "file_encrypted": b"\x62\x14\x23\x65\x00\x01\x02" * 300,
    "file_word": packed(**{"[Content_Types].xml": b"x", "word/document.xml": b"x"}),
    "file_numbers": packed(**{"Index/Document.iwa": b"x"}),
}


@pytest.mark.parametrize("code", KINDS)
def test_what_is_no_workbook_is_named_with_what_to_ask(code: str) -> None:
    problem = unusable("表.xlsx", KINDS[code])
    assert problem is not None
    assert problem.code == code
    assert "请" in problem.message


def test_documents_that_are_packages_are_not_unpacked(tmp_path: Path) -> None:
    for code in ("file_word", "file_numbers"):
        assert len(handed(tmp_path / code, **{"a.xlsx": KINDS[code]})) == 1
