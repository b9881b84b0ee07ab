"""Help comes at once: the table says what the commands say, and nothing else is imported for it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import typer

from xladdin.cli import help_page
from xladdin.cli.command_line import app
from xladdin.cli.command_table import COMMANDS

COMMAND_LINE: Any = typer.main.get_command(app)
OURS = {
    "xladdin",
    "xladdin.characters",
    "xladdin.cli",
    "xladdin.cli.command_group",
    "xladdin.cli.command_line",
    "xladdin.cli.command_table",
    "xladdin.cli.ending",
    "xladdin.cli.help_page",
    "xladdin.cli.interruption",
    "xladdin.cli.running",
    "xladdin.garbage",
    "xladdin.cli.usage",
    "xladdin.console",
    "xladdin.files",
    "xladdin.folding",
    "xladdin.paths",
    "xladdin.problems",
    "xladdin.screen_text",
    "xladdin.unforeseen",
}
"""What may be imported before anything is typed but ``--help``."""
SLOW = {"pydantic", "sqlalchemy", "openpyxl", "xlsxwriter", "yaml", "ibis", "duckdb", "xlwings"}
ASK = """
import sys
from xladdin.cli import main
sys.argv = ["xladdin", *{typed!r}]
try:
    main()
except SystemExit:
    pass
print(*sys.modules)
"""


def imported(*typed: str, folder: Path | None = None) -> set[str]:
    asked = [sys.executable, "-c", ASK.format(typed=typed)]
    done = subprocess.run(
        asked, capture_output=True, text=True, encoding="utf-8", check=True, cwd=folder
    )
    return set(done.stdout.splitlines()[-1].split())


@pytest.mark.parametrize("name", COMMANDS)
def test_the_table_says_what_the_command_says(name: str) -> None:
    command = COMMAND_LINE.commands[name]
    assert (command.name, help_page.summary(command)) == (name, COMMANDS[name].told)


@pytest.mark.parametrize("typed", [("--help",), ("--version",)], ids=str)
def test_help_imports_no_command(typed: tuple[str, ...]) -> None:
    modules = imported(*typed)
    assert {name for name in modules if name.partition(".")[0] == "xladdin"} <= OURS
    assert modules & SLOW == set()


def test_in_a_folder_without_workbooks_nothing_that_reads_them_is_imported(tmp_path: Path) -> None:
    # The parser itself imports that for a command's values.
    assert imported(folder=tmp_path) & SLOW <= {"pydantic"}


def test_a_command_imports_its_own_module() -> None:
    modules = imported("templates", "--help")
    others = {f"xladdin.cli.{one.module}" for one in COMMANDS.values()}
    assert modules & others == {"xladdin.cli.template_commands"}
