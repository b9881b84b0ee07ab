"""Reports over service records: monthly, shop, debrief."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from xladdin import console
from xladdin.app.reading_company import read_master_company
from xladdin.intake.months import year_in
from xladdin.ooxml.sealing import UNSEALED, Sealing
from xladdin.problems import Problem, ProblemsFound

from .command_group import Commands
from .options import UNSEEN, LedgerUrl, Month, Overwrite, finish_quietly
from .password_options import seals_files
from .result_commands import left_open

if TYPE_CHECKING:
    from xladdin.analysis.month_figures import MonthFigures
    from xladdin.app.reporting.kept_reports import KeptReports

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


WithoutLedger = Annotated[
    bool, typer.Option("--no-ledger", help="不看台账，收回的报告里填的内容不填回")
]


@app.command()
@seals_files
def monthly(
    master: Known,
    period: Month,
    out: Out,
    data: Data,
    more: More = None,
    ledger: LedgerUrl = None,
    no_ledger: WithoutLedger = False,
    engine: EngineName = "duckdb",
    overwrite: Overwrite = False,
    sealing: Sealing = UNSEALED,
) -> None:
    """写客服月度分析报告：总体情况、客户问题、满意度、时段、客服排名、趋势、分析与措施，各一张表。"""
    # Ibis and DuckDB take half a second to import: no other command waits for them.
    from xladdin.app.reporting.month_report import month_report  # noqa: PLC0415

    company, problems = read_master_company(master)
    files = [*data, *(more or ())]
    with _after(problems):
        kept = _kept(master, ledger, without=no_ledger)
        made = month_report(
            company,
            files,
            period,
            out,
            engine=engine,
            overwrite=overwrite,
            sealing=sealing,
            kept=kept,
        )
    count = made.figures.main[period]["requests"].value
    _put_back(made.put_back)
    _said(f"服务请求 {count} 条", made.figures, out, [*problems, *made.problems])


@app.command()
@seals_files
def shop(
    master: Known,
    period: Month,
    out: Out,
    data: Data,
    more: More = None,
    ledger: LedgerUrl = None,
    no_ledger: WithoutLedger = False,
    engine: EngineName = "duckdb",
    overwrite: Overwrite = False,
    sealing: Sealing = UNSEALED,
) -> None:
    """写店铺客服分析报告：工作量、满意度、咨询转化、付款转化、平台口径、客服、分析与措施，各一张表。

    只有会话、没有工单的，把每个会话算一个服务请求，写在“口径”里。
    """
    # As above.
    from xladdin.app.reporting.shop_report import shop_report  # noqa: PLC0415

    company, problems = read_master_company(master)
    files = [*data, *(more or ())]
    with _after(problems):
        kept = _kept(master, ledger, without=no_ledger)
        made = shop_report(
            company,
            files,
            period,
            out,
            engine=engine,
            overwrite=overwrite,
            sealing=sealing,
            kept=kept,
        )
    figures = made.figures.main[period]
    counted = [
        f"{name} {figures[key].value} {unit}"
        for key, name, unit in (
            ("requests", "服务请求", "条"),
            ("chats", "会话", "条"),
            ("paid_orders", "付款订单", "个"),
        )
        if key in figures and figures[key].value is not None
    ]
    if made.figures.from_chats:
        counted[0] += "（就是会话，没有工单）"
    _put_back(made.put_back)
    _said("、".join(counted), made.figures, out, [*problems, *made.problems])


def _kept(master: Path, ledger: str | None, *, without: bool) -> KeptReports:
    """What people had filled in on reports that came back."""
    from xladdin.app.reporting.kept_reports import (  # noqa: PLC0415 - no other needs a database
        NONE_KEPT,
        kept_reports,
    )

    if without and ledger:
        raise typer.BadParameter("不能和 --ledger 一起写", param_hint="--no-ledger")
    return NONE_KEPT if without else kept_reports(master, ledger)


def _put_back(told: str) -> None:
    if told:
        console.say(f"{told}。")


@contextmanager
def _after(problems: list[Problem]) -> Iterator[None]:
    """What is raised comes after what was found before."""
    try:
        yield
    except ProblemsFound as found:
        raise ProblemsFound([*problems, *found.problems]) from found


def _said(counted: str, figures: MonthFigures, out: Path, told: list[Problem]) -> None:
    """What was written, of how much, and what is odd about it."""
    console.complain(told)
    part = figures.part(figures.period)
    whole = f"（只有{part}的数据）" if part else ""
    odd = f"；{len(figures.quality)} 类数据问题见“数据质量”" if figures.quality else ""
    console.say(f"写好了 {out}：{figures.period.label}{counted}{whole}{odd}。")
    finish_quietly(told)


def year_number(text: str) -> int:
    """A year as typed, ``2026`` or ``2026年``; wrong usage where it is none."""
    year = year_in(text)
    if year is None:
        raise typer.BadParameter(f"「{text[:20]}」不是年份，请写成 2026 的样子")
    return year


@app.command()
@seals_files
def debrief(
    master: Known,
    year: Annotated[int, typer.Option("--year", parser=year_number, help="述职的年份，如 2026")],
    out: Annotated[
        Path,
        typer.Option(
            help="放述职报告的文件夹；只写一个人或一个部门的，可以是一个 .xlsx 文件", **UNSEEN
        ),
    ],
    data: Annotated[
        list[Path] | None,
        typer.Option(
            "--data", help="两年的服务数据：文件或文件夹，可以写几个；不写就留空格自己填", **UNSEEN
        ),
    ] = None,
    more: More = None,
    employee: Annotated[list[str] | None, typer.Option("--employee", help="只写这个工号")] = None,
    department: Annotated[str | None, typer.Option(help="只写这个部门（部门的和每个人的）")] = None,
    ledger: LedgerUrl = None,
    no_ledger: Annotated[
        bool, typer.Option("--no-ledger", help="不看台账，考核结果留空格自己填")
    ] = False,
    engine: EngineName = "duckdb",
    overwrite: Overwrite = False,
    sealing: Sealing = UNSEALED,
) -> None:
    """写客服述职报告数据分析表：每人一份、部门一份，去年和今年逐月比。

    满意度、每月投诉、处理时间、解决率取自服务数据，考核总分和等级取自台账；没有的留黄格自己填。
    个人的报告里没有别人的数，只有五个人以上的中位数。
    培训日期写在总表的“设置”里，名称写“培训日期”加工号、姓名或部门，内容如“2026-05-12 产品知识”；也可以在报告里填。
    """
    from xladdin.analysis.debrief_figures import months_of  # noqa: PLC0415 - as above
    from xladdin.app.reporting.debriefs import Asked, debriefs  # noqa: PLC0415 - as above
    from xladdin.app.results.ledger_results import kept_months  # noqa: PLC0415 - no other needs a database

    company, problems = read_master_company(master)
    problems += left_open(company, sealing)
    with _after(problems):
        returned = _kept(master, ledger, without=no_ledger)
    asked = Asked(
        year,
        out,
        employee or (),
        department,
        [*(data or ()), *(more or ())],
        engine,
        overwrite,
        sealing,
        returned,
    )
    with _after(problems):
        months = [*months_of(year - 1), *months_of(year)]
        name, kept, told = (
            ("", {}, []) if no_ledger else kept_months(master, company, months, ledger)
        )
        problems += told
        if name:
            console.say(f"台账 {name}：{year - 1}年和{year}年考核表 {len(kept)} 份。")
        with console.Bar("正在生成") as bar:
            made = debriefs(company, asked, kept, bar)
    problems += made.problems
    for line in dict.fromkeys(made.put_back):
        _put_back(line)
    console.complain(problems)
    until = made.until
    part = f"；{year}年的数据到{until.month}月" if until and until.month < len(months) // 2 else ""
    console.say(f"写好了 {len(made.written)} 份述职报告：{out}{part}。")
    finish_quietly(problems)
