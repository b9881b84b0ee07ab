"""What stands on everything that a company writes: its name, and its logo if it has one."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Of whom a workbook is."""

    company: str = ""
    logo: bytes = b""
    """A PNG or JPEG picture; empty: none."""


NOBODY = Letterhead()
