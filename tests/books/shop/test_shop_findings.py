"""What the shop's report points out: every shipped rule appears where it should, and is kept away where not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.books.finding_cases import CalmMonth
from tests.books.shop_months import calm
from xladdin.books.reports import finding_rules as rules
from xladdin.books.reports import report_keys as keys
from xladdin.books.reports.finished_report import known_in
from xladdin.books.shop import report_shop
from xladdin.domain.report_findings import PLACEHOLDER, Finding, Side

CASES: dict[str, dict[str, dict[str, Any]]] = yaml.safe_load(
    (Path(__file__).parents[1] / "data" / "shop_findings.yaml").read_text("utf-8")
)
RULES = {rule.id: rule for rule in rules.shipped_findings(rules.SHOP_FILE).findings}
FIGURES = calm()
BASE = report_shop.measured(FIGURES)
CALM_MONTH = CalmMonth(FIGURES, lambda typed: known_in(BASE, typed))
known, found = CALM_MONTH.known, CALM_MONTH.found


def test_there_are_enough_and_each_has_its_case() -> None:
    assert len(RULES) >= 30
    assert RULES.keys() == CASES.keys()
    assert {rule.side for rule in RULES.values()} == set(Side)


def test_nothing_is_pointed_out_in_a_calm_month() -> None:
    assert rules.findings([*RULES.values()], FIGURES, known({})).laid == ()


@pytest.mark.parametrize("name", CASES)
def test_a_finding_appears_and_is_kept_away(name: str) -> None:
    (said, *_) = found(RULES[name], CASES[name]["appears"])
    assert isinstance(said, str)
    assert "{" not in said
    assert said.endswith("。")
    assert found(RULES[name], CASES[name]["away"]) == []


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.id)
def test_a_rule_speaks_of_metrics_that_there_are(rule: Finding) -> None:
    for field in ("metric", "other"):
        named = getattr(rule.when, field, None)
        assert named is None or named in keys.EVERY
    assert rule.measure.endswith("。")
    assert set(PLACEHOLDER.findall(rule.says)) <= rule.when.words


def test_it_says_what_the_cells_say() -> None:
    assert found(RULES["converted_falling"], {"m.paid.12": 57}) == [
        "询单转化率47.5%，比上月下降2.5个百分点，比去年同月下降2.5个百分点。"
    ]
    assert found(RULES["agent_slow"], CASES["agent_slow"]["appears"]) == [
        "张首次响应60秒，团队中位数40秒。"
    ]
    assert found(RULES["agent_overloaded"], CASES["agent_overloaded"]["appears"]) == [
        "张接待了60人，团队中位数40人。"
    ]


def test_small_numbers_point_at_nothing() -> None:
    few = {"m.jingdong_prompt.above.12": 0, "m.jingdong_prompt.n.12": 29}
    assert found(RULES["jingdong_low"], few) == []
