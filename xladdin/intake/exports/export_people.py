"""Whose line it is: by id, name or nickname, exactly or not at all."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from xladdin.domain.people import Employee
from xladdin.intake.text import key_text, name_key

_SEPARATORS = re.compile(r"[:：\-_—·|/]+")
_LISTED = re.compile(r"[、，,;；/\n]+")
_SHORTEST = 2
"""Fewer characters in common say nothing."""
_MOST = 3
_COMPARISONS = 3_000_000
"""After so many, who is unknown is no longer compared with everybody: it is another company's."""
ID = "工号"


@dataclass(frozen=True, slots=True)
class Match:
    """The employee, or why there is none; ``doubtful`` where somebody should decide."""

    employee: Employee | None = None
    why: str = ""
    doubtful: bool = False


class People:
    """The roster, to be looked up in."""

    def __init__(self, employees: Sequence[Employee]) -> None:
        self._ids: dict[str, list[Employee]] = {}
        self._words: dict[str, list[Employee]] = {}
        self._parts = [(employee, _parts(employee)) for employee in employees]
        self._comparisons = _COMPARISONS
        for employee in employees:
            self._ids.setdefault(name_key(employee.id), []).append(employee)
            own = (employee.id, employee.name, *accounts_of(employee))
            for word in {*map(name_key, own)} - {""}:
                self._words.setdefault(word, []).append(employee)

    def knows(self, text: str) -> bool:
        """Whether somebody is called so."""
        return name_key(text) in self._words

    def match(self, said: Sequence[tuple[str, object]]) -> Match:
        """The one employee that all of a line's 工号, 姓名 and 昵称 agree on."""
        named = [(kind, name_key(raw), key_text(raw)) for kind, raw in said if name_key(raw)]
        if not named:
            return Match(why="没有写工号、姓名或昵称")
        found = [(kind, shown, self._of(kind, key)) for kind, key, shown in named]
        unknown_id = [shown for kind, shown, people in found if kind == ID and not people]
        known = [(shown, people) for _, shown, people in found if people]
        if not known:
            return self._nobody([key for _, key, _ in named], [shown for *_, shown in named])
        if unknown_id:
            who = _listed(known[0][1])
            why = f"名册里没有工号「{unknown_id[0]}」，而「{known[0][0]}」是 {who}"
            return Match(why=why, doubtful=True)
        return _agreed(known)

    def _of(self, kind: str, key: str) -> list[Employee]:
        return (self._ids if kind == ID else self._words).get(key, [])

    def _nobody(self, keys: Sequence[str], shown: Sequence[str]) -> Match:
        words = "、".join(f"「{word[:30]}」" for word in shown)
        near = self._near([(key, _tail(key)) for key in keys])
        if near:
            return Match(why=f"名册里没有{words}，有点像 {_listed(near)}", doubtful=True)
        return Match(why=f"名册里没有{words}")

    def _near(self, keys: Sequence[tuple[str, str]]) -> list[Employee]:
        """Whose name or nickname has a part in common; only named as a hint, never taken."""
        keys = [(key, tail) for key, tail in keys if len(tail) >= _SHORTEST]
        self._comparisons -= len(self._parts) * len(keys)
        if self._comparisons < 0:
            return []
        return [
            person
            for person, parts in self._parts
            if any(tail in part or part in key for key, tail in keys for part in parts)
        ]


def _agreed(known: Sequence[tuple[str, list[Employee]]]) -> Match:
    common = [person for person in known[0][1] if all(person in people for _, people in known)]
    if len(common) == 1:
        return Match(common[0])
    if common:
        return Match(why=f"「{known[0][0]}」有{len(common)}人：{_listed(common)}", doubtful=True)
    parts = "，".join(f"「{shown}」是 {_listed(people)}" for shown, people in known)
    return Match(why=f"{parts}，不是同一个人", doubtful=True)


def _listed(people: Iterable[Employee]) -> str:
    listed = [f"{person.name}（{person.id}）" for person in people]
    return "、".join(listed[:_MOST]) + ("等" if len(listed) > _MOST else "")


def _parts(person: Employee) -> tuple[str, ...]:
    """What a nickname or name may be found by."""
    own = [name_key(word) for word in (*accounts_of(person), person.name)]
    words = dict.fromkeys([*map(_tail, own), *own])
    return tuple(word for word in words if len(word) >= _SHORTEST)


def accounts_of(person: Employee) -> list[str]:
    """The nicknames of somebody who has several accounts: 晴川:小雨、旗舰店:小雨."""
    parts = [part.strip() for part in _LISTED.split(person.nickname)]
    return [person.nickname, *(part for part in parts if part and len(parts) > 1)]


def _tail(word: str) -> str:
    """晴川:小雨 -> 小雨: shops put their own name before it."""
    return _SEPARATORS.split(word)[-1]
