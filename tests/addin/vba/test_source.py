"""A module's text taken apart."""

from __future__ import annotations

import pytest

from xladdin.addin.vba import source
from xladdin.addin.vba.source import Procedure, Statement, names_used, reachable, read, words

TEXT = """\
Attribute VB_Name = "Sums"
' Whose it is.
'
Option Explicit
#If Win64 Then
    Const LIBRARY As String = "a"
    Declare PtrSafe Function Load Lib "b" (ByVal name As String, _
        ByVal other As String) As Long
#Else
    Private Const LIBRARY = "c"
#End If
Public Const LIMIT As Long = BASE + 1, _
    NOTE = "' x"
Dim cache As Object

' Of the first.
Function One(a)
    ' Two would do as well
    One = two(a) & "Three"
End Function
Private Static Sub Two( _
    a)
    a.Three
End Sub
Public Property Get Three() As Long
    Three = LIMIT
End Property
"""


def without_note(text: str) -> str:
    return text.replace(', _\n    NOTE = "\' x"', "")


def test_the_parts() -> None:
    parts = read(without_note(TEXT))
    assert parts.head == "' Whose it is.\n'\n"
    assert [each.name for each in parts.statements if each.name] == [
        "LIBRARY",
        "Load",
        "LIBRARY",
        "LIMIT",
        "cache",
    ]
    assert [(each.name, each.is_public) for each in parts.procedures] == [
        ("One", True),
        ("Two", False),
        ("Three", True),
    ]
    assert parts.procedures[1].text.endswith("    a.Three\nEnd Sub\n")


def test_the_parts_make_the_text_again() -> None:
    parts = read(without_note(TEXT))
    assert read(parts.text) == parts


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (TEXT, "not understood"),  # two constants in one statement
        ("Private a As Long, b As Long\n", "not understood"),
        ("Public Type Point\n    x As Long\nEnd Type\n", "not understood"),
        ("Private Enum Colour\n    Red\nEnd Enum\n", "not understood"),
        ("Call Something\n", "not understood"),
        ("Sub A()\n", "no end"),
        ("Sub A()\nEnd Sub\nDim b\n", "below a procedure"),
        ("Sub A()\nEnd Sub\n#If Mac Then\n#End If\n", "below a procedure"),
        ("Dim a _\n", "goes on"),
    ],
)
def test_what_is_no_module(text: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        read(text)


def test_names_are_neither_in_strings_nor_in_remarks_nor_behind_dots() -> None:
    text = 'x = Y("a ""b"" c" & z$) \' d\nSheet.Range("e").F g:=1, h!i\n'
    assert names_used(text) == {"x", "y", "z", "sheet", "g", "h", "i"}
    assert words(text) == {*names_used(text), "range", "f"}


def procedure(name: str, *uses: str) -> Procedure:
    lines = "".join(f"    x = {use}(1)\n" for use in uses)
    return Procedure(name, f"Function {name}()\n{lines}End Function\n")


def test_what_is_used_is_reachable_whatever_the_case_and_round_about() -> None:
    found = [
        procedure("A", "b"),
        procedure("B", "C", "A"),
        procedure("C"),
        procedure("D", "A", "E"),
        procedure("E", "D"),
    ]
    assert reachable(found, ["a", "Mid"]) == {"a", "b", "c"}
    assert reachable(found, ["E"]) == {"a", "b", "c", "d", "e"}
    assert reachable(found, []) == set()


def test_only_declarations_that_are_used_stay_and_what_they_use() -> None:
    statements = read("Const A = B\nConst B = 1\nConst C = A\n#If Win64 Then\nDim d\n#End If\n")
    kept = source.declared(statements.statements, {"a"})
    assert [each.name for each in kept] == ["A", "B", "", ""]
    assert source.Source("", kept, ()).text == "Const A = B\nConst B = 1\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Function A()\nEnd Function\n", "Private Function A()\nEnd Function\n"),
        ("Public Sub A()\nEnd Sub\n", "Private Sub A()\nEnd Sub\n"),
        ("Friend Static Sub A()\nEnd Sub\n", "Private Static Sub A()\nEnd Sub\n"),
        ("Private Sub A()\nEnd Sub\n", "Private Sub A()\nEnd Sub\n"),
    ],
)
def test_a_procedure_is_made_private(text: str, expected: str) -> None:
    assert source.private(Procedure("A", text)).text == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("    Const A = 1\n", "    Private Const A = 1\n"),
        ("Dim A As Long\n", "Private A As Long\n"),
        ("Public A As Long\n", "Private A As Long\n"),
        ('Declare Sub A Lib "b" ()\n', 'Private Declare Sub A Lib "b" ()\n'),
    ],
)
def test_a_declaration_is_made_private(text: str, expected: str) -> None:
    assert source.private(Statement("A", text)).text == expected


def test_a_directive_stays_as_it_is() -> None:
    assert source.private(Statement("", "#If Win64 Then\n")).text == "#If Win64 Then\n"


def test_a_line_is_put_below_the_whole_first_one() -> None:
    text = "Sub A( _\n    b)\n    c\nEnd Sub\n"
    found = source.beginning_with(Procedure("A", text), "    x")
    assert found.text == "Sub A( _\n    b)\n    x\n    c\nEnd Sub\n"
