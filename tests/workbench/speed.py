"""How slow this machine is, so that limits in seconds of CPU time mean the same on every one.

The limits were set where the loop below takes `USUAL` seconds.  Two programs that share a core, or an older
processor, double the CPU time of everything, and of a law that says nothing.
"""

from __future__ import annotations

import time

USUAL = 0.1
"""Seconds of CPU for the loop at the best; a loop keeps its pace where larger programs slow down."""
_ROUNDS = 5_000_000


def slowness() -> float:
    """By how much a limit is to be raised here and now; 1 on a machine as fast, or faster."""
    return max(1.0, *(_measured() / USUAL for _ in range(3)))


def _measured() -> float:
    begun = time.process_time()
    found = 0
    for number in range(_ROUNDS):
        found += number
    return time.process_time() - begun
