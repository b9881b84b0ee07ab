"""Every figure of the source forms is in the templates, and nothing else has slipped in."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from xladdin.domain.methods import Method
from xladdin.domain.methods.deadline import DeadlineMethod
from xladdin.domain.methods.deduct import DeductMethod
from xladdin.domain.methods.judgement import JudgementMethod
from xladdin.domain.methods.linear import LinearMethod
from xladdin.domain.methods.pass_fail import PassFailMethod
from xladdin.domain.methods.percent import PercentMethod
from xladdin.domain.methods.step_deduct import StepDeductMethod
from xladdin.domain.methods.steps import StepsMethod
from xladdin.domain.methods.veto import VetoMethod
from xladdin.domain.positions import Cycle, Position, Standard, StandardKind
from xladdin.domain.quantities import Unit, plain, written
from xladdin.domain.rule_terms import Basis
from xladdin.domain.schemes import Indicator, Scheme
from xladdin.schemes.library import Library

DATA = Path(__file__).parent / "data"
POSITIONS: dict[str, Any] = yaml.safe_load((DATA / "source_positions.yaml").read_text("utf-8"))
SCHEMES: dict[str, Any] = yaml.safe_load((DATA / "source_schemes.yaml").read_text("utf-8"))
SIGNS = {
    StandardKind.AT_LEAST: "≥",
    StandardKind.AT_MOST: "≤",
    StandardKind.ABOVE: ">",
    StandardKind.BELOW: "<",
    StandardKind.EQUAL: "=",
    StandardKind.WITHIN: "in ",
    StandardKind.CYCLE: "",
}
WORDS = {"当天": 0, "次日": 1, "1周内": 7}
"""Wordings whose figure is another than the digits in them."""


@pytest.fixture(params=POSITIONS)
def position(request: pytest.FixtureRequest) -> Position:
    found = Library.shipped().position(request.param)
    assert found is not None
    return found


@pytest.fixture(params=SCHEMES)
def scheme(request: pytest.FixtureRequest) -> Scheme:
    found = Library.shipped().scheme(request.param)
    assert found is not None
    return found


def figures(text: str) -> list[int]:
    return [int(digits) for digits in re.findall(r"\d+", text)]


def short(standard: Standard) -> str:
    cycle = f" per {standard.cycle}" if standard.cycle else ""
    if standard.kind is StandardKind.DEADLINE:
        return f"by {standard.due or 'the time asked'}{cycle}"
    if standard.value is None:
        return str(standard.kind)
    return f"{SIGNS[standard.kind]}{written(standard.value, standard.unit)}{cycle}"


def test_every_template_is_compared() -> None:
    assert {item.id for item in Library.shipped().positions} >= POSITIONS.keys()
    assert {item.id for item in Library.shipped().schemes} == SCHEMES.keys()


OWN = [item for item in Library.shipped().positions if item.id not in POSITIONS]


@pytest.mark.parametrize("position", OWN, ids=lambda item: item.id)
def test_what_no_source_has_says_so_and_narrows_no_hiring(position: Position) -> None:
    assert all(duty.restored for duty in position.duties)
    assert "补充" in position.note
    assert not position.requirements.age + position.requirements.sex
    for standard in (item for duty in position.duties for item in duty.standards):
        said = standard.text.replace(standard.subject, "")
        assert figures(said) in ([], structured(standard)), standard.text
    test_better_is_stated(position)
    test_duties_are_worded_anew(position)


def test_the_head_of_a_job_analysis(position: Position) -> None:
    source = POSITIONS[position.id]
    for field in ("name", "superior", "department"):
        assert getattr(position, field) == source[field]
    assert list(position.subordinates) == source["subordinates"]
    assert position.part_time == "无"


def test_requirements(position: Position) -> None:
    source, lines = POSITIONS[position.id], position.requirements.model_dump()
    found = {field: figures(text) for field, text in lines.items() if figures(text)}
    assert found == source["requirement_figures"]
    assert [field for field, text in lines.items() if text == "不限"] == source["unlimited"]


def test_shares_of_time(position: Position) -> None:
    source = POSITIONS[position.id]
    assert {duty.rank: duty.share for duty in position.duties} == source["shares"]
    assert {duty.rank: duty.share for duty in position.duties if duty.restored} == (
        source["restored"]
    )
    printed = sum(duty.share for duty in position.duties if not duty.restored)
    assert printed == source["printed_total"]


def test_the_note_says_what_was_restored(position: Position) -> None:
    assert figures(position.note) == POSITIONS[position.id]["note_figures"]


def test_standards(position: Position) -> None:
    found = {
        duty.rank: [short(standard) for standard in duty.standards]
        for duty in position.duties
        if duty.standards
    }
    assert found == POSITIONS[position.id]["standards"]


def test_the_wording_of_a_standard_has_its_figures(position: Position) -> None:
    for standard in (item for duty in position.duties for item in duty.standards):
        words = [value for word, value in WORDS.items() if word in standard.text]
        found = words if standard.kind is StandardKind.WITHIN and words else figures(standard.text)
        assert found in ([], structured(standard)), standard.text


def structured(standard: Standard) -> list[int]:
    cycle = [2] if standard.cycle is Cycle.TWO_MONTHS else []
    value = "" if standard.value is None else written(standard.value, standard.unit)
    return [*cycle, *figures(value + standard.due)]


def test_better_is_stated(position: Position) -> None:
    limits = {StandardKind.AT_MOST, StandardKind.BELOW, StandardKind.WITHIN}
    for standard in (item for duty in position.duties for item in duty.standards):
        none_wanted = standard.kind is StandardKind.EQUAL and standard.value == 0
        assert (standard.direction == "lower") == (standard.kind in limits or none_wanted)


def test_the_head_of_a_scheme(scheme: Scheme) -> None:
    source = SCHEMES[scheme.id]
    for field in ("title", "form_no", "weights_editable"):
        assert getattr(scheme, field) == source[field]
    assert list(scheme.positions) == source["positions"]


def test_weights(scheme: Scheme) -> None:
    source = SCHEMES[scheme.id]
    assert {section.name: section.weight for section in scheme.sections} == source["sections"]
    for restored, key in ((False, "printed"), (True, "restored")):
        found = {i.name: i.weight for i in scheme.indicators if i.restored is restored}
        assert found == source[key]


def settings_of(method: Method, unit: Unit) -> str:
    match method:
        case PercentMethod():
            return f"percent cap {plain(method.cap * 100) if method.cap else ''}%"
        case VetoMethod(whole_form=None):
            return f"veto {method.per_event} {method.zero_at}"
        case VetoMethod(whole_form=effect):
            assert effect is not None
            return f"veto {method.per_event} {method.zero_at} {effect.effect} {effect.grade}"
        case DeductMethod():
            return f"deduct {method.per_event} cap {method.cap}"
        case StepsMethod():
            steps = " ".join(pair(step.bound, step.share, unit) for step in method.steps)
            return f"steps {steps} below {plain(method.below * 100)}%"
        case StepDeductMethod():
            return f"step_deduct {method.points} per {method.step}"
        case LinearMethod():
            across = Unit.PERCENT if method.basis is Basis.COMPLETION else unit
            ends = " ".join(pair(end.at, end.share, across) for end in (method.low, method.high))
            return f"linear {method.basis} {ends} below {plain(method.below * 100)}%"
        case PassFailMethod():
            return f"pass_fail {figure(method.bound, unit)}".strip()
        case DeadlineMethod():
            return f"deadline {method.measure} {method.per_day}"
        case JudgementMethod():
            return "bands " + " ".join(f"{band.low}-{band.high}" for band in method.bands)


def figure(value: Decimal | None, unit: Unit) -> str:
    if value is None:
        return ""
    return written(value, unit) if unit is Unit.PERCENT else plain(value)


def pair(at: Decimal, share: Decimal, unit: Unit) -> str:
    return f"{figure(at, unit)}={written(share, Unit.PERCENT)}"


def summary(indicator: Indicator) -> str:
    settings = settings_of(indicator.method, indicator.unit)
    target = f" target {figure(indicator.target, indicator.unit)}" if indicator.target else ""
    return f"{indicator.unit} {indicator.direction}: {settings}{target}"


def test_methods(scheme: Scheme) -> None:
    found = {indicator.id: summary(indicator) for indicator in scheme.indicators}
    assert found == SCHEMES[scheme.id]["methods"]


def test_sources(scheme: Scheme) -> None:
    for key, columns in SCHEMES[scheme.id]["sources"].items():
        indicator = scheme.indicator(key)
        assert indicator is not None
        source = indicator.source
        assert [source.way, source.post, source.form] == columns


def test_until_when_figures_are_handed_in(scheme: Scheme) -> None:
    dues = {item.id: item.source.due for item in (*scheme.indicators, *scheme.adjustments)}
    others = {key: due for key, due in dues.items() if due != "次月3日前"}
    assert others == SCHEMES[scheme.id]["dues"]


def test_figures_inside_texts(scheme: Scheme) -> None:
    for field, expected in SCHEMES[scheme.id]["text_figures"].items():
        found = {n for item in scheme.indicators for n in figures(getattr(item, field))}
        assert sorted(found) == expected
    assert not figures(" ".join(item.criteria + item.remark for item in scheme.adjustments))


def test_the_total_and_the_version(scheme: Scheme) -> None:
    assert (scheme.total.cap, scheme.total.floor, scheme.version) == (110, 0, 1)


def test_adjustments(scheme: Scheme) -> None:
    found = {item.id: [item.kind, item.name, item.cap] for item in scheme.adjustments}
    assert found == SCHEMES[scheme.id]["adjustments"]


def test_grades(scheme: Scheme) -> None:
    assert [(g.name, g.bound, g.coefficient) for g in scheme.grades] == [
        ("优秀", "≥90", Decimal("1.2")),
        ("良好", "≥80", Decimal("1.0")),
        ("一般", "≥70", Decimal("0.8")),
        ("待改进", "≥60", Decimal("0.6")),
        ("不合格", "其余", Decimal(0)),
    ]


def test_texts_fit_their_columns(scheme: Scheme) -> None:
    for indicator in scheme.indicators:
        assert 0 < len(indicator.definition) <= 40
        assert len(indicator.remark) <= 40
        if isinstance(indicator.method, JudgementMethod):
            assert indicator.method.top == indicator.weight
    for adjustment in scheme.adjustments:
        assert 0 < len(adjustment.criteria) <= 40


def test_duties_are_worded_anew(position: Position) -> None:
    assert len({duty.text for duty in position.duties}) == len(position.duties)
    assert all(4 <= len(duty.text) <= 60 for duty in position.duties)


def test_every_method_is_shipped_in_some_scheme() -> None:
    schemes = Library.shipped().schemes
    kinds = {indicator.method.kind for scheme in schemes for indicator in scheme.indicators}
    assert len(kinds) == 9
    assert any(indicator.whole_form for scheme in schemes for indicator in scheme.indicators)
