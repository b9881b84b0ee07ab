"""Limits are raised on slow machines, and never lowered."""

from __future__ import annotations

import pytest

from tests.workbench import speed


@pytest.mark.parametrize(("taken", "raised"), [([0.1, 0.05, 0.1], 1.0), ([0.3, 0.1, 0.2], 3.0)])
def test_the_slowest_of_three_tries_counts(
    taken: list[float], raised: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(speed, "_measured", taken.pop)
    assert speed.slowness() == pytest.approx(raised)


def test_the_loop_takes_time() -> None:
    assert speed._measured() > 0.01
