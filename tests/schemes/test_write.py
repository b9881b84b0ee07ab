"""Models as YAML text that loads back into the same model."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from xladdin.characters import has_hidden, visible
from xladdin.domain import bonus_rules, competency, grades, guidelines, positions, schemes
from xladdin.domain.base import Measure, Model, Ratio
from xladdin.domain.methods import linear, steps
from xladdin.domain.positions import Position
from xladdin.domain.rule_models import ScoringRule
from xladdin.domain.rule_terms import Basis
from xladdin.domain.schemes import Scheme
from xladdin.paths import templates_dir
from xladdin.problems import errors
from xladdin.schemes import write
from xladdin.schemes.library import Library
from xladdin.schemes.load import MODELS, Template, load_any
from xladdin.schemes.write import to_yaml
from xladdin.schemes.yaml_text import parse
from xladdin.standards.scheme_draft import draft_scheme


def templates() -> list[Template]:
    libraries = [
        Library.from_dir(folder)[0]
        for folder in (templates_dir(), templates_dir() / "example_company")
    ]
    return [
        item
        for library in libraries
        for item in (*library.schemes, *library.positions, *library.competencies)
    ]


def drafts() -> list[Scheme]:
    return [draft_scheme(item).scheme for item in templates() if isinstance(item, Position)]


def loaded(text: str) -> Any:
    document, problems = parse(text)
    assert document is not None
    assert problems == []
    return MODELS[document.data["kind"]].model_validate(document.data)


@pytest.mark.parametrize("model", [*templates(), *drafts()], ids=lambda model: model.id)
def test_a_written_model_loads_equal(model: Template, tmp_path: Path) -> None:
    text = to_yaml(model)
    assert loaded(text) == model
    (tmp_path / "written.yaml").write_text(text, encoding="utf-8")
    again, problems = load_any(tmp_path / "written.yaml")
    assert again == model
    assert not errors(problems)


@pytest.mark.parametrize("model", templates(), ids=lambda model: model.id)
def test_other_readers_of_yaml_take_texts_for_texts(model: Template) -> None:
    def texts(value: Any) -> list[str]:
        match value:
            case dict():
                return [text for item in value.values() for text in texts(item)]
            case list() | tuple():
                return [text for item in value for text in texts(item)]
            case Decimal() | bool() | int() | float() | None:
                return []
            case _:
                return [str(value)]

    written = texts(yaml.safe_load(to_yaml(model)))
    assert set(written) - set(texts(model.model_dump())) == {
        text for text in written if text.endswith("%") and text[:-1].replace(".", "").isdigit()
    }


def shop() -> Scheme:
    found = Library.shipped().scheme("online_shop_monthly")
    assert found is not None
    return found


def test_how_it_reads() -> None:
    lines = to_yaml(shop()).splitlines()
    start = lines.index("      - id: bad_review_rate")
    assert lines[start : start + 15] == [
        "      - id: bad_review_rate",
        "        name: 客服中差评率",
        "        weight: 10",
        "        unit: percent",
        "        direction: lower",
        "        target: 2%",
        "        method:",
        "          kind: percent",
        "          cap: 100%",
        "        definition: （中评数＋差评数）÷评价总数×100%",
        "        source:",
        "          way: 系统抓取",
        "          post: 客服组长",
        "          form: 赤兔数据",
        "          due: 次月3日前",
    ]


def test_measures_are_in_the_unit_of_what_is_measured() -> None:
    text = to_yaml(shop())
    assert "- bound: 65%" in text  # 日常询盘转换率
    assert "- bound: 30\n" in text  # 平均响应时间, in seconds
    assert "share: 100%" in text


def test_defaults_are_left_out() -> None:
    text = to_yaml(shop())
    for absent in ("direction: higher", "restored: false", "version: 1", "zero_target", "sign"):
        assert absent not in text
    assert "kind: kpi_scheme" in text


def test_comments_stand_above_their_items() -> None:
    text = to_yaml(shop(), {"initiative": "第一行\n第二行\x07", "nobody": "查无此项"})
    assert "      # 第一行\n      # 第二行\n      - id: initiative\n" in text
    assert "查无此项" not in text
    assert loaded(text) == shop()


def test_what_is_empty() -> None:
    position = Position.model_validate(
        {
            "id": "bare",
            "name": "客服",
            "superior": "主管",
            "department": "客服部",
            "requirements": {},
            "duties": [{"rank": 1, "text": "工作", "share": 100}],
        }
    )
    assert "requirements: {}" in to_yaml(position)
    assert loaded(to_yaml(position)) == position
    unlimited = shop().model_copy(update={"total": schemes.TotalRule(cap=None)})
    assert "  cap: null" in to_yaml(unlimited)
    assert loaded(to_yaml(unlimited)) == unlimited


TEXTS = st.one_of(
    st.text(max_size=60),
    st.sampled_from(
        ["yes", "no", "null", "~", "12:00", "12-25", "30", "1e5", "0x1f", "2026-11-03", "=", "<<"]
    ),
    st.sampled_from(["- a", "a: b", "a #b", "# a", "'a'", '"a"', "a\nb", "*a", "&a", "!a", "%a"]),
    st.sampled_from(["|", ">", "?", "@a", "`a", "{a}", "[a]", "a:", ",", "95%", "a\\nb", "true"]),
)


def small(method: Any, note: str = "") -> Scheme:
    """A scheme of one indicator."""
    item = {
        "id": "only",
        "name": "指标",
        "weight": 100,
        "method": method,
        "source": {"way": "手工统计", "post": "主管"},
    }
    return Scheme.model_validate(
        {
            "id": "small",
            "name": "方案",
            "title": "表",
            "sections": [{"id": "key", "name": "分项", "weight": 100, "indicators": [item]}],
            "grades": [{"name": "合格", "coefficient": 1}],
            "note": note,
        }
    )


@given(TEXTS)
def test_any_text_comes_back_as_far_as_it_is_seen(text: str) -> None:
    document, problems = parse(to_yaml(small({"kind": "pass_fail"}, text)))
    assert document is not None
    model = Scheme.model_validate(document.data)
    assert model == small({"kind": "pass_fail"}, visible(text))
    assert [each.code for each in problems] == ["hidden_characters"] * has_hidden(text)


@given(st.decimals(0, 10, places=6), st.decimals(-1000, 1000), st.sampled_from(Basis))
def test_any_figure_comes_back(share: Decimal, at: Decimal, basis: Basis) -> None:
    ends = {"low": {"at": at, "share": share}, "high": {"at": at + 1, "share": 1}}
    model = small({"kind": "linear", "basis": basis, **ends})
    assert loaded(to_yaml(model)) == model


def percent_fields(model: type[Model], kind: object) -> set[str]:
    """The fields of this type, whether they may be empty or not."""
    hints = get_type_hints(model, include_extras=True)
    return {name for name, hint in hints.items() if kind in (hint, *get_args(hint))}


@pytest.mark.parametrize(("kind", "table"), [(Ratio, write.SHARES), (Measure, write.MEASURES)])
def test_every_field_that_reads_percent_is_known(
    kind: object, table: dict[type[Model], frozenset[str]]
) -> None:
    modules = (bonus_rules, competency, grades, guidelines, linear, positions, schemes, steps)
    models = {
        item
        for module in modules
        for item in vars(module).values()
        if isinstance(item, type) and issubclass(item, Model) and not issubclass(item, ScoringRule)
    }
    found = {model: percent_fields(model, kind) for model in models}
    assert {model: fields for model, fields in found.items() if fields} == table
