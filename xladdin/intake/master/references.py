"""Ids that rows of one sheet use for rows of another, and ids that are used twice."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Generic, TypeVar

from xladdin.intake.text import key_text, shown
from xladdin.problems import Place

from .lines import Line

T = TypeVar("T")


@dataclass(slots=True)
class Register(Generic[T]):
    """Things by id, and by name where only one has that name."""

    sheet: str
    """The sheet where they are listed, as it is called in the workbook."""
    code: str
    """Of the problem that one is not there."""
    ids: dict[str, T] = field(default_factory=dict)
    names: dict[str, list[T]] = field(default_factory=dict)

    def add(self, id_: str, name: str, item: T) -> None:
        self.ids.setdefault(id_, item)
        if name:
            self.names.setdefault(key_text(name), []).append(item)

    def find(self, key: str) -> T | None:
        if key in self.ids:
            return self.ids[key]
        named = self.names.get(key, [])
        return named[0] if len(named) == 1 else None

    def of(self, line: Line, column: str) -> T | None:
        """What a row refers to; noted where there is no such thing (a blank is noted as such)."""
        key = line.read(column)
        if key is None:
            return None
        found = self.find(key)
        if found is None:
            line.error(column, self.code, self._unknown(key))
        return found

    def _unknown(self, key: str) -> str:
        if len(self.names.get(key, [])) > 1:
            return f"「{self.sheet}」表里有几个都叫{shown(key)}，请写编号"
        near = get_close_matches(key, [*self.ids, *self.names], n=1, cutoff=0.6)
        hint = f"，是不是「{near[0]}」？" if near else ""
        return f"「{self.sheet}」表里没有{shown(key)}{hint}"


@dataclass(slots=True)
class Once:
    """Keys that only one row may have."""

    code: str
    word: str
    places: dict[Hashable, Place] = field(default_factory=dict)

    def check(self, line: Line, column: str, *owner: Hashable) -> bool:
        """Whether a row is the first with what its cell says; a second one is noted."""
        said, place = key_text(line.raw(column)), line.where(column)
        if not line.says(column):
            return True
        first = self.places.setdefault((*owner, said), place)
        if first == place:
            return True
        message = f"{self.word}「{said}」重复，前面已有：{where(first)}"
        line.error(column, self.code, message)
        return False


def where(place: Place) -> str:
    """A place without its file: 员工名册!A5."""
    return f"{place.sheet}!{place.cell}"
