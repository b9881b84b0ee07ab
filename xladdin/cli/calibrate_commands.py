"""Commands about calibration: the sheets that managers fill in, and their way back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from xladdin import console
from xladdin.app.reading_company import read_master_company
from xladdin.app.results.calibration_sheets import write_calibration
from xladdin.app.results.month_scores import month_results
from xladdin.ooxml.sealing import UNSEALED, Sealing

from .command_group import Commands
from .form_commands import told_by_ledger
from .options import (
    UNSEEN,
    Json,
    LedgerUrl,
    MaybeMonth,
    Month,
    NoLedger,
    Overwrite,
    finish,
    reply,
)
from .password_options import opens_files, seals_files
from .result_commands import left_open

app = Commands(help="绩效校准：写校准表给部门负责人，收回填好的，等级按校准后的算。")

MasterFile = Annotated[Path, typer.Argument(metavar="总表.xlsx", help="总表", **UNSEEN)]


@app.callback()
def _group() -> None:
    """绩效校准：写校准表给部门负责人，收回填好的，等级按校准后的算。"""


@app.command("sheet")
@seals_files
def sheet(
    master: MasterFile,
    period: Month,
    out: Annotated[
        Path,
        typer.Option(
            help="写到哪里：以 .xlsx 结尾写成一个文件，否则是文件夹，公司和每个部门各一份", **UNSEEN
        ),
    ],
    department: Annotated[str | None, typer.Option(help="只写这个部门的")] = None,
    overwrite: Overwrite = False,
    ledger: LedgerUrl = None,
    no_ledger: NoLedger = False,
    as_json: Json = False,
    sealing: Sealing = UNSEALED,
) -> None:
    """写校准表：每人的得分、原等级、校准后的等级（下拉选）和理由，人数要求和奖金随着变。"""
    company, problems = read_master_company(master)
    known = told_by_ledger(master, company, period, ledger, no_ledger=no_ledger, quiet=as_json)
    results, more = month_results(known.company, period, kept=known.kept)
    found = [*problems, *known.problems, *more, *left_open(company, sealing)]
    done = write_calibration(
        known.company, results, out, department=department, overwrite=overwrite, sealing=sealing
    )
    found += done.problems
    if as_json:
        reply(done.as_json(), found)
    for line in done.told:
        console.say(line)
    finish(found)


@app.command("take")
@opens_files
def take(
    master: MasterFile,
    paths: Annotated[
        list[Path],
        typer.Argument(
            metavar="校准表...", help="填好的校准表、放它们的文件夹，或者压缩包", **UNSEEN
        ),
    ],
    period: MaybeMonth = None,
    ledger: LedgerUrl = None,
    as_json: Json = False,
) -> None:
    """收回校准表：全部核对，有问题的整份退回并逐条指出，其余记进台账（原等级、校准后、谁、为什么）。"""
    from xladdin.app.results.calibration_returns import take_calibrations  # noqa: PLC0415 - no other needs a database

    with console.Bar("正在收校准表") as bar:
        done = take_calibrations(master, paths, period=period, url=ledger, progress=bar)
    if as_json:
        reply(done.as_json(), done.problems)
    for line in done.told:
        console.say(line)
    finish(done.problems)
