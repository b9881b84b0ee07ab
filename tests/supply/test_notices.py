"""The notices name all that is passed on, as it is locked.

Where one of these fails after a change of the lock: ``python -m tests.supply.notices``.
"""

from __future__ import annotations

from tests.supply import notices
from tests.workbench.tools import ROOT
from xladdin.addin import glue

TEXT = notices.FILE.read_text("utf-8")


def test_the_notices_are_fresh() -> None:
    assert notices.notices() == TEXT


def test_xlwings_licence_stands_there_in_full() -> None:
    assert "Copyright (C) 2014 - present, Zoomer Analytics GmbH." in TEXT
    assert "Redistributions in binary form must reproduce the above copyright notice" in TEXT
    assert "BSD 3-clause" in glue.glue()


def test_every_package_of_the_setup_file_has_its_licence() -> None:
    names = [package.name for package in notices.packages()]
    assert len(names) > 30
    lines = dict(line.split(None, 1) for line in TEXT.splitlines() if len(line.split(None, 1)) == 2)
    assert [name for name in names if not lines.get(name, "").strip()] == []


def test_who_brings_no_text_of_a_licence_has_it_here() -> None:
    assert notices.without_a_text() == notices.WITHOUT_A_TEXT.keys()
    for name, first in notices.WITHOUT_A_TEXT.items():
        assert f"{name}\n\nMIT License\n\n{first}\n\nPermission is hereby granted" in TEXT


def test_our_own_licence_is_the_one_that_the_project_names() -> None:
    assert (ROOT / "LICENSE").read_text("utf-8").startswith("MIT License\n\nCopyright (c) ")
