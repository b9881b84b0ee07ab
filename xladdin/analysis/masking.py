"""What of customers is not shown: their numbers, addresses and ids, wherever they stand in words.

A reader of a report needs to know what was said, not who can be rung up.  Whoever has to, finds the line
in the file that it came from.  Phone numbers keep their first three and last four digits, as bills of
Chinese carriers print them; rather too much is hidden than too little.
"""

from __future__ import annotations

import re

ADDRESS = "（地址）"
"""Stands where an address stood."""
_MOBILE = re.compile(
    r"(?<![0-9])(?:(\+?86|0086)[- ]?)?(1[3-9][0-9])[- ]?[0-9]{4}[- ]?([0-9]{4})(?![0-9])"
)
_LANDLINE = re.compile(r"(?<![0-9])(0[0-9]{2,3}[- ]?)[0-9]{3,4}([0-9]{4})(?![0-9])")
_LONG = re.compile(r"(?<![0-9])[0-9]{11,18}([0-9]{3}[0-9Xx])(?![0-9Xx])")
"""Identity cards (18), bank cards (16 to 19)."""
_MAIL = re.compile(
    r"(?<![A-Za-z0-9._%+-])([A-Za-z0-9])[A-Za-z0-9._%+-]*@([A-Za-z0-9.-]{1,255}\.[A-Za-z]{2,})"
)
_FULL_WIDTH = str.maketrans("０１２３４５６７８９－", "0123456789-")

_HAN = r"[\u4e00-\u9fff]"
_NUMBER = r"[0-9A-Za-z一二三四五六七八九十百甲乙丙丁东西南北-]{1,8}"
_REGION = r"(?:(?![省市区县旗镇乡])[\u4e00-\u9fff]){1,9}[省市区县旗镇乡]"
"""Told apart in one way only: nobody can write what takes long to read."""
_STREET = r"(?:大道|大街|路|街|道|巷|弄|胡同|村|小区|新村|花园|花苑|家园|公寓|大厦|广场|校区|园区|苑|里|坊)"
_HOUSE = rf"{_NUMBER}\s*(?:号院|号楼|号|弄|栋|幢|座|单元|楼|层|室|#)"
_PLACES = re.compile(
    rf"(?:{_REGION})*(?:{_HAN}|[0-9]){{1,10}}?{_STREET}(?:{_HAN}{{0,8}}?{_STREET})?"
    rf"(?:[\s,，]*{_HAN}{{0,6}}?{_HOUSE})+(?:\s*[0-9]{{1,5}}(?![0-9]))?"
    rf"|(?:{_REGION}){{2,}}"
)
"""A street with a house, or a region within a region."""


def masked_text(text: str, address: str = ADDRESS) -> str:
    """Somebody's words without numbers, addresses and mail addresses of persons."""
    plain = text.translate(_FULL_WIDTH)
    plain = _MOBILE.sub(lambda m: f"{m[1] or ''}{m[2]}****{m[3]}", plain)
    plain = _LONG.sub(lambda m: "*" * (len(m[0]) - len(m[1])) + m[1], plain)
    plain = _LANDLINE.sub(r"\1****\2", plain)
    plain = _MAIL.sub(r"\1***@\2", plain)
    return _PLACES.sub(address, plain)


def masked_id(text: str) -> str:
    """A customer's id: the ends are enough to find the same one again in a file."""
    hidden = masked_text(text)
    if hidden != text:
        return hidden
    kept = min(2, (len(text) - 1) // 3)
    return f"{text[:kept]}***{text[len(text) - kept :]}" if kept > 0 else "***" * bool(text)
