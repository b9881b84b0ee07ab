"""All functions of the pack that needs no Python, printed from the same trees as the forms."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from xladdin.formula.arithmetic import SNAP_DIGITS
from xladdin.formula.evaluate import Value, evaluate
from xladdin.formula.excel import excel
from xladdin.formula.explain import explain
from xladdin.formula.lambda_ import FUNCTION_PREFIX, PARAMETER_PREFIX, lambda_
from xladdin.formula.nodes import Blank, Compare, Expr, If, IsNumber, Rel, Round, Var, number

from .argument_names import scheme_of
from .known_schemes import Known
from .lambda_book import DATE, SHARE, Example, Function, Parameter
from .lambda_variants import INPUTS, VARIANTS, Variant, guarded
from .totals import TOTAL, coefficient_tree, grade_tree

PREFIX = "KPI_SCORE_"
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


def functions() -> tuple[Function, ...]:
    """Every function of the pack."""
    return (*map(_scoring, VARIANTS), *_of_totals(), rank_function())


def _scoring(variant: Variant) -> Function:
    rule, tree, names = variant.rule, variant.tree, variant.parameters
    labels = INPUTS | {setting.name: setting.label for setting in variant.settings}
    words = labels | {"actual": rule.actual_word}
    formats = {setting.name: SHARE for setting in variant.settings if setting.share}
    if variant.dated:
        formats |= dict.fromkeys(("actual", "target"), DATE)
    return Function(
        PREFIX + variant.name,
        f"{rule.label}（{variant.told}）",
        tuple(Parameter(name, words[name], formats.get(name, "")) for name in names),
        lambda_(guarded(tree, variant.sizes), names, stored=True),
        explain(tree, words),
        tuple(_example(tree, names, values) for values in variant.examples),
        "得分",
    )


def _example(tree: Expr, names: Sequence[str], texts: Sequence[str]) -> Example:
    given = tuple(map(Decimal, texts))
    inputs: dict[str, Value] = dict(zip(names, given, strict=True))
    return Example(given, (evaluate(tree, inputs),))


def _of_totals() -> Iterator[Function]:
    """The grade of a total and its coefficient, by the bounds that all shipped schemes have."""
    # The pack is the same for everybody, whatever is open.
    scheme = scheme_of(None, Known())
    trees = (
        ("KPI_GRADE", "最终得分的等级", grade_tree(scheme), "等级"),
        ("KPI_COEFFICIENT", "最终得分的绩效奖金系数", coefficient_tree(scheme), "系数"),
    )
    name = TOTAL.name
    for function, told, tree, result in trees:
        yield Function(
            function,
            told,
            (Parameter(name, "最终得分"),),
            lambda_(tree, (name,), stored=True),
            explain(tree, {name: "最终得分"}, result),
            tuple(_example(tree, (name,), (points,)) for points in ("93.5", "79.995", "60", "59")),
            result,
        )
