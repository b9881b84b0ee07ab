"""A company's letterhead, out of its settings."""

from __future__ import annotations

from pathlib import Path

from xladdin.company.company import Company
from xladdin.company.company_settings import LOGO_SETTING
from xladdin.files import reason
from xladdin.layout.letterhead import Letterhead
from xladdin.layout.logos import usable
from xladdin.problems import Place, Problem, warning

PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")
"""How PNG and JPEG files begin."""
LARGEST = 2_000_000
"""Bytes of a logo: it goes into every form."""


def letterhead_of(company: Company) -> Letterhead:
    """What stands at the head of everything that this company writes."""
    return Letterhead(company.name, company.logo)


def logo_of(company: Company, folder: Path, file: str) -> tuple[bytes, list[Problem]]:
    """The picture that the settings name, from the master's folder on; else why there is none.

    ``file`` is the master's name, for the message.
    """
    name = company.setting(LOGO_SETTING).strip()
    if not name:
        return b"", []
    try:
        content = (folder / name).read_bytes()
    except (OSError, ValueError) as error:
        why = reason(error) if isinstance(error, OSError) else "文件名不对"
        return b"", [_no_logo(name, f"读不了：{why}", file)]
    if not content.startswith(PICTURES) or not usable(content):
        return b"", [_no_logo(name, "不是 PNG 或 JPEG 图片", file)]
    if len(content) > LARGEST:
        return b"", [_no_logo(name, f"超过 {LARGEST // 1_000_000} MB，请换一张小的", file)]
    return content, []


def _no_logo(name: str, why: str, file: str) -> Problem:
    message = f"“设置”里的{LOGO_SETTING}「{name}」{why}，表头上没有标志"
    return warning("no_logo", message, Place(file=file))
