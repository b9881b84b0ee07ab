"""The folder that the settings name for the forms: which one that really is, and whom to ask first.

A master workbook may come from anybody.  Windows greets every server whose name stands in a path
with the user's own name and a proof of the password, so a path is judged as a text: nothing asks the
system about one on a server before the user has agreed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from xladdin.books.forms import Suite
from xladdin.domain.people import Period

from .desk import Desk, refused

NOT_SAVED = (
    "总表还没有保存到本机的文件夹里，不知道把生成的表放在哪里。"
    "请先保存总表，或者在“设置”的“存放文件夹”里写明一个文件夹。"
)
BAD_FOLDER = (
    "“设置”里的“存放文件夹”写的是「{named}」，不能这样写，请写文件夹的名字或完整路径，如 D:\\考核。"
)
ON_A_SERVER = (
    "总表“设置”里的“存放文件夹”不在这台电脑上，是网络上另一台电脑的共享文件夹：\n{folder}\n\n"
    "能打开那个文件夹的人都会看到这些表。{sure}"
)
ELSEWHERE = "总表“设置”里的“存放文件夹”写的是「{named}」，不在总表旁边，实际是这个文件夹：\n{folder}\n\n{sure}"
SURE = "确定要存到那里吗？（同意以后，关闭 Excel 之前不再问。）"
IMPOSSIBLE = re.compile(r'[\x00-\x1f*?"<>|%]|^~|://|:(?![\\/])|^:|^..+:|^.{150,}$', re.DOTALL)
"""Signs that no folder has, addresses, a drive without its folder; what Excel could not open."""
DEVICE = re.compile(r"[\\/]{2}[.?][\\/]")
"""What Windows hands to a device, or does not read as a path at all."""
RESERVED = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])\s*(?:\..*)?", re.I)
"""Names of devices, in any folder and with any ending."""
SERVER = re.compile(r"[\\/]{2}")
SEPARATOR = re.compile(r"[\\/]+")
UP = ".."

_agreed: set[Path] = set()
"""Where the user has agreed to, as long as this process lives."""


@dataclass(frozen=True, slots=True)
class Place:
    """A folder that the settings name, and the question that comes before anything is written."""

    folder: Path
    question: str = ""


@dataclass(frozen=True, slots=True)
class Destination:
    """Where forms go; there is none that the user has not agreed to."""

    base: Path

    def folder(self, suite: Suite, period: Period) -> Path:
        """Where forms go that are generated together."""
        return self.base / suite.folder(period)


def destination(desk: Desk, named: str, home: Path | None) -> Destination | None:
    """The folder that the settings name, beside the workbook's own; None where the user says no.

    ProblemsFound where it is not known, or none.
    """
    place = place_of(named, home)
    if place.question and place.folder not in _agreed:
        if not desk.agrees(place.question):
            return None
        _agreed.add(place.folder)
    return Destination(place.folder)


def place_of(named: str, home: Path | None) -> Place:
    """What the settings mean; ProblemsFound where it is not known, or no folder."""
    # Explorer's own command copies paths in quotes.
    named = named.strip().strip('"“”').strip()
    parts = [part for part in SEPARATOR.split(named) if part]
    if IMPOSSIBLE.search(named) or DEVICE.match(named) or any(map(_is_no_folder, parts)):
        raise refused("bad_folder", BAD_FOLDER.format(named=_shown(named)))
    if SERVER.match(named):
        return _on_a_server(named, parts)
    # A path that begins at a drive replaces the one in front of it.
    folder = home / named if home else Path(named)
    if not folder.is_absolute():
        raise refused("not_saved", NOT_SAVED)
    return _above(folder, named, home) if UP in parts else Place(folder)


def _on_a_server(named: str, parts: list[str]) -> Place:
    if len(parts) < 2 or UP in parts:
        raise refused("bad_folder", BAD_FOLDER.format(named=named))
    folder = Path(named)
    return Place(folder, ON_A_SERVER.format(folder=folder, sure=SURE))


def _above(folder: Path, named: str, home: Path | None) -> Place:
    """A path that climbs: the folder where it ends, which may lie beside the workbook after all."""
    real = folder.resolve()
    if home and real.is_relative_to(home.resolve()):
        return Place(real)
    return Place(real, ELSEWHERE.format(named=named, folder=real, sure=SURE))


def _is_no_folder(part: str) -> bool:
    """A device, or a name that Windows would make another one of: it cuts off dots and blanks."""
    if part in (".", UP):
        return False
    return part.endswith((".", " ")) or RESERVED.fullmatch(part) is not None


def _shown(named: str) -> str:
    return "".join(
        sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in named[:160]
    )
