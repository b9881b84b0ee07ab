"""Passwords hold for one command, and are shown nowhere."""

from __future__ import annotations

from pathlib import Path

from xladdin.ooxml import passwords
from xladdin.ooxml.opening import OpenedFile
from xladdin.ooxml.refused import protected
from xladdin.ooxml.sealing import Sealing
from xladdin.returns.handed_files import HandedFile

WORD = "geheim-geheim"


def test_they_are_tried_within_and_nowhere_else() -> None:
    assert (passwords.known(), passwords.can_be_given()) == ((), False)
    with passwords.tried(["a", "b", "a"]):
        assert passwords.known() == ("a", "b")
        with passwords.tried([]):
            assert (passwords.known(), passwords.can_be_given()) == ((), True)
        assert passwords.known() == ("a", "b")
    assert (passwords.known(), passwords.can_be_given()) == ((), False)


def test_only_who_can_give_one_is_told_to() -> None:
    assert "--password" not in protected().message
    with passwords.tried([]):
        assert "--password" in protected().message


def test_no_password_is_in_what_a_log_might_show() -> None:
    held = (
        Sealing(WORD),
        OpenedFile(Path("a"), password=WORD, encrypted=b"x"),
        HandedFile("a", Path("a"), password=WORD),
    )
    assert not any(WORD in repr(each) for each in held)
