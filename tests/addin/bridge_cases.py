"""The cases of ``bridge_cases.yaml``: formulas, and what they hand over to Python."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from tests.udfs.stubs import MISSING
from tests.workbench.addresses import Area
from xladdin import functions

CALL = re.compile(r"=(\w+)\((.*)\)", re.S)
ARGUMENT = re.compile(r'"[^"]*"|[^,]+')
PLACE = re.compile(r"[A-Z]+\d+(:[A-Z]+\d+)?")
UNWRITTEN = object()


@dataclass(frozen=True)
class Case:
    """A formula, the cells from A1 on that it reads, and what it shows if somebody wrote that."""

    formula: str
    cells: list[list[Any]] = field(default_factory=list)
    shows: Any = UNWRITTEN

    def __str__(self) -> str:
        return self.formula

    @property
    def name(self) -> str:
        return self._parts[0]

    @property
    def function(self) -> Callable[..., Any]:
        """What stands behind the worksheet function."""
        found: Callable[..., Any] = getattr(functions, self.name.lower())
        return found

    @property
    def spelled(self) -> str:
        """The formula with the separators of LibreOffice's own grammar."""
        return f"={self.name}({';'.join(self._parts[1:])})"

    @property
    def places(self) -> list[str]:
        """The arguments that are cells."""
        return [part for part in self._parts[1:] if PLACE.fullmatch(part)]

    @property
    def given(self) -> list[Any]:
        """The arguments, as the function takes them: ranges are lists of rows."""
        return list(map(self._value, self._parts[1:]))

    @property
    def sent(self) -> tuple[Any, ...]:
        """The arguments, as Excel hands them over: all that the function has."""
        left_out = len(inspect.signature(self.function).parameters) - len(self.given)
        return (*map(_tuples, self.given), *[MISSING] * left_out)

    @property
    def computed(self) -> Any:
        """What the function answers without Excel."""
        return self.function(*self.given)

    @property
    def _parts(self) -> tuple[str, ...]:
        found = CALL.fullmatch(self.formula)
        assert found, self.formula
        return (found[1], *ARGUMENT.findall(found[2]))

    def _value(self, argument: str) -> Any:
        if argument.startswith('"'):
            return argument.strip('"')
        if not PLACE.fullmatch(argument):
            return float(argument)
        area = Area.parse(argument)
        rows = self.cells[area.top - 1 : area.bottom]
        block = [[_cell(value) for value in row[area.left - 1 : area.right]] for row in rows]
        return block if ":" in argument else block[0][0]


def _cell(value: Any) -> Any:
    return float(value) if isinstance(value, int) else value


def _tuples(value: Any) -> Any:
    return tuple(map(tuple, value)) if isinstance(value, list) else value


def bridge_cases() -> list[Case]:
    text = Path(__file__).with_name("bridge_cases.yaml").read_text("utf-8")
    return [Case(**case) for case in yaml.safe_load(text)]
