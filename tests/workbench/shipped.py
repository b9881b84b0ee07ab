"""What of all forms the shipped templates ask for."""

from __future__ import annotations

from typing import Any

from xladdin.books.forms import KINDS, FormKind
from xladdin.schemes.library import Library


def shipped_kinds() -> list[FormKind[Any]]:
    """All but the ratings of whom no shipped scheme asks (FORMS B has no 下级评)."""
    asked = {source for scheme in Library.shipped().competencies for source in scheme.sources}
    return [kind for kind in KINDS if kind.source is None or kind.source in asked]
