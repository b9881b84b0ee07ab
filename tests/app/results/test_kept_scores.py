"""A month from the ledger: what was kept counts, and each figure at which the master differs is told."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.app import kept
from tests.app.kept import ANSWERS, FIGURES, JUDGED, PERIOD, PERSON, SCHEME
from xladdin.app.results.kept_scores import KeptBy
from xladdin.company.score_inputs import score_inputs
from xladdin.scoring import keys
from xladdin.scoring.scorer import scorer_of

CHANGED = {"inquiry_conversion": "0.1", "response_time": "300", "bad_review_rate": "0.3"}
"""Figures that score otherwise; of the other items 0 does."""
NAMES = {item.id: item.name for item in SCHEME.indicators}


def test_where_both_agree_nothing_is_told_and_every_value_is_that_of_the_master() -> None:
    months = kept.usual()
    one, problems = months.joined()
    expected = scorer_of(SCHEME).values(
        score_inputs(SCHEME, months.master.actuals_of(PERSON, PERIOD))
    )
    assert problems == []
    assert one.note == ""
    assert one.values == expected
    assert isinstance(one.total, Decimal)


@pytest.mark.parametrize("closed", [False, True])
@pytest.mark.parametrize("item", sorted(FIGURES))
def test_a_figure_that_the_master_has_otherwise_is_told_once_and_the_ledger_counts(
    item: str, closed: bool
) -> None:
    """Also one that was given with the form: of it the ledger kept the points."""
    months = kept.usual()
    before, _ = months.joined()
    other = CHANGED.get(item, "0")
    one, problems = kept.with_master(months, kept.company(**{item: other})).joined(closed=closed)
    assert [problem.code for problem in problems] == ["ledger_differs"]
    (problem,) = problems
    assert f"{PERSON.name}（{PERSON.id}）的「{NAMES[item]}」的" in problem.message
    assert str(problem.place) == "绩效台账.db:第3条"
    assert ("的实际：" in problem.message) is (item in JUDGED)
    if item in JUDGED:
        assert f"台账 {FIGURES[item][1]}" in problem.message
        assert f"总表 {other}" in problem.message
    assert one.total == before.total
    assert one.values[keys.score(item)] == before.values[keys.score(item)]


@pytest.mark.parametrize("item", sorted(FIGURES))
def test_what_the_form_left_blank_comes_from_the_master_until_the_month_is_closed(
    item: str,
) -> None:
    whole = kept.company()
    if item in JUDGED:
        said = {**ANSWERS, keys.actual(item): None}
        form = kept.form(said, kept.company(*JUDGED))
    else:
        # On the form it was asked for, and nobody filled it in.
        said = {**ANSWERS, keys.actual(item): None}
        form = kept.form(said, kept.company(*JUDGED, item))
    assert form.total is None
    months = kept.Months(whole, form)
    one, problems = months.joined()
    expected = scorer_of(SCHEME).values(score_inputs(SCHEME, whole.actuals_of(PERSON, PERIOD)))
    assert {key: one.values[key] for key in expected} == expected
    assert "补上" in one.note
    assert {problem.code for problem in problems} == {"ledger_completed"}
    assert f"「{NAMES[item]}」的实际：台账空着，总表 " in problems[0].message
    one, problems = months.joined(closed=True)
    assert one.total is None
    assert one.missing == (NAMES[item],)
    assert {problem.code for problem in problems} == {"ledger_blank"}
    assert "月份已关闭，没有补" in problems[0].message


def test_points_that_the_master_got_later_are_added_or_told() -> None:
    """A blank addition scores 0 on the form: it must not pass for an answer."""
    extra = SCHEME.adjustments[0]
    months = kept.usual()
    line = kept.actual(extra.id, None, "1")
    more = months.master.with_actuals([*months.master.actuals_of(PERSON, PERIOD), line])
    later = kept.with_master(months, more)
    one, problems = later.joined()
    assert [problem.code for problem in problems] == ["ledger_completed"]
    assert one.values[keys.counted(extra.id)] == 1
    before, _ = months.joined()
    assert isinstance(before.total, Decimal)
    assert one.total == before.total + (-1 if extra.taken else 1)
    one, problems = later.joined(closed=True)
    assert [problem.code for problem in problems] == ["ledger_blank"]
    assert one.total == before.total


def test_a_scheme_that_was_changed_since_is_told_by_what_differs() -> None:
    months = kept.usual()
    grades = tuple(
        grade.model_copy(update={"coefficient": grade.coefficient + 1}) for grade in SCHEME.grades
    )
    now = SCHEME.model_copy(update={"grades": grades})
    library = replace(months.master.library, schemes=(now,))
    later = kept.with_master(months, replace(months.master, library=library))
    one, problems = later.joined()
    assert one.scheme == SCHEME
    assert len(problems) == 1
    assert "的系数：台账 " in problems[0].message
    assert "方案改过" in problems[0].message


@given(st.sets(st.sampled_from(sorted(FIGURES))), st.booleans())
def test_whatever_the_master_says_otherwise_is_told_item_by_item(
    items: set[str], closed: bool
) -> None:
    """Every item that differs, no other; and the whole is the ledger's."""
    months = kept.usual()
    before, _ = months.joined()
    changed = {item: CHANGED.get(item, "0") for item in items}
    one, problems = kept.with_master(months, kept.company(**changed)).joined(closed=closed)
    told = [problem.message.split("「")[1].split("」")[0] for problem in problems]
    assert sorted(told) == sorted(NAMES[item] for item in items)
    for key in (keys.TOTAL, keys.GRADE, keys.COEFFICIENT):
        assert one.values[key] == before.values[key]


@given(
    left_blank=st.sets(st.sampled_from(sorted(JUDGED))),
    left_out=st.sets(st.sampled_from(sorted(FIGURES))),
    changed=st.sets(st.sampled_from(sorted(CHANGED))),
    unscored=st.sets(st.sampled_from(sorted(FIGURES)), max_size=1),
    closed=st.booleans(),
)
def test_who_asks_for_many_is_told_what_one_is_told(
    left_blank: set[str],
    left_out: set[str],
    changed: set[str],
    unscored: set[str],
    closed: bool,
) -> None:
    """Whatever is blank on the form, missing in the master, changed there, or was kept without points."""
    said = {**ANSWERS, **{keys.actual(item): None for item in left_blank}}
    form = kept.form(said, kept.company(*JUDGED))
    results = {**form.results, **{keys.score(item): None for item in unscored}}
    master = kept.company(*left_out, **{item: CHANGED[item] for item in changed})
    months = kept.Months(master, replace(form, results=results))
    one, _ = months.joined(closed=closed)
    many, differs = KeptBy(master, SCHEME).result(PERSON, months.kept, closed=closed)
    assert many == replace(one, values=many.values)
    assert {key: many.values.get(key) for key in one.values} == one.values
    assert differs == bool(left_blank - left_out)
