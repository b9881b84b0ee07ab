"""How many of each group are listed."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from xladdin.analysis.record_lines import fair_share


@given(st.lists(st.integers(1, 2000), max_size=30), st.integers(1, 5000))
def test_small_groups_stay_whole_and_the_sheet_holds_them(counts: list[int], most: int) -> None:
    share = fair_share(counts, most)
    listed = sum(min(count, share) for count in counts)
    if len(counts) <= most:
        assert listed <= most
    if sum(counts) <= most:
        assert listed == sum(counts)
    elif counts and len(counts) <= most:
        assert sum(min(count, share + 1) for count in counts) > most
    assert all(min(count, share) >= 1 for count in counts)
