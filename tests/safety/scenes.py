"""Commands that write, each with what it finds in its folder."""

from __future__ import annotations

import datetime as dt
import shutil
from functools import cache
from pathlib import Path

import openpyxl

from tests.app.command import xladdin
from tests.patch.masters import SMALL, write_master
from tests.patch.small import small
from xladdin.company.tokens import LIST_NAME
from xladdin.paths import templates_dir

from .runs import Scene, kept_folder

EXAMPLE = templates_dir() / "example_company"
EXPORT = "旺旺昵称,客服销售额,询单转化率\n晴川-小雨,155307.28,60%\n晴川-禾苗,97793.24,105%\n"
OUT = "表"
MASTER = "总表.xlsx"


@cache
def master() -> Path:
    return write_master(kept_folder() / MASTER, **SMALL)


def with_master(folder: Path) -> None:
    shutil.copy(master(), folder / MASTER)
    (folder / "导出.csv").write_text(EXPORT, encoding="utf-8-sig")


def with_backups(folder: Path) -> None:
    """As many copies as are kept, and one half."""
    with_master(folder)
    for day in range(1, 6):
        moment = dt.datetime(2026, 10, day, 9)
        copy = small(f'<row r="1"><c r="A1"><v>{day}</v></c></row>')
        (folder / f"总表.备份-{moment:%Y%m%d-%H%M%S}.xlsx").write_bytes(copy)
    whole = (folder / MASTER).read_bytes()
    (folder / "总表.备份-20261101-100000.xlsx").write_bytes(whole[:1000])


def with_copy(folder: Path) -> None:
    """An older copy with comments."""
    with_master(folder)
    assert xladdin("check", folder / MASTER, "--annotate", folder / "批注.xlsx").code == 0
    shutil.copy(master(), folder / MASTER)
    book = openpyxl.load_workbook(folder / MASTER)
    book["月度目标与实际"]["D4"] = "没有的"
    book.save(folder / MASTER)


def empty(_: Path) -> None:
    """Nothing."""


def forms(form: str, *ids: str) -> list[str]:
    who = [text for id_ in ids for text in ("--employee", id_)]
    files = ["--roster", str(EXAMPLE / "roster.csv"), "--actuals", str(EXAMPLE / "actuals.csv")]
    files += ["--raters", str(EXAMPLE / "raters.csv")]
    return ["generate", *files, "--period", "2026-10", "--form", form, "--out", OUT, *who]


def with_older_forms(folder: Path) -> None:
    """Forms of the same month, without figures."""
    roster, out = EXAMPLE / "roster.csv", folder / OUT
    who = ("--employee", "QC002", "--employee", "QC003", "--out", out)
    assert xladdin("generate", "--roster", roster, "--period", "2026-10", *who).code == 0


def with_changed_list(folder: Path) -> None:
    """HR has written into the list of an earlier run."""
    command = [text.replace(OUT, str(folder / OUT)) if text == OUT else text for text in
               forms("competency", "QC003")]  # fmt: skip
    assert xladdin(*command).code == 0
    book = openpyxl.load_workbook(folder / OUT / LIST_NAME)
    book.worksheets[0].cell(4, 9).value = "已收回"
    book.save(folder / OUT / LIST_NAME)


IMPORT = ["import", MASTER, "导出.csv", "--period", "2026-11"]
ANNOTATE = ["check", MASTER, "--annotate", "批注.xlsx"]
SCENES = {
    scene.name: scene
    for scene in (
        Scene("import", IMPORT, with_master),
        Scene("import with copies", IMPORT, with_backups),
        Scene("annotate", ANNOTATE, with_master),
        Scene("annotate again", ANNOTATE, with_copy),
        Scene("monthly", forms("monthly", "QC002", "QC003"), empty),
        Scene("monthly again", forms("monthly", "QC002", "QC003"), with_older_forms),
        Scene("competency", forms("competency", "QC002"), empty),
        Scene("competency again", forms("competency", "QC002"), with_changed_list),
        Scene("init", ["init", f"新/{MASTER}"], empty, refused_again="已经有这个文件"),
        Scene("init over", ["init", MASTER, "--example", "--overwrite"], with_master),
        Scene("lambdas", ["addin", "lambdas", "--out", "函数包.xlsx"], empty),
        Scene("draft", ["scheme", "from-position", "coo", "--out", "方案.yaml"], empty,
              refused_again="已经存在"),
    )
}  # fmt: skip
