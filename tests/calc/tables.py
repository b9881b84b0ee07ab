"""Tables, which Calc calls database ranges."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


@contextmanager
def tables_kept(component: Any, sheet: int) -> Iterator[None]:
    """While a sheet (from 0) is deleted: those of other sheets stay, and what names say of them.

    With a sheet that has a filter Calc also drops a table of another one, and names then say #NAME?.
    """
    tables, names = component.DatabaseRanges, component.NamedRanges
    areas = {name: tables.getByName(name).DataArea for name in tables.ElementNames}
    said = {name: names.getByName(name).Content for name in names.ElementNames}
    yield
    for name, area in areas.items():
        if area.Sheet != sheet and not tables.hasByName(name):
            area.Sheet -= area.Sheet > sheet
            tables.addNewByName(name, area)
    for name in names.ElementNames:
        if said.get(name, "") != (one := names.getByName(name)).Content and "#" in one.Content:
            one.Content = said[name]
