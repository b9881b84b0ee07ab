"""Options that print the forms which a command has written, and what is said of it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from xladdin import console
from xladdin.app.generating.planning import Form
from xladdin.app.printing import libreoffice
from xladdin.app.printing.print_forms import FOLDER, NO_PRINTER, print_forms, title_of
from xladdin.books.forms import Suite
from xladdin.domain.people import Period
from xladdin.ooxml.sealing import Sealing
from xladdin.problems import Problem

Pdf = Annotated[
    bool,
    typer.Option(
        "--pdf",
        help=f"再打成 PDF，一个部门一份，按名册的顺序，放在“{FOLDER}”文件夹；要装有 LibreOffice",
    ),
]
Duplex = Annotated[
    bool, typer.Option("--duplex", help="和 --pdf 一起写：双面打印时，每个人的表从新的一张纸开始")
]


PrintWhole = Annotated[
    bool,
    typer.Option(
        "--pdf-whole",
        help="和 --pdf 一起写：每个人的“填表说明”“数据来源”也打，不写只打各人不同的那张",
    ),
]


def refuse_alone(pdf: bool, **options: bool) -> None:
    """Wrong usage: what these options change, only ``--pdf`` makes."""
    for name, given in options.items():
        if given and not pdf:
            raise typer.BadParameter("要和 --pdf 一起写", param_hint=f"--{name.replace('_', '-')}")


def print_out(
    folder: Path,
    forms: Sequence[Form],
    suite: Suite,
    period: Period,
    *,
    whole: bool,
    duplex: bool,
    sealing: Sealing,
) -> list[Problem]:
    """Print them, say what was printed, and give back what was not."""
    printer = libreoffice.installed()
    if printer is None:
        found = [Problem("no_libreoffice", NO_PRINTER)]
        console.complain(found)
        return found
    with console.Bar("正在打成 PDF") as bar:
        printed = print_forms(
            folder,
            forms,
            printer,
            title=title_of(suite, period),
            whole=whole,
            duplex=duplex,
            sealing=sealing,
            progress=bar,
        )
    console.complain(printed.problems)
    for line in printed.told:
        console.say(line)
    return printed.problems
