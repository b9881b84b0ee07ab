"""Where does a number of a report come from: the lines of service records behind it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from xladdin import console
from xladdin.app.reading_company import read_master_company
from xladdin.problems import ProblemsFound

from .options import UNSEEN, Json, Month, Overwrite, finish_quietly, reply
from .password_options import opens_files
from .report_commands import Data, EngineName, Known, More, app

MOST_SHOWN, MOST_IN_JSON = 20, 5_000
FIRST, LAST = 5, 2
"""Of a line on the screen: when, id, agent, and two more; file and line."""


@app.command()
@opens_files
def rows(
    master: Known,
    period: Month,
    data: Data,
    more: More = None,
    where: Annotated[
        list[str] | None,
        typer.Option(
            "--where",
            help="只要这些行，如 类型=订单、客服=方嘉禾、星期=一、钟点=9、评价=满意、投诉=是、指标=解决率；会话和订单也可以，如 环节=没有付款、数据=订单；可以写几个",
        ),
    ] = None,
    out: Annotated[
        Path | None, typer.Option(help="全部写成这个文件（.csv）；不写只列出前几行", **UNSEEN)
    ] = None,
    as_json: Json = False,
    engine: EngineName = "duckdb",
    overwrite: Overwrite = False,
) -> None:
    """看报告里的一个数是从哪些行来的：条件、条数，和每一行在哪个文件的第几行。"""
    # Ibis and DuckDB take half a second to import: no other command waits for them.
    from xladdin.app.reporting.record_rows import record_rows, write_rows  # noqa: PLC0415

    company, problems = read_master_company(master)
    most = None if out else MOST_IN_JSON if as_json else MOST_SHOWN
    try:
        found = record_rows(
            company, [*data, *(more or ())], period, where or (), engine=engine, most=most
        )
        written = write_rows(found, out, overwrite=overwrite) if out else []
    except ProblemsFound as error:
        told = [*problems, *error.problems]
        if as_json:
            reply({}, told)
        raise ProblemsFound(told) from error
    told = [*problems, *found.problems, *written]
    if as_json:
        lines = [dict(zip(found.heads, row, strict=True)) for row in found.rows[:MOST_IN_JSON]]
        reply(
            {
                "conditions": found.words,
                "count": found.count,
                "counted": found.counted,
                "people": found.people,
                "rows": lines,
            },
            told,
        )
    console.complain(told)
    console.say(f"条件：{found.words}。")
    unit = found.unit if found.people is None else "人"
    people = "" if found.people is None else f"，是 {found.people} 人"
    counted = "" if found.counted is None else f"，其中 {found.counted} {unit}算进分子"
    console.say(f"一共 {found.count} {found.unit}{people}{counted}。")
    if out:
        console.say(f"写好了 {out}。")
    elif found.rows:
        shown = [*range(FIRST), *range(len(found.heads) - LAST, len(found.heads))]
        console.table(
            [found.heads[i] for i in shown], [[row[i] for i in shown] for row in found.rows]
        )
        if len(found.rows) < found.count:
            console.say(f"只列出前 {len(found.rows)} 条；全部请加 --out 文件.csv。")
    finish_quietly(told)
