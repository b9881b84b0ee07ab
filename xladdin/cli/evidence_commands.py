"""Commands about packs of evidence."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer

from xladdin import console
from xladdin.app.results import evidence
from xladdin.app.results.ledger_upkeep import Done
from xladdin.domain.people import Period

from .command_group import Commands
from .options import UNSEEN, Json, LedgerUrl, finish, month, reply

app = Commands(help="仲裁证据包：打包一名员工的台账条目、原件和规则，离线核对有没有被改动。")

MasterFile = Annotated[Path, typer.Argument(metavar="总表.xlsx", help="总表", **UNSEEN)]


@app.callback()
def _group() -> None:
    """仲裁证据包：打包一名员工的台账条目、原件和规则，离线核对有没有被改动。"""


@app.command("pack")
def pack(
    master: MasterFile,
    employee: Annotated[str, typer.Option(help="员工工号")],
    first: Annotated[Period, typer.Option("--from", parser=month, help="从哪个月，如 2026-01")],
    last: Annotated[Period, typer.Option("--to", parser=month, help="到哪个月，如 2026-12")],
    out: Annotated[
        Path,
        typer.Option(help="写到哪里：名字以压缩包的扩展名结尾写成压缩包，否则写成文件夹", **UNSEEN),
    ],
    url: LedgerUrl = None,
    as_json: Json = False,
) -> None:
    """把一名员工几个月的台账条目、收回的原件、得分和规则打成证据包；他人的评分不放入。"""
    if str(first) > str(last):
        raise typer.BadParameter("开始的月份在结束的月份之后", param_hint="--from")
    span, now = (str(first), str(last)), dt.datetime.now(dt.UTC)
    _end(evidence.pack_evidence(master, url, employee.strip(), span, out, now), as_json)


@app.command("verify")
def verify(
    file: Annotated[
        Path, typer.Argument(metavar="证据包", help="证据包（压缩包或文件夹）", **UNSEEN)
    ],
    as_json: Json = False,
) -> None:
    """核对证据包：改动、缺少、多出的文件和接不上的条目逐个指出，退出码为 1；不需要台账。"""
    _end(evidence.verify_evidence(file), as_json)


def _end(done: Done, as_json: bool) -> None:
    if as_json:
        reply(done.data, done.problems)
    for line in done.lines:
        console.say(line)
    finish(done.problems)
