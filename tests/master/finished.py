"""Master workbooks that tests only begin with: each is written once in a process."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from xladdin.company.company import Company
from xladdin.company.starting import example_company, shipped_company
from xladdin.layout.writer import workbook_bytes
from xladdin.master.master_book import book
from xladdin.master.writing_rows import rows_of


def _written(company: Company) -> bytes:
    return workbook_bytes(book(rows_of(company)), {})


@cache
def example_master() -> bytes:
    """The example company, as ``init --example`` writes it."""
    return _written(example_company())


@cache
def shipped_master() -> bytes:
    """The shipped templates and nobody yet, as ``init`` writes it."""
    return _written(shipped_company())


@cache
def people() -> Company:
    """The example company without figures and raters, of which reports know nothing: to read those
    takes longer than to read all else."""
    return replace(example_company(), figures=(), raters=())


@cache
def people_master() -> bytes:
    """Its master workbook."""
    return _written(people())
