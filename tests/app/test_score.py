"""Scores without workbooks are those of the forms."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

import pytest

from tests.app.command import xladdin
from tests.books.blueprints import blank, filled, read, schemes
from tests.company.people import PERIOD, actual
from xladdin.app.score import score_file, score_scheme
from xladdin.domain.schemes import Scheme
from xladdin.formula.evaluate import Value
from xladdin.intake import actuals as actuals_reading
from xladdin.intake import handed_in
from xladdin.layout.place import results
from xladdin.paths import templates_dir
from xladdin.scoring import keys


def of_scores(values: Mapping[str, Value]) -> dict[str, Value]:
    """What a form works out, but for what it tells beside the scores."""
    return {key: value for key, value in values.items() if not key.startswith("told.")}


@pytest.mark.parametrize("scheme", schemes(), ids=lambda scheme: scheme.id)
def test_a_score_is_what_the_form_shows(scheme: Scheme) -> None:
    figures = read("figures.yaml")[scheme.id]
    lines = [
        actual("A1", key.partition(".")[2], str(value)).model_copy(
            update={"target": figures.get(f"target.{key.partition('.')[2]}")}
        )
        for key, value in figures.items()
        if key.startswith(("actual.", "points."))
    ]
    form = filled(scheme)
    assert score_scheme(scheme, lines) == of_scores(results(form.book, form.values))


@pytest.mark.parametrize("scheme", schemes(), ids=lambda scheme: scheme.id)
def test_without_figures_everything_is_missing(scheme: Scheme) -> None:
    form = blank(scheme)
    found = score_scheme(scheme, [])
    assert found == of_scores(results(form.book, form.values))
    assert found[keys.TOTAL] == f"缺{len(list(scheme.indicators))}项"


def test_the_people_of_a_file_are_scored_by_month(tmp_path: Path) -> None:
    path = tmp_path / "actuals.csv"
    path.write_text(
        "考核月份,工号,姓名,指标,实际值\n"
        "2026-10,A1,甲,回复质量,1\n2026-11,A1,甲,回复质量,3\n2026-11,A2,乙,回复质量,0\n",
        "utf-8",
    )
    scored, problems = score_file(["online_shop_monthly"], path)
    assert not [problem for problem in problems if problem.is_error]
    found = {(s.employee.name, str(s.period)): s.values["score.reply_quality"] for s in scored}
    assert found == {("甲", "2026-10"): 8, ("甲", "2026-11"): 0, ("乙", str(PERIOD)): 10}


def test_a_total_out_of_ten_stands_beside_the_total(tmp_path: Path) -> None:
    text = (templates_dir() / "kpi_schemes" / "online_shop_monthly.yaml").read_text("utf-8")
    own = tmp_path / "own.yaml"
    own.write_text(text.replace("version: 1\n", "version: 1\nscale: 10\n"), "utf-8")
    figures = Path(__file__).parents[1] / "faults" / "app" / "files" / "actuals.csv"
    (line,), _ = score_file([str(own)], figures)
    assert (line.total, line.values[keys.SCALED], line.scaled) == (
        83,
        Decimal("8.3"),
        "8.30（10分制）",
    )
    told = line.as_json()
    assert (told["total"], told["scale"], told["scaled_total"]) == (83.0, 10, 8.3)
    (usual,), _ = score_file(["online_shop_monthly"], figures)
    assert usual.scaled == ""
    assert not {"scale", "scaled_total"} & usual.as_json().keys()
    shown = [
        xladdin("score", scheme, "--actuals", str(figures)).out
        for scheme in (str(own), usual.scheme.id)
    ]
    assert ("折合" in shown[0], "8.30（10分制）" in shown[0], "折合" in shown[1]) == (
        True,
        True,
        False,
    )


def test_a_missing_self_rating_that_counts_is_named(tmp_path: Path) -> None:
    text = (templates_dir() / "kpi_schemes" / "online_shop_monthly.yaml").read_text("utf-8")
    own, figures = tmp_path / "own.yaml", tmp_path / "a.csv"
    own.write_text(text.replace("version: 1\n", "version: 1\nself_weight: 30\n"), "utf-8")
    sample = Path(__file__).parents[1] / "faults" / "app" / "files" / "actuals.csv"
    head, *lines = sample.read_text("utf-8").splitlines()
    given = {"工作主动性": "5", "团队协作": "2"}
    rows = [f"{line},{given.get(line.split(',')[2], '')}" for line in lines]
    figures.write_text("\n".join((f"{head},自评", *rows)), "utf-8")
    (line,), problems = score_file([str(own)], figures)
    assert not [problem for problem in problems if problem.is_error]
    assert line.incomplete == "缺1项：学习能力（自评）"
    assert line.values["score.initiative"] == Decimal("4.65")
    told = line.as_json()
    assert told["missing"] == ["学习能力（自评）"]
    assert told["ratings"] == {
        "initiative": {"self": 5.0, "superior": 4.5},
        "teamwork": {"self": 2.0, "superior": 3.0},
        "learning": {"self": None, "superior": 0.0},
    }
    (usual,), told_ = score_file(["online_shop_monthly"], figures)
    assert (usual.total, "ratings" in usual.as_json()) == (83, False)
    assert [problem.code for problem in told_].count("unused_value") == 2


def test_nothing_is_scored_where_there_is_no_scheme_and_that_is_said_once(tmp_path: Path) -> None:
    path = tmp_path / "actuals.csv"
    path.write_text("考核月份,工号,指标,实际值\n" + "2026-10,A1,回复质量,1\n" * 50, "utf-8")
    scored, problems = score_file([str(tmp_path)], path)
    assert [*scored] == []
    assert [problem.code for problem in problems] == ["no_scheme"]


def test_more_lines_than_are_read_one_by_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Plain lines are no limit; a workbook, or a line of which something is told, is one."""
    monkeypatch.setattr(handed_in, "MOST_LINES", 5)
    monkeypatch.setattr(actuals_reading, "MOST_LINES", 5)
    monkeypatch.setattr(actuals_reading, "MOST_CAREFUL", 5)
    path = tmp_path / "actuals.csv"
    lines = "".join(f"2026-10,A{n},回复质量,1\n" for n in range(20))
    path.write_text(f"考核月份,工号,指标,实际值\n{lines}", "utf-8")
    scored, problems = score_file(["online_shop_monthly"], path)
    assert (len(scored), problems) == (20, [])
    assert {one.values["score.reply_quality"] for one in scored} == {8}
    path.write_text(f"考核月份,工号,指标,实际值\n{lines.replace('回复', '答复')}", "utf-8")
    scored, problems = score_file(["online_shop_monthly"], path)
    assert (len(scored), problems[0].code) == (0, "file_too_large")
