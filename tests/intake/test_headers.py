from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xladdin.intake.grids import Cells
from xladdin.intake.headers import find_headers, header_key

WANTED = {"id": ("工号", "员工编号"), "name": ("姓名",), "target": ("目标值",)}


@pytest.mark.parametrize("label", ["姓名", " 姓 名 ", "姓\n名", "*姓名", "姓名：", "　姓名*"])
def test_a_header_is_compared_without_its_trimmings(label: str) -> None:
    assert header_key(label) == "姓名"


def test_the_row_that_names_most_fields_is_the_header_row() -> None:
    rows: list[Cells] = [
        ["员工名册"],
        ["姓名不要缩写", None],
        ["序号", "工号", "姓名"],
        ["1", "2", "姓名"],
    ]
    head = find_headers(rows, WANTED)
    assert (head.row, head.columns) == (2, {"id": [1], "name": [2]})
    assert head.seen == "序号、工号、姓名"
    assert head.first_column == 1


def test_a_note_in_brackets_is_passed_over() -> None:
    assert find_headers([["目标值（元）"]], WANTED).columns == {"target": [0]}


def test_every_column_of_a_field_is_told() -> None:
    assert find_headers([["员工编号", "员工 编号"]], WANTED).columns == {"id": [0, 1]}
    assert find_headers([["目标值", "目标值（元）"]], WANTED).columns == {"target": [0, 1]}


SEVERAL = {field: (field, *(f"{field}{i}" for i in range(4))) for field in ("a", "b", "c")}
HEADS = [*(name for names in SEVERAL.values() for name in names), "x", ""]


@given(st.permutations(HEADS).flatmap(lambda heads: st.integers(0, 17).map(lambda n: heads[:n])))
def test_the_usual_head_wins_wherever_it_stands(heads: list[str]) -> None:
    head = find_headers([list(heads)], SEVERAL)
    for field, names in SEVERAL.items():
        present = [i for i, label in enumerate(heads) if label in names]
        chosen = [heads.index(field)] if field in heads else present
        assert head.columns.get(field, []) == chosen
        assert sorted(at for at, of in head.passed_over.items() if of == field) == [
            at for at in present if at not in chosen
        ]


def test_headers_below_the_first_rows_are_not_looked_for() -> None:
    rows: list[Cells] = [["x"]] * 20
    assert find_headers([*rows, ["工号"]], WANTED).score == 0
    assert find_headers([], WANTED).score == 0
