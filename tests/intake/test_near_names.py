from __future__ import annotations

from xladdin.intake.near_names import hint


def test_a_name_that_is_near_is_offered_and_another_is_not() -> None:
    assert hint("沈知原", ["梁子墨", "沈知远"]) == "，是不是「沈知远」？"
    assert hint("沈知原", ["梁子墨", ""]) == hint("沈知原", []) == ""
