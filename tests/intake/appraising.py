"""Whose figures are of what: by the shipped schemes."""

from __future__ import annotations

from xladdin.company.company import Company
from xladdin.schemes.library import Library

scheme_of = Company(library=Library.shipped()).scheme_of
