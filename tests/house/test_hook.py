"""The hook is written where git looks, and nobody else's is touched."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from tests.house.hook import HOOK, install


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    subprocess.run(["git", "init", "--quiet", str(tmp_path)], check=True)
    return tmp_path


def test_it_is_written_and_may_be_written_again(repository: Path) -> None:
    path = install(repository)
    assert path == repository / ".git" / "hooks" / "pre-commit"
    assert install(repository).read_text("utf-8") == HOOK
    assert os.access(path, os.X_OK)


def test_a_hook_of_somebody_else_stays(repository: Path) -> None:
    path = repository / ".git" / "hooks" / "pre-commit"
    path.parent.mkdir(exist_ok=True)
    path.write_text("#!/bin/sh\necho mine\n", "utf-8")
    with pytest.raises(FileExistsError):
        install(repository)
    assert path.read_text("utf-8") == "#!/bin/sh\necho mine\n"


def test_a_commit_runs_it_and_fails_with_it(repository: Path) -> None:
    install(repository)
    (repository / "Makefile").write_text("check:\n\t@echo looked; false\n", "utf-8")
    identity = ["-c", "user.name=a", "-c", "user.email=a@example.org"]
    subprocess.run(["git", "add", "Makefile"], cwd=repository, check=True)
    done = subprocess.run(
        ["git", *identity, "commit", "--message", "a"],
        cwd=repository,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "looked" in done.stdout + done.stderr
