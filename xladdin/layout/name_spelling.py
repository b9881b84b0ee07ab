"""Keys in other scripts as parts of defined names: only ASCII letters are known to every program.

``actual.回访`` -> ``actual__`` and ``___56de___8bbf``.  No key holds three underscores of its own, and
none differs from another in letter case alone: the way back is one.
"""

from __future__ import annotations

import re

_FOREIGN = re.compile(r"[^\x00-\x7f]")
_SPELLED = re.compile(r"(?:___[0-9a-f]{4})+")


def spelled(key: str) -> str:
    """The key with every character beyond ASCII as its UTF-16 units, four hex digits each."""
    return _FOREIGN.sub(_units, key)


def unspelled(name: str) -> str:
    """The key again; what is no spelling of ours stays as it is."""
    return _SPELLED.sub(_characters, name)


def _units(found: re.Match[str]) -> str:
    units = found[0].encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"___{units[at : at + 4]}" for at in range(0, len(units), 4))


def _characters(found: re.Match[str]) -> str:
    units = bytes.fromhex(found[0].replace("___", ""))
    return units.decode("utf-16-be", "replace")
