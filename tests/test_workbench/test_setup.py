from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from tests.workbench.tools import ROOT

SETUP = ROOT / "tests" / "setup.sh"


def run(path: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"PATH": path}
    command = ["/bin/bash", str(SETUP)]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def test_nothing_is_done_when_all_is_there() -> None:
    done = run(os.environ["PATH"])
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_without_root_the_command_is_printed(tmp_path: Path) -> None:
    for name in ("dirname", "grep"):
        (tmp_path / name).symlink_to(shutil.which(name) or name)
    user = tmp_path / "id"
    user.write_text("#!/bin/sh\necho 1000\n")
    user.chmod(0o755)
    done = run(str(tmp_path))
    assert done.returncode == 1
    assert "sudo apt-get install" in done.stderr
    assert "libreoffice-calc-nogui poppler-utils" in done.stderr


def test_the_script_names_no_host() -> None:
    assert "://" not in SETUP.read_text(encoding="utf-8")
