"""Runs the commands of an entry, each in a Python of its own without a console, and keeps their words."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from xladdin import unforeseen
from xladdin.folding import folded
from xladdin.problems import ProblemsFound

from .entry_jobs import Ask, Job

NO_CONSOLE = getattr(subprocess, "CREATE_NO_WINDOW", 0)
Say = Callable[[str], object]


@dataclass(frozen=True, slots=True)
class Ended:
    """How an entry ended: the highest exit code, all words, what may be opened."""

    code: int
    text: str
    opens: Path | None


def done(job: Job, paths: Sequence[Path], ask: Ask) -> Ended:
    """Do what an entry says.  Never raises: whatever happens is in the words."""
    codes, texts, opens = [0], [], None
    try:
        for command in job.commands(paths, ask):
            texts.append(command.said)
            if command.arguments:
                code, text = run(command.arguments)
                codes.append(code)
                texts.append(text)
            if command.opens is not None and command.opens.exists():
                opens = command.opens
    except ProblemsFound as found:
        codes.append(1)
        texts += (f"错误 {fold}" for fold in folded(found.problems))
    except Exception as error:
        problem = unforeseen.foreseen(error)
        codes.append(unforeseen.EXIT_CODE if problem is None else 1)
        logged = problem is None and unforeseen.record(f"explorer {job.title}", error)
        said = unforeseen.sentence(error, logged=logged) if problem is None else f"错误 {problem}"
        texts.append(said)
    return Ended(max(codes), "\n".join(filter(None, texts)), opens)


def run(arguments: Sequence[str]) -> tuple[int, str]:
    """Exit code and words of a command."""
    command = [str(console_python()), "-B", "-X", "utf8", "-m", "xladdin.cli", *arguments]
    # A pipe as its input: nothing can be asked there, and that is at once at its end.
    finished = subprocess.run(  # noqa: S603 - our own program, and no shell
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        creationflags=NO_CONSOLE,
        check=False,
    )
    text = finished.stdout.decode("utf-8", "replace").replace("\r\n", "\n").strip()
    return finished.returncode, text


def console_python() -> Path:
    """The interpreter that has streams, beside the one without that runs the window."""
    own = Path(sys.executable)
    return own.with_name("python.exe") if own.name.lower() == "pythonw.exe" else own
