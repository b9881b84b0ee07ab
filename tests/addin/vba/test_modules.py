"""Modules: what VBA could not hold is refused before a file is written."""

from __future__ import annotations

import pytest

from xladdin.addin.vba import Kind, Module, class_module, document, standard
from xladdin.addin.vba.modules import LONGEST_LINE, SHEET


def test_a_module_begins_with_its_name() -> None:
    module = standard("Sums", "Option Explicit\nPublic A As Long\n")
    assert module.source == 'Attribute VB_Name = "Sums"\r\nOption Explicit\r\nPublic A As Long\r\n'
    assert module.stored == module.source.encode()


def test_the_name_that_a_text_brings_along_is_replaced() -> None:
    assert standard("New", 'Attribute VB_Name = "Old"\nA\n').source.count("VB_Name") == 1


def test_a_document_says_what_it_stands_behind() -> None:
    module = document("Sheet1", SHEET)
    assert module.kind is Kind.DOCUMENT
    assert f'Attribute VB_Base = "0{SHEET}"\r\n' in module.source
    assert "Attribute VB_PredeclaredId = True\r\n" in module.source


@pytest.mark.parametrize("name", ["", "1st", "a b", "函数", "a" * 32, "a-b"])
def test_a_name_that_vba_does_not_take(name: str) -> None:
    with pytest.raises(ValueError, match="not a name"):
        standard(name, "")


@pytest.mark.parametrize(
    ("source", "reason"),
    [("' 说明\r\n", "ASCII"), ("a\nb", "CR LF"), ("a" * (LONGEST_LINE + 1), "longer")],
)
def test_a_text_that_vba_does_not_hold(source: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        Module("Sums", source, Kind.STANDARD)


def test_a_class_is_made_and_seen_by_its_own_project_alone() -> None:
    module = class_module("Sums", "Public A As Long\n")
    assert module.kind is Kind.CLASS
    for key in ("GlobalNameSpace", "Creatable", "PredeclaredId", "Exposed"):
        assert f"Attribute VB_{key} = False\r\n" in module.source
