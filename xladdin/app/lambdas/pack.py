"""All functions of the pack, and its workbook."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path

from xladdin.app.functions import totals
from xladdin.app.functions.library import scheme_of
from xladdin.books.function_pack import DATE, SHARE, TITLE, Example, Function, Parameter, book
from xladdin.domain.methods import METHOD_LABELS
from xladdin.files import (
    FileChangedError,
    FileLockedError,
    NotOursError,
    reason,
    replaceable,
    save_if_same,
)
from xladdin.formula.evaluate import Value, evaluate
from xladdin.formula.explain import explain
from xladdin.formula.lambda_ import lambda_
from xladdin.formula.nodes import Expr
from xladdin.layout.writer import saved_by_us, workbook_bytes
from xladdin.problems import Place, Problem, ProblemsFound
from xladdin.scoring.registry import rule_of

from .parameters import guarded
from .ranks import rank_function
from .variants import INPUTS, VARIANTS, Variant

PREFIX = "KPI_SCORE_"
NOT_OURS = (
    "已经有这个文件，它不是生成的函数包，或者有人保存过，没有覆盖；"
    "请换一个文件名，确实要替换请加 --overwrite"
)


def functions() -> tuple[Function, ...]:
    """Every function of the pack."""
    return (*map(_scoring, VARIANTS), *_of_totals(), rank_function())


def _scoring(variant: Variant) -> Function:
    method, tree, names = variant.built, variant.tree, variant.parameters
    labels = INPUTS | {setting.name: setting.label for setting in variant.settings}
    rule = rule_of(method)
    words = labels | {"actual": rule.actual_word}
    formats = {setting.name: SHARE for setting in variant.settings if setting.share}
    if variant.dated:
        formats |= dict.fromkeys(("actual", "target"), DATE)
    return Function(
        PREFIX + variant.name,
        f"{METHOD_LABELS[method.kind]}（{variant.told}）",
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
    scheme = scheme_of(None)
    trees = (
        ("KPI_GRADE", "最终得分的等级", totals.grade_tree(scheme), "等级"),
        ("KPI_COEFFICIENT", "最终得分的绩效奖金系数", totals.coefficient_tree(scheme), "系数"),
    )
    name = totals.TOTAL.name
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


def write_pack(path: Path, *, overwrite: bool = False) -> int:
    """Write the workbook of all functions, and say how many there are.

    Over an older pack that nobody has saved since; over any other file only where told to.  Raises
    ProblemsFound where the file cannot be written.
    """
    pack = functions()
    try:
        before = replaceable(path, is_pack, overwrite=overwrite)
        save_if_same(path, before, workbook_bytes(book(pack), {}))
    except (NotOursError, FileChangedError) as error:
        raise ProblemsFound([Problem("exists", NOT_OURS, Place(file=str(path)))]) from error
    except FileLockedError as error:
        raise _unwritten(path, "文件正打开着，或者不允许改写") from error
    except OSError as error:
        raise _unwritten(path, reason(error)) from error
    return len(pack)


def is_pack(content: bytes) -> bool:
    """Whether a file is a pack as it was written here."""
    return saved_by_us(content, TITLE)


def _unwritten(path: Path, why: str) -> ProblemsFound:
    return ProblemsFound([Problem("not_written", f"写不进去：{why}", Place(file=str(path)))])
