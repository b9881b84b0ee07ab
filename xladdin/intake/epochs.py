"""Which day is day 0 of a workbook: of 1900 nearly always, of 1904 where an old Mac made it."""

from __future__ import annotations

import re

from xladdin.ooxml.book_parts import BookScan
from xladdin.ooxml.limits import MOST_UNPACKED
from xladdin.ooxml.opening import OLE, OpenedFile
from xladdin.ooxml.refused import RefusedError
from xladdin.ooxml.relations import main_part
from xladdin.ooxml.streaming import Allowance

OFFSET_1904 = 1462
"""Days by which the day numbers of a workbook in the 1904 system are smaller."""
# HideObj, Date1904 and CalcPrecision follow each other in every .xls ([MS-XLS] 2.1.7.20.3).
_BIFF_1904 = re.compile(rb"\x8d\x00\x02\x00..\x22\x00\x02\x00\x01\x00\x0e\x00\x02\x00", re.DOTALL)


def uses_1904(file: OpenedFile) -> bool:
    """Whether bare day numbers of a workbook count from 1904; raises nothing."""
    if file.data.startswith(OLE):
        return _BIFF_1904.search(file.data) is not None
    try:
        archive, allowance = file.archive.within(MOST_UNPACKED), Allowance()
        return BookScan(archive.read(main_part(archive, allowance)), allowance).date1904
    except RefusedError:
        return False  # the reader of the cells will say that the file is damaged
