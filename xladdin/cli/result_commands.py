"""Commands that tell what a month came to: summary, feedback."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from xladdin import console
from xladdin.app.month_scores import month_results
from xladdin.app.reading_company import read_master_company
from xladdin.app.summarise import summarise

from .options import UNSEEN, Month, Overwrite, Ratings, finish_quietly

Known = Annotated[Path, typer.Argument(metavar="总表.xlsx", help="总表", **UNSEEN)]


def summary(
    master: Known,
    period: Month,
    out: Annotated[Path, typer.Option(help="汇总写成这个文件（.xlsx）", **UNSEEN)],
    ratings: Ratings = None,
    overwrite: Overwrite = False,
) -> None:
    """写一个月的汇总：排名、明细、等级分布、奖金、趋势、未交、评价人宽严、签批，各一张表。"""
    company, problems = read_master_company(master, ratings)
    results, more = month_results(company, period)
    console.complain([*problems, *more])
    summarise(results, out, overwrite=overwrite)
    scored = sum(one.total is not None for one in results.people)
    waiting = len(results.people) - scored
    open_ = f"，{waiting} 人还没有总分（见“未交”）" if waiting else ""
    console.say(f"写好了 {out}：{len(results.people)} 人，{scored} 人有总分{open_}。")
    if results.leans:
        console.say("“评价人”一页有评价人的姓名，只给人力资源部门看，交给别人以前请删去这一页。")
    finish_quietly([*problems, *more])
