"""``python -m tests.house``: the checks of ``make check`` that are no linter's; exit code 1 for findings."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

from tests.house import dead_code, documents, terms
from tests.workbench.tools import ROOT

LINT_IMPORTS = "from importlinter.cli import lint_imports_command as run; run()"


def contracts() -> list[str]:
    """What the import contracts of pyproject.toml say."""
    command = [sys.executable, "-c", LINT_IMPORTS, "pyproject.toml", "--no-cache"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    return [] if done.returncode == 0 else (done.stdout + done.stderr).splitlines()


CHECKS = {
    "import contracts": contracts,
    "dead code": dead_code.findings,
    "documents": documents.findings,
    "terms": terms.findings,
}


def main() -> int:
    with ThreadPoolExecutor() as threads:
        running = {name: threads.submit(check) for name, check in CHECKS.items()}
        found = {name: one.result() for name, one in running.items()}
    for name, lines in found.items():
        print(f"{name}: {len(lines) or 'nothing'} found")
        for line in lines:
            print(f"  {line}")
    return int(any(found.values()))


if __name__ == "__main__":
    sys.exit(main())
