"""Units of the columns of exports: what a head says in brackets, and what the company has noted."""

from __future__ import annotations

import re
from dataclasses import replace

from xladdin.domain.quantities import Unit, facts
from xladdin.intake.stated_units import HEAD, Beside, Stated, beside, stated_in_head
from xladdin.intake.tables import Row
from xladdin.intake.text import narrow
from xladdin.intake.times import SECONDS

_NOTE = re.compile(r"\(([^()]*)\)$")


def note_of(head: str) -> str:
    """What a head says in brackets at its end; empty where there is nothing."""
    found = _NOTE.search(narrow(head).replace(" ", ""))
    return found[1].casefold() if found else ""


def without_note(head: str) -> str:
    """The head up to its brackets."""
    return _NOTE.sub("", narrow(head).replace(" ", ""))


def unit_named(note: str, wanted: Unit) -> Unit | None:
    """The unit that a note names, if it names one."""
    found = stated_in_head(f"({note})", wanted)
    return found.unit if found else None


def beside_cell(row: Row, field: str, wanted: Unit, noted: Unit | None) -> Beside:
    """What stands beside a cell, or else the unit that the company has noted for its column."""
    near = beside(row, field, wanted)
    if near.problem or noted is None:
        return near
    of_company = Stated(facts(noted).label, noted, signed=False, where="导入对照", told=False)
    stated = near.stated
    if stated is None:
        return Beside(of_company)
    if stated.where == HEAD and stated.unit is not noted and stated.unit in SECONDS:
        return Beside(replace(stated, told=False))  # told of the column, where it was noted
    as_noted = stated.unit is noted and stated.factor == 1
    return Beside(of_company) if as_noted and noted is not Unit.PERCENT else near
