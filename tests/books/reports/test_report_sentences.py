"""Sentences about figures: the formula gives what Python gives, and neither contradicts the figures."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from tests.books.contradictions import contradictions
from tests.equality.sheet import Row, computed, disagreements, listed
from tests.proof.fixtures import Proofs
from tests.workbench.office import Office
from xladdin.analysis.metric import Direction, Metric
from xladdin.analysis.metrics import opinions, workload
from xladdin.analysis.month_figures import MAIN
from xladdin.books.reports import report_sentences as say
from xladdin.books.reports.report_months import quotient
from xladdin.formula.evaluate import Value, evaluate
from xladdin.formula.excel import excel
from xladdin.formula.nodes import Var

METRICS = (*MAIN, workload.REQUESTS_A_DAY)
NAMES = {"now": "本月", "before": "上月", "year": "去年同月", "target": "目标"}
SHARDS = 10
LONGEST_FORMULA = 8192


def subject(metric: Metric, **more: str) -> say.Subject:
    return say.Subject(
        metric,
        *(Var(name) for name in ("now", "before", "year", "basis", "target")),
        **more,  # type: ignore[arg-type]
    )


def model(metric: Metric) -> dict[str, object]:
    one = subject(metric)
    return {
        "told": say.sentence(one),
        "short": say.in_short(metric, one.now, one.before),
        "judged": say.judged(metric, one.now, one.before),
        "state": say.target_state(metric, one.now, Var("target")),
    }


def drawn(chance: random.Random, metric: Metric) -> Value:
    """A figure as metrics come out, or as a clerk types it: missing, 0, small, large, with decimals."""
    kind = chance.random()
    if kind < 0.08:
        return None
    if kind < 0.1:
        return "没有"
    if kind < 0.2:
        return Decimal(0)
    if metric.scale.percent:
        return Decimal(chance.randint(0, 1000)) / 1000
    if metric.scale.name == "分":
        return Decimal(chance.randint(100, 500)) / 100
    most = chance.choice([3, 40, 1000, 30_000])
    return (
        Decimal(chance.randint(0, most * 10)) / 10
        if metric.scale.places
        else Decimal(chance.randint(0, most))
    )


def months(seed: int, count: int) -> Iterator[tuple[Metric, dict[str, Value]]]:
    chance = random.Random(seed)
    for _ in range(count):
        metric = chance.choice(METRICS)
        figures = {name: drawn(chance, metric) for name in NAMES}
        if chance.random() < 0.15:
            figures["before"] = figures["now"]
        few: Value = Decimal(chance.randint(0, 60)) if chance.random() < 0.9 else None
        yield metric, {**figures, "basis": few}


def numbers(figures: Mapping[str, Value]) -> dict[str, Decimal | None]:
    return {
        label: value if isinstance(value := figures[name], Decimal) else None
        for name, label in NAMES.items()
    }


def agree(seed: int, count: int, office: Office, folder: Path) -> None:
    rows: list[Row] = []
    for metric, figures in months(seed, count):
        row = computed(metric.id, model(metric), figures)  # type: ignore[arg-type]
        rows.append(row)
        found = [*contradictions(metric, numbers(figures), str(row.expected["told"]))]
        assert found == [], figures
    wrong = disagreements(rows, office, folder)
    assert not wrong, listed(wrong)


def test_the_formula_says_what_python_says_and_nothing_else(
    office: Office, tmp_path: Path, proofs: Proofs
) -> None:
    agree(1, proofs.count("sentences"), office, tmp_path)


@pytest.mark.proof
@pytest.mark.parametrize("shard", range(SHARDS))
def test_ten_thousand_months_without_a_contradiction(
    shard: int, office: Office, tmp_path: Path, proofs: Proofs
) -> None:
    count = proofs.count("sentences") // SHARDS
    agree(1000 + shard, count, office, tmp_path)
    proofs.record("sentences", tried=count, survived=count)


@pytest.mark.parametrize("metric", METRICS, ids=lambda one: one.id)
def test_a_cell_can_hold_the_sentence(metric: Metric) -> None:
    places = {name: f"月度数据!$AB${i}" for i, name in enumerate([*NAMES, "basis"], start=100)}
    for expr in model(metric).values():
        assert len(excel(expr, places)) < LONGEST_FORMULA  # type: ignore[arg-type]


def said(metric: Metric, now: str | None, **others: str | None) -> str:
    """A sentence over these figures."""
    figures = {"now": now, **others}
    env = {name: None if value is None else Decimal(value) for name, value in figures.items()}
    return str(evaluate(say.sentence(subject(metric)), env))


RATE, COUNT, TIME, STARS = (
    opinions.SATISFIED_SHARE,
    workload.REQUESTS,
    workload.REPLY[0],
    opinions.SCORE,
)


# Faults that were published, each kept away.


def test_a_rate_changes_by_points_and_a_count_by_percent_everywhere() -> None:
    """Published: the same metric −1.50 百分点 on one page, −2.60% on another."""
    told = said(RATE, "0.853", before="0.868", year="0.9", basis="1204")
    assert told == "满意率85.3%，比上月下降1.5个百分点，比去年同月下降4.7个百分点。"
    short = evaluate(
        say.in_short(RATE, Var("now"), Var("before")),
        {"now": Decimal("0.853"), "before": Decimal("0.868")},
    )
    assert short == "▼1.5个百分点"
    assert said(COUNT, "7020", before="6482", year="6158") == (
        "服务请求数量7020条，比上月增加8.3%，比去年同月增加14%。"
    )


def test_a_share_is_what_its_own_counts_make() -> None:
    """Published: 8,190 / 28,119 printed as 26.41%."""
    share = quotient(Var("above"), Var("n"), RATE.scale)
    counts: dict[str, Value] = {"above": Decimal(8190), "n": Decimal(28119)}
    assert evaluate(share, counts) == Decimal("0.291")
    assert said(RATE, "0.291", before=None, basis="28119").startswith("满意率29.1%，")
    for missing in ("above", "n"):
        assert evaluate(share, {**counts, missing: None}) is None
    assert evaluate(share, {**counts, "n": Decimal(0)}) is None


def test_what_is_missing_is_not_0() -> None:
    """Published: a -- turned into 0."""
    assert said(TIME, None, before="40") == "客服响应时间（平均）：本月没有数据。"
    assert "上月没有数据，不比较" in said(TIME, "47.2", before=None, year="0")


def test_nothing_changes_by_a_percentage_from_0() -> None:
    assert "上月为0，不算百分比，增加34条" in said(COUNT, "34", before="0", year=None)
    assert "与上月持平" in said(COUNT, "0", before="0", year=None)


def test_never_an_increase_by_minus_three_percent() -> None:
    """Published: 同比增加 -3%."""
    assert "比去年同月减少3%" in said(COUNT, "97", before=None, year="100")


def test_small_numbers_carry_their_count() -> None:
    assert said(RATE, "1", before=None, basis="2").startswith("满意率100%（2条），")
    assert said(RATE, "1", before=None, basis="30").startswith("满意率100%，")


def test_a_small_change_is_neither_none_nor_0_percent() -> None:
    assert "比上月略有增加，不到0.1%" in said(COUNT, "30001", before="30000", year=None)


@pytest.mark.parametrize(
    ("metric", "now", "before", "judged"),
    [
        (TIME, "47", "43", "变差"),
        (TIME, "43", "47", "好转"),
        (RATE, "0.9", "0.8", "好转"),
        (RATE, "0.8", "0.8", "持平"),
        (COUNT, "9", "8", None),
        (STARS, "4.5", "4.6", "变差"),
    ],
)
def test_slower_is_worse_though_the_number_is_higher(
    metric: Metric, now: str, before: str, judged: str | None
) -> None:
    env: dict[str, Value] = {"now": Decimal(now), "before": Decimal(before)}
    assert evaluate(say.judged(metric, Var("now"), Var("before")), env) == judged


def test_part_of_a_month_is_not_compared_where_it_would_be_smaller() -> None:
    part = subject(COUNT, part="本月只有10月1日至10月20日的数据")
    env: dict[str, Value] = {"now": Decimal(9), "before": Decimal(30), "year": None}
    told = str(evaluate(say.sentence(part), env))
    assert "本月只有10月1日至10月20日的数据，不与上月比较" in told
    assert "减少" not in told
    rate = replace(part, metric=RATE)
    env = {"now": Decimal("0.9"), "before": Decimal("0.8"), "year": None}
    assert "比上月上升10个百分点" in str(evaluate(say.sentence(rate), env))


def test_targets_by_direction() -> None:
    assert said(TIME, "47", before=None, target="45").endswith("没有达到目标（≤45秒），差2秒。")
    assert said(RATE, "0.853", before=None, target="0.85").endswith("达到目标（≥85%）。")
    assert "目标" not in said(COUNT, "9", before=None, target="5")


@pytest.mark.parametrize(
    ("metric", "figures", "text"),
    [
        (RATE, {"本月": "0.853", "上月": "0.868"}, "满意率85.3%，比上月下降2.6%"),
        (RATE, {"本月": "0.853", "上月": "0.868"}, "满意率85.3%，比上月上升1.5个百分点"),
        (COUNT, {"本月": "97", "上月": "100"}, "服务请求数量97条，比上月减少3个百分点"),
        (COUNT, {"本月": "5", "上月": "0"}, "服务请求数量5条，比上月增加100%"),
        (COUNT, {"本月": "5", "上月": None}, "服务请求数量5条，与上月持平"),
        (COUNT, {"本月": None, "上月": "5"}, "服务请求数量0条，比上月减少100%"),
        (RATE, {"本月": "0.291", "上月": "0.291"}, "满意率26.4%，与上月持平"),
        (TIME, {"本月": "47", "上月": "47", "目标": "45"}, "x47秒，与上月持平；达到目标（≤45秒）"),
    ],
)
def test_the_checker_finds_what_is_contradictory(
    metric: Metric, figures: dict[str, str | None], text: str
) -> None:
    values = {name: None if it is None else Decimal(it) for name, it in figures.items()}
    values = {"去年同月": None, "目标": None} | values
    assert [*contradictions(metric, values, text)] != []


def test_every_metric_says_which_way_is_better() -> None:
    assert {metric.direction for metric in METRICS} == set(Direction)
