"""A folder in which every command that the documents tell can be run."""

from __future__ import annotations

import shutil
from pathlib import Path

from openpyxl import load_workbook

from tests.app.command import xladdin
from xladdin.app.demonstration.demo_records import sample
from xladdin.paths import templates_dir

EXPORT = "工号,姓名,询单转化率,平均响应时长（秒）\nQC002,陆雨桐,52%,30\n"


def furnished(folder: Path) -> None:
    """The example company's master, an export, records, forms that came back."""
    example = templates_dir() / "example_company"
    for source, name in (("roster", "名册"), ("actuals", "数据"), ("raters", "评价人")):
        shutil.copyfile(example / f"{source}.csv", folder / f"{name}.csv")
    (folder / "导出.csv").write_text(EXPORT, "utf-8")
    sample(folder / "数据")
    _returned(folder)


def _returned(folder: Path) -> None:
    """A form of the month that somebody has filled in and saved, under a name of their own."""
    master, out = folder / "发出.xlsx", folder / "发出"
    assert xladdin("init", master, "--example").code == 0
    assert xladdin("month", master, "--period", "2026-11").code == 0
    told = ("--period", "2026-11", "--out", out, "--employee", "QC002")
    assert xladdin("generate", master, *told).code in (0, 1)
    (form,) = out.rglob("*.xlsx")
    (folder / "收到").mkdir()
    book = load_workbook(form)
    book.save(folder / "收到" / "我的表.xlsx")
    shutil.copyfile(form, folder / "我们的考核表.xlsx")
