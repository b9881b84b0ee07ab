"""Where the shipped templates lie, and what the user keeps; the only module that knows."""

from __future__ import annotations

from pathlib import Path

UNDO_FOLDER = "撤销"
"""In the user's folder: workbooks as they were before buttons changed them."""
RECENT = "recent.json"
"""In the user's folder: which months and folders were typed last."""
PACKAGE = Path(__file__).resolve().parent


def templates_dir() -> Path:
    """The shipped ``workbook_templates``: inside an installed wheel, or beside the package."""
    # The build copies the templates into the package; a checkout keeps them for people to read.
    places = (PACKAGE / "_templates", PACKAGE.parent / "workbook_templates")
    for place in places:
        if place.is_dir():
            return place
    raise FileNotFoundError("、".join(map(str, places)))


def user_folder() -> Path:
    """The user's own folder for settings and the log; it may not be there yet."""
    return Path.home() / ".xladdin"
