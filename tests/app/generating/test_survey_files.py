"""The questionnaire as text beside the forms, and a survey site's export as customers' ratings."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.books.opened import Opened
from xladdin.app.generating.generate import Outcome, generate
from xladdin.app.init import write
from xladdin.app.reading_company import read_master_company
from xladdin.books.forms import COMPETENCY_SUITE, TO_SEND
from xladdin.company.company import Company
from xladdin.company.starting import example_company
from xladdin.domain.people import Period

PERIOD = Period.parse("2026-11")
ANSWERS = [
    '序号,提交答卷时间,所用时间,来自IP,"1、为您服务的客服是哪一位？","2、客服是否熟悉产品，回答得准不准？","3、客服说话是否清楚、有礼貌？","4、您的问题是否及时得到解决？"',
    *(
        f"{n},2026/11/20 10:{n:02}:00,65秒,1.2.3.{n},晴川-小雨,非常满意,满意,{n % 5 + 1}"
        for n in range(1, 5)
    ),
]


@pytest.fixture
def company() -> Company:
    whole = example_company()
    people = whole.employees[1:3]
    ids = {one.id for one in people}
    raters = tuple(line for line in whole.raters if line.ratee in ids)
    return replace(whole, employees=people, raters=raters, figures=())


def made(company: Company, folder: Path) -> Outcome:
    return generate(company, PERIOD, folder, form=COMPETENCY_SUITE.id)


def test_a_text_for_the_survey_site_lies_with_what_is_sent(
    company: Company, tmp_path: Path
) -> None:
    outcome = made(company, tmp_path)
    (path,) = (tmp_path / TO_SEND).glob("*.txt")
    assert path.name == "2026-11_客户服务满意度问卷_粘贴到问卷网站.txt"
    text = path.read_text("utf-8-sig")
    assert all(one.nickname in text for one in company.employees)
    assert not any(one.name in text for one in company.employees)
    assert not [each for each in outcome.problems if each.place.file.endswith(".txt")]
    assert not [each for each in made(company, tmp_path).problems if each.code == "survey_kept"]
    path.write_text(text + "改过", "utf-8")
    (told,) = (each for each in made(company, tmp_path).problems if each.code == "survey_kept")
    assert path.name in told.place.file
    assert path.read_text("utf-8").endswith("改过")


def test_answers_of_a_survey_site_are_the_customers_ratings(
    company: Company, tmp_path: Path
) -> None:
    master, export = tmp_path / "总表.xlsx", tmp_path / "导出.csv"
    bare = replace(company, raters=tuple(one for one in company.raters if one.source == "self"))
    write(master, bare)
    export.write_text("\n".join(ANSWERS), "utf-8")
    firm, problems = read_master_company(master, export)
    assert not [each for each in problems if each.is_error]
    out = tmp_path / "能力"
    made(firm, out)
    assert not list((out / TO_SEND).glob("客户/*"))
    (path,) = out.glob("绩效总结*/*/*QC002*.xlsx")
    texts = [str(cell.value) for sheet in Opened(path).book for row in sheet for cell in row]
    assert sum(text.startswith("客户评 #") for text in texts) == 4
    again = made(firm, out)
    assert not again.written
    assert not again.updated
