"""What is written into the rows of a master workbook is read back again, all of it."""

from __future__ import annotations

import datetime as dt
import time
from decimal import Decimal
from pathlib import Path

import pytest

from xladdin.company.company import Company, Figure
from xladdin.company.company_settings import Setting
from xladdin.company.starting import example_company, shipped_company
from xladdin.domain.average_rules import AverageRule
from xladdin.domain.bonus_rules import BonusRule, BonusStep
from xladdin.domain.combined_rules import CombinedRule
from xladdin.domain.competency import Assignment, CompetencyScheme, Element, Level, RaterWeights
from xladdin.domain.competency import Source as Rater
from xladdin.domain.data_sources import DataSource
from xladdin.domain.grades import Grade
from xladdin.domain.guidelines import Guideline
from xladdin.domain.methods.bonus import Bonus
from xladdin.domain.methods.deduction import Deduction
from xladdin.domain.methods.signed import Signed
from xladdin.domain.people import Actual, Employee, Period, State
from xladdin.domain.positions import Duty, Position, Standard
from xladdin.domain.quantities import Unit
from xladdin.domain.schemes import Indicator, Scheme, Section
from xladdin.intake.exports.mapping import How, Mapping
from xladdin.master.all_sheets import SHEETS
from xladdin.master.read_master import read_master
from xladdin.master.writing_rows import rows_of
from xladdin.schemes.library import Library
from xladdin.schemes.load import MODELS
from xladdin.schemes.yaml_text import parse

from .books import book_of, write

CORNERS = Path(__file__).parent / "corners.yaml"


def corners() -> Company:
    """One of everything that can be stated."""
    models = []
    for text in CORNERS.read_text(encoding="utf-8").split("---\n"):
        document, problems = parse(text)
        assert document, problems
        models.append(MODELS[document.data["kind"]].model_validate(document.data))
    library = Library(
        tuple(item for item in models if isinstance(item, Scheme)),
        tuple(item for item in models if isinstance(item, Position)),
        tuple(item for item in models if isinstance(item, CompetencyScheme)),
    )
    return Company(
        _people(),
        library,
        raters=_raters(),
        figures=_figures(),
        settings=SETTINGS,
        mappings=MAPPINGS,
    )


SETTINGS = (Setting("公司名称", "某公司", "说明"), Setting("别的", "", ""))
MAPPINGS = (
    Mapping("成交额", "比例二", Unit.YUAN, "备注"),
    Mapping("工号", "工号"),
    Mapping("中评数+差评数", "比例二", Unit.PERCENT, "", How.RATIO, "评价数", "店铺=旗舰店"),
)


def _people() -> tuple[Employee, ...]:
    return (
        Employee(id="1001", name="张三", department="部门", position="甲岗", superior="主管"),
        Employee(
            id="王-二_2",
            name="王二",
            department="部门",
            position="甲岗",
            superior="张三",
            nickname="小王",
            scheme="for_all",
            joined=dt.date(1998, 5, 1),
            left=dt.date(2026, 12, 31),
            state=State.PROBATION,
        ),
    )


def _raters() -> tuple[Assignment, ...]:
    return (
        Assignment(ratee="1001", source=Rater.SELF, rater="张三", rater_id="1001"),
        Assignment(ratee="1001", source=Rater.PEER, rater="王二", rater_id="王-二_2"),
        Assignment(ratee="1001", source=Rater.CUSTOMER, rater="客户甲"),
    )


def _figures() -> tuple[Figure, ...]:
    def actual(indicator: str, target: str | None, reached: str | None, remark: str = "") -> Actual:
        return Actual(
            period=Period("2026-11"),
            employee="1001",
            indicator=indicator,
            target=None if target is None else Decimal(target),
            actual=None if reached is None else Decimal(reached),
            remark=remark,
        )

    return (
        Figure(actual("percent_full", "1234.5", "1200.25", "两行\n备注"), "暂定", "导出.xlsx"),
        Figure(actual("steps_actual", None, "0.985"), "最终"),
        Figure(actual("judged", None, "5").model_copy(update={"self_rating": Decimal("4.5")})),
        Figure(actual("late_date", "46000", "46003")),
        Figure(actual("line_completion", "24", None)),
        Figure(actual("plus", None, "2.5")),
        Figure(actual("mixed", None, "-3.5")),
    )


CONTENTS = {"shipped": shipped_company, "example": example_company, "corners": corners}


@pytest.mark.parametrize("name", CONTENTS)
def test_a_content_is_read_back_as_it_was(name: str, tmp_path: Path) -> None:
    content = CONTENTS[name]()
    read, problems = read_master(write(tmp_path / "master.xlsx", book_of(content)))
    assert {problem.code for problem in problems} <= {
        "hiring_narrowed",
        "looks_like_formula",
        "criteria_missing",
    }
    assert read.library.schemes == content.library.schemes
    assert read.library.positions == content.library.positions
    assert read.library.competencies == content.library.competencies
    assert read == content


def test_the_rows_have_every_column_and_no_other() -> None:
    for spec in SHEETS:
        for content in (shipped_company(), example_company(), corners()):
            for row in rows_of(content)[spec.key]:
                assert set(row) == {column.key for column in spec.columns}


def test_rows_hold_what_cells_hold() -> None:
    rows = rows_of(corners())
    by_id = {row["id"]: row for row in rows["indicators"]}
    assert by_id["percent_bare"]["weight"] == Decimal("0.055")
    assert by_id["percent_full"]["cap"] == Decimal("1.5")
    assert by_id["steps_actual"]["inclusive"] == "否"
    assert by_id["veto_grade"]["effect"] == "等级封顶"
    assert by_id["plus"]["method"] == "加分项"
    assert by_id["mixed"]["method"] == "加减分项"
    assert (by_id["mixed"]["cap"], by_id["mixed"]["most_off"]) == (Decimal(5), Decimal(10))
    assert rows["schemes"][0]["cap"] == "无"
    assert rows["schemes"][0]["positions"] == "甲岗、乙岗"
    assert rows["elements"][0]["behaviours"] == "甲\n乙"
    assert rows["figures"][0]["period"] == "2026-11"
    assert rows["figures"][0]["indicator"] == "比例二"


def test_reading_twice_gives_the_same_fingerprints(tmp_path: Path) -> None:
    """A form made from the workbook must know its scheme again after the workbook was saved."""
    first, _ = read_master(write(tmp_path / "one.xlsx", book_of(corners())))
    second, _ = read_master(write(tmp_path / "two.xlsx", book_of(first)))
    for one, two in zip(first.library.schemes, second.library.schemes, strict=True):
        assert one.fingerprint() == two.fingerprint()


def test_the_example_is_read_within_a_second(tmp_path: Path) -> None:
    path = write(tmp_path / "master.xlsx", book_of(example_company()))
    times = []
    for _ in range(3):
        start = time.process_time()  # the machine may be busy with other things
        read_master(path)
        times.append(time.process_time() - start)
    assert min(times) < 1


FIELDS: dict[type, str] = {
    Employee: "id name department position superior nickname scheme joined left state bonus_base",
    Position: "kind id name company part_time superior department subordinates unappraised requirements "
    "duties note",
    Duty: "rank text share standards restored",
    Standard: "text subject kind value unit cycle due direction",
    Scheme: "kind id name title form form_no version positions weights_editable sections "
    "adjustments total scale self_weight grades bonus average combined note",
    Section: "id name weight weights_of indicators",
    Indicator: "id name weight within unit direction target method definition source remark restored",
    Bonus: "id kind name cap criteria source remark restored",
    Deduction: "id kind name cap criteria source remark restored",
    Signed: "id kind name cap criteria source remark restored most_off",
    DataSource: "way post form due",
    Grade: "name lower sign upper coefficient reward pay guideline",
    BonusRule: "kind base share threshold steps linear",
    BonusStep: "lower sign share",
    AverageRule: "kind month_weights best",
    CombinedRule: "kpi_share competency_share",
    Guideline: "asks share most binding",
    CompetencyScheme: "kind id name title purpose positions levels stars elements missing "
    "least_peers bias_limit",
    Element: "id name weight behaviours descriptors weights question",
    RaterWeights: "self superior peer subordinate customer",
    Level: "name points lower sign reward restored",
    Assignment: "ratee source rater rater_id",
    # What was refused is what the cell of the actual holds.
    Actual: "period employee indicator target actual self_rating remark refused",
}
"""What the sheets have columns for; a field that is added needs one, or is lost in the workbook."""


@pytest.mark.parametrize("model", FIELDS, ids=lambda model: model.__name__)
def test_every_field_has_its_place(model: type) -> None:
    fields: dict[str, object] = getattr(model, "model_fields")  # noqa: B009
    assert set(fields) == set(FIELDS[model].split())
