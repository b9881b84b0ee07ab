"""The passwords that a command was given: tried on every file of it that opens with one only.

They are held for the command alone, and stand in no file, log or message.  A front that has no way to
give one names none, and its users are told what else they can do.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar

MOST = 5
"""Passwords that are tried on one file: each takes the time that an attacker's guess takes."""
_TRIED: ContextVar[tuple[str, ...] | None] = ContextVar("passwords", default=None)


@contextmanager
def tried(passwords: Sequence[str]) -> Iterator[None]:
    """Try these within; none at all still means that some could have been given."""
    before = _TRIED.set(tuple(dict.fromkeys(passwords)))
    try:
        yield
    finally:
        _TRIED.reset(before)


def known() -> tuple[str, ...]:
    """What is to be tried, in order."""
    return _TRIED.get() or ()


def can_be_given() -> bool:
    """Whether whoever started this could have given a password."""
    return _TRIED.get() is not None
