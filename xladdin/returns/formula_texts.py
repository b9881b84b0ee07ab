"""Whether two formulas are one, whatever program has written it and wherever its cells lie now."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from xladdin.ooxml.addresses import address, position

from .alignment import Alignment

_PART = re.compile(
    r'(?P<text>"(?:[^"]|"")*")'
    r"|(?P<sheet>'(?:[^']|'')+'!|[^\s'!\"(),+*/&=<>^:;-]+!)"
    r"|(?P<cell>\$?[A-Za-z]{1,3}\$?[0-9]{1,7}(?![A-Za-z0-9_(.]))"
    r"|(?P<number>[0-9]+(?:\.[0-9]*)?(?:[eE][-+]?[0-9]+)?|\.[0-9]+)"
    r"|(?P<word>[A-Za-z_.][A-Za-z0-9_.]*)"
    r"|(?P<blank>\s+)|(?P<sign>.)",
    re.DOTALL,
)


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
            kind, said = part.lastgroup, part[0]
            if kind == "blank":
                continue
            if kind == "sheet":
                name = said[:-1].strip("'").replace("''", "'")
                elsewhere = name.casefold() != self.sheet.casefold()
                if elsewhere:
                    found.append(f"{name.casefold()}!")
                continue
            if kind == "cell":
                found.append(said if elsewhere else self._cell(said, moved))
            elif kind == "number":
                found.append(format(float(said), ".12g"))
            elif kind == "word":
                found.append(said.upper().removeprefix("_XLFN."))
            else:
                found.append(said)
            elsewhere = False
        return _plain(found)

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
