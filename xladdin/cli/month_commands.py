"""The command that opens a month, and asks for its figures."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Annotated

import typer

from xladdin import console
from xladdin.app.months.asking_figures import ask_after
from xladdin.app.months.opening_month import open_month
from xladdin.domain.quantities import Unit
from xladdin.intake.numbers import read_number
from xladdin.intake.text import clean
from xladdin.problems import errors

from .options import UNSEEN, Json, Month, Overwrite, finish, reply
from .password_options import opens_files

LEAST, MOST = Decimal("-0.99"), Decimal(10)
RATE = "增长率请写成 3% 或 -5%，只对一个指标的写成 销售额=3%"


@opens_files
def month(
    master: Annotated[Path, typer.Argument(metavar="总表.xlsx", help="总表", **UNSEEN)],
    period: Month,
    growth: Annotated[
        list[str] | None,
        typer.Option(help="目标比上月增长多少：3% 对全部指标，销售额=3% 对一个；可以写几次"),
    ] = None,
    ask: Annotated[
        Path | None,
        typer.Option(help="再写收数表，每个报数人一份，放在这个文件夹", **UNSEEN),
    ] = None,
    overwrite: Overwrite = False,
    as_json: Json = False,
) -> None:
    """开新月份：在总表里给每人每个指标加一行，沿用上月的目标；可以另写每个报数人的收数表。"""
    done = open_month(master, period, dict(_rate(text) for text in growth or ()))
    problems, data, lines = done.problems, done.as_json(), done.told
    if ask is not None and not errors(done.problems):
        with console.Bar("正在写收数表") as bar:
            asked = ask_after(done, master, ask, overwrite=overwrite, progress=bar)
        problems, data = [*problems, *asked.problems], {**data, **asked.as_json()}
        lines = [*lines, *asked.told]
    if as_json:
        reply(data, problems)
    for line in lines:
        console.say(line)
    finish(problems)


def _rate(text: str) -> tuple[str, Decimal]:
    """Indicator (empty: all of them) and rate; wrong usage where it is none."""
    name, _, said = text.rpartition("=")
    rate = read_number(said, Unit.PERCENT).value if said.strip().endswith(("%", "％")) else None
    if rate is None or not LEAST <= rate <= MOST:
        raise typer.BadParameter(f"「{text}」：{RATE}", param_hint="--growth")
    return clean(name), rate
