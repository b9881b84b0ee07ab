"""Runs the command line inside the process: what is typed, and what comes of it."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from typing import Any

import typer

from xladdin import console
from xladdin.garbage import seldom_looked_for
from xladdin.problems import ProblemsFound

from . import usage
from .command_line import app

WRONG_USAGE = 2
OPTION = re.compile(r"--[a-z][a-z-]*")


def run() -> int:
    """The exit code of the command that was typed.

    Faults that are nobody's mistake in using the program are raised.
    """
    console.speak_chinese()
    with seldom_looked_for():
        return _run()


def _run() -> int:
    if any("\0" in argument for argument in sys.argv):
        console.wrong_usage([usage.NO_TEXT])
        return WRONG_USAGE
    try:
        code = typer.main.get_command(app).main(prog_name="xladdin", standalone_mode=False)
    except ProblemsFound as found:
        console.complain(found.problems)
        return 1
    except typer.Abort as aborted:
        # Typer takes the end of any file for the user's wish to stop.
        raise aborted.__cause__ or aborted from None
    except Exception as error:
        if not usage.is_wrong_usage(error):
            raise
        console.wrong_usage(usage.explained(error))
        return WRONG_USAGE
    return code if isinstance(code, int) else 0


def about() -> str:
    """The command and the options that were typed, without their values and without files."""
    known = set(_words(typer.main.get_command(app)))
    typed = (argument.partition("=")[0] for argument in sys.argv[1:])
    return " ".join(["xladdin", *(word for word in typed if word in known)])


def _words(command: Any) -> Iterator[str]:
    """The names of a command's options, and of the commands below it with theirs."""
    for parameter in command.params:
        yield from filter(OPTION.fullmatch, parameter.opts)
    for name, below in getattr(command, "commands", {}).items():
        yield name
        yield from _words(below)
