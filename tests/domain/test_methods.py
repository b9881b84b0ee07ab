"""The settings of scoring methods (their faults are among tests/faults/schemes)."""

from decimal import Decimal
from typing import Any

import pytest

from xladdin.domain.methods import METHOD_LABELS
from xladdin.domain.methods.judgement import JudgementMethod
from xladdin.domain.methods.linear import LinearMethod
from xladdin.domain.methods.percent import PercentMethod
from xladdin.domain.rule_terms import ZeroTarget


def test_the_best_points_of_a_judgement() -> None:
    bands = [{"low": 0, "high": 0, "text": ""}, {"low": "2", "high": "4.5", "text": ""}]
    assert JudgementMethod.model_validate({"bands": bands}).top == Decimal("4.5")


def test_what_is_left_out_has_its_usual_value() -> None:
    method = PercentMethod()
    assert (method.cap, method.floor, method.zero_target) == (None, 0, ZeroTarget.FULL)


@pytest.mark.parametrize("fields", [{}, {"low": 5, "high": []}, {"low": {}, "high": {}}])
def test_a_line_without_ends_is_left_to_the_field_checks(fields: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"Field required|valid dictionary") as caught:
        LinearMethod.model_validate(fields)
    assert "line_ends_equal" not in str(caught.value)


def test_labels_are_chinese() -> None:
    assert all("\u4e00" <= label[0] <= "\u9fff" for label in METHOD_LABELS.values())
