"""Nonsense costs no more than what makes sense, and what was not told apart is told with its numbers."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from xladdin.analysis.engines import table
from xladdin.analysis.record_intake import many_texts
from xladdin.analysis.record_intake.many_texts import MOST_WORDS, OTHERS, to_read
from xladdin.analysis.record_intake.record_reading import ServiceRecords, read_records
from xladdin.analysis.service_records import Source
from xladdin.company.company import Company
from xladdin.domain.people import Employee

TIME = "2026-10-05 10:00:00"


def read(folder: Path, heads: str, lines: Iterable[str], *people: Employee) -> ServiceRecords:
    path = folder / "工单.csv"
    path.write_text("\n".join([heads, *lines]) + "\n", "utf-8")
    records, _ = read_records([path], Company(people))
    assert records is not None
    return records


def counts(records: ServiceRecords, column: str) -> dict[str, int]:
    lines = table(Source.REQUESTS, records.engine.have(Source.REQUESTS))
    return dict(records.engine.rows(lines.group_by(column).aggregate(n=lines.count())))


def test_few_texts_are_all_read() -> None:
    texts = [str(n) for n in range(many_texts.MANY)]
    assert to_read(texts, lambda text: False) == (texts, "")


@pytest.mark.parametrize(("nth", "all_of_them"), [(50, True), (1000, False)])
def test_of_many_texts_a_sample_tells_whether_they_are_worth_reading(
    nth: int, all_of_them: bool
) -> None:
    texts = [str(n) for n in range(many_texts.MANY + 1)]
    asked: list[str] = []

    def can_read(text: str) -> bool:
        asked.append(text)
        return int(text) % nth == 0

    found, told = to_read(texts, can_read)
    assert len(asked) == many_texts.SAMPLE
    assert (found == texts, told == "") == (all_of_them, all_of_them)
    if not all_of_them:
        assert all(int(text) % nth == 0 for text in found)
        assert f"{many_texts.MANY + 1} 种写法" in told


@pytest.mark.parametrize("different", [MOST_WORDS + 3, many_texts.MANY + 3])
def test_types_that_are_too_many_are_put_together(different: int, tmp_path: Path) -> None:
    lines = [f"{TIME},物流{n}" for n in range(different)]
    with read(tmp_path, "提出时间,问题类型", [*lines, f"{TIME},物流1", f"{TIME},"]) as records:
        found = counts(records, "type")
        (told,) = (one for one in records.quality if one.code == "too_many_words")
    rest = different - MOST_WORDS
    assert (found["物流1"], found[OTHERS]) == (2, rest)
    assert len(found) == MOST_WORDS + 2
    assert sum(found.values()) == different + 2
    assert (told.count, f"{different} 种" in told.what, OTHERS in told.done) == (rest, True, True)
    assert len(told.examples) == min(rest, 5)


@pytest.mark.parametrize("different", [MOST_WORDS + 3, many_texts.MANY + 3])
def test_whoever_is_in_the_roster_is_never_among_others(different: int, tmp_path: Path) -> None:
    known = Employee(id="1001", name="赵末", department="客服部", position="客服")
    lines = [f"{TIME},外人{n}" for n in range(different) for _ in range(2)]
    with read(tmp_path, "提出时间,客服", [*lines, f"{TIME},赵末"], known) as records:
        found = counts(records, "agent")
    assert (found["1001"], found[OTHERS]) == (1, 2 * (different - MOST_WORDS))


def test_nonsense_is_told_as_unread_with_how_much_was_looked_at(tmp_path: Path) -> None:
    number = many_texts.MANY + 1
    lines = [f"{TIME},胡写{n}" for n in range(number)]
    with read(tmp_path, "提出时间,首次响应时长", [*lines, f"{TIME},00:00:30"]) as records:
        (told,) = (one for one in records.quality if one.code == "unread_span")
        assert records.counts[Source.REQUESTS] == number + 1
        assert counts(records, "reply") == {None: number, 30_000_000: 1}
    assert told.count == number
    assert f"{number} 种写法" in told.done
