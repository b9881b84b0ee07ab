"""Nodes over ranges: what they give, how they are printed, and the same in LibreOffice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import get_args

import pytest
import xlsxwriter
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from tests.equality.collecting import collect
from tests.workbench.addresses import address
from tests.workbench.office import Office
from xladdin.formula.evaluate import Value, evaluate
from xladdin.formula.excel import excel
from xladdin.formula.explain import explain
from xladdin.formula.nodes import (
    CellOf,
    Condition,
    CountWhere,
    Differs,
    Either,
    Expr,
    Filled,
    FirstMatch,
    If,
    Join,
    Lists,
    Median,
    NthFilled,
    Num,
    PickWhere,
    PlaceWhere,
    Range,
    RangeExpr,
    Rel,
    Related,
    Rising,
    Same,
    SumWhere,
    Text,
    Var,
    add,
    number,
)
from xladdin.formula.walk import children, nodes, ranges, substitute, variables

IDS, NAMES, SUMS = Range("t.ids"), Range("t.names"), Range("t.sums")
WANTED, OTHER = Var("wanted", text=True), Var("other", text=True)
PLACES = {
    "t.ids": "t[号]",
    "t.names": "t[名]",
    "t.sums": "t[数]",
    "wanted": "A1",
    "other": "B1",
}
ENV: dict[str, Value | tuple[Value, ...]] = {
    "t.ids": ("001", "1", Decimal(1), "qc*", None, "QC*"),
    "t.names": ("甲、乙", "乙", "", "丙", None, "丁、甲"),
    "t.sums": (Decimal(1), Decimal("2.5"), "x", Decimal(4), None, Decimal(8)),
}


def value(expr: Expr, wanted: Value = None) -> Value:
    return evaluate(expr, {**ENV, "wanted": wanted})


@pytest.mark.parametrize(
    ("wanted", "count"),
    [("001", 1), ("1", 2), (Decimal(1), 2), ("qc*", 2), ("qc?", 0), ("", 1), (None, 1), (">0", 0)],
)
def test_cells_are_the_same_when_their_text_is(wanted: Value, count: int) -> None:
    assert value(CountWhere((Same(IDS, WANTED),)), wanted) == count


def test_differing_cells_are_the_rest() -> None:
    assert value(CountWhere((Differs(IDS, WANTED),)), "1") == 4


def test_filled_cells_hold_something() -> None:
    assert value(CountWhere((Filled(NAMES),))) == 4


@pytest.mark.parametrize(("wanted", "count"), [("甲", 2), ("甲、乙", 1), ("丁", 1), ("", 0)])
def test_a_name_is_one_of_those_in_a_cell(wanted: str, count: int) -> None:
    assert value(CountWhere((Filled(NAMES), Lists(NAMES, WANTED))), wanted) == count


def test_all_conditions_have_to_hold_in_one_row() -> None:
    assert value(CountWhere((Same(IDS, WANTED), Lists(NAMES, Text("甲")))), "qc*") == 1


def test_either_needs_only_one() -> None:
    either = Either((Same(IDS, WANTED), Same(NAMES, Text("丙"))))
    assert value(CountWhere((either,)), "001") == 2


@pytest.mark.parametrize(
    ("column", "middle"),
    [
        ((), ""),
        ((None, "x"), ""),
        ((Decimal(3), "9", Decimal(1)), 2),
        ((Decimal(5), Decimal(1), Decimal(2)), 2),
    ],
)
def test_the_median_is_that_of_the_numbers(column: tuple[Value, ...], middle: Value) -> None:
    assert evaluate(Median(SUMS), {"t.sums": column}) == middle


def test_sums_leave_out_what_is_no_number() -> None:
    assert value(SumWhere(SUMS, (Filled(IDS),))) == Decimal("15.5")


def test_the_first_fitting_row_is_picked_as_text() -> None:
    assert value(PickWhere(SUMS, (Same(IDS, WANTED),)), "qc*") == "4"


def test_nothing_is_picked_where_nothing_fits() -> None:
    assert value(PickWhere(NAMES, (Same(IDS, WANTED),)), "QC9") == ""


@pytest.mark.parametrize(("wanted", "place"), [("QC*", 4), ("1", 2), ("qc", 0), ("", 0)])
def test_the_first_match_is_found_among_texts(wanted: str, place: int) -> None:
    assert value(FirstMatch(WANTED, IDS), wanted) == place


@pytest.mark.parametrize(
    ("expr", "place"),
    [
        (PlaceWhere((Same(IDS, Text("1")),)), 2),
        (PlaceWhere((Same(IDS, Text("1")),), last=True), 3),
        (PlaceWhere((Same(IDS, Text("1")),), last=True, above=number(3)), 2),
        (PlaceWhere((Same(IDS, Text("1")),), above=number(2)), 0),
        (PlaceWhere((Same(IDS, Text("9")),)), 0),
    ],
)
def test_a_row_is_found_by_its_place(expr: Expr, place: int) -> None:
    assert value(expr) == place


@pytest.mark.parametrize(
    ("expr", "cell"),
    [
        (CellOf(IDS, number(3)), "1"),
        (CellOf(IDS, number(3), text=False), Decimal(1)),
        (CellOf(IDS, number(0)), ""),
        (CellOf(IDS, number(5), text=False), None),
        (CellOf(IDS, number(7)), ""),
    ],
)
def test_a_cell_is_given_as_it_is_or_as_text(expr: Expr, cell: Value) -> None:
    assert value(expr) == cell


@pytest.mark.parametrize(
    ("cells", "rising"),
    [
        ((1, 2, 5, None, None), True),
        ((1, 2, 2), False),
        ((3, 2), False),
        ((1, None, 5), False),
        ((None, 5), False),
        ((7,), True),
        (("x", "x"), True),
    ],
)
def test_numbers_rise_without_a_gap(cells: tuple[object, ...], rising: bool) -> None:
    column = tuple(Decimal(cell) if isinstance(cell, int) else cell for cell in cells)
    assert evaluate(Rising(IDS), {"t.ids": column}) is rising  # type: ignore[dict-item]


def test_filled_cells_come_in_their_order() -> None:
    found = [value(NthFilled(NAMES, number(n))) for n in range(1, 6)]
    assert found == ["甲、乙", "乙", "丙", "丁、甲", ""]


def test_a_range_is_no_value() -> None:
    with pytest.raises(Exception, match=r"range t\.ids used as one value"):
        evaluate(add(Var("t.ids"), number(1)), ENV)


def test_a_value_is_no_range() -> None:
    with pytest.raises(TypeError, match="wanted is no range"):
        evaluate(CountWhere((Filled(Range("wanted")),)), {**ENV, "wanted": "x"})


@pytest.mark.parametrize(
    ("expr", "printed"),
    [
        (CountWhere((Same(IDS, WANTED),)), 'SUMPRODUCT(--(t[号]&""=A1&""))'),
        (CountWhere((Filled(IDS), Filled(NAMES))), 'SUMPRODUCT((t[号]<>"")*(t[名]<>""))'),
        (SumWhere(SUMS, (Filled(IDS),)), 'SUMPRODUCT(--(t[号]<>""),t[数])'),
        (
            CountWhere((Either((Same(IDS, Text("x")), Differs(NAMES, OTHER))),)),
            'SUMPRODUCT(--((t[号]&""="x"&"")+(t[名]&""<>B1&"")>0))',
        ),
        (
            FirstMatch(WANTED, IDS),
            'IF(A1&""="",0,IFERROR(MATCH(SUBSTITUTE(SUBSTITUTE(SUBSTITUTE(A1&"","~","~~"),"*","~*"),'
            '"?","~?"),t[号],0),0))',
        ),
    ],
)
def test_printing(expr: Expr, printed: str) -> None:
    assert excel(expr, PLACES) == printed


def test_only_functions_that_take_arrays_are_given_arrays() -> None:
    """Excel takes IF and IFERROR apart into single cells, also inside SUMPRODUCT."""
    for expr in (PickWhere(IDS, (Filled(IDS),)), NthFilled(IDS, number(1))):
        inner = excel(expr, PLACES).partition("SUMPRODUCT(")[2]
        assert "IF(" not in inner
        assert "IFERROR(" not in inner


@pytest.mark.parametrize(
    ("expr", "told"),
    [
        (CountWhere((Same(IDS, WANTED), Filled(NAMES))), "编号＝所求且名字已填的行数"),
        (SumWhere(SUMS, (Differs(IDS, WANTED),)), "编号≠所求的各行数之和"),
        (PickWhere(NAMES, (Lists(IDS, WANTED),)), "编号含所求的第一行的名字"),
        (CountWhere((Either((Filled(IDS), Filled(NAMES))),)), "（编号已填或名字已填）的行数"),
        (CountWhere((Related(SUMS, Rel.GE, number(2)),)), "数≥2的行数"),
        (FirstMatch(WANTED, IDS), "所求在编号中第一次出现的位置"),
        (NthFilled(IDS, number(2)), "编号中第2个已填的内容"),
        (PlaceWhere((Filled(IDS),), above=number(4)), "4之前编号已填的第一行的位置"),
        (CellOf(IDS, number(2)), "编号的第2格"),
        (Median(SUMS), "数的中位数"),
    ],
)
def test_telling(expr: Expr, told: str) -> None:
    words = {"t.ids": "编号", "t.names": "名字", "t.sums": "数", "wanted": "所求"}
    assert explain(expr, words, "得") == f"得＝{told}。"


ALL = (
    CountWhere((Same(IDS, WANTED), Either((Filled(NAMES), Differs(SUMS, WANTED))))),
    SumWhere(SUMS, (Lists(NAMES, WANTED), Related(IDS, Rel.LT, WANTED))),
    PickWhere(NAMES, (Same(IDS, WANTED),)),
    FirstMatch(WANTED, IDS),
    NthFilled(IDS, WANTED),
    PlaceWhere((Same(IDS, WANTED),), above=WANTED),
    PlaceWhere((Same(IDS, WANTED),), last=True),
    CellOf(IDS, WANTED),
)


def test_every_node_is_tried() -> None:
    assert {Rising, Median, *(type(expr) for expr in ALL)} == set(get_args(RangeExpr))


@pytest.mark.parametrize("expr", ALL)
def test_walking(expr: Expr) -> None:
    assert set(variables(expr)) == {"wanted"}
    assert set(children(expr)) == {WANTED}
    assert set(ranges(expr)) <= {"t.ids", "t.names", "t.sums"}
    assert "t.ids" in ranges(expr) or "t.names" in ranges(expr)


@pytest.mark.parametrize("expr", ALL)
def test_substitution_reaches_into_conditions(expr: Expr) -> None:
    assert set(variables(substitute(expr, {"wanted": OTHER}))) == {"other"}


def test_ranges_inside_other_nodes_are_found() -> None:
    nested = Join((Text("共"), CountWhere((Same(IDS, PickWhere(NAMES, (Filled(SUMS),))),))))
    assert set(ranges(nested)) == {"t.ids", "t.names", "t.sums"}


# What spreadsheets take for wildcards, comparisons, numbers, formulas.
TEXTS = ("001", "1", "1.0", "qc*", "QC?", "q~c", "*", ">0", "=1", "", "甲", "甲、乙", "乙", "TRUE")
ROWS = 6
CELLS: SearchStrategy[Value] = (
    st.none() | st.sampled_from(TEXTS) | st.integers(0, 3).map(Decimal) | st.just(Decimal("0.25"))
)
COLUMN = st.lists(CELLS, min_size=ROWS, max_size=ROWS).map(tuple)
TEXT_COLUMN = st.lists(st.none() | st.sampled_from(TEXTS), min_size=ROWS, max_size=ROWS).map(tuple)


@dataclass(frozen=True)
class Case:
    """Three columns, and expressions over them."""

    columns: tuple[tuple[Value, ...], ...]
    exprs: tuple[Expr, ...]


@st.composite
def cases(draw: DrawFn) -> Case:
    columns = (draw(COLUMN), draw(TEXT_COLUMN), draw(COLUMN))
    return Case(columns, tuple(draw(exprs()) for _ in range(6)))


@cache  # building a strategy takes longer than drawing from it
def conditions() -> SearchStrategy[tuple[Condition, ...]]:
    of = st.sampled_from((IDS, NAMES, SUMS))
    sought = st.sampled_from(TEXTS).map(Text)
    numbers = st.integers(-1, 20).map(lambda n: Num(Decimal(n) / 8))
    single = st.one_of(
        st.builds(Same, of, sought),
        st.builds(Differs, of, sought),
        st.builds(Filled, of),
        st.builds(Lists, of, sought),
        st.builds(Related, of, st.sampled_from(Rel), numbers),
    )
    either = st.lists(single, min_size=2, max_size=3).map(lambda found: Either(tuple(found)))
    return st.lists(single | either, min_size=1, max_size=3).map(tuple)


@cache
def exprs() -> SearchStrategy[Expr]:
    places = st.integers(0, ROWS + 1).map(lambda n: Num(Decimal(n)))
    of = st.sampled_from((IDS, NAMES, SUMS))
    return st.one_of(
        st.builds(CountWhere, conditions()),
        st.builds(SumWhere, of, conditions()),
        st.builds(PickWhere, of, conditions()),
        st.builds(FirstMatch, st.sampled_from(TEXTS).map(Text), st.just(NAMES)),
        st.builds(NthFilled, of, st.integers(1, 4).map(lambda n: Num(Decimal(n)))),
        st.builds(PlaceWhere, conditions(), st.booleans(), st.none() | places),
        st.builds(CellOf, of, places, st.booleans()),
        st.just(Median(SUMS)),
        st.just(If(Rising(SUMS), Text("逐行递增"), Text("否"))),
    )


def test_libreoffice_gives_the_same(office: Office, tmp_path: Path) -> None:
    drawn = collect(cases(), 1 / 2)
    path = _written(drawn, tmp_path / "ranges.xlsx")
    with office.open(path) as document:
        document.recalculate()
        grid = document.grid("S")
    wrong = []
    for block, case in enumerate(drawn):
        env = dict(zip(("t.ids", "t.names", "t.sums"), case.columns, strict=True))
        for row, expr in enumerate(case.exprs):
            ours, theirs = evaluate(expr, env), grid[block * ROWS + row][3]
            shown = float(ours) if isinstance(ours, Decimal) else ours or ""
            if shown != theirs:
                wrong.append((expr, case.columns, ours, theirs))
    assert not wrong, "\n".join(map(str, wrong[:3]))
    kinds = {type(node) for case in drawn for expr in case.exprs for node in nodes(expr)}
    assert kinds >= set(get_args(RangeExpr))


def _written(drawn: Sequence[Case], path: Path) -> Path:
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("S")
        for block, case in enumerate(drawn):
            top = block * ROWS
            places = {}
            for col, name in enumerate(("t.ids", "t.names", "t.sums")):
                first, last = address(top + 1, col + 1), address(top + ROWS, col + 1)
                places[name] = f"{first}:{last}"
                for row, cell in enumerate(case.columns[col]):
                    if isinstance(cell, str) and cell:
                        sheet.write_string(top + row, col, cell)
                    elif isinstance(cell, Decimal):
                        sheet.write_number(top + row, col, float(cell))
            for row, expr in enumerate(case.exprs):
                sheet.write_formula(top + row, 3, f"={excel(expr, places)}", None, "stale")
    return path
