"""Limits are raised on slow machines, and never lowered."""

from __future__ import annotations

import pytest

from tests.workbench import speed


@pytest.mark.parametrize(
    ("taken", "raised"), [([0.15, 0.9], 1.0), ([0.1, 0.1], 1.0), ([0.9, 0.3], 2.0)]
)
def test_the_faster_of_two_tries_counts(
    taken: list[float], raised: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(speed, "_measured", taken.pop)
    assert speed.slowness() == pytest.approx(raised)


def test_the_loop_takes_time() -> None:
    assert speed._measured() > 0.01
