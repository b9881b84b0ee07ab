"""All commands, put together."""

from __future__ import annotations

from typing import Annotated

import typer

from xladdin import __version__, console

from .command_group import Commands, LateGroup

# No command is registered here: the group makes each out of the table when it is asked for.
app = Commands(
    cls=LateGroup,
    help="客服绩效考核：由员工名册和考核方案生成每个人的 Excel 考核表，并计算得分。",
    add_completion=False,
    pretty_exceptions_enable=False,
)


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
