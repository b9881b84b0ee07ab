"""Forms that somebody has already, wherever in the output folder they lie.

A form is one person's, of one month, of one kind; in which folder it lies and what its file is
called tells where the person worked when it was written.  Whoever has moved since, or whose
department has another name now, gets no second form: the first one counts.
"""

from __future__ import annotations

import os
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, field
from pathlib import Path

from xladdin.books import forms
from xladdin.books.identity import Identity, quick_identity
from xladdin.company.tokens import LIST_NAME
from xladdin.ooxml.opening import OpenedFile, is_protected, open_file
from xladdin.problems import Place, Problem, warning

from .planning import Form

DEEPEST = 3
"""Folders below the output folder that are looked through."""
LARGEST = 5_000_000
"""Bytes; no form of this program comes near it."""
_NAMED_BY_US = re.compile(r"20[0-9]{2}-[0-9]{2}_")
_ENDS = re.compile("_")
_KPI = frozenset(kind.id for kind in forms.MONTHLY_SUITE.kinds)
Key = tuple[str, str, str]
"""Kind, person, month."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """A form that is there: its file below the output folder, and what it says of itself."""

    path: Path
    identity: Identity


@dataclass(frozen=True, slots=True)
class EarlierForms:
    """The forms of an output folder that lie elsewhere than they would be written now."""

    found: dict[Key, list[Earlier]] = field(default_factory=lambda: defaultdict(list))
    problems: list[Problem] = field(default_factory=list)
    """Files that may be such forms, and do not open without their password."""

    @classmethod
    def of(cls, out: Path, planned: Sequence[Form]) -> EarlierForms:
        """Those of the people, months and kinds of the planned forms."""
        earlier = cls()
        wanted = {key for form in planned if (key := _key_of(form))}
        targets = {os.path.normcase(out / form.path) for form in planned}
        if not wanted:
            return earlier
        titles = {_title(form.below) for form in planned}
        begins = {f"{period}_{person}_" for _, person, period in wanted}
        for path in _workbooks(out):
            ours = _NAMED_BY_US.match(path.name)
            if os.path.normcase(path) in targets or (ours and not _begins(path.name, begins)):
                continue
            file = open_file(path)
            if _is_closed(file):
                if ours and _title(path) in titles:
                    earlier.problems.append(_closed(path.relative_to(out)))
                continue
            identity = quick_identity(file)
            if identity is None:
                continue
            key = _key(identity.origin.form, identity.employee, str(identity.period or ""))
            if key in wanted:
                earlier.found[key].append(Earlier(path.relative_to(out), identity))
        return earlier

    def like(self, form: Form) -> list[Earlier]:
        """The files that are the same form as this one."""
        key = _key_of(form)
        return self.found.get(key, []) if key else []


def _begins(name: str, begins: Set[str]) -> bool:
    """Whether a name begins with one of these, which end with a line below.

    Of each name the few beginnings are looked up: the folder may hold as many files of other months
    as there are people now.
    """
    return any(name[: found.end()] in begins for found in _ENDS.finditer(name))


def _title(path: Path) -> str:
    """What kind of form a file's name says that it is."""
    return path.stem.rpartition("_")[2]


def _is_closed(file: OpenedFile) -> bool:
    """Whether it opens with a password that was not given."""
    wrong = any(problem.code.startswith("file_password") for problem in file.problems)
    return wrong or is_protected(file.data)


def _closed(path: Path) -> Problem:
    message = (
        "有打开密码，没有给出能打开它的密码，看不出是不是同一个月的表，没有算在内；"
        "请加 --password 输入它的密码，或者核对后只留一份"
    )
    return warning("form_closed", message, Place(file=str(path)))


def _key(kind: str, person: str, month: str) -> Key:
    """Whichever of the two kinds of appraisal a scheme makes, it is the appraisal of the month."""
    return "kpi" if kind in _KPI else kind, person, month


def _key_of(form: Form) -> Key | None:
    """None: a form that is no one person's, or one of several raters'."""
    if not form.person or not form.month or form.kind.source is not None:
        return None
    return _key(form.kind.id, form.person, form.month)


def _workbooks(out: Path) -> Iterator[Path]:
    top = len(out.parts)
    for folder, below, names in os.walk(out):
        here = Path(folder)
        if len(here.parts) - top >= DEEPEST:
            below.clear()
        for name in sorted(names):
            path = here / name
            # HR's list of raters is read by those who need it, and is nobody's form.
            if name == LIST_NAME or name.startswith(("~$", ".")):
                continue
            if path.suffix.lower() == ".xlsx":
                try:
                    small = path.stat().st_size <= LARGEST
                except OSError:
                    continue
                if small:
                    yield path
