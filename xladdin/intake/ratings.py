"""Ratings that came in otherwise than by form: who gave whom which level on which element."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from xladdin.domain.competency import (
    SOURCE_LABELS,
    Assignment,
    CompetencyScheme,
    Element,
    Rating,
    Source,
)
from xladdin.domain.people import LONGEST_REFUSED, REFUSED
from xladdin.domain.quantities import plain
from xladdin.problems import Place, Problem, warning

from .handed_in import FileOrPath
from .headers import Wanted
from .raters import RATERS, SOURCE_WORDS
from .tables import SUMMARY_ROWS, Row, read_table
from .text import key_text, name_key

RATINGS: Wanted = {
    **RATERS,
    "element": ("要素", "能力要素", "考核要素", "element"),
    "level": ("评级", "等级", "评分", "星级", "level"),
}
_POINTS = re.compile(r"([0-9]{1,6}(?:\.[0-9]{1,6})?) ?分?")
REQUIRED = ("ratee", "source", "rater", "element", "level")


def read_ratings(
    path: FileOrPath,
    assignments: Sequence[Assignment],
    scheme_of: Callable[[str], CompetencyScheme | None],
) -> tuple[list[Rating], list[Problem]]:
    """Every rating of an assigned rater, and every line that is none."""
    table, problems = read_table(path, wanted=RATINGS, required=REQUIRED, summary=SUMMARY_ROWS)
    assigned: dict[tuple[str, Source], list[Assignment]] = defaultdict(list)
    for each in assignments:
        assigned[each.ratee, each.source].append(each)
    reader = _Reader(assigned, scheme_of)
    found = [line for row in table.rows if (line := reader.read(row))]
    return found, [*problems, *reader.problems]


def _points(given: str) -> Decimal | None:
    """Points written instead of a level: ``4``, ``3.5``, ``4.0分``."""
    found = _POINTS.fullmatch(given)
    return Decimal(found.group(1)) if found else None


@dataclass(slots=True)
class _Reader:
    assigned: Mapping[tuple[str, Source], Sequence[Assignment]]
    scheme_of: Callable[[str], CompetencyScheme | None]
    seen: dict[tuple[Assignment, str], Place] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def read(self, row: Row) -> Rating | None:
        line = self._assignment(row)
        if line is None:
            return None
        scheme = self.scheme_of(line.ratee)
        element = self._element(row, scheme)
        if scheme is None or element is None:
            return None
        if not element.rated_by(line.source):
            message = f"{SOURCE_LABELS[line.source]}不评「{element.name}」"
            self._fault("not_rated", message, row, "element")
            return None
        given = row.key("level").removesuffix("星").strip()
        if not given:
            self._fault("missing_value", "没有填评级", row, "level")
            return None
        known = self._level(row, given, scheme, line.source)
        refused = known is None or self._repeated(row, line, element.id)
        level = f"{given[:LONGEST_REFUSED]}{REFUSED}" if refused else known
        return Rating(
            ratee=line.ratee,
            source=line.source,
            rater=line.rater,
            rater_id=line.rater_id,
            element=element.id,
            level=level,
            refused=refused,
        )

    def _assignment(self, row: Row) -> Assignment | None:
        """The rater that a line means: by id where it gives one, else by name."""
        ratee, name, id_ = row.key("ratee"), row.key("rater"), row.key("rater_id")
        source = SOURCE_WORDS.get(key_text(row.cell("source")[0]))
        lines = self.assigned.get((ratee, source), ()) if source else ()
        found = [
            line
            for line in lines
            if (
                line.rater_id == id_
                if id_ and line.rater_id
                else name_key(line.rater) == name_key(name)
            )
        ]
        if not found:
            message = f"评价人名单里没有「{name[:30]}」对工号「{ratee[:40]}」的这种评价"
            self._fault("not_assigned", message, row, "rater")
        elif len(found) > 1:
            message = f"有 {len(found)} 位评价人叫「{name[:30]}」，请填评价人工号"
            self._fault("ambiguous_rater", message, row, "rater")
        return found[0] if len(found) == 1 else None

    def _fault(self, code: str, message: str, row: Row, name: str) -> None:
        self.problems.append(Problem(code, message, row.where(name)))

    def _element(self, row: Row, scheme: CompetencyScheme | None) -> Element | None:
        key = row.key("element")
        elements = scheme.elements if scheme else ()
        found = next((item for item in elements if key in (item.id, key_text(item.name))), None)
        if found is None:
            self._fault("unknown_element", f"考核方案里没有要素「{key[:30]}」", row, "element")
        return found

    def _level(self, row: Row, given: str, scheme: CompetencyScheme, source: Source) -> str | None:
        if source is Source.CUSTOMER:
            allowed = [str(i + 1) for i in range(len(scheme.stars))]
        else:
            allowed = [level.name for level in scheme.levels]
        if given in allowed:
            return given
        points = None if source is Source.CUSTOMER else _points(given)
        level = next((one.name for one in scheme.levels if one.points == points), None)
        if level:
            message = f"评级「{given}」按分值读作等级「{level}」"
            self.problems.append(warning("level_by_points", message, row.where("level")))
            return level
        message = f"评级「{given[:20]}」应为：{'、'.join(allowed)}"
        if points is not None:
            worth = "、".join(f"{one.name}＝{plain(one.points)}分" for one in scheme.levels)
            message += f"；写分值的，只能是某个等级的分值（{worth}），不能介于等级之间"
        self._fault("unknown_level", message, row, "level")
        return None

    def _repeated(self, row: Row, line: Assignment, element: str) -> bool:
        place = row.where("level")
        first = self.seen.setdefault((line, element), place)
        if first is not place:
            message = f"同一评价人对同一要素评了两次，前面已有：{first}"
            self._fault("duplicate_rating", message, row, "level")
        return first is not place
