"""The proof bites: one sign flipped, one rounding turned, and the workbook gives something else."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from tests.cases.reading import Rated, rated_cases
from tests.workbench.office import Office
from xladdin.domain.methods import RULES
from xladdin.formula.evaluate import NotANumberError, evaluate
from xladdin.formula.nodes import Expr

from .mutants import mutants
from .sheet import SCORE, Row, disagreements


def test_every_mutant_that_scores_otherwise_is_found(office: Office, tmp_path: Path) -> None:
    rows: list[Row] = []
    wanted: list[Row] = []
    for case in rated_cases():
        for mutant in mutants(case.expr):
            row = Row(case.name, {SCORE: mutant}, case.inputs, case.expected)
            rows.append(row)
            wanted += [row] if _differs(mutant, case) else []
    found = [wrong.row for wrong in disagreements(rows, office, tmp_path)]
    assert [row.name for row in found] == [row.name for row in wanted]
    assert all(one is other for one, other in zip(found, wanted, strict=True))
    caught = Counter(row.name.split(":")[0] for row in wanted)
    assert caught.keys() == RULES.keys()
    assert min(caught.values()) > 3


def _differs(mutant: Expr, case: Rated) -> bool:
    try:
        return evaluate(mutant, case.inputs) != case.expected[SCORE]
    except (ArithmeticError, NotANumberError):
        return True
