"""All templates of a folder, looked up by id or by name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import TypeVar

from xladdin.domain.competency import CompetencyScheme
from xladdin.domain.positions import Position
from xladdin.domain.schemes import Scheme
from xladdin.path_checks import is_folder
from xladdin.paths import templates_dir
from xladdin.problems import Place, Problem, ProblemsFound, errors, warning

from .load import Broken, Template, broken_in, load_any

FOLDERS = ("", "positions", "kpi_schemes", "competency_schemes")
"""Where a library's files lie below its folder."""

Found = list[tuple[Path, Template]]
Keyed = TypeVar("Keyed", Scheme, CompetencyScheme)


@dataclass(frozen=True)
class Library:
    """Schemes and job analyses, in the order of their file names."""

    schemes: tuple[Scheme, ...] = ()
    positions: tuple[Position, ...] = ()
    competencies: tuple[CompetencyScheme, ...] = ()
    broken: tuple[Broken, ...] = ()
    """Schemes that are there and cannot be used."""

    @classmethod
    def shipped(cls) -> Library:
        """The templates that come with the package (ProblemsFound if these are damaged)."""
        return _shipped()

    @classmethod
    def from_dir(cls, folder: Path) -> tuple[Library, list[Problem]]:
        """Every template in a folder or in its positions/ and kpi_schemes/, and what is wrong."""
        if not is_folder(folder):
            return cls(), [_unreadable(folder, "找不到这个文件夹")]
        try:
            found, problems, broken = _load_all(_files(folder))
        except OSError:
            return cls(), [_unreadable(folder, "打不开这个文件夹，可能没有权限")]
        kept = list(_unrepeated(found, problems))
        problems.extend(_claimed_twice(kept))
        items = [item for _, item in kept]
        library = cls(
            tuple(item for item in items if isinstance(item, Scheme)),
            tuple(item for item in items if isinstance(item, Position)),
            tuple(item for item in items if isinstance(item, CompetencyScheme)),
            tuple(broken),
        )
        return library, problems

    def scheme(self, key: str) -> Scheme | None:
        """The scheme with this id or name."""
        return self._schemes.get(key)

    def competency(self, key: str) -> CompetencyScheme | None:
        """The competency scheme with this id or name."""
        return self._competencies.get(key)

    def position(self, key: str) -> Position | None:
        """The job analysis with this id, or with this name if only one has it."""
        found = self.positions_of(key)
        return found[0] if len(found) == 1 else None

    def positions_of(self, key: str) -> tuple[Position, ...]:
        """The job analysis with this id, or all with this name."""
        by_id = self._positions.get(key)
        return (by_id,) if by_id else self.positions_named(key)

    def positions_named(self, name: str) -> tuple[Position, ...]:
        """Every job analysis of this name: two companies may both have a 客服专员."""
        return self._positions_named.get(name, ())

    @cached_property
    def _schemes(self) -> dict[str, Scheme]:
        return _by_key(self.schemes)

    @cached_property
    def _competencies(self) -> dict[str, CompetencyScheme]:
        return _by_key(self.competencies)

    @cached_property
    def _positions(self) -> dict[str, Position]:
        return {item.id: item for item in reversed(self.positions)}

    @cached_property
    def _positions_named(self) -> dict[str, tuple[Position, ...]]:
        found: dict[str, list[Position]] = defaultdict(list)
        for item in self.positions:
            found[item.name].append(item)
        return {name: tuple(items) for name, items in found.items()}


def _by_key(items: Sequence[Keyed]) -> dict[str, Keyed]:
    """By id and by name; of several that share one, the first."""
    return {key: item for item in reversed(items) for key in (item.id, item.name)}


def _unreadable(folder: Path, message: str) -> Problem:
    return Problem("unreadable", message, Place(file=str(folder)))


@cache
def _shipped() -> Library:
    library, problems = Library.from_dir(templates_dir())
    if errors(problems):
        raise ProblemsFound(problems)
    return library


def _files(folder: Path) -> list[Path]:
    places = (folder / name for name in FOLDERS)
    return [
        path
        for place in places
        if place.is_dir()
        for path in sorted(place.iterdir())
        if path.suffix in (".yaml", ".yml") and path.is_file()
    ]


def _load_all(paths: list[Path]) -> tuple[Found, list[Problem], list[Broken]]:
    found: Found = []
    broken: list[Broken] = []
    problems: list[Problem] = []
    for path in paths:
        template, faults = load_any(path)
        problems.extend(faults)
        if template is not None:
            found.append((path, template))
        else:
            broken += broken_in(path)
    return found, problems, broken


def _unrepeated(found: Found, problems: list[Problem]) -> Iterator[tuple[Path, Template]]:
    """The templates without those whose id another file has already taken."""
    taken: dict[tuple[str, str, str], Path] = {}
    for path, item in found:
        clashes = [(field, key) for field, key in _keys(item) if (item.kind, field, key) in taken]
        for field, key in clashes:
            first = taken[item.kind, field, key].name
            word = "编号" if field == "id" else "名称"
            message = f"{word}「{key}」与文件 {first} 重复"
            problems.append(Problem(f"duplicate_{field}", message, Place(str(path), field=field)))
        if not clashes:
            taken.update({(item.kind, field, key): path for field, key in _keys(item)})
            yield path, item


def _keys(item: Template) -> list[tuple[str, str]]:
    """What only one template of a kind may have; positions of one name may be two companies'."""
    name = f"{item.name}（{item.company}）" if isinstance(item, Position) else item.name
    return [("id", item.id), ("name", name)]


def _claimed_twice(found: Found) -> Iterator[Problem]:
    # A position has one KPI scheme and one competency scheme.
    claims: dict[tuple[str, str], str] = {}
    for path, item in found:
        for i, name in enumerate(() if isinstance(item, Position) else item.positions):
            if first := claims.get((item.kind, name)):
                message = f"岗位「{name}」已适用「{first}」，此处不会自动采用"
                yield warning(
                    "position_claimed", message, Place(str(path), field=f"positions[{i}]")
                )
            claims.setdefault((item.kind, name), item.name)
