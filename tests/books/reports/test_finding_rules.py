"""What reports point out: every shipped rule appears where it should, and is kept away where it just should not."""

from __future__ import annotations

import json
import random
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.books.finding_cases import CalmMonth
from tests.books.service_months import random_figures
from xladdin.analysis.metric import Count, Reading, Share
from xladdin.analysis.month_figures import (
    MAIN,
    OF_AGENTS,
    OF_HOURS,
    OF_TYPES,
    AgentFigures,
    Group,
    MonthFigures,
    Readings,
    Team,
)
from xladdin.books.reports import finding_rules as rules
from xladdin.books.reports import report_keys as keys
from xladdin.books.reports import report_monthly
from xladdin.books.reports import report_sentences as say
from xladdin.books.reports.finished_report import known_in
from xladdin.company.month_results import months_until
from xladdin.domain.people import Period
from xladdin.domain.report_findings import PLACEHOLDER, Finding, Side
from xladdin.formula.evaluate import solve
from xladdin.formula.nodes import Var
from xladdin.schemes.load import load_findings

CASES: dict[str, dict[str, dict[str, Any]]] = yaml.safe_load(
    (Path(__file__).parents[1] / "data" / "findings.yaml").read_text("utf-8")
)
RULES = {rule.id: rule for rule in rules.shipped_findings().findings}
OCTOBER = Period("2026-10")
CALM = {
    "requests": 100, "open": 20, "reply_mean": 40, "reply_median": 30, "reply_p90": 90, "wait_mean": 25,
    "wait_median": 20, "wait_p90": 60, "solve_mean": 20, "solve_median": 15, "solve_p90": 60, "score": "4.5",
    "complaints": 5, "suggestions": 2, "words": 5,
}  # fmt: skip
SHARES = {
    "solved": (90, 100), "solved_at_once": (63, 90), "reopened": (5, 100), "answered": (50, 100),
    "satisfied": (43, 50), "middling": (5, 50), "dissatisfied": (2, 50), "complaint_share": (5, 100),
}  # fmt: skip


def calm(metrics: Any, **others: object) -> Readings:
    """The same every month."""
    found = {}
    for metric in metrics:
        if isinstance(metric.figure, Share):
            above, out_of = SHARES[metric.id]
            share = metric.scale.shown(Decimal(above) / out_of)
            found[metric.id] = Reading(share, out_of, above)
        else:
            value = Decimal(str(others.get(metric.id, CALM[metric.id])))
            lines = int(value) if isinstance(metric.figure, Count) else 100
            found[metric.id] = Reading(value, lines)
    return found


FIGURES = MonthFigures(
    "青禾",
    OCTOBER,
    {month: calm(MAIN) for month in months_until(OCTOBER, 13)},
    tuple(Group(name, *[calm(OF_TYPES, requests=20)] * 2) for name in "甲乙丙丁戊"),
    {"在线": (100, 100, 100)},
    tuple(AgentFigures(name, None, calm(OF_AGENTS, requests=33)) for name in ("张", "王", "李")),
    Team(8, 8, 8),
    {(day, hour): calm(OF_HOURS, requests=1) for day in range(1, 8) for hour in range(24)},
    {hour: calm(OF_HOURS, requests=7) for hour in range(24)},
    days=dict.fromkeys(months_until(OCTOBER, 13), 30),
    first=Period("2025-09").first_day,
    last=Period("2026-11").last_day,
)
BASE = report_monthly.measured(FIGURES)
CALM_MONTH = CalmMonth(FIGURES, lambda typed: known_in(BASE, typed))
known, found = CALM_MONTH.known, CALM_MONTH.found


def test_there_are_enough_and_each_has_its_case() -> None:
    assert len(RULES) >= 30
    assert RULES.keys() == CASES.keys()
    assert {rule.side for rule in RULES.values()} == set(Side)


def test_nothing_is_pointed_out_in_a_calm_month() -> None:
    assert rules.findings([*RULES.values()], FIGURES, known({})).laid == ()


@pytest.mark.parametrize("name", CASES)
def test_a_finding_appears(name: str) -> None:
    (said, *_) = found(RULES[name], CASES[name]["appears"])
    assert isinstance(said, str)
    assert "{" not in said
    assert said.endswith("。")


@pytest.mark.parametrize("name", CASES)
def test_a_finding_is_kept_away(name: str) -> None:
    assert found(RULES[name], CASES[name]["away"]) == []


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.id)
def test_a_rule_speaks_of_metrics_that_there_are(rule: Finding) -> None:
    for field in ("metric", "other"):
        named = getattr(rule.when, field, None)
        assert named is None or named in keys.METRICS
    assert rule.measure.endswith("。")
    assert set(PLACEHOLDER.findall(rule.says)) <= rule.when.words


def test_it_says_what_the_cells_say() -> None:
    assert found(RULES["complaints_more"], {"m.complaints.12": 6}) == [
        "投诉6条，比上月增加20%，比去年同月增加20%。"
    ]
    assert found(RULES["satisfied_streak"], CASES["satisfied_streak"]["appears"]) == [
        "满意率连续3个月上升，本月87.9%。"
    ]
    assert found(RULES["agent_slow"], CASES["agent_slow"]["appears"]) == [
        "张平均响应60秒，团队中位数40秒。"
    ]
    assert found(RULES["load_and_reply"], CASES["load_and_reply"]["appears"])[0] == (
        "有数据的6次月度变化里，有6次请求量和平均响应同时升或同时降；这只是同步，不等于原因。"
    )


def test_a_finding_that_no_longer_holds_says_so() -> None:
    made = rules.findings([RULES["complaints_more"]], FIGURES, known({"m.complaints.12": 6}))
    (one,) = made.laid
    assert solve({one.key: one.formula}, known({}))[one.key] == rules.NO_LONGER


def test_nobody_is_compared_in_a_team_of_two() -> None:
    two = {"agents.reply_mean": [600, 40, None], "agents.requests": [500, 40, None]}
    cells = {key: [it for it in column if it is not None] for key, column in two.items()}
    for name in ("agent_slow", "agent_fast", "agent_overloaded"):
        assert found(RULES[name], cells) == []


def test_two_months_explain_nothing() -> None:
    """Published: "每慢 1 秒转化率降 0.42 个百分点", out of two months."""
    two = {"m.reply_mean.12": 50, "m.satisfied.above.12": 30}
    for name in ("reply_and_satisfied", "load_and_reply"):
        assert found(RULES[name], two) == []


def test_small_numbers_point_at_nothing() -> None:
    few = {"m.satisfied.above.12": 10, "m.middling.above.12": 0, "m.dissatisfied.above.12": 0}
    assert found(RULES["satisfied_rising"], few) == []


def test_part_of_a_month_is_not_said_to_be_fewer() -> None:
    part = MonthFigures(**{**_fields(FIGURES), "last": OCTOBER.first_day})
    assert found(RULES["complaints_fewer"], {"m.complaints.12": 1}, part) == []
    assert found(RULES["complaints_fewer"], {"m.complaints.12": 1}) != []
    # Of six steps the last one leads into the part.
    assert found(RULES["load_and_reply"], CASES["load_and_reply"]["appears"], part) == []
    assert found(RULES["satisfied_streak"], CASES["satisfied_streak"]["appears"], part) != []


def _fields(figures: MonthFigures) -> dict[str, Any]:
    return {name: getattr(figures, name) for name in figures.__dataclass_fields__}


def test_a_rule_is_laid_out_three_times_at_most_and_the_rest_is_counted() -> None:
    cells = {f"type.{i}.mean": 30 + i for i in range(5)}
    made = rules.findings([RULES["type_slow"]], FIGURES, known(cells))
    assert (len(made.laid), made.left_out) == (3, 2)


def test_nobody_is_praised_for_what_became_worse() -> None:
    """In months made by chance; and no sentence has a hole where a figure should be."""
    praised = 0
    for seed in range(15):
        month = random_figures(random.Random(seed))
        held = known_in(report_monthly.measured(month))
        made = rules.findings([*RULES.values()], month, held)
        said = solve({**made.helpers, **{one.key: one.formula for one in made.laid}}, held)
        for one in made.laid:
            text = str(said[one.key])
            assert not re.search(r"None|—|\{|（条）|平均响应，", text), text
            metric = getattr(RULES[one.rule].when, "metric", "")
            if one.side is Side.HIGHLIGHT and "比上月" in text and metric in keys.METRICS:
                praised += 1
                turned = say.judged(keys.METRICS[metric], *now_and_before(metric))
                assert solve({"#": turned}, held)["#"] != say.WORSE, text
    assert praised > 0


def now_and_before(metric: str) -> tuple[Var, Var]:
    return Var(keys.value(metric)), Var(keys.value(metric, keys.BEFORE))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("says: '满意率{nwo}'", "没有「{nwo}」这个词，可用的有：{change}、{now}、{target}、{year}"),
        ("says: x, id: level_b", "编号「level_b」与第1条重复"),
        ("when: {kind: levels}", "没有叫「levels」的条件"),
        ("when: {kind: level, metric: solved}", "at_least 和 at_most 应只写一个"),
        ("side: good", "归类只能是"),
    ],
)
def test_a_faulty_rule_is_told_with_its_place(text: str, told: str, tmp_path: Path) -> None:
    rule = {
        "id": "level_a",
        "side": "risk",
        "when": {"kind": "level", "metric": "solved", "at_most": 0.5},
        "says": "解决率{now}",
    }
    second = rule | yaml.safe_load(f"{{{text}}}")
    data = {"kind": "report_findings", "id": "x", "name": "提示"}
    path = tmp_path / "findings.yaml"
    path.write_text(
        json.dumps({**data, "findings": [{**rule, "id": "level_b"}, second]}, ensure_ascii=False),
        "utf-8",
    )
    loaded, problems = load_findings(path)
    assert loaded is None
    assert any(told in problem.message for problem in problems), problems
    assert all(problem.place.file.endswith("findings.yaml") for problem in problems)
