"""Every command on every wrong kind of argument: an answer in Chinese, and no traceback."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.app.command import Done, xladdin

from .files import kinds_of_nothing, lay_out

CHINESE = re.compile("[\u4e00-\u9fff]")
FOLDERS = ("folder", "a folder", "nothing", "a dot", "the root")
"""They may be checked for templates and used as such, even when there are none in them."""
HARMFUL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")

READING = {
    "check a master": ["check", "?.xlsx"],
    "check a master and annotate": ["check", "?.xlsx", "--annotate", "copy.xlsx"],
    "check templates": ["check", "?.yaml"],
    "check anything": ["check", "?"],
    "check a roster": ["check", "--roster", "?.csv"],
    "check figures": ["check", "--roster", "roster.csv", "--actuals", "?.csv"],
    "check with a scheme": ["check", "--roster", "roster.csv", "--scheme", "?.yaml"],
    "generate from a master": ["generate", "?.xlsx", "--period", "2026-11", "--out", "out"],
    "generate from a roster": ["generate", "--roster", "?.csv", "--period", "2026-11", "--out", "out"],
    "score": ["score", "online_shop_monthly", "--actuals", "?.csv"],
    "score by a scheme": ["score", "?.yaml", "--actuals", "actuals.csv"],
    "score by a master": ["score", "?.xlsx", "--actuals", "actuals.csv"],
    "import into": ["import", "?.xlsx", "export.csv", "--period", "2026-10"],
    "draft from": ["scheme", "from-position", "?.yaml"],
    "draft from a master": ["scheme", "from-position", "?.xlsx"],
    "draft from a form": ["scheme", "from-form", "?.xlsx"],
    "show a template": ["templates", "show", "?"],
}  # fmt: skip
"""Commands that read what is not there: none of them is done."""
MAYBE = {
    "generate with figures": ["generate", "--roster", "roster.csv", "--actuals", "?.csv", "--period", "2026-11", "--out", "out"],
    "generate with raters": ["generate", "--roster", "roster.csv", "--employee", "C001", "--raters", "?.csv", "--form", "competency", "--period", "2026-11", "--out", "out"],
    "generate with ratings": ["generate", "--roster", "roster.csv", "--employee", "C001", "--raters", "raters.csv", "--ratings", "?.csv", "--form", "competency", "--period", "2026-11", "--out", "out"],
    "for somebody": ["generate", "--roster", "roster.csv", "--employee", "?", "--period", "2026-11", "--out", "out"],
    "for a department": ["generate", "--roster", "roster.csv", "--department", "?", "--period", "2026-11", "--out", "out"],
    "a month": ["generate", "--roster", "roster.csv", "--period", "?", "--out", "out"],
    "a form": ["generate", "--roster", "roster.csv", "--form", "?", "--period", "2026-11", "--out", "out"],
    "a position": ["scheme", "from-position", "coo", "--position", "?"],
    "a command": ["?"],
    "an option": ["check", "--?"],
}  # fmt: skip
"""Others, of which some names are as good as any."""
WRITING = {
    "write a master": ["init", "?.xlsx"],
    "write functions": ["addin", "lambdas", "--out", "?.xlsx"],
    "write a draft": ["scheme", "from-position", "coo", "--out", "?.yaml"],
    "write forms": ["generate", "--roster", "roster.csv", "--employee", "C001", "--period", "2026-11", "--out", "?"],
}  # fmt: skip
ALL = {**READING, **MAYBE, **WRITING}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    lay_out(tmp_path / "work")
    monkeypatch.chdir(tmp_path / "work")
    return tmp_path / "work"


def tries(folder: Path, typed: list[str]) -> Iterator[tuple[str, Done]]:
    """Every kind of argument; what lies outside of the folder is read, but never written to."""
    writes = typed in WRITING.values()
    for kind, name in kinds_of_nothing(folder).items():
        if not (writes and name.startswith("/")):
            yield kind, xladdin(*(part.replace("?", name) for part in typed))


def faults(done: Done, codes: tuple[int, ...]) -> list[str]:
    told = done.out + done.err
    found = {
        "exit code": done.code not in codes,
        "traceback": "Traceback" in told or "Error" in done.err,
        "English": done.code > 0 and not CHINESE.search(done.err),
        "terminal": HARMFUL.search(told) is not None,
        "a line of its own": "\n错误 没有" in done.err,
    }
    return [name for name, wrong in found.items() if wrong]


@pytest.mark.parametrize("typed", READING.values(), ids=READING)
def test_what_cannot_be_read(typed: list[str], folder: Path) -> None:
    wrong = {
        kind: (found, done)
        for kind, done in tries(folder, typed)
        if (found := faults(done, (0, 1, 2) if kind in FOLDERS else (1, 2)))
    }
    assert wrong == {}


@pytest.mark.parametrize("typed", [*MAYBE.values(), *WRITING.values()], ids=[*MAYBE, *WRITING])
def test_what_may_be_odd(typed: list[str], folder: Path) -> None:
    wrong = {
        kind: (found, done)
        for kind, done in tries(folder, typed)
        if (found := faults(done, (0, 1, 2)))
    }
    assert wrong == {}


@pytest.mark.parametrize("typed", ALL.values(), ids=ALL)
def test_a_name_with_nul(typed: list[str], folder: Path) -> None:
    del folder
    done = xladdin(*(part.replace("?", "a\0b") for part in typed))
    assert done.code == 2
    assert faults(done, (2,)) == []


@pytest.mark.parametrize("typed", READING.values(), ids=READING)
def test_a_file_that_may_not_be_read(
    typed: list[str], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also as somebody who may read everything: the system is made to refuse."""
    for ending in (".xlsx", ".csv", ".yaml", ""):
        (folder / f"secret{ending}").write_bytes(b"x")
    real = os.access
    monkeypatch.setattr(
        os, "access", lambda path, *_, **__: "secret" not in str(path) and real(path, os.F_OK)
    )
    with monkeypatch.context() as refused:
        refuse(refused)
        done = xladdin(*(part.replace("?", "secret") for part in typed))
    assert done.code == (2 if typed[0] == "templates" else 1)
    assert faults(done, (1, 2)) == []


def refuse(monkeypatch: pytest.MonkeyPatch) -> None:
    import io  # noqa: PLC0415

    opened = io.open

    def refusing(path: object, *args: object, **kwargs: object) -> object:
        if "secret" in str(path):
            raise PermissionError(13, "Permission denied", str(path))
        return opened(path, *args, **kwargs)  # type: ignore[call-overload]

    monkeypatch.setattr(io, "open", refusing)
    monkeypatch.setattr("builtins.open", refusing)
