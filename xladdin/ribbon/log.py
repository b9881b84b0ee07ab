"""Where the details of every command are kept, for whoever helps the user."""

from __future__ import annotations

import logging
from logging.handlers import RotatingFileHandler
from pathlib import Path

from xladdin.paths import user_folder

NAME, MOST_BYTES = "xladdin.log", 1_000_000

log = logging.getLogger("xladdin.ribbon")


def log_file() -> Path:
    """The file, in the user's own folder."""
    return user_folder() / NAME


def start() -> None:
    """Log into the file, unless that is so already; a log that cannot be written stops nothing."""
    wanted = str(log_file())
    if any(getattr(handler, "baseFilename", "") == wanted for handler in log.handlers):
        return
    try:
        log_file().parent.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(wanted, maxBytes=MOST_BYTES, backupCount=1, encoding="utf-8")
    except OSError:
        return
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    log.addHandler(handler)
    log.setLevel(logging.INFO)
