"""中国式排名 over a range, as a LAMBDA for Excel 365.

Trees know single cells only, so the arrays around them (MAP, UNIQUE, TOCOL, LET) are put together
here; what happens in a cell is still printed from trees.
"""

from __future__ import annotations

from decimal import Decimal

from xladdin.books.function_pack import Example, Function, Parameter
from xladdin.formula.evaluate import SNAP_DIGITS
from xladdin.formula.excel import excel
from xladdin.formula.lambda_ import FUNCTION_PREFIX, PARAMETER_PREFIX
from xladdin.formula.nodes import Blank, Compare, If, IsNumber, Rel, Round, Var, number

SCORE, OTHER = Var("score"), Var("other")
KEPT, DISTINCT, SCORES = "kept", "distinct", "scores"


def rank(*, stored: bool = False) -> str:
    """The dense rank of a whole range as a LAMBDA: one more than the distinct scores above.

    The arrays are put together by hand, since trees know single cells only.
    """
    function, mark = (FUNCTION_PREFIX, PARAMETER_PREFIX) if stored else ("", "")

    def lambda_text(parameter: str, body: str) -> str:
        return f"{function}LAMBDA({mark}{parameter},{body})"

    def mapped(area: str, parameter: Var, body: str) -> str:
        return f"{function}MAP({mark}{area},{lambda_text(parameter.name, body)})"

    places = {var.name: mark + var.name for var in (SCORE, OTHER)}
    snapped = If(IsNumber(SCORE), Round(SCORE, SNAP_DIGITS), Blank())
    above = If(IsNumber(OTHER), If(Compare(Rel.GT, OTHER, SCORE), number(1), number(0)), number(0))
    place = f"SUM({mapped(DISTINCT, OTHER, excel(above, places))})+1"
    placed = f'IF({excel(IsNumber(SCORE), places)},{place},"")'
    kept = mapped(SCORES, SCORE, excel(snapped, places))
    distinct = f"{function}UNIQUE({function}TOCOL({mark}{KEPT}))"
    body = (
        f"{function}LET({mark}{KEPT},{kept},{mark}{DISTINCT},{distinct},"
        f"{mapped(KEPT, SCORE, placed)})"
    )
    return lambda_text(SCORES, body)


def rank_function() -> Function:
    """中国式排名 over a column."""
    scores = tuple(map(Decimal, ("93.5", "88", "93.5", "71.25", "88")))
    ranks = tuple(map(Decimal, (1, 2, 1, 3, 2)))
    told = "得分相同名次相同，后面的名次不跳号；空白和文字没有名次。写在第一格，名次自动填满一列。"
    return Function(
        "KPI_RANK",
        "中国式排名（整列得分一次排完）",
        (Parameter(SCORES, "得分"),),
        rank(stored=True),
        told,
        (Example(scores, ranks),),
        "名次",
    )
