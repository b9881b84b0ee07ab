"""The pictures of the manual and of README, out of the demo: `make manual-pictures`.

Each is a page of a workbook as it is printed, or a sheet as it opens; small, so that all of them
fit into the one page that is shipped.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from .office import Office
from .pictures import demonstration
from .screens import SCREENS, as_wide_as_in_excel, opened, screenshot
from .small_pictures import Picture
from .tools import ROOT, program

FOLDER = ROOT / "docs" / "手册" / "图"
README_FOLDER = ROOT / "docs" / "images"
DPI = 84
_SECONDS = 600


@dataclass(frozen=True)
class Drawn:
    """A picture: its name, its workbook in the demo's folder, and the page or the sheet of it."""

    name: str
    pattern: str
    page: int = 1
    sheet: str = ""
    """Where given, the sheet as it opens on a screen."""
    folder: Path = FOLDER


MONTH = "一个月走一遍*"
PICTURES = (
    Drawn("总表", f"{MONTH}/绩效考核总表.xlsx", sheet="使用说明"),
    Drawn("员工名册", f"{MONTH}/绩效考核总表.xlsx", sheet="员工名册"),
    Drawn("检查结果", "检查结果.xlsx", sheet="检查结果"),
    Drawn("月度绩效考核表", "考核表/2026-10/*/*QC003*.xlsx"),
    Drawn("销售客服KPI考核表", "考核表/2026-10/*/*QC016*.xlsx"),
    Drawn("工作分析表", "工作分析/*网销主管.xlsx"),
    Drawn("自评", "能力考核/发给评价人/QC002*/*自评*.xlsx"),
    Drawn("主管评", "能力考核/发给评价人/QC001*/*主管评_QC003*.xlsx"),
    Drawn("同事评", "能力考核/发给评价人/QC003*/*同事评_QC002*.xlsx"),
    Drawn("客户问卷", "能力考核/发给评价人/客户/*晴川-小雨*.xlsx"),
    Drawn("绩效总结", "能力考核/绩效总结*/*/*QC002*.xlsx"),
    Drawn("能力反馈单", "能力考核/反馈单/*/*QC002*.xlsx"),
    Drawn("绩效反馈单", "绩效反馈单/2026-10/*/*QC004*.xlsx"),
    Drawn("个人工作总结表", "个人工作总结/*/*QC002*.xlsx"),
    Drawn("收数表", "收数表/*客服组长.xlsx", sheet="收数表"),
    Drawn("收表清单", f"{MONTH}/收表清单*.xlsx", sheet="收表清单"),
    Drawn("月度汇总", f"{MONTH}/月度汇总*.xlsx"),
    Drawn("客服月度分析", "报表/客服月度分析*.xlsx"),
    Drawn("店铺分析", "报表/店铺分析.xlsx"),
    Drawn("述职分析", "报表/述职/*/*QC026*.xlsx"),
    Drawn("monthly-form", "考核表/2026-10/*/*QC002*.xlsx", folder=README_FOLDER),
    Drawn("master-guide", f"{MONTH}/绩效考核总表.xlsx", sheet="使用说明", folder=README_FOLDER),
)


def draw(drawn: Drawn, demo: Path, office: Office, work: Path) -> Path:
    """Draw one, and write it where documents look for it."""
    path = next(iter(sorted(demo.glob(drawn.pattern))), None)
    if path is None:
        raise FileNotFoundError(f"{drawn.name}: no {drawn.pattern}")
    picture = (
        _screen(drawn, path, office, work) if drawn.sheet else _page(drawn, path, office, work)
    )
    out = drawn.folder / f"{drawn.name}.png"
    out.write_bytes(Picture.read(picture).trimmed().png())
    return out


def _screen(drawn: Drawn, path: Path, office: Office, work: Path) -> Path:
    book = opened(path)
    sheet = book[drawn.sheet] if drawn.sheet in book.sheetnames else book.worksheets[0]
    with office.open(path) as document:
        as_wide_as_in_excel(document, sheet)
        return screenshot(document, sheet, SCREENS[0], work / "screen.ppm")


def _page(drawn: Drawn, path: Path, office: Office, work: Path) -> Path:
    with office.open(path) as document:
        for sheet in opened(path).worksheets:
            if sheet.sheet_state == "visible":
                as_wide_as_in_excel(document, sheet)
        pdf = document.pdf(work / "page.pdf")
    page = str(drawn.page)
    command = [program("pdftoppm"), "-r", str(DPI), "-f", page, "-l", page, "-singlefile"]
    subprocess.run([*command, str(pdf), str(work / "page")], check=True, timeout=_SECONDS)
    return work / "page.ppm"


def main(arguments: Sequence[str] | None = None) -> int:
    """Draw all, or those that are asked for."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.workbench.handbook_pictures", description=__doc__
    )
    parser.add_argument("--only", default="", help="only pictures with this in their name")
    parser.add_argument("--demo", type=Path, help="a demo's folder: used if there, else made")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="pictures-") as temporary, Office() as office:
        demo = options.demo or Path(temporary) / "demo"
        if not demo.exists():
            demonstration(demo)
        for drawn in PICTURES:
            if options.only in drawn.name:
                out = draw(drawn, demo, office, Path(temporary))
                print(out.relative_to(ROOT), out.stat().st_size)
    return 0


if __name__ == "__main__":
    sys.exit(main())
