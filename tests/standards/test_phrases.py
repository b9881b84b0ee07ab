"""The tables of phrases: every row is met by its own examples."""

from __future__ import annotations

from decimal import Decimal

import pytest

from xladdin.domain.quantities import Direction
from xladdin.standards.clause_meaning import TABLES, better, is_bare, tidy
from xladdin.standards.clauses import plain
from xladdin.standards.doubts import CLAUSE, WHOLE_SENTENCE, Doubt
from xladdin.standards.numerals import has_number, number_of
from xladdin.standards.phrase_parts import Phrase

PHRASES = [(phrase, example) for table in TABLES for phrase in table for example in phrase.examples]
DOUBTS = [(doubt, example) for doubt in (*WHOLE_SENTENCE, *CLAUSE) for example in doubt.examples]


@pytest.mark.parametrize(("phrase", "example"), PHRASES, ids=[text for _, text in PHRASES])
def test_a_phrase_is_met_by_its_examples(phrase: Phrase, example: str) -> None:
    found = phrase.pattern.search(plain(example))
    assert found
    assert phrase.means(found)


@pytest.mark.parametrize(("doubt", "example"), DOUBTS, ids=[text for _, text in DOUBTS])
def test_a_doubt_is_met_by_its_examples(doubt: Doubt, example: str) -> None:
    assert doubt.pattern.search(plain(example))


def test_every_row_has_an_example() -> None:
    rows = [row for table in TABLES for row in table]
    assert all(row.examples for row in (*rows, *WHOLE_SENTENCE, *CLAUSE))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("零", 0),
        ("两", 2),
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("一百零五", 105),
        ("一百一十", 110),
        ("一千零一十", 1010),
        ("五万", 50_000),
        ("一万两千", 12_000),
        ("1,200", 1200),
        ("99.5", Decimal("99.5")),
        ("半", Decimal("0.5")),
    ],
)
def test_numerals(text: str, value: Decimal) -> None:
    assert number_of(text) == value


@pytest.mark.parametrize(
    "text", ["一五", "百", "百十", "十百", "一百零零五", "一百五百", "万", "1.2.3", "095", "万万"]
)
def test_what_is_no_numeral(text: str) -> None:
    assert number_of(text) is None


@pytest.mark.parametrize("text", ["统一着装", "逐一回访", "第三方", "每一个客户", "唯一", "专员"])
def test_words_with_a_numeral_in_them(text: str) -> None:
    assert not has_number(text)


@pytest.mark.parametrize(
    ("subject", "way"),
    [
        ("投诉处理满意度", Direction.HIGHER),
        ("满意客户投诉率", Direction.LOWER),
        ("不满意率", Direction.LOWER),
        ("登记无差错率", Direction.HIGHER),
        ("毛利率", None),
    ],
)
def test_which_way_a_subject_is_better(subject: str, way: Direction | None) -> None:
    assert better(subject) is way


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("确保回收率达到", "回收率"),
        ("并对部门人员培训", "部门人员培训"),
        ("应答率", "应答率"),
        ("2小时内响应", "2小时内响应"),
        ("在线时长", "在线时长"),
        ("迟到", "迟到"),
    ],
)
def test_tidy_subjects(text: str, subject: str) -> None:
    assert tidy(text) == subject


def test_mere_verbs() -> None:
    assert all(map(is_bare, ["", "提交", "整理出", "联系"]))
    assert not is_bare("提交报表")
