"""The functions without Python: their LAMBDAs in another engine, and the workbook of them all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import ironcalc
import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.app.command import xladdin
from tests.equality.collecting import collect
from tests.equality.strategies import Scored, scored
from tests.udfs.arguments import as_arguments
from tests.workbench.repair import repair_problems
from tests.workbench.repair.functions import function_names
from tests.workbench.repair.names import is_legal, is_like_cell
from tests.workbench.validator import schema_errors
from xladdin.app.init import init
from xladdin.domain.methods import RULES
from xladdin.domain.methods.linear import LinearMethod
from xladdin.formula.evaluate import Value, evaluate
from xladdin.formula.excel import literal
from xladdin.formula.lambda_ import lambda_
from xladdin.formula.nodes import Named, Var, mul, number
from xladdin.functions import kpi_coefficient, kpi_grade, kpi_rank
from xladdin.functions.argument_names import scheme_of
from xladdin.functions.known_schemes import Known
from xladdin.functions.lambda_book import EXAMPLES, MANUAL
from xladdin.functions.lambda_pack import functions, rank
from xladdin.functions.lambda_variants import (
    INCOMPLETE,
    VARIANTS,
    StrangeNumberError,
    Variant,
    guarded,
    parameterised,
)
from xladdin.functions.totals import TOTAL, coefficient_tree, grade_tree

PACK = functions()
LONGEST_FORMULA = 8192
SAMPLES = {"percent": 2, "steps": 2}
"""Of settings that one function can seldom say, more have to be drawn."""
LARGEST = Decimal(10**7)
"""Above, a double holds too few digits behind the point."""
CHINESE = re.compile("[\u4e00-\u9fff]")

values = st.integers(0, 200_000).map(lambda n: Decimal(n).scaleb(-3))
odd = st.sampled_from([None, *map(Decimal, ("0", "-1", "1000000", "46329.75", "3", "0.05"))])
some = st.tuples(values, values, values, odd, odd)


def _arguments(variant: Variant) -> Iterator[dict[str, Value]]:
    """Plausible settings with figures on their turns, beside them, and far away."""
    for example in variant.examples:
        given_ = dict(zip(variant.parameters, map(Decimal, example), strict=True))
        usual: dict[str, Value] = dict(given_)
        yield usual
        for name, value in given_.items():
            for other in (value, value * 2, value + Decimal("0.0000001"), value / 3, Decimal(0)):
                yield usual | {"actual": round(other, 7)}
                yield usual | {"target": round(other, 7)}
            yield usual | {name: None}
        for drawn in collect(some, 0.1):
            yield {**usual, **dict(zip(("actual", "target", "full"), drawn, strict=False))}
            yield usual | {"actual": drawn[3], "target": drawn[4]}


def _used(variant: Variant, given_: dict[str, Value]) -> dict[str, Value]:
    return {name: given_[name] for name in variant.parameters}


@pytest.mark.parametrize("variant", VARIANTS, ids=[variant.name for variant in VARIANTS])
def test_a_lambda_gives_what_its_tree_gives(variant: Variant) -> None:
    tree = guarded(variant.tree, variant.sizes)
    cases = [_used(variant, arguments) for arguments in _arguments(variant)]
    formula = lambda_(tree, variant.parameters)
    calls = [
        f"={formula}({','.join(_argument(value) for value in case.values())})" for case in cases
    ]
    wrong = [
        f"{case}: {found!r}, not {evaluate(tree, case)}"
        for case, found in zip(cases, _calculated(calls), strict=True)
        if not _same(evaluate(tree, case), found)
    ]
    assert not wrong, "\n".join(wrong[:5])
    assert len(cases) > 60


def _argument(value: Value) -> str:
    """A blank cell cannot be written inline; an empty text is no number either."""
    return literal(value) if isinstance(value, Decimal) else f'"{value or ""}"'


def _calculated(formulas: list[str]) -> list[object]:
    book = ironcalc.create("cases", "en", "UTC", "en")
    for row, formula in enumerate(formulas, start=1):
        book.set_user_input(0, row, 1, formula)
    book.evaluate()
    return [book.get_cell_value(0, row, 1) for row in range(1, len(formulas) + 1)]


def _same(ours: Value, theirs: object) -> bool:
    if isinstance(ours, Decimal):
        return isinstance(theirs, float) and Decimal(repr(theirs)) == ours
    return theirs == (ours or "")


@cache
def drawn_samples(kind: str) -> list[Scored]:
    """The same for every function of a kind of method."""
    return collect(scored(kind), SAMPLES.get(kind, 0.5))


@pytest.mark.parametrize("variant", VARIANTS, ids=[variant.name for variant in VARIANTS])
def test_parameters_give_what_the_same_settings_give(variant: Variant) -> None:
    """Settings that a scheme could state, as arguments, in both engines."""
    wanted, formulas, kind = [], [], variant.built.kind
    formula = lambda_(guarded(variant.tree, variant.sizes), variant.parameters)
    for sample in drawn_samples(kind):
        settings = as_arguments(variant, sample.setting)
        for inputs in sample.inputs if settings else ():
            arguments = {name: {**inputs, **settings}[name] for name in variant.parameters}
            tree = sample.setting.method.expression(sample.setting.direction)
            points = evaluate(tree, inputs)
            assert evaluate(variant.tree, {**inputs, **settings}) == points
            if _plausible(points):
                wanted.append(points)
                formulas.append(f"={formula}({','.join(map(_argument, arguments.values()))})")
    found = _calculated(formulas)
    wrong = [f for f, o, t in zip(formulas, wanted, found, strict=True) if not _same(o, t)]
    assert not wrong, "\n".join(wrong[:5])
    assert len(wanted) > 40


def _plausible(points: Value) -> bool:
    return not isinstance(points, Decimal) or points < LARGEST


def test_every_method_has_a_function() -> None:
    assert {variant.built.kind for variant in VARIANTS} == RULES.keys()
    lines = {each.built.basis for each in VARIANTS if isinstance(each.built, LinearMethod)}
    assert len(lines) == 2


def test_a_missing_setting_is_told_and_never_a_zero() -> None:
    variant = VARIANTS[0]
    tree = guarded(variant.tree, variant.sizes)
    inputs: dict[str, Value] = dict.fromkeys(variant.parameters, Decimal(1))
    assert evaluate(tree, inputs) == 1
    for name in ("full", *variant.sizes):
        assert evaluate(tree, inputs | {name: None}) == INCOMPLETE
        assert evaluate(tree, inputs | {name: None, "actual": None}) is None


def test_a_number_from_nowhere_is_refused() -> None:
    tree = Named("得分", mul(Var("full"), number("0.37")))
    with pytest.raises(StrangeNumberError, match=r"0\.37"):
        parameterised(tree, {"share": Decimal("0.36")})


# At least two cells: the engine passes a single blank one on as a 0.
@given(st.lists(st.none() | values | st.sampled_from([Decimal(5)] * 3), min_size=2))
def test_ranks(scores: list[Decimal | None]) -> None:
    cells: list[Any] = [[score if score is None else float(score)] for score in scores]
    wanted = kpi_rank(cells)
    assert isinstance(wanted, list)
    assert _ranked(scores) == [row[0] for row in wanted]


def _ranked(scores: list[Decimal | None]) -> list[object]:
    book = ironcalc.create("cases", "en", "UTC", "en")
    for row, score in enumerate(scores, start=1):
        if score is not None:
            book.set_user_input(0, row, 1, literal(score))
    rows = range(1, len(scores) + 1)
    book.set_user_input(0, 1, 3, f"={rank()}($A$1:$A${len(scores)})")
    book.evaluate()
    return [book.get_cell_value(0, row, 3) or None for row in rows]


def test_texts_have_no_rank() -> None:
    book = ironcalc.create("cases", "en", "UTC", "en")
    for row, text in enumerate(("90", "缺1项", "80", "", "90.0000001"), start=1):
        book.set_user_input(0, row, 1, text)
    book.set_user_input(0, 1, 3, f"={rank()}(A1:A5)")
    book.evaluate()
    assert [book.get_cell_value(0, row, 3) for row in range(1, 6)] == [1, "", 2, "", 1]


def test_grade_and_coefficient() -> None:
    scores = [*map(Decimal, ("-1", "0", "59.99", "60", "79.9999999", "80", "90", "110"))]
    name = TOTAL.name
    for tree, ours in (
        (grade_tree(scheme_of(None, Known())), kpi_grade),
        (coefficient_tree(scheme_of(None, Known())), kpi_coefficient),
    ):
        formula = lambda_(tree, (name,))
        found = _calculated([f"={formula}({literal(score)})" for score in scores])
        assert found == [ours(float(score)) for score in scores]
        assert _calculated([f'={formula}("缺1项")']) == [""]


def test_names_and_parameters_are_what_excel_takes() -> None:
    known = {
        name for group in ("plain", "prefixed_2010", "later") for name in function_names(group)
    }
    for function in PACK:
        for name in (function.name, *(parameter.name for parameter in function.parameters)):
            assert is_legal(name), name
            assert name.isascii(), name
            assert not is_like_cell(name), name
            assert name.upper() not in known, name
        assert len(function.formula) < LONGEST_FORMULA


def test_every_function_is_explained_in_chinese_by_its_parameters() -> None:
    for function in PACK:
        assert CHINESE.search(function.told)
        assert CHINESE.search(function.explained)
        if function.name.startswith("KPI_SCORE"):
            assert all(each.label in function.explained for each in function.parameters), function


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("pack") / "函数包.xlsx"
    done = xladdin("addin", "lambdas", "--out", path)
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith(f"{len(PACK)} 个函数写入 ")
    return path


def test_the_workbook_follows_the_schema_and_needs_no_repair(pack: Path) -> None:
    assert repair_problems(pack, excel_2010=False) == []
    assert schema_errors(pack) == []


def test_the_workbook_is_the_same_in_every_run(pack: Path, tmp_path: Path) -> None:
    again = tmp_path / "again.xlsx"
    assert xladdin("addin", "lambdas", "--out", again).code == 0
    assert again.read_bytes() == pack.read_bytes()


def test_its_names_are_the_functions_and_nothing_else(pack: Path) -> None:
    names = openpyxl.load_workbook(pack).defined_names
    assert set(names) == {function.name for function in PACK}
    for function in PACK:
        assert names[function.name].value == function.formula


def test_every_function_is_called_on_the_sheet_that_is_to_be_copied(pack: Path) -> None:
    sheet = openpyxl.load_workbook(pack)[EXAMPLES]
    texts = [_formula(cell.value) for row in sheet.iter_rows() for cell in row]
    called = [found[1] for text in texts if (found := re.match(r"=(\w+)\(", text))]
    assert set(called) == {function.name for function in PACK}
    assert len(called) == sum(len(function.examples) for function in PACK)
    assert not any(MANUAL in text or "!" in text for text in texts if text.startswith("="))


def _formula(value: Any) -> str:
    return str(getattr(value, "text", value) or "")


def test_examples_show_their_results_without_being_calculated(pack: Path) -> None:
    sheet = openpyxl.load_workbook(pack, data_only=True)[EXAMPLES]
    shown = {cell.value for row in sheet.iter_rows() for cell in row}
    for function in PACK:
        for example in function.examples:
            for value in example.values:
                assert (float(value) if isinstance(value, Decimal) else value) in shown


def test_the_manual_names_every_function(pack: Path) -> None:
    sheet = openpyxl.load_workbook(pack)[MANUAL]
    texts = {cell.value for row in sheet.iter_rows() for cell in row}
    assert {function.name for function in PACK} <= texts
    assert {f"={function.call}" for function in PACK} <= texts


def test_a_file_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "taken.xlsx").mkdir()
    done = xladdin("addin", "lambdas", "--out", tmp_path / "taken.xlsx")
    assert done.code == 1
    assert "写不进去" in done.err


def test_only_a_pack_that_nobody_has_saved_is_replaced(pack: Path, tmp_path: Path) -> None:
    target, fresh = tmp_path / "函数包.xlsx", pack.read_bytes()
    target.write_bytes(fresh)
    assert xladdin("addin", "lambdas", "--out", target).code == 0
    master = tmp_path / "总表.xlsx"
    init(master)
    for content in (b"", b"mine", master.read_bytes()):
        target.write_bytes(content)
        refused = xladdin("addin", "lambdas", "--out", target)
        assert refused.code == 1
        assert "--overwrite" in refused.err
        assert target.read_bytes() == content
    openpyxl.load_workbook(pack).save(target)
    assert xladdin("addin", "lambdas", "--out", target).code == 1
    assert xladdin("addin", "lambdas", "--out", target, "--overwrite").code == 0
    assert target.read_bytes() == fresh
