"""Broken workbooks, made from the good sample by the edits in tests/faults/workbooks/cases.yaml.

A case has a `name`, what must find it (`code` of a repair rule, or `schema: true` when only the
schema validator does), and what it does to the sample:

* `edits`: regular expression `find` in `part` becomes `replace`, once; it must be there;
* `formula`: sugar for an edit, another text for the formula in B6 of the summary;
* `add`: parts to add, name and text; `drop`: parts to leave out; `double`: parts stored twice.

In replacements and added parts `<<300*x>>` stands for 300 times x.
"""

from __future__ import annotations

import re
import warnings
import zipfile
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import Any

import yaml

from .tools import ROOT

CASES = ROOT / "tests" / "faults" / "workbooks" / "cases.yaml"

_SUMMARY_PART = "xl/worksheets/sheet3.xml"
_SUMMARY_FORMULA = r"<f>SUM\(tbl_score\[总分\]\)</f>"
_REPEAT = re.compile(r"<<(\d+)\*(.+?)>>(?!>)", re.DOTALL)


class FaultError(ValueError):
    """A case is not written as it must be, or does not fit the sample."""


@dataclass(frozen=True)
class Edit:
    """Replace the first match of a regular expression in a part."""

    part: str
    find: str
    replace: str

    def apply(self, text: str) -> str:
        """Return the edited text; raise `FaultError` when nothing would change."""
        changed = re.sub(self.find, _repeated(self.replace), text, count=1, flags=re.DOTALL)
        if changed == text:
            raise FaultError(f"{self.part}: {self.find!r} changes nothing")
        return changed


@dataclass(frozen=True)
class Fault:
    """One way to break the sample, and what must find it."""

    name: str
    code: str | None = None
    schema: bool = False
    edits: tuple[Edit, ...] = ()
    add: dict[str, str] = field(default_factory=dict)
    drop: tuple[str, ...] = ()
    double: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if (self.code is None) != self.schema:
            raise FaultError(f"{self.name}: give either a code or schema: true")


def load_faults(path: Path = CASES) -> list[Fault]:
    """Read the cases; raise `FaultError` for one with unknown or missing entries."""
    return [_fault(case) for case in yaml.safe_load(path.read_text(encoding="utf-8"))["cases"]]


def _fault(case: dict[str, Any]) -> Fault:
    values = dict(case)
    edits = [Edit(**edit) for edit in values.pop("edits", [])]
    if "formula" in values:
        formula = escape(_repeated(values.pop("formula")), quote=False)
        edits.append(Edit(_SUMMARY_PART, _SUMMARY_FORMULA, f"<f>{formula}</f>"))
    values |= {key: tuple(case.get(key, ())) for key in ("drop", "double")}
    try:
        return Fault(edits=tuple(edits), **values)
    except TypeError as error:
        raise FaultError(f"{case.get('name')}: {error}") from error


def break_workbook(source: Path, target: Path, fault: Fault) -> Path:
    """Write a broken copy of `source` to `target` and return `target`."""
    with zipfile.ZipFile(source) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for edit in fault.edits:
        parts[edit.part] = edit.apply(parts[edit.part].decode()).encode()
    for name in fault.drop:
        del parts[name]
    parts |= {name: _repeated(text).encode() for name, text in fault.add.items()}
    _write(target, [*parts.items(), *((name, parts[name]) for name in fault.double)])
    return target


def _write(target: Path, entries: list[tuple[str, bytes]]) -> None:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # zipfile warns of doubled names, which we are after
        for name, data in entries:
            archive.writestr(name, data)


def _repeated(text: str) -> str:
    return _REPEAT.sub(lambda match: match[2] * int(match[1]), text)
