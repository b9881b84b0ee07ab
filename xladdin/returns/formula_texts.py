"""Whether two formulas are one, whatever program has written it and wherever its cells lie now."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from xladdin.ooxml.addresses import address, position

from .alignment import Alignment

_PART = re.compile(
    r'(?P<text>"[^"]*")'
    r"|(?P<sheet>'[^']*'!)"
    r"|(?P<run>[^\s'!\"(),+*/&=<>^:;%{}-]+)(?P<of>!)?"
    r"|(?P<blank>\s+)|(?P<sign>.)",
    re.DOTALL,
)
_CELL = re.compile(r"\$?[A-Za-z]{1,3}\$?[0-9]{1,7}")
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]*)?|\.[0-9]+")


@dataclass
class FormulaTexts:
    """Formulas of one sheet, compared by the cells of the form that they speak of."""

    alignment: Alignment
    sheet: str
    known: dict[str, bool] = field(default_factory=dict)

    def same(self, ours: str, theirs: str) -> bool:
        """Ours as it was written, theirs as it stands there now."""
        if ours == theirs:
            return True
        return self._parts(ours, moved=False) == self._parts(theirs, moved=True)

    def _parts(self, text: str, *, moved: bool) -> list[str]:
        found: list[str] = []
        elsewhere = False
        for part in _PART.finditer(text):
            said = part[0]
            if part["blank"]:
                continue
            if part["sheet"] or part["of"]:
                name = said[:-1].strip("'")
                elsewhere = name.casefold() != self.sheet.casefold()
                if elsewhere:
                    found.append(f"{name.casefold()}!")
                continue
            if part["run"]:
                said = self._run(said, moved and not elsewhere)
            found.append(said)
            elsewhere = False
        return _plain(found)

    def _run(self, said: str, moved: bool) -> str:
        """A cell, a number, or a word."""
        if _CELL.fullmatch(said):
            return self._cell(said, moved)
        if _NUMBER.fullmatch(said):
            return format(float(said), ".12g")
        return said.upper().removeprefix("_XLFN.")

    def _cell(self, said: str, moved: bool) -> str:
        try:
            spot = position(said)
        except ValueError:
            return said
        back = self.alignment.back(spot) if moved else spot
        return address(*back) if back is not None else f"?{address(*spot)}"


def _plain(parts: list[str]) -> list[str]:
    """Without brackets that only group, which programs drop or add as they like."""
    found: list[str] = []
    calls: list[bool] = []
    for i, part in enumerate(parts):
        if part == "(":
            calls.append(i > 0 and (parts[i - 1][0].isalpha() or parts[i - 1][0] == "_"))
            if calls[-1]:
                found.append(part)
        elif part == ")":
            if not calls or calls.pop():
                found.append(part)
        else:
            found.append(part)
    return found
