"""What the console shows for thirty mistakes, as it was when somebody last read it aloud."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
import yaml

from tests.app.command import shown
from tests.books.golden import changed_lines
from tests.master.books import write
from tests.master.edits import edited

MISTAKES: list[dict[str, Any]] = yaml.safe_load(
    Path(__file__).with_name("mistakes.yaml").read_text("utf-8")
)
GOLDEN = Path(__file__).parents[1] / "golden" / "thirty_mistakes.txt"
HOW = "if the change is meant: pytest tests/mistakes --update-golden, and read it aloud"
HEAD = "【{number}】{did}"


def lay_out(mistake: dict[str, Any]) -> None:
    """The files of a mistake, in the current folder."""
    for name, lines in mistake.get("files", {}).items():
        text = "\n".join(line for each in lines for line in _repeated(each)) + "\n"
        Path(name).write_text(text, "utf-8")
    for name, sheets in mistake.get("books", {}).items():
        with xlsxwriter.Workbook(name) as book:
            for title, rows in sheets.items():
                page = book.add_worksheet(title)
                for y, row in enumerate(rows):
                    page.write_row(y, 0, row)
    if "picture" in mistake:
        Path(mistake["picture"]).write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")
    if "master" in mistake:
        write(Path("总表.xlsx"), edited(mistake["master"]))


def _repeated(line: str | dict[str, Any]) -> Iterator[str]:
    if isinstance(line, str):
        yield line
    else:
        yield from (line["lines"].replace("{n}", str(n)) for n in range(1, line["count"] + 1))


def _typed(command: str, mistake: dict[str, Any]) -> str:
    """A command and all that the console shows after it; between two, people fill in forms."""
    code, told = shown(*shlex.split(command))
    for form in Path(mistake.get("spoil", "nowhere")).rglob("*.xlsx"):
        openpyxl.load_workbook(form).save(form)
    return f"> xladdin {command}\n{told}（退出码 {code}）\n"


def section(number: int, mistake: dict[str, Any]) -> str:
    lay_out(mistake)
    commands = "\n".join(_typed(command, mistake) for command in mistake["run"])
    return f"{HEAD.format(number=number, did=mistake['did'])}\n{commands}\n"


@pytest.mark.parametrize(
    ("number", "mistake"), list(enumerate(MISTAKES, start=1)), ids=[it["did"] for it in MISTAKES]
)
def test_what_is_shown(
    number: int,
    mistake: dict[str, Any],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    request: pytest.FixtureRequest,
) -> None:
    monkeypatch.chdir(tmp_path)
    text = section(number, mistake)
    kept = _kept()
    if request.config.getoption("--update-golden"):
        kept[number] = text
        GOLDEN.write_text("".join(kept[at] for at in sorted(kept) if at <= len(MISTAKES)), "utf-8")
    differing = changed_lines(kept.get(number, ""), text)
    assert not differing, "\n".join([HOW, *differing[:60]])


def _kept() -> dict[int, str]:
    text = GOLDEN.read_text("utf-8") if GOLDEN.exists() else ""
    parts = re.split(r"^(?=【\d+】)", text, flags=re.MULTILINE)
    return {int(part[1 : part.index("】")]): part for part in parts if part}


def test_nothing_is_kept_that_is_not_tried_and_there_are_thirty() -> None:
    assert sorted(_kept()) == list(range(1, len(MISTAKES) + 1))
    assert len(MISTAKES) >= 30


def test_no_english_no_traceback_and_few_lines() -> None:
    for number, text in _kept().items():
        for part in re.split(r"^> ", text, flags=re.MULTILINE)[1:]:
            lines = part.splitlines()[1:-1]
            assert len(lines) <= 30, (number, part)
            words = re.sub(
                r"「[^」]*」|[\w./一-鿿-]*\.(?:xlsx|csv|yaml)|--[a-z-]+", "", "\n".join(lines)
            )
            assert not re.search(r"\b[A-Za-z]+ [a-z]+ [a-z]+\b", words), (number, part)
