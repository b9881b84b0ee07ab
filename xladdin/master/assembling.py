"""Models out of judged rows: job analyses and schemes, each with the rows that belong to it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from xladdin.company.choosing import COMPETENCY
from xladdin.domain.competency import CompetencyScheme
from xladdin.domain.methods import ADJUSTMENTS, METHODS
from xladdin.domain.positions import Position
from xladdin.domain.raw import total_of
from xladdin.domain.reachable_totals import reach_notices
from xladdin.domain.schemes import Scheme
from xladdin.schemes.library import Library
from xladdin.schemes.load import COMPETENCY as RATED
from xladdin.schemes.load import KPI, Broken

from .brackets import standards_in
from .finding import Book
from .hiring_law import lawful
from .judging import Judge, Judged
from .level_sheets import RATERS
from .lines import Notes
from .position_sheets import POSITIONS
from .raw_models import Part, Spot, validated
from .scheme_sheets import UNLIMITED
from .section_rules import ONLY_SECTION
from .setting_columns import LISTS, PARAMETERS

Groups = Mapping[int, Sequence[Judged]]
SCHEME_SHEETS = ("schemes", "indicators", "elements", "steps", "grades")


def library_of(judge: Judge, book: Book, notes: Notes) -> Library:
    """Every job analysis and scheme that nothing is wrong with."""
    positions = _positions(judge, book, notes)
    if not book.usable(*SCHEME_SHEETS):
        return Library((), positions, (), tuple(map(_broken, judge.rows("schemes"))))
    rows = _SchemeRows(judge)
    schemes: list[Scheme] = []
    competencies: list[CompetencyScheme] = []
    broken: list[Broken] = []
    for i, row in enumerate(judge.rows("schemes")):
        if row.get("form") == COMPETENCY:
            rated = validated(CompetencyScheme, rows.competency(i, row), notes)
            competencies += [rated] if rated else []
            broken += [] if rated else [_broken(row)]
        else:
            part = rows.scheme(i, row)
            scheme = validated(Scheme, part, notes) if row.get("form") else None
            for told in reach_notices(scheme) if scheme else ():
                notes.warn(told.code, told.message, part.spot(told.loc).place)
            schemes += [scheme] if scheme else []
            broken += [] if scheme else [_broken(row)]
    return Library(tuple(schemes), positions, tuple(competencies), tuple(broken))


def _broken(row: Judged) -> Broken:
    kind = RATED if row.get("form") == COMPETENCY else KPI
    return Broken.of(
        kind, {"id": row.own_id(), **{key: row.get(key) for key in ("name", "positions")}}
    )


def _by(rows: Iterable[Judged], key: Callable[[Judged], Any]) -> dict[Any, list[Judged]]:
    found: dict[Any, list[Judged]] = defaultdict(list)
    for row in rows:
        found[key(row)].append(row)
    return found


def _named(row: Judged) -> Part:
    """A part with the name and the id of its row."""
    part = Part(row.where("name"))
    part.take_all(row, "id", "name")
    _identify(part, row)
    return part


def _identify(part: Part, row: Judged, *made: str) -> None:
    """An id that is not written is made from the name, and stands there."""
    if "id" not in part.data and (made_one := row.own_id(*made)):
        part.put(made_one, "id")
        part.spots["id",] = Spot(row.where("name"), row.head("name"))


# Positions.


def _positions(judge: Judge, book: Book, notes: Notes) -> tuple[Position, ...]:
    duties = _by(judge.rows("duties"), lambda row: row.at("position_at"))
    standards = _by(judge.rows("standards"), lambda row: (row.at("position_at"), row.get("rank")))
    found = []
    for i, row in enumerate(judge.rows("positions")):
        lawful(row, notes)
        own = duties.get(i, [])
        parts = [_duty(each, standards.get((i, each.get("rank")), ()), notes) for each in own]
        if own:
            found.append(validated(Position, _position(row, parts, own[0]), notes))
    return tuple(position for position in found if position)


def _position(row: Judged, duties: list[Part], first: Judged) -> Part:
    part = Part(row.where("name"))
    part.put({}, "requirements")
    part.take_all(row, *(column.key for column in POSITIONS.columns))
    _identify(part, row, "company", "name")
    part.nest_all("duties", duties)
    part.spots["duties",] = Spot(first.where("share"))
    return part


def _duty(row: Judged, standards: Sequence[Judged], notes: Notes) -> Part:
    part = Part(row.line.place)
    part.take_all(row, "rank", "text", "share", "restored")
    if standards:
        part.nest_all("standards", [_standard(each) for each in standards])
    else:
        _from_bracket(part, row, notes)
    return part


def _from_bracket(part: Part, row: Judged, notes: Notes) -> None:
    """The standards that a duty states in brackets, where no rows state them."""
    written = part.data.get("text")
    if not isinstance(written, str):
        return
    found = standards_in(written)
    for each in found.unread:
        message = f"「{each.clause}」没有读成衡量标准：{each.reason}"
        notes.warn("standard_unread", message, row.where("text"))
    if found.standards:
        part.data["text"] = found.duty
        part.data["standards"] = [standard.model_dump() for standard in found.standards]


def _standard(row: Judged) -> Part:
    part = Part(row.line.place)
    part.take_all(row, "unit", "text", "subject", "kind", "cycle", "direction", "value", "due")
    return part


# Schemes.


_OF_AVERAGE = {"weighted": ("average_weights",), "best": ("average_best",)}


class _SchemeRows:
    """The rows of the five sheets by what they belong to."""

    def __init__(self, judge: Judge) -> None:
        def owner(row: Judged) -> int:
            return row.at("scheme_at")

        self.indicators = _by(judge.rows("indicators"), owner)
        self.elements = _by(judge.rows("elements"), owner)
        self.grades = _by(judge.rows("grades"), owner)
        self.steps = _by(judge.rows("steps"), lambda row: row.computed("mine"))

    def scheme(self, place: int, row: Judged) -> Part:
        part = _named(row)
        part.take_all(row, "title", "form", "form_no", "version", "positions")
        part.take_all(row, "weights_editable", "note", "floor", "cap", "scale", "self_weight")
        part.take_all(row, "bonus_kind", "bonus_base", "bonus_share", "bonus_from")
        part.take_all(row, "bonus_steps", "bonus_linear")
        part.take_all(row, "average_kind")
        # What another kind would need has been told of, and is not used.
        part.take_all(row, *_OF_AVERAGE.get(str(row.get("average_kind")), ()))
        part.take_all(row, "kpi_share", "competency_share")
        if row.get("cap") == UNLIMITED:
            part.put(None, "total", "cap")
        items = self.indicators.get(place, [])
        extra = [item for item in items if item.get("method") in ADJUSTMENTS]
        self._nest_sections(part, [item for item in items if item not in extra])
        part.nest_all("adjustments", [_adjustment(item) for item in extra])
        keys: tuple[str, ...] = ("name", "sign", "lower", "upper", "coefficient", "reward")
        keys += ("pay", "asks", "asked_share", "asked_most", "asked_binding")
        part.nest_all("grades", [_grade(each, *keys) for each in self.grades.get(place, [])])
        return part

    def _nest_sections(self, part: Part, items: Sequence[Judged]) -> None:
        """Indicators under the sections that they name, in the order of their first mention."""
        members = _by(items, lambda row: row.computed("group"))
        sections = [
            self._section(name, number, found)
            for number, (name, found) in enumerate(members.items(), start=1)
        ]
        part.nest_all("sections", sections)
        if items:
            part.spots["sections",] = Spot(items[0].where("weight"))

    def _section(self, name: str, number: int, items: Sequence[Judged]) -> Part:
        part = Part(items[0].where("section"))
        # A section's id is that of the first of its rows which states one.
        stating = next((item for item in items if item.get("section_id")), None)
        if stating:
            part.take(stating, "section_id", "id")
        only = name == ONLY_SECTION and number == 1
        part.data.setdefault("id", "main" if only else f"section_{number}")
        part.data["name"] = items[0].get("section") or name
        part.spots["name",] = Spot(part.place, "分项")
        parts = [self._indicator(item) for item in items]
        part.nest_all("indicators", parts)
        total = total_of((each.data for each in parts), "weight")
        weighed = next((item for item in items if item.get("section_weight")), None)
        if weighed:
            part.take(weighed, "section_weight", "weight")
        elif total is not None:
            part.data["weight"] = total
            part.spots["weight",] = Spot(items[0].where("weight"))
        return part

    def _indicator(self, row: Judged) -> Part:
        part = _named(row)
        part.take_all(row, "weight", "unit", "direction", "target", "definition")
        part.take_all(row, "remark", "restored", *SOURCE)
        part.spots["method",] = Spot(row.where("method"), row.head("method"))
        method = row.get("method")
        if method:
            part.nest("method", self._method(method, row))
        return part

    def _method(self, method: str, row: Judged) -> Part:
        part = Part(row.where("method"), {"kind": method})
        _take_settings(part, row, method)
        effect = part.data.get("whole_form")
        if effect and "effect" not in effect:
            del part.data["whole_form"]
        if method in LISTS:
            _take_lists(part, method, self.steps.get(row.computed("once_id"), []))
        return part

    def competency(self, place: int, row: Judged) -> Part:
        part = _named(row)
        part.take_all(row, "title", "positions", "missing", "least_peers")
        part.take_all(row, "bias_limit", "stars")
        part.take(row, "note", "purpose")
        keys = ("name", "points", "lower", "sign", "reward", "restored")
        part.nest_all("levels", [_grade(each, *keys) for each in self.grades.get(place, [])])
        elements = self.elements.get(place, [])
        part.nest_all("elements", [self._element(each) for each in elements])
        if elements:
            part.spots["elements",] = Spot(elements[0].where("weight"))
        return part

    def _element(self, row: Judged) -> Part:
        part = _named(row)
        part.put({}, "weights")
        part.take_all(row, "weight", "behaviours", "question", *RATERS)
        part.spots["weights",] = Spot(row.where("superior"))
        steps = self.steps.get(row.computed("once_id"), [])
        part.data["descriptors"] = [step.get("text") or "" for step in steps]
        part.spots["descriptors",] = Spot(row.where("name"))
        for i, step in enumerate(steps):
            part.spots["descriptors", i] = Spot(step.where("text"), step.head("text"))
        return part


SOURCE = ("way", "post", "source_form", "due")


def _adjustment(row: Judged) -> Part:
    part = _named(row)
    part.take_all(row, "remark", "restored", *SOURCE)
    part.take(row, "method", "kind")
    part.put("", "criteria")
    part.take(row, "definition", "criteria")
    _take_settings(part, row, row.get("method"))
    return part


def _take_settings(part: Part, row: Judged, method: str) -> None:
    for setting in PARAMETERS[method]:
        part.take(row, setting.column, *setting.path)


def _grade(row: Judged, *keys: str) -> Part:
    part = Part(row.where("name"))
    part.take_all(row, *keys)
    return part


def _take_lists(part: Part, method: str, rows: Sequence[Judged]) -> None:
    """The rows of the sheet of steps as the entries of a rule's list, or as its ends."""
    kind, lists = LISTS[method], METHODS[method].lists()
    entries = [Part(row.where("low")) for row in rows]
    for entry, row in zip(entries, rows, strict=True):
        for column, name in kind.columns.items():
            entry.take(row, column, name)
            if column in kind.optional:
                entry.data.setdefault(name, "")
    if not lists[0].single:
        part.nest_all(lists[0].field, entries)
        return
    # The end that earns more is the last one of the model, whichever row it stands in.
    ends = sorted(entries, key=_share, reverse=True)
    for each, end in zip(reversed(lists), ends, strict=False):
        part.nest(each.field, end)


def _share(part: Part) -> Decimal:
    share = part.data.get("share")
    return share if isinstance(share, Decimal) else Decimal(0)
