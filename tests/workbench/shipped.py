"""What of all forms the shipped templates ask for, and a scheme that asks for the rest."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any

from xladdin.books.forms import KINDS, FormKind
from xladdin.domain.competency import CompetencyScheme
from xladdin.schemes.library import Library


def shipped_kinds() -> list[FormKind[Any]]:
    """All but the ratings of whom no shipped scheme asks (FORMS B has no 下级评)."""
    asked = {source for scheme in Library.shipped().competencies for source in scheme.sources}
    return [kind for kind in KINDS if kind.source is None or kind.source in asked]


@cache
def asking_subordinates() -> CompetencyScheme:
    """The shipped scheme, 10% of every element taken from the superior and given to subordinates."""
    (usual,) = Library.shipped().competencies
    data = usual.model_dump() | {"id": "with_subordinates", "name": "能力考核（有下级评）"}
    for element in data["elements"]:
        weights = element["weights"]
        element["weights"] = {**weights, "superior": weights["superior"] - 10, "subordinate": 10}
    return CompetencyScheme.model_validate(data)


@cache
def all_kinds_library() -> Library:
    """The shipped templates and one more, so that there is one for every kind of form."""
    shipped = Library.shipped()
    return replace(shipped, competencies=(*shipped.competencies, asking_subordinates()))
