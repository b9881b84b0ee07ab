"""Whom the user means: the rows that are selected, those a filter leaves, or everybody."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from xladdin.domain.people import Period
from xladdin.intake.master.whose import Owner
from xladdin.safe_xlwings import xw

from . import windows_excel
from .desk import Desk, refused
from .master import Master

ROSTER = "roster"
PICK_PERSON = "请先在“员工名册”里点一下要生成的员工所在的行（有工号的表都可以），再点按钮。"
PICK_POSITION = "请先在“岗位”表里点一下岗位所在的行，或在“员工名册”里点一下员工所在的行，再点按钮。"
UNKNOWN = "第 {row} 行的工号「{id}」用不了：“员工名册”里没有，或者那一行填错了。点“检查本表”看哪里错，改好再生成。"
NO_ROSTER = "总表里没有“员工名册”这张表，或者它的表头不全，请先补上。"
NO_ID = "选中的第 {row} 行没有填工号，请先填上。"

Groups = dict[Period, list[str]]
"""Month -> the ids of employees, each once and in the order of the sheet."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """For whom forms are wanted, and how they were chosen."""

    groups: Groups
    how: str


def heads(groups: Groups) -> int:
    """How many people there are in all months together."""
    return len({id_ for ids in groups.values() for id_ in ids})


def months(groups: Groups) -> str:
    """The months in a message."""
    return "、".join(period.label for period in groups)


def selected(desk: Desk, master: Master) -> list[Owner]:
    """What the visible selected rows are about; nothing where no cells are selected."""
    cells = windows_excel.selection(desk.app)
    if cells is None:
        return []
    blocks = windows_excel.rows(cells)
    owners = master.finder.owners.get(cells.sheet.name, ())
    return _visible(cells.sheet, [o for o in owners if any(o.row in block for block in blocks)])


def people(desk: Desk, master: Master) -> Groups:
    """The employees of the selected rows; ProblemsFound where there are none, or unknown ones."""
    if ROSTER not in master.finder.names:
        raise refused("no_roster", NO_ROSTER)
    owners = selected(desk, master)
    groups = grouped(master, owners)
    if not groups:
        nameless = owners and _has_people(master, owners)
        message = NO_ID.format(row=owners[0].row) if nameless else PICK_PERSON
        raise refused("nobody_selected", message)
    return groups


def many(desk: Desk, master: Master) -> Chosen:
    """Several selected rows, else the rows that a filter leaves, else the whole roster."""
    picked = grouped(master, selected(desk, master))
    if sum(map(len, picked.values())) > 1:
        return Chosen(picked, "选中的")
    sheet = master.book.sheets.active
    owners = [o for o in master.finder.owners.get(sheet.name, ()) if o.employee]
    shown = _visible(sheet, owners)
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
            raise refused("unknown_employee", UNKNOWN.format(row=owner.row, id=owner.employee))
        ids = groups.setdefault(owner.period or master.period, []) if owner.employee else []
        if owner.employee not in ids:
            ids.append(owner.employee)
    return groups


def _has_people(master: Master, owners: list[Owner]) -> bool:
    """Whether the sheet of some rows is one whose rows should have an employee."""
    return any(
        owners[0] in rows and any(owner.employee for owner in rows)
        for rows in master.finder.owners.values()
    )


def positions(desk: Desk, master: Master) -> list[str]:
    """The positions of the selected rows, each once: their own, else the employee's."""
    held = {employee.id: employee.position for employee in master.company.employees}
    owners = selected(desk, master)
    found = (owner.position or held.get(owner.employee, "") for owner in owners)
    wanted = list(dict.fromkeys(filter(None, found)))
    if not wanted:
        raise refused("nothing_selected", PICK_POSITION)
    return wanted


def _visible(sheet: xw.Sheet, owners: list[Owner]) -> list[Owner]:
    """Those whose rows are not hidden."""
    seen = {*windows_excel.visible(sheet, [owner.row for owner in owners])}
    return [owner for owner in owners if owner.row in seen]
