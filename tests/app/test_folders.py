"""Every kind of form has its place, and months do not mix."""

from __future__ import annotations

import pytest

from xladdin.app.folders import folder_of
from xladdin.app.generate import PLANNERS
from xladdin.domain.people import Period


@pytest.mark.parametrize(
    ("form", "place"),
    [
        ("monthly", "考核表/2026-10"),
        ("sales", "考核表/2026-10"),
        ("competency", "能力考核"),
        ("summary", "个人工作总结"),
        ("job", "."),
    ],
)
def test_the_folder_of_a_form(form: str, place: str) -> None:
    assert folder_of(form, Period("2026-10")).as_posix() == place


def test_no_kind_is_without_one() -> None:
    assert all(folder_of(form, Period("2026-10")) is not None for form in PLANNERS)
