"""Where schemes and job analyses come from: shipped templates, a file, or a folder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from xladdin.domain.competency import CompetencyScheme
from xladdin.domain.people import Employee
from xladdin.domain.positions import Position
from xladdin.domain.schemes import Scheme
from xladdin.intake.exports.mapping import Mapping
from xladdin.intake.handed_in import Openings
from xladdin.master.read_master import read_master
from xladdin.path_checks import is_folder, may_be_there
from xladdin.problems import Place, Problem
from xladdin.schemes.library import Library
from xladdin.schemes.load import COMPETENCY, Broken, Template, broken_in, load_any

WORKBOOKS = (".xlsx", ".xlsm")


def is_workbook(source: str) -> bool:
    """Whether a source is named as a workbook, as against templates."""
    return Path(source).suffix.lower() in WORKBOOKS


@dataclass(frozen=True, slots=True)
class Gathered:
    """What the sources hold together."""

    library: Library
    employees: tuple[Employee, ...] | None = None
    """The people of the first source that is named as a workbook, if one is."""
    mappings: tuple[Mapping, ...] = ()
    """What the workbooks note of heads."""


def library(sources: Sequence[str]) -> tuple[Library, list[Problem]]:
    """The library of the sources alone."""
    found, problems = gathered(sources, Openings(*sources))
    return found.library, problems


def with_schemes(paths: Sequence[Path]) -> list[str]:
    """Those of some files and folders that bring schemes, be it some with faults."""
    named = list(map(str, paths))
    shipped, opened = Library.shipped(), Openings(*named)

    def brings(source: str) -> bool:
        if is_workbook(source):
            return True
        found, *_ = _one(source, shipped, opened)
        return bool(found.schemes or found.competencies or found.broken)

    return [source for source in named if brings(source)]


def gathered(sources: Sequence[str], opened: Openings) -> tuple[Gathered, list[Problem]]:
    """What master workbooks, YAML files, folders, ids of shipped templates hold.

    No source: all shipped templates.

    Shipped job analyses stay available beside the sources that are named, and so do shipped
    competency schemes as long as no source brings one, be it one with faults.
    """
    shipped = Library.shipped()
    if not sources:
        return Gathered(shipped), []
    employees: tuple[Employee, ...] | None = None
    mappings: list[Mapping] = []
    schemes: list[Scheme] = []
    positions: list[Position] = []
    competencies: list[CompetencyScheme] = []
    broken: list[Broken] = []
    problems: list[Problem] = []
    for source in sources:
        found, people, noted, faults = _one(source, shipped, opened)
        mappings += noted
        if employees is None and is_workbook(source):
            employees = people
        schemes += found.schemes
        positions += found.positions
        competencies += found.competencies
        broken += found.broken
        problems += faults
    # A company's own job analysis comes before the shipped one of the name, whoever named both.
    own = {position.name for position in positions if position not in shipped.positions}
    positions = [
        item for item in positions if item not in shipped.positions or item.name not in own
    ]
    known = {position.name for position in positions}
    positions += [item for item in shipped.positions if item.name not in known]
    if not competencies and all(each.kind != COMPETENCY for each in broken):
        competencies += shipped.competencies
    library = Library(tuple(schemes), tuple(positions), tuple(competencies), tuple(broken))
    return Gathered(library, employees, tuple(mappings)), problems


def _one(
    source: str, shipped: Library, opened: Openings
) -> tuple[Library, tuple[Employee, ...], tuple[Mapping, ...], list[Problem]]:
    path = Path(source)
    if is_workbook(source) and may_be_there(path) and not is_folder(path):
        company, problems = read_master(opened(path))
        return company.library, company.employees, company.mappings, problems
    found, problems = _templates(source, path, shipped)
    return found, (), (), problems


def _templates(source: str, path: Path, shipped: Library) -> tuple[Library, list[Problem]]:
    if is_folder(path):
        return Library.from_dir(path)
    if may_be_there(path):
        template, problems = load_any(path)
        return (_alone(template) if template else Library(broken=tuple(broken_in(path)))), problems
    named = shipped.scheme(source) or shipped.competency(source) or shipped.position(source)
    if named is not None:
        return _alone(named), []
    known = "、".join(scheme.id for scheme in shipped.schemes)
    message = f"没有这个方案文件，也没有这个内置方案（内置方案有：{known}）"
    return Library(), [Problem("unknown_scheme", message, Place(file=source))]


def _alone(template: Template | None) -> Library:
    match template:
        case Scheme():
            return Library(schemes=(template,))
        case CompetencyScheme():
            return Library(competencies=(template,))
        case Position():
            return Library(positions=(template,))
        case None:
            return Library()
