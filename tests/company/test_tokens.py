"""Tokens: not to be guessed, never given twice; a list that is wrong is not used."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from xladdin.company.tokens import DIGITS, HEADERS, LETTERS, LIST_NAME, Line, Tokens, random_token
from xladdin.domain.competency import Assignment, Source
from xladdin.domain.people import Employee, Period

PERIOD = Period("2026-10")
PEOPLE = tuple(
    Employee(id=id_, name=name, department="客服部", position="售后客服")
    for id_, name in (("QC0", "韩雪凝"), ("QC1", "魏思远"), ("QC2", "余佳音"))
)


def rated_by(ratee: Employee, rater: Employee) -> Assignment:
    return Assignment(ratee=ratee.id, source=Source.PEER, rater=rater.name, rater_id=rater.id)


def test_no_program_takes_a_token_for_a_number() -> None:
    for _ in range(500):
        token = random_token()
        assert len(token) == 8
        assert token[0] in LETTERS
        assert set(token) <= set(LETTERS + DIGITS)


def test_tokens_are_unique_even_if_chance_repeats_itself(tmp_path: Path) -> None:
    drawn: Iterator[str] = iter(["aaaa", "aaaa", "bbbb", "aaaa", "bbbb", "cccc"])
    tokens, problems = Tokens.read(tmp_path / LIST_NAME, lambda: next(drawn))
    assert tokens is not None
    assert problems == []
    one, two, three = PEOPLE
    pairs = [(one, two), (one, three), (two, one)]
    given = [tokens.of(PERIOD, ratee, rated_by(ratee, rater)) for ratee, rater in pairs]
    assert given == ["aaaa", "bbbb", "cccc"]
    assert tokens.of(PERIOD, one, rated_by(one, two)) == "aaaa"


def read(folder: Path, *lines: str) -> tuple[Tokens | None, list[str]]:
    path = folder / "list.csv"
    heads = ",".join(words[0] for words in HEADERS.values())
    path.write_text("\n".join([heads, *lines]), "utf-8")
    tokens, problems = Tokens.read(path)
    return tokens, [problem.code for problem in problems]


def test_who_is_on_the_list_keeps_the_token_that_stands_there(tmp_path: Path) -> None:
    tokens, codes = read(tmp_path, "2026年10月,QC0,韩雪凝,同事评,魏思远,QC1,kkkk2222")
    assert tokens is not None
    assert codes == []
    assert list(tokens.lines.values()) == [
        Line("2026-10", "QC0", "韩雪凝", "同事评", "魏思远", "QC1", "kkkk2222")
    ]
    assert tokens.of(PERIOD, PEOPLE[0], rated_by(PEOPLE[0], PEOPLE[1])) == "kkkk2222"
    assert not tokens.added


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("2026-10,QC1,魏思远,同事评,韩雪凝,QC0,", "missing_value"),
        ("2026-10,QC1,魏思远,同事评,韩雪凝,QC0,kkkk2222", "duplicate_token"),
        ("2026-10,QC0,韩雪凝,同事评,魏思远,QC1,other", "two_tokens"),
        ("有一天,QC1,魏思远,同事评,韩雪凝,QC0,mmmm3333", "period"),
    ],
)
def test_a_list_that_is_wrong_gives_no_tokens(line: str, code: str, tmp_path: Path) -> None:
    first = "2026-10,QC0,韩雪凝,同事评,魏思远,QC1,kkkk2222"
    assert read(tmp_path, first, line) == (None, [code])
