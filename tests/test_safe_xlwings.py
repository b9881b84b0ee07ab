"""No process of ours ends anybody's Excel; on a pretended Windows, see ``pretended_windows``."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.addin.server_command import SERVE, code
from tests.one_excel import KILLS

ROOT = Path(__file__).parents[1]
PROCESSES = {
    "the ribbon": "import xladdin.ribbon, xladdin.ribbon.guarded_run",
    "the worksheet functions": "import xladdin_udfs",
    "addin build, install and doctor": "import xladdin.cli, xladdin.addin.build as b; b.build()",
    "what is installed": "from xladdin.addin.glue import installed; installed()",
    "another import came first": "import xlwings, xladdin_udfs",
    "the end of an Excel": (
        "import sys; from xladdin.safe_xlwings import xw\n"
        "if sys.platform == 'win32':\n"
        "    windows = sys.modules['xlwings._xlwindows']\n"
        "    app = windows.App.__new__(windows.App)\n"
        "    app._xl = app._pid = type('Excel', (), {'Quit': list})()\n"
        "    app.quit(), app.kill()"
    ),
}


def started(script: str) -> list[str]:
    """What is started by a process that runs this, until it has ended."""
    command = [sys.executable, "-m", "tests.pretended_windows", script]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


@pytest.mark.parametrize("process", PROCESSES)
def test_no_excel_is_looked_for_or_ended(process: str) -> None:
    assert started(PROCESSES[process]) == []


def test_nor_by_the_server_behind_the_cells() -> None:
    assert started(code(until=SERVE)) == []


def test_nor_where_the_import_fails_halfway() -> None:
    broken = (
        "import sys\n"
        "if sys.platform == 'win32':\n"
        "    sys.modules['win32event'] = None\n"
        "    try:\n"
        "        import xladdin.safe_xlwings\n"
        "    except ImportError:\n"
        "        print('failed')"
    )
    assert started(broken) == ["failed"]


@pytest.mark.parametrize("first", ["", "import xlwings\n"])
def test_the_server_behind_the_cells_notes_which_cell_calls(first: str) -> None:
    """However xlwings came; else nobody knew which workbooks are open in the Excel that calls."""
    asked = (
        f"{first}import sys; from xladdin.safe_xlwings import SERVER\n"
        "if sys.platform == 'win32':\n"
        "    print(sys.modules[SERVER].call_udf.__code__.co_name)"
    )
    assert started(asked) == ["noted"]


@pytest.mark.parametrize("script", ["import xlwings", "import xlwings.utils"])
def test_xlwings_alone_would(script: str) -> None:
    """Else nothing of this were shown."""
    assert started(script)[-1] == KILLS


def imports_of_xlwings() -> set[str]:
    found = set()
    for path in [*(ROOT / "xladdin").rglob("*.py"), *(ROOT / "udfs").rglob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
            if any(re.match(r"xlwings\b", name) for name in names):
                found.add(path.relative_to(ROOT).as_posix())
    return found


def test_nobody_else_imports_xlwings() -> None:
    assert imports_of_xlwings() == {"xladdin/safe_xlwings.py"}
