"""What may be entered in which column."""

from __future__ import annotations

from dataclasses import replace

import pytest

from xladdin.domain.quantities import FACTS
from xladdin.layout.cell_rules import Anything, Check, Choice, Offered
from xladdin.layout.tables.lists import Entries
from xladdin.layout.validations import TITLE_LIMIT
from xladdin.master.all_sheets import SHEETS
from xladdin.master.cell_kinds import Kind
from xladdin.master.entry_rules import check, choices, list_key, long_lists
from xladdin.master.sheet_spec import Column

from .rows import SPECS

ALL = [(spec, column) for spec in SHEETS for column in spec.columns]


def found(sheet: str, column: str) -> Check:
    rule = check(SPECS[sheet], SPECS[sheet].column(column))
    assert rule is not None
    return rule


@pytest.mark.parametrize(("spec", "column"), ALL, ids=lambda one: getattr(one, "key", None))
def test_every_prompt_reaches_the_clerk(spec: object, column: Column) -> None:
    rule = check(spec, column)  # type: ignore[arg-type]
    assert rule is not None or not column.prompt
    if rule is not None and column.prompt:
        assert rule.prompt == column.prompt
        assert len(rule.title) <= TITLE_LIMIT


def test_choices_are_the_words_of_the_models() -> None:
    rule = found("indicators", "unit").rule
    assert rule == Choice(tuple(facts.label for facts in FACTS.values()))


def test_yes_or_nothing() -> None:
    assert choices(SPECS["duties"], SPECS["duties"].column("restored")) == ("是",)
    assert choices(SPECS["indicators"], SPECS["indicators"].column("inclusive")) == ("是", "否")


@pytest.mark.parametrize(
    ("sheet", "column", "strict"),
    [
        ("raters", "ratee", True),
        ("duties", "position", False),
        ("roster", "position", False),
        ("roster", "scheme", False),
        ("figures", "indicator", False),
    ],
)
def test_only_unknown_ids_are_refused(sheet: str, column: str, strict: bool) -> None:
    rule = found(sheet, column)
    assert isinstance(rule.rule, Offered)
    assert rule.strict is strict


def test_every_reference_is_a_list_of_what_it_refers_to() -> None:
    for spec, column in ALL:
        if column.refers:
            rule = found(spec.key, column.key).rule
            assert isinstance(rule, Offered)
            assert isinstance(rule.source, Entries)
            assert rule.source.of.name == column.refers


def test_free_text_has_only_a_prompt() -> None:
    assert found("roster", "name").rule == Anything()


def test_no_list_is_too_long_today() -> None:
    assert long_lists() == {}


def test_a_choice_too_long_for_a_validation_is_a_list_on_the_hidden_sheet() -> None:
    spec = SPECS["figures"]
    long = Column("long", "长", Kind.CHOICE, words={f"{n}": f"选项{n:03}" for n in range(100)})
    spec = replace(spec, columns=(*spec.columns, long))
    rule = check(spec, long)
    assert rule is not None
    assert isinstance(rule.rule, Offered)
    assert isinstance(rule.rule.source, Entries)
    assert rule.rule.source.of.name == f"lists.{list_key(spec, long)}"
