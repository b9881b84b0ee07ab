"""Commands about packs of evidence."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated, Any

import typer

from xladdin import console
from xladdin.app.reading_company import read_master_company
from xladdin.app.results import evidence
from xladdin.app.results.ledger_upkeep import Done
from xladdin.domain.people import Period
from xladdin.problems import Place, Problem, ProblemsFound, warning

from .command_group import Commands, Group
from .options import UNSEEN, Json, LedgerUrl, finish, month, reply


class _PackingGroup(Group):
    """The group of these commands; where an employee is named, packing needs no name."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        named = any(word == EMPLOYEE or word.startswith(f"{EMPLOYEE}=") for word in args)
        if named and args[0] not in self.commands:
            args = ["pack", *args]
        return super().parse_args(ctx, args)


EMPLOYEE = "--employee"
app = Commands(
    cls=_PackingGroup,
    help="仲裁证据包：打包一名员工的台账条目、原件和规则，离线核对有没有被改动。",
)

MasterFile = Annotated[Path, typer.Argument(metavar="总表.xlsx", help="总表", **UNSEEN)]


@app.callback()
def _group() -> None:
    """仲裁证据包：打包一名员工的台账条目、原件和规则，离线核对有没有被改动。

    打包也可以不写 pack：xladdin evidence 总表.xlsx --employee 工号 --out 文件。
    """


@app.command("pack")
def pack(
    master: MasterFile,
    employee: Annotated[str, typer.Option(help="员工工号")],
    out: Annotated[
        Path,
        typer.Option(help="写到哪里：名字以压缩包的扩展名结尾写成压缩包，否则写成文件夹", **UNSEEN),
    ],
    first: Annotated[
        Period | None,
        typer.Option(
            "--from", parser=month, help="从哪个月，如 2026-01；不写就是台账里他的第一个月"
        ),
    ] = None,
    last: Annotated[
        Period | None,
        typer.Option(
            "--to", parser=month, help="到哪个月，如 2026-12；不写就是台账里他的最后一个月"
        ),
    ] = None,
    url: LedgerUrl = None,
    as_json: Json = False,
) -> None:
    """把一名员工几个月的台账条目、收回的原件、得分和规则打成证据包；他人的评分不放入。"""
    if first is not None and last is not None and first > last:
        raise typer.BadParameter("开始的月份在结束的月份之后", param_hint="--from")
    person, now = employee.strip(), dt.datetime.now(dt.UTC)
    name, problems = _name(master, person)
    done = evidence.pack_evidence(master, url, person, (first, last), out, now, name)
    _end(Done(done.lines, done.data, [*problems, *done.problems]), as_json)


def _name(master: Path, person: str) -> tuple[str, list[Problem]]:
    """What the roster calls somebody; where it does not, the pack has the id alone, which is told."""
    why = "名册里没有这个工号"
    try:
        found = read_master_company(master)[0].people.get(person)
    except ProblemsFound:
        found, why = None, "总表读不出来"
    if found is not None:
        return found.name, []
    message = f"{why}，证据包里只写了工号 {person}，没有姓名"
    return "", [warning("no_name", message, Place(file=master.name))]


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
