"""Where files come in: a command line for each, and what every answer must be like."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.ooxml.sealed import WORD
from tests.workbench.speed import slowness

MOST_CPU, MOST_MEMORY = 10.0, 600.0
"""Seconds and megabytes."""
_CHINESE = re.compile("[一-鿿]")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command made of a file."""

    code: int
    output: str
    cpu: float
    memory: float

    def faults(self) -> Iterable[str]:
        """What is wrong with the answer itself."""
        if self.code not in (0, 1):
            yield f"exit code {self.code}: {self.output[-300:]}"
        if "Traceback" in self.output:
            yield f"traceback: {self.output[-600:]}"
        if self.code == 1 and not _CHINESE.search(self.output):
            yield f"no reason: {self.output[-300:]}"
        if self.cpu > MOST_CPU and self.cpu > MOST_CPU * slowness():
            yield f"{self.cpu:.1f} s"
        if self.memory > MOST_MEMORY:
            yield f"{self.memory:.0f} MB"


KEY = ("--password-file", "密码.txt")
DOORS: dict[str, tuple[str, ...]] = {
    "check": ("check", "{file}"),
    "annotate": ("check", "{file}", "--annotate", "带批注.xlsx"),
    "roster": ("check", "--roster", "{file}"),
    "generate": (
        *(
            "generate",
            "--roster",
            "{file}",
            "--period",
            "2026-11",
            "--out",
            "表",
            "--employee",
            "1001",
        ),
    ),
    "actuals": ("score", "online_shop_monthly", "--roster", "名册.csv", "--actuals", "{file}"),
    "raters": (
        *("generate", "--roster", "名册.csv", "--period", "2026-11", "--out", "表"),
        *("--form", "competency", "--raters", "{file}"),
    ),
    "ratings": (
        *("generate", "--roster", "名册.csv", "--period", "2026-11", "--out", "表"),
        *("--form", "summary", "--ratings", "{file}"),
    ),
    "collect": ("collect", "总表.xlsx", "{file}", "--period", "2026-10"),
    "import_master": ("import", "{file}", "导出.csv", "--period", "2026-10"),
    "import_export": ("import", "总表.xlsx", "{file}", "--period", "2026-10"),
    "score": ("score", "{file}", "--actuals", "数据.csv"),
    "check_sealed": ("check", "{file}", *KEY),
    "collect_sealed": ("collect", "总表.xlsx", "{file}", "--period", "2026-10", *KEY),
    "actuals_sealed": ("score", "online_shop_monthly", "--actuals", "{file}", *KEY),
    "report": (
        *("report", "monthly", "总表.xlsx", "--data", "{file}", "--period", "2026-10"),
        *("--out", "报告.xlsx"),
    ),
    "template": ("check", "--roster", "名册.csv", "--scheme", "{file}"),
}
OUTPUTS = ("带批注.xlsx", "表", "报告.xlsx")


class Driver:
    """The process that runs commands, in whatever folder."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.hostile.driver"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def close(self) -> None:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.close()
        self._process.stdout.close()
        self._process.wait()

    def run(self, folder: Path, *arguments: str) -> Answer:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps([arguments, str(folder)]) + "\n")
        self._process.stdin.flush()
        answer: dict[str, Any] = json.loads(self._process.stdout.readline())
        return Answer(**answer)


class House:
    """A folder with a company's files, and the process that runs commands in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._driver = Driver()
        people = "1001,甲,客服部,网销客服\n1002,乙,客服部,网销客服\n"
        (folder / "名册.csv").write_text(f"工号,姓名,部门,岗位\n{people}", "utf-8")
        (folder / "密码.txt").write_text(WORD, "utf-8")
        (folder / "密码.txt").chmod(0o600)
        (folder / "数据.csv").write_text(
            "考核月份,工号,指标,实际值\n2026-11,1001,客单价,5\n", "utf-8"
        )
        (folder / "导出.csv").write_text("工号,客服销售额\nQC001,131190\n", "utf-8")
        assert self.run("init", "范本.xlsx", "--example").code == 0

    def close(self) -> None:
        self._driver.close()

    def run(self, *arguments: str) -> Answer:
        return self._driver.run(self.folder, *arguments)

    def ask(self, door: str, file: Path) -> Answer:
        """A file at a door; what an earlier one left behind is taken away."""
        for name in OUTPUTS:
            target = self.folder / name
            shutil.rmtree(target, ignore_errors=True) if target.is_dir() else target.unlink(
                missing_ok=True
            )
        shutil.copy(self.folder / "范本.xlsx", self.folder / "总表.xlsx")
        if door == "annotate" and file.suffix != ".xlsx":
            file = Path(shutil.copy(file, file.with_suffix(".xlsx")))
        return self.run(*(part.format(file=file) for part in DOORS[door]))
