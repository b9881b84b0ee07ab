"""Lines out of the tables are those that plain Python picks."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from xladdin.analysis.reading_lines import count_lines, lines_of, month_lines
from xladdin.analysis.record_lines import OF_MONTH, View
from xladdin.analysis.service_records import COLUMNS, Source
from xladdin.domain.people import Period

from .engine_tables import REQUESTS, duck, numbered

OCTOBER = Period("2026-10")


def keys_of(view: View, row: dict[str, Any]) -> list[Any]:
    match view:
        case View.TYPE:
            return [row["type"]]
        case View.AGENT:
            return [row["agent"]]
        case View.HOUR:
            return [(row["hour"], row["weekday"])]
        case View.WEEKDAY:
            return [(row["weekday"], row["hour"])]
        case View.OPINION:
            keys = (("投诉", "complaint"), ("建议", "suggestion"), ("文字评价", "words"))
            marks = [name for name, key in keys if row[key]]
            return [*([row["satisfaction"]] if row["satisfaction"] else []), *marks]
        case View.ALL:
            return [None, *(["未解决"] if row["open"] else [])]
        case _:
            raise AssertionError(view)


@settings(max_examples=10, deadline=None)
@given(st.lists(REQUESTS, max_size=25), st.sampled_from((2, 6, 5000)))
def test_groups_of_a_month_hold_its_first_lines(rows: list[dict[str, Any]], most: int) -> None:
    given_rows = numbered(rows)
    found = month_lines(duck({Source.REQUESTS: given_rows}), OCTOBER, most)
    asked = [row for row in given_rows if row["month"] == "2026-10"]
    for view in OF_MONTH:
        expected: dict[Any, list[int]] = {}
        for row in asked:
            for key in keys_of(view, row):
                expected.setdefault(key, []).append(row["line"])
        assert {group.key: group.count for group in found.of(view)} == {
            key: len(lines) for key, lines in expected.items()
        }
        for group in found.of(view):
            listed = [line.line for line in group.lines]
            assert listed == expected[group.key][: len(listed)]
            assert listed
            if most == 5000:
                assert listed == expected[group.key]


def test_columns_that_nobody_handed_in_are_unknown() -> None:
    have = {Source.REQUESTS: ["month", "file", "line"]}
    engine = duck({Source.REQUESTS: numbered([{"month": "2026-10"}])}, have)
    found = month_lines(engine, OCTOBER)
    assert [found.of(view) for view in OF_MONTH if view is not View.ALL] == [()] * 5
    assert [group.count for group in found.of(View.ALL)] == [1]
    ((line),) = lines_of(engine)
    assert (line.line, line.type, line.open) == (2, None, None)
    nothing = duck({}, {Source.REQUESTS: []})
    assert month_lines(nothing, OCTOBER).views == {}
    assert (lines_of(nothing), count_lines(nothing)) == ([], 0)


def test_lines_that_meet_a_condition_in_the_order_of_time() -> None:
    rows = numbered([{"opened": 9 - n, "type": "订单" if n % 2 else "产品"} for n in range(6)])
    engine = duck({Source.REQUESTS: rows})
    found = lines_of(engine, lambda t: t.filter(t.type == "订单"), most=2)
    assert [line.opened for line in found] == [4, 6]
    assert count_lines(engine, lambda t: t.filter(t.type == "订单")) == 3


def test_a_line_keeps_every_column_that_is_told() -> None:
    lost = set(COLUMNS[Source.REQUESTS]) - {"month"}
    (line,) = lines_of(duck({Source.REQUESTS: numbered([{"month": "2026-10"}])}))
    assert lost <= set(type(line).__dataclass_fields__)
