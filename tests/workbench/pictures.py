"""Every form of the example company as pictures: `make pictures`.

A4 pages as they are printed, and each sheet as it opens on two screens, one folder per workbook,
with `index.html` to look through them.  With `--old FOLDER` (an earlier run's folder) old and new
stand side by side there.
"""

from __future__ import annotations

import argparse
import html
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from .office import Office
from .screens import SCREENS, as_wide_as_in_excel, opened, screenshot
from .tools import ROOT, program

OUT = ROOT / "build" / "pictures"
DPI = 100
_SECONDS = 600

SAMPLES: tuple[tuple[Any, ...], ...] = (
    ("月度考核表", "考核表/2026-10/*/*QC003*.xlsx"),
    ("月度考核表_填好", "考核表/2026-10/*/*QC002*.xlsx"),
    ("售后月度考核表", "考核表/2026-10/*/*QC026*.xlsx"),
    ("销售考核表", "考核表/2026-10/*/*QC016*.xlsx"),
    ("绩效反馈单", "绩效反馈单/2026-10/*/*QC017*.xlsx"),
    ("绩效反馈单_月度", "绩效反馈单/2026-10/*/*QC004*.xlsx"),
    ("工作分析表_网销主管", "工作分析/*网销主管.xlsx"),
    ("工作分析表_售后客服", "工作分析/*售后客服.xlsx"),
    ("自评", "能力考核/发给评价人/QC002*/*自评*.xlsx"),
    ("主管评", "能力考核/发给评价人/QC001*/*主管评_QC003*.xlsx"),
    ("同事评", "能力考核/发给评价人/QC003*/*同事评_QC002*.xlsx"),
    ("客户问卷", "能力考核/发给评价人/客户/*晴川-小雨*.xlsx"),
    ("能力绩效总结", "能力考核/绩效总结*/*/*QC002*.xlsx"),
    ("能力反馈单", "能力考核/反馈单/*/*QC002*.xlsx"),
    ("评价人对照表", "能力考核/评价人对照表*.xlsx"),
    ("个人工作总结表", "个人工作总结/*/*QC002*.xlsx"),
    ("收数表", "收数表/*客服组长.xlsx"),
    ("收表清单", "一个月走一遍*/收表清单*.xlsx"),
    ("校准表", "校准表/*全公司*.xlsx"),
    ("校准表_部门", "校准表/*网络销售部*.xlsx"),
    ("申诉清单", "申诉清单.xlsx"),
    ("月度汇总", "一个月走一遍*/月度汇总*.xlsx"),
    ("月度汇总_部门预算", "月度汇总_部门预算.xlsx", ("奖金", "部门奖金")),
    ("多月汇总", "多月汇总.xlsx"),
    ("综合汇总", "综合汇总.xlsx"),
    ("方案试算", "一个月走一遍*/方案试算*.xlsx"),
    ("检查结果", "检查结果.xlsx", ("检查结果",)),
    ("客服月度分析", "报表/客服月度分析*.xlsx"),
    ("店铺分析", "报表/店铺分析.xlsx"),
    ("述职", "报表/述职/*/*QC026*.xlsx"),
)
"""What a picture is called, and where its workbook lies in the demo's folder."""


@dataclass(frozen=True)
class Sample:
    """One workbook to be drawn."""

    name: str
    path: Path
    sheets: tuple[str, ...] = ()
    """Which of its sheets; none named: all."""


def demonstration(folder: Path) -> None:
    """The demo, and beside it what other commands write for the same company."""
    _run("demo", folder)
    month = next(folder.glob("一个月走一遍*"))
    master, data, reports = month / "绩效考核总表.xlsx", folder / "报表/数据", folder / "报表"
    spoiled = folder / "总表有错.xlsx"
    shutil.copyfile(master, spoiled)
    _spoil(spoiled)
    _run("check", spoiled, "--annotate", folder / "检查结果.xlsx")
    stricter = month / "改过的总表.xlsx"
    shutil.copyfile(master, stricter)
    _raise_bounds(stricter)
    _run("simulate", stricter, "--ledger", month / "绩效台账.db", "--out", month / "方案试算.xlsx")
    _run("init", folder / "示例.xlsx", "--example")
    example = folder / "示例.xlsx"
    _run("month", example, "--period", "2026-11", "--ask", folder / "收数表")
    _run("summary", example, "--period", "2026Q4", "--out", folder / "多月汇总.xlsx")
    shared = folder / "有占比的总表.xlsx"
    shutil.copyfile(example, shared)
    _share(shared)
    _run("summary", shared, "--period", "2026-10", "--combined", "--out", folder / "综合汇总.xlsx",
         "--ratings", ROOT / "workbook_templates/example_company/ratings.csv")  # fmt: skip
    _run("summary", shared, "--period", "2026-10", "--out", folder / "月度汇总_部门预算.xlsx")
    _run("calibrate", "sheet", example, "--period", "2026-10", "--out", folder / "校准表")
    _objected(month, folder / "申诉清单.xlsx")
    _run("report", "shop", example, "--period", "2026-10", "--out", reports / "店铺分析.xlsx",
         "--data", data)  # fmt: skip
    _run("report", "debrief", example, "--year", "2026", "--out", reports / "述职", "--data", data,
         "--employee", "QC026", "--no-ledger")  # fmt: skip


def _objected(month: Path, out: Path) -> None:
    """Have somebody object to a slip, and list it."""
    master = month / "绩效考核总表.xlsx"
    path = next(month.rglob("*_绩效反馈单.xlsx"))
    book = load_workbook(path)
    sheet = book["申诉"]
    head = next(cell for row in sheet.iter_rows() for cell in row if cell.value == "申诉项目")
    offered = str(sheet.data_validations.dataValidation[0].formula1).strip('"').split(",")
    said = {1: offered[0], 4: "12", 6: "夜班的两个小时没有记进去，见附的截图。"}
    for column, value in said.items():
        sheet.cell(head.row + 1, column).value = value
    book.save(path)
    _run("collect", master, path, "--period", "2026-10")
    _run("appeals", "list", master, "--out", out)


def _spoil(path: Path) -> None:
    """Enter a few slips, so that there is something to be told."""
    book = load_workbook(path)
    sheet = book["名册"] if "名册" in book.sheetnames else book.worksheets[2]
    for row, col in ((6, 2), (7, 3), (8, 4)):
        sheet.cell(row, col).value = "？"
    book.save(path)


def _raise_bounds(path: Path) -> None:
    """Ask for two points more for every grade, so that some people's changes."""
    book = load_workbook(path)
    for sheet in book.worksheets:
        heads = {cell.value: cell for row in sheet.iter_rows(max_row=6) for cell in row}
        if "等级" not in heads or "下限" not in heads:
            continue
        column = heads["下限"].column
        for row in range(heads["下限"].row + 1, sheet.max_row + 1):
            if isinstance(value := sheet.cell(row, column).value, int | float):
                sheet.cell(row, column).value = value + 2
    book.save(path)


def _share(path: Path) -> None:
    """Say of every scheme how much competency counts, and of a department what it may pay."""
    book = load_workbook(path)
    sheet = book["考核方案"]
    heads = {cell.value: cell for row in sheet.iter_rows(max_row=4) for cell in row}
    for row in range(heads["业绩占比"].row + 1, sheet.max_row + 1):
        if sheet.cell(row, heads["表的种类"].column).value in ("月度考核", "销售考核"):
            sheet.cell(row, heads["业绩占比"].column).value = 0.7
            sheet.cell(row, heads["能力占比"].column).value = 0.3
    settings = book["设置"]
    last = max(cell.row for (cell,) in settings.iter_rows(max_col=1) if cell.value)
    settings.cell(last + 1, 1).value, settings.cell(last + 1, 3).value = (
        "奖金预算：网络销售部",
        "9000",
    )
    book.save(path)


def _run(*words: object) -> None:
    command = [sys.executable, "-m", "xladdin.cli", *map(str, words)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=_SECONDS, check=False)
    if done.returncode not in (0, 1):
        print(done.stdout[-2000:], done.stderr[-2000:], file=sys.stderr)


def samples(folder: Path, only: str = "") -> Iterator[Sample]:
    """The workbooks of the demo that are drawn; says which are not there."""
    for name, pattern, *sheets in SAMPLES:
        found = sorted(folder.glob(pattern))
        if found and only in name:
            yield Sample(name, found[0], *sheets)
        elif not found:
            print(f"{name}: no {pattern}", file=sys.stderr)


def draw(sample: Sample, out: Path, office: Office) -> list[Path]:
    """The pages of a workbook, and its sheets as they open: `A4-1.png`, `考核表 1366x768.png`."""
    folder = out / sample.name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    book = opened(sample.path)
    shown = [
        sheet
        for sheet in book.worksheets
        if sheet.sheet_state == "visible" and sheet.title in (sample.sheets or book.sheetnames)
    ]
    with office.open(sample.path) as document:
        for name in set(book.sheetnames) - {sheet.title for sheet in shown}:
            document.sheet(name).setPrintAreas(())
        for sheet in shown:
            as_wide_as_in_excel(document, sheet)
        pdf = document.pdf(folder / "pages.pdf")
    command = [program("pdftoppm"), "-png", "-r", str(DPI), str(pdf), str(folder / "A4")]
    subprocess.run(command, check=True, timeout=_SECONDS)
    pdf.unlink()
    for screen in SCREENS:
        for sheet in shown:
            with office.open(sample.path) as document:
                as_wide_as_in_excel(document, sheet)
                name = "".join(c if c.isalnum() else "_" for c in sheet.title)
                screenshot(document, sheet, screen, folder / f"{name} {screen}.png")
    return sorted(folder.glob("*.png"))


def index(out: Path, old: Path | None) -> Path:
    """A page with all pictures; an older one of the same name stands at the left."""
    rows = []
    for folder in sorted(path for path in out.iterdir() if path.is_dir()):
        rows.append(f"<h2>{html.escape(folder.name)}</h2>")
        names = {p.name for p in folder.glob("*.png")}
        names |= {p.name for p in (old / folder.name).glob("*.png")} if old else set()
        for name in sorted(names):
            places = [(old / folder.name / name)] if old else []
            shown = "".join(
                f'<img src="{html.escape(path.resolve().as_uri())}" alt="">'
                if path.exists()
                else "<i>—</i>"
                for path in (*places, folder / name)
            )
            rows.append(f"<h3>{html.escape(name)}</h3><div>{shown}</div>")
    style = (
        "body{font-family:sans-serif;background:#eee}div{display:flex;gap:8px;align-items:start}"
        "img{width:49%;background:#fff;border:1px solid #bbb}"
    )
    page = out / "index.html"
    page.write_text(f"<meta charset=utf-8><style>{style}</style>{''.join(rows)}", "utf-8")
    return page


def main(arguments: Sequence[str] | None = None) -> int:
    """Draw what the command line asks for; print where to look."""
    parser = argparse.ArgumentParser(prog="python -m tests.workbench.pictures", description=__doc__)
    parser.add_argument("--out", type=Path, default=OUT, help="folder (default: %(default)s)")
    parser.add_argument("--old", type=Path, help="folder of an earlier run, shown beside the new")
    parser.add_argument("--only", default="", help="only pictures with this in their name")
    parser.add_argument("--demo", type=Path, help="a demo's folder: used if there, else made")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="pictures-") as temporary, Office() as office:
        folder = options.demo or Path(temporary) / "demo"
        if not folder.exists():
            demonstration(folder)
        for sample in samples(folder, options.only):
            print(sample.name, len(draw(sample, options.out, office)))
    print(index(options.out, options.old))
    return 0


if __name__ == "__main__":
    sys.exit(main())
