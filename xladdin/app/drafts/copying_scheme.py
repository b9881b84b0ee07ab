"""A scheme copied under another name, into the same master workbook."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from xladdin.domain.competency import CompetencyScheme
from xladdin.domain.identifiers import made_id
from xladdin.domain.schemes import Scheme
from xladdin.domain.sizes import LABEL
from xladdin.intake.handed_in import HandedIn, handed_in
from xladdin.intake.near_names import hint
from xladdin.intake.text import clean, narrow
from xladdin.master.read_master import read_master
from xladdin.problems import Place, Problem, warning

from .scheme_into_master import Added, add_schemes, cells_of


def copy_scheme(
    master: Path | HandedIn, scheme: str, name: str, *, now: dt.datetime | None = None
) -> Added:
    """Write the copy below the schemes that are there; a copy of the file as it was stays beside."""
    file = handed_in(master)
    made, problems = _copied(file, scheme, name)
    if made is None:
        return Added(problems=problems)
    added = add_schemes(file, [made], now=now)
    added.problems[:0] = problems
    return added


def copied_cells(master: Path | HandedIn, scheme: str, name: str) -> Added:
    """What ``copy_scheme`` would write, tried and read back; nothing is written."""
    file = handed_in(master)
    made, problems = _copied(file, scheme, name)
    if made is None:
        return Added(problems=problems)
    added = cells_of(file.path, [made])
    added.problems[:0] = problems
    return added


def _copied(file: HandedIn, scheme: str, name: str) -> tuple[Scheme | None, list[Problem]]:
    """The scheme under its new name; until somebody says otherwise nobody is appraised by it."""
    company, _ = read_master(file)
    named, new, where = clean(scheme), clean(name), Place(file.name)
    library = company.library
    taken = [one.name for one in library.schemes]
    taken += [one.name for one in library.competencies]
    taken += [one.name for one in library.broken]
    found = [one for one in library.schemes if named in (one.id, one.name)]
    if not new or len(new) > LABEL or "、" in new or new.startswith("="):
        message = f"方案名称应为 1 至 {LABEL} 个字，不能有顿号，不能以等号开头，现为「{new}」"
        return None, [Problem("bad_name", message, where)]
    if narrow(new).casefold() in [narrow(one).casefold() for one in taken]:
        return None, [Problem("name_taken", f"已经有方案「{new}」，请换一个名称", where)]
    if not found:
        return None, [_unknown(named, library.competencies, taken, where)]
    old = found[0]
    message = (
        f"「{old.name}」的“适用岗位”也一起复制了，现在考核仍用「{old.name}」；"
        f"要改用「{new}」，把前一个方案的适用岗位改掉，或在名册里选它"
    )
    copied = {"id": made_id(new), "name": new, "version": 1}
    return Scheme.model_validate(old.model_dump() | copied), [
        warning("still_the_old", message, where)
    ]


def _unknown(
    named: str, rated: Sequence[CompetencyScheme], taken: Sequence[str], where: Place
) -> Problem:
    if any(named in (one.id, one.name) for one in rated):
        message = f"「{named}」是能力考核方案，只能复制月度、销售考核方案"
        return Problem("wrong_form", message, where)
    if named in taken:
        message = f"方案「{named}」里有错误，先按 xladdin check 改好再复制"
        return Problem("scheme_broken", message, where)
    return Problem("unknown_scheme", f"没有方案「{named}」{hint(named, taken)}", where)
