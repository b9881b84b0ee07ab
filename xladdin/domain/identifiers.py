"""Ids of positions, schemes, indicators, elements: what they may be, and how a name makes one.

An id says in a returned form and in the ledger which thing is meant, whatever it is called by then.
Chinese characters are letters; capitals are none, since Excel's names do not know them from small
ones.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata

LONGEST_ID, LONGEST_CHINESE_ID = 40, 20
"""Characters; of an id with any beyond ASCII fewer, since each takes seven of a defined name."""
SIGNS = "　，。；：、？！…·～￥（）《》〈〉【】「」『』“”‘’—－／＼％＋＝＊＆＃＠＿｜"
"""Characters beyond ASCII that are no letters, and are met in names."""
ASCII_SIGNS = " !\"#$%&'()*+,-./:;<=>?@[\\]^`{|}~"
CAPITALS = "".join(map(chr, range(ord("A"), ord("Z") + 1)))
ID_RULE = (
    f"只能用小写字母、汉字、数字和单个的下划线，不以数字和下划线开头，最多{LONGEST_ID}个"
    f"（有汉字的最多{LONGEST_CHINESE_ID}个）"
)
_LETTER = f"[^\\x00-`{{-\u00a0{SIGNS}]"
_REST = f"[^\\x00-/:-`{{-\u00a0{SIGNS}]"
ID_PATTERN = (
    f"^(?:[a-z](?:_?[a-z0-9]){{0,{LONGEST_ID - 1}}}"
    f"|{_LETTER}(?:_?{_REST}){{0,{LONGEST_CHINESE_ID - 1}}})$"
)
"""As pydantic's engine reads it."""
_FOREIGN = re.compile(f"[^a-z0-9\\xa1-\U0010ffff]|[{SIGNS}]|\\s")
_HASH, _KEPT = 4, 14


def made_id(name: str) -> str:
    """The id that a name makes: the same from one time to the next, another for another name.

    A name of letters and digits is its own id; what had to be left out of any other is told by a sum
    over the whole.  Empty for an empty name.
    """
    said = unicodedata.normalize("NFKC", name).strip().lower()
    if not said:
        return ""
    bare = re.sub("_+", "_", _FOREIGN.sub("_", said)).strip("_")
    most = LONGEST_ID if bare.isascii() else LONGEST_CHINESE_ID
    if bare == said and len(bare) <= most and not bare[0].isdigit():
        return bare
    known = hashlib.sha256(said.encode(errors="surrogatepass")).hexdigest()[:_HASH]
    kept = bare[:_KEPT].strip("_")
    begin = kept if kept and not kept[0].isdigit() else f"n_{kept}".rstrip("_")
    return f"{begin}_{known}"
