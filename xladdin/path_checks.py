"""What lies at a path, without anything raised where nobody may look.

Python's own questions raise where a folder may not be entered, a name is too long, a disk fails.
"""

from __future__ import annotations

import errno
from pathlib import Path

NOWHERE = (errno.ENAMETOOLONG, errno.EINVAL)
"""Where there can be nothing at all."""


def is_folder(path: Path) -> bool:
    """Whether there is certainly a folder."""
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False


def may_be_there(path: Path) -> bool:
    """Whether there is something, or may be: reading it then says why it cannot be read."""
    try:
        return path.exists()
    except OSError as error:
        return error.errno not in NOWHERE
    except ValueError:
        return False
