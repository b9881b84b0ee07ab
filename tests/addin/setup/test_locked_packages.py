"""Which packages are put beside the interpreter."""

from __future__ import annotations

from tests.workbench.tools import ROOT
from xladdin.addin.setup.locked_packages import read_lock, running

LOCK = """\
# made by somebody
alpha==1.0 ; sys_platform == 'win32' \\
    --hash=sha256:aa \\
    --hash=sha256:bb
    # via
    #   -c requirements/test.txt
    #   Beta
beta==2.0 \\
    --hash=sha256:cc
    # via xladdin (pyproject.toml)
gamma==3.0 \\
    --hash=sha256:dd
    # via xladdin (pyproject.toml:build)
delta==4.0 ; sys_platform == 'darwin' \\
    --hash=sha256:ee
    # via beta
"""


def test_what_runs_on_windows_and_nothing_else() -> None:
    assert [each.line for each in running(read_lock(LOCK))] == [
        "alpha==1.0 --hash=sha256:aa --hash=sha256:bb",
        "beta==2.0 --hash=sha256:cc",
    ]


def test_the_lock_of_this_project() -> None:
    lock = read_lock((ROOT / "requirements/run.txt").read_text("utf-8"))
    kept = {each.name for each in running(lock)}
    assert {"xlwings", "pywin32", "openpyxl", "pydantic-core", "typing-extensions"} <= kept
    assert kept.isdisjoint({"hatchling", "setuptools", "psutil", "appscript"})
    assert all(each.hashes for each in lock)
