"""All commands, put together."""

from __future__ import annotations

from typing import Annotated

import typer

from xladdin import __version__, console

from . import (
    addin_commands,
    data_commands,
    form_commands,
    ledger_commands,
    record_commands,
    report_commands,
    result_commands,
    scheme_commands,
    template_commands,
)
from .command_group import Commands

app = Commands(
    help="客服绩效考核：由员工名册和考核方案生成每个人的 Excel 考核表，并计算得分。",
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command()(form_commands.demo)
app.command()(form_commands.init)
app.command()(form_commands.generate)
app.command()(data_commands.check)
app.command()(scheme_commands.rename)
app.command("import")(data_commands.import_)
app.command()(data_commands.collect)
app.command()(data_commands.score)
app.command()(result_commands.summary)
app.command()(result_commands.feedback)
report_commands.app.command()(record_commands.rows)
app.add_typer(report_commands.app, name="report")
app.add_typer(template_commands.app, name="templates")
app.add_typer(scheme_commands.app, name="scheme")
app.add_typer(ledger_commands.period, name="period")
app.add_typer(ledger_commands.ledger, name="ledger")
app.add_typer(addin_commands.app, name="addin")


def _version(wanted: bool) -> None:
    if wanted:
        console.say(f"xladdin {__version__}")
        raise typer.Exit


@app.callback()
def _main(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="显示版本")
    ] = False,
) -> None:
    """客服绩效考核。"""
