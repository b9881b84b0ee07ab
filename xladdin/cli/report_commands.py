"""Reports over service records: monthly."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from xladdin import console
from xladdin.app.reading_company import read_master_company
from xladdin.ooxml.sealing import UNSEALED, Sealing
from xladdin.problems import ProblemsFound

from .command_group import Commands
from .options import UNSEEN, Month, Overwrite, finish_quietly
from .password_options import seals_files

app = Commands(help="由工单、会话、订单等服务数据写分析报告。")
ENGINES = ("duckdb", "spark")
SPARK_URL = "spark://"


@app.callback()
def _reports() -> None:
    """由工单、会话、订单等服务数据写分析报告。"""


def engine_name(text: str) -> str:
    """An engine as typed; wrong usage where there is none of the name."""
    if text in ENGINES or text.startswith(SPARK_URL):
        return text
    raise typer.BadParameter(f"只能是 duckdb、spark 或 spark://地址，现为「{text}」")


Known = Annotated[Path, typer.Argument(metavar="总表.xlsx", help="总表", **UNSEEN)]
Out = Annotated[Path, typer.Option(help="报告写成这个文件（.xlsx）", **UNSEEN)]
Data = Annotated[
    list[Path],
    typer.Option(
        "--data", help="服务数据：文件或文件夹（csv、xlsx、xls、parquet），可以写几个", **UNSEEN
    ),
]
More = Annotated[list[Path] | None, typer.Argument(metavar="数据", help="更多的服务数据", **UNSEEN)]
EngineName = Annotated[
    str,
    typer.Option(
        "--engine", parser=engine_name, help="用什么算：duckdb（不用装）、spark 或 spark://地址"
    ),
]


@app.command()
@seals_files
def monthly(
    master: Known,
    period: Month,
    out: Out,
    data: Data,
    more: More = None,
    engine: EngineName = "duckdb",
    overwrite: Overwrite = False,
    sealing: Sealing = UNSEALED,
) -> None:
    """写客服月度分析报告：总体情况、客户问题、满意度、时段、客服排名、趋势、分析与措施，各一张表。"""
    # Ibis and DuckDB take half a second to import: no other command waits for them.
    from xladdin.app.month_report import month_report  # noqa: PLC0415

    company, problems = read_master_company(master)
    try:
        made = month_report(
            company,
            [*data, *(more or ())],
            period,
            out,
            engine=engine,
            overwrite=overwrite,
            sealing=sealing,
        )
    except ProblemsFound as found:
        raise ProblemsFound([*problems, *found.problems]) from found
    told = [*problems, *made.problems]
    console.complain(told)
    figures = made.figures
    count = figures.main[period]["requests"].value
    part = figures.part(period)
    whole = f"（只有{part}的数据）" if part else ""
    odd = f"；{len(figures.quality)} 类数据问题见“数据质量”" if figures.quality else ""
    console.say(f"写好了 {out}：{period.label}服务请求 {count} 条{whole}{odd}。")
    finish_quietly(told)
