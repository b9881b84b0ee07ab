"""A simulation is the rescoring of every row; what cannot be rescored is listed with its reason."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest

from tests.app import kept
from tests.app.kept import FIGURES, PERIOD, PERSON, SCHEME
from xladdin.app.results.month_scores import month_results
from xladdin.app.results.simulating import UNSCALED, simulated
from xladdin.company.company import Company
from xladdin.company.company_settings import TEAM_BUDGET, Setting
from xladdin.company.month_results import MonthResults
from xladdin.company.score_inputs import score_inputs
from xladdin.domain.schemes import Scheme
from xladdin.schemes.library import Library
from xladdin.scoring import keys
from xladdin.scoring.scorer import scorer_of

BASE = Decimal(1000)
RICH = PERSON.model_copy(update={"bonus_base": BASE})


def master(scheme: Scheme | None = SCHEME, *left_out: str) -> Company:
    library = Library((scheme,)) if scheme else Library(())
    return replace(kept.company(*left_out), employees=(RICH,), library=library)


def month(*left_out: str) -> MonthResults:
    return month_results(master(SCHEME, *left_out), PERIOD, (RICH,))[0]


def test_the_same_scheme_changes_nobody_and_costs_nothing() -> None:
    found = simulated([month()], master())
    (one,) = found.tried
    assert not one.changes_grade
    assert [one.cost, found.cost, one.coefficient_gained] == [Decimal(0)] * 3
    assert one.after.values == one.before.values


@pytest.mark.parametrize("shift", range(len(FIGURES) - 1))
def test_a_row_is_what_scoring_the_figures_by_the_changed_scheme_gives(shift: int) -> None:
    """With the weights of two indicators exchanged."""
    one, other = tuple(SCHEME.indicators)[shift : shift + 2]
    weights = {one.id: other.weight, other.id: one.weight}
    scheme = SCHEME.model_copy(
        update={
            "sections": tuple(
                section.model_copy(
                    update={
                        "indicators": tuple(
                            item.model_copy(update={"weight": weights.get(item.id, item.weight)})
                            for item in section.indicators
                        )
                    }
                )
                for section in SCHEME.sections
            )
        }
    )
    found = simulated([month()], master(scheme))
    (tried,) = found.tried
    expected = scorer_of(scheme).values(score_inputs(scheme, master().actuals_of(RICH, PERIOD)))
    assert tried.after.values == expected
    paid = [
        one.values[keys.COEFFICIENT] * BASE  # type: ignore[operator]  # a number, as both are scored
        for one in (tried.before, tried.after)
    ]
    assert [tried.bonus_before, tried.bonus_after] == paid
    assert found.cost == paid[1] - paid[0]
    assert tried.changes_grade == (expected[keys.GRADE] != tried.before.values[keys.GRADE])


def test_who_cannot_be_scored_again_is_listed_with_the_reason() -> None:
    gone = replace(master(), employees=())
    assert [one.why for one in simulated([month()], gone).not_tried] == [
        "改过的总表的名册里没有此人（已离职或已删除）"
    ]
    assert "没有可用的考核方案" in simulated([month()], master(None)).not_tried[0].why
    assert "原来就没有总分，缺：" in simulated([month("learning")], master()).not_tried[0].why


def test_that_bonuses_are_not_scaled_to_budgets_is_said_where_there_are_any() -> None:
    budgets = (Setting(f"{TEAM_BUDGET}客服一部", "9000"),)
    assert simulated([month()], master()).changes == ()
    (told,) = simulated([month()], replace(master(), settings=budgets)).changes
    assert told == UNSCALED.format(teams="客服一部")


def test_an_indicator_that_the_month_does_not_have_is_named() -> None:
    item = SCHEME.sections[0].indicators[0]
    new = item.model_copy(update={"id": "brand_new", "name": "新指标"})
    section = SCHEME.sections[0].model_copy(
        update={"indicators": (new, *SCHEME.sections[0].indicators[1:])}
    )
    scheme = SCHEME.model_copy(update={"sections": (section, *SCHEME.sections[1:])})
    found = simulated([month()], master(scheme))
    assert found.tried == ()
    assert [one.why for one in found.not_tried] == ["当月没有这些指标的数据：新指标"]


def test_a_kept_total_that_its_own_inputs_do_not_give_is_not_built_upon() -> None:
    known = month()
    (one,) = known.people
    odd = replace(one, values={**one.values, keys.TOTAL: Decimal("1.25")})
    item = SCHEME.sections[0].model_copy(update={"name": "改过"})
    scheme = SCHEME.model_copy(update={"sections": (item, *SCHEME.sections[1:])})
    found = simulated([replace(known, people=(odd,))], master(scheme))
    assert found.tried == ()
    assert "与保留的总分 1.25 不同" in found.not_tried[0].why


def test_trying_a_row_costs_no_more_than_a_few_scorings() -> None:
    """Two scorings and two bonuses are needed; nothing is compiled anew for a row."""
    known = month()
    (one,) = known.people
    section = SCHEME.sections[0].model_copy(update={"name": "改过"})
    scheme = SCHEME.model_copy(update={"sections": (section, *SCHEME.sections[1:])})
    changed, many = master(scheme), [replace(known, people=(one,) * 200)]
    inputs = score_inputs(scheme, changed.actuals_of(RICH, PERIOD))

    def spent(work: Callable[[], object]) -> float:
        start = time.process_time()
        work()
        return time.process_time() - start

    scoring = min(
        spent(lambda: [scorer_of(scheme).values(inputs) for _ in range(200)]) for _ in range(5)
    )
    trying = min(spent(lambda: simulated(many, changed).cost) for _ in range(5))
    assert trying < 15 * scoring
