"""How the master calls figures that may still change, and those that may not."""

from __future__ import annotations

FINAL, PROVISIONAL = "最终", "暂定"
