"""Template files into schemes and positions; what is wrong comes back beside them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from xladdin.domain.base import Model
from xladdin.domain.competency import CompetencyScheme
from xladdin.domain.kind_models import CompanyKind
from xladdin.domain.positions import Position
from xladdin.domain.quantities import plain
from xladdin.domain.reachable_totals import reach_notices
from xladdin.domain.report_findings import ReportFindings
from xladdin.domain.scheme_faults import NOTHING_JUDGED
from xladdin.domain.schemes import Scheme
from xladdin.problems import Problem, errors, warning

from .faults import shown, translate
from .labels import KIND_LABELS, choices
from .yaml_text import UNREAD, Document, read

M = TypeVar("M", bound=Model)
Template = Scheme | CompetencyScheme | Position

MODELS: dict[str, type[Scheme] | type[CompetencyScheme] | type[Position]] = {
    "kpi_scheme": Scheme,
    "competency_scheme": CompetencyScheme,
    "position": Position,
}
"""Which model a file's ``kind`` asks for."""
ALL_MODELS: dict[str, type[Model]] = {
    **MODELS,
    "report_findings": ReportFindings,
    "company_kind": CompanyKind,
}
"""Every kind of file that is shipped; what is no template of a form stands in no library."""
SCHEME_KINDS = KPI, COMPETENCY = ("kpi_scheme", "competency_scheme")


@dataclass(frozen=True, slots=True)
class Broken:
    """A scheme that something is wrong with: nobody is appraised by it, nor by another instead."""

    kind: str
    id: str
    name: str
    positions: tuple[str, ...] = ()
    """For whom it is meant; nobody named: for everybody."""

    @classmethod
    def of(cls, kind: str, data: Mapping[str, Any]) -> Broken:
        """What can be told of a scheme out of the data that make none."""
        id_, name, positions = (data.get(key) for key in ("id", "name", "positions"))
        listed = positions if isinstance(positions, list | tuple) else ()
        return cls(
            kind,
            id_ if isinstance(id_, str) else "",
            name if isinstance(name, str) else "",
            tuple(each for each in listed if isinstance(each, str)),
        )

    @property
    def label(self) -> str:
        """What messages call it."""
        return self.name or self.id or "没有名称"


def broken_in(path: Path) -> list[Broken]:
    """The scheme that a file would hold if nothing were wrong with it; none where none is named."""
    document, _ = read(path)
    kind = document.data.get("kind") if document else None
    if document is None or not isinstance(kind, str) or kind not in SCHEME_KINDS:
        return []
    return [Broken.of(kind, document.data)]


def load_scheme(path: Path) -> tuple[Scheme | None, list[Problem]]:
    """Load a KPI scheme."""
    return _load(path, Scheme, "kpi_scheme")


def load_position(path: Path) -> tuple[Position | None, list[Problem]]:
    """Load a job analysis."""
    return _load(path, Position, "position")


def load_competency(path: Path) -> tuple[CompetencyScheme | None, list[Problem]]:
    """Load a competency scheme."""
    return _load(path, CompetencyScheme, "competency_scheme")


def load_findings(path: Path) -> tuple[ReportFindings | None, list[Problem]]:
    """Load what reports point out."""
    return _load(path, ReportFindings, "report_findings")


def load_kind(path: Path) -> tuple[CompanyKind | None, list[Problem]]:
    """Load a kind of company."""
    return _load(path, CompanyKind, "company_kind")


def load_any(path: Path) -> tuple[Template | None, list[Problem]]:
    """Load whatever the file's ``kind`` says it is."""
    document, problems = read(path)
    if document is None:
        return None, problems
    kind = document.data.get("kind")
    model = MODELS.get(kind) if isinstance(kind, str) else None
    if model is None:
        return None, _sorted([*problems, _unknown_kind(document, kind)])
    return validated(model, document, problems)


def _load(path: Path, model: type[M], kind: str) -> tuple[M | None, list[Problem]]:
    document, problems = read(path)
    if document is None:
        return None, problems
    stated = document.data.get("kind", kind)
    if isinstance(stated, str) and stated != kind and stated in KIND_LABELS:
        message = f"这是{KIND_LABELS[stated]}，这里需要的是{KIND_LABELS[kind]}"
        return None, [Problem("wrong_kind", message, document.place(("kind",)))]
    return validated(model, document, problems)


def validated(
    model: type[M], document: Document, problems: list[Problem]
) -> tuple[M | None, list[Problem]]:
    """The model that a document holds, unless there were problems, and all of these by line."""
    try:
        loaded = model.model_validate(document.data)
    except ValidationError as error:
        return None, _sorted([*problems, *_news(translate(error, document.place), problems)])
    if errors(problems):
        return None, _sorted(problems)
    return loaded, _sorted([*problems, *_notices(loaded, document)])


def _notices(loaded: Model, document: Document) -> list[Problem]:
    """What is told about a scheme that is in order."""
    if not isinstance(loaded, Scheme):
        return []
    reach = [
        warning(each.code, each.message, document.place(each.loc)) for each in reach_notices(loaded)
    ]
    return [*reach, *_recognised(loaded, document), *_unasked(loaded, document)]


def _unasked(scheme: Scheme, document: Document) -> list[Problem]:
    """A weight of self-ratings in a scheme without anything to rate."""
    if scheme.self_weight is None or any(map(scheme.asks_self, scheme.indicators)):
        return []
    return [warning("unused_value", NOTHING_JUDGED, document.place(("self_weight",)))]


def _recognised(scheme: Scheme, document: Document) -> list[Problem]:
    """Sections whose weights were taken for shares of the section although nothing says so."""
    told = []
    for section, raw in zip(scheme.sections, document.data["sections"], strict=True):
        if section.weights_of == "section" and "weights_of" not in raw:
            items = "、".join(
                f"{item.name} {plain(item.within)}%→{plain(item.weight)}%"
                for item in section.indicators
                if item.within is not None
            )
            told.append(f"「{section.name}」占{plain(section.weight)}%：{items}")
    if not told:
        return []
    message = (
        "指标权重在分项内合计 100%，按分项内的权重读，折算成占总分的权重："
        f"{'；'.join(told)}。在分项里写明 weights_of: section，就不再提示"
    )
    return [warning("weights_within", message, document.place(("sections",)))]


def _news(found: list[Problem], known: list[Problem]) -> list[Problem]:
    """Without what only follows from a value that could not be read from the text."""
    unread = {problem.place.field for problem in known if problem.code in UNREAD}
    return [problem for problem in found if problem.place.field not in unread]


def _unknown_kind(document: Document, kind: object) -> Problem:
    place = document.place(("kind",))
    if kind is None:
        message = f"缺少「kind」，应写明这是什么：{choices('kind', MODELS)}"
        return Problem("missing", message, place)
    message = f"kind 只能是 {choices('kind', MODELS)}，现为{shown(kind)}"
    return Problem("unknown_choice", message, place)


def _sorted(problems: list[Problem]) -> list[Problem]:
    return sorted(problems, key=lambda problem: problem.place.line or 0)
