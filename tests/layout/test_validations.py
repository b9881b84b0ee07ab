"""Input checks within the limits that Excel sets."""

from __future__ import annotations

from decimal import Decimal

import pytest

from xladdin.formula.nodes import AllOf, Compare, Rel, Var, number
from xladdin.layout.cell_rules import AtMost, Between, Check, Choice, Distinct, Holds
from xladdin.layout.validations import MESSAGE_LIMIT, TITLE_LIMIT, fits_list, options

PLACES = {"a": "$A$1", "b": "$A$2", "c": "$A$3"}
Rule = Choice | Between | Holds | Distinct | AtMost


def told(rule: Rule, **settings: object) -> dict[str, object]:
    return options(Check(rule, "提示", "错误", **settings), PLACES)  # type: ignore[arg-type]


def test_a_list_of_choices() -> None:
    found = told(Choice(("有", "无")), title="有无兼职")
    assert (found["validate"], found["source"]) == ("list", ["有", "无"])
    assert (found["input_title"], found["input_message"]) == ("有无兼职", "提示")
    assert (found["error_message"], found["error_type"]) == ("错误", "stop")
    assert found["ignore_blank"] is True


def test_quotes_in_a_choice_are_doubled_as_the_file_wants_them() -> None:
    assert told(Choice(('"双一流"',)))["source"] == ['""双一流""']


@pytest.mark.parametrize("items", [("a,b",), ("字" * 128, "字" * 127)])
def test_a_list_that_excel_refuses(items: tuple[str, ...]) -> None:
    assert not fits_list(items)
    with pytest.raises(ValueError, match="a list that Excel refuses"):
        told(Choice(items))


def test_the_longest_list() -> None:
    longest = ("字" * 127, "字" * 127)
    assert fits_list(longest)
    assert told(Choice(longest))["source"] == list(longest)


@pytest.mark.parametrize(
    ("rule", "kind"),
    [
        (Between(Decimal(0), Decimal(5)), "decimal"),
        (Between(Decimal(0), Decimal(5), whole=True), "integer"),
        # LibreOffice and WPS compare dates as numbers; a date is whole anyway.
        (Between(Decimal(0), Decimal(5), whole=True, date=True), "decimal"),
    ],
)
def test_a_range(rule: Between, kind: str) -> None:
    found = told(rule)
    assert (found["validate"], found["criteria"]) == (kind, "between")
    assert (found["minimum"], found["maximum"]) == (0.0, 5.0)


def test_a_test_over_keys() -> None:
    found = told(Holds(Compare(Rel.LE, Var("a"), number(3))))
    assert found["validate"] == "custom"
    assert "$A$1" in str(found["value"])


def test_a_test_that_is_too_long_for_excel() -> None:
    test = AllOf(tuple(Compare(Rel.LE, Var("a"), number(i)) for i in range(30)))
    with pytest.raises(ValueError, match="a validation formula of"):
        told(Holds(test))


def test_a_rank() -> None:
    found = told(Distinct(("a", "b", "c"), "b"))
    assert found["value"] == (
        "=IF(ISNUMBER($A$2),AND($A$2>=1,$A$2=INT($A$2),COUNTIF($A$1:$A$3,$A$2)=1),FALSE)"
    )


def test_a_length() -> None:
    found = told(AtMost(500))
    assert (found["validate"], found["criteria"], found["value"]) == ("length", "<=", 500)


def test_a_check_that_only_asks() -> None:
    assert told(AtMost(5), strict=False)["error_type"] == "warning"


def test_texts_are_cut_to_what_excel_takes() -> None:
    found = options(Check(AtMost(5), "提" * 300, "错" * 300, "题" * 40), {})
    assert len(str(found["input_title"])) == TITLE_LIMIT
    assert len(str(found["input_message"])) == len(str(found["error_message"])) == MESSAGE_LIMIT
