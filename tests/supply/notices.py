"""What others wrote and what is passed on here, with their licences: ``THIRD-PARTY-NOTICES``.

python -m tests.supply.notices    writes it anew, from the lock and from what is installed
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import metadata

from tests.workbench.tools import ROOT
from xladdin.addin.setup.bill_of_materials import licence
from xladdin.addin.setup.interpreter import read_lock as read_interpreter
from xladdin.addin.setup.locked_packages import Locked, read_lock, running

FILE = ROOT / "THIRD-PARTY-NOTICES"
LOCK = ROOT / "requirements" / "run.txt"
WINDOWS_ONLY = {"colorama": "BSD-3-Clause", "pywin32": "PSF-2.0"}
"""Packages of the setup file that no other system installs, so that nobody here can ask them."""
WITHOUT_A_TEXT = {"chinesecalendar": "Copyright (c) 2017 Lirian Su"}
"""Packages that do not bring the text of their licence with them: all of them MIT: its first line."""
RULE = "=" * 78

BEGINNING = """\
Third-party notices of xladdin

xladdin itself is under the MIT License: see the file LICENSE.

This file names what others wrote and what is passed on with xladdin, and under
which licence. The wheel and the source archive hold nothing of others: what
xladdin needs is installed beside it, each package with its own licence. Two
files that are made with xladdin do hold something:

1. The add-in (xladdin.xlam, by "xladdin addin build" or "xladdin addin install"):
   a part of xlwings' VBA, changed. The notice stands in the VBA as well.
2. The setup file for Windows (xladdin-setup-VERSION.exe, by "make installer"):
   the add-in, Python, and the packages below.
"""

GLUE = """\
1. xlwings, in the add-in

Of the file xlwings_custom_addin.bas of xlwings {version} (open source part) the
add-in holds the procedures that xladdin/addin/glue.py names, changed as said
there.
"""

SETUP = """\
2. What the setup file for Windows holds

Python {python}, the embeddable package as the Python Software Foundation
publishes it: PSF-2.0, with the licences of what Python holds. Its text is
app\\python\\LICENSE.txt in the folder of the installation.

vcruntime140.dll and vcruntime140_1.dll, which come with Python: Copyright (c)
Microsoft Corporation, passed on under the terms for redistributable files of
Microsoft Visual Studio.

The setup program itself is made with NSIS (Nullsoft Scriptable Install System,
Copyright (c) 1999-2025 Contributors): zlib/libpng License; its LZMA module:
Common Public License 1.0, with the exception that lets it be linked and passed
on in an installer.

The packages below, unchanged but for their tests and programs, which are left
out. The text of each licence lies in app\\site\\NAME-VERSION.dist-info; the
versions and hashes stand in the bill of materials beside the setup file. What
xlwings calls PRO (the folder xlwings/pro, under another licence) is left out.
"""


def notices() -> str:
    """The whole text."""
    parts = [
        BEGINNING,
        GLUE.format(version=metadata.version("xlwings")),
        _xlwings_licence(),
        SETUP.format(python=read_interpreter().version),
        "\n".join(_table()) + "\n",
        *_texts(),
    ]
    return f"{RULE}\n".join(f"{part.strip()}\n" for part in parts)


def packages() -> list[Locked]:
    """What the setup file installs beside Python."""
    return running(read_lock(LOCK.read_text("utf-8")))


def _table() -> Iterator[str]:
    names = sorted(package.name for package in packages())
    for name in names:
        yield f"{name:<20} {_licence_of(name)}"


def _licence_of(name: str) -> str:
    return WINDOWS_ONLY.get(name) or licence(metadata.distribution(name).metadata)


def _xlwings_licence() -> str:
    distribution = metadata.distribution("xlwings")
    (path,) = (
        file
        for file in distribution.files or ()
        if file.name == "LICENSE.txt" and "licenses" in str(file)
    )
    return path.read_text("utf-8")


def _texts() -> Iterator[str]:
    """The licences of packages that bring no text of theirs."""
    mit = (ROOT / "LICENSE").read_text("utf-8").partition("Permission is")[1:]
    for name, first in WITHOUT_A_TEXT.items():
        yield f"{name}\n\nMIT License\n\n{first}\n\n{''.join(mit)}"


def without_a_text() -> set[str]:
    """Packages of the setup file that bring no licence, as far as they are installed here."""
    return {
        package.name
        for package in packages()
        if package.name not in WINDOWS_ONLY and not _brings_a_licence(package.name)
    }


def _brings_a_licence(name: str) -> bool:
    words = ("license", "licence", "copying")
    files = metadata.distribution(name).files or ()
    return any(file.name.lower().startswith(words) for file in files if ".dist-info" in str(file))


if __name__ == "__main__":
    FILE.write_text(notices(), "utf-8")
