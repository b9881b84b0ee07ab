"""The example company with a handful of people, or of figures: quick to write and to read."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from xladdin.company.company import Company
from xladdin.company.starting import example_company
from xladdin.layout.writer import workbook_bytes
from xladdin.master.master_book import book
from xladdin.master.writing_rows import rows_of

PEOPLE = ("QC001", "QC002", "QC003", "QC004", "QC024", "QC028")
OTHERS = ("QC016", "QC025", "QC040")
HELD = {"网销客服", "售后客服"}
SPARE = 12
"""Blank rows below each table: enough for one more scheme; Calc has no tables that could grow."""


@cache
def small() -> Company:
    """Few people; their superiors are not among them, of which a check tells."""
    content = example_company()
    library = content.library
    return replace(
        content,
        library=replace(
            library,
            schemes=tuple(each for each in library.schemes if {*each.positions} & HELD),
            positions=tuple(each for each in library.positions if each.name in HELD),
        ),
        employees=tuple(each for each in content.employees if each.id in PEOPLE),
        raters=tuple(
            each
            for each in content.raters
            if each.ratee in PEOPLE[:3] and each.rater_id in ("", *PEOPLE)
        ),
        figures=tuple(
            each
            for each in content.figures
            if each.actual.employee in PEOPLE[2:4] and each.actual.period >= "2026-09"
        ),
    )


@cache
def small_master() -> bytes:
    """Its master workbook."""
    return workbook_bytes(book(rows_of(small()), spare=SPARE), {})


@cache
def sound_master() -> bytes:
    """A master workbook without any fault: somebody of every position, with their superiors."""
    content = example_company()
    there = ("", *PEOPLE, *OTHERS)
    whole = replace(
        content,
        employees=tuple(each for each in content.employees if each.id in there),
        raters=tuple(
            each for each in content.raters if each.ratee in PEOPLE and each.rater_id in there
        ),
        figures=tuple(each for each in content.figures if each.actual.employee in PEOPLE),
    )
    return workbook_bytes(book(rows_of(whole)), {})
