"""Whom the user means: the rows that are selected, those a filter leaves, or everybody."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import cast

import xlwings as xw

from xladdin.domain.people import Period
from xladdin.intake.master.whose import Owner

from .desk import Desk, refused
from .master import Master

PICK_PERSON = "请先在“员工名册”里点一下要生成的员工所在的行（有工号的表都可以），再点按钮。"
PICK_POSITION = "请先在“岗位”表里点一下岗位所在的行，或在“员工名册”里点一下员工所在的行，再点按钮。"
UNKNOWN = "选中的工号「{id}」在“员工名册”里没有，或者那一行有错误。请先改好，可以点“检查本表”。"

Groups = dict[Period, list[str]]
"""Month -> the ids of employees, each once and in the order of the sheet."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """For whom forms are wanted, and how they were chosen."""

    groups: Groups
    how: str

    @property
    def count(self) -> int:
        return sum(map(len, self.groups.values()))


def selected(desk: Desk, master: Master) -> list[Owner]:
    """What the visible selected rows are about; nothing where no cells are selected."""
    selection = desk.app.selection
    return _within(master, selection) if selection else []


def people(desk: Desk, master: Master) -> Groups:
    """The employees of the selected rows; ProblemsFound where there are none, or unknown ones."""
    groups = grouped(master, selected(desk, master))
    if not groups:
        raise refused("nobody_selected", PICK_PERSON)
    return groups


def many(desk: Desk, master: Master) -> Chosen:
    """Several selected rows, else the rows that a filter leaves, else the whole roster."""
    picked = grouped(master, selected(desk, master))
    if sum(map(len, picked.values())) > 1:
        return Chosen(picked, "选中的")
    sheet = master.book.sheets.active
    owners = [owner for owner in master.finder.owners.get(sheet.name, ()) if owner.employee]
    shown = [owner for owner in _within(master, sheet.used_range) if owner.employee]
    if shown and len(shown) < len(owners):
        return Chosen(grouped(master, shown), "筛选出的")
    everybody = [employee.id for employee in master.company.employees]
    if not everybody:
        raise refused("nobody", "“员工名册”里还没有员工，请先填写。")
    return Chosen({master.period: everybody}, "全部")


def grouped(master: Master, owners: Iterable[Owner]) -> Groups:
    """The employees by month: the row's own, where it has one."""
    known = {employee.id for employee in master.company.employees}
    groups: Groups = {}
    for owner in owners:
        if owner.employee and owner.employee not in known:
            raise refused("unknown_employee", UNKNOWN.format(id=owner.employee))
        ids = groups.setdefault(owner.period or master.period, []) if owner.employee else []
        if owner.employee not in ids:
            ids.append(owner.employee)
    return groups


def positions(desk: Desk, master: Master) -> list[str]:
    """The positions of the selected rows, each once: their own, else the employee's."""
    held = {employee.id: employee.position for employee in master.company.employees}
    owners = selected(desk, master)
    found = (owner.position or held.get(owner.employee, "") for owner in owners)
    wanted = list(dict.fromkeys(filter(None, found)))
    if not wanted:
        raise refused("nothing_selected", PICK_POSITION)
    return wanted


def _within(master: Master, cells: xw.Range) -> list[Owner]:
    """The owners of the rows of a range that are not hidden."""
    # Awaitable only in xlwings Lite.
    areas = cast("list[xw.Range]", cells.get_special_cells("visible"))
    rows = [range(area.row, area.row + area.shape[0]) for area in areas]
    owners = master.finder.owners.get(cells.sheet.name, ())
    return [owner for owner in owners if any(owner.row in each for each in rows)]
