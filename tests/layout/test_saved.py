"""Whether somebody has saved a form since it was generated."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.layout.samples import of_text
from xladdin.layout.saved import saved_by_us
from xladdin.layout.writer import workbook_bytes

PROPERTIES = "docProps/core.xml"
OURS = workbook_bytes(of_text("字"), {})


def with_properties(text: str) -> bytes:
    """The same package with other document properties."""
    target = BytesIO()
    with ZipFile(BytesIO(OURS)) as source, ZipFile(target, "w") as package:
        for info in source.infolist():
            data = text.encode() if info.filename == PROPERTIES else source.read(info)
            package.writestr(info, data)
    return target.getvalue()


def test_a_fresh_file_is_ours() -> None:
    assert saved_by_us(OURS)


def test_a_file_with_another_time_is_not() -> None:
    told = ZipFile(BytesIO(OURS)).read(PROPERTIES).decode()
    assert saved_by_us(with_properties(told))
    assert not saved_by_us(with_properties(told.replace("2026-01-01", "2026-11-24")))


@pytest.mark.parametrize("content", [b"", b"PK", b"\xd0\xcf\x11\xe0 encrypted", OURS[:2000]])
def test_what_is_no_workbook_is_somebody_elses(content: bytes) -> None:
    assert not saved_by_us(content)


def test_a_package_without_properties_is_somebody_elses() -> None:
    target = BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as package:
        package.writestr(ZipInfo("a.txt"), "a")
    assert not saved_by_us(target.getvalue())


@given(st.integers(0, len(OURS) - 1), st.binary(min_size=1, max_size=40))
def test_a_damaged_file_is_never_more_than_not_ours(at: int, noise: bytes) -> None:
    damaged = OURS[:at] + noise + OURS[at + len(noise) :]
    assert saved_by_us(damaged) in (True, False)
