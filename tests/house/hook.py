"""``make hook``: git runs ``make check`` before each commit.  ``git commit --no-verify`` leaves it out."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.workbench.tools import ROOT

MARK = "# Written by `make hook` of xladdin."
HOOK = f"""\
#!/bin/sh
{MARK}
# Git hands its own variables on, and a checkout of this one would be taken for that one.
unset GIT_DIR GIT_INDEX_FILE GIT_WORK_TREE
exec make --no-print-directory check
"""


def install(root: Path = ROOT) -> Path:
    """Write the hook where git looks for it.  FileExistsError where there is somebody else's."""
    asked = ["git", "rev-parse", "--git-path", "hooks/pre-commit"]
    told = subprocess.run(asked, cwd=root, capture_output=True, text=True, check=True).stdout
    path = root / told.strip()
    if path.exists() and MARK not in path.read_text("utf-8", errors="replace"):
        raise FileExistsError(f"{path} is not ours: left as it is")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(HOOK, "utf-8")
    path.chmod(0o755)
    return path


if __name__ == "__main__":
    try:
        print(f"written: {install()}")
    except (FileExistsError, subprocess.CalledProcessError) as error:
        sys.exit(str(error))
