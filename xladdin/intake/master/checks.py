"""Whether the roster and the settings speak of positions, schemes and indicators that exist."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from difflib import get_close_matches

from xladdin.domain.people import Employee
from xladdin.domain.schemes import Scheme
from xladdin.intake.text import key_text, name_key

from .content import MONTH, PERSON, UNUSED
from .find import Book
from .lines import Line
from .read_people import People
from .read_positions import Positions
from .read_schemes import Schemes

NOBODY = frozenset({"无", "没有"})


def check_roster(
    book: Book, people: People, positions: Positions, schemes: Schemes
) -> frozenset[str]:
    """Unknown positions, schemes and superiors; returns who has no scheme because of one."""
    lost = set()
    known = {employee.id: employee for employee in people.known}
    for line in book.lines("roster"):
        employee = known.get(line.row.key("id"))
        if employee is None:
            continue
        found = [
            _position_known(line, employee, positions, schemes, book),
            _scheme_known(line, employee, schemes, book),
        ]
        if not all(found) or (employee.scheme or employee.position) in schemes.lost:
            lost.add(employee.id)
        if book.usable("positions"):
            _superior_known(line, employee, people, positions)
    return frozenset(lost)


def _position_known(
    line: Line, employee: Employee, positions: Positions, schemes: Schemes, book: Book
) -> bool:
    name = employee.position
    if line.faulty("position") or not book.usable("positions") or name in positions.names:
        return True
    sheet = book.name("positions")
    if name in schemes.positions:
        message = f"「{sheet}」表里没有岗位「{name}」，出不了工作分析表"
        line.warn("position", "unknown_position", message)
        return True
    hint = _hint(name, positions.names | schemes.positions)
    line.error("position", "unknown_position", f"「{sheet}」表里没有岗位「{name}」{hint}")
    return False


def _scheme_known(line: Line, employee: Employee, schemes: Schemes, book: Book) -> bool:
    name = employee.scheme
    keys = {key for scheme in schemes.known for key in (scheme.id, scheme.name)} | schemes.lost
    if not name or not book.usable("schemes") or name in keys:
        return True
    sheet = book.name("schemes")
    message = f"「{sheet}」表里没有月度或销售考核方案「{name}」{_hint(name, keys)}"
    if name in schemes.rated:
        message = f"「{name}」是能力考核方案，这里只填月度或销售考核方案"
    line.error("scheme", "unknown_scheme", message)
    return False


def _superior_known(line: Line, employee: Employee, people: People, positions: Positions) -> None:
    """A superior outside of the roster may be given by position (销售部经理)."""
    name = key_text(employee.superior)
    titles = positions.names | positions.superiors
    persons = {name_key(other.name) for other in people.known}
    if not name or line.faulty("superior") or not line.says("superior"):
        return
    if name_key(name) not in persons and name not in titles | NOBODY:
        hint = _hint(name, {other.name for other in people.known} | titles)
        message = f"名册里没有叫「{name}」的人，也没有这个岗位{hint}"
        line.warn("superior", "unknown_superior", message)


def check_mappings(book: Book, schemes: Schemes) -> None:
    """Columns of exports that are to be an indicator no scheme has."""
    known = (
        {key_text(word) for word in _measured(schemes.known)}
        | {*PERSON, MONTH, UNUSED}
        | schemes.waiting
    )
    for line in book.lines("mappings"):
        target = key_text(line.raw("target"))
        if line.says("target") and target not in known:
            message = f"没有一个考核方案有指标「{target}」{_hint(target, known)}"
            line.warn("target", "unknown_indicator", message)


def _measured(schemes: Iterable[Scheme]) -> Iterator[str]:
    for scheme in schemes:
        for indicator in scheme.indicators:
            yield from (indicator.id, indicator.name)
        for extra in scheme.adjustments:
            yield from (extra.id, extra.name)


def _hint(name: str, known: Collection[str]) -> str:
    near = get_close_matches(name, sorted(known), n=1, cutoff=0.6)
    return f"，是不是「{near[0]}」？" if near else ""
