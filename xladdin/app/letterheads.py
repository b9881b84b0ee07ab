"""A company's letterhead, out of its settings."""

from __future__ import annotations

from xladdin.company.company import Company
from xladdin.layout.letterhead import Letterhead


def letterhead_of(company: Company) -> Letterhead:
    """What stands at the head of everything that this company writes."""
    return Letterhead(company.name)
