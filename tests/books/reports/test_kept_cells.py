"""What people had filled in goes back into its cells, or is told: never both, never neither."""

from __future__ import annotations

import random
from dataclasses import replace
from decimal import Decimal

import pytest

from tests.returns.report_returns import made
from xladdin.books.reports.kept_cells import (
    NO_CELL,
    OTHER_CELL,
    OTHER_SENTENCE,
    KeptReport,
    restored,
    same,
    shown,
)
from xladdin.books.reports.sent_cells import Rule, SentCell
from xladdin.formula.evaluate import Value
from xladdin.layout.cells import Asked, Book
from xladdin.layout.place import keyed_cells, results

from .test_sent_cells import cells


def plain() -> Book:
    """As it goes out with nothing kept."""
    return made("monthly")


def kept(values: dict[str, Value], **more: dict[str, Value]) -> KeptReport:
    """Filled in on the report as it went out."""
    sent = cells("monthly")
    known = {key: sent[key] for key in values if key in sent}
    base: dict[str, Value] = {key: one.base for key, one in known.items()}
    labels = {key: one.place for key, one in known.items()}
    return KeptReport(values, base | more.get("base", {}), labels, "月报.xlsx", "2026-11-03")


def defaults(book: Book) -> dict[str, Value]:
    return {
        key: cell.content.default
        for key, _, cell in keyed_cells(book)
        if isinstance(cell.content, Asked)
    }


def test_a_figure_and_words_go_back_and_formulas_read_them() -> None:
    found = restored(plain(), kept({"m.reply_mean.12": Decimal(50), "act.spare1.says": "双十一"}))
    known = defaults(found.book)
    assert (known["m.reply_mean.12"], known["act.spare1.says"]) == (Decimal(50), "双十一")
    assert str(results(found.book, {})["told.reply_mean"]).startswith("客服响应时间（平均）50秒")
    assert found.before == {"m.reply_mean.12": Decimal("70.6"), "act.spare1.says": None}
    assert [one.why_not for one in found.lines] == ["", ""]


def test_what_goes_back_is_seen_and_says_where_it_comes_from() -> None:
    book = restored(plain(), kept({"team.size": Decimal(8)})).book
    (cell,) = [cell for key, _, cell in keyed_cells(book) if key == "team.size"]
    assert cell.style.italic
    assert cell.check is not None
    assert cell.check.prompt == "取自2026-11-03收回的“月报.xlsx”"
    before = next(cell for key, _, cell in keyed_cells(plain()) if key == "team.size")
    assert cell.check.rule == before.check.rule if before.check else False


def test_an_emptied_cell_is_empty_again() -> None:
    found = restored(plain(), kept({"team.size": None, "act.team_left.0.measure": None}))
    assert defaults(found.book)["team.size"] is None
    assert defaults(found.book)["act.team_left.0.measure"] is None
    assert {one.value for one in found.lines} == {"空"}


def test_a_figure_of_other_data_stays_as_the_data_say() -> None:
    report = kept({"m.requests.12": Decimal(400)}, base={"m.requests.12": Decimal(350)})
    found = restored(plain(), report)
    assert found.book == plain()
    assert found.lines[0].why_not == "数据和那时不一样了（那时350，现在359），用现在的"


def test_a_cell_that_is_about_something_else_now_takes_nothing() -> None:
    report = replace(
        kept({"type.0.count": Decimal(99)}), labels={"type.0.count": "客户问题分析·旧类·本月"}
    )
    (line,) = restored(plain(), report).lines
    assert (line.place, line.why_not) == ("客户问题分析·旧类·本月", OTHER_CELL)


def test_a_cell_that_is_gone_is_told() -> None:
    (line,) = restored(plain(), kept({"type.19.count": Decimal(9)})).lines
    assert line.why_not == NO_CELL


def test_a_sentence_goes_back_where_the_figures_still_say_the_same() -> None:
    words: dict[str, Value] = {"told.requests": "本月来量平稳。"}
    found = restored(plain(), kept(words))
    assert defaults(found.book)["told.requests"] == "本月来量平稳。"
    changed = restored(plain(), kept({**words, "m.requests.12": Decimal(400)}))
    # The sentence was typed over one that the corrected figure does not make.
    assert [one.why_not for one in changed.lines] == ["", OTHER_SENTENCE]


def test_a_row_of_a_table_is_found_by_whose_it_is() -> None:
    key = "table.agents.方嘉禾.requests"
    found = restored(
        plain(), kept({key: Decimal(50), "table.agents.没有的人.requests": Decimal(1)})
    )
    rows = next(one.table for one in found.book.sheets if one.name == "客服排名").rows  # type: ignore[union-attr]
    assert [row["requests"] for row in rows if row["name"] == "方嘉禾"] == [Decimal(50)]
    assert [one.why_not for one in found.lines] == ["", NO_CELL]


@pytest.mark.parametrize("seed", range(6))
def test_whatever_was_filled_in_is_in_its_cell_or_told_of(seed: int) -> None:
    chance = random.Random(seed)
    sent = cells("monthly")
    values = {
        key: _any(chance, sent[key])
        for key in chance.sample([key for key, one in sent.items() if one.entered], 25)
    }
    report = kept(values, base={key: Decimal(chance.randrange(9)) for key in list(values)[:5]})
    found = restored(plain(), report)
    now = defaults(found.book)
    assert len(found.lines) == len(values)
    back = set(found.before)
    for key in back - {key for key in values if key.startswith("table.")}:
        assert now[key] == values[key], key
    assert sum(not one.why_not for one in found.lines) == len(back)


def _any(chance: random.Random, cell: SentCell) -> Value:
    if chance.random() < 0.1:
        return None
    if cell.rule is None:
        return chance.choice(("好", "再看看", "=1+1"))
    return cell.rule.low + (cell.rule.high - cell.rule.low) * chance.randrange(10) / 10


def test_without_anything_kept_nothing_changes() -> None:
    assert restored(plain(), None).book is plain()


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        (Decimal("0.1"), Decimal("0.10000000000000001"), True),
        (Decimal("0.1"), Decimal("0.1001"), False),
        (Decimal(0), None, False),
        ("", None, True),
        ("好 ", "好", True),
        (Decimal(1), "1", True),
    ],
)
def test_values_are_the_same_as_a_spreadsheet_keeps_them(
    one: Value, other: Value, alike: bool
) -> None:
    assert same(one, other) is alike


def test_a_value_is_told_as_its_cell_shows_it() -> None:
    assert shown(Decimal("0.92"), Rule(Decimal(0), Decimal(1), "0.0%")) == "92%"
    assert shown(None, None) == "空"
