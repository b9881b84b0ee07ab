"""A grade that was decided in a calibration, as plain values."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Calibrated:
    """What became of one person's grade, by whom and why."""

    before: str
    """The grade that the score gives."""
    after: str
    by: str
    why: str
    order: int | None = None
    """The place among those who have the same grade, from 1; None: not put in an order."""
    at: str = ""
    """``2026-11-27``."""

    @property
    def is_changed(self) -> bool:
        return self.before != self.after

    @property
    def told(self) -> str:
        """``校准：良好→优秀（张三，2026-11-27：带新人）``; empty where the grade stayed."""
        if not self.is_changed:
            return ""
        who = "，".join(filter(None, (self.by, self.at)))
        return f"校准：{self.before}→{self.after}（{who}：{self.why}）"
