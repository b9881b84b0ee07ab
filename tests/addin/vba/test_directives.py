"""Conditional compilation: branches that are ruled out go, everything else stays."""

from __future__ import annotations

import pytest

from xladdin.addin.vba.directives import decided

KNOWN = {"mac": 0, "app": "Microsoft Excel", "version": 16}
CASES = [
    ("#If Mac Then|a|#Else|b|#End If", "b"),
    ("#If Not Mac Then|a|#End If|c", "a|c"),
    ("#if MAC then 'why|a|#ELSE|b|#end if", "b"),
    ('#If App = "Word" Then|a|#ElseIf App = "Microsoft Excel" Then|b|#Else|c|#End If', "b"),
    ('#If App = "Word" Then|a|#ElseIf App = "Access" Then|b|#Else|c|#End If', "c"),
    ("#If Version >= 15 Then|a|#ElseIf Version >= 14 Then|b|#Else|c|#End If", "a"),
    ("#If Version = 15 Then|a|#End If", ""),
    ("#If Win64 Then|a|#Else|b|#End If", "#If Win64 Then|a|#Else|b|#End If"),
    ("#If Win64 Then|#If Mac Then|a|#End If|b|#End If", "#If Win64 Then|b|#End If"),
    ("#If Mac Then|#If Win64 Then|a|#Else|b|#End If|#Else|c|#End If", "c"),
    ("#If Mac Then|#If Mac Then|a|#Else|b|#End If|#End If", ""),
    ('#Const App = "Microsoft Excel"|#Const Own = 1|a', "#Const Own = 1|a"),
    ("Dim a ' #If Mac Then", "Dim a ' #If Mac Then"),
]
FAULTS = [
    ("#If Mac Then|a", "without #End If"),
    ("#End If", "without #If"),
    ("#Else", "without #If"),
    ("#If Mac And Win64 Then|#End If", "not understood"),
    ("#If Mac Then|#ElseIf Win64 Then|#End If", "other constants"),
    ("#If Win64 Then|#ElseIf Mac Then|#End If", "other constants"),
    ("#If App >= 3 Then|#End If", "only numbers"),
]


@pytest.mark.parametrize(("text", "left"), CASES)
def test_what_is_left(text: str, left: str) -> None:
    assert "|".join(decided(text.split("|"), KNOWN)) == left


@pytest.mark.parametrize(("text", "why"), FAULTS)
def test_what_is_refused(text: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        decided(text.split("|"), KNOWN)
