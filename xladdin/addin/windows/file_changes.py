"""Changes to files that belong together: all problems first, then all changes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from xladdin.files import FileLockedError, in_use, reason, save_whole
from xladdin.problems import Place, Problem, ProblemsFound

NOT_CHANGED = "不能改动：文件正打开着，或者不允许改写"


@dataclass(frozen=True, slots=True)
class Done:
    """What was done, as the clerk is told, and what still stands in the way."""

    told: tuple[str, ...]
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """A file, and what becomes of its content; None is no file."""

    path: Path
    change: Callable[[bytes | None], bytes | None]
    refusal: str
    """What is said of a file that is there but may not be touched."""

    def problem(self, error: Exception) -> Problem:
        if isinstance(error, PermissionError | FileLockedError):
            # Who may not write a file that is not there yet may not write into its folder.
            message = self.refusal if self.path.exists() else "没有写入这个文件夹的权限"
        else:
            message = f"不能改动：{reason(error) if isinstance(error, OSError) else error}"
        return Problem("not_written", message, Place(file=str(self.path)))


@dataclass(frozen=True, slots=True)
class Plan:
    """A step that has something to do."""

    step: Step
    after: bytes | None


def run(steps: Iterable[Step], stopped: Iterable[Problem] = ()) -> list[Path]:
    """Take the steps, and say which files have changed.

    Raises ProblemsFound; where a problem is there already, or a file is seen to refuse its change,
    nothing has been changed.
    """
    plans: list[Plan] = []
    problems = [*stopped, *_try(steps, lambda step: plans.extend(_plans(step)))]
    if not problems:
        by_step = {plan.step: plan.after for plan in plans}
        problems = _try(by_step, lambda step: _put(step.path, by_step[step]))
    if problems:
        raise ProblemsFound(problems)
    return [plan.step.path for plan in plans]


def _try(steps: Iterable[Step], action: Callable[[Step], None]) -> list[Problem]:
    problems = []
    for step in steps:
        try:
            action(step)
        except (OSError, FileLockedError) as error:
            problems.append(step.problem(error))
    return problems


def _plans(step: Step) -> list[Plan]:
    before = _content(step.path)
    after = step.change(before)
    if after == before:
        return []
    if before is not None:
        _refuse_if_locked(step.path)
    return [Plan(step, after)]


def _content(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


def _refuse_if_locked(path: Path) -> None:
    if in_use(path):
        raise FileLockedError(str(path))
    # Excel lets nobody else write what it has open; to ask changes nothing.
    with path.open("r+b"):
        pass


def _put(path: Path, content: bytes | None) -> None:
    if content is None:
        path.unlink(missing_ok=True)
    else:
        save_whole(path, content)
