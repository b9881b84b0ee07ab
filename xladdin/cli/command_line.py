"""All commands, put together."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from xladdin import __version__, console

from .command_group import Commands, LateGroup

ALL_COMMANDS = "全部命令：xladdin --help"

# No command is registered here: the group makes each out of the table when it is asked for.
app = Commands(
    cls=LateGroup,
    help="客服绩效考核：由员工名册和考核方案生成每个人的 Excel 考核表，并计算得分。",
    add_completion=False,
    no_args_is_help=False,
    invoke_without_command=True,
    pretty_exceptions_enable=False,
)


def _version(wanted: bool) -> None:
    if wanted:
        console.say(f"xladdin {__version__}")
        raise typer.Exit


@app.callback()
def _main(
    context: typer.Context,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="显示版本")
    ] = False,
) -> None:
    """客服绩效考核。"""
    if context.invoked_subcommand is None:
        _told_what_is_next()


def _told_what_is_next() -> None:
    # Nobody else waits for what reads masters and ledgers.
    from xladdin.app.next_steps import next_steps  # noqa: PLC0415
    from xladdin.app.recent_use import recall  # noqa: PLC0415

    for line in (*next_steps(Path.cwd(), recall()), ALL_COMMANDS):
        console.say(line)
