"""From job analysis to scheme."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.app.command import xladdin
from xladdin.app.check import check_templates
from xladdin.app.drafts.drafting import (
    OutExistsError,
    PositionUnclearError,
    choose,
    read_positions,
    save_draft,
)
from xladdin.app.score import score_scheme
from xladdin.domain.positions import Position
from xladdin.domain.schemes import Indicator, Scheme
from xladdin.formula.evaluate import solve
from xladdin.paths import templates_dir
from xladdin.schemes.library import Library
from xladdin.schemes.load import load_scheme
from xladdin.scoring import keys
from xladdin.scoring.model import input_defaults, score_model
from xladdin.standards.scheme_draft import Draft, draft_scheme

EXAMPLE = templates_dir() / "example_company" / "positions"
POSITIONS = [*Library.shipped().positions, *Library.from_dir(EXAMPLE)[0].positions]


def drafted(key: str) -> Draft:
    return draft_scheme(next(item for item in POSITIONS if item.id == key))


def position_of(*duties: dict[str, Any], **others: Any) -> Position:
    ranked = [{"rank": i, **duty} for i, duty in enumerate(duties, start=1)]
    return Position.model_validate(
        {
            "id": "agent",
            "name": "客服",
            "superior": "主管",
            "department": "客服部",
            "requirements": {},
            "duties": ranked,
            **others,
        }
    )


def only(standard: dict[str, Any]) -> Indicator:
    """The indicator of a single standard that is worth everything."""
    whole = {"text": "标准", "subject": "对象", **standard}
    position = position_of({"text": "工作", "share": 100, "standards": [whole]})
    [indicator] = draft_scheme(position).scheme.indicators
    return indicator


# What a draft is


@pytest.mark.parametrize("position", POSITIONS, ids=lambda position: position.id)
def test_a_draft_checks_without_an_error(position: Position, tmp_path: Path) -> None:
    draft, path = draft_scheme(position), tmp_path / "draft.yaml"
    assert save_draft(draft, path) == []
    assert load_scheme(path) == (draft.scheme, [])
    assert check_templates([path]).problems == ()
    assert Scheme.model_validate(draft.scheme_data) == draft.scheme


@pytest.mark.parametrize("position", POSITIONS, ids=lambda position: position.id)
def test_a_duty_weighs_what_it_takes_of_the_time(position: Position) -> None:
    draft = draft_scheme(position)
    weights: dict[int, Decimal] = {}
    for line, item in zip(draft.lines, sorted_items(draft), strict=True):
        assert line.indicator == item.id
        weights[line.duty] = weights.get(line.duty, Decimal(0)) + item.weight
    assert weights == {duty.rank: duty.share for duty in position.duties}
    assert sum(section.weight for section in draft.scheme.sections) == 100


def sorted_items(draft: Draft) -> list[Indicator]:
    """The indicators in the order of the duties they came from."""
    order = {line.indicator: i for i, line in enumerate(draft.lines)}
    return sorted(draft.scheme.indicators, key=lambda item: order[item.id])


@pytest.mark.parametrize("position", POSITIONS, ids=lambda position: position.id)
def test_every_measurable_standard_is_an_indicator(position: Position) -> None:
    draft = draft_scheme(position)
    standards = [item.text for duty in position.duties for item in duty.standards]
    assert [line.standard for line in draft.lines if line.standard] == standards
    assert draft.unread == ()


@pytest.mark.parametrize("position", POSITIONS, ids=lambda position: position.id)
def test_every_line_says_where_it_came_from(position: Position) -> None:
    draft = draft_scheme(position)
    text, duties = draft.yaml, {duty.rank: duty for duty in position.duties}
    for line, item in zip(draft.lines, sorted_items(draft), strict=True):
        assert item.remark.startswith(f"来自职责{line.duty}：{duties[line.duty].text}")
        assert f"# {line}\n" in text
        assert (item.source.way, item.source.post, item.source.form) == ("待填", "待填", "待填")


@pytest.mark.parametrize("position", POSITIONS, ids=lambda position: position.id)
def test_doing_all_that_is_demanded_scores_100(position: Position) -> None:
    scheme = draft_scheme(position).scheme
    filled: dict[str, Any] = dict(input_defaults(scheme))
    for item in scheme.indicators:
        short = Decimal("0.0001") if item.method.kind == "pass_fail" else Decimal(0)
        best = Decimal(5) if item.subjective else item.target or Decimal(0)
        filled[keys.actual(item.id)] = best - (short if item.direction == "lower" else 0)
    assert solve(score_model(scheme), filled)[keys.TOTAL] == 100
    assert not isinstance(score_scheme(scheme, [])[keys.TOTAL], Decimal)


def test_duties_without_a_standard_are_judged() -> None:
    draft = drafted("online_sales_supervisor")
    key, general = draft.scheme.sections
    assert (key.name, key.weight) == ("关键KPI", 85)
    assert (general.name, general.weight) == ("综合能力", 15)
    assert [item.id for item in general.indicators] == [
        "duty_10_general",
        "duty_11_general",
        "duty_12_general",
    ]
    assert all(item.subjective for item in general.indicators)
    assert "综合能力" in draft.scheme.note
    said = [problem for problem in draft.problems if problem.code == "no_standard"]
    assert [problem.message[:4] for problem in said] == ["职责10", "职责11", "职责12"]


def test_a_position_without_any_standard() -> None:
    scheme = drafted("service_specialist").scheme
    assert [(section.id, section.weight) for section in scheme.sections] == [("general", 100)]


def test_the_head() -> None:
    scheme = drafted("training_service_specialist").scheme
    assert scheme.id == "training_service_specialist_kpi"
    assert scheme.name == "客服专员（培训公司）月度KPI草案"
    assert scheme.positions == ("客服专员",)
    assert [(grade.name, grade.lower) for grade in scheme.grades] == [
        ("优秀", 90),
        ("良好", 80),
        ("一般", 70),
        ("待改进", 60),
        ("不合格", None),
    ]


# The method by the kind of standard

PERCENT = {"unit": "percent", "value": "95%"}
METHODS: list[tuple[dict[str, Any], str]] = [
    ({"kind": "at_least", **PERCENT}, "percent higher 0.95"),
    ({"kind": "equal", "unit": "percent", "value": "100%"}, "percent higher 1"),
    ({"kind": "at_most", **PERCENT, "direction": "lower"}, "percent lower 0.95"),
    ({"kind": "at_most", "unit": "second", "value": 30, "direction": "lower"}, "percent lower 30"),
    ({"kind": "at_most", "unit": "times", "value": 2, "direction": "lower"}, "pass_fail lower 2"),
    ({"kind": "at_least", "unit": "times", "value": 1}, "pass_fail higher 1"),
    ({"kind": "at_least", "unit": "times", "value": 10}, "percent higher 10"),
    ({"kind": "at_least", "unit": "yuan", "value": 268}, "percent higher 268"),
    ({"kind": "above", **PERCENT}, "pass_fail higher 0.95"),
    ({"kind": "below", **PERCENT, "direction": "lower"}, "pass_fail lower 0.95"),
    ({"kind": "equal", "unit": "times", "value": 0, "direction": "lower"}, "veto lower None"),
    ({"kind": "equal", "unit": "times", "value": 1, "direction": "lower"}, "pass_fail lower 1"),
    ({"kind": "no_errors"}, "veto lower None"),
    ({"kind": "recorded"}, "deduct lower None"),
    ({"kind": "deadline", "cycle": "month", "due": "5"}, "deadline lower None"),
    ({"kind": "within", "unit": "hour", "value": 2, "direction": "lower"}, "percent higher 1"),
    ({"kind": "cycle", "cycle": "month", "unit": "times", "value": 1}, "pass_fail higher 1"),
    ({"kind": "cycle", "cycle": "month", "unit": "times", "value": 2}, "percent higher 2"),
    ({"kind": "cycle", "cycle": "week", "unit": "times", "value": 1}, "percent higher 1"),
    ({"kind": "cycle", "cycle": "two_months"}, "percent higher 1"),
]


@pytest.mark.parametrize(("standard", "method"), METHODS)
def test_the_method_follows_the_kind(standard: dict[str, Any], method: str) -> None:
    item = only(standard)
    assert f"{item.method.kind} {item.direction} {item.target}" == method


@pytest.mark.parametrize("kind", ["above", "below"])
def test_the_figure_itself_is_not_enough(kind: str) -> None:
    direction = "higher" if kind == "above" else "lower"
    item = only({"kind": kind, **PERCENT, "direction": direction})
    assert item.method.model_dump()["inclusive"] is False


def test_events_cost_a_fifth_and_the_third_costs_all() -> None:
    veto = only({"kind": "no_errors"}).method.model_dump()
    assert (veto["per_event"], veto["zero_at"]) == (20, 3)


NAMES = [
    ({"kind": "equal", "unit": "percent", "value": 0, "direction": "lower"}, "事故率", "事故次数"),
    ({"kind": "no_errors"}, "客户档案", "客户档案差错"),
    ({"kind": "within", "unit": "day", "value": 1}, "回访", "工作回访及时率"),
    ({"kind": "within", "unit": "day", "value": 1}, "老客户回访", "老客户回访及时率"),
    ({"kind": "deadline", "due": "5"}, "销售报表", "销售报表按时完成"),
    ({"kind": "deadline"}, "按时提交报告", "按时提交报告"),
    ({"kind": "at_least", **PERCENT}, "未写明对象", "工作"),
    ({"kind": "deadline", "due": "5"}, "提交", "工作提交按时完成"),
]


@pytest.mark.parametrize(("standard", "subject", "name"), NAMES)
def test_what_an_indicator_is_called(standard: dict[str, Any], subject: str, name: str) -> None:
    assert only({**standard, "subject": subject}).name == name


def test_names_stay_apart() -> None:
    same = [{"text": "95%以上", "subject": "完成率", "kind": "at_least", **PERCENT}] * 3
    position = position_of(
        {"text": "甲", "share": 50, "standards": same},
        {"text": "乙", "share": 50, "standards": same},
    )
    names = [item.name for item in draft_scheme(position).scheme.indicators]
    assert names == [
        "完成率",
        "完成率（职责1）",
        "完成率（职责1-2）",
        "完成率（职责2）",
        "完成率（职责2-2）",
        "完成率（职责2-3）",
    ]


# A clerk's own text


def test_standards_out_of_the_text_itself() -> None:
    position = position_of(
        {"text": "客户投诉处理（95%以上，尽快回复）", "share": 60},
        {"text": "每月培训2次", "share": 20},
        {"text": "完成其他工作", "share": 20},
    )
    draft = draft_scheme(position)
    assert [item.name for item in draft.scheme.indicators] == [
        "客户投诉处理",
        "培训",
        "完成其他工作",
    ]
    assert [(line.duty, line.clause) for line in draft.unread] == [(1, "尽快回复")]
    assert "没有读懂" in draft.scheme.note
    warned = [problem for problem in draft.problems if problem.code == "unread_standard"]
    assert [problem.message for problem in warned] == [
        "职责1的“尽快回复”没有读懂，未列入草案：“尽快”没有写明数字或期限"
    ]


def test_what_cannot_be_an_indicator_is_said() -> None:
    lacking = {"text": "达标", "subject": "达标率", "kind": "at_least", "unit": "percent"}
    whole = {"text": "95%以上", "subject": "完成率", "kind": "at_least", **PERCENT}
    position = position_of(
        {"text": "甲", "share": 50, "standards": [lacking]},
        {"text": "乙", "share": 0, "standards": [whole]},
        {"text": "丙", "share": 50, "standards": [whole] * 9},
    )
    draft = draft_scheme(position)
    assert [problem.code for problem in draft.problems] == [
        "unread_standard",
        "no_standard",
        "no_time",
        "too_many_standards",
    ]
    assert [line.duty for line in draft.lines] == [1, *[3] * 7]


def test_a_yearly_standard_on_a_monthly_form() -> None:
    item = only({"kind": "deadline", "cycle": "year", "due": "12-25"})
    assert "周期是每年" in item.remark


def test_forty_duties_of_many_standards() -> None:
    whole = {"text": "95%以上", "subject": "完成率", "kind": "at_least", **PERCENT}
    duties = [{"text": f"工作{i}", "share": "2.5", "standards": [whole] * 7} for i in range(39)]
    scheme = draft_scheme(position_of(*duties, {"text": "其他", "share": "2.5"})).scheme
    assert [section.id for section in scheme.sections] == ["key", "key_2", "general"]
    assert len(list(scheme.indicators)) == 39 * 2 + 1


@given(st.lists(st.integers(1, 10_000), min_size=1, max_size=12), st.data())
def test_weights_have_two_decimals_and_total_100(sizes: list[int], data: st.DataObject) -> None:
    whole = {"text": "95%以上", "subject": "完成率", "kind": "at_least", **PERCENT}
    shares = [(Decimal(size) * 100 / sum(sizes)).quantize(Decimal("0.001")) for size in sizes]
    shares[0] += 100 - sum(shares)
    if min(shares) < 0:
        return
    counts = [data.draw(st.integers(0, 5)) for _ in shares]
    duties = [
        {"text": "工作", "share": share, "standards": [whole] * count}
        for share, count in zip(shares, counts, strict=True)
    ]
    weights = [item.weight for item in draft_scheme(position_of(*duties)).scheme.indicators]
    assert sum(weights) == 100
    assert all(weight == round(weight, 2) for weight in weights)


def test_long_names_fit() -> None:
    standard = {"text": "长" * 600, "subject": "长" * 60, "kind": "no_errors"}
    position = position_of(
        {"text": "长" * 600, "share": 50, "standards": [standard] * 3},
        {"text": "长" * 600, "share": 50},
        id="a" * 40,
        name="长" * 60,
        company="长" * 60,
    )
    assert draft_scheme(position).scheme.id == "a" * 36 + "_kpi"


@given(st.from_regex(r"\A[a-z](_?[a-z0-9]){30,39}\Z"))
@example("a" * 34 + "_0_0")
def test_any_id_becomes_one(id_: str) -> None:
    draft = draft_scheme(position_of({"text": "工作", "share": 100}, id=id_))
    assert draft.scheme.id.endswith("_kpi")


# Sources


def test_positions_of_a_file_a_folder_and_the_shipped_ones() -> None:
    assert [item.id for item in read_positions("coo")[0]] == ["coo"]
    assert [item.id for item in read_positions("客服专员")[0]] == [
        "service_specialist",
        "training_service_specialist",
    ]
    found, problems = read_positions(str(EXAMPLE / "after_sales_agent.yaml"))
    assert ([item.name for item in found], problems) == (["售后客服"], [])
    assert len(read_positions(str(EXAMPLE))[0]) == 4


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ("nothing", "unknown_source"),
        ("master.xlsx", "file_missing"),
        (str(templates_dir() / "kpi_schemes" / "sales_service.yaml"), "wrong_kind"),
    ],
)
def test_sources_without_a_position(source: str, code: str) -> None:
    found, problems = read_positions(source)
    assert found == ()
    assert [problem.code for problem in problems] == [code]


def test_choosing() -> None:
    shipped = Library.shipped().positions
    assert choose(shipped, "COO").id == "coo"
    assert choose(shipped, "service_specialist").company == "第二家公司"
    assert choose(shipped[:1], None) is shipped[0]
    with pytest.raises(PositionUnclearError, match="service_specialist（客服专员，第二家公司）"):
        choose(shipped, "客服专员")
    with pytest.raises(PositionUnclearError, match="这里有12个岗位"):
        choose(shipped, None)
    with pytest.raises(
        PositionUnclearError, match="没有岗位“经理”，现有：call_centre_agent（呼叫中心坐席）"
    ):
        choose(shipped, "经理")


def test_saving(tmp_path: Path) -> None:
    draft, path = drafted("coo"), tmp_path / "new" / "draft.yaml"
    assert save_draft(draft, path) == []
    with pytest.raises(OutExistsError):
        save_draft(draft, path)
    path.write_text("x", encoding="utf-8")
    assert save_draft(draft, path, overwrite=True) == []
    assert path.read_text("utf-8") == draft.yaml
    path.with_name(".~lock.draft.yaml#").touch()
    assert [p.code for p in save_draft(draft, path, overwrite=True)] == ["unwritable"]
    [problem] = save_draft(draft, path / "below.yaml")
    assert problem.code == "unwritable"


def test_never_over_what_the_draft_is_made_from(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft, source = drafted("coo"), tmp_path / "岗位.yaml"
    source.write_text("x", encoding="utf-8")
    (tmp_path / "link.yaml").symlink_to(source)
    (tmp_path / "hard.yaml").hardlink_to(source)
    monkeypatch.chdir(tmp_path)
    for path in (source, Path("岗位.yaml"), tmp_path / "link.yaml", tmp_path / "hard.yaml"):
        for asked in (source, tmp_path):
            with pytest.raises(OutExistsError, match="不能写在它上面"):
                save_draft(draft, path, source=str(asked), overwrite=True)
    assert source.read_text("utf-8") == "x"


def test_a_name_that_is_too_long_for_a_draft(tmp_path: Path) -> None:
    [problem] = save_draft(drafted("coo"), tmp_path / f"{'x' * 300}.yaml")
    assert "文件名太长" in problem.message


# The command


def test_the_command_prints_the_scheme() -> None:
    done = xladdin("scheme", "from-position", "coo")
    assert done.code == 0
    assert done.out == drafted("coo").yaml
    assert "职责1" in done.err


def test_the_command_writes_a_file_that_checks(tmp_path: Path) -> None:
    out = tmp_path / "draft.yaml"
    ask = ("scheme", "from-position", EXAMPLE, "--position", "售后客服", "--out", out)
    done = xladdin(*ask)
    assert done.code == 0
    assert "11 个指标" in done.out
    assert xladdin("check", out).code == 0
    again = xladdin(*ask)
    assert again.code == 2
    assert "--overwrite" in again.err
    assert xladdin(*ask, "--overwrite").code == 0


def test_an_ambiguous_name() -> None:
    done = xladdin("scheme", "from-position", templates_dir(), "--position", "客服专员")
    assert done.code == 2
    assert "service_specialist" in done.err.replace("\n", "")
    assert done.out == ""


def test_faulty_input(tmp_path: Path) -> None:
    assert xladdin("scheme", "from-position", "nothing").code == 1
    assert xladdin("scheme", "from-position", tmp_path).code == 2
    faulty = tmp_path / "faulty.yaml"
    faulty.write_text("kind: position\n", encoding="utf-8")
    done = xladdin("scheme", "from-position", faulty, "--json")
    assert done.code == 1
    found = json.loads(done.out)
    assert found["scheme"] is None
    assert {problem["code"] for problem in found["problems"]} == {"missing"}


def test_json() -> None:
    done = xladdin("scheme", "from-position", "online_sales_supervisor", "--json")
    found = json.loads(done.out)
    assert done.code == 0
    assert found.keys() == {"scheme", "origins", "unread", "problems"}
    assert Scheme.model_validate(found["scheme"]) == drafted("online_sales_supervisor").scheme
    assert found["origins"][0] == {
        "indicator": "duty_1_standard_1",
        "name": "制度与流程调整按时完成",
        "duty": 1,
        "share": "5",
        "standard": "每年12月25日前调整一次",
        "method": "按时计分",
    }
