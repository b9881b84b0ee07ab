"""Whatever a cell holds, a function answers with a value or with a message; it never raises."""

from __future__ import annotations

import datetime as dt
import inspect
import math
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from xladdin import functions
from xladdin.domain.methods import METHOD_LABELS
from xladdin.functions.method_options import COMMON, SETTINGS
from xladdin.functions.spilling import MOST_CELLS
from xladdin.schemes.library import Library

LONGEST = 255
"""What Excel takes as the text of a message box; longer ones would not be read either."""

_words = st.sampled_from(
    [
        *METHOD_LABELS,
        *METHOD_LABELS.values(),
        *(scheme.id for scheme in Library.shipped().schemes),
        *(item.name for scheme in Library.shipped().schemes for item in scheme.indicators),
        *(level.name for level in Library.shipped().competencies[0].levels),
        *(
            "95%",
            "９５％",
            "--",
            "00:02:23",
            "1,234.50",
            "#N/A",
            "#目标：不是数字",
            "缺2项",
            "",
            " ",
        ),
        *("百分比", "秒", "日期", "10/20/50/15/5", "2-7-1", "relations", "一票否决", "=1+1", "'5"),
    ]
)
_options = st.lists(
    st.sampled_from(
        [option.example for known in (*SETTINGS.values(), COMMON) for option in known]
        + ["封顶=120", "阶梯=", "=3", "评分档=5-4", "方向=左", "阶梯=1:1,1:1", "起点=1:1;终点=1:1"]
    ),
    max_size=4,
).map("；".join)
_numbers = (
    st.floats(allow_nan=True, allow_infinity=True)
    | st.floats(0, 120)
    | st.sampled_from([0.0, -0.0, 1.0, 0.2, 1e-300, 1e300, 1e12, 46329.5])
    | st.integers(-2146826300, -2146826180)
    | st.integers()
    | st.decimals(allow_nan=True, allow_infinity=True)
)
_times = st.datetimes() | st.dates() | st.times() | st.timedeltas()
_cells = st.none() | st.booleans() | _numbers | _times | st.text() | _words | _options
_rows = st.lists(_cells, min_size=1, max_size=4)
_arguments = _cells | st.lists(_rows, max_size=4) | st.tuples(_rows.map(tuple))


@pytest.mark.parametrize("name", functions.__all__)
@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_any_cells_give_a_value_or_a_message(name: str, data: st.DataObject) -> None:
    function = getattr(functions, name)
    count = len(inspect.signature(function).parameters)
    given_ = [data.draw(_arguments) for _ in range(count)]
    for cell in _answers(function(*given_)):
        assert cell is None or isinstance(cell, str | float | int)
        assert not isinstance(cell, float) or math.isfinite(cell)
        if isinstance(cell, str) and cell.startswith("#"):
            assert len(cell) <= LONGEST


def _answers(answer: Any) -> list[Any]:
    if not isinstance(answer, list):
        return [answer]
    assert len({len(row) for row in answer}) == 1
    return [cell for row in answer for cell in row]


@given(st.lists(st.floats(0, 100), min_size=1, max_size=30))
def test_ranks_are_dense_and_follow_the_scores(scores: list[float]) -> None:
    ranks: Any = functions.kpi_rank([[score] for score in scores])
    places = [row[0] for row in ranks]
    assert set(places) == set(range(1, len(set(places)) + 1))
    pairs = sorted(zip(scores, places, strict=True), reverse=True)
    assert [place for _, place in pairs] == sorted(place for _, place in pairs)


@given(st.lists(st.floats(0, 100), min_size=1, max_size=200))
def test_a_distribution_counts_everybody_once(scores: list[float]) -> None:
    table: Any = functions.kpi_distribution([[score] for score in scores])
    advised, actual = ([row[col] for row in table[1:-1]] for col in (2, 3))
    assert sum(advised) == sum(actual) == len(scores)
    assert min(advised) >= 0


@pytest.mark.parametrize("name", functions.__all__)
def test_a_whole_column_is_refused(name: str) -> None:
    column = [[1.0]] * (MOST_CELLS + 1)
    function = getattr(functions, name)
    required = sum(p.default is p.empty for p in inspect.signature(function).parameters.values())
    answer = function(*[column] * max(1, required))
    assert isinstance(answer, str)
    assert "区域太大" in answer


def test_a_column_against_a_row_must_not_become_too_large() -> None:
    answer = functions.kpi_score([[1.0]] * 1000, [[1.0] * 1000], 20.0)
    assert answer == "#实际：结果太大（1000行1000列）"


def test_dates_before_the_first_day_of_a_spreadsheet() -> None:
    answer = functions.kpi_score(
        dt.date(1, 1, 1), dt.date(1, 1, 1), 5.0, "按时", "每天扣=1;计法=日期"
    )
    assert answer == 5
