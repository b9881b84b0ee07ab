"""Commands about appeals: what is open, and the answers."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer

from xladdin import console
from xladdin.app.reading_company import read_master_company
from xladdin.company.appealing import REJECTED, UPHELD
from xladdin.ooxml.sealing import UNSEALED, Sealing
from xladdin.problems import Place

from .command_group import Commands
from .options import UNSEEN, Json, LedgerUrl, Overwrite, finish, reply
from .password_options import opens_files, seals_files
from .result_commands import left_open

app = Commands(help="申诉：列出没有答复的和剩下的工作日，答复，更正后的数记进台账。")

MasterFile = Annotated[Path, typer.Argument(metavar="总表.xlsx", help="总表", **UNSEEN)]


@app.callback()
def _group() -> None:
    """申诉：列出没有答复的和剩下的工作日，答复，更正后的数记进台账。"""


@app.command("list")
@seals_files
def list_(
    master: MasterFile,
    every: Annotated[bool, typer.Option("--all", help="答复过的也列出来；问题也逐条列出")] = False,
    out: Annotated[
        Path | None, typer.Option(help="写成申诉清单（.xlsx），在里面答复", **UNSEEN)
    ] = None,
    overwrite: Overwrite = False,
    ledger: LedgerUrl = None,
    as_json: Json = False,
    sealing: Sealing = UNSEALED,
) -> None:
    """列出没有答复的申诉：谁、哪一项、认为应是多少、理由，离答复期限还有几个工作日，逾期的标出来。"""
    from xladdin.app.results.appeals import list_appeals, write_appeals_list  # noqa: PLC0415 - no other needs a database

    company, problems = read_master_company(master)
    found = list_appeals(master, company, dt.date.today(), every=every, url=ledger)
    problems = [*problems, *found.problems]
    if out is not None:
        problems += left_open(company, sealing)
        problems += write_appeals_list(company, found, out, overwrite=overwrite, sealing=sealing)
    if as_json:
        reply({**found.as_json(), "out": None if out is None else str(out)}, problems)
    for line in found.told:
        console.say(line)
    if out is not None:
        console.say(f"写好了 {out}。填好答复以后用 appeals answer（或 collect）收回。")
    finish(problems)


@app.command("answer")
@opens_files
def answer(
    master: MasterFile,
    lists: Annotated[
        list[Path] | None,
        typer.Argument(metavar="申诉清单...", help="填好答复的申诉清单，可以是文件夹", **UNSEEN),
    ] = None,
    number: Annotated[
        int | None, typer.Option("--number", help="不用清单，直接答复第几条", min=1)
    ] = None,
    outcome: Annotated[
        str | None, typer.Option("--outcome", help=f"答复：{UPHELD} 或 {REJECTED}", metavar="答复")
    ] = None,
    figure: Annotated[
        str | None, typer.Option("--figure", help="成立的更正为多少，如 95%、30秒", metavar="数")
    ] = None,
    why: Annotated[str, typer.Option("--why", help="答复的理由", metavar="文字")] = "",
    by: Annotated[str, typer.Option("--by", help="答复人", metavar="姓名")] = "",
    ledger: LedgerUrl = None,
    as_json: Json = False,
) -> None:
    """答复申诉：收回填好的申诉清单，或直接答复一条；成立的更正另记一条，原来的数也留着。"""
    from xladdin.app.results.appeal_answers import take_answers, take_lists  # noqa: PLC0415 - as above
    from xladdin.returns.answer_reading import GivenAnswer, ReadAnswers  # noqa: PLC0415 - as above

    if bool(lists) == (number is not None):
        raise typer.BadParameter("请给出填好的申诉清单，或用 --number 写明答复第几条")
    if lists:
        if outcome or figure or why or by:
            raise typer.BadParameter("这些写在申诉清单里，不和清单一起写", param_hint="--number")
        done = take_lists(master, lists, url=ledger)
    else:
        if outcome not in (UPHELD, REJECTED):
            raise typer.BadParameter(f"请写 {UPHELD} 或 {REJECTED}", param_hint="--outcome")
        said = GivenAnswer(
            str(number), outcome, figure, why.strip(), by.strip(), {"number": Place(master.name)}
        )
        done = take_answers(master, [ReadAnswers(master.name, (said,))], url=ledger)
        done.files = 0
    if as_json:
        reply(done.as_json(), done.problems)
    for line in done.told:
        console.say(line)
    finish(done.problems)
