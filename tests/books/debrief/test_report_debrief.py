"""The annual debrief: the source form's figures, what a clerk changes, whose figures are in it, the file."""

from __future__ import annotations

import itertools
import random
import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from lxml import etree

from tests.books.debriefs import YEAR, by_chance, example, records, trained
from tests.books.service_months import company
from tests.proof.fixtures import Proofs
from tests.workbench.cached import differences, formula_cells
from tests.workbench.office import Office
from tests.workbench.repair import repair_problems
from tests.workbench.validator import validate
from xladdin.analysis import debrief_figures as of
from xladdin.analysis.debrief_figures import (
    APPRAISAL,
    MEASURES,
    Appraised,
    DebriefFigures,
    months_of,
)
from xladdin.analysis.measuring_debrief import department_figures, person_figures
from xladdin.books.debrief import report_debrief_keys as keys
from xladdin.books.debrief import report_debrief_training as training
from xladdin.books.debrief.report_debrief import book
from xladdin.books.debrief.report_debrief_appraisals import TOLD_KEY
from xladdin.books.debrief.report_debrief_beside import in_all
from xladdin.books.debrief.report_debrief_words import (
    CLOSING,
    LACKING,
    OVERALL,
    draft_key,
    sentence_key,
)
from xladdin.books.reports.finished_report import known_in
from xladdin.domain.people import Period
from xladdin.formula.evaluate import Env, Value
from xladdin.layout.cells import Asked, Book
from xladdin.layout.place import keyed_cells
from xladdin.layout.writer import workbook_bytes

SHARDS = 4
SHEETS = ["述职报告", "逐月对比", "培训效果", "考核结果", "月度数据", "口径", "数据质量"]
LONGEST_FORMULA = 8192
CHART = {
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
}
SATISFIED, COMPLAINTS, SPEED, SOLVED = (one.id for one in MEASURES)


def put(folder: Path, made: Book, name: str = "debrief") -> Path:
    path = folder / f"{name}.xlsx"
    path.write_bytes(workbook_bytes(made, {}))
    return path


def person(number: int = 1) -> DebriefFigures:
    known = company()
    return person_figures(records(), known, YEAR, known.employees[number])


def nothing() -> DebriefFigures:
    return DebriefFigures("青禾", YEAR, "方嘉禾", person().employee)


# The source form.


def test_the_example_of_the_source_form_says_its_numbers() -> None:
    known = known_in(book(trained()))
    told = [str(known[sentence_key(one)]) for one in MEASURES]
    assert told[1].startswith(
        "每月投诉数：从去年的50次（12个整月）到今年的30次（12个整月），比去年减少40%，好转"
    )
    assert told[2].startswith(
        "平均处理时间：从去年的15分钟（1200条）到今年的10分钟（1200条），比去年缩短33.3%，好转"
    )
    assert told[3].startswith(
        "解决率：从去年的80%（1200条）到今年的90%（1200条），比去年上升10个百分点，好转"
    )
    assert known[training.key(1, "told")] == (
        "参加“产品知识”后，满意率从80%（300条评价）到85%（300条评价），上升5个百分点。"
    )
    plain = known_in(book(example()))
    assert str(plain[sentence_key(MEASURES[0])]).startswith(
        "满意率：从去年的78%（1200条）到今年的85%（1200条），比去年上升7个百分点，好转"
    )
    assert plain["title.satisfied"] == "满意率：今年85%，比去年上升7个百分点"
    assert plain[keys.SPAN] == "2026年1月至2026年12月"
    assert "4项好转，0项变差，0项持平" in str(plain[OVERALL])


def test_figures_of_whole_years_may_be_typed_where_nobody_knows_the_months() -> None:
    typed: dict[str, Value] = {
        "y.satisfied.last.own": Decimal("0.78"),
        "y.satisfied.this.own": Decimal("0.85"),
        "y.complaints.last.own": Decimal(50),
        "y.complaints.this.own": Decimal(30),
        "y.solve_mean.last.own": Decimal(15),
        "y.solve_mean.this.own": Decimal(10),
        "y.solved.last.own": Decimal("0.8"),
        "y.solved.this.own": Decimal("0.9"),
        "t.1.before.own": Decimal("0.8"),
        "t.1.after.own": Decimal("0.85"),
        "t.1.after.own_n": Decimal(40),
    }
    made = book(DebriefFigures("青禾", YEAR, "陆雨桐", person().employee))
    known = known_in(made, typed)
    expected = {
        SATISFIED: "满意率：从去年的78%到今年的85%，比去年上升7个百分点，好转。",
        COMPLAINTS: "每月投诉数：从去年的50次到今年的30次，比去年减少40%，好转。",
        SPEED: "平均处理时间：从去年的15分钟到今年的10分钟，比去年缩短33.3%，好转。",
        SOLVED: "解决率：从去年的80%到今年的90%，比去年上升10个百分点，好转。",
    }
    assert {one.id: known[sentence_key(one)] for one in MEASURES} == expected
    assert known[training.key(1, "told")] == (
        "培训后，满意率从80%（条数没有填）到85%（40条评价），上升5个百分点。"
    )
    assert known[LACKING] == "还缺：今年的考核总分、去年的考核总分。"


def test_a_typed_year_that_is_not_that_of_the_months_is_pointed_out() -> None:
    made = book(example())
    assert known_in(made)[LACKING] == "还缺：培训前后的满意率、今年的考核总分、去年的考核总分。"
    known = known_in(made, {"y.solved.this.own": Decimal("0.95")})
    assert "和按月算的不一样，请核对：解决率" in str(known[LACKING])
    assert "到今年的95%，" in str(known[sentence_key(MEASURES[3])])
    alike = known_in(made, {"y.solved.this.own": Decimal("0.9")})
    assert "请核对" not in str(alike[LACKING])


# Years that are not over, or not whole.


def test_a_year_that_is_not_over_is_compared_with_the_same_months() -> None:
    months = {month: sums for month, sums in example().months.items() if month <= "2026-10"}
    for month in months_of(2025)[10:]:
        months[month] = {**months[month], "satisfied": Decimal(0), "complaints": Decimal(900)}
    known = known_in(book(replace(example(), months=months, until=10)))
    assert known[keys.SPAN] == "2026年1月至2026年10月（全年没有结束）"
    assert str(known[sentence_key(MEASURES[0])]).startswith(
        "满意率：从去年同期的78%（1000条）到今年1月至10月的85%（1000条），比去年同期上升7个百分点"
    )
    assert "去年同期的50次（10个整月）" in str(known[sentence_key(MEASURES[1])])
    whole = known_in(book(replace(example(), months=months, until=10)), {keys.UNTIL: Decimal(12)})
    assert "比去年" in str(whole[sentence_key(MEASURES[0])])
    assert "同期" not in str(whole[sentence_key(MEASURES[0])])


def test_a_part_of_a_month_counts_in_shares_and_not_in_complaints_a_month() -> None:
    parts = {Period("2026-10"): "10月1日至10月9日"}
    months = {
        **example().months,
        Period("2026-10"): {**example().months[Period("2026-10")], "complaints": Decimal(3)},
    }
    known = known_in(book(replace(example(), months=months, parts=parts)))
    assert known["y.complaints.this"] == 30
    assert known[keys.whole_months(keys.THIS)] == 11
    assert known["y.satisfied.this"] == Decimal("0.85")
    assert known["c.complaints.10.change"] == "—"
    assert "不比总数" in str(known[OVERALL])


def test_totals_of_uneven_years_are_not_compared() -> None:
    months = {month: sums for month, sums in example().months.items() if month >= "2025-06"}
    told = str(known_in(book(replace(example(), months=months)))[OVERALL])
    assert "两年有数据的月份不一样多，不比总数" in told
    assert "处理服务请求7200条" in told


def test_a_month_counts_in_a_share_only_with_both_of_its_numbers() -> None:
    made = book(example())
    known = known_in(made, {"d.rated.this.3": None})
    assert known["d.satisfied.this.sum"] == 85 * 11
    assert known["d.rated.this.sum"] == 1100
    assert known["y.satisfied.this"] == Decimal("0.85")
    assert known["c.satisfied.3.this"] == "—"


# Training.


@pytest.mark.parametrize(
    ("day", "before", "after"),
    [
        ("2026-06-01", [3, 4, 5], [7, 8, 9]),
        ("2026-06-30", [3, 4, 5], [7, 8, 9]),
        ("2026-02-15", [-2, -1, 1], [3, 4, 5]),
        ("2026-12-31", [9, 10, 11], []),
    ],
)
def test_months_before_and_after_a_training_leave_its_own_out(
    day: str, before: list[int], after: list[int]
) -> None:
    when = of.Training(Period(day[:7]).first_day.replace(day=int(day[8:])))
    known = known_in(book(replace(example(), trainings=(when,))))
    roles = {
        month - (13 if side == keys.LAST else 0): known[training.role(1, side, month)]
        for side, month in training.ALL
    }
    found = {
        word: [month for month, said in roles.items() if said == word] for word in ("前", "后")
    }
    assert found == {"前": before, "后": after}
    assert roles[int(day[5:7])] == "当月"
    if not after:
        assert "培训后的几个月没有满意度数据，不比较" in str(known[training.key(1, "told")])


def test_nothing_is_said_to_come_from_a_training() -> None:
    made = book(trained())
    known = known_in(made)
    for key, value in known.items():
        if key.startswith(("told", "t.", "draft", "title")) and isinstance(value, str):
            assert not re.search("因为|由于|使得|带来|归功", value), value
    texts = " ".join(str(getattr(cell.content, "value", "")) for cell in made.sheets[2].cells)
    assert "前后的变化不一定是培训带来的" in texts


# Drafts.


def test_drafts_follow_the_figures_that_a_clerk_corrects() -> None:
    made = book(example())
    before = known_in(made)
    worse = known_in(made, {f"d.solved.this.{month}": Decimal(60) for month in keys.MONTHS})
    assert "保持" in str(before[draft_key(SOLVED)])
    assert str(worse[draft_key(SOLVED)]).startswith("解决率比去年下降20个百分点：")
    assert "变差的有解决率" in str(worse[CLOSING])
    assert "没有变差的指标" in str(before[CLOSING])
    few = known_in(made, {f"d.rated.this.{month}": Decimal(2) for month in keys.MONTHS} | {f"d.satisfied.this.{month}": Decimal(1) for month in keys.MONTHS})  # fmt: skip
    assert "今年只有24条" in str(few[draft_key("survey")])


# The ledger's totals.


def test_totals_and_grades_stand_by_month_and_their_means_tell_their_months() -> None:
    appraised = {
        month: Appraised(Decimal(80 if month.year == 2025 else 90), "良好")
        for month in (*months_of(2025)[6:], *months_of(2026)[:9])
    }
    known = known_in(book(replace(example(), appraised=appraised)))
    assert known[keys.mark(keys.THIS, 9)] == 90
    assert known[keys.grade(keys.THIS, 9)] == "良好"
    assert known[keys.mark(keys.THIS, 10)] is None
    assert (
        known[TOLD_KEY] == "考核总分月平均：今年90分（9个月），去年80分（6个月），比去年上升10分。"
    )


# Whose figures are in a file.


def test_the_median_is_that_of_the_team_and_of_no_fewer_than_five() -> None:
    known, month = company(), Period("2026-03")
    all_ = [
        of.month_figure(MEASURES[2], records().of_people.get(one.id, {}).get(month, {}))
        for one in known.employees
    ]
    values = sorted(value for value in all_ if value is not None)
    half = len(values) // 2
    middle = values[half] if len(values) % 2 else (values[half - 1] + values[half]) / 2
    made = book(person())
    found = known_in(made)[keys.middle(SPEED, keys.THIS, 3)]
    assert found == of.rounded(middle, MEASURES[2].metric.scale)
    four = replace(known, employees=known.employees[:4])
    few = known_in(book(person_figures(records(), four, YEAR, four.employees[0])))
    middles = {value for key, value in few.items() if key.startswith("mid.")}
    assert middles <= {"不足5人", None}
    assert "中位数" not in str(few[sentence_key(MEASURES[0])])
    assert few[in_all(SATISFIED, "mid")] == "—"


def test_a_persons_file_holds_nobody_elses_figures(tmp_path: Path) -> None:
    """Whatever colleagues did but the median: the file stays the same where they only move within it."""
    known = company()
    mine, names = known.employees[1], [one.name for one in known.employees]
    made = put(tmp_path, book(person()))
    with ZipFile(made) as package:
        content = "".join(
            package.read(name).decode("utf-8", "ignore") for name in package.namelist()
        )
    assert mine.name in content
    for one in known.employees:
        if one is not mine:
            assert one.name not in content
            assert one.id not in content
    # Whoever lies above the medians may lie further above: nobody can tell from the file.
    assert len(names) > of.LEAST_PEOPLE
    sums = {
        who: {
            month: {item: value * (1 if who == mine.id else 7) for item, value in of_month.items()}
            for month, of_month in months.items()
        }
        for who, months in records().of_people.items()
    }
    # Every colleague seven times as busy with the same shares and means: only counts of complaints differ.
    busier = replace(records(), of_people=sums)
    again = person_figures(busier, known, YEAR, mine)
    same = [
        key
        for key in again.middles
        if key[0] != COMPLAINTS and again.middles[key] != person().middles[key]
    ]
    assert same == []
    assert again.months == person().months


def test_a_department_is_the_sum_of_its_people_and_is_no_member_of_itself() -> None:
    known = company()
    team = department_figures(records(), known, YEAR, "网络销售部")
    month = Period("2026-05")
    whole = of.added(records().of_people[one.id].get(month, {}) for one in known.employees)
    assert team.months[month] == whole
    values = known_in(book(team))
    assert values[in_all(COMPLAINTS, "mid")] == "不比"
    assert "本部门" in str(values[OVERALL])
    assert "各人的中位数是" in str(values[sentence_key(MEASURES[0])])
    assert "不如中位数" not in "".join(str(value) for value in values.values())


def test_a_department_tells_how_often_each_grade_was_given() -> None:
    team = department_figures(records(), company(), YEAR, "网络销售部")
    given = {f"等级{number}": number for number in range(1, 12)}
    made = book(replace(team, grades={2026: given}))
    sheet = next(each for each in made.sheets if each.name == "考核结果")
    texts = [getattr(cell.content, "value", None) for cell in sheet.cells]
    assert "其余4种" in texts
    counts = [one for one in texts if isinstance(one, Decimal)]
    assert sum(counts) == sum(given.values())


# Nothing known.


def test_what_nobody_knows_is_asked_for_and_no_figure_is_made_up() -> None:
    made = book(nothing())
    known = known_in(made)
    asked = {key: cell for key, _, cell in keyed_cells(made) if isinstance(cell.content, Asked)}
    figures = [key for key in asked if key.startswith(("d.", "y.", "mid.", "a."))]
    assert len(figures) > 200
    assert all(known[key] is None and asked[key].highlights for key in figures)
    assert all("没有数据" in str(known[sentence_key(one)]) for one in MEASURES)
    assert str(known[LACKING]).count("、") == 10
    assert "补齐" in str(known[CLOSING])


def test_a_zero_is_a_figure_and_a_blank_is_none() -> None:
    made = book(example())
    zero = known_in(made, {f"d.complaints.this.{month}": Decimal(0) for month in keys.MONTHS})
    blank = known_in(made, {f"d.complaints.this.{month}": None for month in keys.MONTHS})
    assert "到今年的0次" in str(zero[sentence_key(MEASURES[1])])
    assert "今年没有数据" in str(blank[sentence_key(MEASURES[1])])
    turned = known_in(made, {f"d.complaints.last.{month}": Decimal(0) for month in keys.MONTHS})
    assert "去年为0，不算百分比，增加30次" in str(turned[sentence_key(MEASURES[1])])


# Formulas and sentences.


def debriefs(start: int) -> Iterator[DebriefFigures]:
    return (by_chance(random.Random(seed)) for seed in itertools.count(start))


def test_libreoffice_works_out_the_same(office: Office, tmp_path: Path, proofs: Proofs) -> None:
    tried = itertools.islice(debriefs(1), proofs.count("debriefs"))
    agree(itertools.chain([person(), trained()], tried), office, tmp_path)


@pytest.mark.proof
@pytest.mark.parametrize("shard", range(SHARDS))
def test_libreoffice_works_out_the_same_for_many(
    shard: int, office: Office, tmp_path: Path, proofs: Proofs
) -> None:
    count = proofs.count("debriefs") // SHARDS
    agree(itertools.islice(debriefs(1000 * (shard + 1)), count), office, tmp_path)
    proofs.record("debriefs", tried=count, survived=count)


def agree(tried: Iterator[DebriefFigures], office: Office, folder: Path) -> None:
    for number, figures in enumerate(tried):
        path = put(folder, book(figures))
        found = differences(path, office)
        assert not found, f"debrief {number}: " + "\n".join(map(str, found[:5]))


@pytest.mark.parametrize("seed", range(25))
def test_no_sentence_contradicts_the_figures(seed: int) -> None:
    known = known_in(book(by_chance(random.Random(seed))))
    for one in MEASURES:
        told = str(known[sentence_key(one)])
        now, before = (known[keys.year(one.id, side)] for side in (keys.THIS, keys.LAST))
        if not isinstance(now, Decimal):
            assert "没有数据" in told
            continue
        if not isinstance(before, Decimal):
            assert "没有数据，不比较" in told
            continue
        rise, fall = re.search("上升|增加|延长", told), re.search("下降|减少|缩短", told)
        assert bool(rise) == (now > before), told
        assert bool(fall) == (now < before), told
        better = (now > before) == (one.year.direction is of.Direction.HIGHER)
        assert ("好转" in told) == (better and now != before), told
        if one.year.scale.percent:
            assert "%" not in told.partition("比去年")[2].partition("；")[0], told
            if now != before:
                size = abs(Fraction(now) - Fraction(before)) * 100
                assert f"{float(size):g}个百分点" in told, told


def test_no_formula_is_longer_than_a_cell_takes(tmp_path: Path) -> None:
    path = put(tmp_path, book(person()))
    assert max(map(len, formula_cells(path).values())) < LONGEST_FORMULA


# The file.


def test_excel_would_take_it_without_a_question(tmp_path: Path) -> None:
    several = [person(), *itertools.islice(debriefs(70), 1), nothing()]
    paths = [put(tmp_path, book(one), f"debrief{number}") for number, one in enumerate(several)]
    assert {path.name: found for path, found in validate(paths).items() if found} == {}
    for path in paths:
        assert [str(problem) for problem in repair_problems(path, excel_2010=True)] == []


def test_every_sheet_is_there_and_whose_it_is_stands_on_each() -> None:
    made = book(person())
    visible = [sheet for sheet in made.sheets if sheet.visibility == "visible"]
    assert [sheet.name for sheet in visible] == SHEETS
    for sheet in visible:
        texts = [str(getattr(cell.content, "value", "")) for cell in sheet.cells]
        assert any("方嘉禾（QC002）" in text for text in texts), sheet.name


def test_charts_are_titled_by_the_sentences_of_their_cells(tmp_path: Path) -> None:
    made = book(person())
    known, titles, names = known_in(made), set(), []
    with ZipFile(put(tmp_path, made)) as package:
        for name in package.namelist():
            if name.startswith("xl/charts/chart"):
                chart: Any = etree.fromstring(package.read(name))
                titles.add("".join(chart.xpath("c:chart/c:title//c:v/text()", namespaces=CHART)))
                names.append(chart.xpath("//c:ser/c:tx//c:v/text()", namespaces=CHART))
    assert titles == {str(known[f"title.{one.id}"]) for one in (*MEASURES, APPRAISAL)}
    assert all(2 <= len(each) <= 3 for each in names)


def test_wrong_entries_are_refused_in_the_cells(office: Office, tmp_path: Path) -> None:
    made = book(person())
    places = {key: (sheet.name, cell) for key, sheet, cell in keyed_cells(made)}
    typed = {
        "d.requests.this.1": -1, "d.rated.this.2": 2.5, "y.solved.this.own": 90, keys.UNTIL: 13,
        "t.1.day": 36526, "t.window": 0, keys.mark(keys.THIS, 1): -5,
    }  # fmt: skip
    cells: dict[str, set[str]] = {}
    with office.open(put(tmp_path, made)) as document:
        for key, value in typed.items():
            sheet, cell = places[key]
            address = f"{chr(ord('A') + cell.col)}{cell.row + 1}"
            cells.setdefault(sheet, set()).add(address)
            document.set(sheet, address, value)
        document.recalculate()
        assert {sheet: document.invalid_cells(sheet) for sheet in cells} == cells


def test_a_corrected_cell_moves_every_page(office: Office, tmp_path: Path) -> None:
    made = book(example())
    places = {key: (sheet.name, cell) for key, sheet, cell in keyed_cells(made)}
    changes: Env = {"d.solved.this.1": Decimal(10), keys.UNTIL: Decimal(6)}
    shown = (
        sentence_key(MEASURES[3]),
        "title.solved",
        "c.solved.1.change",
        keys.SPAN,
        OVERALL,
        CLOSING,
    )
    expected = known_in(made, changes)
    with office.open(put(tmp_path, made)) as document:
        for key, value in changes.items():
            sheet, cell = places[key]
            document.set(sheet, f"{chr(ord('A') + cell.col)}{cell.row + 1}", float(value))  # type: ignore[arg-type]
        document.recalculate()
        for key in shown:
            sheet, cell = places[key]
            assert document.grid(sheet)[cell.row][cell.col] == expected[key], key
    assert "今年1月至6月" in str(expected[sentence_key(MEASURES[3])])
