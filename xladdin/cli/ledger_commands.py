"""Commands about the ledger, and about months."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated, Any

import typer

from xladdin import console
from xladdin.app.results import ledger_upkeep
from xladdin.app.results.ledger_upkeep import Done
from xladdin.ledger.records import PeriodState

from .command_group import Commands
from .options import UNSEEN, Json, LedgerUrl, Month, finish, reply

ledger = Commands(help="绩效台账：核对、备份、恢复、查看里面有谁、按要求删除。")
period = Commands(help="考核月份：打开、关闭、写明原因后重新打开，列出谁在什么时候做的。")

MasterFile = Annotated[Path, typer.Argument(metavar="总表.xlsx", help="总表", **UNSEEN)]
By = Annotated[str, typer.Option(help="经办人，记入台账；不写用登录这台电脑的名字")]


@ledger.callback()
def _ledger_group() -> None:
    """绩效台账：核对、备份、恢复、查看里面有谁、按要求删除。"""


@period.callback()
def _period_group() -> None:
    """考核月份：打开、关闭、写明原因后重新打开，列出谁在什么时候做的。"""


def _end(done: Done, as_json: bool) -> None:
    if as_json:
        reply(done.data, done.problems)
    for line in done.lines:
        console.say(line)
    finish(done.problems)


@ledger.command("verify")
def verify(master: MasterFile, url: LedgerUrl = None, as_json: Json = False) -> None:
    """逐条核对台账和存档的文件：谁的程序改过哪一条，都会指出来；有改动时退出码为 1。"""
    _end(ledger_upkeep.verify_ledger(master, url), as_json)


@ledger.command("backup")
def backup(master: MasterFile, url: LedgerUrl = None, as_json: Json = False) -> None:
    """把台账备份到总表旁边；每次改动台账之前也会自动备份。"""
    _end(ledger_upkeep.back_up_ledger(master, url, dt.datetime.now(dt.UTC)), as_json)


@ledger.command("restore")
def restore(
    master: MasterFile,
    copy: Annotated[
        Path | None,
        typer.Option("--from", help="用这份备份；不写用最新一份核对无误的", **UNSEEN),
    ] = None,
    url: LedgerUrl = None,
    as_json: Json = False,
) -> None:
    """从备份恢复台账；换下的台账另存在旁边，不会丢。"""
    _end(ledger_upkeep.restore_ledger(master, url, copy, dt.datetime.now(dt.UTC)), as_json)


@ledger.command("people")
def people(master: MasterFile, url: LedgerUrl = None, as_json: Json = False) -> None:
    """列出台账里有谁、各有什么。"""
    done = ledger_upkeep.ledger_people(master, url, dt.date.today())
    if not as_json:
        heads = ("工号", "姓名", "月份", "内容")
        rows = [
            (
                line["employee"],
                line["name"] or "（名册中没有）",
                _span(line["first"], line["last"]),
                "、".join(f"{label} {count}" for label, count in line["entries"].items()),
            )
            for line in done.data["people"]
        ]
        console.table(heads, rows)
    _end(done, as_json)


def _span(first: str | None, last: str | None) -> str:
    if not first:
        return ""
    return str(first) if first == last else f"{first} 至 {last}"


@ledger.command("forget")
def forget(
    master: MasterFile,
    why: Annotated[str, typer.Option(help="删除的原因，记入台账；请不要写姓名")],
    employee: Annotated[
        list[str] | None, typer.Option(help="删除这个工号的内容；可以写几次")
    ] = None,
    expired: Annotated[
        bool, typer.Option("--expired", help="删除过了保留期的内容（总表“设置”里的台账保留月数）")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="真的删除；不写只列出将删除什么")] = False,
    by: Annotated[str, typer.Option(help="经办人，记入台账")] = "",
    url: LedgerUrl = None,
    as_json: Json = False,
) -> None:
    """按法律或保留期的要求删除个人的内容和存档文件；登记和指纹留下，台账仍可核对。"""
    if bool(employee) == expired:
        raise typer.BadParameter("请给出 --employee 或 --expired，二者取一")
    if not why.strip():
        raise typer.BadParameter("请写明删除的原因", param_hint="--why")
    done = ledger_upkeep.forget_people(
        master, url, employee or (), expired=expired, why=why, by=by,
        today=dt.date.today(), really=yes,
    )  # fmt: skip
    _end(done, as_json)


@period.command("open")
def open_period(
    master: MasterFile, month: Month, by: By = "", url: LedgerUrl = None, as_json: Json = False
) -> None:
    """打开一个月，开始收表。"""
    done = ledger_upkeep.change_period(master, month, PeriodState.OPEN, url=url, by=by)
    _end(done, as_json)


@period.command("close")
def close_period(
    master: MasterFile, month: Month, by: By = "", url: LedgerUrl = None, as_json: Json = False
) -> None:
    """关闭一个月：台账不再接收这个月的表和得分。"""
    done = ledger_upkeep.change_period(master, month, PeriodState.CLOSED, url=url, by=by)
    _end(done, as_json)


@period.command("reopen")
def reopen_period(
    master: MasterFile,
    month: Month,
    why: Annotated[str, typer.Option(help="重新打开的原因，记入台账")],
    by: By = "",
    url: LedgerUrl = None,
    as_json: Json = False,
) -> None:
    """把关闭的月份重新打开，要写明原因。"""
    done = ledger_upkeep.change_period(master, month, PeriodState.REOPENED, url=url, by=by, why=why)
    _end(done, as_json)


@period.command("list")
def list_periods(master: MasterFile, url: LedgerUrl = None, as_json: Json = False) -> None:
    """列出每个月什么时候由谁打开、关闭、重新打开，原因是什么。"""
    done = ledger_upkeep.list_periods(master, url)
    if not as_json and done.data["changes"]:
        heads = ("月份", "做了什么", "经办人", "时间", "原因", "台账条号")
        console.table(heads, [_change_row(each) for each in done.data["changes"]])
    _end(done, as_json)


def _change_row(change: dict[str, Any]) -> tuple[str, ...]:
    at = dt.datetime.fromisoformat(change["at"]).astimezone()
    return (
        change["period"],
        ledger_upkeep.SAID[PeriodState(change["state"])],
        change["by"] or "（没有记）",
        f"{at:%Y-%m-%d %H:%M}",
        change["why"] or "",
        str(change["entry"]),
    )
