"""Whether a workbook on disk was written to its end, with a password or without."""

from __future__ import annotations

from pathlib import Path

from .archive import State, state_of
from .limits import MOST_BYTES
from .opening import OLE, is_protected

_SECTOR = 512
_STREAM = "EncryptedPackage"


def book_state(path: Path) -> State:
    """Look through a file without keeping anything of it; nothing is raised.

    Of one with a password its frame tells: what is missing of it cannot be opened any more.  One of
    which not even the frame's names are there is left to whoever knows what it is.
    """
    try:
        with path.open("rb") as stream:
            if stream.read(len(OLE)) != OLE:
                return state_of(path)
            stream.seek(0)
            return _sealed_state(stream.read(MOST_BYTES))
    except OSError:
        return State.OTHER


def _sealed_state(data: bytes) -> State:
    from olefile import DEFECT_INCORRECT, OleFileIO  # noqa: PLC0415 - only who encrypts has it

    if not is_protected(data):
        return State.OTHER
    try:
        with OleFileIO(data, raise_defects=DEFECT_INCORRECT) as frame:
            length = int.from_bytes(frame.openstream(_STREAM).read(8), "little")
            whole = length <= frame.get_size(_STREAM) - 8
    except OSError:
        whole = False
    return State.WHOLE if whole and len(data) % _SECTOR == 0 else State.CUT_OFF
