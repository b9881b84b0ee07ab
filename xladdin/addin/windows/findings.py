"""What an examination finds: each thing that was looked at, and what to do about it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum

from xladdin.problems import Problem, Severity


class State(StrEnum):
    """How a thing is."""

    OK = "ok"
    REMARK = "warning"
    BROKEN = "error"

    @property
    def label(self) -> str:
        return {State.OK: "正常", State.REMARK: "提醒", State.BROKEN: "问题"}[self]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing: a stable code, how it is, and advice in the clerk's words."""

    code: str
    state: State
    message: str
    advice: str = ""

    @property
    def is_broken(self) -> bool:
        return self.state is State.BROKEN

    @property
    def text(self) -> str:
        return f"{self.message}。{self.advice}。" if self.advice else f"{self.message}。"

    def as_problem(self) -> Problem:
        severity = Severity.ERROR if self.is_broken else Severity.WARNING
        return Problem(self.code, self.text, severity=severity)

    def as_json(self) -> dict[str, str]:
        return {name: str(value) for name, value in asdict(self).items()}


def ok(code: str, message: str) -> Finding:
    """Nothing to do."""
    return Finding(code, State.OK, message)


def remark(code: str, message: str, advice: str) -> Finding:
    """Works, or may work."""
    return Finding(code, State.REMARK, message, advice)


def broken(code: str, message: str, advice: str) -> Finding:
    """Keeps the add-in from working."""
    return Finding(code, State.BROKEN, message, advice)


WINDOWS = "windows"
NOT_WINDOWS = broken(
    WINDOWS,
    "加载项只用于 Windows 版 Excel，这台电脑不是 Windows",
    "可以用 xladdin addin build 生成加载项文件，拿到装了 Excel 的 Windows 电脑上用；"
    "或者用 xladdin addin lambdas 生成函数包，它不需要 Python 和加载项，用于 Excel 365",
)
