"""What an interruption ends with; alone here, since it may come before anything else is imported."""

from __future__ import annotations

INTERRUPTED = 130
STOPPED = "已中断：已经写好的文件都是完整的，再运行一次会接着做其余的。"
