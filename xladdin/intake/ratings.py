"""Ratings that came in otherwise than by form: who gave whom which level on which element."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from xladdin.domain.competency import Assignment, CompetencyScheme, Element, Rating, Source
from xladdin.problems import Place, Problem

from .headers import Wanted
from .raters import RATERS, SOURCE_WORDS
from .tables import SUMMARY_ROWS, Row, read_table
from .text import key_text

RATINGS: Wanted = {
    **RATERS,
    "element": ("要素", "能力要素", "考核要素", "element"),
    "level": ("评级", "等级", "评分", "星级", "level"),
}
REQUIRED = ("ratee", "source", "rater", "element", "level")


def read_ratings(
    path: str | os.PathLike[str],
    assignments: Sequence[Assignment],
    scheme_of: Callable[[str], CompetencyScheme | None],
) -> tuple[list[Rating], list[Problem]]:
    """Every rating of an assigned rater, and every line that is none."""
    table, problems = read_table(path, wanted=RATINGS, required=REQUIRED, summary=SUMMARY_ROWS)
    reader = _Reader({(a.ratee, a.source, a.rater) for a in assignments}, scheme_of)
    found = [line for row in table.rows if (line := reader.read(row))]
    return found, [*problems, *reader.problems]


@dataclass(slots=True)
class _Reader:
    assigned: set[tuple[str, Source, str]]
    scheme_of: Callable[[str], CompetencyScheme | None]
    seen: dict[tuple[str, Source, str, str], Place] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def read(self, row: Row) -> Rating | None:
        ratee, rater = row.key("ratee"), row.text("rater")
        source = SOURCE_WORDS.get(key_text(row.cell("source")[0]))
        if source is None or (ratee, source, rater) not in self.assigned:
            message = f"评价人名单里没有「{rater}」对工号「{ratee}」的这种评价"
            self._fault("not_assigned", message, row, "rater")
            return None
        scheme = self.scheme_of(ratee)
        element = self._element(row, scheme)
        if scheme is None or element is None:
            return None
        if not element.rated_by(source):
            message = f"这种评价身份不评「{element.name}」"
            self._fault("not_rated", message, row, "element")
            return None
        level = self._level(row, scheme, source)
        if level is None or self._repeated(row, ratee, source, rater, element.id):
            return None
        return Rating(ratee=ratee, source=source, rater=rater, element=element.id, level=level)

    def _fault(self, code: str, message: str, row: Row, name: str) -> None:
        self.problems.append(Problem(code, message, row.where(name)))

    def _element(self, row: Row, scheme: CompetencyScheme | None) -> Element | None:
        key = row.key("element")
        elements = scheme.elements if scheme else ()
        found = next((item for item in elements if key in (item.id, key_text(item.name))), None)
        if found is None:
            self._fault("unknown_element", f"考核方案里没有要素「{key[:30]}」", row, "element")
        return found

    def _level(self, row: Row, scheme: CompetencyScheme, source: Source) -> str | None:
        given = row.key("level").removesuffix("星")
        if source is Source.CUSTOMER:
            allowed = [str(i + 1) for i in range(len(scheme.stars))]
        else:
            allowed = [level.name for level in scheme.levels]
        if given in allowed:
            return given
        self._fault(
            "unknown_level", f"评级「{given[:20]}」应为：{'、'.join(allowed)}", row, "level"
        )
        return None

    def _repeated(self, row: Row, ratee: str, source: Source, rater: str, element: str) -> bool:
        place = row.where("level")
        first = self.seen.setdefault((ratee, source, rater, element), place)
        if first is not place:
            message = f"同一评价人对同一要素评了两次，前面已有：{first}"
            self._fault("duplicate_rating", message, row, "level")
        return first is not place
