"""A duty's measurable standards, read out of a clerk's own bracketed text.

A wrong reading is worse than none: what is not understood for certain comes back as unread, with
the reason.
"""

from .clause_meaning import NOT_STATED, is_bare
from .clause_reader import Unread, read_standards
from .numerals import has_number

__all__ = ["NOT_STATED", "Unread", "has_number", "is_bare", "read_standards"]
