"""Who is meant in the column 直接上级: somebody of the roster, somebody else, or nobody."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from xladdin.domain.people import Employee

from .numbers import MISSING_MARKS
from .text import key_text, name_key

NOBODY = frozenset(
    [*MISSING_MARKS, "_", "__", "没有", "空", "空缺", "暂缺", "NONE", "NULL", "NAN", "NA"]
)
"""What people write to say that there is nobody above (upper case)."""


@dataclass(frozen=True, slots=True)
class Superior:
    """Whom somebody's 直接上级 names; without a name: nobody, and ``why`` if that is a mistake."""

    name: str = ""
    employee: Employee | None = None
    """Where it is somebody of the roster."""
    candidates: tuple[Employee, ...] = ()
    """Those who may be meant, where the roster does not tell which of them."""
    code: str = ""
    why: str = ""

    @property
    def keys(self) -> frozenset[str]:
        """Id or name of everybody who may be meant, as raters are told apart."""
        people = {person.id for person in (self.employee, *self.candidates) if person}
        return frozenset(people or ({name_key(self.name)} if self.name else ()))


_NOBODY = Superior()


def several_superiors(name: str, ids: Sequence[str]) -> str:
    """What to do where several people have the name of a superior."""
    return f"名册里有 {len(ids)} 位「{name}」（工号 {'、'.join(ids)}），不知道是哪一位，请写工号"


class Superiors:
    """The roster, to look superiors up in: by id or by name."""

    def __init__(self, employees: Sequence[Employee]) -> None:
        self._ids = {name_key(employee.id): employee for employee in employees}
        self._named: dict[str, list[Employee]] = defaultdict(list)
        for employee in employees:
            self._named[name_key(employee.name)].append(employee)

    def of(self, employee: Employee) -> Superior:
        """Nobody may be one's own superior, nor one of two people of a name."""
        said = employee.superior
        if key_text(said).upper() in NOBODY:
            return _NOBODY
        found = self._found(said)
        if len(found) > 1:
            why = several_superiors(said, [one.id for one in found])
            return Superior(candidates=tuple(found), code="ambiguous_superior", why=why)
        if not found:
            return Superior(said)
        if found[0].id == employee.id:
            return Superior(
                code="own_superior", why="直接上级写的是本人，按没有上级处理，不生成主管评"
            )
        return Superior(found[0].name, found[0])

    def _found(self, said: str) -> list[Employee]:
        key = name_key(said)
        if key in self._ids:
            return [self._ids[key]]
        return self._named.get(key, [])
