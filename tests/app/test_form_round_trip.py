"""Schemes laid out as forms and read back: what is read scores the same, and no difference is silent."""

from __future__ import annotations

import random
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from tests.equality.strategies import SETTINGS, turning
from xladdin.app.drafts.drafting_forms import draft_forms
from xladdin.app.generating.generate import generate
from xladdin.books import wording
from xladdin.company.starting import example_company
from xladdin.domain.people import Period
from xladdin.domain.quantities import Direction, Unit, plain, written
from xladdin.domain.schemes import Indicator
from xladdin.formula.evaluate import Value, evaluate
from xladdin.schemes.library import Library
from xladdin.standards.rules_in_words.rule_parts import Context, ReadRule
from xladdin.standards.rules_in_words.rule_reader import read_rule

SOURCE = {"way": "系统抓取", "post": "客服组长"}
NAMES = {Unit.PERCENT: "满意率", Unit.YUAN: "销售额"}
WEIGHT = Decimal(20)


def indicator(name: str, weight: Decimal, **others: Any) -> Indicator:
    return Indicator.model_validate(
        {"id": "item", "name": name, "weight": weight, "source": SOURCE, **others}
    )


def read_again(item: Indicator, text: str, target: Decimal | None) -> Indicator | None:
    """What is read of a rule, as an indicator; None where it is not read."""
    said = "" if target is None else written(target, item.unit)
    read = read_rule(text, Context(item.name, item.weight, said))
    if not isinstance(read, ReadRule):
        return None
    return indicator(
        item.name,
        item.weight,
        unit=read.unit,
        direction=read.direction,
        target=read.target,
        method=read.method,
    )


def score(item: Indicator, actual: Value, target: Decimal | None) -> Value:
    inputs: dict[str, Value] = {"full": item.weight, "actual": actual, "target": target}
    return evaluate(item.rule, inputs)


# Our own forms.


def test_a_form_of_ours_comes_back_as_a_scheme_that_scores_the_same(tmp_path: Path) -> None:
    company = example_company()
    people = [one.id for one in company.employees]
    assert generate(company, Period.parse("2026-10"), tmp_path, ids=people).paths
    found = draft_forms(sorted(tmp_path.rglob("*.xlsx")))
    assert found.drafted
    kept = {tuple(item.name for item in one.indicators) for one in company.library.schemes}
    for one in found.drafted:
        assert tuple(item.name for item in one.scheme.indicators) in kept
        assert not [line.name for line in one.draft.lines if not isinstance(line.read, ReadRule)]
        assert sum(proof.checked for proof in one.proofs) > 10
        assert not any(proof.differ for proof in one.proofs)
        for proof in one.proofs:
            assert proof.stated is None or proof.total == proof.stated


def test_a_sales_list_of_ours_comes_back(tmp_path: Path) -> None:
    """Its weights may be edited, so that its rules speak of 满分."""
    company = example_company()
    person = company.employees[1].model_copy(update={"scheme": "sales_service"})
    company = replace(company, employees=(person,), figures=(), raters=())
    made = generate(company, Period.parse("2026-10"), tmp_path, form="sales", ids=[person.id])
    [drafted] = draft_forms([tmp_path / path for path in made.paths]).drafted
    original = next(one for one in Library.shipped().schemes if one.id == "sales_service")
    assert [(one.name, one.weight, one.method.kind) for one in drafted.scheme.indicators] == [
        (one.name, one.weight, one.method.kind) for one in original.indicators
    ]


def shipped() -> list[tuple[str, Indicator]]:
    return [
        (f"{scheme.id} {item.name}", item)
        for scheme in Library.shipped().schemes
        for item in scheme.indicators
    ]


@pytest.mark.parametrize(("name", "item"), shipped(), ids=[name for name, _ in shipped()])
def test_every_shipped_rule_is_read_back(name: str, item: Indicator) -> None:
    again = read_again(item, wording.rule_text(item, brief=True), item.target)
    assert again is not None
    assert again.method.kind == item.method.kind


# Any rule, in the words of its explanation.


@pytest.mark.parametrize("kind", SETTINGS)
def test_what_is_read_of_an_explanation_scores_the_same(kind: str) -> None:
    """A rule may be too odd to be read; what is read is never another one."""
    read = [0, 0]

    @settings(max_examples=40, deadline=None)
    @given(setting=SETTINGS[kind], data=st.data())
    def law(setting: Any, data: st.DataObject) -> None:
        target = data.draw(setting.targets.filter(lambda value: value > 0))
        name = NAMES.get(setting.unit, "指标")
        item = indicator(
            name, WEIGHT, unit=setting.unit, direction=setting.direction, method=setting.method
        )
        aim = target if item.uses_target else None
        again = read_again(item, wording.rule_text(item, brief=True), aim)
        read[again is not None] += 1
        if again is None:
            return
        for actual in turning(setting, WEIGHT, target):
            assert score(again, actual, again.target or target) == score(item, actual, target)

    law()
    assert read[1] * 4 >= read[0], read


# Rules in the words of clerks, of settings drawn at random.


def _steps(pick: random.Random) -> tuple[str, dict[str, Any]]:
    bounds = sorted(pick.sample(range(60, 99), 3), reverse=True)
    points = sorted(pick.sample(range(4, 20), 2), reverse=True)
    shares = [Decimal(1), *(Decimal(one) / 20 for one in points)]
    texts = [
        f"{bounds[0]}%以上得20分",
        f"{bounds[1]}%-{bounds[0]}%得{points[0]}分",
        f"{bounds[2]}%-{bounds[1]}%得{points[1]}分",
        f"{bounds[2]}%以下不得分",
    ]
    listed = [
        {"bound": Decimal(bound) / 100, "share": share}
        for bound, share in zip(bounds, shares, strict=True)
    ]
    joined = pick.choice(["；", "，", "\n"]).join(texts)
    return joined, {"unit": Unit.PERCENT, "method": {"kind": "steps", "steps": listed}}


def _step_deduct(pick: random.Random) -> tuple[str, dict[str, Any]]:
    step, off = pick.choice(["0.5", "1", "2"]), pick.choice(["0.5", "1", "2", "3"])
    how, said = pick.choice(
        [
            ("whole", f"不足{step}%按{step}%计算"),
            ("ignored", f"不足{step}%的不扣分"),
            ("proportional", "按比例扣分"),
        ]
    )
    lead = pick.choice(["每低于目标", "每低", "低于目标的，每下降", "每降低"])
    text = f"{lead}{step}%扣{off}分，{said}，扣完为止"
    method = {
        "kind": "step_deduct",
        "points": Decimal(off),
        "step": Decimal(step) / 100,
        "started": how,
    }
    return text, {"unit": Unit.PERCENT, "target": Decimal("0.9"), "method": method}


def _deduct(pick: random.Random) -> tuple[str, dict[str, Any]]:
    off, cap = pick.choice(["0.5", "1", "2", "5"]), pick.choice([None, "10", "15"])
    lead = pick.choice(["每次", "每出现1次", "每发生一起投诉", "每错1处", "投诉每次"])
    text = f"{lead}扣{off}分" + (f"，最多扣{cap}分" if cap else "，扣完为止")
    method = {"kind": "deduct", "per_event": Decimal(off), "cap": cap and Decimal(cap)}
    return text, {"unit": Unit.TIMES, "direction": Direction.LOWER, "method": method}


def _veto(pick: random.Random) -> tuple[str, dict[str, Any]]:
    off, count = pick.choice(["1", "2", "5"]), pick.choice([2, 3, 4])
    until = pick.choice(
        [f"{count}次以上该项0分", f"达到{count}次不得分", f"超过{count - 1}次不得分"]
    )
    method = {"kind": "veto", "per_event": Decimal(off), "zero_at": Decimal(count)}
    others = {"unit": Unit.TIMES, "direction": Direction.LOWER, "method": method}
    return f"每次扣{off}分，{until}", others


def _deadline(pick: random.Random) -> tuple[str, dict[str, Any]]:
    off = pick.choice(["1", "2", "5"])
    text = pick.choice([f"按时提交得满分，每迟1天扣{off}分", f"逾期1天扣{off}分，扣完为止"])
    method = {"kind": "deadline", "per_day": Decimal(off)}
    return text, {"unit": Unit.DAY, "direction": Direction.LOWER, "method": method}


def _percent(pick: random.Random) -> tuple[str, dict[str, Any]]:
    cap = pick.choice([None, "100", "120", "150"])
    lead = pick.choice(["实际完成/目标×权重", "得分=实际值÷目标值×100%×20", "完成率×权重"])
    text = lead + (f"，最高{cap}%" if cap else "")
    method = {"kind": "percent", "cap": Decimal(cap) / 100 if cap else None}
    return text, {"unit": Unit.YUAN, "target": Decimal(5000), "method": method}


WORDED = {
    "steps": (_steps, "满意率", "0.95 0.9 0.612 0.7777 0.99 0.33 1"),
    "step_deduct": (_step_deduct, "好评率", "0.9 0.889 0.85 0.701 0.95 0"),
    "deduct": (_deduct, "投诉", "0 1 3 30"),
    "veto": (_veto, "差错", "0 1 2 3 4 9"),
    "deadline": (_deadline, "日报", "0 1 2 30"),
    "percent": (_percent, "销售额", "5000 4321 0 6000 9000"),
}


@pytest.mark.parametrize("kind", WORDED)
def test_rules_in_clerks_words_score_as_they_say(kind: str) -> None:
    make, name, actuals = WORDED[kind]
    pick = random.Random(kind)
    for _ in range(60):
        text, others = make(pick)
        item = indicator(name, WEIGHT, **others)
        again = read_again(item, text, item.target)
        assert again is not None, text
        for actual in map(Decimal, actuals.split()):
            aim = item.target
            assert score(again, actual, again.target) == score(item, actual, aim), (text, actual)


@pytest.mark.parametrize("seed", range(4))
def test_a_whole_form_in_words_proves_itself(seed: int, tmp_path: Path) -> None:
    """Filled by the original rules; one score is then changed, and just that one is told."""
    pick = random.Random(seed)
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["岗位：客服"])
    sheet.append(["指标名称", "权重", "目标值", "评分标准", "实际完成", "得分"])
    total = Decimal(0)
    kinds = pick.sample(sorted(WORDED), 5)
    for kind in kinds:
        make, name, actuals = WORDED[kind]
        text, others = make(pick)
        item = indicator(name, WEIGHT, **others)
        actual = Decimal(pick.choice(actuals.split()))
        got = score(item, actual, item.target)
        assert isinstance(got, Decimal)
        total += got
        shown = f"{plain(actual * 100)}%" if item.unit is Unit.PERCENT else float(actual)
        target = None if item.target is None else written(item.target, item.unit)
        sheet.append([name, "20%", target, text, shown, float(got)])
    sheet.append(["合计", "100%", None, None, None, float(total)])
    path = tmp_path / "表.xlsx"
    book.save(path)
    [drafted] = draft_forms([path]).drafted
    [proof] = drafted.proofs
    assert (proof.checked, proof.differ, proof.judged, proof.open) == (5, 0, 0, [])
    assert proof.total == total
    row = 3 + pick.randrange(5)
    sheet.cell(row, 6).value = float(sheet.cell(row, 6).value or 0) + 0.01
    book.save(path)
    told = draft_forms([path]).problems
    assert [one.place.cell for one in told if one.code == "score_differs"] == [f"F{row}"]
