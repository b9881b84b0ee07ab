"""Commands about data: check, import, score."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from xladdin import console
from xladdin.app import check as checking
from xladdin.app import checking_master
from xladdin.app import score as scoring
from xladdin.app.collecting import collect as collecting
from xladdin.app.imports import importing
from xladdin.domain.quantities import plain
from xladdin.scoring import keys

from .options import (
    UNSEEN,
    Actuals,
    Annotate,
    Json,
    LedgerUrl,
    MaybeMonth,
    Month,
    Overwrite,
    Roster,
    Schemes,
    finish,
    reply,
)
from .password_options import opens_files

if TYPE_CHECKING:
    from xladdin.app.results.calibration_returns import TakenCalibrations
    from xladdin.domain.people import Period
    from xladdin.returns.calibration_reading import ReadCalibration


@opens_files
def check(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="文件",
            help="总表（xlsx）、方案或岗位的 yaml 文件，或放这些文件的文件夹",
            **UNSEEN,
        ),
    ] = None,
    roster: Roster = None,
    actuals: Actuals = None,
    scheme: Schemes = None,
    annotate: Annotate = None,
    overwrite: Overwrite = False,
    as_json: Json = False,
) -> None:
    """检查总表、名册、数据和方案，列出全部问题；有错误时退出码为 1。"""
    if not paths and roster is None:
        raise typer.BadParameter("请给出要检查的文件，或用 --roster 给出员工名册")
    if annotate is None:
        found = checking_master.check_paths(paths or ())
    elif paths is None or len(paths) != 1 or not checking_master.is_master(paths[0]):
        raise typer.BadParameter("只用于检查一个总表（xlsx）", param_hint="--annotate")
    else:
        found = checking_master.check_annotated(paths[0], annotate, overwrite=overwrite)
    if roster is not None:
        told = {problem for checked in found for problem in checked.problems}
        found.append(checking.check_company(roster, actuals, scheme or (), paths or (), told))
    problems = [problem for checked in found for problem in checked.problems]
    if as_json:
        reply({}, problems)
    for checked in found:
        for line in checked.seen:
            console.say(line)
    # First, so that it is there even where nobody reads the problems.
    console.say(f"{console.counted(problems)}。")
    finish(problems)


@opens_files
def import_(
    master: Annotated[Path, typer.Argument(metavar="总表.xlsx", help="总表", **UNSEEN)],
    exports: Annotated[
        list[Path],
        typer.Argument(metavar="导出表...", help="系统导出的表（csv、xlsx 或 xls）", **UNSEEN),
    ],
    period: Month,
    as_json: Json = False,
) -> None:
    """把系统导出的数据写入总表的“月度目标与实际”；写入前在旁边留一份备份。"""
    with console.Bar("正在导入") as bar:
        today = dt.date.today()
        done = importing.import_exports(master, exports, period, today=today, progress=bar)
    if as_json:
        reply(done.as_json(), done.problems)
    for line in done.told:
        console.say(line)
    finish(done.problems)


@opens_files
def collect(
    master: Annotated[Path, typer.Argument(metavar="总表.xlsx", help="总表", **UNSEEN)],
    paths: Annotated[
        list[Path],
        typer.Argument(
            metavar="收到的表...", help="交回来的表、放这些表的文件夹，或者压缩包", **UNSEEN
        ),
    ],
    period: MaybeMonth = None,
    move_to: Annotated[
        Path | None, typer.Option(help="读完、没有问题的文件移到这个文件夹", **UNSEEN)
    ] = None,
    repair: Annotated[
        Path | None, typer.Option(help="被改动过的表，带上填的内容重新写一份，放到这里", **UNSEEN)
    ] = None,
    ledger: LedgerUrl = None,
    as_json: Json = False,
) -> None:
    """收回填好的表：读出填的内容，重新计分，填入总表的空格，写一份收表清单。

    里面有校准表、填了申诉的反馈单、填了答复的申诉清单的，一起收：核对以后记进台账。
    """
    from xladdin.app.collecting.collect_ledger import LedgerKeeper  # noqa: PLC0415 - no other needs a database

    def calibrate(reads: Sequence[ReadCalibration], month: Period | None) -> TakenCalibrations:
        from xladdin.app.results.calibration_returns import take_read  # noqa: PLC0415 - most months have none

        return take_read(master, reads, period=month, url=ledger)

    keeper = LedgerKeeper.of(master, ledger)
    with console.Bar("正在收表") as bar:
        done = collecting.collect(
            master,
            paths,
            period=period,
            move_to=move_to,
            repair_to=repair,
            keeper=keeper,
            calibrate=calibrate,
            progress=bar,
        )
    data, lines = done.as_json(), done.told
    if done.slips or done.appeal_answers:
        from xladdin.app.collecting.collect_decisions import take_decisions  # noqa: PLC0415 - as above

        taken = take_decisions(master, done, dt.date.today(), url=ledger)
        data, lines = {**data, **taken.data}, [*lines, *taken.told]
    if as_json:
        reply(data, done.problems)
    for line in lines:
        console.say(line)
    finish(done.problems)


@opens_files
def score(
    schemes: Annotated[
        list[str],
        typer.Argument(metavar="方案", help="总表，或考核方案（内置编号、yaml 文件、文件夹）"),
    ],
    actuals: Annotated[Path, typer.Option(help="目标与实际数据（csv、xlsx 或 xls）", **UNSEEN)],
    roster: Roster = None,
    as_json: Json = False,
) -> None:
    """不生成表，直接计算得分、等级和系数。"""
    scored, problems = scoring.score_file(schemes, actuals, roster)
    if as_json:
        reply({"scores": (line.as_json() for line in scored)}, problems)
    heads = ("月份", "工号", "姓名", "方案", "最终得分", SCALED, "等级", "奖金系数")
    rows = [heads, *map(_score_row, scored)]
    column = heads.index(SCALED)
    if not any(row[column] for row in rows[1:]):
        # Beside the total, where a scheme has a scale of its own.
        rows = [(*row[:column], *row[column + 1 :]) for row in rows]
    console.table(rows[0], rows[1:])
    finish(problems)


SCALED = "折合"


def _score_row(line: scoring.Scored) -> tuple[str, ...]:
    coefficient = line.values[keys.COEFFICIENT]
    return (
        line.period,
        line.employee.id,
        line.employee.name,
        line.scheme.name,
        f"{line.total:.2f}" if isinstance(line.total, Decimal) else line.incomplete,
        line.scaled,
        str(line.values[keys.GRADE] or ""),
        plain(coefficient) if isinstance(coefficient, Decimal) else "",
    )
