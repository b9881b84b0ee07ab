"""What of a workbook its schema can judge, without the texts and numbers that fill its cells.

Copies of one form differ in the values of the same cells.  Two workbooks of one shape are both
valid or both not: the schema knows a cell's value only as text, or as a number where it is one.
So every workbook of a run is proven by validating one of each shape.
"""

from __future__ import annotations

import hashlib
import re
import zipfile
from pathlib import Path

NUMBER = rb"-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?"
BLANKED = (
    # A value keeps what kind of thing it is: a number, or anything else.
    (re.compile(rb"<v>" + NUMBER + rb"</v>"), b"<v>0</v>"),
    (re.compile(rb'<t(?: xml:space="preserve")?>[^<]*</t>'), b"<t/>"),
    (re.compile(rb"(?:<si><t/></si>)+"), b"<si/>"),
    (re.compile(rb' (?:count|uniqueCount)="\d+"'), b""),
    (re.compile(rb' ht="' + NUMBER + rb'"'), b""),
)
CALCULATED = re.compile(rb'( t="str"[^>]*>(?:<f>[^<]*</f>)?)<v>[^<]*</v>')


def shape(path: Path) -> str:
    """The same for workbooks that differ only in the values of the same cells."""
    digest = hashlib.sha256()
    with zipfile.ZipFile(path) as package:
        for name in package.namelist():
            part = CALCULATED.sub(rb"\1<v/>", package.read(name))
            for pattern, blank in BLANKED:
                part = pattern.sub(blank, part)
            digest.update(name.encode() + b"\0" + part)
    return digest.hexdigest()
