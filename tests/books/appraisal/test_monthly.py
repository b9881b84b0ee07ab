"""What stands on the monthly appraisal form (FORMS C, RS201331)."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.books.blueprints import PERSON, blank, filled, read, schemes
from tests.books.opened import Opened
from tests.workbench.office import Office
from xladdin.books.wording import form_rule, rule_text
from xladdin.domain.rule_models import Adjustment
from xladdin.domain.schemes import Indicator, Scheme

SOURCE_COLUMNS = (
    "项目",
    "具体指标",
    "指标权重",
    "评分原则",
    "指标定义/计算公式",
    "数据来源方式",
    "数据来源岗位",
    "数据来源表单",
    "备注",
    "实际达成",
)
"""The columns of the source form; 目标值 and 得分 are ours."""


@pytest.fixture(scope="module", params=schemes(), ids=lambda scheme: scheme.id)
def scheme(request: pytest.FixtureRequest) -> Scheme:
    found: Scheme = request.param
    return found


@pytest.fixture(scope="module")
def form(scheme: Scheme, tmp_path_factory: pytest.TempPathFactory) -> Opened:
    return Opened(filled(scheme).save(tmp_path_factory.mktemp("form")))


@pytest.fixture(scope="module")
def rows(form: Opened) -> list[dict[str, Any]]:
    """The table of the form, a dict per row by column title."""
    lines = [list(row) for row in form.book["考核表"].iter_rows(values_only=True)]
    at = next(i for i, line in enumerate(lines) if "具体指标" in line)
    return [dict(zip(lines[at], line, strict=True)) for line in lines[at + 1 :]]


def test_every_column_of_the_source_form_is_there(rows: list[dict[str, Any]]) -> None:
    assert [title for title in rows[0] if title in SOURCE_COLUMNS] == list(SOURCE_COLUMNS)
    assert set(rows[0]) - set(SOURCE_COLUMNS) == {"目标值", "得分"}


def test_every_indicator_stands_with_its_weight_rule_and_source(
    rows: list[dict[str, Any]], scheme: Scheme
) -> None:
    by_name = {row["具体指标"]: row for row in rows}
    for item in scheme.indicators:
        row = by_name[item.name]
        assert row["指标权重"] == pytest.approx(float(item.weight / 100))
        assert row["评分原则"] == form_rule(item, scheme)
        assert row["指标定义/计算公式"] == item.definition
        told = (row["数据来源方式"], row["数据来源岗位"], row["数据来源表单"], row["备注"])
        assert tuple(text or "" for text in told) == (
            item.source.way,
            item.source.post,
            item.source.form,
            item.remark,
        )


def test_every_section_has_its_weight_and_a_subtotal(form: Opened, scheme: Scheme) -> None:
    texts = {*form.texts, *(form.cached(key) for key in form.keys if key.startswith("told."))}
    for section in scheme.sections:
        assert f"{section.name}（{section.weight}%）" in {
            str(one).replace("\n", "") for one in texts
        }
        assert f"{section.name}小计" in texts


def test_additions_deductions_outcome_comments_and_signatures_close_the_form(
    form: Opened, scheme: Scheme
) -> None:
    texts = form.texts
    for item in scheme.adjustments:
        assert item.name in texts
        assert any(text.startswith(item.criteria) for text in texts)
    closing = {"绩效考核最终得分", "等级", "绩效奖金系数", "自我评价", "领导评价"}
    assert closing | {"被考核人签字", "直接上级", "部门负责人"} <= texts
    assert any("申诉" in text for text in texts)


def test_the_head_says_who_where_and_when(form: Opened, scheme: Scheme) -> None:
    assert {"工号", "姓名", "部门/岗位", "考核时间"} <= form.texts
    assert form.value("head.title") == f"2026年11月{scheme.title}"
    assert form.value("head.time") == "2026-11-01 至 2026-11-30"
    assert form.value("head.employee_id") == PERSON.id


def test_only_editable_weights_show_their_sum(form: Opened, scheme: Scheme) -> None:
    assert ("权重合计" in form.texts) is scheme.weights_editable
    assert ("weight_total" in form.keys) is scheme.weights_editable


def test_the_explanations_tell_every_rule_grade_and_how_the_total_comes_about(
    form: Opened, scheme: Scheme
) -> None:
    sheet = form.book["填表说明"]
    texts = [str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell]
    together = "\n".join(texts)
    for item in scheme.indicators:
        assert item.name in texts
        assert rule_text(item, brief=False, editable=scheme.weights_editable) in together
    for grade in scheme.grades:
        assert {grade.name, grade.bound} <= set(texts)
    assert "任何一项未填时，不计总分，只显示缺几项。" in together


def test_the_sources_sheet_says_who_delivers_what_until_when(form: Opened, scheme: Scheme) -> None:
    lines = list(form.book["数据来源"].iter_rows(min_row=4, values_only=True))
    items: list[Indicator | Adjustment] = [*scheme.indicators, *scheme.adjustments]
    assert [line[0] for line in lines] == [item.name for item in items]
    for line, item in zip(lines, items, strict=True):
        assert item.source.post in line
        assert (item.source.due or "—") in line


def test_a_total_out_of_five_stands_beside_the_total(tmp_path: Path) -> None:
    usual = schemes()[0]
    scheme = Scheme.model_validate(usual.model_dump() | {"scale": 5})
    form = Opened(filled(scheme).save(tmp_path))
    points, out_of_five = form.cached("total"), form.cached("scaled")
    assert out_of_five == pytest.approx(float(points) / 20, abs=0.005)
    assert "折合5分制" in form.texts
    (told,) = (text for text in form.texts if text.startswith("最终得分＝"))
    assert "折合5分制＝最终得分×5÷100（保留2位小数）。小数四舍五入，只作对照；" in told
    plain = Opened(filled(usual).save(tmp_path))
    assert "scaled" not in plain.keys
    assert not any("折合" in text for text in plain.texts)


def test_a_blank_form_shows_what_is_missing_and_no_zero(tmp_path: Path, scheme: Scheme) -> None:
    form = Opened(blank(scheme).save(tmp_path))
    cached = form.cached("total"), form.cached("grade"), form.cached("coefficient")
    assert cached == (f"缺{len(list(scheme.indicators))}项", None, None)


def test_the_sample_figures_fill_every_entry_cell(tmp_path: Path, scheme: Scheme) -> None:
    """The other tests of these forms rest on it."""
    form = Opened(filled(scheme).save(tmp_path))
    empty = [key for key, where in form.keys.items() if where in form.unlocked]
    assert not [key for key in empty if form.value(key) is None]
    assert set(read("figures.yaml")[scheme.id]) <= set(form.keys)


def judged_by_two(weight: int) -> Scheme:
    """The shop's scheme, with self-ratings that count so many percent."""
    usual = next(scheme for scheme in schemes() if scheme.id == "online_shop_monthly")
    return Scheme.model_validate(usual.model_dump() | {"self_weight": weight})


OWN = {"self.initiative": Decimal(5), "self.teamwork": Decimal(2), "self.learning": Decimal(3)}
"""Beside 4.5, 3 and 0 of the superior."""


@pytest.mark.parametrize(
    ("weight", "scores", "told"),
    [
        (0, [4.5, 3, 0], "自评只作参考，不计分。"),
        (30, [4.65, 2.7, 0.9], "自评占30%、上级评占70%。"),
        (100, [5, 2, 3], "上级评只作参考，不计分。"),
    ],
)
def test_both_ratings_stand_on_the_form(
    weight: int, scores: list[float], told: str, tmp_path: Path
) -> None:
    scheme = judged_by_two(weight)
    sample = filled(scheme)
    form = Opened(sample.save(tmp_path, {**sample.values, **OWN}))
    items = [item for item in scheme.indicators if item.subjective]
    assert [form.cached(f"score.{item.id}") for item in items] == scores
    for item in items:
        assert {
            form.keys[f"{whose}.{item.id}"] in form.unlocked for whose in ("self", "actual")
        } == {True}
        assert form_rule(item, scheme) in form.texts
    assert {"自评", "实际/上级评"} <= form.texts
    assert [text for text in form.texts if text.startswith("6. 主观评分的指标") and told in text]


def test_a_self_rating_that_counts_is_missed_and_one_that_does_not_is_not(tmp_path: Path) -> None:
    totals = [
        Opened(filled(judged_by_two(weight)).save(tmp_path)).cached("total") for weight in (0, 30)
    ]
    assert totals == [84.5, "缺3项"]


def test_without_the_setting_there_is_no_second_rating(form: Opened) -> None:
    assert not [key for key in form.keys if key.startswith("self.")]
    assert "自评" not in form.texts


def test_changed_weights_move_everything_that_states_them(tmp_path: Path, office: Office) -> None:
    scheme = next(scheme for scheme in schemes() if scheme.weights_editable)
    first, second = next(scheme.indicators), list(scheme.sections[-1].indicators)[-1]
    path = filled(scheme).save(tmp_path)
    form = Opened(path)
    with office.open(path) as document:
        for item, weight in ((first, "0.25"), (second, "0")):
            sheet, cell = form.keys[f"weight.{item.id}"]
            document.set(sheet, cell, Decimal(weight))
        document.recalculate()
        shown = {
            key: document.get(*where) for key, where in form.keys.items() if key.startswith("told.")
        }
    assert shown[f"told.section.{scheme.sections[0].id}"] == "销售业绩（50%）"
    assert shown[f"told.section.{scheme.sections[-1].id}"] == "综合素质（15%）"
    assert (shown[f"told.full.{first.id}"], shown[f"told.full.{second.id}"]) == (25, 0)


def test_the_bar_counts_what_has_a_score(tmp_path: Path, scheme: Scheme) -> None:
    count = len(list(scheme.indicators))
    assert Opened(blank(scheme).save(tmp_path)).cached("told.progress") == 0
    form = Opened(filled(scheme).save(tmp_path))
    assert form.cached("told.progress") == count
    sheet, cell = form.keys["told.progress"]
    assert form.book[sheet][cell].number_format == f'"已填 "0" / {count}"'


def test_what_a_rating_stands_for_is_printed(form: Opened, scheme: Scheme) -> None:
    sheet = form.book["考核表"]
    texts = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value]
    for item in scheme.indicators:
        for band in item.method.described if item.subjective else ():
            assert any(band.text in text for text in texts)
