"""The shipped kinds of company, and the templates that each brings."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import TypeVar

from xladdin.domain.competency import CompetencyScheme
from xladdin.domain.kind_models import CompanyKind
from xladdin.domain.positions import Position
from xladdin.domain.schemes import Scheme
from xladdin.paths import templates_dir
from xladdin.problems import Place, Problem, ProblemsFound, errors

from .library import Library
from .load import load_kind

FOLDER = "companies"
STANDARD = "standard"
"""The kind of a master for which nobody named one."""

Named = TypeVar("Named", Scheme, CompetencyScheme, Position)


@cache
def every_kind() -> tuple[CompanyKind, ...]:
    """The shipped kinds, as they are offered (ProblemsFound if their files are damaged)."""
    found, problems = [], []
    for path in sorted((templates_dir() / FOLDER).glob("*.yaml")):
        kind, faults = load_kind(path)
        problems += faults
        if kind is not None:
            found.append(kind)
            problems += [
                Problem("unknown_template", message, Place(str(path))) for message in _lost(kind)
            ]
    if errors(problems):
        raise ProblemsFound(problems)
    return tuple(sorted(found, key=lambda kind: kind.place))


def offered() -> tuple[CompanyKind, ...]:
    """Those that a clerk chooses among; the usual one is what comes without a choice."""
    return tuple(kind for kind in every_kind() if kind.id != STANDARD)


def kind_called(key: str) -> CompanyKind | None:
    """The kind with this id or name."""
    return next((kind for kind in every_kind() if key.strip() in (kind.id, kind.name)), None)


def picked_kind(said: str) -> CompanyKind | None:
    """The kind that an answer means: its number among those offered, its name, nothing for the usual."""
    text = unicodedata.normalize("NFKC", said).strip()
    if not text:
        return kind_called(STANDARD)
    if text.isdecimal():
        choices = offered()
        return choices[int(text) - 1] if 1 <= int(text) <= len(choices) else None
    return kind_called(text)


def library_of(kind: CompanyKind) -> Library:
    """What a company of the kind begins with; positions that are not appraised say so."""
    shipped = Library.shipped()
    positions = _chosen(shipped.positions, kind.positions)
    return Library(
        tuple(_chosen(shipped.schemes, kind.schemes)),
        tuple(marked(positions, kind.unappraised)),
        tuple(_chosen(shipped.competencies, kind.competencies)),
    )


def marked(positions: Iterable[Position], unappraised: Sequence[str]) -> Iterator[Position]:
    """The positions, some of them as not appraised month by month."""
    for position in positions:
        yield (
            position.model_copy(update={"unappraised": True})
            if position.name in unappraised
            else position
        )


def _chosen(shipped: Sequence[Named], ids: Sequence[str]) -> Iterator[Named]:
    """In the order of the kind."""
    known = {item.id: item for item in shipped}
    return (known[id_] for id_ in ids if id_ in known)


def _lost(kind: CompanyKind) -> Iterator[str]:
    """What a kind names and nobody ships."""
    shipped = Library.shipped()
    for field, items in (
        ("positions", shipped.positions),
        ("schemes", shipped.schemes),
        ("competencies", shipped.competencies),
    ):
        known = {item.id for item in items}
        yield from (
            f"没有内置的「{id_}」（{field}）" for id_ in getattr(kind, field) if id_ not in known
        )
    names = {item.name for item in shipped.positions if item.id in kind.positions}
    yield from (
        f"无需考核的岗位「{name}」不在岗位里" for name in kind.unappraised if name not in names
    )
