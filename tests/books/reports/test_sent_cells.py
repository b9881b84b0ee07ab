"""What a report says of itself when it goes out, and that it is read again word by word."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.returns.report_returns import made
from xladdin.books import identity as form_identity
from xladdin.books.reports.sent_cells import (
    AGAIN,
    COMPUTED,
    SHEET_NAME,
    Rule,
    SentCell,
    rule_of,
)
from xladdin.books.reports.sent_record import Record, record_of
from xladdin.intake.grids import Grid
from xladdin.layout.cells import Asked, Book, Fixed
from xladdin.layout.place import defined_name, keyed_cells

KINDS = ("monthly", "shop", "debrief")


def hidden(book: Book, name: str) -> list[list[str]]:
    """The texts of a hidden sheet, row by row."""
    (sheet,) = [one for one in book.sheets if one.name == name]
    assert sheet.visibility == "very_hidden"
    rows: list[list[str]] = []
    for cell in sheet.cells:
        assert isinstance(cell.content, Fixed)
        while len(rows) <= cell.row:
            rows.append([])
        rows[cell.row].append(str(cell.content.value))
    return rows


def record(book: Book, *, without: int = 0) -> Record:
    """What is read of a book, with the last lines missing."""
    lines = {row[0]: row[1] for row in hidden(book, form_identity.SHEET_NAME)}
    rows = hidden(book, SHEET_NAME)
    grid = Grid("月报.xlsx", [list(row) for row in rows[: len(rows) - without]], SHEET_NAME)
    return record_of(grid, lines[form_identity.CONTENT])


def cells(kind: str) -> dict[str, SentCell]:
    return {one.key: one for one in record(made(kind)).cells}


@pytest.mark.parametrize("kind", KINDS)
def test_every_cell_that_asks_is_in_the_record_as_it_went_out(kind: str) -> None:
    book = made(kind)
    found = record(book)
    assert found.whole
    known = {one.key: one for one in found.cells}
    for key, _, cell in keyed_cells(book):
        if isinstance(cell.content, Asked):
            default = cell.content.default
            assert known[key].sent == (None if default == "" else default), key
            assert known[key].base == known[key].sent
            assert known[key].rule == rule_of(cell)
    assert {sheet.name for sheet in book.sheets if sheet.visibility == "visible"} == set(
        found.filled
    )


@pytest.mark.parametrize("kind", KINDS)
def test_no_two_cells_that_ask_are_called_alike(kind: str) -> None:
    asking = [one for one in cells(kind).values() if one.entered and not one.said]
    called = [(one.sheet, one.label) for one in asking]
    assert [pair for pair in called if called.count(pair) > 1] == []


@pytest.mark.parametrize(
    ("kind", "key", "place"),
    [
        ("monthly", "target.satisfied", "总体情况·满意率·目标"),
        ("monthly", "team.before", "总体情况·上月末人数·团队"),
        ("monthly", "m.satisfied.12", "月度数据·满意率·26年10月"),
        ("monthly", "hour.2.20", "时段·周二·20"),
        ("monthly", "act.spare1.owner", "分析与措施·另外1·负责人"),
        ("monthly", "next.satisfied", "分析与措施·满意率（%）·下月目标"),
        ("monthly", "table.agents.方嘉禾.requests", "客服排名·方嘉禾·请求数"),
        ("shop", "brief.introduction", "概述·一、引言"),
        ("debrief", "d.complaints.this.3", "月度数据·投诉数·3月·2026年"),
        ("debrief", "superior.comment", "述职报告·上级意见·五、结语"),
    ],
)
def test_a_cell_is_called_by_what_stands_beside_and_above_it(
    kind: str, key: str, place: str
) -> None:
    assert cells(kind)[key].place == place


def test_what_is_worked_out_takes_nothing_but_sentences_do() -> None:
    known = cells("monthly")
    assert known["over.satisfied.now"].kind == COMPUTED
    assert not known["over.satisfied.now"].entered
    assert known["told.satisfied"].said
    assert str(known["told.satisfied"].sent).startswith("满意率")


def test_a_sentence_that_is_shown_twice_has_a_name_at_both_places() -> None:
    book = made("monthly")
    again = [name for name in book.names if name.endswith(defined_name(AGAIN)[3:])]
    assert again
    assert all("分析与措施" in book.names[name] for name in again)


def test_a_record_that_was_cut_says_so_and_the_rest_is_read() -> None:
    book = made("monthly")
    whole, cut = record(book), record(book, without=20)
    assert not cut.whole
    assert 0 < len(cut.cells) < len(whole.cells)


def test_lines_of_others_are_no_cells() -> None:
    rows: list[list[object]] = [["[1,2]"], ["x"], [None], ['["k","s","l","?","","","",""]']]
    assert record_of(Grid("a.xlsx", rows, SHEET_NAME), "").cells == ()


@pytest.mark.parametrize(
    ("rule", "value", "shown", "told"),
    [
        (Rule(Decimal(0), Decimal(1), "0.0%"), Decimal("0.853"), "85.3%", "0% 至 100% 的百分比"),
        (Rule(Decimal(1), Decimal(9), "#,##0", whole=True), Decimal(7), "7", "1 至 9 的整数"),
        (Rule(Decimal(1), Decimal(5), "#,##0.00"), Decimal("4.5"), "4.5", "1 至 5 的数字"),
        (Rule(Decimal(1), Decimal(99999), "yyyy-mm-dd", date=True), Decimal(46346), "2026-11-20", "日期"),
    ],
)  # fmt: skip
def test_a_rule_is_one_text_and_says_what_it_wants(
    rule: Rule, value: Decimal, shown: str, told: str
) -> None:
    assert Rule.parse(rule.text) == rule
    assert rule.shown(value) == shown
    assert told in rule.told


@pytest.mark.parametrize("text", ["", "text", "0|1|any", "a|b|any|0%"])
def test_other_texts_are_no_rules(text: str) -> None:
    assert Rule.parse(text) is None
