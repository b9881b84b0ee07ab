"""Options that several commands share, and how every command ends."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer
from pydantic_core import PydanticCustomError

from xladdin import console
from xladdin.domain.month_spans import EXAMPLES, Span
from xladdin.domain.people import Period
from xladdin.problems import Problem, errors

# Nowhere is Typer to look whether a file can be read: whoever reads it says better why not, and a
# file that cannot be read is no wrong usage.
UNSEEN: Any = {"readable": False}

Roster = Annotated[Path | None, typer.Option(help="员工名册（csv、xlsx 或 xls）", **UNSEEN)]
Actuals = Annotated[Path | None, typer.Option(help="目标与实际数据（csv、xlsx 或 xls）", **UNSEEN)]
Schemes = Annotated[
    list[str] | None,
    typer.Option("--scheme", help="考核方案：内置方案编号、yaml 文件或文件夹；不写用内置方案"),
]
Raters = Annotated[
    Path | None, typer.Option(help="评价人名单：谁评谁（csv、xlsx 或 xls）", **UNSEEN)
]
Overwrite = Annotated[
    bool, typer.Option("--overwrite", help="已有的文件不是本命令写的也替换（原来的内容会丢失）")
]
Ratings = Annotated[
    Path | None,
    typer.Option(help="已收到的评级，或问卷星、腾讯问卷的导出表（csv、xlsx 或 xls）", **UNSEEN),
]
LedgerUrl = Annotated[
    str | None,
    typer.Option(
        "--ledger",
        help="台账文件，或 PostgreSQL 数据库的地址；不写用总表旁边的绩效台账",
        metavar="地址",
    ),
]
NoLedger = Annotated[bool, typer.Option("--no-ledger", help="不看台账，全部按总表算")]
Annotate = Annotated[
    Path | None,
    typer.Option(help="另存一份副本，有问题的格子上色并加批注，最后一张表列出全部问题", **UNSEEN),
]
Master = Annotated[Path | None, typer.Argument(metavar="总表.xlsx", help="总表", **UNSEEN)]
Json = Annotated[bool, typer.Option("--json", help="输出 JSON，供程序读取")]


_LIKE_A_NUMBER = re.compile(r"\d{4}\s*\.\s*\d", re.ASCII)
"""2026.4 might be any number: how it is read is said."""


def month(text: str) -> Period:
    """A month as typed; wrong usage where it is none."""
    try:
        period = Period.parse(text)
    except PydanticCustomError as error:
        raise typer.BadParameter(error.message()) from error
    if _LIKE_A_NUMBER.fullmatch(text.strip()):
        console.note(f"月份“{text.strip()}”按{period.label}读；以后请写成 {period}。")
    return period


Month = Annotated[Period, typer.Option("--period", parser=month, help="考核月份，如 2026-11")]


def month_or_span(text: str) -> Period | Span:
    """A month, or several; wrong usage where it is neither."""
    try:
        return Span.parse(text)
    except PydanticCustomError:
        pass
    try:
        return month(text)
    except typer.BadParameter as error:
        raise typer.BadParameter(f"{error.message}，季度、半年、全年写成 {EXAMPLES}") from error


MonthOrSpan = Annotated[
    Any,
    typer.Option(
        "--period",
        parser=month_or_span,
        metavar="月份",
        help="考核月份，如 2026-11；或季度 2026Q4、半年 2026H2、全年 2026",
    ),
]

MaybeMonth = Annotated[
    Period | None,
    typer.Option("--period", parser=month, help="考核月份，如 2026-11；不写按交来最多的月份"),
]


def reply(data: dict[str, Any], problems: Iterable[Problem]) -> NoReturn:
    """Answer a machine: the data with every problem, and the exit code that these ask for."""
    found = list(problems)
    console.show_json({**data, "problems": console.problems_json(found)})
    raise typer.Exit(1 if errors(found) else 0)


def finish(problems: Iterable[Problem]) -> None:
    """Show every problem; exit code 1 when one of them is an error."""
    found = list(problems)
    console.complain(found)
    finish_quietly(found)


def finish_quietly(problems: Iterable[Problem]) -> None:
    """Exit code 1 when one of the problems is an error; they have been shown already."""
    if errors(problems):
        raise typer.Exit(1)
