"""Workbooks that must not tell who saved them.

Excel writes its user's name into a workbook's properties at every save, unless the workbook asks
it not to (in Excel: 保存时从文件属性中删除个人信息).
"""

from __future__ import annotations

from .package_edits import edited

PART = "xl/workbook.xml"
PLAIN, PRIVATE = "<workbookPr ", '<workbookPr filterPrivacy="1" '


def ask_for_privacy(content: bytes) -> bytes:
    """The workbook with the wish to have personal information removed whenever it is saved."""
    return edited(content, {PART: _asking})


def _asking(xml: str) -> str:
    return xml.replace(PLAIN, PRIVATE, 1)
