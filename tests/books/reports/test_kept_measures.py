"""Measures that people have decided: whole lines, whatever of them was typed."""

from __future__ import annotations

from decimal import Decimal

from xladdin.books.reports.kept_cells import KeptReport
from xladdin.books.reports.kept_measures import EARLIER, homeless, measures_of

KEPT = KeptReport(
    inputs={
        "act.slow.0.owner": "赵敏",
        "act.slow.0.due": Decimal(46346),
        "finding.slow.0": "慢了，已查明。",
        "act.spare1.says": "双十一",
        "act.left.0.measure": None,
        "team.size": Decimal(8),
    },
    base={
        "act.slow.0.measure": "加人手。",
        "act.slow.0.aim": None,
        "finding.slow.0": "慢于全天。",
        "finding.left.0": "离职1人。",
        "act.left.0.measure": "补招。",
    },
    labels={},
    file_name="月报.xlsx",
    day="2026-11-03",
)


def test_a_line_is_whole_with_what_stood_beside_what_was_typed() -> None:
    slow, spare, left = measures_of(KEPT)
    assert (slow.says, slow.measure, slow.owner) == ("慢了，已查明。", "加人手。", "赵敏")
    assert slow.values["due"] == Decimal(46346)
    assert (spare.says, spare.measure) == ("双十一", None)
    assert (left.says, left.measure) == ("离职1人。", None)


def test_those_whose_finding_is_not_laid_out_have_no_place_but_spare_lines_have() -> None:
    assert [one.row for one in homeless(KEPT, {"finding.slow.0"})] == ["left.0"]
    assert [one.row for one in homeless(KEPT, ())] == ["slow.0", "left.0"]


def test_what_is_not_pointed_out_any_more_says_so_once() -> None:
    slow, spare, _ = measures_of(KEPT)
    assert slow.values["says"] == f"慢了，已查明。{EARLIER}"
    assert spare.values["says"] == "双十一"
    again = KeptReport({"act.slow.0.says": slow.values["says"]}, {}, {}, "a", "b")
    assert next(measures_of(again)).values["says"] == slow.values["says"]


def test_a_measure_has_the_same_mark_whoever_does_it() -> None:
    slow = next(measures_of(KEPT))
    other = KeptReport({**KEPT.inputs, "act.slow.0.owner": "钱进"}, KEPT.base, {}, "a", "b")
    changed = KeptReport({**KEPT.inputs, "act.slow.0.measure": "换人。"}, KEPT.base, {}, "a", "b")
    assert next(measures_of(other)).mark == slow.mark != next(measures_of(changed)).mark


def test_nothing_kept_is_no_measure() -> None:
    assert list(measures_of(None)) == []
