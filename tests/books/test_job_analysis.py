"""What stands on a job analysis (FORMS A)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.books.blueprints import job, positions
from tests.books.opened import Opened
from tests.workbench.office import Office
from tests.workbench.repair import repair_problems
from xladdin.books.job_analysis import MARK, RESTORED
from xladdin.domain.positions import REQUIREMENT_LABELS, Position

CHOSEN = "education"


@pytest.fixture(scope="module", params=positions(), ids=lambda position: position.id)
def position(request: pytest.FixtureRequest) -> Position:
    found: Position = request.param
    return found


@pytest.fixture(scope="module")
def form(position: Position, tmp_path_factory: pytest.TempPathFactory) -> Opened:
    return Opened(job(position).save(tmp_path_factory.mktemp("job")))


def test_every_label_of_the_source_form_is_there(form: Opened) -> None:
    labels = {
        "从事岗位名字",
        "有无兼职",
        "我的上级岗位名字",
        "我的部门名字",
        "下级的岗位",
        "岗位\n任职\n资格\n要求",
        "重要性",
        "具体工作（括号内为衡量标准）",
        "占用时间%",
        "任职者签字",
    }
    assert labels | set(REQUIREMENT_LABELS.values()) <= form.texts


def test_the_post_and_its_requirements_are_filled_in(form: Opened, position: Position) -> None:
    assert form.value("job.name") == position.name
    assert form.value("job.superior") == position.superior
    assert form.value("job.department") == position.department
    assert form.value("job.part_time") == position.part_time
    assert form.value("job.subordinates") == ("、".join(position.subordinates) or "无")
    for field in REQUIREMENT_LABELS:
        assert (form.value(f"require.{field}") or "") == getattr(position.requirements, field)


def test_every_duty_stands_by_rank_and_one_line_is_spare(form: Opened, position: Position) -> None:
    count = len(position.duties)
    for i, duty in enumerate(sorted(position.duties, key=lambda duty: duty.rank), start=1):
        assert form.value(f"duty.rank.{i}") == duty.rank
        assert form.value(f"duty.text.{i}") == duty.wording
        assert form.value(f"duty.share.{i}") == pytest.approx(float(duty.share / 100))
    assert form.value(f"duty.text.{count + 1}") is None
    assert f"duty.text.{count + 2}" not in form.keys


def test_the_shares_make_exactly_the_whole(form: Opened) -> None:
    assert form.cached("time.total") == 1
    assert form.cached("time.check") == "合计100%，正确"


@pytest.mark.parametrize(
    ("wanted", "offered"),
    [
        ("大专以上", "不限,高中或中专以上,大专以上,本科以上,硕士以上"),
        ("“双一流”本科", "“双一流”本科,不限,高中或中专以上,大专以上,本科以上,硕士以上"),
        ('"双一流"本科', '""双一流""本科,不限,高中或中专以上,大专以上,本科以上,硕士以上'),
        ("本科,硕士优先", "本科，硕士优先,不限,高中或中专以上,大专以上,本科以上,硕士以上"),
        # Longer than a list may be: the usual choices alone, and the own text is kept.
        ("本" * 300, "不限,高中或中专以上,大专以上,本科以上,硕士以上"),
    ],
)
def test_an_unusual_requirement_is_among_the_choices_where_excel_takes_it(
    wanted: str, offered: str, tmp_path: Path, office: Office
) -> None:
    first = positions()[0]
    requirements = first.requirements.model_copy(update={CHOSEN: wanted})
    path = job(first.model_copy(update={"requirements": requirements})).save(tmp_path)
    form = Opened(path)
    where = form.keys[f"require.{CHOSEN}"]
    assert dict(form.validations())[where].formula1 == f'"{offered}"'
    assert form.value(f"require.{CHOSEN}") == wanted
    assert repair_problems(path) == []
    if wanted == '"双一流"本科':
        with office.open(path) as document:
            assert document.invalid_cells(where[0]) == set()


def test_what_the_source_form_did_not_say_is_marked(form: Opened, position: Position) -> None:
    duties = sorted(position.duties, key=lambda duty: duty.rank)
    for i, duty in enumerate(duties, start=1):
        sheet, cell = form.keys[f"duty.share.{i}"]
        assert (MARK in form.book[sheet][cell].number_format) is duty.restored
    assert (RESTORED in form.texts) is any(duty.restored for duty in duties)


def test_who_wrote_and_approved_it_may_be_entered(form: Opened) -> None:
    assert {"编制", "审批", "版本", "日期"} <= form.texts
    for key in ("author", "approver", "version", "date"):
        assert form.keys[f"job.{key}"] in form.unlocked


def test_the_check_of_the_sum_is_not_printed(form: Opened) -> None:
    sheet, cell = form.keys["time.check"]
    assert cell.endswith("1")
    assert form.book[sheet].print_area.split("!")[1].startswith("$A$2:")
