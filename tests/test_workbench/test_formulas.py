"""The formula rules on single formulas, chiefly on good ones that must not be reported."""

from __future__ import annotations

from typing import Any

import pytest
from xlsxwriter.worksheet import Worksheet

from tests.workbench.repair.formula_text import check_text
from tests.workbench.repair.functions import PREFIX, check_functions, function_names
from tests.workbench.repair.grammar import check_grammar
from tests.workbench.repair.problem import Code
from tests.workbench.repair.tokens import Kind, names_cells_only, tokens

GOOD = [
    "A1",
    "-$A$1%",
    "1.5E+3*.5",
    'IF(A1="","",ROUND(SUM(A1:B2)*0.3,2))',
    'A1&"他说""好"""&B1',
    "'2024 年'!A1+'it''s'!$B$2",
    "SUM(参数!B2:参数!B5)",
    "SUM(参数!$A:$B,参数!$1:$2)",
    "SUMPRODUCT((tbl[部门]=A1)*tbl[总分])",
    "SUM(tbl[[#This Row],[业绩]:[创新]])",
    "COUNTA(tbl[#Data])+ROWS(tbl[#All])",
    "INDEX(tbl['[a'] '#],1)",
    'LOOKUP(A1,{0,60,75},{"D","C}","B"})',
    "SUM(A1:INDEX(A1:A9,3))",
    "SUM(OFFSET(A1,0,0):B2)",
    "SUM(INDEX(A1:A9,1):INDEX(A1:A9,2))",
    "IF(TRUE,1,)",
    "IFERROR(1/0,#N/A)",
    "_xlfn.RANK.EQ(A1,A1:A9)",
    "_xlfn.STDEV.S(A1:A9)",
    "SUM(A1:B2 B1:C3)",
    "SUM( A1 , B1 )",
    "2*(3+4)-(5)",
    'TEXT(A1,"yyyy年m月d日")',
    'HYPERLINK("#参数!A1","参数")',
    'COUNTIF(A1:A9,"<>"&"")',
]


@pytest.mark.parametrize("formula", GOOD)
def test_tokens_put_together_are_the_formula(formula: str) -> None:
    assert "".join(token.text for token in tokens(formula)) == formula
    assert Kind.OTHER not in {token.kind for token in tokens(formula)}


@pytest.mark.parametrize("formula", GOOD)
def test_good_formulas_pass(formula: str) -> None:
    assert list(check_text(formula)) == []
    assert list(check_functions(formula, frozenset())) == []
    assert list(check_grammar(formula)) == []


@pytest.mark.parametrize(
    ("formula", "kinds"),
    [
        ("参数!A1", [Kind.SHEET, Kind.CELL]),
        ("R1C1", [Kind.NAME]),
        ("XFD1+XFE1", [Kind.CELL, Kind.OPERATOR, Kind.NAME]),
        ("A1048577", [Kind.NAME]),
        ("A:B", [Kind.COLUMNS]),
        ("$1:$1", [Kind.ROWS]),
        ("tbl[a]", [Kind.TABLE]),
        ("LOG10(1)", [Kind.FUNCTION, Kind.OPERATOR, Kind.NUMBER, Kind.OPERATOR]),
        ("weights", [Kind.NAME]),
        ("[2]S!A1", [Kind.EXTERNAL, Kind.SHEET, Kind.CELL]),
        ("（", [Kind.OTHER]),
    ],
)
def test_tokens_have_kinds(formula: str, kinds: list[Kind]) -> None:
    assert [token.kind for token in tokens(formula)] == kinds


@pytest.mark.parametrize(
    ("formula", "plain"), [("$A2>SUM(B:B)", True), ("tbl[a]>1", False), ("OR(A1={1,2})", False)]
)
def test_conditions_name_cells_only(formula: str, plain: bool) -> None:
    assert names_cells_only(formula) is plain


@pytest.mark.parametrize("formula", ["1 2", "A1 2", '"a""b" "c"', "SUM(A1)B1", "(1)(2)"])
def test_operands_need_an_operator_between(formula: str) -> None:
    assert Code.FORMULA_SYNTAX in {code for code, _ in check_text(formula)}


def test_the_groups_of_functions_are_apart() -> None:
    plain, in_2010, later = map(function_names, ("plain", "prefixed_2010", "later"))
    assert not plain & in_2010
    assert not (plain | in_2010) & later


@pytest.mark.parametrize("group", ["prefixed_2010", "later"])
def test_xlsxwriter_knows_the_same_prefixes(group: str) -> None:
    expand: Any = Worksheet()._prepare_formula
    assert {n for n in function_names(group) if PREFIX not in expand(f"{n}(", True)} == set()


def test_xlsxwriter_prefixes_nothing_that_we_hold_plain() -> None:
    expand: Any = Worksheet()._prepare_formula
    # The dots in its patterns match any letter, so NORMSDIST is taken for NORM.DIST.
    plain = function_names("plain") - {"NORMSDIST", "NORMSINV"}
    assert {n for n in plain if PREFIX in expand(f"{n}(", True)} == set()
