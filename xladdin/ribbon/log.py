"""Where the details of every command are kept, for whoever helps the user."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from xladdin.paths import user_folder

NAME, MOST_BYTES = "xladdin.log", 1_000_000

log = logging.getLogger("xladdin.ribbon")


def log_file() -> Path:
    """The file, in the user's own folder."""
    return user_folder() / NAME


@contextmanager
def logging_on() -> Iterator[None]:
    """Log into the file meanwhile; a log that cannot be written stops nothing.

    It is opened for each command: two Excels have two Pythons, and neither may keep the file from
    being put aside when it has grown.
    """
    try:
        log_file().parent.mkdir(parents=True, exist_ok=True)
        _put_aside()
        handler = logging.FileHandler(log_file(), encoding="utf-8")
    except OSError:
        yield
        return
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    log.addHandler(handler)
    log.setLevel(logging.INFO)
    try:
        yield
    finally:
        log.removeHandler(handler)
        handler.close()


def _put_aside() -> None:
    """Begin anew when the file has grown; the one before is kept."""
    with suppress(OSError):
        if log_file().stat().st_size > MOST_BYTES:
            log_file().replace(log_file().with_suffix(".old.log"))
