"""Files that commands are tried on: sound ones, and every kind of thing that is none."""

from __future__ import annotations

import os
import shutil
from dataclasses import replace
from functools import cache
from pathlib import Path

from xladdin.company.starting import example_company
from xladdin.layout.writer import workbook_bytes
from xladdin.master.master_book import book
from xladdin.master.writing_rows import rows_of

FILES = Path(__file__).parents[1] / "faults" / "app" / "files"
PEOPLE = ("QC001", "QC024")
EXPORT = "工号,客服销售额,询单转化率\nQC001,131190,43.9%\nQC024,193998,65.1%\n"
RATERS = "被评人工号,评价身份,评价人\nC001,同事评,李四\n"
RATINGS = "被评人工号,评价身份,评价人,要素,评级\nC001,同事评,李四,沟通能力,优秀\n"


@cache
def small_master() -> bytes:
    """A master workbook that is quick to read: two people, and all that they need."""
    content = example_company()
    employees = tuple(each for each in content.employees if each.id in PEOPLE)
    held = {each.position for each in employees}
    library = replace(
        content.library,
        schemes=tuple(each for each in content.library.schemes if held & {*each.positions}),
        positions=tuple(each for each in content.library.positions if each.name in held),
    )
    figures = tuple(each for each in content.figures if each.actual.employee in PEOPLE)
    whole = replace(content, employees=employees, library=library, figures=figures, raters=())
    return workbook_bytes(book(rows_of(whole), spare=3), {})


def lay_out(folder: Path) -> None:
    """Sound files in an empty folder."""
    shutil.copytree(FILES, folder)
    (folder / "m.xlsx").write_bytes(small_master())
    (folder / "export.csv").write_text(EXPORT, "utf-8")
    (folder / "raters.csv").write_text(RATERS, "utf-8")
    (folder / "ratings.csv").write_text(RATINGS, "utf-8")


def kinds_of_nothing(folder: Path) -> dict[str, str]:
    """What is no file for any command, by what it is; names without an ending get one later."""
    (folder / "a folder").mkdir()
    for ending in (".xlsx", ".csv", ".yaml", ".xlam"):
        (folder / f"folder{ending}").mkdir()
        (folder / f"empty{ending}").touch()
        (folder / f"blank{ending}").write_bytes(b"\xef\xbb\xbf \r\n\t")
        (folder / f"bytes{ending}").write_bytes(bytes(range(256)) * 40)
        (folder / f"zip{ending}").write_bytes(b"PK\x03\x04" + b"\0" * 60)
        (folder / f"ole{ending}").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
        (folder / f"utf16{ending}").write_bytes("工号,姓名\n1,张三\n".encode("utf-16"))
        (folder / f"loop{ending}").symlink_to(folder / f"loop{ending}")
        (folder / f"nowhere{ending}").symlink_to(folder / "gone" / "away")
    names = ("folder", "empty", "blank", "bytes", "zip", "ole", "utf16", "loop", "nowhere")
    return {
        **{name: name for name in names},
        "missing": "missing",
        "a folder": "a folder",
        "another kind": "picture.png",
        "below a file": "roster.csv/x",
        "too long": "x" * 300,
        "much too long": os.path.join(*["y" * 200] * 30),
        "on a network": "//server/share/x",
        "as Windows writes it": "\\\\server\\share\\x",
        "a drive": "Q:\\x\\y",
        "nothing": "",
        "a dot": ".",
        "the root": "/",
        "a device": "/dev/null",
        "turned round": "\u202ex",
        "commanding": "\x1b[2Jx\x07",
        "half a character": "\udcffx",
        "markup": "[bold]x[/]",
        "a new line": "x\n错误 没有",
    }
