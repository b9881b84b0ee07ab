"""Tables whose every column holds odd things: read or refused line by line, by every command."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.app.command import Done, xladdin

ODD = [
    "", " ", "字" * 61, "字" * 600, "x" * 10_000, "\u200b", "\x1b[2J", "\u202e张三", "=1+1", "+1", "#N/A",
    "#DIV/0!", "-", "0", "1e400", "-1", "NaN", "∞", "2026-11-03", "99:99:99", "1,2,3", "一\n二\n三", "'", '"',
    "[red]x[/]", "../../x", "CON", "~$x", "\ue000", "葛\U000e0100城", "👩\u200d💻", "\U0010ffff", "|", ";;", "%", "１２３",
]  # fmt: skip
SOUND = {
    "roster.csv": {"工号": "C001", "姓名": "张三", "昵称": "小张", "部门": "客服部", "岗位": "网销客服", "直接上级": "李四", "考核方案": ""},
    "actuals.csv": {"考核月份": "2026-11", "工号": "C001", "姓名": "张三", "指标": "客单价", "目标值": "200", "实际值": "180", "备注": ""},
    "raters.csv": {"被评人工号": "C001", "被评人": "张三", "评价身份": "同事评", "评价人": "王五", "评价人工号": ""},
    "ratings.csv": {"被评人工号": "C001", "评价身份": "同事评", "评价人": "王五", "要素": "沟通能力", "评级": "优秀"},
}  # fmt: skip
COMPANY = ["--roster", "roster.csv", "--actuals", "actuals.csv"]
GENERATE = ["generate", "--period", "2026-11", "--out", "out", "--roster", "roster.csv"]
COMMANDS = {
    "check": ["check", *COMPANY],
    "monthly": [*GENERATE, "--actuals", "actuals.csv"],
    "competency": [*GENERATE, "--form", "competency", "--employee", "C001", "--raters", "raters.csv", "--ratings", "ratings.csv"],
    "job": [*GENERATE, "--form", "job"],
    "summary": [*GENERATE, "--form", "summary"],
    "score": ["score", "online_shop_monthly", "--actuals", "actuals.csv", "--roster", "roster.csv"],
    "score the file's people": ["score", "online_shop_monthly", "--actuals", "actuals.csv"],
}  # fmt: skip
PAIRS = [(table, name) for name, typed in COMMANDS.items() for table in SOUND if table in typed]


def lines(sound: dict[str, str]) -> Iterator[dict[str, str]]:
    """The sound line, and for each column and each odd thing a line with it."""
    yield sound
    for number, column in enumerate(sound):
        for place, odd in enumerate(ODD):
            line = {**sound, column: odd}
            if "工号" in line and column != "工号":
                # People of their own, so that no line is merely a repetition.
                line["工号"] = f"{line['工号']}-{number}-{place}"
            yield line


def text(rows: list[dict[str, str]]) -> str:
    stream = io.StringIO(newline="")
    writer = csv.DictWriter(stream, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    for name, sound in SOUND.items():
        people = {"姓名": "王五", "工号": "C002"} if name == "roster.csv" else {}
        (tmp_path / name).write_text(
            text([sound, *([{**sound, **people}] if people else [])]), "utf-8"
        )
    return tmp_path


def ends_well(done: Done) -> bool:
    return done.code in (0, 1) and "Traceback" not in done.out + done.err


@pytest.mark.parametrize(("table", "name"), PAIRS)
def test_odd_lines_in_a_table(table: str, name: str, folder: Path) -> None:
    (folder / table).write_text(text(list(lines(SOUND[table]))), "utf-8")
    done = xladdin(*COMMANDS[name])
    assert ends_well(done), done


@pytest.mark.parametrize("odd", ODD, ids=ascii)
def test_odd_heads(odd: str, folder: Path) -> None:
    for table in ("roster.csv", "actuals.csv"):
        rows = [{f"{head}{odd}"[:200]: cell for head, cell in SOUND[table].items()}]
        (folder / table).write_text(text(rows), "utf-8")
    done = xladdin(*COMMANDS["monthly"])
    assert ends_well(done), done
