"""The names of a form's values."""

from __future__ import annotations

import re

from xladdin.scoring import keys

NAMED = (
    keys.weight,
    keys.target,
    keys.actual,
    keys.score,
    keys.points,
    keys.counted,
    keys.subtotal,
)
WHOLE = (keys.WEIGHT_TOTAL, keys.TOTAL, keys.GRADE, keys.COEFFICIENT)


def test_keys_are_all_different() -> None:
    found = [*(key("a1") for key in NAMED), *WHOLE]
    assert len(set(found)) == len(found)


def test_keys_are_ascii_with_the_id_behind_a_point() -> None:
    assert all(re.fullmatch(r"[a-z]+\.a1", key("a1")) for key in NAMED)
    assert all(re.fullmatch(r"[a-z_]+", key) for key in WHOLE)
